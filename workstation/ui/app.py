"""WorkstationApp: the screen put together.

Owns composing header and board, the drain that tells panes what changed, and handing on what panes
say. It composes; the work is done by panes, by `trading` and by the desk behind the workplace.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.screen import Screen

from workstation.errors import WorkstationError
from workstation.ui.actions import bindings_of
from workstation.ui.arrangement import fits
from workstation.ui.commands import Commands
from workstation.ui.feed import Feed
from workstation.ui.panes.orders import OrdersPane
from workstation.ui.panes.pane import Pane
from workstation.ui.panes.positions import PositionsPane
from workstation.ui.panes.ticket import TicketPane
from workstation.ui.screens.too_small import TooSmallScreen
from workstation.ui.shell import Boot
from workstation.ui.widgets.header import Header

__all__ = ["WorkstationApp"]


class WorkstationApp(Commands):
    """The screen; its result is what went wrong, empty when nothing did."""

    TITLE = "workstation"
    CSS_PATH = Path(__file__).with_name("workstation.tcss")
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("")]

    def get_default_screen(self) -> Screen[Any]:
        """The one screen that panes live on."""
        return Screen(id="_default")

    def compose(self) -> ComposeResult:
        """The header and the board."""
        yield Header()
        yield self.board

    def on_mount(self) -> None:
        """Put on the keys, let the feed run, and connect."""
        self.set_keymap(self.look.keys)
        self._feed = Feed(self, self.board, self.trading, self.query_one(Header))
        self._feed.start()
        self.call_after_refresh(self._begin)

    def on_resize(self, event: Resize) -> None:
        """Say so when there is no room for the panes."""
        stands = any(isinstance(each, TooSmallScreen) for each in self.screen_stack)
        if not stands and not fits(*event.size):
            self.push_screen(TooSmallScreen(self.keys))

    def _begin(self) -> None:
        self.board.panes["watchlist"].focus_content()
        if self.boot is not None:
            self._connect(self.boot)

    @work(thread=True)
    def _connect(self, boot: Boot) -> None:
        try:
            boot()
        except WorkstationError as error:
            self.call_from_thread(self.exit, str(error), 1)

    # What panes say

    @on(Pane.InstrumentSelected)
    def _select(self, event: Pane.InstrumentSelected) -> None:
        self.select(event.contract)

    @on(Pane.QuotesWanted)
    def _want_quotes(self, event: Pane.QuotesWanted) -> None:
        self.workplace.trader.watch(event.owner, event.priority, event.contracts)

    @on(Pane.Remark)
    def _remark(self, event: Pane.Remark) -> None:
        self.say(event.text, event.severity)

    @on(Pane.TicketRequested)
    def _open_ticket(self, event: Pane.TicketRequested) -> None:
        if not isinstance(event, PositionsPane.CloseRequested):
            self.open_ticket(event.contract, event.action, event.price)
            return
        self.open_ticket(
            event.contract,
            event.action,
            quantity=event.quantity,
            order_type=event.order_type,
            account=event.account,
        )

    @on(TicketPane.Submitted)
    def _submit(self, event: TicketPane.Submitted) -> None:
        self.trading.serve_submission(event)

    @on(TicketPane.PreviewWanted)
    def _preview(self, event: TicketPane.PreviewWanted) -> None:
        self.trading.serve_preview(event)

    @on(OrdersPane.ModifyRequested)
    def _modify(self, event: OrdersPane.ModifyRequested) -> None:
        order = self.workplace.picture.orders.get(event.key)
        if order is not None:
            ticket = self.pane(TicketPane)
            self.board.show("ticket")
            ticket.open_order(order)

    @on(OrdersPane.CancelRequested)
    def _cancel(self, event: OrdersPane.CancelRequested) -> None:
        self.attempt(lambda: self.trading.cancel(event.key), "cancel requested")

    @on(OrdersPane.CancelSymbolRequested)
    def _cancel_symbol(self, event: OrdersPane.CancelSymbolRequested) -> None:
        self.attempt(lambda: self.trading.cancel_symbol(event.instrument), "cancels requested")
