"""Grid: the painter of every table on the screen.

Owns columns, rows, cursor and painting. It keeps no data: a pane gives it row keys and a function
that says what stands in a cell, which is called only for rows that are painted. Rows are marked
dirty, and `flush` repaints those of them that can be seen, once; a thousand updates between two
flushes cost one row. No update moves the cursor, the scroll or the focus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workstation.ui.actions import bindings_of
from workstation.ui.styles import style_of

__all__ = ["EMPTY", "Cell", "Column", "Grid"]

Align = Literal["left", "right", "center"]


class Cell(NamedTuple):
    """What stands in a cell.

    Args:
        text: already safe for the terminal.
        style: name of a theme's trading style (`up`, `stale`, …), empty for plain text.
        fill: name of a style whose colour fills the cell behind the text.
    """

    text: str
    style: str = ""
    fill: str = ""


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        key: what the pane knows it by.
        title: what stands above it.
        width: cells it takes.
        align: how text stands in it; numbers to the right.
        priority: lower ones stay longer when the grid is too narrow for all.
        grows: whether it takes what width is left over.
        keeps_last_word: whether text that does not fit is cut before its last word: of an option's
            name the underlying and the strike say more than a whole date.
    """

    key: str
    title: str
    width: int
    align: Align = "right"
    priority: int = 0
    grows: bool = False
    keeps_last_word: bool = False


CellReader = Callable[[str, str], Cell]
"""Says what stands in the cell of a row and a column, by their keys."""


