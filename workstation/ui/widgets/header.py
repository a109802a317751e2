"""Header: whose money it is, and how well the market is heard.

Owns one line at the top of the screen: mode, account, connection, feed, profit and clock. The mode
is a coloured word that can not be overlooked.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from workstation.model import Record
from workstation.ui.styles import style_of

__all__ = ["Header", "HeaderFacts"]


class HeaderFacts(Record):
    """What the header says."""

    mode: str = "unknown"
    """simulated, paper, live or unknown; also the name of its style."""
    read_only: bool = False
    account: str = ""
    connection: str = "disconnected"
    connection_style: str = "error"
    feed: str = ""
    feed_style: str = ""
    profit: str = ""
    profit_style: str = ""
    clock: str = ""


class Header(Widget):
    """The line at the top."""

    DEFAULT_CSS = """
    Header { height: 1; dock: top; background: $panel; }
    """

    facts: reactive[HeaderFacts] = reactive(HeaderFacts())

    def render_line(self, y: int) -> Strip:
        """The line; what does not fit is left out from the right, mode and account never."""
        del y
        facts, base = self.facts, self.rich_style
        mode = facts.mode.upper() + (" · READ-ONLY" if facts.read_only else "")
        left = [
            Segment(f" {mode} ", style_of(self, facts.mode)),
            Segment(f" {facts.account or 'no account'} ", base + style_of(self, "strong")),
            Segment("● ", base + style_of(self, facts.connection_style)),
            Segment(facts.connection, base),
        ]
        right = [
            (facts.feed, facts.feed_style),
            (facts.profit, facts.profit_style),
            (facts.clock, "muted"),
        ]
        room = self.size.width - sum(segment.cell_length for segment in left) - 1
        shown: list[Segment] = []
        for text, style in reversed([each for each in right if each[0]]):
            if len(text) + 3 <= room:
                room -= len(text) + 3
                shown.insert(0, Segment("   ", base))
                shown.insert(1, Segment(text, base + style_of(self, style) if style else base))
        gap = Segment(" " * max(room, 0), base)
        return Strip([*left, gap, *shown, Segment(" ", base)]).adjust_cell_length(
            self.size.width, base
        )
