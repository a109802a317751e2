"""Chart bars: what the chart draws, and how often it may ask for it.

Owns the time frames, candles that follow the last trade, merging them until they fit, and the
allowance of requests for bars. Knows no widget and reads no clock: times are passed in.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from workstation.model import Bars

__all__ = [
    "TIME_FRAMES",
    "ZONE",
    "Allowance",
    "Candle",
    "Series",
    "TimeFrame",
    "candle_words",
    "moment",
]

ZONE = ZoneInfo("America/New_York")

DAY = 86_400
_HOUR = 3_600
_DATE_LENGTH = 8
"""A date of so many digits is a day; a longer one counts seconds since 1970."""


class TimeFrame(NamedTuple):
    """A stretch of time and the bars it is cut into.

    Args:
        title: for people.
        duration: in the words of a request, as is the next.
        bar_size: of one bar.
        seconds: how long a bar is.
    """

    title: str
    duration: str
    bar_size: str
    seconds: int


TIME_FRAMES = (
    TimeFrame("1 day", "1 D", "5 mins", 300),
    TimeFrame("5 days", "5 D", "30 mins", 1800),
    TimeFrame("1 month", "1 M", "1 day", DAY),
    TimeFrame("1 year", "1 Y", "1 day", DAY),
)


class Candle(NamedTuple):
    """One candle.

    Args:
        start: seconds since 1970; of a day, its midnight in New York.
        volume: 0 where none was told.
    """

    start: int
    open: float
    high: float
    low: float
    close: float
    volume: float


class Series:
    """The candles of one instrument and time frame, oldest first.

    Args:
        bars: as the Bridge told them.
        frame: what they are bars of.
        told_ns: when they came.
    """

    def __init__(self, bars: Bars, frame: TimeFrame, told_ns: int) -> None:
        self.frame = frame
        self.told_ns = told_ns
        self.candles = list(_candles(bars))
        self.has_begun_more = False
        """Whether a candle began since the bars came; what was traded in it is not all known."""

    def follow(self, price: float, time: int) -> bool:
        """A trade: the newest candle follows it, or the next one begins; whether anything changed.

        Args:
            price: what was paid.
            time: when, in seconds since 1970.
        """
        start = self._start_of(time)
        if not self.candles or start < self.candles[-1].start:
            return False
        newest = self.candles[-1]
        if start > newest.start:
            self.candles.append(Candle(start, price, price, price, price, 0.0))
            self.has_begun_more = True
            return True
        high, low = max(newest.high, price), min(newest.low, price)
        self.candles[-1] = newest._replace(high=high, low=low, close=price)
        return self.candles[-1] != newest

    def merged(self, room: int) -> tuple[list[Candle], int]:
        """Candles that fit, and how many bars make one; the newest ones, if nothing helps.

        Args:
            room: how many candles fit.
        """
        factors = _DAYS_MERGED if self.frame.seconds == DAY else _BARS_MERGED
        candles: list[Candle] = []
        for factor in factors:
            candles = self._merged_by(factor)
            if len(candles) <= room:
                return candles, factor
        return candles[-room:], factors[-1]

    def _merged_by(self, factor: int) -> list[Candle]:
        if factor == 1:
            # A copy: it may be drawn on another thread while the newest candle moves on.
            return list(self.candles)
        length = self.frame.seconds * factor
        if self.frame.seconds == DAY:
            places = {candle: index // factor for index, candle in enumerate(self.candles)}
        else:
            # Counted from midnight in New York, so that candles of an hour begin on the hour.
            places = {
                candle: (candle.start + _offset(candle.start)) // length for candle in self.candles
            }
        return [_merge(list(group)) for _, group in groupby(self.candles, places.__getitem__)]

    def _start_of(self, time: int) -> int:
        if self.frame.seconds == DAY:
            return int(moment(time).replace(hour=0, minute=0, second=0).timestamp())
        return time - time % self.frame.seconds


_BARS_MERGED = (1, 2, 3, 4, 6, 8, 12, 24, 48)
"""How many bars within a day may make one candle: all divide a day evenly."""
_DAYS_MERGED = (1, 2, 5, 10, 21)
"""How many trading days may: two, a week, two weeks, a month."""


def candle_words(frame: TimeFrame, factor: int) -> str:
    """How long a candle is: `5 min`, `2 h`, `1 day`."""
    if frame.seconds == DAY:
        return f"{factor} day{'s' if factor > 1 else ''}"
    seconds = frame.seconds * factor
    return f"{seconds // 60} min" if seconds % _HOUR else f"{seconds // _HOUR} h"


def moment(start: int) -> datetime:
    """A time in the exchange's zone."""
    return datetime.fromtimestamp(start, UTC).astimezone(ZONE)


def _offset(time: int) -> int:
    offset = moment(time).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def _candles(bars: Bars) -> Iterator[Candle]:
    columns = (bars.open, bars.high, bars.low, bars.close)
    for index, prices in enumerate(zip(*columns, strict=True)):
        if all(map(math.isfinite, prices)):
            volume = bars.volume[index] if index < len(bars.volume) else None
            # A bar without trades has volume -1.
            traded = max(float(volume), 0.0) if volume is not None else 0.0
            yield Candle(_start(bars.date[index]), *prices, traded)


def _start(date: str) -> int:
    if len(date) > _DATE_LENGTH:
        return int(date)
    return int(datetime.strptime(date, "%Y%m%d").replace(tzinfo=ZONE).timestamp())


def _merge(candles: list[Candle]) -> Candle:
    return Candle(
        candles[0].start,
        candles[0].open,
        max(candle.high for candle in candles),
        min(candle.low for candle in candles),
        candles[-1].close,
        sum(candle.volume for candle in candles),
    )


class Allowance:
    """How many requests for bars may leave: a Bridge allows 60 in ten minutes, to all who ask.

    Args:
        most: requests in any such stretch.
        seconds: how long that is.
    """

    def __init__(self, most: int = 40, seconds: int = 600) -> None:
        self._most = most
        self._window_ns = seconds * 1_000_000_000
        self._asked: deque[int] = deque()

    def take(self, now_ns: int) -> float:
        """Use one up, if there is one; seconds to wait for the next if not, else 0."""
        while self._asked and self._asked[0] <= now_ns - self._window_ns:
            self._asked.popleft()
        if len(self._asked) < self._most:
            self._asked.append(now_ns)
            return 0.0
        return (self._asked[0] + self._window_ns - now_ns) / 1_000_000_000
