"""The whole app on a session in memory, and how to wait until it has shown what it knows."""

from __future__ import annotations

import gc
from decimal import Decimal
from pathlib import Path

import pytest
from desk_in_memory import DeskInMemory
from textual._context import active_app
from textual.pilot import Pilot

from workstation.clients import Priority
from workstation.model import LimitOrder, MarketOrder, Option, Stock, StopOrder
from workstation.protocol import catalog
from workstation.simulator.universe import universe
from workstation.ui.app import WorkstationApp
from workstation.ui.panes.all_panes import every_pane
from workstation.ui.shell import Look
from workstation.ui.themes import load_themes
from workstation.ui.trading import Trading
from workstation.ui.watchlists import Watchlist, named_watchlist
from workstation.ui.workplace import Workplace

THEMES = load_themes([Path(__file__).parents[3] / "themes"])
LISTS = (
    named_watchlist("dow30"),
    Watchlist("Mine", tuple(map(Stock, ("IBM", "AAPL", "KO")))),
)


@pytest.fixture(autouse=True)
def _no_theme_of_the_surroundings(monkeypatch):
    """Colours are the theme's, whatever the terminal that the tests run in."""
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def _keys_are_processed_when_they_were_pressed(monkeypatch):
    """Wait for messages after a key.

    Textual's own way is to wait until the process takes little processor time, which it also does
    when others keep the machine busy.
    """

    async def processed(*_):
        pilot = Pilot(active_app.get())
        # From the app to the screen, to the widget, and what the widget posts.
        for _ in range(3):
            await pilot._wait_for_screen()

    monkeypatch.setattr("textual.app.wait_for_idle", processed)
    monkeypatch.setattr("textual.pilot.wait_for_idle", processed)


@pytest.fixture(scope="session", autouse=True)
def _what_stays_is_not_looked_through():
    """Each app is a large graph that is thrown away: spare the collector what all of them share."""
    universe()
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.fixture
def desk():
    """A connected desk on which nothing has happened."""
    made = DeskInMemory()
    made.connect()
    return made


@pytest.fixture
def busy(desk):
    """A desk in the middle of a trading day."""
    apple, calls = Stock("AAPL"), Option("AAPL", "20261218", 220.0, "C")
    desk.watch("test", Priority.POSITION, (*LISTS[0].contracts, calls))
    for contract, order in (
        (apple, MarketOrder("BUY", 200)),
        (Stock("MSFT"), MarketOrder("SELL", 50)),
        (calls, MarketOrder("BUY", 2)),
    ):
        desk.place_order(contract, order)
        desk.pass_seconds(1)
    for contract, order in (
        (Stock("IBM"), LimitOrder("BUY", 100, _near(desk, "IBM", 0.98))),
        (apple, LimitOrder("SELL", 100, _near(desk, "AAPL", 1.02))),
        (apple, StopOrder("SELL", 100, _near(desk, "AAPL", 0.97))),
        (Stock("KO"), LimitOrder("BUY", 300, _near(desk, "KO", 0.99))),
    ):
        desk.place_order(contract, order)
        desk.pass_seconds(2)
    last = max(order.key.order_id for order in desk.picture.orders.open())
    desk.cancel_order(last)
    _converse(desk)
    desk.pass_seconds(60, steps=6)
    return desk


def _near(desk, symbol, factor):
    return round(desk.picture.quotes.of(Stock(symbol)).last * factor, 2)


def _converse(desk):
    """Two actors talk to desk and Bridge."""
    order = LimitOrder("BUY", Decimal(10), 219.05)
    request = catalog.PlaceOrder(order_id=41, contract=Stock("AAPL"), order=order)
    desk.publish(request, key="bridge.MA", code="MA")
    desk.pass_seconds(1)
    status = catalog.OrderStatus(
        order_id=41, status="Submitted", filled=Decimal(0), remaining=Decimal(10)
    )
    desk.publish(status, key="bridge.MA", code="DESK")
    desk.publish({}, name="pause", key="multi_client.PAIRS", code="PAIRS")
    refusal = catalog.InfoMessage(request_id=42, code=201, text="Order rejected - no margin")
    desk.publish(refusal, key="bridge.PAIRS", code="DESK")


@pytest.fixture
def whole():
    """Builds the whole app on a desk."""

    def build(desk, *, theme="midnight", lists=LISTS, boot=None, **keys):
        workplace = Workplace(desk.picture, desk, 7, desk.clock)
        panes = every_pane(workplace, lists, desk)
        app = WorkstationApp(workplace, panes, Trading(workplace), Look(THEMES, theme, keys), boot)
        app.animation_level = "none"
        return app

    return build


@pytest.fixture
def live():
    """A desk whose account is neither simulated nor paper."""
    made = DeskInMemory(accounts=("U1234567",))
    made.connect()
    return made
