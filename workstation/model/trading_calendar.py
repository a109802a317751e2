"""The US trading calendar: which days the exchanges open, and when.

Owns the only use of `exchange_calendars` (it brings pandas along, and takes half a second to
import), which happens at the first question and never at import. What comes out is plain dates and
seconds since 1970. Leaves to others what a day is good for: sessions of the simulator, expiries,
days to expiry on the screen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from workstation.errors import InvalidValue

__all__ = ["FIRST_DAY", "LAST_DAY", "TIME_ZONE", "TradingCalendar", "TradingDay", "us_calendar"]

TIME_ZONE = "US/Eastern"
"""The exchanges' zone, by the name that Bridges use."""

FIRST_DAY = date(2005, 1, 1)
LAST_DAY = date(2045, 12, 31)
"""The range of the calendar. Fixed, so that counting days gives the same result in every year;
far enough ahead for options that expire years from now."""

_EXCHANGE = "XNYS"
_NANOSECONDS = 1_000_000_000


class TradingDay(NamedTuple):
    """One day on which the exchanges open; times are seconds since 1970."""

    date: date
    opens: int
    """Start of the regular session, 09:30 in New York."""
    closes: int
    """Its end, 16:00, or 13:00 on the eve of some holidays."""


class TradingCalendar:
    """Trading days, oldest first, with quick look-up by date.

    Args:
        days: all trading days of the range, oldest first.
    """

    def __init__(self, days: Sequence[TradingDay]) -> None:
        self.days = tuple(days)
        self._dates = [day.date for day in self.days]

    def is_trading_day(self, day: date) -> bool:
        """Whether the exchanges open on that date."""
        place = self._place(day)
        return place < len(self._dates) and self._dates[place] == day

    def on_or_after(self, day: date) -> TradingDay:
        """The first trading day from `day` on.

        Raises:
            InvalidValue: the calendar does not reach that far.
        """
        return self._at(self._place(day), day)

    def on_or_before(self, day: date) -> TradingDay:
        """The last trading day up to `day`.

        Raises:
            InvalidValue: the calendar does not reach that far.
        """
        self._place(day)
        return self._at(bisect_right(self._dates, day) - 1, day)

    def between(self, first: date, last: date) -> tuple[TradingDay, ...]:
        """All trading days from `first` to `last`, both included, oldest first."""
        return self.days[bisect_left(self._dates, first) : bisect_right(self._dates, last)]

    def _place(self, day: date) -> int:
        if not FIRST_DAY <= day <= LAST_DAY:
            raise InvalidValue("day", day, f"the calendar reaches from {FIRST_DAY} to {LAST_DAY}")
        return bisect_left(self._dates, day)

    def _at(self, place: int, day: date) -> TradingDay:
        if not 0 <= place < len(self.days):
            raise InvalidValue("day", day, f"the calendar reaches from {FIRST_DAY} to {LAST_DAY}")
        return self.days[place]


@cache
def us_calendar() -> TradingCalendar:
    """The calendar of the US stock exchanges, built at the first call (about 0.6 s)."""
    from exchange_calendars import get_calendar

    calendar = get_calendar(_EXCHANGE, start=str(FIRST_DAY), end=str(LAST_DAY))
    opens = (calendar.opens_nanos // _NANOSECONDS).tolist()
    closes = (calendar.closes_nanos // _NANOSECONDS).tolist()
    dates = [stamp.date() for stamp in calendar.sessions]
    return TradingCalendar(list(map(TradingDay, dates, opens, closes)))
