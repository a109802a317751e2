"""History: bars agree with each other and with the ticks, and requests are checked."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.errors import InvalidValue, RequestError
from workstation.simulator.bar_request import (
    BAR_SIZES,
    parse_bar_size,
    parse_duration,
    parse_end,
    parse_shown,
)
from workstation.simulator.history import BarRequest, History
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.market import SLOT_NS, Market

SECOND = 10**9


def seconds(text):
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=NEW_YORK).timestamp())


def text(start):
    return datetime.fromtimestamp(start, NEW_YORK).strftime("%Y-%m-%d %H:%M:%S")


def rows(columns):
    """Bars as (start, open, high, low, close, volume, trades)."""
    return list(
        zip(
            columns.starts,
            columns.open,
            columns.high,
            columns.low,
            columns.close,
            columns.volume,
            columns.trades,
            strict=True,
        )
    )


def merged(bars, start_of):
    """Coarser bars, from the starts that `start_of` gives."""
    coarse = {}
    for start, opened, high, low, close, volume, trades in bars:
        key = start_of(start)
        if key not in coarse:
            coarse[key] = [key, opened, high, low, close, volume, trades]
            continue
        bar = coarse[key]
        bar[2], bar[3], bar[4] = max(bar[2], high), min(bar[3], low), close
        if bar[5] >= 0:
            bar[5], bar[6] = bar[5] + volume, bar[6] + trades
    return [tuple(bar) for bar in coarse.values()]


def midnight(start):
    day = datetime.fromtimestamp(start, NEW_YORK).replace(hour=0, minute=0, second=0)
    return int(day.timestamp())


def ask(history, **fields):
    return history.bars(BarRequest("AAPL", **fields))


SHOWN = ["TRADES", "MIDPOINT", "BID", "ASK"]


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("regular", [True, False])
@pytest.mark.parametrize(
    ("fine", "coarse", "count"),
    [("1 min", "5 mins", 300), ("5 mins", "30 mins", 1800), ("30 mins", "1 hour", 3600)],
)
def test_coarse_bars_are_fine_bars_merged(history, shown, regular, fine, coarse, count):
    fields = {"duration": "3 D", "what_to_show": shown, "use_regular_hours": regular}
    many = ask(history, bar_size=fine, **fields)
    few = ask(history, bar_size=coarse, **fields)
    opens = {midnight(start): start for start in reversed(many.starts)}
    expected = merged(rows(many), lambda start: max(start - start % count, opens[midnight(start)]))
    assert rows(few) == expected


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("regular", [True, False])
def test_a_day_is_its_minutes_merged_to_the_newest_trade(history, shown, regular):
    fields = {"duration": "3 D", "what_to_show": shown, "use_regular_hours": regular}
    minutes = ask(history, bar_size="1 min", **fields)
    days = ask(history, bar_size="1 day", **fields)
    assert len(days.starts) == 3
    # No weekend lies between, in which minutes belong to Friday.
    assert rows(days)[-1] == merged(rows(minutes), midnight)[-1]
    assert rows(days)[0][1] == minutes.open[0]


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("size", ["1 secs", "5 secs", "10 secs", "15 secs", "30 secs"])
def test_a_minute_is_its_seconds_merged(history, shown, size):
    fields = {"what_to_show": shown, "use_regular_hours": False, "duration": "600 S"}
    fine = ask(history, bar_size=size, **fields)
    minutes = ask(history, bar_size="1 min", **fields)
    expected = merged(rows(fine), lambda start: start - start % 60)
    # The first minute began before the seconds that were asked for.
    assert rows(minutes)[1:] == expected[1:]


@pytest.mark.parametrize("unit", ["1 week", "1 month"])
def test_weeks_and_months_are_their_days_merged(history, unit):
    days = ask(history, bar_size="1 day", duration="1 Y")
    coarse = ask(history, bar_size=unit, duration="1 Y")

    def period(start):
        day = datetime.fromtimestamp(start, NEW_YORK).date()
        return day.isocalendar()[:2] if unit == "1 week" else (day.year, day.month)

    expected = merged(rows(days), period)
    assert [row[1:] for row in rows(coarse)] == [row[1:] for row in expected]
    last_days = {period(start): start for start in days.starts}
    assert coarse.starts == list(last_days.values())


def test_the_day_bar_agrees_with_the_ticks_at_every_instant(market, now_ns):
    request = BarRequest("KO", "1 day", "1 D", use_regular_hours=False)
    history = History(market)
    for step in range(40):
        time_ns = now_ns + step * 7_777_777_777
        quote, bar = market.quote("KO", time_ns), rows(history.bars(request, time_ns))[-1]
        expected = (quote.open, quote.high, quote.low, quote.last, quote.volume, quote.trades)
        assert bar[1:] == expected


def test_bars_agree_with_the_ticks_that_were_seen(now_ns):
    market = Market(7, lambda: now_ns)
    market.watch("TSLA")
    seen = [u.quote for s in range(1, 601) for u in market.advance(now_ns + s * SLOT_NS)]
    traded = [quote for quote in seen if quote.last_time_ns == quote.time_ns]
    request = BarRequest("TSLA", "1 min", "180 S", use_regular_hours=False)
    start, opened, high, low, close, volume, trades = rows(
        History(Market(7, lambda: now_ns)).bars(request, now_ns + 150 * SECOND)
    )[-2]
    phase = seen[0].time_ns % SLOT_NS
    inside = [quote for quote in traded if 0 <= (quote.time_ns - phase) - start * SECOND < 60e9]
    prices = [quote.last for quote in inside]
    assert (opened, close) == (prices[0], prices[-1])
    assert (high, low) == (max(prices), min(prices))
    assert (volume, trades) == (sum(quote.last_size for quote in inside), len(inside))


@pytest.mark.parametrize(("shown", "field"), [("BID", "bid"), ("ASK", "ask")])
def test_quote_bars_agree_with_the_quotes(market, history, now_ns, shown, field):
    columns = history.bars(
        BarRequest("NVR", "1 secs", "60 S", shown, use_regular_hours=False), now_ns
    )
    phase = market.quote("NVR").time_ns % SLOT_NS
    for start, opened, high, low, close, *_ in rows(columns)[1:-1]:
        prices = [
            getattr(market.quote("NVR", start * SECOND + phase + slot * SLOT_NS), field)
            for slot in range(4)
        ]
        assert (opened, high, low, close) == (prices[0], max(prices), min(prices), prices[-1])


def test_the_previous_close_is_the_last_but_one_daily_bar(market, history):
    bars = ask(history, bar_size="1 day", duration="5 D")
    assert bars.close[-2] == market.quote("AAPL").previous_close
    assert bars.close[-1] == market.quote("AAPL").last


def test_bars_of_the_past_stay_what_they_were(market, now_ns):
    request = BarRequest("AAPL", "1 day", "1 M")
    earlier = rows(History(market).bars(request, now_ns))
    later = rows(History(Market(7, lambda: 0)).bars(request, now_ns + 3 * 86_400 * SECOND))
    known = {row[0]: row for row in later}
    compared = [row == known[row[0]] for row in earlier[:-1] if row[0] in known]
    assert len(compared) > 15
    assert all(compared)


def test_a_year_of_days_is_the_calendar(history, market):
    bars = ask(history, bar_size="1 day", duration="1 Y")
    days = [datetime.fromtimestamp(start, NEW_YORK) for start in bars.starts]
    assert all((day.hour, day.minute) == (0, 0) for day in days)
    sessions = market.sessions
    expected = sessions.dates[
        sessions.of(date(2025, 11, 23)) + 1 : sessions.of(date(2026, 11, 23)) + 1
    ]
    assert [day.date() for day in days] == expected
    assert bars.whole_days


def test_every_bar_holds_together(history):
    for size in ("30 secs", "1 min", "20 mins", "4 hours", "1 day", "1 month"):
        bars = ask(history, bar_size=size, duration="3600 S" if "sec" in size else "1 W")
        assert bars.starts == sorted(set(bars.starts))
        for opened, high, low, close, average in zip(
            bars.open, bars.high, bars.low, bars.close, bars.average, strict=True
        ):
            assert 0 < low <= min(opened, close) <= max(opened, close) <= high
            assert low <= average <= high


def test_gaps_between_days_are_small_against_days(history):
    bars = ask(history, bar_size="1 day", duration="2 Y")
    gaps = [
        abs(after / before - 1) for before, after in zip(bars.close, bars.open[1:], strict=False)
    ]
    spans = [high / low - 1 for high, low in zip(bars.high, bars.low, strict=True)]
    assert sum(gaps) / len(gaps) < 0.5 * sum(spans) / len(spans)


def test_regular_hours_are_those_of_the_exchange(history):
    bars = history.bars(
        BarRequest("AAPL", "1 min", "1 D", end="20261127 23:00:00 US/Eastern"), 2 * 10**18
    )
    assert (text(bars.starts[0]), text(bars.starts[-1])) == (
        "2026-11-27 09:30:00",
        "2026-11-27 12:59:00",
    )
    assert len(bars.starts) == 210


def test_hours_begin_on_the_clock_and_the_first_one_at_the_opening(history):
    bars = ask(history, bar_size="1 hour", duration="1 D")
    assert [text(start)[11:16] for start in bars.starts] == [
        "09:30",
        "10:00",
        "11:00",
        "12:00",
        "13:00",
    ]


def test_all_hours_reach_from_midnight_to_the_present(history):
    bars = ask(history, bar_size="1 hour", duration="1 D", use_regular_hours=False)
    assert text(bars.starts[0]) == "2026-11-23 00:00:00"
    assert len(bars.starts) == 14
    assert not bars.whole_days


def test_a_weekend_belongs_to_friday(history):
    now = seconds("2026-11-21 15:00:00") * SECOND
    everything = history.bars(BarRequest("AAPL", "1 day", "1 D", use_regular_hours=False), now)
    regular = history.bars(BarRequest("AAPL", "1 day", "1 D"), now)
    assert text(everything.starts[0]) == text(regular.starts[0]) == "2026-11-20 00:00:00"
    assert everything.volume[0] > regular.volume[0]


def test_before_the_opening_regular_bars_end_with_the_day_before(history):
    now = seconds("2026-11-24 07:00:00") * SECOND
    for size in ("1 min", "1 hour", "1 day"):
        bars = history.bars(BarRequest("AAPL", size, "1 D"), now)
        assert text(bars.starts[-1])[:10] == "2026-11-23"
        assert text(bars.starts[0])[:10] == "2026-11-23"


@pytest.mark.parametrize(
    ("duration", "size", "count"),
    [
        ("1 D", "1 min", 264),
        ("2 D", "1 min", 264 + 390),
        ("1800 S", "1 min", 31),
        ("90 S", "30 secs", 4),
        ("1 W", "1 day", 5),
        ("2 W", "1 day", 10),
        ("1 M", "1 day", 21),
        ("20 D", "1 day", 20),
        ("1 D", "1 day", 1),
    ],
)
def test_durations_reach_back_as_far_as_they_say(history, duration, size, count):
    assert len(ask(history, bar_size=size, duration=duration).starts) == count


def test_seconds_are_counted_in_time_that_trades(history):
    now = seconds("2026-11-24 09:35:00") * SECOND
    bars = history.bars(BarRequest("AAPL", "1 min", "600 S"), now)
    assert [text(bars.starts[place])[5:16] for place in (0, 4, 5)] == [
        "11-23 15:55",
        "11-23 15:59",
        "11-24 09:30",
    ]


def test_an_end_cuts_bars_off(history):
    bars = ask(history, bar_size="5 mins", duration="1 D", end="20261120 10:02:30 US/Eastern")
    assert (text(bars.starts[0]), text(bars.starts[-1])) == (
        "2026-11-20 09:30:00",
        "2026-11-20 10:00:00",
    )
    whole = ask(history, bar_size="5 mins", duration="1 D", end="20261120 10:05:00 US/Eastern")
    assert bars.volume[-1] < whole.volume[-1]
    assert rows(bars)[:-1] == rows(whole)[:-1]


def test_an_end_in_the_future_is_now(history):
    fields = {"bar_size": "1 min", "duration": "1 D"}
    assert ask(history, **fields, end="20301120 10:00:00 UTC")[:8] == ask(history, **fields)[:8]


@pytest.mark.parametrize("size", ["5 secs", "1 min", "1 hour", "1 day", "1 week", "1 month"])
@pytest.mark.parametrize("regular", [True, False])
def test_the_current_bar_is_the_last_one(history, size, regular):
    request = BarRequest(
        "AAPL",
        size,
        "1800 S" if "secs" in size else "6 M" if "m" in size[-5:] else "5 D",
        use_regular_hours=regular,
    )
    if size == "1 min":
        request = request._replace(duration="1 D")
    current = history.current_bar(request)
    assert len(current.starts) == 1
    assert rows(current)[0] == rows(history.bars(request))[-1]


def test_the_head_is_the_first_bar_there_is(history):
    head = history.head("AAPL")
    assert text(head) == "2006-01-03 09:30:00"
    assert text(history.head("AAPL", use_regular_hours=False)) == "2006-01-03 00:00:00"
    bars = ask(history, bar_size="1 day", duration="40 Y")
    assert text(bars.starts[0])[:10] == "2006-01-03"
    assert len(bars.starts) > 5000
    none = ask(history, bar_size="1 day", duration="1 Y", end="20050601 00:00:00 UTC")
    assert none.starts == []


def test_adjusted_prices_are_the_prices_traded(history):
    assert ask(history, what_to_show="ADJUSTED_LAST") == ask(history, what_to_show="TRADES")


def test_quotes_have_no_volume(history):
    bars = ask(history, what_to_show="MIDPOINT", duration="1 W")
    assert set(bars.volume) == set(bars.average) == set(bars.trades) == {-1}


def test_midpoints_lie_between_bids_and_asks(history):
    bids, middles, asks = (
        ask(history, bar_size="1 min", duration="1 D", what_to_show=shown)
        for shown in ("BID", "MIDPOINT", "ASK")
    )
    # Only in minutes that are over: quotes may be wider in between, but not at the extremes.
    highs = list(zip(bids.high, middles.high, asks.high, strict=True))[:-1]
    for bid, middle, offer in highs:
        assert middle == pytest.approx((bid + offer) / 2)


def test_seconds_without_a_trade_repeat_the_last_price(history):
    bars = history.bars(BarRequest("NVR", "1 secs", "600 S", use_regular_hours=False))
    quiet = [place for place, volume in enumerate(bars.volume) if not volume]
    assert quiet
    for place in quiet:
        price = bars.close[place - 1]
        flat = (bars.open, bars.high, bars.low, bars.close, bars.average)
        assert {column[place] for column in flat} == {price}
    assert all(after - before == 1 for before, after in pairwise(bars.starts))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"bar_size": "7 mins"}, r"bar_size: '7 mins'.*1 secs, 5 secs.*1 month"),
        ({"duration": "1 X"}, r"duration: '1 X'.*S, D, W, M, Y"),
        ({"duration": "0 D"}, r"duration: '0 D'"),
        ({"duration": "-1 D"}, r"duration: '-1 D'"),
        ({"duration": ""}, r"duration: ''"),
        ({"what_to_show": "NOTHING"}, r"what_to_show: 'NOTHING'.*TRADES, MIDPOINT, BID, ASK"),
        ({"end": "yesterday"}, r"end: 'yesterday'.*YYYYMMDD hh:mm:ss Zone"),
        ({"end": "20261301 10:00:00 UTC"}, r"end: '20261301 10:00:00 UTC'"),
        ({"end": "20261120 10:00:00 Mars/North"}, r"no time zone 'Mars/North'"),
        ({"end": "20261120 10:00:00 ../etc"}, r"end: "),
        ({"bar_size": "1 min", "duration": "20 Y"}, r"duration: '20 Y'.*1 min.*3000000 seconds"),
        ({"bar_size": "1 secs", "duration": "2 D"}, r"duration: '2 D'.*28800 seconds"),
    ],
)
def test_what_is_not_legal_is_named_with_what_would_be(history, fields, told):
    with pytest.raises(InvalidValue, match=told):
        ask(history, **fields)


def test_an_unknown_stock_is_refused(history):
    for question in (
        lambda: history.bars(BarRequest("APPL")),
        lambda: history.head("APPL"),
    ):
        with pytest.raises(RequestError) as refused:
            question()
        assert refused.value.code == 200


@pytest.mark.parametrize(
    ("given_end", "utc"),
    [
        ("20261120 10:00:00 US/Eastern", 1795186800),
        ("20261120 10:00:00 America/New_York", 1795186800),
        ("20261120 10:00:00", 1795186800),
        ("20261120 15:00:00 UTC", 1795186800),
        ("20261120-15:00:00", 1795186800),
        ("20261120", 1795237199),
    ],
)
def test_ends_are_read_in_every_form(given_end, utc):
    assert parse_end(given_end) == utc


def test_no_end_means_now():
    assert parse_end("") is None


@given(st.text(max_size=25))
@settings(max_examples=80)
def test_no_text_breaks_the_readers(given_text):
    for parse in (parse_bar_size, parse_duration, parse_shown, parse_end):
        with suppress(InvalidValue):
            parse(given_text)


@pytest.mark.parametrize("size", BAR_SIZES)
def test_every_bar_size_yields_bars(history, size):
    duration = "120 S" if size.endswith("secs") else "2 M"
    bars = ask(history, bar_size=size, duration=duration)
    assert bars.starts
    assert bars.close[-1] == pytest.approx(219.7, abs=1.0)
