"""WorkstationApp: the screen put together.

Owns the panes on the board, the selected instrument, which action does what, and the drain that
tells panes what changed. It composes and hands over; the work is done by panes, by `trading` and by
the desk behind the workplace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual import on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from workstation.clients import Priority
from workstation.errors import WorkstationError
from workstation.model import Contract
from workstation.ui.actions import ACTIONS, keys_of
from workstation.ui.board import Board
from workstation.ui.commands import Commands
from workstation.ui.feed import Feed
from workstation.ui.panes.orders import OrdersPane
from workstation.ui.panes.pane import Pane
from workstation.ui.panes.ticket import TicketPane
from workstation.ui.trading import Trading
from workstation.ui.widgets.header import Header
from workstation.ui.workplace import Workplace

__all__ = ["Boot", "Look", "WorkstationApp"]

PaneType = TypeVar("PaneType", bound=Pane)

Boot = Callable[[], None]
"""Connects everything behind the screen; runs on a thread of its own and may take its time."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the screen looks and which keys it takes.

    Args:
        themes: by name.
        theme: the one to begin with.
        keys: what the settings change, by action.
    """

    themes: Mapping[str, Theme]
    theme: str
    keys: Mapping[str, str] = field(default_factory=dict)


class WorkstationApp(Commands, App[str]):
    """The screen; its result is what went wrong, empty when nothing did.

    Args:
        workplace: the picture and the way to the Bridge.
        panes: everything that can be shown.
        trading: does what the panes' users want with orders.
        look: themes and keys.
        boot: connects everything, after the first paint.
    """

    TITLE = "workstation"
    CSS_PATH = Path(__file__).with_name("workstation.tcss")
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(each.keys, each.id, each.title, id=each.id, show=False, priority=each.everywhere)
        for each in ACTIONS
    ]

    def __init__(
        self,
        workplace: Workplace,
        panes: Sequence[Pane],
        trading: Trading,
        look: Look,
        boot: Boot | None = None,
    ) -> None:
        super().__init__()
        self.workplace = workplace
        self.trading = trading
        self.board = Board(panes)
        self.selected: Contract | None = None
        self.look = look
        self.keys = keys_of(look.keys)
        self._boot = boot

    def get_default_screen(self) -> Screen[Any]:
        """The one screen that panes live on."""
        return Screen(id="_default")

    def compose(self) -> ComposeResult:
        """The header and the board."""
        yield Header()
        yield self.board

    def on_mount(self) -> None:
        """Put on the theme and the keys, let the feed run, and connect."""
        for theme in self.look.themes.values():
            self.register_theme(theme)
        self.theme = self.look.theme
        self.set_keymap(self.keys)
        self._feed = Feed(self, self.board, self.trading, self.query_one(Header))
        self._feed.start()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.board.panes["watchlist"].focus_content()
        if self._boot is not None:
            self._connect(self._boot)

    @work(thread=True, exit_on_error=False)
    def _connect(self, boot: Boot) -> None:
        try:
            boot()
        except WorkstationError as error:
            self.call_from_thread(self.exit, str(error), 1)

    # What panes say

    @on(Pane.InstrumentSelected)
    def _select(self, event: Pane.InstrumentSelected) -> None:
        self.select(event.contract)

    def select(self, contract: Contract) -> None:
        """Let every pane follow an instrument."""
        if contract == self.selected:
            return
        self.selected = contract
        self.workplace.trader.watch("selected", Priority.SELECTED, [contract])
        for pane in self.board.panes.values():
            pane.show_instrument(contract)

    @on(Pane.QuotesWanted)
    def _want_quotes(self, event: Pane.QuotesWanted) -> None:
        self.workplace.trader.watch(event.owner, event.priority, event.contracts)

    @on(Pane.Remark)
    def _remark(self, event: Pane.Remark) -> None:
        self.say(event.text, event.severity)

    @on(Pane.TicketRequested)
    def _open_ticket(self, event: Pane.TicketRequested) -> None:
        quantity = getattr(event, "quantity", None)
        self.open_ticket(event.contract, event.action, event.price, quantity=quantity)

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

    def open_ticket(
        self, contract: Contract, action: str, price: float | None = None, **more: Any
    ) -> None:
        """Bring the ticket to the front, for an instrument."""
        ticket = self.pane(TicketPane)
        self.board.show("ticket")
        ticket.open(contract, action, price, **more)

    def say(self, text: str, severity: str = "information") -> None:
        """A line that goes away by itself."""
        level: Any = severity
        self.notify(text, severity=level, markup=False, timeout=6)

    def pane(self, cls: type[PaneType]) -> PaneType:
        """The pane of a class."""
        pane = self.board.panes[cls.NAME]
        if not isinstance(pane, cls):
            raise TypeError(f"{cls.NAME} is a {type(pane).__name__}")
        return pane

    def attempt(self, call: Callable[[], object], done: str) -> None:
        """Do something with orders, and say in a line whether it went well."""
        try:
            call()
        except WorkstationError as error:
            self.say(str(error), "error")
        else:
            self.say(done)
