"""LeaveScreen: asks before orders or actors are left to themselves.

Owns the question with its choices, and showing what becomes of each order while cancels are waited
for. Staying is what Enter does. Leaves what is still working, and ending it, to `leaving`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from workstation.ui.actions import bindings_of
from workstation.ui.formatting import safe_text
from workstation.ui.key_names import first_key, key_words
from workstation.ui.leaving import Leaving, Stage

__all__ = ["LeaveScreen"]

LOOK_SECONDS = 0.1

_LONGEST_LINE = 400


class LeaveScreen(ModalScreen[bool]):
    """Asks whether to leave; its result says so.

    Args:
        leaving: what still works.
        keys: keys of each action, by its id.
    """

    DEFAULT_CSS = """
    LeaveScreen { align: center middle; }
    LeaveScreen > Vertical {
        width: 76; max-width: 96%; height: auto; max-height: 96%; padding: 1 2;
        background: $panel; border: heavy $warning; border-title-color: $warning;
    }
    LeaveScreen VerticalScroll { height: auto; max-height: 12; }
    LeaveScreen Static { width: 1fr; height: auto; }
    LeaveScreen #leave-choices { margin-top: 1; text-style: bold; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("leaving")]

    def __init__(self, leaving: Leaving, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._leaving = leaving
        self._keys = keys

    def compose(self) -> ComposeResult:
        """What still works, and what can be done about it."""
        with Vertical() as box:
            box.border_title = "Quit"
            with VerticalScroll():
                yield Static(id="leave-text", markup=False)
            yield Static(id="leave-choices", markup=False)

    def on_mount(self) -> None:
        """Actors trade on while the question stands: look again and again."""
        self._look()
        self.set_interval(LOOK_SECONDS, self._look)

    def action_stay(self) -> None:
        """Back to the panes."""
        self._leaving.stay()
        self.dismiss(result=False)

    def action_leave(self) -> None:
        """Leave all as it is."""
        self.dismiss(result=True)

    def action_cancel(self) -> None:
        """Cancel every order, and leave once that is confirmed."""
        if self._may_cancel:
            self._leaving.cancel()
            self._look()

    @property
    def _may_cancel(self) -> bool:
        return self._leaving.has_orders and self._leaving.stage is not Stage.WAITING

    def _look(self) -> None:
        # Another question may stand over this one, which is `is_current` as long as it can be seen.
        if self.app.screen is not self:
            return
        leaving = self._leaving
        leaving.advance()
        if leaving.stage is Stage.DONE:
            self.dismiss(result=True)
            return
        told = "\n".join(safe_text(line, _LONGEST_LINE) for line in self._lines())
        self.query_one("#leave-text", Static).update(told)
        self.query_one("#leave-choices", Static).update(" · ".join(self._choices()))

    def _lines(self) -> tuple[str, ...]:
        leaving = self._leaving
        if leaving.stage is Stage.WAITING:
            return (f"Cancelling; waits {leaving.seconds_left} s at most", *leaving.outcome)
        if leaving.stage is Stage.FAILED:
            return ("Not everything is cancelled:", *leaving.outcome)
        return leaving.question

    def _choices(self) -> Iterator[str]:
        again = " again" if self._leaving.stage is Stage.FAILED else ""
        yield f"{key_words(self._keys['leaving.stay'])} stay"
        if self._may_cancel:
            yield f"{first_key(self._keys['leaving.cancel'])} cancel every order{again} and leave"
        yield f"{first_key(self._keys['leaving.leave'])} leave all as it is"
