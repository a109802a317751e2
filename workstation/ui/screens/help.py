"""HelpScreen: every key and what it does, made from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from workstation.ui.actions import ACTIONS

__all__ = ["HelpScreen"]

_IN_PANES = (
    ("↑ ↓ PgUp PgDn Home End", "move the cursor"),
    ("Enter", "pick what is under the cursor"),
    ("Tab", "next pane or field"),
    ("Ctrl+P", "command palette: every action and every symbol"),
)

_IN_TICKET = (
    ("↑ ↓ / PgUp PgDn", "price by one tick / by ten"),
    ("Alt+M I A", "price at the middle, bid, ask"),
    ("Alt+1 … 5", "size presets"),
    ("Enter / Esc", "confirm / go back"),
)


class HelpScreen(ModalScreen[None]):
    """Shows the keys.

    Args:
        keys: keys of each action, by its id.
        pane: title of the pane that had the focus.
    """

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > VerticalScroll {
        width: 78; max-width: 100%; height: auto; max-height: 96%; padding: 0 2;
        background: $panel; border: round $primary; border-title-color: $accent;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "close", show=False)
    ]

    def __init__(self, keys: Mapping[str, str], pane: str) -> None:
        super().__init__()
        self._keys = keys
        self._pane = pane

    def compose(self) -> ComposeResult:
        """The table."""
        with VerticalScroll() as box:
            box.border_title = f"Keys · {self._pane}" if self._pane else "Keys"
            box.border_subtitle = "Esc closes"
            yield Static(self._text())

    def _text(self) -> Text:
        text = Text()
        groups = dict.fromkeys(action.group for action in ACTIONS)
        for group in groups:
            text.append(f"{group}\n", "bold")
            for action in ACTIONS:
                if action.group == group:
                    self._line(text, shown_keys(self._keys[action.id]), action.title)
        for title, lines in (("In every pane", _IN_PANES), ("In the ticket", _IN_TICKET)):
            text.append(f"{title}\n", "bold")
            for keys, words in lines:
                self._line(text, keys, words)
        text.rstrip()
        return text

    @staticmethod
    def _line(text: Text, keys: str, words: str) -> None:
        text.append(f"  {keys:<26}", "bold cyan")
        text.append(f"{words}\n")

    def action_close(self) -> None:
        """Back to the panes."""
        self.dismiss(None)


def shown_keys(keys: str) -> str:
    """Keys as people write them: `?` for `question_mark`."""
    names = {"question_mark": "?", "slash": "/"}
    parts = [each.strip() for each in keys.split(",") if each.strip()]
    return " ".join(
        names.get(each, each if len(each) == 1 else each.capitalize()) for each in parts
    )
