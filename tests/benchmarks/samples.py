"""Samples: the streams of bytes and the orders that are measured.

Owns what is in them. All of it is made by our own encoders at one server version, and is read by
every side.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from workstation.model import (
    Bars,
    Contract,
    ContractDetails,
    LimitOrder,
    Order,
    OrderState,
    Stock,
    TagValue,
)
from workstation.protocol import catalog
from workstation.protocol.coders import encoder_for
from workstation.protocol.frames import frame
from workstation.protocol.message import Inbound

VERSION = 178
READ = 64 * 1024
"""Bytes of one read from the socket."""

AAPL = Contract(
    contract_id=265598,
    symbol="AAPL",
    security_type="STK",
    strike=0.0,
    right="?",
    exchange="SMART",
    primary_exchange="NASDAQ",
    currency="USD",
    local_symbol="AAPL",
    trading_class="NMS",
)


def framed(messages: Iterator[Inbound]) -> bytes:
    """Messages as they stand on the wire."""
    return b"".join(frame(encoder_for(each.declaration, VERSION)(each)) for each in messages)


def ticks(count: int) -> Iterator[Inbound]:
    """Of a hundred: 70 prices and sizes, 10 of options, 10 texts and numbers, depth and status."""
    random = Random(7)
    for _ in range(count):
        kind, request_id = random.random(), random.randrange(1, 100)
        price, size = round(random.uniform(10, 500), 2), Decimal(random.randrange(1, 90) * 100)
        if kind < 0.4:
            yield catalog.TickPrice(
                request_id=request_id, tick_type=1, price=price, size=size, attributes=1
            )
        elif kind < 0.7:
            yield catalog.TickSize(request_id=request_id, tick_type=0, size=size)
        elif kind < 0.8:
            yield catalog.TickOptionComputation(
                request_id=request_id,
                tick_type=13,
                attribute=0,
                implied_volatility=0.3125,
                delta=0.5213,
                option_price=price,
                present_value_dividend=0.25,
                gamma=0.0123,
                vega=0.345,
                theta=-0.0456,
                underlying_price=189.95,
            )
        elif kind < 0.85:
            yield catalog.TickString(request_id=request_id, tick_type=45, value="1795444200")
        elif kind < 0.9:
            yield catalog.TickGeneric(request_id=request_id, tick_type=49, value=0.0)
        elif kind < 0.98:
            yield catalog.MarketDepth(
                request_id=request_id, position=3, operation=1, side=1, price=price, size=size
            )
        else:
            yield catalog.OrderStatus(
                order_id=request_id,
                status="Submitted",
                filled=Decimal(0),
                remaining=size,
                permanent_id=1700000001,
                client_id=1,
                market_cap_price=0.0,
            )


def contract_data(count: int) -> Iterator[Inbound]:
    """Details of a stock, as long as they are."""
    details = ContractDetails(
        contract=AAPL,
        market_name="NMS",
        min_tick=0.01,
        order_types="ACTIVETIM,AD,ADJUST,ALERT,ALGO,ALLOC,AVGCOST,BASKET,BENCHPX,CASHQTY,COND," * 3,
        valid_exchanges="SMART,AMEX,NYSE,CBOE,PHLX,ISE,CHX,ARCA,ISLAND,DRCTEDGE,BEX,BATS,EDGEA",
        price_magnifier=1,
        long_name="APPLE INC",
        industry="Technology",
        category="Computers",
        subcategory="Computers",
        time_zone_id="US/Eastern",
        trading_hours="20261123:0400-20261123:2000;20261124:0400-20261124:2000;" * 3,
        liquid_hours="20261123:0930-20261123:1600;20261124:0930-20261124:1600;" * 3,
        aggregation_group=1,
        market_rule_ids="26,26,26,26,26,26,26,26,26,26,26,26,26",
        security_ids=(TagValue(tag="ISIN", value="US0378331005"),),
        stock_type="COMMON",
        min_size=Decimal("0.0001"),
        size_increment=Decimal("0.0001"),
        suggested_size_increment=Decimal(100),
    )
    for number in range(count):
        yield catalog.ContractData(request_id=number, details=details)


def historical_data(count: int, bars: int = 1000) -> Iterator[Inbound]:
    """Bars of a minute."""
    random = Random(7)
    prices = [round(random.uniform(100, 200), 2) for _ in range(bars)]
    columns = Bars(
        date=tuple(str(1795444200 + 60 * place) for place in range(bars)),
        open=tuple(prices),
        high=tuple(price + 1 for price in prices),
        low=tuple(price - 1 for price in prices),
        close=tuple(prices),
        volume=tuple(Decimal(random.randrange(100, 90000)) for _ in prices),
        average=tuple(Decimal(str(price)) for price in prices),
        count=tuple(random.randrange(1, 500) for _ in prices),
    )
    for number in range(count):
        yield catalog.HistoricalData(
            request_id=number, start="20261122 16:00:00", end="20261123 16:00:00", bars=columns
        )


def open_orders(count: int) -> Iterator[Inbound]:
    """A limit order that works."""
    order = Order(
        action="BUY",
        total_quantity=Decimal(100),
        order_type="LMT",
        limit_price=189.5,
        time_in_force="DAY",
        account="DU1234567",
        order_reference="strategy 7",
        permanent_id=1700000001,
        client_id=1,
    )
    state = OrderState(status="Submitted")
    for number in range(count):
        yield catalog.OpenOrder(order_id=number, contract=AAPL, order=order, state=state)


def placed() -> catalog.PlaceOrder:
    """An order that is placed."""
    return catalog.PlaceOrder(
        order_id=17, contract=Stock("AAPL"), order=LimitOrder("BUY", 100, 189.5)
    )


STREAMS = {
    "tick mix": (ticks, 20_000),
    "contract_data": (contract_data, 2_000),
    "historical_data, 1000 bars": (historical_data, 30),
    "open_order": (open_orders, 1_000),
}
"""What is decoded: what makes it, and how many of them one round has."""
