from __future__ import annotations

import math
from datetime import datetime
from decimal import Decimal

import pytest

from workstation.model import Bars
from workstation.ui.panes.chart_bars import (
    TIME_FRAMES,
    ZONE,
    Allowance,
    Series,
    candle_words,
)

DAY, FIVE_DAYS, MONTH, YEAR = TIME_FRAMES
SECOND = 1_000_000_000
OPEN = int(datetime(2026, 11, 23, 9, 30, tzinfo=ZONE).timestamp())


def bars(*rows):
    """Bars of (date, open, high, low, close, volume)."""
    dates, opens, highs, lows, closes, volumes = zip(*rows, strict=True)
    return Bars(
        date=tuple(map(str, dates)),
        open=opens,
        high=highs,
        low=lows,
        close=closes,
        volume=tuple(None if each is None else Decimal(each) for each in volumes),
    )


def rising(count, start=OPEN, seconds=300):
    rows = [
        (start + index * seconds, 10 + index, 12 + index, 9 + index, 11 + index, 100)
        for index in range(count)
    ]
    return bars(*rows)


def days(count):
    rows = [(20260101 + index, 10, 12, 9, 11, 100) for index in range(count)]
    return bars(*rows)


def test_bars_within_a_day_become_candles_at_their_seconds():
    series = Series(bars((OPEN, 10, 12, 9, 11, 500)), DAY, 0)
    assert series.candles == [(OPEN, 10, 12, 9, 11, 500.0)]


def test_day_begins_at_midnight_in_new_york():
    series = Series(bars(("20261123", 10, 12, 9, 11, 500)), MONTH, 0)
    midnight = datetime(2026, 11, 23, tzinfo=ZONE)
    assert series.candles[0].start == midnight.timestamp()


@pytest.mark.parametrize("volume", [None, -1])
def test_bar_without_trades_has_no_volume(volume):
    assert Series(bars((OPEN, 10, 12, 9, 11, volume)), DAY, 0).candles[0].volume == 0.0


def test_bar_without_a_finite_price_is_left_out():
    told = bars((OPEN, 10, 12, 9, 11, 1), (OPEN + 300, math.nan, 12, 9, 11, 1))
    assert len(Series(told, DAY, 0).candles) == 1


# Following the last trade


def test_trade_moves_the_close_and_widens_the_range_of_its_candle():
    series = Series(bars((OPEN, 10, 12, 9, 11, 500)), DAY, 0)
    assert series.follow(13.0, OPEN + 10)
    assert series.candles[-1] == (OPEN, 10, 13.0, 9, 13.0, 500.0)
    assert series.follow(8.0, OPEN + 20)
    assert series.candles[-1] == (OPEN, 10, 13.0, 8.0, 8.0, 500.0)
    assert not series.has_begun_more


def test_trade_at_the_same_price_changes_nothing():
    series = Series(bars((OPEN, 10, 12, 9, 11, 500)), DAY, 0)
    assert not series.follow(11.0, OPEN + 10)


def test_trade_after_the_end_of_a_candle_begins_the_next_one():
    series = Series(bars((OPEN, 10, 12, 9, 11, 500)), DAY, 0)
    assert series.follow(11.5, OPEN + 301)
    assert series.candles[-1] == (OPEN + 300, 11.5, 11.5, 11.5, 11.5, 0.0)
    assert series.has_begun_more


def test_trade_from_before_the_newest_candle_is_passed_over():
    series = Series(bars((OPEN, 10, 12, 9, 11, 500)), DAY, 0)
    assert not series.follow(99.0, OPEN - 1)
    assert series.candles == [(OPEN, 10, 12, 9, 11, 500.0)]


def test_trade_of_the_same_day_belongs_to_the_candle_of_the_day_and_of_the_next_to_the_next():
    series = Series(bars(("20261123", 10, 12, 9, 11, 500)), MONTH, 0)
    series.follow(13.0, OPEN)
    assert len(series.candles) == 1
    series.follow(14.0, OPEN + 86_400)
    assert len(series.candles) == 2


def test_without_bars_there_is_nothing_to_follow():
    assert not Series(Bars(), DAY, 0).follow(10.0, OPEN)


# Merging


def test_candles_that_fit_are_left_alone():
    candles, factor = Series(rising(6), DAY, 0).merged(6)
    assert (len(candles), factor) == (6, 1)


def test_candles_are_merged_until_they_fit():
    candles, factor = Series(rising(6), DAY, 0).merged(4)
    assert factor == 2
    assert candles == [
        (OPEN, 10, 13, 9, 12, 200.0),
        (OPEN + 600, 12, 15, 11, 14, 200.0),
        (OPEN + 1200, 14, 17, 13, 16, 200.0),
    ]


def test_merged_candles_begin_on_the_clock_whatever_the_first_bar_is():
    late = rising(11, OPEN + 300)  # From 9:35 to 10:30.
    candles, factor = Series(late, DAY, 0).merged(3)
    starts = [f"{datetime.fromtimestamp(each.start, ZONE):%H:%M}" for each in candles]
    assert factor == 6
    assert starts == ["09:35", "10:00"]


def test_days_are_merged_by_weeks_of_trading():
    candles, factor = Series(days(20), YEAR, 0).merged(5)
    assert (len(candles), factor) == (4, 5)


def test_what_fits_by_no_merging_shows_the_newest():
    many = rising(500, OPEN)
    candles, factor = Series(many, DAY, 0).merged(2)
    assert factor == 48
    assert len(candles) == 2
    assert candles[-1].close == many.close[-1]


def test_merged_candles_do_not_move_with_later_trades():
    series = Series(rising(3), DAY, 0)
    candles, _ = series.merged(10)
    series.follow(99.0, OPEN + 600)
    assert candles[-1].close == 13


@pytest.mark.parametrize(
    ("frame", "factor", "words"),
    [
        (DAY, 1, "5 min"),
        (DAY, 6, "30 min"),
        (DAY, 12, "1 h"),
        (FIVE_DAYS, 3, "90 min"),
        (YEAR, 1, "1 day"),
        (YEAR, 5, "5 days"),
    ],
)
def test_length_of_a_candle_in_words(frame, factor, words):
    assert candle_words(frame, factor) == words


def test_every_merging_within_a_day_divides_it_evenly():
    for frame in (DAY, FIVE_DAYS):
        series = Series(rising(2000, OPEN, frame.seconds), frame, 0)
        for room in (1, 5, 20, 60, 200):
            _, factor = series.merged(room)
            assert 86_400 % (factor * frame.seconds) == 0


# Pacing


def test_allowance_lets_so_many_through_and_says_when_the_next_may_go():
    allowance = Allowance(most=2, seconds=600)
    assert allowance.take(0) == 0
    assert allowance.take(100 * SECOND) == 0
    assert allowance.take(200 * SECOND) == 400.0
    assert allowance.take(599 * SECOND) == 1.0
    assert allowance.take(600 * SECOND) == 0
    assert allowance.take(601 * SECOND) == 99.0
