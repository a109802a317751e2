"""The simulated market: quotes of every stock at every instant.

A quote is a pure function of seed, symbol and time. Nobody needs to run the market for prices to
move, looking changes nothing, and the past can be asked for at any time: bars are computed from the
same function and so agree with the ticks that were seen. Quotes move in slots of 250 ms, each stock
at its own phase within the slot, at any hour of any day; nights and weekends are quieter.

A session begins at midnight in New York on a trading day and lasts until midnight before the next
one, so that a weekend belongs to Friday, as on a screen that keeps showing Friday's change.

Owns quotes and who watches them. Leaves the path of prices to `path`, trades and sizes to `tape`,
bars to `history`, options to `options`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workstation.simulator.quote import MarketUpdate, Quote

__all__ = ["SLOT_NS", "Clock", "Market"]

Clock = Callable[[], int]
"""Tells the time in nanoseconds since 1970, as `time.time_ns` does."""

SLOT_NS = 250_000_000


class Market:
    """The stock market of one seed.

    Args:
        seed: any integer; the same seed gives the same market in every process.
        clock: asked where no time is given.
    """

    def __init__(self, seed: int, clock: Clock) -> None:
        raise NotImplementedError

    def now(self) -> int:
        """The clock's time, in nanoseconds."""
        raise NotImplementedError

    def quote(self, symbol: str, at_ns: int | None = None) -> Quote:
        """The quote that stands at an instant, by default now.

        Raises:
            RequestError: 200, no such stock.
        """
        raise NotImplementedError

    def watch(self, symbol: str) -> None:
        """Have `advance` tell of this stock. Counted: every watch needs its own `unwatch`.

        Raises:
            RequestError: 200, no such stock.
        """
        raise NotImplementedError

    def unwatch(self, symbol: str) -> None:
        """Take back one `watch`."""
        raise NotImplementedError

    def advance(self, to_ns: int | None = None) -> Iterator[MarketUpdate]:
        """Every new quote of the watched stocks since the last call, oldest first.

        A stock watched since then comes with the quote that stands. After a pause longer than a
        few slots only the newest quote of each stock comes, so catching up costs no more.

        Args:
            to_ns: the instant to advance to, by default the clock's.
        """
        raise NotImplementedError
