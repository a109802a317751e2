"""Expiries and strikes: the rules by which options are listed.

Owns on which days options expire, how long before each expiry is listed, and which strikes it has.
Every rule only ever adds: what is listed stays listed until it expires. Leaves to `chains` the
prices that the rules look at, and contracts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum

from workstation.model.trading_calendar import us_calendar

__all__ = [
    "Reach",
    "expiry_of_week",
    "is_monthly",
    "listed_days",
    "listed_expiries",
    "strikes",
    "week_of",
]

_FRIDAY = 4
_WEEK = 7
_WEEKLY_DAYS = 42
_MONTHLY_DAYS = 75
_CYCLE_DAYS = 270
_LONG_TERM_DAYS = 800
_JANUARY = 1


class Reach(IntEnum):
    """How far away an expiry is; the nearer, the finer its strikes."""

    NEAR = 0
    MIDDLE = 1
    FAR = 2

    @classmethod
    def of(cls, days: int) -> Reach:
        """The reach of that many days."""
        return (
            cls.NEAR
            if days <= _WEEKLY_DAYS + _WEEK
            else cls.MIDDLE
            if days <= _CYCLE_DAYS
            else cls.FAR
        )


_STEPS = (
    (25.0, (0.5, 1.0, 2.5)),
    (100.0, (1.0, 2.5, 5.0)),
    (200.0, (2.5, 5.0, 10.0)),
    (500.0, (2.5, 10.0, 20.0)),
    (1000.0, (5.0, 10.0, 20.0)),
    (5000.0, (10.0, 50.0, 100.0)),
    (10_000.0, (50.0, 100.0, 200.0)),
    (25_000.0, (100.0, 500.0, 1000.0)),
)
"""Below which strike, in which steps, by reach."""


def week_of(day: date) -> int:
    """The number of a day's week; weeks begin on Mondays."""
    return (day.toordinal() - 1) // _WEEK


def expiry_of_week(week: int) -> date:
    """The day on which options expire in a week: Friday, or the trading day before it."""
    friday = date.fromordinal(week * _WEEK + 1 + _FRIDAY)
    return us_calendar().on_or_before(friday).date


def is_monthly(expiry: date) -> bool:
    """Whether an expiry is a standard one, in the week of the third Friday."""
    friday = expiry + timedelta(days=_FRIDAY - expiry.weekday())
    return 15 <= friday.day <= 21


def listed_expiries(today: date, cycle: int, *, weeklies: bool) -> tuple[date, ...]:
    """The expiries listed on a day, nearest first; an expiry counts until its day is over.

    Args:
        today: the day.
        cycle: 0 to 2: which third of the months is listed long before.
        weeklies: whether there are expiries each week.
    """
    first = week_of(today)
    weeks = range(first, first + _LONG_TERM_DAYS // _WEEK + 1)
    found = (expiry_of_week(week) for week in weeks)
    return tuple(
        expiry
        for expiry in found
        if expiry >= today
        and (expiry - today).days <= listed_days(expiry, cycle, weeklies=weeklies)
    )


def listed_days(expiry: date, cycle: int, *, weeklies: bool) -> int:
    """How many days before an expiry it is listed; less than 0 when it never is."""
    if not is_monthly(expiry):
        return _WEEKLY_DAYS if weeklies else -1
    if expiry.month == _JANUARY:
        return _LONG_TERM_DAYS
    return _CYCLE_DAYS if expiry.month % 3 == cycle else _MONTHLY_DAYS


def strikes(references: Iterable[tuple[float, int]], volatility: float) -> tuple[float, ...]:
    """The strikes of an expiry, lowest first.

    Args:
        references: prices of the underlying since the expiry was listed, each with the days that
            were left to expiry.
        volatility: of the underlying, a year's.
    """
    bounds: dict[Reach, tuple[float, float]] = {}
    for price, days in references:
        reach = Reach.of(days)
        width = max(0.12, min(0.6, 2.5 * volatility * math.sqrt(days / 365.0)))
        low, high = bounds.get(reach, (price, price))
        bounds[reach] = min(low, price * (1.0 - width)), max(high, price * (1.0 + width))
    found: set[float] = set()
    for reach, (low, high) in bounds.items():
        found.update(_grid(reach, low, high))
    return tuple(sorted(found))


def _grid(reach: Reach, low: float, high: float) -> list[float]:
    """All strikes of a reach between two prices, and the next one on either side."""
    found = []
    floor = 0.0
    for ceiling, steps in _STEPS:
        step = steps[reach]
        first = max(math.floor(max(low, floor) / step), math.ceil(floor / step), 1)
        last = min(math.ceil(high / step), math.ceil(ceiling / step) - 1)
        found += [number * step for number in range(first, last + 1)]
        floor = ceiling
    return found
