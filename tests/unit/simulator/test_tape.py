"""The tape: bars of every level are exactly the bars of the finer level merged."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from workstation.simulator.bar_table import BarTable, merged
from workstation.simulator.sessions import Segment
from workstation.simulator.tape import SHOWN

EXACT = [name for name in BarTable._fields if name != "turnover"]

# A cheap stock, a dear one, and one that moves much; a plain day, a Friday with its weekend in
# which clocks change, and a half day.
STOCKS = ["F", "NVR", "TSLA"]
DAYS = [date(2026, 11, 18), date(2026, 10, 30), date(2025, 11, 28)]


def same(coarse, fine):
    return all((getattr(coarse, name) == getattr(fine, name)).all() for name in EXACT)


@pytest.fixture(params=STOCKS)
def tape(request, market):
    return market.tape(request.param)


@pytest.fixture(params=DAYS, ids=str)
def session(request, market):
    return market.sessions.of(request.param)


@pytest.mark.parametrize("shown", SHOWN)
def test_segments_are_their_blocks_merged(tape, session, shown):
    for segment in Segment:
        blocks = tape.block_bars(shown, tape.blocks((segment,), session, session + 1))
        whole = merged(blocks, np.zeros_like(blocks.start))
        assert same(whole, tape.segment_bars(shown, segment, session, session + 1))


@pytest.mark.parametrize("shown", SHOWN)
def test_blocks_are_their_minutes_merged(tape, session, shown):
    blocks = tape.blocks(tuple(Segment), session, session + 1)
    minutes = tape.minute_bars(shown, blocks)
    assert same(merged(minutes, minutes.start // 1800), tape.block_bars(shown, blocks))


@pytest.mark.parametrize("shown", SHOWN)
def test_minutes_are_their_slots_merged(tape, session, shown):
    blocks = tape.blocks(tuple(Segment), session, session + 1)
    minutes = tape.minute_bars(shown, blocks)
    for place in range(0, len(minutes.start), 149):
        slots = tape.slot_bars(shown, int(minutes.start[place]) // 60)
        assert same(merged(slots, np.zeros_like(slots.start)), minutes.take([place]))


def test_every_block_starts_where_the_one_before_ended_to_the_last_bit(tape, market):
    for year in (2007, 2025, 2026, 2031):
        first = market.sessions.of(date(year, 1, 2)) - 20
        blocks = tape.blocks(tuple(Segment), first, first + 40)
        assert (np.diff(blocks.number) == 1).all()
        assert (blocks.start[1:] == blocks.end[:-1]).all()


def test_a_minute_without_movement_still_trades_at_bid_and_ask(tape, session, market):
    start = market.sessions.start(session, Segment.BEFORE) // 60
    flat = 0
    for minute in range(start, start + 60):
        slots = tape.minute(minute)
        if slots.bid.max() == slots.bid.min() and slots.ask.max() == slots.ask.min():
            flat += 1
            traded = slots.trade[slots.size > 0]
            assert (traded.min(), traded.max()) == (slots.bid[0], slots.ask[0])
    assert flat or tape.minute(start).bid[0] > 10_000


def test_bars_until_a_minute_are_the_whole_session_once_it_is_over(tape, session, market):
    last = market.sessions.end(session, Segment.AFTER) // 60 - 1
    parts = tape.bars_until("TRADES", last)
    minute = tape.minute_bars("TRADES", tape.blocks((Segment.AFTER,), session, session + 1))
    segments = [tape.segment_bars("TRADES", each, session, session + 1) for each in Segment]
    assert parts.volume.sum() + minute.volume[-1] == sum(int(each.volume[0]) for each in segments)
    assert max(parts.high.max(), minute.high[-1]) == max(int(each.high[0]) for each in segments)
    assert min(parts.low.min(), minute.low[-1]) == min(int(each.low[0]) for each in segments)
    assert parts.open[0] == segments[0].open[0]


def test_a_segment_is_the_same_alone_and_among_others(tape, session):
    many = tape.segment_bars("TRADES", Segment.REGULAR, session - 40, session + 3)
    one = tape.segment_bars("TRADES", Segment.REGULAR, session, session + 1)
    assert all(
        column[40] == alone[0] for column, alone in zip(many, one, strict=True)
    )  # the average too: no padding may weigh in it


def test_what_is_kept_of_a_session_changes_no_bar(tape, session, market):
    minute = market.sessions.end(session, Segment.REGULAR) // 60 + 40
    kept = tape.bars_until("TRADES", minute)
    regular = tape.segment_bars("TRADES", Segment.REGULAR, session, session + 1)
    for column, alone in zip(kept, regular, strict=True):
        assert column[1] == alone[0]


def test_the_official_close_is_the_last_trade_of_regular_hours(tape, session):
    regular = tape.segment_bars("TRADES", Segment.REGULAR, session, session + 1)
    assert tape.official_close(session) * 2 == regular.close[0]


def test_the_middle_of_a_minute_is_that_of_its_first_quote(tape, session, market):
    start = market.sessions.start(session, Segment.REGULAR) // 60
    for minute in range(start - 30, start + 40, 7):
        slots = tape.minute(minute)
        middle = (int(slots.bid[0]) + int(slots.ask[0])) / 200
        assert tape.middle(minute) == pytest.approx(middle, rel=1e-12)


def test_a_minute_of_quotes_holds_together(tape, session, market):
    start = market.sessions.start(session, Segment.REGULAR) // 60
    for minute in (start - 300, start, start + 100):
        slots = tape.minute(minute)
        assert (slots.bid > 0).all()
        assert (slots.bid < slots.ask).all()
        assert ((slots.bid <= slots.trade) & (slots.trade <= slots.ask))[slots.size > 0].all()
        assert slots.size[0] > 0
        assert slots.size[-1] > 0
        assert (slots.size >= 0).all()
        assert (slots.bid_lots > 0).all()
        assert len(slots.bid) == 240
