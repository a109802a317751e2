"""Message log: the desk's conversation, live.

Owns draining the tap ten times a second, following the newest message unless the cursor moved up,
the filter line and the pause. Leaves the record to `log_entries`, the words to `log_lines`. A
flush draws one screen at most, however much came.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import ClassVar, Protocol
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Resize
from textual.widgets import Input

from workstation.desk.broker import BrokerMessage
from workstation.ui.actions import bindings_of
from workstation.ui.formatting import safe_text
from workstation.ui.panes.log_entries import LogEntries
from workstation.ui.panes.log_lines import LogLine, Mark, line_of, whole_text
from workstation.ui.panes.message_view import MessageView
from workstation.ui.panes.pane import Pane
from workstation.ui.widgets.grid import EMPTY, Cell, Column, Grid
from workstation.ui.workplace import Workplace

__all__ = ["LogSource", "MessageLogPane"]

DRAIN_SECONDS = 0.1

_NEW_YORK = ZoneInfo("America/New_York")
_NANOSECONDS = 1_000_000_000
_WIDE = 100
_REMEMBERED_LINES = 500


class LogSource(Protocol):
    """Where the log comes from: a tap of the exchange `actor`."""

    def drain(self) -> tuple[list[BrokerMessage], int]:
        """What came since the last call, oldest first, and how many were lost before it."""


class FilterLine(Input):
    """Where the filter is written."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("log.filter")]

    def action_leave(self) -> None:
        """Show everything again."""
        self.value = ""
        self.post_message(self.Submitted(self, ""))


