"""Ticket prompt: the place where an order is confirmed.

Owns showing a `Confirmation` and taking Enter, the typed word or Escape. The field for the word has
the focus from the start, so that a word that becomes necessary while the prompt is read moves
nothing. Leaves what the words are to `ticket_confirmation`.
"""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from workstation.ui.actions import bindings_of
from workstation.ui.panes.pane import Pane
from workstation.ui.panes.ticket_confirmation import Confirmation

__all__ = ["TicketPrompt"]


class TicketPrompt(Vertical):
    """Asks whether an order may leave."""

    DEFAULT_CSS = """
    TicketPrompt { height: 1fr; display: none; overflow-y: auto; scrollbar-size-vertical: 1; }
    TicketPrompt Static { width: 1fr; height: auto; }
    TicketPrompt Horizontal { height: 1; }
    TicketPrompt #prompt-order { text-style: bold; }
    TicketPrompt #prompt-keys { width: auto; text-style: bold; }
    TicketPrompt #prompt-word { width: 1fr; height: 1; border: none; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("ticket.prompt")]

    class Accepted(Message):
        """The order may leave.

        Args:
            with_word: whether the word that was asked for was typed.
        """

        def __init__(self, *, with_word: bool) -> None:
            super().__init__()
            self.with_word = with_word

    class Declined(Message):
        """Back to the form."""

    def __init__(self) -> None:
        super().__init__(id="ticket-prompt")
        self._confirmation: Confirmation | None = None

    def compose(self) -> ComposeResult:
        """The order, whose money and what it costs, the keys, and what stands against it."""
        yield Static(id="prompt-order")
        yield Static(id="prompt-cost")
        with Horizontal():
            yield Static(id="prompt-keys")
            yield Input(id="prompt-word", compact=True, max_length=12)
        yield Static(id="prompt-warnings")

    def open(self, confirmation: Confirmation) -> None:
        """Show a confirmation and take the keys."""
        word = self.query_one(Input)
        word.value = ""
        self.display = True
        self.show(confirmation)
        word.focus()

    def close(self) -> None:
        """Ask no more."""
        self._confirmation = None
        self.display = False

    def show(self, confirmation: Confirmation) -> None:
        """Show what is known now, of the order that is asked about."""
        if confirmation == self._confirmation:
            return
        self._confirmation = confirmation
        back = self.query_ancestor(Pane).key_of("ticket.prompt.decline")
        cost = Text.assemble((confirmation.account, "bold"), f" · {confirmation.cost}")
        warnings = Text("\n".join(f"! {each}" for each in confirmation.warnings))
        self.query_one("#prompt-order", Static).update(Text(confirmation.order))
        self.query_one("#prompt-cost", Static).update(cost)
        self.query_one("#prompt-keys", Static).update(Text(confirmation.keys(back)))
        self.query_one("#prompt-warnings", Static).update(warnings)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        asked = self._confirmation
        if asked is None or asked.is_refused:
            return
        typed = event.value.strip().upper()
        if typed == asked.word:
            self.post_message(self.Accepted(with_word=bool(asked.word)))
        else:
            event.input.value = ""

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()

    def action_decline(self) -> None:
        """Back to the form."""
        self.post_message(self.Declined())
