"""Tick tables: what each tick type changes in a quote.

Owns the meaning of tick types, as one table for each kind of tick message. The functions are the
innermost loop of the feed: they compare and store, nothing else. Types that are not listed change
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from workstation.model import Right, TickType
from workstation.state.quote import NANOSECONDS, Quote

__all__ = [
    "COMPUTATION_FIELDS",
    "DELAYED_TICKS",
    "GENERIC_TICKS",
    "PRICE_TICKS",
    "SIZE_TICKS",
    "STRING_TICKS",
]

_SPARK_EVERY_NS = 10 * NANOSECONDS

PriceTick = Callable[[Quote, float | None, Decimal | None, int], None]
SizeTick = Callable[[Quote, Decimal | None], None]
GenericTick = Callable[[Quote, float | None], None]
StringTick = Callable[[Quote, str], None]


def _direction(old: float | None, new: float | None) -> int:
    if old is None or new is None or old == new:
        return 0
    return 1 if new > old else -1


def _bid(quote: Quote, price: float | None, size: Decimal | None, time_ns: int) -> None:
    quote.bid_direction = _direction(quote.bid, price)
    quote.bid = price
    if price is None:
        quote.bid_size = None
    elif size is not None:
        quote.bid_size = size
    if quote.last is None:
        _sample(quote, quote.mid, time_ns)


def _ask(quote: Quote, price: float | None, size: Decimal | None, time_ns: int) -> None:
    quote.ask_direction = _direction(quote.ask, price)
    quote.ask = price
    if price is None:
        quote.ask_size = None
    elif size is not None:
        quote.ask_size = size
    if quote.last is None:
        _sample(quote, quote.mid, time_ns)


def _last(quote: Quote, price: float | None, size: Decimal | None, time_ns: int) -> None:
    quote.last_direction = _direction(quote.last, price)
    quote.last = price
    if price is None:
        quote.last_size = None
    elif size is not None:
        quote.last_size = size
    _sample(quote, price, time_ns)


def _sample(quote: Quote, price: float | None, time_ns: int) -> None:
    """Keep the spark line's last sample live, and begin the next one when it is due."""
    if price is None:
        return
    if time_ns >= quote.spark_due_ns:
        quote.spark.append(price)
        quote.spark_due_ns = time_ns + _SPARK_EVERY_NS
    else:
        quote.spark[-1] = price


def _price_into(name: str) -> PriceTick:
    def store(quote: Quote, price: float | None, _size: Decimal | None, _time_ns: int) -> None:
        setattr(quote, name, price)

    return store


def _value_into(name: str) -> Callable[[Quote, Any], None]:
    def store(quote: Quote, value: object) -> None:
        setattr(quote, name, value)

    return store


def _interest_of(name: str, right: Right) -> SizeTick:
    """Open interest of one side: the underlying's total, and an option's very own."""

    def store(quote: Quote, size: Decimal | None) -> None:
        setattr(quote, name, size)
        if quote.contract.right[:1] == right:
            quote.open_interest = size

    return store


def _halted(quote: Quote, value: float | None) -> None:
    # 0 trading, 1 halted, 2 paused for volatility, -1 not known.
    quote.halted = value is not None and value > 0


def _last_trade_time(quote: Quote, text: str) -> None:
    quote.last_trade_time = int(text) if text.isdecimal() else None


PRICE_TICKS: dict[int, PriceTick] = {
    TickType.BID: _bid,
    TickType.ASK: _ask,
    TickType.LAST: _last,
    TickType.HIGH: _price_into("high"),
    TickType.LOW: _price_into("low"),
    TickType.CLOSE: _price_into("close"),
    TickType.OPEN: _price_into("open"),
    TickType.MARK_PRICE: _price_into("mark"),
    TickType.DELAYED_BID: _bid,
    TickType.DELAYED_ASK: _ask,
    TickType.DELAYED_LAST: _last,
    TickType.DELAYED_HIGH: _price_into("high"),
    TickType.DELAYED_LOW: _price_into("low"),
    TickType.DELAYED_CLOSE: _price_into("close"),
    TickType.DELAYED_OPEN: _price_into("open"),
}
"""A price tick of types 1, 2, 4, 66, 67, 68 carries the size of type 0, 3, 5, 69, 70, 71."""

SIZE_TICKS: dict[int, SizeTick] = {
    TickType.BID_SIZE: _value_into("bid_size"),
    TickType.ASK_SIZE: _value_into("ask_size"),
    TickType.LAST_SIZE: _value_into("last_size"),
    TickType.VOLUME: _value_into("volume"),
    TickType.OPEN_INTEREST: _value_into("open_interest"),
    TickType.FUTURES_OPEN_INTEREST: _value_into("open_interest"),
    TickType.OPTION_CALL_OPEN_INTEREST: _interest_of("call_open_interest", Right.CALL),
    TickType.OPTION_PUT_OPEN_INTEREST: _interest_of("put_open_interest", Right.PUT),
    TickType.SHORTABLE_SHARES: _value_into("shortable_shares"),
    TickType.DELAYED_BID_SIZE: _value_into("bid_size"),
    TickType.DELAYED_ASK_SIZE: _value_into("ask_size"),
    TickType.DELAYED_LAST_SIZE: _value_into("last_size"),
    TickType.DELAYED_VOLUME: _value_into("volume"),
}

GENERIC_TICKS: dict[int, GenericTick] = {
    TickType.HALTED: _halted,
    TickType.DELAYED_HALTED: _halted,
    TickType.OPTION_HISTORICAL_VOLATILITY: _value_into("historical_volatility"),
    TickType.OPTION_IMPLIED_VOLATILITY: _value_into("implied_volatility"),
}

STRING_TICKS: dict[int, StringTick] = {
    TickType.LAST_TIMESTAMP: _last_trade_time,
    TickType.DELAYED_LAST_TIMESTAMP: _last_trade_time,
}

COMPUTATION_FIELDS: dict[int, str] = {
    TickType.BID_OPTION: "bid_computation",
    TickType.ASK_OPTION: "ask_computation",
    TickType.LAST_OPTION: "last_computation",
    TickType.MODEL_OPTION: "model_computation",
    80: "bid_computation",
    81: "ask_computation",
    82: "last_computation",
    TickType.DELAYED_MODEL_OPTION: "model_computation",
}
"""80 to 83 are the delayed ones."""

DELAYED_TICKS = frozenset({*range(66, 77), *range(80, 84), 88, 90})
