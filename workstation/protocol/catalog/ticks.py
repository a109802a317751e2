"""Ticks one by one, and bars of five seconds, both as they happen."""

from __future__ import annotations

from decimal import Decimal

from workstation.model import Contract, TagValue
from workstation.protocol.catalog.shared import CONTRACT_WITH_PRIMARY_EXCHANGE
from workstation.protocol.layout import Test, constant, since, tag_text, when
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CancelRealTimeBars",
    "CancelTickByTickData",
    "RealTimeBars",
    "RequestRealTimeBars",
    "RequestTickByTickData",
    "TickByTick",
]


@request(50)
class RequestRealTimeBars(Request):
    """Stream bars of five seconds."""

    request_id: int
    contract: Contract
    bar_size: int = 5
    """Seconds; Bridges know 5 only."""
    what_to_show: str = "TRADES"
    """TRADES, MIDPOINT, BID or ASK."""
    use_regular_hours: bool = True
    options: tuple[TagValue, ...] = ()


lay_out(
    RequestRealTimeBars,
    constant("3"),
    RequestRealTimeBars.request_id,
    CONTRACT_WITH_PRIMARY_EXCHANGE,
    RequestRealTimeBars.bar_size,
    RequestRealTimeBars.what_to_show,
    RequestRealTimeBars.use_regular_hours,
    tag_text(RequestRealTimeBars.options),
)


@request(51, constant("1"))
class CancelRealTimeBars(Request):
    """End a stream of bars."""

    request_id: int


@request(97, since=137)
class RequestTickByTickData(Request):
    """Stream every single tick."""

    request_id: int
    contract: Contract
    tick_type: str = "Last"
    """Last, AllLast, BidAsk or MidPoint."""
    number_of_ticks: int = 0
    """Ticks of the past to begin with."""
    ignore_size: bool = False
    """Leave out ticks of BidAsk in which only sizes changed."""


lay_out(
    RequestTickByTickData,
    RequestTickByTickData.request_id,
    CONTRACT_WITH_PRIMARY_EXCHANGE,
    RequestTickByTickData.tick_type,
    since(140, RequestTickByTickData.number_of_ticks, RequestTickByTickData.ignore_size),
)


@request(98, since=137)
class CancelTickByTickData(Request):
    """End a stream of single ticks."""

    request_id: int


@inbound(50, constant("3"))
class RealTimeBars(Inbound):
    """One bar of five seconds."""

    request_id: int
    time: int
    """Start of the bar, seconds since 1970."""
    open: float = 0.0
    high: float = 0.0
    low: float = 0.0
    close: float = 0.0
    volume: Decimal | None = None
    average: Decimal | None = None
    """Volume-weighted average price."""
    count: int = 0


@inbound(99, since=137)
class TickByTick(Inbound):
    """One tick; which fields it has depends on its type."""

    request_id: int
    tick_type: int
    """1 Last, 2 AllLast, 3 BidAsk, 4 MidPoint; 0 none."""
    time: int
    """Seconds since 1970."""
    price: float = 0.0
    """Last and AllLast, as are size, exchange and special conditions."""
    size: Decimal | None = None
    attributes: int = 0
    """Bits of Last and AllLast: 1 past the daily limit, 2 not reported.

    Bits of BidAsk: 1 bid below the day's low, 2 ask above the day's high.
    """
    exchange: str = ""
    special_conditions: str = ""
    bid_price: float = 0.0
    """BidAsk, as are the ask and both sizes."""
    ask_price: float = 0.0
    bid_size: Decimal | None = None
    ask_size: Decimal | None = None
    midpoint: float = 0.0
    """MidPoint."""


lay_out(
    TickByTick,
    TickByTick.request_id,
    TickByTick.tick_type,
    TickByTick.time,
    when(
        TickByTick.tick_type,
        Test.ONE_OF,
        TickByTick.price,
        TickByTick.size,
        TickByTick.attributes,
        TickByTick.exchange,
        TickByTick.special_conditions,
        operand=frozenset({1, 2}),
    ),
    when(
        TickByTick.tick_type,
        Test.EQUALS,
        TickByTick.bid_price,
        TickByTick.ask_price,
        TickByTick.bid_size,
        TickByTick.ask_size,
        TickByTick.attributes,
        operand=3,
    ),
    when(TickByTick.tick_type, Test.EQUALS, TickByTick.midpoint, operand=4),
)
