"""Moments: dates and times as Bridges write them, read as aware datetimes.

Bridges write `YYYYMMDD`, `YYYYMMDD hh:mm:ss Zone` (the zone may be missing), `YYYYMMDD-hh:mm:ss`,
which is UTC, `YYYY-MM-DD hh:mm:ss.0`, which is UTC too, and seconds since 1970.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workstation.errors import InvalidValue

__all__ = ["LEGAL_MOMENTS", "moment_from", "zone_named"]

LEGAL_MOMENTS = (
    "legal are YYYYMMDD, YYYYMMDD hh:mm:ss Zone, YYYYMMDD-hh:mm:ss, "
    "YYYY-MM-DD hh:mm:ss.0 and seconds since 1970"
)

_ZONES = {
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "CST": "America/Chicago",
    "CDT": "America/Chicago",
    "MET": "Europe/Berlin",
    "JST": "Asia/Tokyo",
    "GMT": "UTC",
}
"""Zones that Bridges name otherwise than the time zone database does, or mean by the city."""

_DAY_LENGTH = 8


@cache
def zone_named(name: str) -> tzinfo:
    """A time zone by the name that a Bridge gives it.

    Raises:
        InvalidValue: nobody knows it.
    """
    try:
        return ZoneInfo(_ZONES.get(name, name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue("time zone", name, "legal are names such as US/Eastern") from None


def moment_from(text: str, zone: tzinfo = UTC) -> datetime:
    """Read what a Bridge wrote.

    Args:
        text: date, time or both, as the module says.
        zone: where a text without a zone is at home; a bare date is midnight there.

    Raises:
        InvalidValue: it is no moment.
    """
    words = text.split()
    try:
        if len(words) == 1 and words[0].isdecimal():
            if len(words[0]) == _DAY_LENGTH:
                # Years of days are read at once, and strptime takes ten times as long.
                day = words[0]
                return datetime(int(day[:4]), int(day[4:6]), int(day[6:]), tzinfo=zone)
            return datetime.fromtimestamp(int(words[0]), UTC)
        if len(words) == 1:
            return datetime.strptime(words[0], "%Y%m%d-%H:%M:%S").replace(tzinfo=UTC)
        if "-" in words[0]:
            return datetime.fromisoformat(f"{words[0]} {words[1]}").replace(tzinfo=UTC)
        named = zone_named(words[2]) if len(words) > 2 else zone
        return datetime.strptime(f"{words[0]} {words[1]}", "%Y%m%d %H:%M:%S").replace(tzinfo=named)
    except (ValueError, IndexError, OverflowError):
        raise InvalidValue("moment", text, LEGAL_MOMENTS) from None
