"""Bars over long times: cutting the time into requests that a Bridge answers, and joining them.

Owns the table of how far one request may reach, by the size of its bars.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from workstation.errors import InvalidValue
from workstation.model import Bars
from workstation.model.moment import moment_from

__all__ = ["REACHES", "Stretch", "joined", "stretches"]


class Reach(NamedTuple):
    """How far one request reaches.

    Args:
        duration: in the words of a request.
        span: the same as time.
    """

    duration: str
    span: timedelta


_HALF_HOUR = Reach("1800 S", timedelta(minutes=30))
_HOUR = Reach("3600 S", timedelta(hours=1))
_HOURS = Reach("14400 S", timedelta(hours=4))
_SHIFT = Reach("28800 S", timedelta(hours=8))
_DAY = Reach("1 D", timedelta(days=1))
_WEEK = Reach("1 W", timedelta(weeks=1))
_MONTH = Reach("1 M", timedelta(days=28))
_YEAR = Reach("1 Y", timedelta(days=365))

REACHES = {
    "1 secs": _HALF_HOUR,
    "5 secs": _HOUR,
    "10 secs": _HOURS,
    "15 secs": _HOURS,
    "30 secs": _SHIFT,
    "1 min": _DAY,
    "2 mins": _DAY,
    "3 mins": _WEEK,
    "5 mins": _WEEK,
    "10 mins": _WEEK,
    "15 mins": _WEEK,
    "20 mins": _WEEK,
    "30 mins": _MONTH,
    "1 hour": _MONTH,
    "2 hours": _MONTH,
    "3 hours": _MONTH,
    "4 hours": _MONTH,
    "8 hours": _MONTH,
    "1 day": _YEAR,
    "1 week": _YEAR,
    "1 month": _YEAR,
}
"""By the size of the bars."""


class Stretch(NamedTuple):
    """One request of a long one.

    Args:
        end_date_time: as the request says it.
        duration: as the request says it.
    """

    end_date_time: str
    duration: str


def stretches(start: datetime, end: datetime, bar_size: str) -> list[Stretch]:
    """The requests that cover a time, oldest first; neighbours touch.

    Raises:
        InvalidValue: the size is not legal, or the time is none.
    """
    reach = REACHES.get(bar_size)
    if reach is None:
        raise InvalidValue("bar_size", bar_size, f"legal are {', '.join(REACHES)}")
    for name, moment in (("start", start), ("end", end)):
        if moment.tzinfo is None:
            raise InvalidValue(name, moment, "give it a time zone")
    if not start < end:
        raise InvalidValue("start", start, f"it lies before the end, {end}")
    return list(_backwards(start, end, reach))[::-1]


def _backwards(start: datetime, end: datetime, reach: Reach) -> Iterator[Stretch]:
    while end > start:
        yield Stretch(end.astimezone(UTC).strftime("%Y%m%d-%H:%M:%S"), reach.duration)
        end -= reach.span


def joined(pieces: Iterable[Bars], start: datetime, end: datetime) -> Bars:
    """All bars of several answers from `start` and before `end`: oldest first, none twice.

    Args:
        pieces: answers, each oldest first; they may overlap.
        start: the first moment.
        end: the first moment that is too late.
    """
    zone = start.tzinfo or UTC

    def moment(date: str) -> datetime:
        return moment_from(date, zone)

    columns: dict[str, list[Any]] = {name: [] for name in Bars.__struct_fields__}
    last: datetime | None = None
    for piece in sorted((each for each in pieces if each.date), key=lambda b: moment(b.date[0])):
        first = bisect_left(piece.date, start, key=moment)
        if last is not None:
            first = max(first, bisect_right(piece.date, last, key=moment))
        stop = bisect_left(piece.date, end, lo=first, key=moment)
        if first < stop:
            last = moment(piece.date[stop - 1])
            for name in columns:
                columns[name] += getattr(piece, name)[first:stop]
    return Bars(**{name: tuple(column) for name, column in columns.items()})
