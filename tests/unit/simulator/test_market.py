"""The market: a pure function of seed and time, whoever looks and in whatever order."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.errors import InvalidValue, RequestError
from workstation.simulator.history import BarRequest, History
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.market import SLOT_NS, Market
from workstation.simulator.sessions import Segment

SECOND = 10**9
MINUTE = 60 * SECOND


def at_ns(text):
    moment = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=NEW_YORK)
    return int(moment.timestamp()) * SECOND


@pytest.fixture
def fresh(now_ns):
    """Makes markets that have kept nothing yet."""
    return lambda seed=7: Market(seed, lambda: now_ns)


def test_the_same_seed_and_time_show_the_same_quotes(fresh, now_ns):
    first, second = fresh(), fresh()
    for symbol in ("AAPL", "BRK B", "NVR"):
        assert first.quote(symbol) == second.quote(symbol, now_ns)


def test_another_seed_is_another_market(fresh):
    first, second = fresh(7).quote("AAPL"), fresh(8).quote("AAPL")
    assert first.last != second.last
    assert first.previous_close != second.previous_close


def test_quotes_are_the_same_in_any_order_of_asking(fresh, now_ns):
    times = [now_ns - back * 17 * SECOND for back in range(12)]
    forward, backward = fresh(), fresh()
    expected = [forward.quote("KO", time) for time in times]
    assert [backward.quote("KO", time) for time in reversed(times)] == expected[::-1]


def test_quotes_do_not_depend_on_who_watches(fresh, now_ns):
    watched, alone = fresh(), fresh()
    for symbol in ("AAPL", "KO", "XOM"):
        watched.watch(symbol)
    for step in range(300):
        list(watched.advance(now_ns + step * SECOND))
    later = now_ns + 300 * SECOND
    assert watched.quote("KO", later) == alone.quote("KO", later)
    assert watched.quote("F", later) == alone.quote("F", later)


def test_a_known_quote(fresh):
    quote = fresh().quote("AAPL")
    assert (quote.bid, quote.ask, quote.last) == (219.6, 219.61, 219.6)


def test_the_past_can_be_asked_for(market, now_ns):
    before = market.quote("AAPL", now_ns - 3600 * SECOND)
    assert before.time_ns <= now_ns - 3600 * SECOND
    assert before.volume < market.quote("AAPL").volume
    assert before.previous_close == market.quote("AAPL").previous_close


def test_a_quote_holds_together_for_every_stock(market):
    for stock in market.universe.stocks:
        quote = market.quote(stock.symbol)
        assert 0 < quote.bid < quote.ask
        assert quote.low <= quote.last <= quote.high
        assert quote.low <= quote.open <= quote.high
        assert quote.bid_size > 0
        assert quote.ask_size > 0
        assert quote.last_size > 0
        assert quote.volume >= quote.trades > 0
        assert quote.last_time_ns <= quote.time_ns <= market.now()
        assert (quote.ask - quote.bid) / quote.bid < 0.01


def test_prices_are_whole_cents(market):
    for symbol in ("AAPL", "F", "NVR"):
        quote = market.quote(symbol)
        for price in (quote.bid, quote.ask, quote.last, quote.open, quote.high, quote.low):
            assert price == round(price, 2)


def test_a_trade_takes_place_within_the_quote_of_its_moment(market, now_ns):
    for back in range(50):
        quote = market.quote("MSFT", now_ns - back * 20 * SECOND)
        then = market.quote("MSFT", quote.last_time_ns)
        assert then.bid <= quote.last <= then.ask
        assert (then.last, then.last_size) == (quote.last, quote.last_size)


def test_a_day_only_ever_extends_high_low_and_volume(market, now_ns):
    quotes = [market.quote("TSLA", now_ns + step * 7 * SECOND) for step in range(100)]
    for earlier, later in pairwise(quotes):
        assert later.high >= earlier.high
        assert later.low <= earlier.low
        assert later.volume >= earlier.volume
        assert later.trades >= earlier.trades
        assert (later.open, later.previous_close) == (earlier.open, earlier.previous_close)


@pytest.mark.parametrize(
    "moment",
    ["2026-11-24 03:00:00", "2026-11-21 14:00:00", "2026-12-25 12:00:00", "2026-11-24 19:00:00"],
    ids=["night", "weekend", "holiday", "evening"],
)
def test_prices_move_at_any_hour(market, moment):
    start = at_ns(moment)
    quotes = [market.quote("AAPL", start + step * SECOND) for step in range(120)]
    assert len({quote.last for quote in quotes}) > 1
    assert len({quote.trades for quote in quotes}) > 10
    assert len({(quote.bid_size, quote.ask_size) for quote in quotes}) > 50


def test_a_new_session_begins_at_midnight_in_new_york(market):
    midnight = at_ns("2026-11-24 00:00:00")
    before, after = (market.quote("KO", midnight + step * SECOND) for step in (-2, 2))
    assert after.volume < before.volume
    assert after.open == pytest.approx(before.last, abs=0.05)
    assert after.previous_close != before.previous_close


def test_a_weekend_still_shows_friday(market):
    friday, sunday = at_ns("2026-11-20 20:00:00"), at_ns("2026-11-22 20:00:00")
    first, second = market.quote("KO", friday), market.quote("KO", sunday)
    assert (first.open, first.previous_close) == (second.open, second.previous_close)
    assert first.volume < second.volume


def test_the_previous_close_is_the_last_trade_of_regular_hours(market):
    phase = market.quote("KO").time_ns % SLOT_NS
    last_slot = at_ns("2026-11-20 16:00:00") - SLOT_NS + phase
    assert market.quote("KO").previous_close == market.quote("KO", last_slot).last
    assert market.quote("KO", last_slot).last_time_ns == last_slot


def test_prices_stay_above_zero_through_all_history(market):
    sessions = market.sessions
    for stock in market.universe.stocks[::25]:
        tape = market.tape(stock.symbol)
        bars = tape.segment_bars("BID", Segment.REGULAR, 250, len(sessions) - 500)
        assert bars.low.min() > 0


def test_an_unknown_stock_is_refused(market):
    for ask in (market.quote, market.watch, market.tape):
        with pytest.raises(RequestError, match="APPL") as refused:
            ask("APPL")
        assert refused.value.code == 200


def test_a_time_beyond_the_market_is_refused(market):
    with pytest.raises(InvalidValue):
        market.quote("AAPL", at_ns("2004-06-01 12:00:00"))


def test_advancing_tells_of_every_slot_in_order_of_time(fresh, now_ns):
    market = fresh()
    market.watch("AAPL")
    market.watch("KO")
    list(market.advance(now_ns))
    updates = list(market.advance(now_ns + 2 * SECOND))
    assert len(updates) == 16
    times = [update.quote.time_ns for update in updates]
    assert times == sorted(times)
    for update in updates:
        assert update.quote == fresh().quote(update.symbol, update.quote.time_ns)
        assert update.quote.time_ns - update.previous.time_ns == SLOT_NS


def test_the_first_update_is_the_quote_that_stands(fresh, now_ns):
    market = fresh()
    market.watch("AAPL")
    (update,) = market.advance(now_ns)
    assert update == ("AAPL", None, fresh().quote("AAPL"))
    assert list(market.advance(now_ns)) == []


def test_small_steps_tell_the_same_as_large_ones(fresh, now_ns):
    small, large = fresh(), fresh()
    small.watch("AAPL")
    large.watch("AAPL")
    list(small.advance(now_ns))
    list(large.advance(now_ns))
    steps = [u for step in range(1, 41) for u in small.advance(now_ns + step * 50_000_000)]
    assert steps == list(large.advance(now_ns + 2 * SECOND))


def test_after_a_long_pause_only_the_newest_quote_comes(fresh, now_ns):
    market = fresh()
    market.watch("AAPL")
    (first,) = market.advance(now_ns)
    (update,) = market.advance(now_ns + 10 * MINUTE)
    assert update.previous == first.quote
    assert update.quote == fresh().quote("AAPL", now_ns + 10 * MINUTE)


def test_time_that_stands_still_or_runs_back_tells_nothing(fresh, now_ns):
    market = fresh()
    market.watch("AAPL")
    list(market.advance(now_ns))
    assert list(market.advance(now_ns - MINUTE)) == []


def test_every_watch_needs_its_own_unwatch(fresh, now_ns):
    market = fresh()
    market.watch("AAPL")
    market.watch("AAPL")
    market.unwatch("AAPL")
    assert len(list(market.advance(now_ns))) == 1
    market.unwatch("AAPL")
    assert list(market.advance(now_ns + SECOND)) == []
    with pytest.raises(KeyError):
        market.unwatch("AAPL")


def test_stocks_do_not_all_move_in_the_same_instant(market):
    phases = {market.quote(stock.symbol).time_ns % SLOT_NS for stock in market.universe.stocks}
    assert len(phases) > 400


@given(
    symbol=st.sampled_from(["A", "BRK B", "F", "MSFT", "NVR", "TSLA"]),
    seconds=st.integers(1_136_300_000, 2_366_000_000),
    seed=st.integers(-5, 5),
)
@settings(max_examples=60, deadline=None)
def test_at_any_instant_of_thirty_nine_years_a_quote_agrees_with_its_day(symbol, seconds, seed):
    market = Market(seed, lambda: seconds * SECOND)
    quote = market.quote(symbol)
    assert 0 < quote.bid < quote.ask
    assert quote.low <= min(quote.open, quote.last)
    assert quote.high >= max(quote.open, quote.last)
    bars = History(market).bars(BarRequest(symbol, "1 day", "1 D", use_regular_hours=False))
    told = (quote.open, quote.high, quote.low, quote.last, quote.volume, quote.trades)
    assert told == tuple(
        column[-1]
        for column in (bars.open, bars.high, bars.low, bars.close, bars.volume, bars.trades)
    )
    day = market.sessions.at(seconds)
    assert bars.starts == [market.sessions.start(day, Segment.BEFORE)]
