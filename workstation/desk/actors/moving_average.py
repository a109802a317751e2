"""MovingAverageTrader: an example actor that follows crossings of two moving averages.

Owns one small position for each of a few stocks: long while the fast average of sampled prices lies
above the slow one, flat below. It trades with market orders and has at most one order for a stock
under way.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from decimal import Decimal

from workstation.desk.actors.actor import Actor
from workstation.model import Contract, MarketOrder, Stock
from workstation.model.contracts.identity import instrument_key

__all__ = ["MovingAverageTrader"]

_NANOSECONDS = 1_000_000_000


class MovingAverageTrader(Actor):
    """Long while the fast average is above the slow one.

    Args:
        code: the actor's code.
        symbols: stocks to trade.
        fast: samples in the fast average.
        slow: samples in the slow average.
        sample_seconds: time between two samples.
        quantity: shares in a position.
        clock_ns: time in nanoseconds since 1970.
    """

    def __init__(
        self,
        code: str = "MA",
        symbols: Sequence[str] = ("AAPL", "MSFT", "CAT"),
        *,
        fast: int = 4,
        slow: int = 12,
        sample_seconds: float = 3.0,
        quantity: int = 10,
        clock_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        super().__init__("Moving averages", code, clock_ns)
        self.fast = fast
        self.quantity = Decimal(quantity)
        self._sample_ns = int(sample_seconds * _NANOSECONDS)
        self._stocks: dict[str, Contract] = {
            instrument_key(stock): stock for stock in map(Stock, symbols)
        }
        self._samples: dict[str, deque[float]] = {key: deque(maxlen=slow) for key in self._stocks}
        self._next_sample_ns = 0
        self._orders: dict[str, int] = {}

    def initialize(self) -> None:
        """Ask for quotes of the stocks."""
        for stock in self._stocks.values():
            self.request_market_data(stock)

    def act(self) -> None:
        """Sample prices in equal steps of time, and trade on a crossing."""
        now = self.clock_ns()
        if now < self._next_sample_ns:
            return
        self._next_sample_ns = now + self._sample_ns
        for key in self._stocks:
            quote = self.picture.quotes.get(key)
            if quote is not None and quote.last is not None:
                self._samples[key].append(quote.last)
                self._decide(key)

    def _decide(self, key: str) -> None:
        samples = self._samples[key]
        if len(samples) < (samples.maxlen or 0) or self.is_under_way(self._orders.get(key, 0)):
            return
        recent = list(samples)
        above = sum(recent[-self.fast :]) / self.fast > sum(recent) / len(recent)
        held = self.positions.get(key, Decimal(0))
        wanted = self.quantity if above else Decimal(0)
        if wanted != held:
            action = "BUY" if wanted > held else "SELL"
            order = MarketOrder(action, abs(wanted - held))
            self._orders[key] = self.place_order(self._stocks[key], order)
