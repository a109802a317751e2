"""Present ticks: the ticks that say what a quote says now.

Owns the way back from a quote to ticks, for somebody who joins a stream that runs already: the
Bridge tells present values only to who begins one. Every type that `tick_tables` keeps a value of
is told, delayed values as delayed ticks. Leaves to others who needs to be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from workstation.model import TickType
from workstation.protocol import catalog
from workstation.protocol.message import Inbound
from workstation.state.quote import Quote

__all__ = ["present_ticks"]

_PRICES = (
    ("bid", "bid_size", TickType.BID, TickType.DELAYED_BID),
    ("ask", "ask_size", TickType.ASK, TickType.DELAYED_ASK),
    ("last", "last_size", TickType.LAST, TickType.DELAYED_LAST),
    ("open", "", TickType.OPEN, TickType.DELAYED_OPEN),
    ("high", "", TickType.HIGH, TickType.DELAYED_HIGH),
    ("low", "", TickType.LOW, TickType.DELAYED_LOW),
    ("close", "", TickType.CLOSE, TickType.DELAYED_CLOSE),
    ("mark", "", TickType.MARK_PRICE, TickType.MARK_PRICE),
)
_SIZES = (
    ("bid_size", TickType.BID_SIZE, TickType.DELAYED_BID_SIZE),
    ("ask_size", TickType.ASK_SIZE, TickType.DELAYED_ASK_SIZE),
    ("last_size", TickType.LAST_SIZE, TickType.DELAYED_LAST_SIZE),
    ("volume", TickType.VOLUME, TickType.DELAYED_VOLUME),
    ("shortable_shares", TickType.SHORTABLE_SHARES, TickType.SHORTABLE_SHARES),
    ("call_open_interest", TickType.OPTION_CALL_OPEN_INTEREST, TickType.OPTION_CALL_OPEN_INTEREST),
    ("put_open_interest", TickType.OPTION_PUT_OPEN_INTEREST, TickType.OPTION_PUT_OPEN_INTEREST),
    ("open_interest", TickType.OPEN_INTEREST, TickType.OPEN_INTEREST),
)
_GENERICS = (
    ("historical_volatility", TickType.OPTION_HISTORICAL_VOLATILITY),
    ("implied_volatility", TickType.OPTION_IMPLIED_VOLATILITY),
)
_COMPUTATIONS = (
    "bid_computation",
    "ask_computation",
    "last_computation",
    "model_computation",
)


def present_ticks(quote: Quote, request_id: int) -> Iterator[Inbound]:
    """What the Bridge would tell of a quote to who asks now; nothing before its first tick.

    Args:
        quote: the quote.
        request_id: the request that the ticks are to answer.
    """
    if quote.time_ns == 0:
        return
    yield catalog.MarketDataType(
        request_id=request_id, market_data_type=int(quote.market_data_type)
    )
    if quote.min_tick is not None:
        yield catalog.TickRequestParams(
            request_id=request_id,
            min_tick=quote.min_tick,
            bbo_exchange=quote.bbo_exchange,
        )
    yield from _prices(quote, request_id)
    yield from _sizes(quote, request_id)
    yield from _rest(quote, request_id)


def _prices(quote: Quote, request_id: int) -> Iterator[Inbound]:
    for name, size_name, live, delayed in _PRICES:
        price: float | None = getattr(quote, name)
        size: Decimal | None = getattr(quote, size_name) if size_name else None
        if price is not None:
            yield catalog.TickPrice(
                request_id=request_id,
                tick_type=int(delayed if quote.is_delayed else live),
                price=price,
                size=size,
            )


def _sizes(quote: Quote, request_id: int) -> Iterator[Inbound]:
    for name, live, delayed in _SIZES:
        size: Decimal | None = getattr(quote, name)
        if size is not None:
            tick_type = int(delayed if quote.is_delayed else live)
            yield catalog.TickSize(request_id=request_id, tick_type=tick_type, size=size)


def _rest(quote: Quote, request_id: int) -> Iterator[Inbound]:
    for name, tick_type in _GENERICS:
        value: float | None = getattr(quote, name)
        if value is not None:
            yield catalog.TickGeneric(request_id=request_id, tick_type=int(tick_type), value=value)
    if quote.halted:
        halted = TickType.DELAYED_HALTED if quote.is_delayed else TickType.HALTED
        yield catalog.TickGeneric(request_id=request_id, tick_type=int(halted), value=1.0)
    if quote.last_trade_time is not None:
        delayed, live = TickType.DELAYED_LAST_TIMESTAMP, TickType.LAST_TIMESTAMP
        yield catalog.TickString(
            request_id=request_id,
            tick_type=int(delayed if quote.is_delayed else live),
            value=str(quote.last_trade_time),
        )
    for name in _COMPUTATIONS:
        computation: catalog.TickOptionComputation | None = getattr(quote, name)
        if computation is not None:
            yield replace(computation, request_id=request_id)
