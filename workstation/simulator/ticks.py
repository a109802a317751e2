"""Ticks: what messages tell a client that a quote has changed.

Owns the translation from two quotes, the one told before and the present one, to tick messages. The
first time everything is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workstation.model import TickType
from workstation.protocol.catalog import TickOptionComputation, TickPrice, TickSize, TickString
from workstation.protocol.message import Inbound
from workstation.simulator.quote import OptionGreeks, OptionQuote, Quote

__all__ = ["option_ticks", "stock_ticks"]

_NO_PRICE = -1.0
_SECOND_NS = 1_000_000_000


def stock_ticks(request_id: int, before: Quote | None, now: Quote) -> Iterator[Inbound]:
    """Messages about a stock."""
    yield from _side(
        request_id,
        (TickType.BID, TickType.BID_SIZE),
        None if before is None else (before.bid, before.bid_size),
        (now.bid, now.bid_size),
    )
    yield from _side(
        request_id,
        (TickType.ASK, TickType.ASK_SIZE),
        None if before is None else (before.ask, before.ask_size),
        (now.ask, now.ask_size),
    )
    if before is None or before.last_time_ns != now.last_time_ns:
        yield _price(request_id, TickType.LAST, now.last, now.last_size)
        yield _time(request_id, now.last_time_ns)
        yield _size(request_id, TickType.VOLUME, now.volume)
    for tick_type, name in (
        (TickType.HIGH, "high"),
        (TickType.LOW, "low"),
        (TickType.CLOSE, "previous_close"),
        (TickType.OPEN, "open"),
    ):
        value = getattr(now, name)
        if before is None or getattr(before, name) != value:
            yield _price(request_id, tick_type, value, 0)


def option_ticks(
    request_id: int,
    before: OptionQuote | None,
    now: OptionQuote,
    *,
    right: str,
    open_interest: bool,
) -> Iterator[Inbound]:
    """Messages about an option.

    Args:
        request_id: whose quotes they are.
        before: what was told before.
        now: the present quote.
        right: C or P.
        open_interest: whether the client asked for it (generic tick 101).
    """
    yield from _side(
        request_id,
        (TickType.BID, TickType.BID_SIZE),
        None if before is None else (before.bid, before.bid_size),
        (now.bid, now.bid_size),
    )
    yield from _side(
        request_id,
        (TickType.ASK, TickType.ASK_SIZE),
        None if before is None else (before.ask, before.ask_size),
        (now.ask, now.ask_size),
    )
    if now.last is not None and (before is None or before.last_time_ns != now.last_time_ns):
        yield _price(request_id, TickType.LAST, now.last, now.last_size)
        yield _time(request_id, now.last_time_ns)
    if before is None or before.volume != now.volume:
        yield _size(request_id, TickType.VOLUME, now.volume)
    if before is None:
        yield _price(request_id, TickType.CLOSE, now.previous_close, 0)
        if open_interest:
            call = TickType.OPTION_CALL_OPEN_INTEREST
            tick_type = call if right == "C" else TickType.OPTION_PUT_OPEN_INTEREST
            yield _size(request_id, tick_type, now.open_interest)
    for tick_type, name in (
        (TickType.MODEL_OPTION, "model"),
        (TickType.BID_OPTION, "bid_model"),
        (TickType.ASK_OPTION, "ask_model"),
    ):
        greeks = getattr(now, name)
        if before is None or getattr(before, name) != greeks:
            yield _computation(request_id, tick_type, greeks)


def _side(
    request_id: int,
    tick_types: tuple[TickType, TickType],
    before: tuple[float | None, int] | None,
    now: tuple[float | None, int],
) -> Iterator[Inbound]:
    """A price with its size when the price moved, the size alone when only that did."""
    if before is None or before[0] != now[0]:
        yield _price(request_id, tick_types[0], now[0], now[1])
    elif before[1] != now[1]:
        yield _size(request_id, tick_types[1], now[1])


def _price(request_id: int, tick_type: TickType, price: float | None, size: int) -> TickPrice:
    told = _NO_PRICE if price is None else price
    return TickPrice(
        request_id=request_id, tick_type=tick_type, price=told, size=Decimal(size), attributes=1
    )


def _size(request_id: int, tick_type: TickType, size: int) -> TickSize:
    return TickSize(request_id=request_id, tick_type=tick_type, size=Decimal(size))


def _time(request_id: int, time_ns: int) -> TickString:
    seconds = str(time_ns // _SECOND_NS)
    return TickString(request_id=request_id, tick_type=TickType.LAST_TIMESTAMP, value=seconds)


def _computation(
    request_id: int, tick_type: TickType, greeks: OptionGreeks | None
) -> TickOptionComputation:
    if greeks is None:
        return TickOptionComputation(request_id=request_id, tick_type=tick_type)
    return TickOptionComputation(
        request_id=request_id,
        tick_type=tick_type,
        implied_volatility=greeks.implied_volatility,
        delta=greeks.delta,
        option_price=greeks.price,
        present_value_dividend=greeks.present_value_dividend,
        gamma=greeks.gamma,
        vega=greeks.vega,
        theta=greeks.theta,
        underlying_price=greeks.underlying_price,
    )
