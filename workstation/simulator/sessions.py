"""Sessions: how simulated time is divided, and how busy each part is.

A session belongs to a trading day. It begins at midnight in New York and lasts until midnight
before the next trading day, so that sessions cover all time and a weekend belongs to Friday. It has
three segments: before the regular hours, the regular hours, and after them. Segments are made of
blocks of half an hour; a block has the same number in every session table: seconds since 1970
divided by 1800.

Owns these divisions and what share of movement and of volume falls on each block. Leaves to `path`
and `volume` what moves and what trades.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from functools import cache
from typing import NamedTuple

import numpy as np

from workstation.errors import InvalidValue
from workstation.model.trading_calendar import TradingDay, us_calendar
from workstation.simulator.noise import Floats, Integers

__all__ = ["BLOCK_SECONDS", "BLOCK_UNITS_PER_YEAR", "BlockRows", "Segment", "Sessions", "sessions"]

BLOCK_SECONDS = 1800

BLOCK_UNITS_PER_YEAR = 5150.0
"""Variance units in a year; the unit is that of a mean block in regular hours. A constant, so that
a holiday proclaimed at short notice moves no price of another day."""

_PRE_MARKET_BLOCKS = 19
"""From midnight to 09:30."""
_NIGHT_BLOCKS = 8
"""From midnight to 04:00, and again from 20:00 to midnight."""
_EVENING = 20 * 3600
_CACHED_ROWS = 64
_OPENING = _PRE_MARKET_BLOCKS * BLOCK_SECONDS


class Segment(IntEnum):
    """Parts of a session, in order."""

    BEFORE = 0
    REGULAR = 1
    AFTER = 2


class _Rates(NamedTuple):
    """What one block weighs, by the hour it lies in."""

    regular: float
    extended: float
    night: float
    closed: float
    smile: float
    """How much busier the edges of the regular hours are than their middle."""


_VARIANCE = _Rates(regular=1.0, extended=0.2, night=0.12, closed=0.06, smile=2.2)
_VOLUME = _Rates(regular=0.9 / 13, extended=0.004, night=0.0008, closed=0.0004, smile=2.8)
"""Shares of an average day's volume."""


class BlockRows(NamedTuple):
    """The blocks of one segment of several sessions, one row a session, padded to equal length."""

    number: Integers
    """Numbers of the blocks."""
    variance: Floats
    """Variance units; 0 marks padding."""
    volume: Floats
    """Shares of an average day's volume; 0 marks padding."""
    length: Integers
    """Blocks of each row."""


class Sessions:
    """A table of sessions, oldest first. Times are seconds since 1970.

    Args:
        days: all trading days, oldest first; the last one only ends the session before it.
    """

    def __init__(self, days: Sequence[TradingDay]) -> None:
        self.dates = [day.date for day in days[:-1]]
        opens = np.array([day.opens for day in days], dtype=np.int64)
        # Clocks change on Sundays alone: from midnight to the opening it is always 9 1/2 hours.
        starts = opens - _OPENING
        self.starts, self.ends, self.opens = starts[:-1], starts[1:], opens[:-1]
        self.closes = np.array([day.closes for day in days[:-1]], dtype=np.int64)
        self.ordinals = np.array([day.toordinal() for day in self.dates], dtype=np.int64)
        self.years = np.array([day.year for day in self.dates], dtype=np.int64)
        self.variance = self._segment_variance()
        """Variance units of each segment, one row a session."""
        self._starts: list[int] = self.starts.tolist()
        self._rows: dict[tuple[Segment, int, int], BlockRows] = {}

    def __len__(self) -> int:
        return len(self.dates)

    def at(self, seconds: float) -> int:
        """Index of the session that holds an instant.

        Raises:
            InvalidValue: the table does not reach there.
        """
        found = bisect_right(self._starts, seconds) - 1
        if found < 0 or seconds >= self.ends[-1]:
            raise InvalidValue(
                "time", seconds, f"the market exists from {self.dates[0]} to {self.dates[-1]}"
            )
        return found

    def of(self, day: date) -> int:
        """Index of the session of a date; of the one before, when it is no trading day."""
        return bisect_right(self.dates, day) - 1

    def of_year(self, year: int) -> tuple[int, int]:
        """First session of a year, and first of the next."""
        return bisect_left(self.dates, date(year, 1, 1)), bisect_left(
            self.dates, date(year + 1, 1, 1)
        )

    def bounds(self, segment: Segment) -> tuple[Integers, Integers]:
        """Starts and ends of that segment in every session."""
        edges = (self.starts, self.opens, self.closes, self.ends)
        return edges[segment], edges[segment + 1]

    def block_rows(self, segment: Segment, first: int, last: int) -> BlockRows:
        """The blocks of a segment in sessions `first` to before `last`."""
        place = (segment, first, last)
        found = self._rows.get(place)
        if found is None:
            if len(self._rows) >= _CACHED_ROWS:
                del self._rows[next(iter(self._rows))]
            found = self._rows[place] = self._block_rows(segment, first, last)
        return found

    def _block_rows(self, segment: Segment, first: int, last: int) -> BlockRows:
        starts, ends = self.bounds(segment)
        begin = starts[first:last] // BLOCK_SECONDS
        length = ends[first:last] // BLOCK_SECONDS - begin
        place = np.arange(int(length.max(initial=0)), dtype=np.int64)
        inside = place < length[:, None]
        evening = self._blocks_to_evening(first, last)[:, None]
        return BlockRows(
            begin[:, None] + place,
            np.where(inside, _weights(_VARIANCE, segment, place, length[:, None], evening), 0.0),
            np.where(inside, _weights(_VOLUME, segment, place, length[:, None], evening), 0.0),
            length,
        )

    def _blocks_to_evening(self, first: int, last: int) -> Integers:
        """Blocks from the regular close to 20:00."""
        evening = self.starts[first:last] + _EVENING
        result: Integers = (evening - self.closes[first:last]) // BLOCK_SECONDS
        return result

    def _segment_variance(self) -> Floats:
        rates = _VARIANCE
        extended = self._blocks_to_evening(0, len(self))
        after = (self.ends - self.closes) // BLOCK_SECONDS
        closed = after - extended - _NIGHT_BLOCKS
        before = _NIGHT_BLOCKS * rates.night + (_PRE_MARKET_BLOCKS - _NIGHT_BLOCKS) * rates.extended
        return np.column_stack(
            (
                np.full(len(self), before),
                (self.closes - self.opens) // BLOCK_SECONDS * rates.regular,
                extended * rates.extended + _NIGHT_BLOCKS * rates.night + closed * rates.closed,
            )
        )


def _weights(
    rates: _Rates, segment: Segment, place: Integers, length: Integers, evening: Integers
) -> Floats:
    """The weight of each block, by its place within its segment."""
    if segment is Segment.BEFORE:
        early = np.where(place < _NIGHT_BLOCKS, rates.night, rates.extended)
        return np.broadcast_to(early, (len(length), len(place)))
    if segment is Segment.AFTER:
        late = np.where(place < evening + _NIGHT_BLOCKS, rates.night, rates.closed)
        return np.where(place < evening, rates.extended, late)
    edge = (2.0 * (place + 0.5) / length - 1.0) ** 4
    # A smile whose mean over the blocks is near 1, for the mean of x**4 over [-1, 1] is 1/5.
    smile: Floats = rates.regular * (1.0 + rates.smile * (edge - 0.2))
    return smile


@cache
def sessions() -> Sessions:
    """The sessions of the US calendar."""
    return Sessions(us_calendar().days)
