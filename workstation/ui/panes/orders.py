"""Orders pane: every order of this session and how it stands.

Owns the table, the line below it that says everything about the order under the cursor, and wanting
the quotes of what orders work in. Posts what its user wants done with an order; changes and cancels
nothing itself. Leaves the cells to `order_rows`.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from workstation.clients import Priority
from workstation.model import Contract
from workstation.state.changes import ChangeSet, OrderKey
from workstation.state.live_order import LiveOrder
from workstation.ui.panes.order_rows import COLUMNS, detail, order_cell, sorted_keys, title
from workstation.ui.panes.pane import Pane
from workstation.ui.widgets.grid import EMPTY, Cell, Grid
from workstation.ui.workplace import Workplace

__all__ = ["OrdersPane"]

_NEW_YORK = ZoneInfo("America/New_York")


class OrdersPane(Pane):
    """The orders."""

    NAME = "orders"
    TITLE = "Orders"

    DEFAULT_CSS = """
    OrdersPane Grid { height: 1fr; }
    OrdersPane #orders-detail { height: auto; max-height: 3; color: $text-muted; }
    """

    class ModifyRequested(Message):
        """The user wants to change an order of this client."""

        def __init__(self, key: OrderKey) -> None:
            super().__init__()
            self.key = key

    class CancelRequested(Message):
        """The user wants an order cancelled."""

        def __init__(self, key: OrderKey) -> None:
            super().__init__()
            self.key = key

    class CancelSymbolRequested(Message):
        """The user wants all orders in an instrument cancelled."""

        def __init__(self, instrument: str) -> None:
            super().__init__()
            self.instrument = instrument

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._keys: dict[str, OrderKey] = {}
        self._wanted: tuple[Contract, ...] = ()
        self._detail = Static("", id="orders-detail", markup=False)
        self._grid = Grid(COLUMNS, self._cell, empty="no orders yet", id="orders-grid")

    def compose(self) -> ComposeResult:
        """The table, and what there is to say about one of its rows."""
        yield self._grid
        yield self._detail

    def on_mount(self) -> None:
        """Show what is there already."""
        self._show_rows()

    @property
    def selected(self) -> LiveOrder | None:
        """The order under the cursor."""
        key = self._keys.get(self._grid.cursor_key or "")
        return None if key is None else self.picture.orders.get(key)

    def changed(self, changes: ChangeSet) -> None:
        """Follow the orders and their fills."""
        if changes.orders:
            self._show_rows()
        elif changes.executions:
            self._show_detail()
            self.border_title = title(self.picture)
        if changes.orders or changes.market_rules or changes.contracts:
            changed = {_row(key) for key in changes.orders}
            is_regrid = bool(changes.market_rules or changes.contracts)
            self._grid.mark_dirty(self._keys if is_regrid else changed)
        self._grid.flush()

    def focus_content(self) -> None:
        """Go to the table."""
        self.take_focus(self._grid)

    def action_cancel_order(self) -> None:
        """Ask for the order under the cursor to be cancelled."""
        live = self.selected
        if live is None:
            self.post_message(self.Remark("there is no order to cancel", "warning"))
        else:
            self.post_message(self.CancelRequested(live.key))

    def action_cancel_symbol(self) -> None:
        """Ask for all orders in the instrument under the cursor to be cancelled."""
        live = self.selected
        if live is None:
            self.post_message(self.Remark("there is no order to cancel", "warning"))
        else:
            self.post_message(self.CancelSymbolRequested(live.instrument))

    @on(Grid.RowHighlighted)
    def _highlighted(self, event: Grid.RowHighlighted) -> None:
        event.stop()
        self._show_detail()
        live = self.selected
        if live is not None and live.contract != Contract() and self._grid.has_focus:
            self.post_message(self.InstrumentSelected(live.contract))

    @on(Grid.RowSelected)
    def _picked(self, event: Grid.RowSelected) -> None:
        event.stop()
        live = self.selected
        if live is None:
            return
        problem = self._unchangeable(live)
        if problem:
            self.post_message(self.Remark(problem, "warning"))
        else:
            self.post_message(self.ModifyRequested(live.key))

    def _unchangeable(self, live: LiveOrder) -> str:
        """Why an order can not be changed from here; empty when it can."""
        if not live.is_open:
            return f"order {live.key.order_id} is {live.stage}: it can not be changed"
        if live.key.client_id != self.workplace.client_id or not live.key.order_id:
            return f"this is an order of client {live.key.client_id}: it can only be looked at"
        return ""

    def _show_rows(self) -> None:
        keys = sorted_keys(self.picture.orders.all())
        self._keys = {_row(key): key for key in keys}
        self._grid.set_rows(self._keys)
        self.border_title = title(self.picture)
        self._show_detail()
        self._want_quotes()

    def _want_quotes(self) -> None:
        """Ask for the quotes of what orders work in: nobody should wait in the dark."""
        working = {each.instrument: each.contract for each in self.picture.orders.open()}
        wanted = tuple(contract for contract in working.values() if contract != Contract())
        if wanted != self._wanted:
            self._wanted = wanted
            self.post_message(self.QuotesWanted(self.NAME, Priority.POSITION, wanted))

    def _show_detail(self) -> None:
        live = self.selected
        told = "" if live is None else detail(live, self.picture, self.workplace.client_id)
        self._detail.update(told)

    def _cell(self, row: str, column: str) -> Cell:
        key = self._keys.get(row)
        live = None if key is None else self.picture.orders.get(key)
        if live is None:
            return EMPTY
        return order_cell(live, column, self.picture, self.workplace.client_id, _NEW_YORK)


def _row(key: OrderKey) -> str:
    return ":".join(map(str, key))
