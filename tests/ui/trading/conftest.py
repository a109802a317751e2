"""A session for the panes that trade: a real picture, and a Bridge that only writes down.

What is sent passes the real order guard and is folded into the picture, as the client does it.
Answers are given by the test, as messages.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from workstation.model import (
    ContractDetails,
    OrderState,
    PriceIncrement,
    Stock,
    TickType,
)
from workstation.protocol import catalog
from workstation.risk.guard import OrderGuard
from workstation.risk.limits import OrderLimits
from workstation.state.picture import Picture
from workstation.state.session import BridgeConnected
from workstation.ui.app import WorkstationApp
from workstation.ui.panes.all_panes import every_pane
from workstation.ui.shell import Look
from workstation.ui.themes import load_themes
from workstation.ui.trading import Trading
from workstation.ui.watchlists import Watchlist
from workstation.ui.workplace import Workplace

SECOND = 1_000_000_000
THEMES = load_themes([Path(__file__).parents[3] / "themes"])
ACCOUNT = "DSIM1234567"


class Clock:
    """Time that stands still until it is set."""

    def __init__(self):
        self.now_ns = 1_800_000_000 * SECOND

    def __call__(self):
        return self.now_ns

    def pass_seconds(self, seconds):
        self.now_ns += int(seconds * SECOND)


@dataclass
class Asked:
    """A call under way."""

    request: type
    future: Future = field(default_factory=Future)


class WritingTrader:
    """Sends into the picture and nowhere else."""

    def __init__(self, picture, guard, clock):
        self.picture = picture
        self.guard = guard
        self.clock = clock
        self.sent = []
        self.asked = []
        self.failure = None
        self.next_id = 50

    def place_order(self, contract, order, *, override=frozenset()):
        self.next_id += 1
        self.modify_order(self.next_id, contract, order, override=override)
        return self.next_id

    def modify_order(self, order_id, contract, order, *, override=frozenset()):
        if self.failure is not None:
            raise self.failure
        self.guard.check(contract, order, picture=self.picture, override=override)
        order = replace(order, order_id=order_id)
        self._send(catalog.PlaceOrder(order_id=order_id, contract=contract, order=order))

    def cancel_order(self, order_id):
        self._send(catalog.CancelOrder(order_id=order_id))

    def request_global_cancel(self):
        if self.failure is not None:
            raise self.failure
        self._send(catalog.RequestGlobalCancel())

    def ask(self, request_class, **fields):
        call = Asked(request_class)
        self.asked.append(call)
        return call

    def watch(self, owner, priority, contracts):
        pass

    @property
    def orders(self):
        """What was sent as an order, without the what-if questions."""
        placed = [each for each in self.sent if isinstance(each, catalog.PlaceOrder)]
        return [each for each in placed if not each.order.what_if]

    @property
    def questions(self):
        placed = [each for each in self.sent if isinstance(each, catalog.PlaceOrder)]
        return [each for each in placed if each.order.what_if]

    def _send(self, message):
        self.sent.append(message)
        self.picture.apply(message, self.clock())


class Session:
    """A simulated session of client 7 in which AAPL streams at 190.00 to 190.10, by cents."""

    def __init__(self):
        self.clock = Clock()
        self.picture = Picture()
        self.guard = OrderGuard(OrderLimits(), self.clock)
        self.trader = WritingTrader(self.picture, self.guard, self.clock)
        self.workplace = Workplace(self.picture, self.trader, 7, self.clock)
        self.trading = Trading(self.workplace)
        self.tell(
            BridgeConnected(server_version=178),
            catalog.StartApi(client_id=7),
            catalog.ManagedAccounts(accounts=(ACCOUNT,)),
            catalog.MarketRule(
                market_rule_id=26, increments=(PriceIncrement(low_edge=0.0, increment=0.01),)
            ),
        )
        self.stream(Stock("AAPL"), 1, 190.0, 190.1, 190.05)

    def tell(self, *messages):
        for message in messages:
            self.picture.apply(message, self.clock())

    def stream(self, contract, number, bid, ask, last):
        details = ContractDetails(
            contract=replace(contract, contract_id=1000 + number),
            valid_exchanges="SMART",
            market_rule_ids="26",
        )
        size = Decimal(300)
        prices = ((TickType.BID, bid), (TickType.ASK, ask), (TickType.LAST, last))
        self.tell(
            catalog.ContractData(request_id=number, details=details),
            catalog.RequestMarketData(request_id=number, contract=contract),
            *(
                catalog.TickPrice(request_id=number, tick_type=kind, price=price, size=size)
                for kind, price in prices
            ),
        )

    def complete_listing(self):
        self.trading.advance()
        for call in self.trader.asked:
            if not call.future.done():
                call.future.set_result([])

    def told(self, placed, status="Submitted", **state):
        """The Bridge confirms an order as it was placed."""
        order = replace(placed.order, client_id=7, permanent_id=9000 + placed.order_id)
        return catalog.OpenOrder(
            order_id=placed.order_id,
            contract=placed.contract,
            order=order,
            state=OrderState(status=status, **state),
        )

    def status(self, order_id, word, filled=0, remaining=100, *, price=None, client_id=7):
        return catalog.OrderStatus(
            order_id=order_id,
            status=word,
            filled=Decimal(filled),
            remaining=Decimal(remaining),
            average_fill_price=price,
            client_id=client_id,
            permanent_id=9000 + order_id,
        )

    def holds(self, contract, quantity, cost=150.0):
        return catalog.PositionData(
            account=ACCOUNT,
            contract=replace(contract, exchange=""),
            position=Decimal(quantity),
            average_cost=cost,
        )


@pytest.fixture
def session():
    return Session()


@pytest.fixture
def listed(session):
    """The session after the listing at the start."""
    session.complete_listing()
    return session


class SilentLog:
    """A tap that nothing comes through."""

    def drain(self):
        return [], 0


class Whole(WorkstationApp):
    """The whole app; tells when its first steps are over."""

    def __init__(self, *arguments):
        self.booted = threading.Event()
        super().__init__(*arguments, self.booted.set)

    async def has_begun(self, pilot):
        while not self.booted.is_set():
            await pilot.pause()


@pytest.fixture
def whole(listed):
    """Builds the whole app on the listed session."""

    def build(**keys):
        lists = [Watchlist("Test", (Stock("AAPL"), Stock("MSFT")))]
        panes = every_pane(listed.workplace, lists, SilentLog())
        look = Look(THEMES, "midnight", keys)
        return Whole(listed.workplace, panes, listed.trading, look)

    return build
