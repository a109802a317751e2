"""Watchlist rows: what stands in each cell of the watchlist, and how its rows are sorted.

Owns the words for a quote that is not the market now, and the two facts of colour: a price has that
of its last tick, the change that of the day. Knows no widget. Style names are those of the themes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from workstation.model import Contract, PriceIncrement
from workstation.risk.ticks import decimals
from workstation.state.picture import Picture
from workstation.state.quote import Quote
from workstation.ui import formatting
from workstation.ui.panes.position_rows import position_row
from workstation.ui.spark import spark_line
from workstation.ui.widgets.grid import EMPTY, Cell, Column

__all__ = ["COLUMNS", "SORTS", "Sort", "cell", "is_aging", "is_old", "sorted_keys", "standing"]

_SPARK_WIDTH = 11
_PRICE_WIDTH = 8
_MONEY_WIDTH = 9

# Together exactly what fits: the first five and the trend within 66 cells with the position, all
# of them within 120. The trend gives its place to words when a quote is not the market now.
COLUMNS = (
    Column("symbol", "Symbol", 6, "left", 0, grows=True),
    Column("last", "Last", _PRICE_WIDTH + 1, "right", 0),
    Column("change", "Chg", 7, "right", 3),
    Column("percent", "Chg%", 8, "right", 0),
    Column("bid", "Bid", _PRICE_WIDTH, "right", 0),
    Column("bid_size", "BidSz", 5, "right", 5),
    Column("ask", "Ask", _PRICE_WIDTH, "right", 0),
    Column("ask_size", "AskSz", 5, "right", 5),
    Column("volume", "Vol", 5, "right", 4),
    Column("high", "High", _PRICE_WIDTH, "right", 6),
    Column("low", "Low", _PRICE_WIDTH, "right", 6),
    Column("trend", "Trend", _SPARK_WIDTH, "left", 1),
    Column("position", "Pos", 6, "right", 2),
    Column("pnl", "P&L", _MONEY_WIDTH, "right", 4),
)

_MARKS = {1: "▲", -1: "▼"}
_DIRECTIONS = {1: "up", -1: "down", 0: "unchanged"}
_QUIET_SECONDS = 60.0
_SNAPSHOT_NS = 30_000_000_000
"""Without a line a quote is the market for so long, by the measure of the order guard."""


def is_old(quote: Quote, now_ns: int) -> bool:
    """Whether a quote's values may be wrong by now."""
    if quote.time_ns == 0 or quote.stale:
        return True
    return quote.streams == 0 and now_ns - quote.time_ns > _SNAPSHOT_NS


def standing(quote: Quote | None, now_ns: int) -> Cell:
    """What a reader must know before trusting a quote's prices, with its age; empty for nothing."""
    age = None if quote is None else quote.age_seconds(now_ns)
    if quote is None or age is None:
        return Cell(_unquoted(quote), "stale")
    for words, style, applies in _CONCERNS:
        if applies(quote, age):
            style_now = "stale" if is_old(quote, now_ns) else style
            return Cell(f"{words} {formatting.age(age)}", style_now)
    return EMPTY


_CONCERNS: tuple[tuple[str, str, Callable[[Quote, float], bool]], ...] = (
    ("stale", "stale", lambda quote, _: quote.stale),
    ("no line", "muted", lambda quote, _: not quote.has_line),
    ("HALTED", "warning", lambda quote, _: quote.halted),
    ("frozen", "warning", lambda quote, _: quote.is_frozen),
    ("delayed", "warning", lambda quote, age: age > _QUIET_SECONDS and quote.is_delayed),
    ("quiet", "muted", lambda _, age: age > _QUIET_SECONDS),
)
"""What may be wrong with a quote, the worst first."""


def _unquoted(quote: Quote | None) -> str:
    """Before the first tick."""
    if quote is None or not (quote.has_line or quote.problem):
        return "no line"
    return "waiting" if quote.problem is None else f"error {quote.problem.code}"


def is_aging(quote: Quote | None, now_ns: int) -> bool:
    """Whether the row tells an age, which grows even when nothing else changes."""
    return quote is not None and quote.time_ns != 0 and bool(standing(quote, now_ns).text)


def cell(picture: Picture, key: str, contract: Contract, column: str, now_ns: int) -> Cell:
    """One cell of an instrument's row."""
    if column == "symbol":
        return Cell(formatting.safe_text(str(contract)), "strong")
    if column in _HOLDINGS:
        return _HOLDINGS[column](picture, key, now_ns)
    quote = picture.quotes.get(key)
    if column == "trend":
        return _trend(quote, now_ns)
    if quote is None:
        return Cell(formatting.NOTHING, "muted")
    text, style = _READERS[column](quote, _increments(picture, key, contract))
    if is_old(quote, now_ns):
        style = "stale"
    elif text.strip() == formatting.NOTHING:
        style = "muted"
    return Cell(text, style)


Increments = tuple[PriceIncrement, ...]


def _increments(picture: Picture, key: str, contract: Contract) -> Increments:
    # Asked for by key first: most rows have no details, and finding that out must cost nothing.
    known = picture.contracts.details_of(key)
    return () if known is None else picture.contracts.increments(contract)


