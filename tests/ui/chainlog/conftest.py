"""What the panes here are tested with: an app of one pane, and the desk's messages."""

from itertools import count
from pathlib import Path

import pytest
from textual.app import App

from workstation.desk.broker import BrokerMessage
from workstation.desk.envelope import sealed
from workstation.ui import app as whole
from workstation.ui.themes import load_themes

NOON_NS = 1_795_444_200_123_456_789  # 2026-11-23 14:30:00.123 in UTC
ROOT = Path(__file__).parents[3]
THEMES = load_themes([ROOT / "themes"])
STYLE = Path(whole.__file__).with_name("workstation.tcss")


class Host(App):
    """One pane, and everything it posts."""

    CSS_PATH = STYLE

    def __init__(self, pane, theme="midnight"):
        super().__init__()
        self.pane = pane
        self.posted = []
        self._theme_wanted = theme

    def compose(self):
        yield self.pane

    def on_mount(self):
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = self._theme_wanted

    def on_pane_ticket_requested(self, event):
        self.posted.append(("ticket", event.contract, event.action, event.price))

    def on_pane_quotes_wanted(self, event):
        self.posted.append(("quotes", event.owner, event.priority, event.contracts))

    def on_pane_remark(self, event):
        self.posted.append(("remark", event.text))


@pytest.fixture
def host():
    return Host


@pytest.fixture
def publish():
    """Makes a message as the desk publishes it."""
    sequence = count(1)

    def make(content, name="", key="bridge.MA", *, time_ns=NOON_NS, **parts):
        name = name or content.name
        body, properties = sealed(
            name,
            content,
            code="DESK",
            sequence=next(sequence),
            time_ns=time_ns,
            message_id="m",
            **parts,
        )
        return BrokerMessage("actor", key, body, properties)

    return make
