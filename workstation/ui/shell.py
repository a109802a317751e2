"""Shell: what every part of the app leans on.

Owns the app's state (panes on the board, the selected instrument, the controllers) and the few
steps that key actions and pane messages share. Leaves what the actions do to `commands`, and
putting the screen together to `app`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from textual.app import App
from textual.theme import Theme
from textual.timer import Timer
from textual.widget import Widget

from workstation.clients import Priority
from workstation.errors import WorkstationError
from workstation.model import Contract
from workstation.ui.actions import keys_of
from workstation.ui.board import Board
from workstation.ui.formatting import safe_lines
from workstation.ui.instrument_facts import InstrumentFacts
from workstation.ui.panes.pane import Pane
from workstation.ui.panes.ticket import TicketPane
from workstation.ui.trading import Trading
from workstation.ui.workplace import Workplace

__all__ = ["Boot", "Look", "Shell"]

PaneType = TypeVar("PaneType", bound=Pane)

REST_SECONDS = 0.3
"""How long a selection rests before its contract data are asked for: walking asks for nothing."""

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


class Shell(App[str]):
    """The app's state and shared steps.

    Args:
        workplace: the picture and the way to the Bridge.
        panes: everything that can be shown.
        trading: does what the panes' users want with orders.
        look: themes and keys.
        boot: connects everything, after the first paint.
    """

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
        self.facts = InstrumentFacts(workplace)
        self.selected: Contract | None = None
        self._resting: Timer | None = None
        self.look = look
        # Before anything is mounted, so that the styles are worked out once.
        for theme in look.themes.values():
            self.register_theme(theme)
        self.theme = look.theme
        self.keys = keys_of(look.keys)
        for pane in panes:
            pane.keys = self.keys
        self.boot = boot

    def select(self, contract: Contract) -> None:
        """Let every pane follow an instrument."""
        if contract == self.selected:
            return
        self.selected = contract
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST_SECONDS, partial(self.facts.learn, contract))
        self.workplace.trader.watch("selected", Priority.SELECTED, [contract])
        for pane in self.board.panes.values():
            pane.show_instrument(contract)

    def open_ticket(
        self, contract: Contract, action: str, price: float | None = None, **more: Any
    ) -> None:
        """Bring the ticket to the front, for an instrument."""
        self.facts.learn(contract)
        ticket = self.pane(TicketPane)
        self.board.show("ticket")
        ticket.open(contract, action, price, **more)

    def say(self, text: str, severity: str = "information") -> None:
        """A line, or some, that go away by themselves; the text may come from outside."""
        level: Any = severity
        self.notify(safe_lines(text), severity=level, markup=False, timeout=6)

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

    def focused_pane(self) -> Pane | None:
        """The pane that has the focus."""
        found: Any = self.focused
        while isinstance(found, Widget) and not isinstance(found, Pane):
            found = found.parent
        return found if isinstance(found, Pane) else None
