"""Watchlist pane: quotes of a list of instruments, live.

Owns the lists, the rows' order and what stands in each cell. Price colours tell the direction of
the last tick, the colour of Chg% tells the day: two facts. A quote that is stale, delayed or
without a line says so with a mark, and its age.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from workstation.clients import Priority
from workstation.model import Contract
from workstation.state.changes import ChangeSet
from workstation.state.quote import Quote
from workstation.ui import formatting
from workstation.ui.panes.pane import Pane
from workstation.ui.spark import spark_line
from workstation.ui.watchlists import Watchlist
from workstation.ui.widgets.grid import EMPTY, Cell, Column, Grid
from workstation.ui.workplace import Workplace

__all__ = ["WatchlistPane"]

_SPARK_WIDTH = 12

COLUMNS = (
    Column("symbol", "Symbol", 8, "left", 0),
    Column("last", "Last", 10, "right", 0),
    Column("change", "Chg", 7, "right", 2),
    Column("percent", "Chg%", 8, "right", 0),
    Column("bid", "Bid", 9, "right", 0),
    Column("bid_size", "BidSz", 6, "right", 4),
    Column("ask", "Ask", 9, "right", 0),
    Column("ask_size", "AskSz", 6, "right", 4),
    Column("volume", "Vol", 7, "right", 3),
    Column("high", "High", 9, "right", 6),
    Column("low", "Low", 9, "right", 6),
    Column("spark", "Today", _SPARK_WIDTH, "left", 5),
    Column("position", "Pos", 6, "right", 1),
    Column("pnl", "P&L", 10, "right", 5),
)

_MARKS = {1: "▲", -1: "▼", 0: " "}
_DIRECTIONS = {1: "up", -1: "down", 0: "unchanged"}
_LATE_SECONDS = 30.0
"""A live quote without a tick for so long shows its age."""

_SORTS: tuple[tuple[str, Callable[[Quote], float | None]], ...] = (
    ("percent", lambda quote: quote.change_percent),
    ("volume", lambda quote: None if quote.volume is None else float(quote.volume)),
    ("last", lambda quote: quote.last),
)
"""Columns to sort by, highest first; before and after them the list's own order."""


