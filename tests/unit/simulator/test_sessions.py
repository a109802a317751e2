"""Sessions: they cover all time, begin at midnight in New York, and are made of half hours."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest

from workstation.errors import InvalidValue
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.sessions import BLOCK_UNITS_PER_YEAR, Segment, sessions


def at(text):
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=NEW_YORK).timestamp())


def test_every_session_begins_at_midnight_in_new_york():
    for session in range(0, len(sessions()), 37):
        start = datetime.fromtimestamp(sessions().start(session, Segment.BEFORE), NEW_YORK)
        assert (start.date(), start.hour, start.minute) == (sessions().dates[session], 0, 0)


def test_sessions_follow_each_other_without_a_gap():
    table = sessions()
    every = np.arange(len(table))
    starts = table.bounds(every, np.full_like(every, Segment.BEFORE))[0]
    ends = table.bounds(every, np.full_like(every, Segment.AFTER))[1]
    assert (starts[1:] == ends[:-1]).all()
    assert not (starts % 1800).any()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-23 00:00", date(2026, 11, 23)),
        ("2026-11-22 23:59", date(2026, 11, 20)),
        ("2026-11-21 12:00", date(2026, 11, 20)),
        ("2026-11-26 12:00", date(2026, 11, 25)),
        ("2026-11-27 15:00", date(2026, 11, 27)),
    ],
)
def test_closed_days_belong_to_the_session_before(moment, day):
    assert sessions().dates[sessions().at(at(moment))] == day


def test_a_segment_has_a_block_for_each_half_hour():
    friday = sessions().of(date(2026, 11, 20))
    half_day = sessions().of(date(2026, 11, 27))
    lengths = [
        int(sessions().block_rows((segment,), session, session + 1).inside.sum())
        for session in (friday, half_day)
        for segment in Segment
    ]
    assert lengths == [19, 13, 16 + 96, 19, 7, 22 + 96]


def test_regular_hours_move_most_and_weekends_least():
    friday = sessions().of(date(2026, 11, 20))
    rows = sessions().block_rows(tuple(Segment), friday, friday + 1)
    before, regular, after = rows.variance
    assert regular[:13].mean() == pytest.approx(1.0, abs=0.05)
    assert regular[0] > 2 * regular[6]
    assert before[3] < before[18] < regular.max()
    assert after[60] < after[10] < after[3] < regular[6]


def test_a_year_holds_its_units_of_variance():
    first, last = sessions().of_year(2026)
    assert sessions().variance[first:last].sum() == pytest.approx(BLOCK_UNITS_PER_YEAR, rel=0.02)


def test_a_time_beyond_the_calendar_is_refused():
    with pytest.raises(InvalidValue, match="2005-01-04"):
        sessions().at(at("2005-01-03 23:59"))
    assert sessions().at(at("2005-01-04 00:00")) == 1
    with pytest.raises(InvalidValue):
        sessions().at(at("2046-01-02 12:00"))