def _price_text(
    price: float | None, quote: Quote, increments: Increments, *, is_change: bool = False
) -> str:
    """A price with the decimals of its tick; fewer only where it would not fit."""
    if price is None:
        return formatting.NOTHING
    write = formatting.change if is_change else formatting.price
    at = quote.last if is_change else price
    known = increments and at is not None and math.isfinite(at)
    most = decimals(increments, at or 0.0) if known else formatting.decimals_of(quote.min_tick)
    room = _PRICE_WIDTH - is_change
    for places in range(most, -1, -1):
        text = write(price, places)
        if len(text) <= room or len(text := text.replace(",", "")) <= room:
            return text
    return write(price, 0)


Reader = Callable[[Quote, Increments], tuple[str, str]]
"""Text and style of one value of a quote."""


def _last(quote: Quote, increments: Increments) -> tuple[str, str]:
    # The mark has a place of its own even when there is none: decimal points stay in line.
    mark = _MARKS.get(quote.last_direction, " ")
    return _price_text(quote.last, quote, increments) + mark, _DIRECTIONS[quote.last_direction]


def _price(name: str) -> Reader:
    return lambda quote, steps: (_price_text(getattr(quote, name), quote, steps), "")


def _size(name: str) -> Reader:
    return lambda quote, _: (formatting.short(getattr(quote, name)), "")


_READERS: dict[str, Reader] = {
    "last": _last,
    "change": lambda quote, steps: (
        _price_text(quote.change, quote, steps, is_change=True),
        _sign_style(quote.change),
    ),
    "percent": lambda quote, _: (
        formatting.percent(quote.change_percent),
        _sign_style(quote.change),
    ),
    "bid": _price("bid"),
    "bid_size": _size("bid_size"),
    "ask": _price("ask"),
    "ask_size": _size("ask_size"),
    "volume": _size("volume"),
    "high": _price("high"),
    "low": _price("low"),
}


def _trend(quote: Quote | None, now_ns: int) -> Cell:
    """The latest course; in its place words, when the quote is not simply the market now."""
    told = standing(quote, now_ns)
    if quote is None or told.text:
        return told
    mark = "D " if quote.is_delayed else ""
    return Cell(mark + spark_line(quote.spark, _SPARK_WIDTH - len(mark)), "muted")


def _position(picture: Picture, key: str, _now_ns: int) -> Cell:
    held = picture.positions.quantity(key)
    if not held:
        return EMPTY
    text = formatting.quantity(held)
    return Cell(text if len(text) <= 6 else formatting.short(held), "up" if held > 0 else "down")


def _pnl(picture: Picture, key: str, now_ns: int) -> Cell:
    held = [each for each in picture.positions.open() if each.key.instrument == key]
    if not held:
        return EMPTY
    total = _profit(picture, key, now_ns)
    if total is None:
        return Cell(formatting.NOTHING, "muted")
    short = f"{'-' if total < 0 else '+'}{formatting.short(abs(total))}"
    texts = (formatting.change(total), formatting.change(total, 0), short)
    text = next((each for each in texts if len(each) <= _MONEY_WIDTH), short)
    rows = (position_row(each, picture, now_ns) for each in held)
    return Cell(text, "stale" if any(row.is_old for row in rows) else _sign_style(total))


_HOLDINGS: dict[str, Callable[[Picture, str, int], Cell]] = {"position": _position, "pnl": _pnl}


def _profit(picture: Picture, key: str, now_ns: int) -> float | None:
    """Unrealised profit of all accounts; None when nothing is held or a part is not known."""
    held = [each for each in picture.positions.open() if each.key.instrument == key]
    profits = [position_row(each, picture, now_ns).unrealized for each in held]
    known = [profit for profit in profits if profit is not None]
    return sum(known) if known and len(known) == len(profits) else None


def _sign_style(value: float | None) -> str:
    return "" if not value else "up" if value > 0 else "down"


# Sorting


class Sort(NamedTuple):
    """An order of the rows.

    Args:
        column: by what; empty for the list's own order.
        descending: whether the highest comes first.
    """

    column: str = ""
    descending: bool = True

    @property
    def words(self) -> str:
        """For the title: `by Chg% ▾`; empty for the list's own order."""
        title = next((each.title for each in COLUMNS if each.key == self.column), "")
        return title and f"by {title} {'▾' if self.descending else '▴'}"


SORTS: Sequence[Sort] = (
    Sort(),
    Sort("percent"),
    Sort("percent", descending=False),
    Sort("volume"),
    Sort("pnl"),
    Sort("pnl", descending=False),
)
"""What the sort key goes through."""


def sorted_keys(keys: Iterable[str], sort: Sort, picture: Picture, now_ns: int) -> list[str]:
    """Keys in an order; those without a value stand last, in the order they came."""
    keys = list(keys)
    if not sort.column:
        return keys
    values = {key: _sort_value(key, sort.column, picture, now_ns) for key in keys}
    known = [key for key in keys if values[key] is not None]
    # Sorted is stable: equals stay as they were, and no row trembles.
    known.sort(key=lambda key: values[key] or 0.0, reverse=sort.descending)
    return known + [key for key in keys if values[key] is None]


def _sort_value(key: str, column: str, picture: Picture, now_ns: int) -> float | None:
    if column == "pnl":
        return _profit(picture, key, now_ns)
    quote = picture.quotes.get(key)
    if quote is None:
        return None
    if column == "percent":
        return quote.change_percent
    return None if quote.volume is None else float(quote.volume)
