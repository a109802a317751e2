"""Bars over long times: which requests, and one answer of all of theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from workstation.clients.api.bars import REACHES, joined, stretches
from workstation.errors import InvalidValue
from workstation.model import Bars
from workstation.model.moment import moment_from

NEW_YORK = ZoneInfo("America/New_York")
START, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 11, 23, 21, tzinfo=UTC)


def bars(*dates):
    ones = (1.0,) * len(dates)
    sizes = (Decimal(1),) * len(dates)
    return Bars(dates, ones, ones, ones, ones, sizes, sizes, (1,) * len(dates))


def test_years_of_days_are_a_few_requests():
    found = stretches(START, END, "1 day")
    assert [each.duration for each in found] == ["1 Y"] * 3
    assert found[-1].end_date_time == "20261123-21:00:00"
    assert found == sorted(found)


@pytest.mark.parametrize("size", REACHES)
def test_requests_of_any_size_leave_no_gap(size):
    span = REACHES[size].span
    found = stretches(END - 5 * span, END, size)
    ends = [moment_from(each.end_date_time) for each in found]
    assert {after - before for before, after in pairwise(ends)} == {span}
    assert len(found) == 5


@pytest.mark.parametrize(
    ("start", "end", "size", "told"),
    [
        (START, END, "7 days", "bar_size"),
        (END, START, "1 day", "start"),
        (START.replace(tzinfo=None), END, "1 day", "start"),
        (START, END.replace(tzinfo=None), "1 day", "end"),
    ],
)
def test_what_is_no_stretch_of_time_is_named(start, end, size, told):
    with pytest.raises(InvalidValue, match=f"^{told}: "):
        stretches(start, end, size)


def test_pieces_that_overlap_are_joined_in_order_and_cut():
    start, end = datetime(2026, 11, 20, tzinfo=NEW_YORK), datetime(2026, 11, 24, tzinfo=NEW_YORK)
    found = joined(
        [bars("20261123", "20261124"), bars("20261118", "20261119", "20261120", "20261123")],
        start,
        end,
    )
    assert found.date == ("20261120", "20261123")
    assert joined([], start, end) == Bars()


def test_bars_within_days_go_by_their_moment():
    start = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    moments = [str(int((start + timedelta(minutes=each)).timestamp())) for each in range(4)]
    found = joined([bars(*moments[2:]), bars(*moments[:3])], start, start + timedelta(minutes=3))
    assert found.date == tuple(moments[:3])