class WatchlistPane(Pane):
    """The watchlist.

    Args:
        workplace: what the pane works with.
        lists: the first one is shown at the start.
    """

    NAME = "watchlist"
    TITLE = "Watchlist"

    def __init__(self, workplace: Workplace, lists: Sequence[Watchlist]) -> None:
        super().__init__(workplace)
        self._lists = tuple(lists)
        self._shown = 0
        self._sort = -1
        self._contracts: dict[str, Contract] = {}
        self._wanted: tuple[str, ...] = ()
        self._asking: Timer | None = None
        self._grid = Grid(COLUMNS, self._cell, id="watchlist-grid", empty="The list is empty")

    def compose(self) -> ComposeResult:
        """The table."""
        yield self._grid

    def on_mount(self) -> None:
        """Show the first list, and let ages grow."""
        self._show_list(0)
        self.set_interval(1.0, self._grow_old)

    def contracts(self) -> tuple[Contract, ...]:
        """Instruments of the list that is shown, in the list's own order."""
        return self._lists[self._shown].contracts if self._lists else ()

    def focus_content(self) -> None:
        """The table."""
        self._grid.focus()

    def changed(self, changes: ChangeSet) -> None:
        """Repaint the rows whose quotes or positions changed."""
        if changes.quotes:
            self._grid.mark_dirty(changes.quotes)
        if changes.positions:
            self._grid.mark_dirty(each.instrument for each in changes.positions)
        if changes.contracts:
            self._grid.mark_dirty(changes.contracts)
        self._grid.flush()

    def show_instrument(self, contract: Contract) -> None:
        """Put the cursor on it, if it is in the list."""
        self._grid.move_to(self.picture.contracts.key(contract))

    def next_list(self) -> None:
        """Show the next list."""
        self._show_list((self._shown + 1) % len(self._lists))

    def next_sort(self) -> None:
        """Sort by the next column; the order then stays until this is called again."""
        self._sort = self._sort + 1 if self._sort + 1 < len(_SORTS) else -1
        self._order_rows()
        self._say_title()

    def _show_list(self, number: int) -> None:
        self._shown = number
        self._sort = -1
        key = self.picture.contracts.key
        self._contracts = {key(contract): contract for contract in self.contracts()}
        self._order_rows()
        self._say_title()

    def _order_rows(self) -> None:
        keys = list(self._contracts)
        self._grid.sort_mark = None
        if self._sort >= 0:
            column, value = _SORTS[self._sort]
            self._grid.sort_mark = (column, True)
            numbers = {key: self._number(key, value) for key in keys}
            keys.sort(key=lambda key: numbers[key], reverse=True)
        self._grid.set_rows(keys)
        self._grid.repaint()

    def _number(self, key: str, value: Callable[[Quote], float | None]) -> float:
        quote = self.picture.quotes.get(key)
        number = None if quote is None else value(quote)
        return float("-inf") if number is None else number

    def _say_title(self) -> None:
        name = self._lists[self._shown].name if self._lists else "no list"
        title = f"{self.TITLE} · {name} · {len(self._contracts)}"
        self.border_title = title
        self.border_subtitle = "w next list · o sort"

    # What the user does

    @on(Grid.RowHighlighted)
    def _highlighted(self, event: Grid.RowHighlighted) -> None:
        event.stop()
        contract = self._contracts.get(event.key)
        if contract is not None and not isinstance(event, Grid.RowSelected):
            self.post_message(self.InstrumentSelected(contract))

    @on(Grid.RowSelected)
    def _picked(self, event: Grid.RowSelected) -> None:
        event.stop()
        contract = self._contracts.get(event.key)
        if contract is not None:
            self.post_message(self.TicketRequested(contract, "BUY"))

    @on(Grid.VisibleChanged)
    def _seen(self, event: Grid.VisibleChanged) -> None:
        event.stop()
        if self._asking is not None:
            self._asking.stop()
        self._asking = self.set_timer(0.08, self._want_quotes)

    def _want_quotes(self) -> None:
        """Ask for quotes of what can be seen first, and of the rest as lines allow."""
        visible = tuple(self._grid.visible_keys()) if self.display else ()
        everything = (*visible, *self._grid.rows)
        if everything == self._wanted:
            return
        self._wanted = everything
        seen = [self._contracts[key] for key in visible if key in self._contracts]
        rest = [self._contracts[key] for key in self._grid.rows if key in self._contracts]
        self.post_message(self.QuotesWanted("watchlist.visible", Priority.VISIBLE, seen))
        self.post_message(self.QuotesWanted("watchlist.rest", Priority.REST, rest))

    def _grow_old(self) -> None:
        """Ages are shown in seconds: repaint what shows one."""
        now = self.workplace.clock_ns()
        for key in self._grid.visible_keys():
            quote = self.picture.quotes.get(key)
            if quote is None or _is_late(quote, now):
                self._grid.mark_dirty((key,))
        self._grid.flush()

    # What stands in a cell

    def _cell(self, key: str, column: str) -> Cell:
        quote = self.picture.quotes.get(key)
        if column == "symbol":
            contract = self._contracts.get(key)
            return Cell(formatting.safe_text(str(contract)) if contract else key, "strong")
        if column in ("position", "pnl"):
            return self._holding(key, column)
        if quote is None:
            return Cell("no line" if column == "last" else formatting.NOTHING, "muted")
        now = self.workplace.clock_ns()
        if _is_late(quote, now):
            return _late_cell(quote, column, now)
        return _live_cell(quote, column)

    def _holding(self, key: str, column: str) -> Cell:
        held = self.picture.positions.quantity(key)
        if not held:
            return EMPTY
        if column == "position":
            return Cell(formatting.quantity(held), "up" if held > 0 else "down")
        profits = [
            each.unrealized_pnl
            for each in self.picture.positions.open()
            if each.key.instrument == key
        ]
        known = [profit for profit in profits if profit is not None]
        if not known:
            return Cell(formatting.NOTHING, "muted")
        total = sum(known)
        return Cell(formatting.change(total), "up" if total > 0 else "down" if total else "")


def _is_late(quote: Quote, now_ns: int) -> bool:
    """Whether a quote may not be what the market is now."""
    age = quote.age_seconds(now_ns)
    return quote.stale or not quote.has_line or age is None or age > _LATE_SECONDS


def _late_cell(quote: Quote, column: str, now_ns: int) -> Cell:
    """A dimmed value; where the last price stands, why, and how old it is."""
    if column == "last":
        age = quote.age_seconds(now_ns)
        if age is None:
            problem = quote.problem
            return Cell(f"error {problem.code}" if problem else "waiting", "muted")
        return Cell(f"{_text(quote, column)} {formatting.age(age)}", "stale")
    return Cell(_text(quote, column), "stale")


def _live_cell(quote: Quote, column: str) -> Cell:
    text = _text(quote, column)
    if column == "last":
        mark = "D" if quote.is_delayed else "F" if quote.is_frozen else ""
        mark = mark or _MARKS[quote.last_direction]
        return Cell(f"{text}{mark}", _DIRECTIONS[quote.last_direction])
    if column == "bid":
        return Cell(text, _DIRECTIONS[quote.bid_direction])
    if column == "ask":
        return Cell(text, _DIRECTIONS[quote.ask_direction])
    if column in ("change", "percent", "spark"):
        change = quote.change
        style = "" if not change else "up" if change > 0 else "down"
        return Cell(text, style)
    return Cell(text, "" if text != formatting.NOTHING else "muted")


def _text(quote: Quote, column: str) -> str:
    decimals = formatting.decimals_of(quote.min_tick)
    if column in ("last", "bid", "ask", "high", "low"):
        return formatting.price(getattr(quote, column), decimals)
    if column in ("bid_size", "ask_size", "volume"):
        return formatting.short(getattr(quote, column))
    if column == "change":
        return formatting.change(quote.change, decimals)
    if column == "percent":
        return formatting.percent(quote.change_percent)
    if column == "spark":
        return spark_line(quote.spark, _SPARK_WIDTH)
    return ""
