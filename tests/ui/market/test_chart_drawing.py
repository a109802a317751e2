from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest

from workstation.ui.panes.chart_bars import TIME_FRAMES, ZONE, Candle
from workstation.ui.panes.chart_drawing import Look, draw, room_for

DAY, FIVE_DAYS, MONTH, YEAR = TIME_FRAMES
OPEN = int(datetime(2026, 11, 23, 9, 30, tzinfo=ZONE).timestamp())
GREEN, RED, AXES, VOLUME = (0, 200, 0), (200, 0, 0), (90, 90, 90), (40, 40, 40)


def look(width, height, **changes):
    return Look(width, height, 2, GREEN, RED, AXES, VOLUME)._replace(**changes)


def candle(index, open_, high, low, close, volume=0.0, seconds=300):
    return Candle(OPEN + index * seconds, open_, high, low, close, volume)


def lines(text):
    return text.plain.split("\n")


def canvas(text):
    """What stands to the left of the axis, above the times."""
    return [line[: max(line.rfind("│"), line.rfind("├"))] for line in lines(text)[:-2]]


def color_at(text, row, column):
    offset = sum(len(line) + 1 for line in lines(text)[:row]) + column
    for span in text.spans:
        if span.start <= offset < span.end and span.style.color is not None:
            return tuple(span.style.color.triplet)
    return None


@pytest.mark.parametrize("size", [(24, 5), (52, 8), (70, 17), (116, 34), (200, 60)])
def test_drawing_has_exactly_the_size_asked_for(size):
    width, height = size
    candles = [candle(index, 1000 + index, 1200, 900, 1010) for index in range(90)]
    candles = candles[: room_for(width, candles, 2)]
    drawn = lines(draw(candles, DAY, look(width, height)))
    assert [len(line) for line in drawn] == [width] * height


@pytest.mark.parametrize("low", [8, -1200])
def test_every_candle_has_a_column_of_its_own_and_the_newest_stands_last(low):
    candles = [candle(index, 10, 12, low, 11) for index in range(60)]
    room = room_for(60, candles, 2)
    candles = candles[:room]
    columns = list(zip(*canvas(draw(candles, DAY, look(60, 8))), strict=True))
    assert sum(set(column) != {" "} for column in columns) == room
    assert set(columns[-1]) != {" "}


def test_body_is_heavy_and_shadows_are_light_to_half_a_row():
    # Four rows of two halves from 0 to 7: one price a half.
    candles = [candle(0, 2, 7, 0, 4)]
    drawn = draw(candles, DAY, look(24, 6))
    column = [line.rstrip()[-1:] for line in canvas(drawn)]
    assert column == ["│", "╽", "┃", "│"]


def test_candle_that_ends_within_a_row_fills_half_of_it():
    candles = [candle(0, 0, 7, 0, 7), candle(1, 1, 2, 1, 2)]
    newest = [line[-1] for line in canvas(draw(candles, DAY, look(24, 6)))]
    assert newest == [" ", " ", "╻", "╹"]


def test_rising_and_falling_candles_have_their_colours():
    candles = [candle(0, 1, 3, 0, 2), candle(1, 2, 3, 0, 1)]
    drawn = draw(candles, DAY, look(24, 6))
    row = canvas(drawn)[2]
    places = [index for index, glyph in enumerate(row) if glyph != " "]
    assert [color_at(drawn, 2, place) for place in places] == [GREEN, RED]


def test_falling_candles_are_broken_lines_where_colours_are_grey():
    candles = [candle(0, 0, 9, 0, 9), candle(1, 9, 9, 0, 0)]
    grey = draw(candles, DAY, look(24, 8, up=(240, 240, 240), down=(180, 180, 180)))
    assert "┃" in grey.plain
    assert "┇" in grey.plain
    assert "┇" not in draw(candles, DAY, look(24, 8)).plain


def test_last_price_is_marked_on_the_scale():
    candles = [candle(0, 100, 110, 90, 104.37)]
    marked = [line for line in lines(draw(candles, DAY, look(40, 12))) if "◂" in line]
    assert len(marked) == 1
    assert "104.37◂" in marked[0]


def test_scale_counts_in_round_prices_from_low_to_high():
    candles = [candle(0, 100, 110, 90, 104.37)]
    drawn = lines(draw(candles, DAY, look(40, 24)))
    told = [float(line.split("├")[1]) for line in drawn if "├" in line and "◂" not in line]
    assert told == sorted(told, reverse=True)
    assert len(told) >= 4
    assert all(price % 2.5 == 0 and 90 <= price <= 110 for price in told)


def test_market_that_never_moved_is_drawn():
    drawn = draw([candle(0, 5, 5, 5, 5), candle(1, 5, 5, 5, 5)], DAY, look(30, 8))
    assert "5.00◂" in drawn.plain


def test_prices_below_zero_are_drawn():
    drawn = draw([candle(0, -1.5, -0.5, -2.5, -1.0)], DAY, look(30, 10))
    assert "-1.00◂" in drawn.plain


def test_volume_stands_below_when_there_is_height():
    candles = [candle(index, 10, 12, 8, 11, 1000 * (index % 5)) for index in range(20)]
    assert "█" in draw(candles, DAY, look(60, 20)).plain
    assert "█" not in draw(candles, DAY, look(60, 10)).plain


def test_without_any_volume_its_rows_are_empty():
    candles = [candle(index, 10, 12, 8, 11) for index in range(20)]
    assert not set("▁▂▃▄▅▆▇█") & set(draw(candles, DAY, look(60, 20)).plain)


def test_hours_are_marked_in_the_time_of_new_york():
    candles = [candle(index, 10, 12, 8, 11) for index in range(12 * 4)]  # From 9:30 to 13:25.
    assert lines(draw(candles, DAY, look(100, 10)))[-1].split() == [
        "10:00",
        "11:00",
        "12:00",
        "13:00",
    ]


def test_marked_times_stand_apart_evenly():
    candles = [candle(index, 10, 12, 8, 11, seconds=1800) for index in range(26)]
    words = lines(draw(candles, DAY, look(40, 10)))[-1].split()
    hours = [int(word.split(":")[0]) for word in words]
    assert len({(after - before) % 24 for before, after in pairwise(hours)}) == 1


@pytest.mark.parametrize(
    ("frame", "seconds", "words"),
    [(FIVE_DAYS, 6 * 3600, "Tue 24"), (MONTH, 86_400, "30 Nov"), (YEAR, 86_400 * 5, "Dec 26")],
)
def test_longer_frames_mark_days_weeks_and_months(frame, seconds, words):
    candles = [candle(index, 10, 12, 8, 11, seconds=seconds) for index in range(16)]
    assert words in lines(draw(candles, frame, look(80, 10)))[-1]
