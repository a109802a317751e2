"""Ticket fields: the two kinds of field that a ticket has.

Owns choosing one of a few words by keys, and a number field that hands the keys for steps and
prices on to its ticket. Leaves what a text means to `ticket_form`.
"""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from workstation.ui.actions import bindings_of

__all__ = ["Choice", "NumberField"]


class Choice(Widget, can_focus=True):
    """One of a few words, changed with the arrow keys, space or a click.

    Args:
        words: what can be chosen.
        id: the widget's id.
    """

    DEFAULT_CSS = """
    Choice { width: auto; height: 1; }
    Choice:focus { text-style: reverse; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("ticket.choice")]

    word: reactive[str] = reactive("", layout=False)

    class Changed(Message):
        """Another word was chosen by the user."""

        def __init__(self, choice: Choice, word: str) -> None:
            super().__init__()
            self.choice = choice
            self.word = word

        @property
        def control(self) -> Choice:
            """The choice."""
            return self.choice

    class Confirmed(Message):
        """Enter was pressed."""

    def __init__(self, words: tuple[str, ...], *, id: str) -> None:  # noqa: A002  Textual's word
        super().__init__(id=id)
        self.words = words
        self.word = words[0]
        self.styles.width = max(map(len, words)) + 4

    def render(self) -> Text:
        """The word between the arrows that change it."""
        width = max(map(len, self.words))
        return Text(f"‹ {self.word[:width].ljust(width)} ›", no_wrap=True)

    def action_choose(self, count: int) -> None:
        """Take the next word, or the one before."""
        known = self.word in self.words
        index = self.words.index(self.word) + count if known else 0
        self.word = self.words[index % len(self.words)]
        self.post_message(self.Changed(self, self.word))

    def action_confirm(self) -> None:
        """Say that the form is ready."""
        self.post_message(self.Confirmed())

    def on_click(self) -> None:
        """A click takes the next word."""
        self.action_choose(1)


class NumberField(Input):
    """A number; its steps and prices are actions of the ticket around it."""

    DEFAULT_CSS = """
    NumberField { width: 14; height: 1; border: none; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("ticket.number")]

    class Stepped(Message):
        """The user wants the number so many steps up; negative is down."""

        def __init__(self, field: NumberField, count: int) -> None:
            super().__init__()
            self.field = field
            self.count = count

        @property
        def control(self) -> NumberField:
            """The field."""
            return self.field

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's word
        super().__init__(id=id, compact=True, max_length=16)

    def action_step(self, count: int) -> None:
        """Say how many steps are wanted; the ticket knows the grid."""
        self.post_message(self.Stepped(self, count))
