"""HelpScreen: every key and what it does, made from the table of actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from workstation.ui.actions import ACTIONS, SCOPES, Action, bindings_of
from workstation.ui.key_names import first_key, key_words
from workstation.ui.panes.pane import Pane
from workstation.ui.styles import style_of

__all__ = ["HelpScreen"]


class HelpScreen(ModalScreen[None]):
    """Shows the keys.

    Args:
        keys: keys of each action, by its id.
        pane: the one that had the focus, whose keys come first.
    """

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > VerticalScroll {
        width: 78; max-width: 100%; height: auto; max-height: 96%; padding: 0 2;
        background: $panel; border: round $primary; border-title-color: $accent;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("help_screen")]

    def __init__(self, keys: Mapping[str, str], pane: Pane | None) -> None:
        super().__init__()
        self._keys = keys
        self._pane = pane

    def compose(self) -> ComposeResult:
        """The table."""
        with VerticalScroll() as box:
            box.border_title = "Keys" if self._pane is None else f"Keys · {self._pane.TITLE}"
            box.border_subtitle = Content(f"{first_key(self._keys['help_screen.close'])} closes")
            yield Static(self._text())

    def _text(self) -> Text:
        words = {name: key_words(keys) for name, keys in self._keys.items()}
        width = max(map(cell_len, words.values())) + 2
        accent = style_of(self, "accent")
        text = Text()
        for heading, actions in _chapters("" if self._pane is None else self._pane.NAME):
            text.append(f"{heading}\n", "bold")
            for action in actions:
                text.append(f"  {set_cell_size(words[action.id], width)}", accent)
                text.append(f"{action.title}\n")
            text.append("\n")
        text.rstrip()
        return text

    def action_close(self) -> None:
        """Back to the panes."""
        self.dismiss(None)


def _chapters(pane: str) -> Iterator[tuple[str, list[Action]]]:
    """Headings and their actions: the pane's own first, then the screen's, then all others."""
    own = [name for name, scope in SCOPES.items() if pane and pane in (scope.pane, *scope.inside)]
    others = [name for name in SCOPES if name and name not in own]
    for name in own:
        yield SCOPES[name].title, [action for action in ACTIONS if action.scope == name]
    for group in dict.fromkeys(action.group for action in ACTIONS if action.group):
        yield group, [action for action in ACTIONS if action.group == group]
    for name in others:
        yield SCOPES[name].title, [action for action in ACTIONS if action.scope == name]
