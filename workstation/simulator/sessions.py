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
from numpy.typing import NDArray

from workstation.errors import InvalidValue
from workstation.model.trading_calendar import TradingDay, us_calendar
from workstation.simulator.noise import Floats, Integers

__all__ = ["BLOCK_SECONDS", "BLOCK_UNITS_PER_YEAR", "BlockRows", "Segment", "Sessions", "sessions"]

BLOCK_SECONDS = 1800

BLOCK_UNITS_PER_YEAR = 5040.0
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
    """The blocks of segments in order of time, one row a segment, padded to equal length."""

    session: Integers
    """Index of each row's session."""
    segment: Integers
    number: Integers
    """Numbers of the blocks."""
    variance: Floats
    """Variance units; 0 marks padding."""
    volume: Floats
    """Shares of an average day's volume; 0 marks padding."""

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Which places hold a block, and are no padding."""
        return self.variance > 0.0


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
        closes = np.array([day.closes for day in days], dtype=np.int64)
        self._edges = np.column_stack((starts[:-1], opens[:-1], closes[:-1], starts[1:]))
        self.starts, self.opens = self._edges[:, 0], self._edges[:, 1]
        self._evening = (starts + _EVENING - closes)[:-1] // BLOCK_SECONDS
        self.ordinals = np.array([day.toordinal() for day in self.dates], dtype=np.int64)
        self.years = np.array([day.year for day in self.dates], dtype=np.int64)
        self.variance = self._segment_variance()
        """Variance units of each segment, one row a session."""
        self._starts: list[int] = starts.tolist()
        self._rows: dict[tuple[tuple[Segment, ...], int, int], BlockRows] = {}

    def __len__(self) -> int:
        return len(self.dates)

    def at(self, seconds: float) -> int:
        """Index of the session that holds an instant.

        Raises:
            InvalidValue: the table does not reach there.
        """
        found = bisect_right(self._starts, seconds) - 1
        # Every session needs the one before it, for its close.
        if not 1 <= found < len(self):
            raise InvalidValue(
                "time", seconds, f"the market exists from {self.dates[1]} to {self.dates[-1]}"
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

    def start(self, session: int, segment: Segment) -> int:
        """When a segment of a session starts."""
        return int(self._edges[session, segment])

    def end(self, session: int, segment: Segment) -> int:
        """When a segment of a session ends."""
        return int(self._edges[session, segment + 1])

    def bounds(self, session: Integers, segment: Integers) -> tuple[Integers, Integers]:
        """Starts and ends of segments of sessions."""
        return self._edges[session, segment], self._edges[session, segment + 1]

    def block_rows(self, segments: tuple[Segment, ...], first: int, last: int) -> BlockRows:
        """The blocks of some segments of sessions `first` to before `last`."""
        place = (segments, first, last)
        found = self._rows.get(place)
        if found is None:
            if len(self._rows) >= _CACHED_ROWS:
                del self._rows[next(iter(self._rows))]
            found = self._rows[place] = self._block_rows(*place)
        return found

    def _block_rows(self, segments: tuple[Segment, ...], first: int, last: int) -> BlockRows:
        session = np.repeat(np.arange(first, last), len(segments))
        segment = np.tile(np.array(segments, dtype=np.int64), last - first)
        starts, ends = self.bounds(session, segment)
        begin = starts // BLOCK_SECONDS
        length = (ends // BLOCK_SECONDS - begin)[:, None]
        place = np.arange(int(length.max(initial=0)), dtype=np.int64)
        rows = (segment[:, None], place, length, self._evening[session, None])
        inside = place < length
        return BlockRows(
            session,
            segment,
            begin[:, None] + place,
            np.where(inside, _weights(_VARIANCE, *rows), 0.0),
            np.where(inside, _weights(_VOLUME, *rows), 0.0),
        )

    def _segment_variance(self) -> Floats:
        rates = _VARIANCE
        regular, after = (np.diff(self._edges, axis=1) // BLOCK_SECONDS)[:, 1:].T
        closed = after - self._evening - _NIGHT_BLOCKS
        before = _NIGHT_BLOCKS * rates.night + (_PRE_MARKET_BLOCKS - _NIGHT_BLOCKS) * rates.extended
        return np.column_stack(
            (
                np.full(len(self), before),
                regular * rates.regular,
                self._evening * rates.extended
                + _NIGHT_BLOCKS * rates.night
                + closed * rates.closed,
            )
        )


def _weights(
    rates: _Rates, segment: Integers, place: Integers, length: Integers, evening: Integers
) -> Floats:
    """The weight of each block, by its place within its segment."""
    early = np.where(place < _NIGHT_BLOCKS, rates.night, rates.extended)
    late = np.where(place < evening + _NIGHT_BLOCKS, rates.night, rates.closed)
    late = np.where(place < evening, rates.extended, late)
    edge = (2.0 * (place + 0.5) / length - 1.0) ** 4
    # A smile whose mean over the blocks is near 1, for the mean of x**4 over [-1, 1] is 1/5.
    smile = rates.regular * (1.0 + rates.smile * (edge - 0.2))
    chosen = [segment == Segment.BEFORE, segment == Segment.REGULAR]
    return np.where(chosen[0], early, np.where(chosen[1], smile, late))


@cache
def sessions() -> Sessions:
    """The sessions of the US calendar."""
    return Sessions(us_calendar().days)
