"""Positions pane: what is held, what it is worth, and what it has earned.

Owns the table with its totals, and the line below it that says what the totals leave out. Asks for
the quotes of everything that is held. Posts what its user wants; sends nothing itself. Leaves the
figures to `position_rows`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.strip import Strip
from textual.widgets import Static

from workstation.clients import Priority
from workstation.model import Contract, OrderType
from workstation.state.changes import ChangeSet, PositionKey
from workstation.ui.actions import bindings_of
from workstation.ui.formatting import safe_text
from workstation.ui.panes.pane import Pane
from workstation.ui.panes.position_rows import (
    COLUMNS,
    PositionRow,
    Totals,
    position_row,
    row_cell,
    sorted_rows,
    total_cell,
    totals,
)
from workstation.ui.sweep import closing_order
from workstation.ui.widgets.grid import EMPTY, Cell, Grid
from workstation.ui.workplace import Workplace

__all__ = ["PositionsPane"]

_AGE_SECONDS = 1.0
"""How often the ages of old prices are painted anew."""


class _Sums(Grid, can_focus=False):
    """Rows under the columns of another grid: no titles of their own, and no cursor."""

    def render_line(self, y: int) -> Strip:
        """One line, the titles left out."""
        return super().render_line(y + 1)

    def _row(self, key: str, number: int, *, under_cursor: bool) -> Strip:
        del under_cursor
        return super()._row(key, number, under_cursor=False)


class PositionsPane(Pane):
    """The positions."""

    NAME = "positions"
    TITLE = "Positions"

    DEFAULT_CSS = """
    PositionsPane Grid { height: 1fr; }
    PositionsPane #positions-totals {
        height: 0;
        overflow: hidden hidden;
        text-style: bold;
    }
    PositionsPane #positions-remark { height: auto; max-height: 3; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("positions")]

    class CloseRequested(Pane.TicketRequested):
        """The user wants a ticket that closes a position.

        Args:
            contract: what is held, with where to send the order.
            action: the opposite side.
            quantity: all of it.
            account: whose position it is.
        """

        def __init__(
            self, contract: Contract, action: str, quantity: Decimal, account: str
        ) -> None:
            super().__init__(contract, action)
            self.quantity = quantity
            self.order_type = OrderType.MARKET
            self.account = account

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._rows: dict[str, PositionRow] = {}
        self._totals: dict[str, Totals] = {}
        self._wanted: tuple[Contract, ...] = ()
        self._grid = Grid(COLUMNS, self._cell, empty="no positions", id="positions-grid")
        self._sums = _Sums(COLUMNS, self._total, id="positions-totals")
        self._remark = Static("", id="positions-remark", markup=False)

    def compose(self) -> ComposeResult:
        """The table, its totals, and what they leave out."""
        yield self._grid
        yield self._sums
        yield self._remark

    def on_mount(self) -> None:
        """Show what is there already, and let old prices grow old."""
        self.set_interval(_AGE_SECONDS, self._grow_old)
        self._show_rows()

    @property
    def selected(self) -> PositionRow | None:
        """The position under the cursor."""
        return self._rows.get(self._grid.cursor_key or "")

    def changed(self, changes: ChangeSet) -> None:
        """Follow the positions and the quotes of what is held."""
        held = {row.position.key.instrument for row in self._rows.values()}
        told = changes.positions or changes.session or changes.market_rules
        if told or held & (changes.quotes | changes.contracts):
            self._show_rows()

    def focus_content(self) -> None:
        """Go to the table."""
        self.take_focus(self._grid)

    def action_close_position(self) -> None:
        """Ask for a ticket with the opposite side and the whole quantity."""
        row = self.selected
        if row is None or not row.position.is_open:
            self.post_message(self.Remark("there is nothing to close", "warning"))
            return
        contract, order = closing_order(row.position, self.picture)
        size = abs(row.position.quantity)
        self.post_message(self.CloseRequested(contract, order.action, size, order.account))

    @on(Grid.RowSelected)
    def _picked(self, event: Grid.RowSelected) -> None:
        event.stop()
        row = self.selected
        if row is not None:
            contract, _ = closing_order(row.position, self.picture)
            self.post_message(self.InstrumentSelected(contract))

    def _show_rows(self) -> None:
        now = self.workplace.clock_ns()
        told = [position_row(each, self.picture, now) for each in self.picture.positions.all()]
        rows = {_name(row.position.key): row for row in sorted_rows(told)}
        sums = {each.currency: each for each in totals(rows.values())}
        changed = {key for key, row in rows.items() if self._rows.get(key) != row}
        self._rows = rows
        self._grid.set_rows(rows)
        self._grid.mark_dirty(changed)
        self._grid.flush()
        self._show_totals(sums)
        self._want_quotes()

    def _show_totals(self, sums: dict[str, Totals]) -> None:
        if sums == self._totals:
            return
        self._totals = sums
        self._show_remark()
        self._sums.styles.height = len(sums)
        self._sums.set_rows(sums)
        self._sums.repaint()

    def _show_remark(self) -> None:
        """What the sums that can be seen leave out."""
        shown = self._grid.shown_columns()
        told = (each.remark(shown) for each in self._totals.values())
        self._remark.update(safe_text(" · ".join(filter(None, told))))

    def on_resize(self) -> None:
        """Other columns may be seen now."""
        self.call_after_refresh(self._show_remark)

    def _want_quotes(self) -> None:
        held = tuple(
            closing_order(row.position, self.picture)[0]
            for row in self._rows.values()
            if row.position.is_open
        )
        if held != self._wanted:
            self._wanted = held
            self.post_message(self.QuotesWanted(self.NAME, Priority.POSITION, held))

    def _grow_old(self) -> None:
        if any(row.is_old for row in self._rows.values()):
            self._show_rows()

    def _cell(self, key: str, column: str) -> Cell:
        row = self._rows.get(key)
        return EMPTY if row is None else row_cell(row, column)

    def _total(self, key: str, column: str) -> Cell:
        total = self._totals.get(key)
        return EMPTY if total is None else total_cell(total, column)


def _name(key: PositionKey) -> str:
    return "|".join(key)
