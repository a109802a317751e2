"""What the panes of the market are tested with: a real picture, a clock that is set, and an app of
one pane that writes down what it posts.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.app import App

from workstation.model import Stock, TickType
from workstation.protocol import catalog
from workstation.state.picture import Picture
from workstation.state.session import BridgeConnected
from workstation.ui import app as whole
from workstation.ui.themes import load_themes
from workstation.ui.workplace import Workplace

SECOND = 1_000_000_000
NOON_NS = 1_795_455_000 * SECOND  # 2026-11-23 17:30:00 in UTC, 12:30 in New York
THEMES = load_themes([Path(__file__).parents[3] / "themes"])
STYLE = Path(whole.__file__).with_name("workstation.tcss")


class Clock:
    """Time that stands still until it is set."""

    def __init__(self):
        self.now_ns = NOON_NS

    def __call__(self):
        return self.now_ns

    def pass_seconds(self, seconds):
        self.now_ns += int(seconds * SECOND)


@dataclass
class Asked:
    """A call under way."""

    request: type
    fields: dict
    future: Future = field(default_factory=Future)


class AskingTrader:
    """Writes down what is asked; the test answers."""

    def __init__(self):
        self.asked = []
        self.failure = None

    def ask(self, request_class, **fields):
        if self.failure is not None:
            raise self.failure
        call = Asked(request_class, fields)
        self.asked.append(call)
        return call


class Market:
    """A market of stocks, told by messages."""

    def __init__(self):
        self.clock = Clock()
        self.picture = Picture()
        self.trader = AskingTrader()
        self.workplace = Workplace(self.picture, self.trader, 7, self.clock)
        self.requests = {}
        self.tell(BridgeConnected(server_version=178))
        self.picture.changes.take()

    def tell(self, *messages):
        for message in messages:
            self.picture.apply(message, self.clock())

    def line(self, symbol):
        """Begin a stream of a stock's quotes."""
        number = self.requests[symbol] = len(self.requests) + 1
        self.tell(catalog.RequestMarketData(request_id=number, contract=Stock(symbol)))
        return number

    def end_line(self, symbol):
        self.tell(catalog.CancelMarketData(request_id=self.requests[symbol]))

    def ticks(self, symbol, **values):
        """Tell values by the names of tick types: `last=190.0, bid_size=300`."""
        number = self.requests.get(symbol) or self.line(symbol)
        for name, value in values.items():
            kind = TickType[name.upper()]
            if name.endswith("size") or name == "volume":
                message = catalog.TickSize(
                    request_id=number, tick_type=kind, size=Decimal(str(value))
                )
            else:
                message = catalog.TickPrice(request_id=number, tick_type=kind, price=value)
            self.tell(message)

    def hold(self, symbol, quantity, cost=150.0, account="DSIM1234567"):
        self.tell(
            catalog.PositionData(
                account=account,
                contract=replace(Stock(symbol), exchange=""),
                position=Decimal(quantity),
                average_cost=cost,
            )
        )


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
        self.pane.focus_content()

    def drain(self):
        self.pane.changed(self.pane.picture.changes.take())

    def on_pane_instrument_selected(self, event):
        self.posted.append(("selected", str(event.contract)))

    def on_pane_ticket_requested(self, event):
        self.posted.append(("ticket", str(event.contract), event.action, event.price))

    def on_pane_quotes_wanted(self, event):
        symbols = [str(each) for each in event.contracts]
        self.posted.append(("quotes", event.owner, event.priority, symbols))

    def on_pane_remark(self, event):
        self.posted.append(("remark", event.text))

    def of(self, kind):
        return [each[1:] for each in self.posted if each[0] == kind]


@pytest.fixture
def market():
    return Market()


@pytest.fixture
def host():
    return Host