class Grid(ScrollView, can_focus=True):
    """A table that paints only what changed and can be seen.

    Args:
        columns: from left to right.
        read: says what stands in a cell.
        cell_cursor: whether single cells are picked, not rows.
        empty: what to say when there are no rows.
    """

    DEFAULT_CSS = """
    Grid { height: 1fr; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("table")]

    hovered: reactive[int] = reactive(-1)

    class RowHighlighted(Message):
        """The cursor moved to another row."""

        def __init__(self, grid: Grid, key: str) -> None:
            super().__init__()
            self.grid = grid
            self.key = key

        @property
        def control(self) -> Grid:
            """The grid."""
            return self.grid

    class RowSelected(RowHighlighted):
        """A row was picked, by Enter or a click on the cursor."""

    class CellSelected(RowHighlighted):
        """A cell was picked, by Enter or a click."""

        def __init__(self, grid: Grid, key: str, column: str) -> None:
            super().__init__(grid, key)
            self.column = column

    class VisibleChanged(Message):
        """Other rows can be seen than before."""

        def __init__(self, grid: Grid) -> None:
            super().__init__()
            self.grid = grid

        @property
        def control(self) -> Grid:
            """The grid."""
            return self.grid

    def __init__(
        self,
        columns: Sequence[Column],
        read: CellReader,
        *,
        cell_cursor: bool = False,
        empty: str = "",
        id: str | None = None,  # noqa: A002  Textual's word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.read = read
        self.cell_cursor = cell_cursor
        self.empty = empty
        self.rows: list[str] = []
        self.sort_mark: tuple[str, bool] | None = None
        """Column the rows are sorted by, and whether descending."""
        self._places: dict[str, int] = {}
        self._cursor_key: str | None = None
        self._cursor_column = ""
        self._dirty: set[str] = set()
        self._strips: dict[str, Strip] = {}
        self._layout: list[tuple[Column, int]] = []
        self._seen: tuple[int, int] = (0, 0)

    # Rows

    @property
    def cursor_row(self) -> int:
        """Number of the cursor's row; 0 when there is none."""
        return self._places.get(self._cursor_key or "", 0)

    @property
    def cursor_key(self) -> str | None:
        """Key of the cursor's row."""
        return self._cursor_key if self._cursor_key in self._places else None

    @property
    def cursor_column(self) -> str:
        """Key of the cursor's column, where single cells are picked."""
        shown = [column.key for column, _ in self._layout]
        if self._cursor_column in shown or not shown:
            return self._cursor_column
        return shown[0]

    def set_rows(self, keys: Iterable[str]) -> None:
        """Show these rows; the cursor stays on its row if that is still there."""
        rows = list(keys)
        if rows == self.rows:
            return
        place = self.cursor_row
        self.rows = rows
        self._places = {key: number for number, key in enumerate(rows)}
        self._strips.clear()
        if rows and self._cursor_key not in self._places:
            self._cursor_key = rows[min(place, len(rows) - 1)]
            self.post_message(self.RowHighlighted(self, self._cursor_key))
        self._resize_content()
        self.refresh()
        self._watch_visible()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self.columns = tuple(columns)
        self._lay_out()
        self.repaint()

    def mark_dirty(self, keys: Iterable[str]) -> None:
        """These rows' cells may have changed."""
        self._dirty.update(keys)

    def flush(self) -> int:
        """Repaint the dirty rows that can be seen; gives how many."""
        if not self._dirty:
            return 0
        dirty, self._dirty = self._dirty, set()
        first, last = self.visible_range()
        painted = 0
        for key in dirty:
            self._strips.pop(key, None)
            place = self._places.get(key)
            if place is not None and first <= place < last:
                self._refresh_row(place)
                painted += 1
        return painted

    def repaint(self) -> None:
        """Everything may have changed: the theme, the columns, the clock."""
        self._strips.clear()
        self.refresh()

    def visible_range(self) -> tuple[int, int]:
        """Numbers of the first row that can be seen and of the one after the last."""
        first = round(self.scroll_y)
        return first, min(first + max(self.size.height - 1, 0), len(self.rows))

    def visible_keys(self) -> list[str]:
        """Keys of the rows that can be seen, top to bottom."""
        first, last = self.visible_range()
        return self.rows[first:last]

    def move_to(self, key: str, *, column: str = "") -> None:
        """Put the cursor on a row."""
        if key in self._places:
            self._set_cursor(self._places[key], column or self._cursor_column)

    # Painting

    def render_line(self, y: int) -> Strip:
        """One line: the titles, or a row."""
        if y == 0:
            return self._titles()
        number = round(self.scroll_y) + y - 1
        if number >= len(self.rows):
            text = self.empty if not self.rows and y == 2 else ""
            style = self.rich_style + style_of(self, "stale")
            return Strip([Segment(text.center(self.size.width), style)])
        key = self.rows[number]
        under_cursor = key == self._cursor_key
        if under_cursor or number == self.hovered:
            return self._row(key, number, under_cursor=under_cursor)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._row(key, number, under_cursor=False)
        return strip

    def _titles(self) -> Strip:
        style = self.rich_style + style_of(self, "column_title")
        segments = []
        for column, width in self._layout:
            title = column.title
            if self.sort_mark is not None and self.sort_mark[0] == column.key:
                title = f"{title}{'▾' if self.sort_mark[1] else '▴'}"
            segments.append(Segment(_fitted(title, width, column.align) + " ", style))
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def _row(self, key: str, number: int, *, under_cursor: bool) -> Strip:
        base = self.rich_style
        if number == self.hovered:
            base += style_of(self, "hover")
        if under_cursor and not self.cell_cursor:
            base += style_of(self, "cursor" if self.has_focus else "cursor_blurred")
        segments = []
        for column, width in self._layout:
            cell = self.read(key, column.key)
            style = base
            if cell.fill and not (under_cursor and not self.cell_cursor):
                style += style_of(self, cell.fill)
            if cell.style:
                style += style_of(self, cell.style)
            if under_cursor and self.cell_cursor and column.key == self.cursor_column:
                style += style_of(self, "cursor" if self.has_focus else "cursor_blurred")
            text = _without_middle(cell.text, width) if column.keeps_last_word else cell.text
            segments.append(Segment(_fitted(text, width, column.align), style))
            segments.append(Segment(" ", style if cell.fill else base))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _refresh_row(self, number: int) -> None:
        y = number - round(self.scroll_y) + 1
        if 0 < y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    # Layout

    def on_resize(self, event: events.Resize) -> None:
        """Choose the columns that fit."""
        del event
        self._lay_out()
        self._resize_content()
        self.repaint()
        self._scroll_to_cursor()
        self._watch_visible()

    def _lay_out(self) -> None:
        room = self.size.width
        shown: list[Column] = []
        for column in sorted(self.columns, key=lambda each: each.priority):
            if column.width + 1 <= room:
                shown.append(column)
                room -= column.width + 1
        self._layout = [(column, column.width) for column in self.columns if column in shown]
        growing = [index for index, (column, _) in enumerate(self._layout) if column.grows]
        if growing and room > 0:
            column, width = self._layout[growing[0]]
            self._layout[growing[0]] = (column, width + room)

    def shown_columns(self) -> list[str]:
        """Keys of the columns that fit."""
        return [column.key for column, _ in self._layout]

    def _resize_content(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.rows) + 1)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scrolling shows other rows."""
        super().watch_scroll_y(old_value, new_value)
        self.refresh()
        self._watch_visible()

    def watch_show_vertical_scrollbar(self) -> None:
        """A bar that comes after the scrolling, as Textual leaves it, would stand at the top."""
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = self.scroll_y

    def _watch_visible(self) -> None:
        seen = self.visible_range()
        if seen != self._seen or not self._seen[1]:
            self._seen = seen
        self.post_message(self.VisibleChanged(self))

    # Cursor

    def action_move(self, step: int) -> None:
        """Move by rows."""
        self._set_cursor(self.cursor_row + step, self._cursor_column)

    def action_page(self, step: int) -> None:
        """Move by what fits on the screen."""
        self.action_move(step * max(self.size.height - 2, 1))

    def action_edge(self, step: int) -> None:
        """Move to the first or the last row."""
        self._set_cursor(0 if step < 0 else len(self.rows) - 1, self._cursor_column)

    def action_sideways(self, step: int) -> None:
        """Move by columns, where single cells are picked."""
        shown = self.shown_columns()
        if self.cell_cursor and shown:
            place = shown.index(self.cursor_column) + step
            self._set_cursor(self.cursor_row, shown[max(0, min(place, len(shown) - 1))])

    def action_pick(self) -> None:
        """Pick the row or cell under the cursor."""
        if self.cursor_key is None:
            return
        if self.cell_cursor:
            self.post_message(self.CellSelected(self, self.cursor_key, self.cursor_column))
        else:
            self.post_message(self.RowSelected(self, self.cursor_key))

    def _set_cursor(self, number: int, column: str) -> None:
        if not self.rows:
            return
        number = max(0, min(number, len(self.rows) - 1))
        before, key = self._cursor_key, self.rows[number]
        self._cursor_column = column
        old = self.cursor_row
        self._cursor_key = key
        self._scroll_to_cursor()
        self._refresh_row(old)
        self._refresh_row(number)
        if key != before:
            self.post_message(self.RowHighlighted(self, key))

    def _scroll_to_cursor(self) -> None:
        first, last = self.visible_range()
        room = max(self.size.height - 1, 1)
        number = self.cursor_row
        if number < first:
            self.scroll_to(y=number, animate=False, force=True)
        elif number >= first + room and last:
            self.scroll_to(y=number - room + 1, animate=False, force=True)

    def on_focus(self) -> None:
        """The cursor looks alive."""
        self._refresh_row(self.cursor_row)

    def on_blur(self) -> None:
        """The cursor looks at rest."""
        self._refresh_row(self.cursor_row)

    # Mouse

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark the row under the mouse."""
        self.hovered = self._row_at(event.offset)

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self.hovered = -1

    def watch_hovered(self, before: int, now: int) -> None:
        """Repaint both rows."""
        for number in (before, now):
            if number >= 0:
                self._refresh_row(number)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there; a click on the cursor, or on a cell, picks."""
        number = self._row_at(event.offset)
        if number < 0:
            return
        again = number == self.cursor_row
        self._set_cursor(number, self._column_at(event.x))
        if again or self.cell_cursor:
            self.action_pick()

    def _row_at(self, offset: Offset) -> int:
        number = round(self.scroll_y) + offset.y - 1
        return number if offset.y > 0 and number < len(self.rows) else -1

    def _column_at(self, x: int) -> str:
        edge = 0
        for column, width in self._layout:
            edge += width + 1
            if x < edge:
                return column.key
        return self.cursor_column


def _without_middle(text: str, width: int) -> str:
    """Text that is too long, cut before its last word, if that leaves room for its beginning."""
    start, _, last = text.rpartition(" ")
    room = width - 1 - cell_len(last)
    if not start or room < 1 or cell_len(text) <= width:
        return text
    return f"{set_cell_size(start, room).rstrip()}…{last}"


def _fitted(text: str, width: int, align: Align) -> str:
    """Text in exactly so many cells; what does not fit ends in an ellipsis."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, max(width - 1, 0)) + "…" if width else ""
    room = width - length
    if align == "right":
        return " " * room + text
    if align == "center":
        return " " * (room // 2) + text + " " * (room - room // 2)
    return text + " " * room
