"""Chain cells: what stands where in the option chain.

Owns the mirrored columns and which of them fit, the text and shade of each cell, and the line at
the money. Every shade has a second sign: arrows beside a strike point to the side in the money.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workstation.model import Right
from workstation.state.quote import Quote
from workstation.ui import formatting
from workstation.ui.panes.chain_rows import CROSSING, ChainRow, computation_of, gap_at
from workstation.ui.widgets.grid import Cell, Column

__all__ = [
    "MONEY",
    "STRIKE",
    "ChainLook",
    "chain_cell",
    "columns_for",
    "line_cell",
    "lined_keys",
    "side_and_field",
    "strike_decimals",
]

MONEY = "money"
"""Key of the row that is the line at the money."""

STRIKE = "strike"

NO_SUCH_CONTRACT = 200

_PRICE = 6
"""Least width of a price column."""

_SIDES = {"call": Right.CALL, "put": Right.PUT}


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of either side."""

    key: str
    title: str
    width: int


_FIELDS = (
    _Field("volume", "Vol", 6),
    _Field("open_interest", "OI", 6),
    _Field("volatility", "IV", 6),
    _Field("delta", "Δ", 5),
    _Field("last", "Last", _PRICE),
    _Field("bid", "Bid", _PRICE),
    _Field("ask", "Ask", _PRICE),
)
"""From the outside inward, for calls."""

_PUT_ORDER = ("bid", "ask", "last", "delta", "volatility", "open_interest", "volume")

_IMPORTANCE = ("bid", "ask", "delta", "volatility", "last", "volume", "open_interest")
"""Which columns stay longest when there is little room."""

_PRICED = frozenset({"last", "bid", "ask"})


@dataclass(frozen=True, slots=True)
class ChainLook:
    """What the cells of one expiry have in common.

    Args:
        price: of the underlying; None when not known.
        shaded_at: price of the underlying that tells what is in the money.
        at_the_money: key of the strike nearest to it.
        strike_decimals: decimals of the finest strike.
        underlying_decimals: decimals of the underlying's price.
    """

    price: float | None = None
    shaded_at: float | None = None
    at_the_money: str = ""
    strike_decimals: int = 0
    underlying_decimals: int = 2


def columns_for(width: int, price_width: int = _PRICE) -> tuple[Column, ...]:
    """The columns that fit, always the same on both sides.

    Args:
        width: cells there are.
        price_width: cells that the longest price takes.
    """
    widths = {
        each.key: max(price_width, _PRICE) if each.key in _PRICED else each.width
        for each in _FIELDS
    }
    strike = max(price_width + 2, 9)
    room = width - strike - 1
    shown = set()
    for key in _IMPORTANCE:
        needed = 2 * (widths[key] + 1)
        if needed > room:
            break
        shown.add(key)
        room -= needed
    fields = {each.key: each for each in _FIELDS}
    calls = [_column("call", each, widths) for each in _FIELDS if each.key in shown]
    puts = [_column("put", fields[key], widths) for key in _PUT_ORDER if key in shown]
    return (*calls, Column(STRIKE, "Strike", strike, "center"), *puts)


def _column(side: str, field: _Field, widths: Mapping[str, int]) -> Column:
    return Column(f"{side}_{field.key}", field.title, widths[field.key])


def side_and_field(column: str) -> tuple[str, str]:
    """The right (C or P) and field of a column; empty for the strike's."""
    side, _, field = column.partition("_")
    return (_SIDES[side], field) if side in _SIDES else ("", "")


def strike_decimals(rows: Iterable[ChainRow]) -> int:
    """Decimals that show every strike."""
    return max((len(row.key.partition(".")[2]) for row in rows), default=0)


def lined_keys(
    rows: Sequence[ChainRow], price: float | None, before: Sequence[str] = ()
) -> list[str]:
    """Keys of the rows with the line between the strikes below and above a price.

    The line stays where it was in `before` while the price only touches a strike, so that rows do
    not change places with every tick around it.
    """
    keys = [row.key for row in rows]
    if price is None or not rows:
        return keys
    place = sum(row.strike <= price for row in rows)
    stood = before.index(MONEY) if MONEY in before else None
    same_rows = [key for key in before if key != MONEY] == keys
    if same_rows and stood is not None and abs(place - stood) == 1:
        crossed = min(place, stood)
        if abs(price - rows[crossed].strike) < CROSSING * gap_at(rows, crossed):
            place = stood
    return [*keys[:place], MONEY, *keys[place:]]


def line_cell(column: Column, look: ChainLook) -> Cell:
    """A piece of the line at the money; in its middle the price of the underlying."""
    if column.key == STRIKE:
        return Cell(formatting.price(look.price, look.underlying_decimals), "at_the_money")
    return Cell("─" * column.width, "at_the_money")


def chain_cell(row: ChainRow, column: str, quote: Quote | None, look: ChainLook) -> Cell:
    """What stands in a cell.

    Args:
        row: its strike.
        column: its column.
        quote: of the option on that side; None when there is none yet.
        look: what all cells have in common.
    """
    right, field = side_and_field(column)
    if not right:
        return _strike_cell(row, look)
    fill = "in_the_money" if row.is_in_the_money(right, look.shaded_at) else ""
    if row.side(right) is None or _is_refused(quote):
        return Cell("", "", fill)
    text = formatting.NOTHING if quote is None else _TEXTS[field](quote)
    dimmed = text == formatting.NOTHING or quote is None or quote.stale or not quote.has_line
    return Cell(text, "stale" if dimmed else "", fill)


def _is_refused(quote: Quote | None) -> bool:
    """Whether the Bridge says that there is no such contract after all."""
    problem = None if quote is None else quote.problem
    return problem is not None and problem.code == NO_SUCH_CONTRACT


def _strike_cell(row: ChainRow, look: ChainLook) -> Cell:
    text = formatting.price(row.strike, look.strike_decimals)
    if row.key == look.at_the_money:
        return Cell(f"»{text}«", "at_the_money")
    left = "◂" if row.is_in_the_money(Right.CALL, look.shaded_at) else " "
    right = "▸" if row.is_in_the_money(Right.PUT, look.shaded_at) else " "
    return Cell(f"{left}{text}{right}", "strike")


def _price_text(name: str) -> Callable[[Quote], str]:
    def text(quote: Quote) -> str:
        return formatting.price(getattr(quote, name), formatting.decimals_of(quote.min_tick))

    return text


def _delta_text(quote: Quote) -> str:
    told = computation_of(quote)
    return formatting.NOTHING if told is None else formatting.price(told.delta, 2)


def _volatility_text(quote: Quote) -> str:
    told = computation_of(quote)
    if told is None or told.implied_volatility is None:
        return formatting.NOTHING
    text = formatting.price(100 * told.implied_volatility, 1)
    return text if text == formatting.NOTHING else f"{text}%"


_TEXTS: Mapping[str, Callable[[Quote], str]] = {
    "volume": lambda quote: formatting.short(quote.volume),
    "open_interest": lambda quote: formatting.short(quote.open_interest),
    "volatility": _volatility_text,
    "delta": _delta_text,
    "last": _price_text("last"),
    "bid": _price_text("bid"),
    "ask": _price_text("ask"),
}
