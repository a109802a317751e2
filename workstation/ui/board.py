"""Board: the panes in their places.

Owns which pane each slot shows, and gives panes their rectangles. Switching layouts moves nothing
in the tree of widgets, so no pane loses its cursor, its scroll or its focus by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, WidgetPlacement
from textual.layout import Layout as TextualLayout
from textual.widget import Widget

from workstation.ui.arrangement import Layout, Slot, layout_for
from workstation.ui.panes.pane import Pane

__all__ = ["Board"]


class Board(Widget):
    """Shows panes by the layout that fits the terminal."""

    DEFAULT_CSS = """
    Board { width: 1fr; height: 1fr; }
    """

    def __init__(self, panes: Iterable[Pane]) -> None:
        super().__init__(id="board")
        self.panes: Mapping[str, Pane] = {pane.NAME: pane for pane in panes}
        self.arrangement: Layout | None = None
        self._shown: dict[tuple[str, ...], str] = {}
        self._maximised: str | None = None
        for pane in self.panes.values():
            pane.is_seen = False

    @property
    def layout(self) -> TextualLayout:
        """How children are placed: by the arrangement."""
        return _BY_ARRANGEMENT

    def compose(self) -> ComposeResult:
        """The panes."""
        yield from self.panes.values()

    def on_resize(self, event: Resize) -> None:
        """Choose the layout that fits."""
        fitting = layout_for(self.app.size.width, self.app.size.height)
        if fitting is not self.arrangement:
            self.arrangement = fitting
            self._show_slots()
        del event

    def show(self, name: str) -> Pane:
        """Bring a pane to the front of its slot; gives it."""
        pane = self.panes[name]
        if self.arrangement is not None:
            self._shown[self.arrangement.slot_of(name).panes] = name
        if self._maximised is not None:
            self._maximised = name
        self._show_slots()
        return pane

    def maximise(self, name: str) -> None:
        """Give one pane the whole board, or all their places back."""
        self._maximised = None if self._maximised == name else name
        self._show_slots()

    def is_shown(self, name: str) -> bool:
        """Whether a pane can be seen."""
        return self.panes[name].is_seen

    def rectangles(self, size: Size) -> Iterable[tuple[Pane, Region]]:
        """Where the visible panes stand."""
        if self._maximised is not None:
            yield self.panes[self._maximised], Region(0, 0, size.width, size.height)
        elif self.arrangement is not None:
            for slot, place in self.arrangement.places(size.width, size.height).items():
                yield self.panes[self._front(slot)], Region(*place)

    def _front(self, slot: Slot) -> str:
        return self._shown.get(slot.panes, slot.panes[0])

    def _show_slots(self) -> None:
        if self.arrangement is None:
            return
        visible = (
            {self._maximised}
            if self._maximised is not None
            else {self._front(slot) for slot in self.arrangement.slots()}
        )
        for name, pane in self.panes.items():
            pane.be_seen(name in visible)
        self.refresh(layout=True)


class _ByArrangement(TextualLayout):
    name = "arrangement"

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: FBT001, FBT002  Textual's signature
    ) -> ArrangeResult:
        del greedy
        if not isinstance(parent, Board):
            raise TypeError("only a board has an arrangement")
        return [
            WidgetPlacement(region, NULL_OFFSET, Spacing(), pane)
            for pane, region in parent.rectangles(size)
            if pane in children
        ]


_BY_ARRANGEMENT = _ByArrangement()
