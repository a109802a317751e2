"""A trading floor whose market stands still until a test moves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from workstation.model import ExecutionFilter, Stock
from workstation.protocol import catalog
from workstation.simulator.account import Account
from workstation.simulator.orders.desk import OrderDesk
from workstation.simulator.orders.engine import OrderEngine
from workstation.simulator.orders.view import View

CLIENT = 1
SECOND = 10**9
WIDE = View(0, bid=99.0, ask=101.0, bid_size=300, ask_size=300, last=100.0, previous_close=100.0)


@dataclass
class Floor:
    """An order desk, its market and everything it has told."""

    instruments: object
    time_ns: int
    market: View = WIDE
    session_number: int = 100
    opens: bool = True
    closing_price: float = 100.0
    told: list = field(default_factory=list)
    store: object = None

    def __post_init__(self):
        self.market = self.market._replace(time_ns=self.time_ns)
        self.accounts = {
            name: Account(name, lambda _: Decimal(str(self.market.last)))
            for name in ("DSIM0001", "DSIM0002")
        }
        self.account = self.accounts["DSIM0001"]
        engine = OrderEngine(
            self.instruments,
            self.accounts,
            self,
            lambda client_id, message: self.told.append((client_id, message)),
            lambda *_: None,
            self.store,
        )
        self.desk = OrderDesk(engine)
        self.auction_times = {"opening": self.time_ns + 600 * SECOND, "closing": 0}
        self.auction_times["closing"] = self.time_ns + 3600 * SECOND

    # What the desk asks

    def now_ns(self):
        return self.time_ns

    def session(self):
        return self.session_number

    def view(self, listing):
        return self.market

    def views_since(self, listing, time_ns):
        return [self.market] if self.market.time_ns > time_ns else []

    def auction_ns(self, auction):
        return self.auction_times[auction]

    def auction_price(self, listing, auction, time_ns):
        return self.closing_price

    def is_open(self, listing, *, outside_regular_hours):
        return self.opens or outside_regular_hours

    def key(self, listing):
        return 7

    # What tests do

    def move(self, seconds=1, **changes):
        self.time_ns += seconds * SECOND
        self.market = self.market._replace(time_ns=self.time_ns, **changes)
        self.desk.advance()

    def trade(self, price, size):
        """A trade prints."""
        self.move(last=price, last_size=size, last_time_ns=self.time_ns + SECOND)

    def place(self, order_id, order, *, symbol="AAPL", client_id=CLIENT):
        message = catalog.PlaceOrder(order_id=order_id, contract=Stock(symbol), order=order)
        self.desk.place(client_id, message)

    def heard(self, kind, order_id):
        """Messages of a class about an order."""
        return [
            message
            for _, message in self.told
            if isinstance(message, kind)
            and getattr(message, "order_id", getattr(message, "request_id", None)) == order_id
        ]

    def status(self, order_id):
        return self.heard(catalog.OrderStatus, order_id)[-1]

    def statuses(self, order_id):
        """The stages it went through, repeats left out."""
        found = [each.status for each in self.heard(catalog.OrderStatus, order_id)]
        return [each for place, each in enumerate(found) if place == 0 or found[place - 1] != each]

    def codes(self, order_id):
        return [message.code for message in self.heard(catalog.InfoMessage, order_id)]

    def fills(self, order_id):
        """Size and price of each execution."""
        return [
            (int(each.shares), each.price) for each in self.executions if each.order_id == order_id
        ]

    @property
    def executions(self):
        return [each.execution for each, _ in self.desk.executions(0, ExecutionFilter())]

    def book(self, symbol="AAPL"):
        return self.desk.book(self.instruments.resolve(Stock(symbol)))


@pytest.fixture
def floor(instruments, now_ns):
    return Floor(instruments, now_ns)


@pytest.fixture(scope="session")
def new_floor(instruments, now_ns):
    return lambda **more: Floor(instruments, now_ns, **more)
