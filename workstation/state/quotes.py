"""Quotes: ticks folded into the latest value of everything, one `Quote` an instrument.

Owns which request belongs to which instrument, what "no data" looks like, and when a quote is
stale. Requests are folded too: a request for market data says which instrument its ticks are about.
Delayed ticks go into the same fields as live ones, with the mark that they are delayed. Leaves to
`tick_tables` what each tick type changes.

This is the hot path: a tick is one look-up by request, one by tick type, and a few stores.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

from workstation.model import Contract, MarketDataType, SecurityType
from workstation.protocol import catalog
from workstation.state.quote import Quote, QuoteProblem
from workstation.state.tick_tables import (
    COMPUTATION_FIELDS,
    DELAYED_TICKS,
    GENERIC_TICKS,
    PRICE_TICKS,
    SIZE_TICKS,
    STRING_TICKS,
)

__all__ = ["MAY_TRADE_BELOW_ZERO", "Quotes"]

_REFUSALS = frozenset({101, 200, 203, 320, 321, 322, 354, 420, 10089, 10168, 10186, 10189})
"""Codes after which a request brings no ticks; any other leaves the line as it is."""

MAY_TRADE_BELOW_ZERO = frozenset(
    {SecurityType.COMBO, SecurityType.FUTURE, SecurityType.FUTURE_OPTION, SecurityType.COMMODITY}
)
"""Kinds of instrument that may have a price of zero or less."""

_FIRST_DELAYED_TICK = min(DELAYED_TICKS)


class Quotes:
    """Every quote that was ever asked for, by instrument key.

    Args:
        dirty: where the keys of changed quotes go.
        key_of: the instrument key of a contract.
    """

    def __init__(self, dirty: set[str], key_of: Callable[[Contract], str]) -> None:
        self._dirty = dirty
        self._key_of = key_of
        self._quotes: dict[str, Quote] = {}
        self._by_request: dict[int, Quote] = {}
        self._streaming: set[int] = set()

    def get(self, key: str) -> Quote | None:
        """The quote of an instrument; None when nobody ever asked for it."""
        return self._quotes.get(key)

    def of(self, contract: Contract) -> Quote | None:
        """The quote of a contract; None when nobody ever asked for it."""
        return self._quotes.get(self._key_of(contract))

    def of_request(self, request_id: int) -> Quote | None:
        """The quote that a request's ticks go to, while the request lives."""
        return self._by_request.get(request_id)

    def all(self) -> tuple[Quote, ...]:
        """Every quote, in the order first asked for."""
        return tuple(self._quotes.values())

    # Which request is about what

    def request_market_data(self, message: catalog.RequestMarketData, _time_ns: int) -> None:
        """From now on the request's ticks are about its contract."""
        self._forget(message.request_id)
        key = self._key_of(message.contract)
        quote = self._quotes.get(key)
        if quote is None:
            quote = self._quotes[key] = Quote(key, message.contract)
        quote.problem = None
        self._by_request[message.request_id] = quote
        if not (message.snapshot or message.regulatory_snapshot):
            self._streaming.add(message.request_id)
            quote.streams += 1
        self._dirty.add(key)

    def cancel_market_data(self, message: catalog.CancelMarketData, _time_ns: int) -> None:
        """The request is over; the values stay and grow old."""
        self._forget(message.request_id)

    def tick_snapshot_end(self, message: catalog.TickSnapshotEnd, _time_ns: int) -> None:
        """The snapshot is complete, and its request over."""
        self._forget(message.request_id)

    def info_message(self, message: catalog.InfoMessage, _time_ns: int) -> None:
        """Note what the Bridge says about a request for market data."""
        quote = self._by_request.get(message.request_id)
        if quote is None:
            return
        quote.problem = QuoteProblem(message.code, message.text)
        if message.code in _REFUSALS:
            self._end_stream(message.request_id, quote)
        self._dirty.add(quote.key)

    def forget_lines(self) -> None:
        """The connection is gone, and every request with it."""
        for request_id in tuple(self._by_request):
            self._forget(request_id)
        for quote in self._quotes.values():
            # The next connection's ticks are live until it says otherwise.
            if quote.market_data_type != MarketDataType.LIVE:
                quote.market_data_type = MarketDataType.LIVE
                self._dirty.add(quote.key)

    def mark_stale(self) -> None:
        """The feed is broken: what stands here may be wrong until its next tick."""
        for quote in self._quotes.values():
            if quote.time_ns and not quote.stale:
                quote.stale = True
                self._dirty.add(quote.key)

    def _forget(self, request_id: int) -> None:
        quote = self._by_request.pop(request_id, None)
        if quote is not None:
            self._end_stream(request_id, quote)
            self._dirty.add(quote.key)

    def _end_stream(self, request_id: int, quote: Quote) -> None:
        if request_id in self._streaming:
            self._streaming.remove(request_id)
            quote.streams -= 1

    # Ticks

    def tick_price(self, message: catalog.TickPrice, time_ns: int) -> None:
        """A price, and the size that comes with it."""
        quote = self._by_request.get(message.request_id)
        if quote is None:
            return
        tick_type = message.tick_type
        store = PRICE_TICKS.get(tick_type)
        if store is None:
            return
        price = message.price
        size = message.size
        if price is None or not 0.0 < price < math.inf:
            price = _unusual(quote, price, size)
        store(quote, price, size, time_ns)
        if tick_type >= _FIRST_DELAYED_TICK:
            _mark_delayed(quote)
        quote.time_ns = time_ns
        quote.stale = False
        self._dirty.add(quote.key)

    def tick_size(self, message: catalog.TickSize, time_ns: int) -> None:
        """A size, a volume or an open interest."""
        quote = self._by_request.get(message.request_id)
        if quote is None:
            return
        tick_type = message.tick_type
        store = SIZE_TICKS.get(tick_type)
        if store is None:
            return
        store(quote, message.size)
        if tick_type in DELAYED_TICKS:
            _mark_delayed(quote)
        quote.time_ns = time_ns
        quote.stale = False
        self._dirty.add(quote.key)

    def tick_option_computation(self, message: catalog.TickOptionComputation, time_ns: int) -> None:
        """What a price of an option implies; the message is kept as it came."""
        quote = self._by_request.get(message.request_id)
        field = COMPUTATION_FIELDS.get(message.tick_type)
        if quote is not None and field is not None:
            setattr(quote, field, message)
            self._ticked(quote, message.tick_type, time_ns)

    def tick_generic(self, message: catalog.TickGeneric, time_ns: int) -> None:
        """A number that is neither price nor size, such as whether trading is halted."""
        quote = self._by_request.get(message.request_id)
        store = GENERIC_TICKS.get(message.tick_type)
        if quote is not None and store is not None:
            store(quote, message.value)
            self._ticked(quote, message.tick_type, time_ns)

    def tick_string(self, message: catalog.TickString, time_ns: int) -> None:
        """A text, such as the time of the last trade."""
        quote = self._by_request.get(message.request_id)
        store = STRING_TICKS.get(message.tick_type)
        if quote is not None and store is not None:
            store(quote, message.value)
            self._ticked(quote, message.tick_type, time_ns)

    def tick_request_params(self, message: catalog.TickRequestParams, _time_ns: int) -> None:
        """The smallest price step and where the best bid and offer come from."""
        quote = self._by_request.get(message.request_id)
        if quote is not None:
            quote.min_tick = message.min_tick
            quote.bbo_exchange = message.bbo_exchange
            self._dirty.add(quote.key)

    def market_data_type(self, message: catalog.MarketDataType, _time_ns: int) -> None:
        """The Bridge says how fresh the ticks are from here on."""
        quote = self._by_request.get(message.request_id)
        if quote is not None and quote.market_data_type != message.market_data_type:
            quote.market_data_type = message.market_data_type
            self._dirty.add(quote.key)

    def _ticked(self, quote: Quote, tick_type: int, time_ns: int) -> None:
        if tick_type in DELAYED_TICKS:
            _mark_delayed(quote)
        quote.time_ns = time_ns
        quote.stale = False
        self._dirty.add(quote.key)


def _unusual(quote: Quote, price: float | None, size: Decimal | None) -> float | None:
    """What a price that is not plainly positive means.

    -1 and 0 without a size say that there is no such price. With a size they are prices, where the
    kind of instrument can have them: a spread at even money is a price of 0.
    """
    if price is None or not math.isfinite(price):
        return None
    if not size and price in (-1.0, 0.0):
        return None
    if price < 0 and quote.contract.security_type not in MAY_TRADE_BELOW_ZERO:
        return None
    return price


def _mark_delayed(quote: Quote) -> None:
    """Delayed ticks say what they are, even when the Bridge has not announced them."""
    if not quote.is_delayed:
        quote.market_data_type = MarketDataType.DELAYED
