"""Message view: one message of the log with all its fields, over everything else.

Owns showing a long text that came from outside, and closing it again.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from workstation.ui.actions import bindings_of
from workstation.ui.formatting import safe_text

__all__ = ["MessageView"]

_LONGEST_LINE = 2_000
_MOST_LINES = 5_000


class MessageView(ModalScreen[None]):
    """Shows a text until a key closes it.

    Args:
        title: what it is.
        text: as it came; it is made safe here.
        closes: the key that closes it, in words.
    """

    DEFAULT_CSS = """
    MessageView { align: center middle; }
    MessageView VerticalScroll {
        width: 90%; max-width: 110; height: auto; max-height: 90%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    MessageView Static { width: 1fr; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("message")]

    def __init__(self, title: str, text: str, closes: str) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._closes = closes

    def compose(self) -> ComposeResult:
        """The text, to be scrolled."""
        lines = self._text.splitlines()
        safe = [safe_text(line, _LONGEST_LINE) for line in lines[:_MOST_LINES]]
        if len(lines) > _MOST_LINES:
            safe.append(f"… and {len(lines) - _MOST_LINES:,} lines more")
        with VerticalScroll() as box:
            box.border_title = Content(safe_text(self._title))
            box.border_subtitle = Content(f"{self._closes} closes")
            yield Static("\n".join(safe), markup=False)

    def on_mount(self) -> None:
        """Arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()
