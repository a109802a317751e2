"""TooSmallScreen: stands before the panes while the terminal has no room for them.

Owns saying so in plain words, and going away by itself once there is room. No order can be entered
behind it, since its confirmation could not be read; the ways out of the market work on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from workstation.ui.actions import BY_ID, bindings_of
from workstation.ui.arrangement import SMALLEST, fits
from workstation.ui.key_names import first_key

__all__ = ["TooSmallScreen"]

_NAMED = ("cancel_all", "flatten", "too_small.leave")


class TooSmallScreen(ModalScreen[None]):
    """Waits until the terminal is larger.

    Args:
        keys: keys of each action, by its id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("too_small")]

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The words."""
        yield Static(markup=False)

    def on_resize(self) -> None:
        """Say how much room is missing, or go."""
        self._look(self.app.size)

    def on_screen_resume(self) -> None:
        """A question stood over it, and the terminal may have grown meanwhile."""
        self._look(self.app.size)

    async def action_leave(self) -> None:
        """Quit, as from the panes."""
        await self.app.action_quit()

    def _look(self, size: Size) -> None:
        if fits(*size):
            # Only the topmost screen can go; under a question this one waits for its answer.
            # `is_current` would not do: it is true of every screen that can be seen.
            if self.app.screen is self:
                self.dismiss(None)
            return
        wide, high = SMALLEST
        told = [
            f"{size.width}×{size.height} is too small: make the terminal {wide}×{high} or larger."
        ]
        told += [f"{first_key(self._keys[each])}  {BY_ID[each].title}" for each in _NAMED]
        self.query_one(Static).update("\n".join(told))
