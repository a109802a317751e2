"""Hours: when instruments trade, in the words of contract details.

The simulated market never closes, and its trading hours say so; liquid hours are the regular hours
of the US exchanges. Leaves to `sessions` how time is divided for prices.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from workstation.model.trading_calendar import us_calendar

__all__ = ["NEW_YORK", "liquid_hours", "trading_hours"]

NEW_YORK = ZoneInfo("America/New_York")
"""US/Eastern by its modern name, which exists wherever there is a time zone database."""

_DAYS_TOLD = 7


@lru_cache(maxsize=16)
def trading_hours(today: date) -> str:
    """`20261123:0000-20261124:0000;…`, for a week from `today`, in New York's time."""
    days = [today + timedelta(days=ahead) for ahead in range(_DAYS_TOLD + 1)]
    return ";".join(f"{day:%Y%m%d}:0000-{after:%Y%m%d}:0000" for day, after in pairwise(days))


@lru_cache(maxsize=16)
def liquid_hours(today: date) -> str:
    """`20261125:0930-20261125:1600;20261126:CLOSED;…`, for a week from `today`."""
    calendar = us_calendar()
    last = today + timedelta(days=_DAYS_TOLD - 1)
    open_days = {day.date: day for day in calendar.between(today, last)}
    told = []
    for ahead in range(_DAYS_TOLD):
        day = today + timedelta(days=ahead)
        if day in open_days:
            opens, closes = (_minute(open_days[day].opens), _minute(open_days[day].closes))
            told.append(f"{opens}-{closes}")
        else:
            told.append(f"{day:%Y%m%d}:CLOSED")
    return ";".join(told)


def _minute(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, NEW_YORK).strftime("%Y%m%d:%H%M")
