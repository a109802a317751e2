"""Books, single ticks, short bars, histograms, schedules and news, and how they agree."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from workstation import IBKR_API, ClientOptions, RequestError, Stock
from workstation.model import Contract, LimitOrder
from workstation.protocol import catalog

KO = Stock("KO")
MINUTE = "20261123 13:45:00 US/Eastern"


@pytest.fixture
def bridge(serve):
    return serve(pacing=False)


@pytest.fixture
def api(bridge):
    options = ClientOptions(messages_per_second=None)
    with IBKR_API(port=bridge.port, client_id=1, timeout_seconds=20, options=options) as api:
        yield api


def bars(api, size, duration="1800 S", **more):
    return api.request_historical_data(KO, duration=duration, bar_size=size, **more)


def test_trades_of_the_past_make_the_bars_of_their_minute(api):
    ticks = api.request_historical_ticks(KO, start_date_time=MINUTE, number_of_ticks=1000)
    minute = [
        (price, size)
        for time, price, size in zip(ticks.time, ticks.price, ticks.size, strict=True)
        if time < ticks.time[0] // 60 * 60 + 60
    ]
    found = bars(api, "1 min", "60 S", end_date_time="20261123 13:46:00 US/Eastern", format_date=2)
    prices = [price for price, _ in minute]
    assert (found.open[-1], found.close[-1]) == (prices[0], prices[-1])
    assert (found.high[-1], found.low[-1]) == (max(prices), min(prices))
    assert found.volume[-1] == sum(size for _, size in minute)
    assert found.count[-1] == len(minute)


def test_ticks_until_a_moment_are_those_before_it(api):
    until = api.request_historical_ticks(KO, end_date_time=MINUTE, number_of_ticks=5)
    since = api.request_historical_ticks(KO, start_date_time=MINUTE, number_of_ticks=5)
    assert len(until) == len(since) == 5
    assert list(until.time) == sorted(until.time)
    assert until.time[-1] < since.time[0]


@pytest.mark.parametrize("shown", ["BID_ASK", "MIDPOINT"])
def test_quotes_of_the_past_hold_together(api, shown):
    ticks = api.request_historical_ticks(
        KO, start_date_time=MINUTE, number_of_ticks=50, what_to_show=shown
    )
    assert len(ticks) == 50
    if shown == "BID_ASK":
        assert all(b < a for b, a in zip(ticks.bid_price, ticks.ask_price, strict=True))


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"start_date_time": MINUTE, "end_date_time": MINUTE},
        {"start_date_time": "soon"},
        {"start_date_time": MINUTE, "number_of_ticks": 1001},
    ],
)
def test_impossible_ticks_are_refused(api, asked):
    with pytest.raises(RequestError) as refused:
        api.request_historical_ticks(KO, **asked)
    assert refused.value.code == 10187


def test_a_histogram_counts_the_volume_of_the_bars(api):
    found = api.request_histogram_data(KO, time_period="2 days")
    minutes = bars(api, "1 min", "2 D")
    volumes = Counter()
    for price, volume in zip(minutes.close, minutes.volume, strict=True):
        volumes[price] += volume
    assert list(found.price) == sorted(found.price)
    common = set(found.price) & set(volumes)
    assert len(common) > 0.9 * len(volumes)
    assert abs(sum(found.size) - sum(volumes.values())) < 0.01 * float(sum(found.size))


def test_every_trade_is_told_once_as_it_comes(api):
    with api.request_tick_by_tick_data(KO, tick_type="AllLast") as ticks:
        told = [next(ticks) for _ in range(5)]
    start = told[0].time
    past = api.request_historical_ticks(
        KO, end_date_time=str_of(told[-1].time + 1), number_of_ticks=1000
    )
    seen = [
        (time, price, size)
        for time, price, size in zip(past.time, past.price, past.size, strict=True)
        if start < time < told[-1].time
    ]
    inner = [(t.time, t.price, t.size) for t in told if start < t.time < told[-1].time]
    assert inner == seen


def str_of(seconds):
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%d-%H:%M:%S")


@pytest.mark.parametrize("kind", ["BidAsk", "MidPoint"])
def test_quotes_are_told_one_by_one(api, kind):
    with api.request_tick_by_tick_data(KO, tick_type=kind) as ticks:
        tick = next(ticks)
    assert tick.tick_type == {"BidAsk": 3, "MidPoint": 4}[kind]
    assert (tick.bid_price < tick.ask_price) if kind == "BidAsk" else tick.midpoint > 0


def test_bars_of_five_seconds_are_those_of_history(api):
    with api.request_real_time_bars(KO) as stream:
        bar = next(stream)
    assert bar.time % 5 == 0
    history = bars(api, "5 secs", "60 S", format_date=2)
    row = list(history.date).index(str(bar.time))
    assert (bar.open, bar.high, bar.low, bar.close) == (
        *(history.open[row], history.high[row]),
        *(history.low[row], history.close[row]),
    )
    assert (bar.volume, bar.count) == (history.volume[row], history.count[row])


def shown(stream, count):
    """The book after some messages."""
    book = {0: {}, 1: {}}
    for _ in range(count):
        row = next(stream)
        if row.operation == 2:
            book[row.side].pop(row.position, None)
        else:
            book[row.side][row.position] = (row.price, row.size)
    return book


def test_a_book_shows_both_sides_best_first_and_ones_own_order_in_it(api, bridge):
    with api.request_market_depth(KO, number_of_rows=5, is_smart_depth=True) as stream:
        book = shown(stream, 10)
        bids = [book[1][place][0] for place in range(5)]
        asks = [book[0][place][0] for place in range(5)]
        assert bids == sorted(bids, reverse=True)
        assert asks == sorted(asks)
        assert bids[0] < asks[0]
        assert next(stream).name == "market_depth_l2"
    price = round(bids[0] - 0.02, 2)
    api.place_order(api.qualify(KO), LimitOrder("BUY", 77, price))
    with api.request_market_depth(KO, number_of_rows=20, is_smart_depth=True) as stream:
        levels = shown(stream, 40)[1].values()
    assert any(level == price and size % 100 == 77 for level, size in levels)


def test_what_has_no_book_is_refused_and_three_are_the_most(api):
    with pytest.raises(RequestError) as refused, api.request_market_depth(KO) as stream:
        next(stream)
    assert refused.value.code == 10092
    streams = [
        api.request_market_depth(Stock(symbol), is_smart_depth=True)
        for symbol in ("KO", "IBM", "CAT", "JPM")
    ]
    for stream in streams[:3]:
        next(stream)
    with pytest.raises(RequestError) as refused:
        next(streams[3])
    assert refused.value.code == 309
    for stream in streams:
        stream.close()


def test_the_schedule_says_when_the_bars_of_days_were_made(api):
    (answer,) = [
        each
        for each in api.client.answer(
            20,
            type(api.client).request_historical_data,
            KO,
            duration="5 D",
            bar_size="1 day",
            what_to_show="SCHEDULE",
        )
        if isinstance(each, catalog.HistoricalSchedule)
    ]
    days = {each.reference_date for each in answer.sessions}
    assert days >= set(bars(api, "1 day", "3 D").date)
    assert answer.sessions[-1].start == "20261123-09:30:00"


def test_news_are_synthetic_say_so_and_agree_with_the_bars(api):
    coke = api.qualify(KO)
    (provider,) = api.request_news_providers()
    headlines = api.request_historical_news(coke.contract_id, provider.code, total_results=3)
    assert len(headlines) == 3
    assert all("(synthetic)" in each.headline for each in headlines)
    daily = bars(api, "1 day", "5 D")
    assert f"to {daily.close[-2]:.2f}" in headlines[0].headline
    article = api.request_news_article(provider.code, headlines[0].article_id)
    assert f"high {daily.high[-2]:.2f}" in article.text
    with pytest.raises(RequestError):
        api.request_news_article(provider.code, "SIM$0-20200101")
    with pytest.raises(RequestError):
        api.request_historical_news(coke.contract_id, "DJNL")


def test_another_seed_or_stock_shows_other_ticks(serve, api):
    def ticks(api, symbol):
        return api.request_historical_ticks(
            Stock(symbol), start_date_time=MINUTE, number_of_ticks=20
        )

    def depth(api):
        with api.request_market_depth(KO, is_smart_depth=True) as stream:
            return shown(stream, 10)

    with IBKR_API(port=serve(seed=8).port, client_id=1, timeout_seconds=20) as other:
        assert ticks(other, "KO").price != ticks(api, "KO").price
        assert depth(other) != depth(api)
    assert ticks(api, "KO") == ticks(api, "KO")
    assert ticks(api, "IBM").price != ticks(api, "KO").price


def test_options_have_no_single_ticks_and_say_so(api):
    stock = api.qualify(KO)
    (first, *_) = api.request_security_definition_option_parameters("KO", stock.contract_id)
    wanted = Contract(
        symbol="KO", security_type="OPT", last_trade_date=first.expirations[0], exchange="SMART"
    )
    option = api.request_contract_data(wanted)[0].contract
    with pytest.raises(RequestError) as refused:
        api.request_historical_ticks(option, start_date_time=MINUTE)
    assert refused.value.code == 10187
    assert "not simulated" in refused.value.text
