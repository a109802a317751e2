"""Market depth: the book of an exchange, or of all of them as one."""

from __future__ import annotations

from decimal import Decimal

from workstation.model import Contract, DepthExchange
from workstation.protocol.catalog.shared import CONTRACT_HEAD, CONTRACT_TAIL
from workstation.protocol.layout import constant, repeat, since, skip, until
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CancelMarketDepth",
    "MarketDepth",
    "MarketDepthExchanges",
    "MarketDepthL2",
    "RequestMarketDepth",
    "RequestMarketDepthExchanges",
    "RerouteMarketDepthRequest",
]


@request(10)
class RequestMarketDepth(Request):
    """Stream a book."""

    request_id: int
    contract: Contract
    number_of_rows: int = 5
    """Levels of each side."""
    is_smart_depth: bool = False
    """The books of all exchanges as one."""


lay_out(
    RequestMarketDepth,
    constant("5"),
    RequestMarketDepth.request_id,
    CONTRACT_HEAD,
    since(149, Contract.primary_exchange),
    CONTRACT_TAIL,
    RequestMarketDepth.number_of_rows,
    since(146, RequestMarketDepth.is_smart_depth),
    skip(),  # options for internal use
)


@request(11)
class CancelMarketDepth(Request):
    """End the stream of a book."""

    request_id: int
    is_smart_depth: bool = False
    """As it was asked for."""


lay_out(
    CancelMarketDepth,
    constant("1"),
    CancelMarketDepth.request_id,
    since(146, CancelMarketDepth.is_smart_depth),
)


@request(82, since=112)
class RequestMarketDepthExchanges(Request):
    """Ask which exchanges show their books."""


@inbound(12, constant("1"))
class MarketDepth(Inbound):
    """A change of one level of a book without names."""

    request_id: int
    position: int
    """Level, 0 is the best."""
    operation: int
    """0 insert, 1 change, 2 delete."""
    side: int
    """0 ask, 1 bid."""
    price: float = 0.0
    size: Decimal | None = None


@inbound(13)
class MarketDepthL2(Inbound):
    """A change of one level of a book with names."""

    request_id: int
    position: int
    """Level, 0 is the best."""
    market_maker: str
    """Market maker, or the exchange when the depth is smart."""
    operation: int
    """0 insert, 1 change, 2 delete."""
    side: int
    """0 ask, 1 bid."""
    price: float = 0.0
    size: Decimal | None = None
    is_smart_depth: bool = False


lay_out(
    MarketDepthL2,
    constant("1"),
    MarketDepthL2.request_id,
    MarketDepthL2.position,
    MarketDepthL2.market_maker,
    MarketDepthL2.operation,
    MarketDepthL2.side,
    MarketDepthL2.price,
    MarketDepthL2.size,
    since(146, MarketDepthL2.is_smart_depth),
)


@inbound(80, since=112)
class MarketDepthExchanges(Inbound):
    """The exchanges that show their books."""

    exchanges: tuple[DepthExchange, ...] = ()


lay_out(
    MarketDepthExchanges,
    repeat(
        MarketDepthExchanges.exchanges,
        DepthExchange,
        DepthExchange.exchange,
        DepthExchange.security_type,
        until(120, constant("0")),  # whether it is level 2
        since(
            120,
            DepthExchange.listing_exchange,
            DepthExchange.service_data_type,
            DepthExchange.aggregation_group,
        ),
    ),
)


@inbound(92, since=125)
class RerouteMarketDepthRequest(Inbound):
    """The book of a CFD is that of its underlying: ask for this contract instead."""

    request_id: int
    contract_id: int
    exchange: str