class MessageLogPane(Pane):
    """The log of what actors, desk and Bridge tell each other.

    Args:
        workplace: clock and picture.
        source: the tap.
        zone: times are shown in this zone.
    """

    NAME = "log"
    TITLE = "Message log"

    DEFAULT_CSS = """
    MessageLogPane FilterLine {
        height: 1; border: none; padding: 0 1; display: none;
    }
    MessageLogPane.-filtering FilterLine { display: block; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("log")]

    def __init__(
        self, workplace: Workplace, source: LogSource, *, zone: tzinfo = _NEW_YORK
    ) -> None:
        super().__init__(workplace)
        self.entries = LogEntries()
        self._source = source
        self._zone = zone
        self._lines: dict[str, LogLine] = {}
        self._has_news = True
        self._grid = Grid(self._columns(0), self._read, empty="No messages yet")
        self._filter = FilterLine(placeholder="part of a key, message or symbol")

    def compose(self) -> ComposeResult:
        """The filter line, hidden until it is asked for, and the messages."""
        yield self._filter
        yield self._grid

    def on_mount(self) -> None:
        """Begin to look."""
        self.set_interval(DRAIN_SECONDS, self.drain)

    def on_resize(self, event: Resize) -> None:
        """Give the words the room there is."""
        self._grid.set_columns(self._columns(event.size.width))

    def focus_content(self) -> None:
        """Take the focus."""
        self.take_focus(self._grid)

    def drain(self) -> None:
        """Keep what came, and show it while the pane can be seen."""
        messages, lost = self._source.drain()
        if messages or lost:
            self.entries.take(messages, lost)
            self._has_news = True
        self._show_news()

    def seen_changed(self) -> None:
        """Show what came while nobody looked."""
        self._show_news()

    # Keys

    def action_filter(self) -> None:
        """Write the filter."""
        self.add_class("-filtering")
        self._filter.focus()

    def action_pause(self) -> None:
        """Leave the messages as they are, or go on."""
        if self.entries.is_paused:
            self.entries.resume()
        else:
            self.entries.pause()
        self._show()

    def action_clear(self) -> None:
        """Forget what came so far."""
        self.entries.clear()
        self._show()

    # What the parts say

    @on(Input.Changed)
    def _filter_written(self, event: Input.Changed) -> None:
        event.stop()
        self.entries.search(event.value)
        self._grid.empty = (
            "No message fits the filter" if self.entries.filter else "No messages yet"
        )
        self._show()

    @on(Input.Submitted)
    def _filter_done(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_class(bool(event.value.strip()), "-filtering")
        self.take_focus(self._grid)

    @on(Grid.RowSelected)
    def _row_picked(self, event: Grid.RowSelected) -> None:
        event.stop()
        entry = self.entries.entry(int(event.key))
        if entry is not None:
            title = f"{entry.name or 'message'} · {entry.key}"
            text, closes = whole_text(entry, self._zone), self.key_of("message.close")
            self.app.push_screen(MessageView(title, text, closes))

    @on(Grid.RowHighlighted)
    @on(Grid.VisibleChanged)
    def _of_no_interest(self, event: Grid.RowHighlighted | Grid.VisibleChanged) -> None:
        event.stop()

    # Showing

    def _show_news(self) -> None:
        if self._has_news and self.is_seen:
            self._show()

    def _show(self) -> None:
        """Bring the grid up to date, and follow the newest unless the cursor moved up."""
        self._has_news = False
        grid = self._grid
        before = grid.rows
        follows = grid.cursor_key is None or grid.cursor_row == len(before) - 1
        rows = [str(number) for number in self.entries.numbers()]
        gone = _gone(before, rows)
        grid.set_rows(rows)
        if follows and rows:
            grid.move_to(rows[-1])
        elif gone:
            # Rows went at the top: what the user reads stays where it is.
            grid.scroll_to(y=max(grid.scroll_y - gone, 0), animate=False, force=True)
        self.border_subtitle = Content(self._state_words())

    def _state_words(self) -> str:
        entries = self.entries
        kept, shown = len(entries), len(entries.shown)
        told = [
            f"{shown:,} of {kept:,}" if entries.filter else _counted(kept),
            f"{entries.dropped:,} dropped" if entries.dropped else "",
            f"filter: {safe_text(entries.filter)}" if entries.filter else "",
            f"PAUSED, {entries.waiting:,} waiting" if entries.is_paused else "",
        ]
        return " · ".join(filter(None, told))

    def _read(self, key: str, column: str) -> Cell:
        line = self._line(key)
        return EMPTY if line is None else _CELLS[column](line)

    def _line(self, key: str) -> LogLine | None:
        line = self._lines.get(key)
        if line is None:
            entry = self.entries.entry(int(key))
            if entry is None:
                return None
            if len(self._lines) >= _REMEMBERED_LINES:
                self._lines.clear()
            line = self._lines[key] = line_of(entry, self.entries.subjects, self._zone)
        return line

    def _columns(self, width: int) -> tuple[Column, ...]:
        now = datetime.fromtimestamp(self.workplace.clock_ns() // _NANOSECONDS, self._zone)
        time = Column("time", f"Time {now:%Z}", 12, "left")
        arrow = Column("arrow", "", 1, "left")
        if width < _WIDE:
            return (
                time,
                Column("key", "Key", 13, "left", 2),
                arrow,
                Column("name", "Message", 14, "left", 1),
                Column("marked_summary", "Summary", 20, "left", grows=True),
            )
        return (
            time,
            Column("key", "Key", 22, "left", 2),
            arrow,
            Column("name", "Message", 24, "left"),
            Column("mark", "Mark", 7, "left", 1),
            Column("summary", "Summary", 20, "left", 1, grows=True),
        )


def _gone(before: list[str], rows: list[str]) -> int:
    """How many rows went at the top."""
    if not before or not rows:
        return 0
    first = int(rows[0])
    return next((index for index, key in enumerate(before) if int(key) >= first), 0)


def _counted(count: int) -> str:
    return "1 message" if count == 1 else f"{count:,} messages"


_STYLES: Mapping[Mark, str] = {
    Mark.ORDER: "order_working",
    Mark.CANCEL: "order_cancel_requested",
    Mark.FILL: "order_filled",
    Mark.REFUSED: "order_rejected",
    Mark.NOTICE: "muted",
    Mark.PAUSE: "warning",
    Mark.RESUME: "accent",
    Mark.FLATTEN: "warning",
    Mark.STOP: "error",
    Mark.LOST: "error",
    Mark.BACK: "accent",
    Mark.BROKEN: "error",
}

_CELLS = {
    "time": lambda line: Cell(line.time, "muted"),
    "key": lambda line: Cell(safe_text(line.key)),
    "arrow": lambda line: Cell(line.arrow, "accent"),
    "name": lambda line: Cell(safe_text(line.name)),
    "mark": lambda line: Cell(line.mark, _STYLES.get(line.mark, "")),
    "marked_summary": lambda line: Cell(
        safe_text(f"{line.mark} {line.summary}".strip()), _STYLES.get(line.mark, "")
    ),
    "summary": lambda line: Cell(safe_text(line.summary), _STYLES.get(line.mark, "")),
}
