"""ConfirmScreen: one question, one answer.

Owns asking before something that can not be taken back. Enter says yes, or the typed word where
Enter alone is not enough; Escape goes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from workstation.ui.actions import bindings_of
from workstation.ui.formatting import safe_lines
from workstation.ui.key_names import first_key

__all__ = ["ConfirmScreen"]

_LONGEST_LINE = 2000


class ConfirmScreen(ModalScreen[bool]):
    """Asks whether to go on.

    Args:
        title: what is about to happen, in a few words.
        text: all that will happen.
        word: what must be typed; empty when a key is enough.
        keys: keys of each action, by its id.
    """

    DEFAULT_CSS = """
    ConfirmScreen { align: center middle; }
    ConfirmScreen > Vertical {
        width: 76; max-width: 96%; height: auto; padding: 1 2;
        background: $panel; border: heavy $warning; border-title-color: $warning;
    }
    ConfirmScreen Static { width: 1fr; height: auto; }
    ConfirmScreen #hint { color: $text-muted; margin-top: 1; }
    ConfirmScreen Input { margin-top: 1; height: 1; border: none; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("confirm")]

    def __init__(self, title: str, text: str, word: str, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._word = word
        self._accepts = first_key(keys["confirm.accept"])
        self._declines = f"{first_key(keys['confirm.decline'])} goes back"

    def compose(self) -> ComposeResult:
        """The question."""
        with Vertical() as box:
            box.border_title = self._title
            yield Static(safe_lines(self._text, _LONGEST_LINE), markup=False)
            if self._word:
                yield Input(placeholder=f"type {self._word}", id="word")
            says_yes = f"{self._word} and {self._accepts}" if self._word else self._accepts
            yield Static(f"{says_yes} goes ahead · {self._declines}", id="hint", markup=False)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_enter()

    def action_enter(self) -> None:
        """Yes, if that is enough."""
        if not self._word or self.query_one("#word", Input).value.strip().upper() == self._word:
            self.dismiss(result=True)
        else:
            hint = f"Type {self._word} to go ahead · {self._declines}"
            self.query_one("#hint", Static).update(hint)

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001  bindings pass it so
        """Answer."""
        self.dismiss(result=yes)
