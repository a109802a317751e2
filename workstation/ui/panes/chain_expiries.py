"""Chain expiries: one line of expiries to choose from.

Owns how an expiry is named, which of them fit around the chosen one, and choosing another by key or
mouse. Leaves to the pane what is loaded then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget

from workstation.ui.actions import bindings_of
from workstation.ui.panes.chain_rows import Expiry
from workstation.ui.styles import style_of

__all__ = ["ExpiryLine", "Label", "expiry_name", "labels_for"]

_GAP = 2


class Label(NamedTuple):
    """An expiry that fits on the line."""

    number: int
    text: str
    start: int
    """Cells left of it."""


def expiry_name(expiry: Expiry, year: int) -> str:
    """`18 Dec 25d`, `27 Nov 4d w` for a weekly one, `15 Jan 27 53d` in another year."""
    named_year = f" {expiry.day:%y}" if expiry.day.year != year else ""
    weekly = " w" if expiry.is_weekly else ""
    return f"{expiry.day.day} {expiry.day:%b}{named_year} {expiry.days}d{weekly}"


def labels_for(expiries: Sequence[Expiry], chosen: int, width: int, year: int) -> list[Label]:
    """The labels that fit, the chosen one among them, with room for an arrow at either end."""
    if not expiries or width <= 2:
        return []
    names = [expiry_name(each, year) for each in expiries]
    names[chosen] = f"[{names[chosen]}]"
    first = last = chosen
    used = cell_len(names[chosen])
    room = width - 4
    grows = True
    while grows:
        grows = False
        # The ones after it first: time goes that way.
        for index in (last + 1, first - 1):
            if 0 <= index < len(names) and used + _GAP + cell_len(names[index]) <= room:
                used += _GAP + cell_len(names[index])
                first, last = min(first, index), max(last, index)
                grows = True
    labels, start = [], 2
    for index in range(first, last + 1):
        labels.append(Label(index, names[index], start))
        start += cell_len(names[index]) + _GAP
    return labels


class ExpiryLine(Widget, can_focus=True):
    """Shows the expiries; the brackets stand around the chosen one."""

    DEFAULT_CSS = """
    ExpiryLine { height: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("chain.expiries")]

    class Picked(Message):
        """The user picked an expiry."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self) -> None:
        super().__init__()
        self._expiries: tuple[Expiry, ...] = ()
        self._chosen = 0
        self._year = 0

    def show(self, expiries: Sequence[Expiry], chosen: int, year: int) -> None:
        """Show these.

        Args:
            expiries: nearest first.
            chosen: index of the one that the chain shows.
            year: the present one, which needs no name.
        """
        self._expiries = tuple(expiries)
        self._chosen = chosen
        self._year = year
        self.refresh()

    def render(self) -> Text:
        """The line."""
        labels = self._labels()
        if not labels:
            return Text("")
        line = Text("◂ " if labels[0].number > 0 else "  ", style_of(self, "muted"))
        for label in labels:
            focused = "accent" if self.has_focus else "at_the_money"
            style = focused if label.number == self._chosen else "muted"
            line.append(label.text, style_of(self, style))
            line.append(" " * _GAP)
        if labels[-1].number < len(self._expiries) - 1:
            line.right_crop(_GAP)
            line.append(" ▸", style_of(self, "muted"))
        line.no_wrap = True
        return line

    def action_step(self, step: int) -> None:
        """Pick the next one."""
        index = self._chosen + step
        if 0 <= index < len(self._expiries):
            self.post_message(self.Picked(index))

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked at."""
        for label in self._labels():
            if label.start <= event.x < label.start + cell_len(label.text):
                self.post_message(self.Picked(label.number))

    def on_focus(self) -> None:
        """The chosen one looks alive."""
        self.refresh()

    def on_blur(self) -> None:
        """It looks at rest."""
        self.refresh()

    def _labels(self) -> list[Label]:
        return labels_for(self._expiries, self._chosen, self.size.width, self._year)
