"""Dates as bars have them on the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from workstation.model.trading_calendar import TIME_ZONE
from workstation.simulator.hours import NEW_YORK

__all__ = ["date_text", "moment_text"]

_SECONDS = 2
_KEPT = 4096
"""Texts that are kept: the bars of many instruments have the same dates."""


@lru_cache(_KEPT)
def date_text(seconds: int, format_date: int, *, whole_day: bool = False) -> str:
    """A date as bars have it.

    Args:
        seconds: since 1970.
        format_date: 1 text, 2 seconds.
        whole_day: whether it is a day and no moment; days are text in either form.
    """
    if whole_day:
        return f"{_new_york(seconds):%Y%m%d}"
    return str(seconds) if format_date == _SECONDS else moment_text(seconds)


def moment_text(seconds: float) -> str:
    """`YYYYMMDD hh:mm:ss Zone`, in New York."""
    return f"{_new_york(seconds):%Y%m%d %H:%M:%S} {TIME_ZONE}"


def _new_york(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone(NEW_YORK)
