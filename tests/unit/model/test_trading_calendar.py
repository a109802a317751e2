"""The trading calendar: known days, known holidays, and the edges of its range."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from workstation.errors import InvalidValue
from workstation.model.trading_calendar import FIRST_DAY, LAST_DAY, us_calendar


def utc(seconds):
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    "holiday",
    [
        date(2026, 4, 3),  # Good Friday
        date(2026, 11, 26),  # Thanksgiving
        date(2026, 12, 25),
        date(2027, 6, 18),  # Juneteenth, which is a Saturday
        date(2026, 11, 21),  # a Saturday
    ],
)
def test_no_exchange_opens_on_holidays_and_weekends(holiday):
    assert not us_calendar().is_trading_day(holiday)


def test_regular_hours_follow_the_clocks_of_new_york():
    winter, summer = (
        us_calendar().on_or_after(day) for day in (date(2026, 1, 5), date(2026, 7, 6))
    )
    assert (utc(winter.opens), utc(winter.closes)) == ("2026-01-05 14:30", "2026-01-05 21:00")
    assert (utc(summer.opens), utc(summer.closes)) == ("2026-07-06 13:30", "2026-07-06 20:00")


def test_the_day_after_thanksgiving_closes_early():
    assert utc(us_calendar().on_or_after(date(2026, 11, 26)).closes) == "2026-11-27 18:00"


def test_neighbours_of_a_closed_day():
    calendar = us_calendar()
    assert calendar.on_or_before(date(2026, 11, 26)).date == date(2026, 11, 25)
    assert calendar.on_or_after(date(2026, 11, 26)).date == date(2026, 11, 27)
    assert calendar.on_or_before(date(2026, 11, 25)).date == date(2026, 11, 25)


def test_days_between_include_both_ends():
    days = us_calendar().between(date(2026, 11, 20), date(2026, 11, 27))
    assert [day.date.day for day in days] == [20, 23, 24, 25, 27]


def test_the_calendar_reaches_far_enough_for_long_term_options():
    assert us_calendar().is_trading_day(date(2040, 1, 3))


@pytest.mark.parametrize("day", [date(2004, 12, 31), date(2046, 1, 1)])
def test_a_day_beyond_the_calendar_is_refused(day):
    with pytest.raises(InvalidValue, match="2005-01-01 to 2045-12-31"):
        us_calendar().is_trading_day(day)


def test_the_edges_of_the_range_hold_no_day_to_name():
    with pytest.raises(InvalidValue):
        us_calendar().on_or_before(FIRST_DAY)
    with pytest.raises(InvalidValue):
        us_calendar().on_or_after(LAST_DAY)
