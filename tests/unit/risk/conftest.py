from __future__ import annotations

import pytest

from workstation.model import ContractDetails, LimitOrder, PriceIncrement, Stock
from workstation.protocol import catalog
from workstation.risk.guard import OrderGuard
from workstation.risk.limits import OrderLimits
from workstation.state.picture import Picture
from workstation.state.session import BridgeConnected

SECOND = 1_000_000_000


class Clock:
    """Time that stands still until it is set."""

    def __init__(self):
        self.now_ns = 1000 * SECOND

    def __call__(self):
        return self.now_ns


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def guard(clock):
    return OrderGuard(OrderLimits(), clock)


@pytest.fixture
def tell(picture, clock):
    """Apply messages at the clock's time."""

    def tell(*messages):
        for message in messages:
            picture.apply(message, clock())

    return tell


@pytest.fixture
def picture(clock):
    """A simulated session in which AAPL streams at 190.00 to 190.10, on a grid of cents."""
    contract = Stock("AAPL")
    details = ContractDetails(contract=contract, valid_exchanges="SMART", market_rule_ids="26")
    rule = (PriceIncrement(low_edge=0.0, increment=0.01),)
    picture = Picture()
    for message in (
        BridgeConnected(server_version=178),
        catalog.StartApi(client_id=7),
        catalog.ManagedAccounts(accounts=("DSIM1",)),
        catalog.ContractData(request_id=1, details=details),
        catalog.MarketRule(market_rule_id=26, increments=rule),
        catalog.RequestMarketData(request_id=2, contract=contract),
        catalog.TickPrice(request_id=2, tick_type=1, price=190.0),
        catalog.TickPrice(request_id=2, tick_type=2, price=190.1),
        catalog.TickPrice(request_id=2, tick_type=4, price=190.05),
    ):
        picture.apply(message, clock())
    return picture


@pytest.fixture(params=["new", "change"])
def session_with_order(request, picture, tell):
    """The picture before an order is placed, and before one that works is changed."""
    if request.param == "change":
        order = LimitOrder("BUY", 1, 190.0)
        tell(
            catalog.PlaceOrder(order_id=5, contract=Stock("AAPL"), order=order),
            catalog.OrderStatus(order_id=5, client_id=7, status="Submitted"),
        )
    return picture
