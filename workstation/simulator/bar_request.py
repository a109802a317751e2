"""Requests for bars: what they may say, and what it means.

Owns the vocabulary: bar sizes, durations, ends and what bars show. Whatever is not legal raises
`InvalidValue`, which names the field, the value and what would be legal. Leaves to `history` which
bars that are.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from workstation.errors import InvalidValue
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.tape import SHOWN

__all__ = [
    "BAR_SIZES",
    "DAY",
    "MINUTE",
    "BarRequest",
    "BarSize",
    "Duration",
    "parse_bar_size",
    "parse_duration",
    "parse_end",
    "parse_shown",
]

MINUTE = 60
_HOUR = 3600
DAY = 86_400


class BarRequest(NamedTuple):
    """What to make bars of, in the words of a request."""

    symbol: str
    bar_size: str = "1 day"
    duration: str = "1 M"
    what_to_show: str = "TRADES"
    """TRADES, MIDPOINT, BID or ASK; ADJUSTED_LAST is the same as TRADES, for nothing is ever split
    here."""
    use_regular_hours: bool = True
    end: str = ""
    """`YYYYMMDD hh:mm:ss Zone`, or `YYYYMMDD-hh:mm:ss` in UTC; without a zone it is New York's, and
    empty is now."""


class BarSize(NamedTuple):
    """How long a bar is."""

    seconds: int
    """Of weeks and months, those of a day: they are made of days."""
    unit: str
    """intraday, day, week or month."""


class Duration(NamedTuple):
    """How far bars reach back."""

    number: int
    unit: str
    """S, D, W, M or Y."""


BAR_SIZES = {
    **{f"{count} secs": BarSize(count, "intraday") for count in (1, 5, 10, 15, 30)},
    "1 min": BarSize(MINUTE, "intraday"),
    **{f"{count} mins": BarSize(count * MINUTE, "intraday") for count in (2, 3, 5, 10, 15, 20, 30)},
    "1 hour": BarSize(_HOUR, "intraday"),
    **{f"{count} hours": BarSize(count * _HOUR, "intraday") for count in (2, 3, 4, 8)},
    "1 day": BarSize(DAY, "day"),
    "1 week": BarSize(DAY, "week"),
    "1 month": BarSize(DAY, "month"),
}
"""Every legal bar size."""

_OTHER_SPELLINGS = {"1 sec": "1 secs", "1D": "1 day", "1W": "1 week", "1M": "1 month"}
_OTHER_SHOWN = {"ADJUSTED_LAST": "TRADES"}
_DURATION = re.compile(r"([1-9]\d{0,5}) ?([SDWMY])")
_END = re.compile(r"(\d{8})(?:([ -])(\d{2}:\d{2}:\d{2}))?(?: (\S+))?")


def parse_bar_size(text: str) -> BarSize:
    """A bar size.

    Raises:
        InvalidValue: there is no such size.
    """
    size = BAR_SIZES.get(_OTHER_SPELLINGS.get(text, text))
    if size is None:
        raise InvalidValue("bar_size", text, f"legal are {', '.join(BAR_SIZES)}")
    return size


def parse_duration(text: str) -> Duration:
    """A duration.

    Raises:
        InvalidValue: it is none.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise InvalidValue(
            "duration", text, "give a number above 0, a gap and one of S, D, W, M, Y, as in '2 W'"
        )
    return Duration(int(match[1]), match[2])


def parse_shown(text: str) -> str:
    """What bars show, as a word of `tape.SHOWN`.

    Raises:
        InvalidValue: bars can not show that.
    """
    shown = _OTHER_SHOWN.get(text, text)
    if shown not in SHOWN:
        raise InvalidValue("what_to_show", text, f"legal are {', '.join((*SHOWN, *_OTHER_SHOWN))}")
    return shown


def parse_end(text: str) -> int | None:
    """An end, in seconds since 1970; None when it is empty and means now.

    Raises:
        InvalidValue: it can not be read, or names no time zone that exists.
    """
    if not text:
        return None
    match = _END.fullmatch(text)
    legal = "give 'YYYYMMDD hh:mm:ss Zone', or 'YYYYMMDD-hh:mm:ss' in UTC"
    if match is None or (match[2] == "-" and match[4]):
        raise InvalidValue("end", text, legal)
    zone = UTC if match[2] == "-" else _zone(match[4], text)
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[3] or '23:59:59'}")
        return int(moment.replace(tzinfo=zone).timestamp())
    except (ValueError, OverflowError) as error:
        raise InvalidValue("end", text, legal) from error


def _zone(name: str | None, text: str) -> ZoneInfo:
    if name is None:
        return NEW_YORK
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError) as error:
        raise InvalidValue(
            "end", text, f"there is no time zone {name!r}; known are US/Eastern, UTC and others"
        ) from error
