"""Pane: the common ground of everything on the screen that shows a part of the picture.

Owns the contract between a pane and the app. A pane is told what changed and which instrument is
selected, reads the picture, and posts what its user wants upward as messages; it never calls
another pane, and never sends an order itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from workstation.clients import Priority
from workstation.model import Contract
from workstation.state.changes import ChangeSet
from workstation.ui.actions import BY_ID, keys_of
from workstation.ui.key_names import first_key, together
from workstation.ui.workplace import Workplace

__all__ = ["Pane"]


class Pane(Vertical):
    """One pane.

    Subclasses say their `NAME` (which is also their DOM id and the word in keys and settings) and
    `TITLE`, and override what they care for.
    """

    NAME: ClassVar[str]
    TITLE: ClassVar[str]

    class InstrumentSelected(Message):
        """The user picked an instrument; every pane follows."""

        def __init__(self, contract: Contract) -> None:
            super().__init__()
            self.contract = contract

    class TicketRequested(Message):
        """The user wants an order ticket.

        Args:
            contract: for what.
            action: BUY or SELL.
            price: limit price to start from; None leaves it to the ticket.
        """

        def __init__(self, contract: Contract, action: str, price: float | None = None) -> None:
            super().__init__()
            self.contract = contract
            self.action = action
            self.price = price

    class QuotesWanted(Message):
        """The pane shows these instruments now and wants their quotes, instead of earlier ones."""

        def __init__(self, owner: str, priority: Priority, contracts: Sequence[Contract]) -> None:
            super().__init__()
            self.owner = owner
            self.priority = priority
            self.contracts = tuple(contracts)

    class Remark(Message):
        """Something to tell the user in a line; severity as Textual's notify has it."""

        def __init__(self, text: str, severity: str = "information") -> None:
            super().__init__()
            self.text = text
            self.severity = severity

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(id=self.NAME, classes="pane")
        self.workplace = workplace
        self.picture = workplace.picture
        self.keys: Mapping[str, str] = keys_of({})
        """Keys of every action by its id; the app puts in what the settings change."""
        self.is_seen = True
        """Whether it is on the board now; see `be_seen`."""
        self.border_title = self.TITLE

    def be_seen(self, seen: bool) -> None:  # noqa: FBT001  as `display` is set
        """Show the pane, or hide it; for what shows it.

        Textual's own Show and Hide are no help: a widget that is refreshed while it is hidden gets
        no Show any more.
        """
        self.display = seen
        if seen is not self.is_seen:
            self.is_seen = seen
            self.seen_changed()

    def seen_changed(self) -> None:
        """It was shown or hidden: ask for what is needed only while somebody looks, or end it."""

    def changed(self, changes: ChangeSet) -> None:
        """The picture changed; called at most 30 times a second. Mark what is shown as dirty."""

    def show_instrument(self, contract: Contract) -> None:
        """Another instrument is selected."""

    def key_of(self, *ids: str, between: str = "/") -> str:
        """The keys of actions, as words on the screen."""
        return together((self.keys[each] for each in ids), between)

    def footer(self, *ids: str) -> str:
        """A line that names keys: `w next list · o sort`."""
        named = (f"{first_key(self.keys[each])} {BY_ID[each].brief}" for each in ids)
        return " · ".join(named)

    def focus_content(self) -> None:
        """Take the focus, where the user would expect it."""
        for widget in self.query("*"):
            if widget.focusable:
                self.take_focus(widget)
                return

    def take_focus(self, widget: Widget) -> None:
        """Give a widget the focus now, not once the loop comes round.

        The next key may be on its way already, and must not go to what had the focus before.
        """
        self.screen.set_focus(widget)
