"""Quote: the latest of everything one instrument's ticks have said.

Owns the values and what follows from them (change, middle, spread, age). Leaves to `quotes` how
ticks become values and which request belongs to which quote.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from workstation.model import Contract, MarketDataType
from workstation.protocol.catalog import TickOptionComputation

__all__ = ["NANOSECONDS", "SPARK_LENGTH", "Quote", "QuoteProblem"]

NANOSECONDS = 1_000_000_000
"""In a second."""

SPARK_LENGTH = 120
"""Samples that a spark line keeps."""


class QuoteProblem(NamedTuple):
    """What the Bridge said about a request for market data."""

    code: int
    text: str


@dataclass(slots=True, eq=False)
class Quote:
    """One instrument's quote; changed in place by the thread that folds, read by any.

    A value is None until a tick brings it, and again when a tick says there is none. Prices are as
    the Bridge sent them (see `ContractDetails.price_magnifier`).
    """

    key: str
    contract: Contract

    bid: float | None = None
    bid_size: Decimal | None = None
    ask: float | None = None
    ask_size: Decimal | None = None
    last: float | None = None
    last_size: Decimal | None = None
    volume: Decimal | None = None
    open: float | None = None
    high: float | None = None
    low: float | None = None
    close: float | None = None
    """Close of the previous day."""
    mark: float | None = None
    """The price that the Bridge values positions at."""

    bid_direction: int = 0
    """Direction of the last tick: 1 up, -1 down, 0 unchanged or the first."""
    ask_direction: int = 0
    last_direction: int = 0

    last_trade_time: int | None = None
    """Seconds since 1970."""
    halted: bool = False
    shortable_shares: Decimal | None = None
    open_interest: Decimal | None = None
    """Of this derivative."""
    call_open_interest: Decimal | None = None
    """Of all calls on this underlying, as is the next of all puts."""
    put_open_interest: Decimal | None = None
    historical_volatility: float | None = None
    implied_volatility: float | None = None
    """Of the underlying's options, 30 days; an option's own stands in its computations."""

    bid_computation: TickOptionComputation | None = None
    """What the bid of an option implies; likewise the next three."""
    ask_computation: TickOptionComputation | None = None
    last_computation: TickOptionComputation | None = None
    model_computation: TickOptionComputation | None = None

    min_tick: float | None = None
    bbo_exchange: str = ""
    market_data_type: int = MarketDataType.LIVE
    """A code of `MarketDataType`; delayed ticks set it by themselves."""

    time_ns: int = 0
    """When the last tick came; 0 before the first."""
    stale: bool = False
    """Whether the connection broke since the last tick: the values may be wrong by now.

    So too where the Bridge maintained its data meanwhile (1102): it sends what changed, but until
    a tick comes nobody here can tell a price that did not change from one that is still to come.
    """
    streams: int = 0
    """Requests that stream this quote now."""
    problem: QuoteProblem | None = None
    """The Bridge's last complaint about a request for this quote."""

    spark: deque[float] = field(default_factory=lambda: deque(maxlen=SPARK_LENGTH))
    """Prices sampled at equal intervals while ticks came, oldest first; the last one is live."""
    spark_due_ns: int = 0

    @property
    def has_line(self) -> bool:
        """Whether ticks can come; without a line the values only grow old."""
        return self.streams > 0

    @property
    def is_delayed(self) -> bool:
        """Whether the values are delayed, live or frozen."""
        return self.market_data_type in _DELAYED

    @property
    def is_frozen(self) -> bool:
        """Whether the values are those of the last close."""
        return self.market_data_type in _FROZEN

    @property
    def mid(self) -> float | None:
        """Middle of bid and ask."""
        bid, ask = self.bid, self.ask
        return None if bid is None or ask is None else (bid + ask) / 2

    @property
    def spread(self) -> float | None:
        """Ask less bid; negative in a crossed market."""
        bid, ask = self.bid, self.ask
        return None if bid is None or ask is None else ask - bid

    @property
    def price(self) -> float | None:
        """The one price to value by: the last, else the middle, else the previous close."""
        for price in (self.last, self.mid, self.close):
            if price is not None:
                return price
        return None

    @property
    def change(self) -> float | None:
        """Change of the last price since the previous close."""
        last, close = self.last, self.close
        return None if last is None or close is None else last - close

    @property
    def change_percent(self) -> float | None:
        """The change in percent of the previous close."""
        last, close = self.last, self.close
        return None if last is None or not close else 100 * (last - close) / abs(close)

    def age_seconds(self, now_ns: int) -> float | None:
        """Seconds since the last tick; None before the first."""
        return None if self.time_ns == 0 else max(0, now_ns - self.time_ns) / NANOSECONDS


_DELAYED = frozenset({MarketDataType.DELAYED, MarketDataType.DELAYED_FROZEN})
_FROZEN = frozenset({MarketDataType.FROZEN, MarketDataType.DELAYED_FROZEN})
