"""Option quotes: no arbitrage, greeks that fit the quote, and one answer for one instant."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

import pytest

from workstation.model import Contract, Option
from workstation.model.contracts import PriceIncrement
from workstation.risk.ticks import is_on_grid
from workstation.simulator.market import Market
from workstation.simulator.options import OptionMarket
from workstation.simulator.pricing import intrinsic_value

TODAY = date(2026, 11, 23)
SECOND = 10**9
NAMES = ["AAPL", "F", "NVR", "KO"]


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


@pytest.fixture(params=[0, 2, -1], ids=["nearest", "near", "far"])
def expiry(request, chains, name):
    return chains.expiries(name, TODAY)[request.param]


@pytest.fixture
def quoted(chains, options, name, expiry):
    """Options of one expiry with their quotes, by right, lowest strike first."""
    wanted = Contract(symbol=name, security_type="OPT", last_trade_date=f"{expiry:%Y%m%d}")
    found = [(option, options.quote(option)) for option in chains.candidates(wanted, TODAY)]
    return {right: [pair for pair in found if pair[0].right == right] for right in "CP"}


def find(chains, *terms):
    (option,) = chains.candidates(Option(*terms), TODAY)
    return option


def test_bids_stand_below_asks_on_the_tick_grid(quoted):
    rule = (
        PriceIncrement(low_edge=0.0, increment=0.01),
        PriceIncrement(low_edge=3.0, increment=0.05),
    )
    for _, quote in (*quoted["C"], *quoted["P"]):
        assert is_on_grid(quote.ask, rule)
        assert quote.ask_size > 0
        assert quote.ask >= quote.model.price
        assert is_on_grid(quote.previous_close, rule)
        if quote.bid is None:
            assert quote.bid_size == 0
            assert quote.bid_model is None
            continue
        assert 0 < quote.bid < quote.ask
        assert is_on_grid(quote.bid, rule)
        assert quote.bid <= quote.model.price
        assert quote.bid_size > 0


def test_no_option_is_worth_less_than_exercising_it(quoted):
    for option, quote in (*quoted["C"], *quoted["P"]):
        spot = quote.model.underlying_price
        assert quote.model.price >= intrinsic_value(option.right, spot, option.strike)
        assert quote.ask >= intrinsic_value(option.right, spot, option.strike)


def test_prices_fall_and_rise_with_the_strike_and_never_faster_than_it(quoted):
    for right, direction in (("C", -1), ("P", 1)):
        for (low, below), (high, above) in pairwise(quoted[right]):
            change = direction * (above.model.price - below.model.price)
            assert -1e-9 <= change <= high.strike - low.strike + 1e-9
            assert direction * (above.ask - below.ask) >= -1e-9
            bids = [quote.bid or 0.0 for quote in (below, above)]
            assert direction * (bids[1] - bids[0]) >= -1e-9


def test_prices_are_convex_in_the_strike(quoted):
    for right in "CP":
        pairs = [(option.strike, quote.model.price) for option, quote in quoted[right]]
        for (a, low), (b, middle), (c, high) in zip(pairs, pairs[1:], pairs[2:], strict=False):
            between = low + (high - low) * (b - a) / (c - a)
            assert middle <= between + 0.001 * b


def test_calls_and_puts_keep_parity(quoted, name, market):
    stock = market.universe.by_symbol(name)
    for (option, call), (_, put) in zip(quoted["C"], quoted["P"], strict=True):
        years = max(0.0, (option.expiry - TODAY).days / 365.0)
        spot, difference = call.model.underlying_price, call.model.price - put.model.price
        slack = 0.02 + 0.003 * spot
        # For American options parity is a range.
        paid = spot * -math.expm1(-stock.character.dividend_yield * years)
        assert difference <= spot - option.strike * math.exp(-0.04 * years) + slack
        assert difference >= spot - paid - option.strike - slack


def test_greeks_have_their_signs(quoted):
    for right, sign in (("C", 1), ("P", -1)):
        for _, quote in quoted[right]:
            model = quote.model
            assert 0 <= sign * model.delta <= 1
            assert model.gamma >= 0
            assert model.vega >= 0
            assert model.theta <= 1e-6 or right == "P"
            assert 0.03 < model.implied_volatility < 3


def test_delta_falls_with_the_strike(quoted):
    for right in "CP":
        deltas = [quote.model.delta for _, quote in quoted[right]]
        assert all(after <= before + 0.01 for before, after in pairwise(deltas))


def test_bid_and_ask_imply_volatilities_around_the_model(quoted):
    both = 0
    for _, quote in (*quoted["C"], *quoted["P"]):
        if quote.bid_model and quote.ask_model and quote.model.vega > 1e-3:
            both += 1
            assert quote.bid_model.implied_volatility <= quote.model.implied_volatility + 1e-3
            assert quote.ask_model.implied_volatility >= quote.model.implied_volatility - 1e-3
            assert (quote.bid_model.price, quote.ask_model.price) == (quote.bid, quote.ask)
    assert both > 4


def test_longer_options_are_worth_more(chains, options, name):
    expiries = chains.expiries(name, TODAY)
    strikes = set.intersection(*(set(chains.strikes(name, each, TODAY)) for each in expiries))
    assert strikes
    for strike in strikes:
        for right in "CP":
            models = [
                options.quote(find(chains, name, f"{expiry:%Y%m%d}", strike, right)).model
                for expiry in expiries
            ]
            for sooner, later in pairwise(models):
                # Expiries are quoted at different fractions of a second.
                moved = sooner.delta * (later.underlying_price - sooner.underlying_price)
                assert later.price >= (sooner.price + moved) * 0.999 - 0.01


def test_far_strikes_below_the_money_imply_more_volatility(chains, options):
    low, middle, high = (
        options.quote(find(chains, "AAPL", "20270115", strike, "P")).model.implied_volatility
        for strike in (180.0, 220.0, 260.0)
    )
    assert low > high > 0
    assert low > middle * 1.1


def test_the_model_looks_at_the_underlying_of_the_same_instant(chains, options, market, now_ns):
    option = find(chains, "AAPL", "20270115", 220.0, "C")
    for step in range(20):
        quote = options.quote(option, now_ns + step * SECOND)
        stock = market.quote("AAPL", quote.time_ns)
        assert quote.model.underlying_price == (stock.bid + stock.ask) / 2


def test_the_same_instant_gives_the_same_quote_in_another_process(chains, options, now_ns):
    option = find(chains, "AAPL", "20270115", 220.0, "C")
    other = OptionMarket(Market(7, lambda: now_ns))
    for back in (0, 5, 3600):
        time_ns = now_ns - back * SECOND
        assert other.quote(option, time_ns) == options.quote(option, time_ns)


def test_another_seed_gives_another_quote(chains, options, now_ns):
    option = find(chains, "AAPL", "20270115", 220.0, "C")
    other = OptionMarket(Market(8, lambda: now_ns))
    assert other.quote(option).model.price != options.quote(option).model.price


def test_volume_grows_and_trades_take_place_within_their_quotes(chains, options, now_ns):
    option = find(chains, "AAPL", "20261218", 220.0, "C")
    quotes = [options.quote(option, now_ns + step * 61 * SECOND) for step in range(40)]
    assert all(later.volume >= sooner.volume for sooner, later in pairwise(quotes))
    assert quotes[-1].volume > quotes[0].volume
    assert len({quote.open_interest for quote in quotes}) == 1
    for quote in quotes:
        assert quote.last_time_ns <= quote.time_ns
        assert 0 < quote.last_size <= quote.volume
        then = options.quote(option, quote.last_time_ns + 2 * SECOND)
        assert quote.last == pytest.approx((then.bid + then.ask) / 2, rel=0.05)


def test_the_previous_close_is_the_model_at_yesterdays_close(chains, options, market):
    option = find(chains, "AAPL", "20270115", 220.0, "C")
    closed = market.sessions.end(market.sessions.of(date(2026, 11, 20)), 1)
    then = options.quote(option, closed * SECOND)
    assert options.quote(option).previous_close == pytest.approx(then.model.price, abs=0.15)


def test_an_expired_option_is_worth_its_intrinsic_value_without_a_market(chains, options, market):
    # Its last day is a half day.
    option = find(chains, "AAPL", "20261127", 200.0, "C")
    closed = market.sessions.end(market.sessions.of(date(2026, 11, 27)), 1)
    alive, over = (options.quote(option, (closed + step) * SECOND) for step in (-5, 5))
    assert alive.bid is not None
    spot = market.tape("AAPL").official_close(market.sessions.of(date(2026, 11, 27))) / 100
    assert over.model.price == pytest.approx(spot - 200.0)
    assert over.model.delta == 1.0
    assert (over.bid, over.ask, over.bid_size, over.ask_size) == (None, None, 0, 0)
    assert over.time_ns == closed * SECOND
    assert over == options.quote(option, (closed + 86_400 * 30) * SECOND)


def test_watched_options_have_a_new_quote_each_second(chains, market, now_ns):
    options = OptionMarket(market)
    watched = [find(chains, "AAPL", "20270115", 220.0, right) for right in "CP"]
    for option in watched:
        options.watch(option)
    first = list(options.advance(now_ns))
    assert [(option, previous) for option, previous, _ in first] == [(o, None) for o in watched]
    steps = [list(options.advance(now_ns + step * SECOND // 4)) for step in range(1, 13)]
    told = [update for step in steps for update in step]
    assert len(told) == 6
    for option, previous, quote in told:
        assert quote == options.quote(option, quote.time_ns)
        assert quote.time_ns - previous.time_ns == SECOND


def test_every_watch_of_an_option_needs_its_own_unwatch(chains, market, now_ns):
    options = OptionMarket(market)
    option = find(chains, "AAPL", "20270115", 220.0, "C")
    options.watch(option)
    options.watch(option)
    options.unwatch(option)
    assert len(list(options.advance(now_ns))) == 1
    options.unwatch(option)
    assert list(options.advance(now_ns + 10 * SECOND)) == []
    with pytest.raises(KeyError):
        options.unwatch(option)


def test_an_option_that_has_expired_is_told_once_more(chains, market):
    options = OptionMarket(market)
    option = find(chains, "AAPL", "20261127", 220.0, "C")
    closed = market.sessions.end(market.sessions.of(date(2026, 11, 27)), 1) * SECOND
    options.watch(option)
    told = [u for step in range(-3, 10) for u in options.advance(closed + step * SECOND)]
    assert told[-1][2].ask is None
    assert sum(quote.ask is None for _, _, quote in told) == 1
