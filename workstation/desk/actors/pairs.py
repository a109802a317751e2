"""PairsTrader: an example actor that trades the ratio of two stocks' prices.

Owns one small pair of positions: when the ratio lies far above its average it sells the first stock
and buys the second, far below the other way round, and closes both when the ratio is back.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from decimal import Decimal
from statistics import fmean, pstdev

from workstation.desk.actors.actor import Actor
from workstation.model import MarketOrder, Stock
from workstation.model.contracts.identity import instrument_key

__all__ = ["PairsTrader"]

_NANOSECONDS = 1_000_000_000


class PairsTrader(Actor):
    """Bets that the ratio of two prices comes back to its average.

    Args:
        code: the actor's code.
        first: symbol of the first stock.
        second: symbol of the second stock.
        window: samples in the average.
        entry: distance from the average at which to open, in standard deviations.
        exit: distance at which to close.
        sample_seconds: time between two samples.
        quantity: shares of the first stock; of the second, as many as cost about the same.
        clock_ns: time in nanoseconds since 1970.
    """

    def __init__(  # noqa: PLR0913  a strategy's parameters
        self,
        code: str = "PAIRS",
        first: str = "V",
        second: str = "AXP",
        *,
        window: int = 15,
        entry: float = 1.5,
        exit: float = 0.3,  # noqa: A002  the trade's word for it
        sample_seconds: float = 3.0,
        quantity: int = 10,
        clock_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        super().__init__(f"Pair {first}/{second}", code, clock_ns)
        self.entry = entry
        self.exit = exit
        self.quantity = Decimal(quantity)
        self._pair = (Stock(first), Stock(second))
        self._keys = tuple(map(instrument_key, self._pair))
        self._ratios: deque[float] = deque(maxlen=window)
        self._sample_ns = int(sample_seconds * _NANOSECONDS)
        self._next_sample_ns = 0
        self._orders: tuple[int, ...] = ()

    def initialize(self) -> None:
        """Ask for quotes of both stocks."""
        for stock in self._pair:
            self.request_market_data(stock)

    def act(self) -> None:
        """Sample the ratio in equal steps of time, and open or close the pair."""
        now = self.clock_ns()
        if now < self._next_sample_ns:
            return
        prices = [self._price(key) for key in self._keys]
        if prices[0] is None or prices[1] is None:
            return
        self._next_sample_ns = now + self._sample_ns
        self._ratios.append(prices[0] / prices[1])
        if len(self._ratios) == self._ratios.maxlen and not self._is_busy():
            self._decide(prices[0], prices[1])

    def _decide(self, first: float, second: float) -> None:
        spread = pstdev(self._ratios)
        if spread == 0:
            return
        distance = (self._ratios[-1] - fmean(self._ratios)) / spread
        held = [self.positions.get(key, Decimal(0)) for key in self._keys]
        if any(held):
            if abs(distance) <= self.exit:
                self._trade([-size for size in held])
        elif abs(distance) >= self.entry:
            other = max(round(self.quantity * Decimal(first) / Decimal(second)), 1)
            sign = -1 if distance > 0 else 1
            self._trade([sign * self.quantity, Decimal(-sign * other)])

    def _trade(self, sizes: list[Decimal]) -> None:
        self._orders = tuple(
            self.place_order(stock, MarketOrder("BUY" if size > 0 else "SELL", abs(size)))
            for stock, size in zip(self._pair, sizes, strict=True)
            if size
        )

    def _price(self, key: str) -> float | None:
        quote = self.picture.quotes.get(key)
        return None if quote is None else quote.last

    def _is_busy(self) -> bool:
        return any(map(self.is_under_way, self._orders))
