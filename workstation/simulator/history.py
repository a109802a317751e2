"""History: bars of any stock over any stretch, computed from the prices that ticks show.

Owns what a request for bars may say, and the bars. Leaves to the server how dates are written and
which error codes go out: what is not legal raises `InvalidValue`.
"""

from __future__ import annotations

from typing import NamedTuple

from workstation.simulator.market import Market

__all__ = ["BarColumns", "BarRequest", "History"]


class BarRequest(NamedTuple):
    """What to make bars of."""

    symbol: str
    bar_size: str = "1 day"
    duration: str = "1 M"
    what_to_show: str = "TRADES"
    """TRADES, MIDPOINT, BID or ASK."""
    use_regular_hours: bool = True
    end: str = ""
    """`YYYYMMDD hh:mm:ss Zone`, or `YYYYMMDD-hh:mm:ss` in UTC; without a zone it is New York's, and
    empty is now."""


class BarColumns(NamedTuple):
    """Bars as columns of equal length, oldest first."""

    starts: list[int]
    """Seconds since 1970. For bars of a day and more: midnight in New York of the (last) day."""
    open: list[float]
    high: list[float]
    low: list[float]
    close: list[float]
    volume: list[int]
    """Shares; -1 for anything but TRADES, as are `average` and `trades`."""
    average: list[float]
    trades: list[int]
    """Number of trades."""
    whole_days: bool
    """Whether dates are days (`YYYYMMDD`) whatever form of dates was asked for."""
    first: int
    """The stretch that was covered, in seconds since 1970."""
    last: int


class History:
    """Bars of the stocks of a market."""

    def __init__(self, market: Market) -> None:
        raise NotImplementedError

    def bars(self, request: BarRequest, now_ns: int | None = None) -> BarColumns:
        """The bars, the last one still open when it holds the present.

        Raises:
            InvalidValue: a field is not legal; it names the field, the value and what is.
            RequestError: 200, no such stock.
        """
        raise NotImplementedError

    def current_bar(self, request: BarRequest, now_ns: int | None = None) -> BarColumns:
        """Only the newest bar, for keeping a chart up to date."""
        raise NotImplementedError

    def head(self, symbol: str, *, use_regular_hours: bool = True) -> int:
        """The first instant that bars reach back to, in seconds since 1970."""
        raise NotImplementedError
