"""View: what the orders of one instrument see of the market at one instant."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["View"]


class View(NamedTuple):
    """Best prices and the last trade. Sizes are whole shares, or contracts."""

    time_ns: int
    """When the quote came to be; two views of one instant are one."""
    bid: float | None
    """None when nobody bids."""
    ask: float | None
    bid_size: int
    ask_size: int
    last: float | None
    last_size: int = 0
    last_time_ns: int = 0
    """A new value means a new trade."""
    volume: int = 0
    previous_close: float = 0.0

    @property
    def middle(self) -> float | None:
        """Between bid and ask, where there are both."""
        if self.bid is None or self.ask is None:
            return None
        return (self.bid + self.ask) / 2

    def opposite(self, *, buys: bool) -> float | None:
        """The best price that somebody who buys, or sells, can have at once."""
        return self.ask if buys else self.bid
