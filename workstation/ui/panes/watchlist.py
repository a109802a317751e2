"""Watchlist pane: quotes of a list of instruments, live.

Owns which list is shown, the order of its rows and when that may change, and saying which quotes
are wanted. Leaves to `watchlist_rows` what stands in a cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer

from workstation.clients import Priority
from workstation.model import Contract
from workstation.state.changes import ChangeSet
from workstation.ui import formatting
from workstation.ui.panes.pane import Pane
from workstation.ui.panes.watchlist_rows import COLUMNS, SORTS, cell, is_aging, sorted_keys
from workstation.ui.watchlists import Watchlist
from workstation.ui.widgets.grid import EMPTY, Cell, Grid
from workstation.ui.workplace import Workplace

__all__ = ["WatchlistPane"]

_SCROLL_REST_SECONDS = 0.08
"""Quotes are asked for once scrolling has rested so long."""

_HAND_REST_NS = 3_000_000_000
"""Rows stay where they are for so long after the cursor or the mouse moved."""

_SORT_SECONDS = 2.0

_VISIBLE = "watchlist.visible"
_REST = "watchlist.rest"


class WatchlistPane(Pane):
    """The watchlist.

    Args:
        workplace: what the pane works with.
        lists: at least one; the first is shown at the start.
    """

    NAME = "watchlist"
    TITLE = "Watchlist"

    def __init__(self, workplace: Workplace, lists: Sequence[Watchlist]) -> None:
        super().__init__(workplace)
        self._lists = tuple(lists)
        self._shown = 0
        self._sort = 0
        self._contracts: dict[str, Contract] = {}
        self._selected: str | None = None
        self._moved_ns = 0
        self._told: dict[str, tuple[str, ...]] = {}
        self._asking: Timer | None = None
        self._grid = Grid(COLUMNS, self._cell, id="watchlist-grid", empty="The list is empty")

    def compose(self) -> ComposeResult:
        """The table."""
        yield self._grid

    def on_mount(self) -> None:
        """Show the first list, let ages grow, and keep the order."""
        self._show_list(0)
        self.watch(self._grid, "hovered", self._hand_moved)
        self.set_interval(1.0, self._grow_old)
        self.set_interval(_SORT_SECONDS, self._sort_again)

    def contracts(self) -> tuple[Contract, ...]:
        """Instruments of the list that is shown, in the list's own order."""
        return self._lists[self._shown].contracts

    def focus_content(self) -> None:
        """The table."""
        self.take_focus(self._grid)

    def changed(self, changes: ChangeSet) -> None:
        """Repaint the rows whose quotes or positions changed."""
        self._grid.mark_dirty(changes.quotes)
        self._grid.mark_dirty(changes.contracts)
        self._grid.mark_dirty(each.instrument for each in changes.positions)
        if changes.market_rules:
            # They say with how many decimals prices are written.
            self._grid.mark_dirty(self._grid.visible_keys())
        self._grid.flush()

    def show_instrument(self, contract: Contract) -> None:
        """Put the cursor on it, if it is in the list."""
        self._selected = self.picture.contracts.key(contract)
        self._grid.move_to(self._selected)

    def next_list(self) -> None:
        """Show the next list."""
        self._show_list((self._shown + 1) % len(self._lists))

    def next_sort(self) -> None:
        """Sort by the next column or direction; at last as the list has it."""
        self._sort = (self._sort + 1) % len(SORTS)
        self._arrange()
        self._say_title()

    # Rows and their order

    def _show_list(self, number: int) -> None:
        self._shown = number
        key = self.picture.contracts.key
        self._contracts = {key(contract): contract for contract in self.contracts()}
        self._arrange()
        if self._grid.cursor_key is not None:
            self._grid.move_to(self._grid.cursor_key)
        self._say_title()

    def _arrange(self) -> None:
        sort = SORTS[self._sort]
        self._grid.sort_mark = (sort.column, sort.descending) if sort.column else None
        now = self.workplace.clock_ns()
        self._grid.set_rows(sorted_keys(self._contracts, sort, self.picture, now))
        self._grid.refresh()

    def _sort_again(self) -> None:
        """Values moved on; the rows follow unless somebody is about to pick one."""
        rested = self.workplace.clock_ns() - self._moved_ns >= _HAND_REST_NS
        if SORTS[self._sort].column and rested:
            self._arrange()

    def _hand_moved(self) -> None:
        self._moved_ns = self.workplace.clock_ns()

    def _say_title(self) -> None:
        name = formatting.safe_text(self._lists[self._shown].name, 40)
        parts = (self.TITLE, name, str(len(self._contracts)), SORTS[self._sort].words)
        self.border_title = Content(" · ".join(filter(None, parts)))
        self.border_subtitle = Content(self.footer("next_watchlist", "sort"))

    def _grow_old(self) -> None:
        """Ages are told in seconds: repaint what tells one."""
        now, quotes = self.workplace.clock_ns(), self.picture.quotes
        aging = [key for key in self._grid.visible_keys() if is_aging(quotes.get(key), now)]
        self._grid.mark_dirty(aging)
        self._grid.flush()

    def _cell(self, key: str, column: str) -> Cell:
        contract = self._contracts.get(key)
        if contract is None:
            return EMPTY
        return cell(self.picture, key, contract, column, self.workplace.clock_ns())

    # What the user does

    @on(Grid.RowHighlighted)
    def _highlighted(self, event: Grid.RowHighlighted) -> None:
        event.stop()
        self._hand_moved()
        self._select(event.key)

    def _select(self, key: str) -> None:
        contract = self._contracts.get(key)
        # What is selected already was put under the cursor by `show_instrument`: no echo.
        if contract is not None and key != self._selected:
            self._selected = key
            self.post_message(self.InstrumentSelected(contract))

    @on(Grid.RowSelected)
    def _picked(self, event: Grid.RowSelected) -> None:
        event.stop()
        self._select(event.key)
        contract = self._contracts.get(event.key)
        if contract is not None:
            self.post_message(self.TicketRequested(contract, "BUY"))

    # Quotes

    @on(Grid.VisibleChanged)
    def _seen(self, event: Grid.VisibleChanged) -> None:
        event.stop()
        self._want_quotes_soon()

    def seen_changed(self) -> None:
        """Its rows can be seen again, or nobody sees them and others may have their lines."""
        self._want_quotes_soon()

    def _want_quotes_soon(self) -> None:
        if self._asking is not None:
            self._asking.stop()
        self._asking = self.set_timer(_SCROLL_REST_SECONDS, self._want_quotes)

    def _want_quotes(self) -> None:
        """Ask for quotes of what can be seen first, and of the rest as lines allow."""
        visible = self._grid.visible_keys() if self.is_seen else []
        self._want(_VISIBLE, Priority.VISIBLE, visible)
        self._want(_REST, Priority.REST, self._contracts)

    def _want(
        self, owner: str, priority: Priority, keys: Sequence[str] | dict[str, Contract]
    ) -> None:
        wanted = tuple(key for key in keys if key in self._contracts)
        # The order in which rows stand says nothing about which are wanted.
        named = tuple(sorted(wanted))
        if named != self._told.get(owner):
            self._told[owner] = named
            contracts = [self._contracts[key] for key in wanted]
            self.post_message(self.QuotesWanted(owner, priority, contracts))
