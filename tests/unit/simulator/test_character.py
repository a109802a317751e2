"""Statistics: the market behaves about as stocks do."""

from __future__ import annotations

import numpy as np
import pytest

from workstation.simulator.character import character
from workstation.simulator.sessions import Segment

YEARS = 3


@pytest.fixture(scope="module")
def returns(market):
    """Daily returns of a tenth of all stocks, and of some that are known, over three years."""
    last = market.sessions.at(market.now() // 10**9)
    names = {stock.symbol for stock in market.universe.stocks[::10]}
    names |= {"AAPL", "MSFT", "KO", "PG", "XOM", "CVX", "GOOG", "GOOGL"}
    closes = {
        name: market.tape(name).segment_bars("TRADES", Segment.REGULAR, last - 252 * YEARS, last)
        for name in names
    }
    return {name: np.diff(np.log(bars.close)) for name, bars in closes.items()}


def correlation(returns, one, other):
    return np.corrcoef(returns[one], returns[other])[0, 1]


def test_volatility_is_about_that_of_the_stock(market, returns):
    for name, daily in returns.items():
        expected = market.universe.by_symbol(name).character.volatility
        assert daily.std() * np.sqrt(252) == pytest.approx(expected, rel=0.12)


def test_stocks_move_together_as_a_market(returns):
    names = sorted(returns.keys() - {"GOOG"})
    matrix = np.corrcoef([returns[name] for name in names])
    pairs = matrix[np.triu_indices(len(names), 1)]
    assert 0.25 < pairs.mean() < 0.5
    assert pairs.min() > 0.05
    assert pairs.max() < 0.75


def test_stocks_of_a_sector_move_together_more(returns):
    inside = [
        correlation(returns, *pair) for pair in (("AAPL", "MSFT"), ("KO", "PG"), ("XOM", "CVX"))
    ]
    across = [
        correlation(returns, *pair) for pair in (("AAPL", "KO"), ("MSFT", "XOM"), ("PG", "CVX"))
    ]
    assert np.mean(inside) > np.mean(across) + 0.05


def test_classes_of_one_company_move_as_one(returns):
    assert correlation(returns, "GOOG", "GOOGL") > 0.99


def test_minutes_move_together_too(market):
    session = market.sessions.at(market.now() // 10**9) - 1
    moves = []
    for name in ("AAPL", "MSFT"):
        tape = market.tape(name)
        minutes = tape.minute_bars(
            "MIDPOINT", tape.blocks((Segment.REGULAR,), session, session + 1)
        )
        moves.append(np.diff(np.log(minutes.close)))
    assert 0.25 < np.corrcoef(moves)[0, 1] < 0.65


def test_regular_hours_are_livelier_than_the_night(market):
    session = market.sessions.at(market.now() // 10**9) - 1
    tape = market.tape("AAPL")
    minutes = [
        tape.minute_bars("TRADES", tape.blocks((segment,), session, session + 1))
        for segment in (Segment.BEFORE, Segment.REGULAR)
    ]
    night, day = (np.log(bars.high / bars.low).mean() for bars in minutes)
    assert night < 0.6 * day
    assert minutes[0].volume.mean() < 0.1 * minutes[1].volume.mean()


def test_prices_are_plausible_across_the_universe(market):
    prices = np.array([market.quote(stock.symbol).last for stock in market.universe.stocks])
    assert 80 < np.median(prices) < 200
    assert prices.min() > 3
    assert prices.max() < 25_000
    assert len(set(prices)) > 480


def test_the_best_known_names_are_quoted_a_cent_wide(market, now_ns):
    for name in ("AAPL", "F", "BAC", "KO"):
        spreads = [
            round((quote.ask - quote.bid) * 100)
            for quote in (market.quote(name, now_ns - back * 10**9) for back in range(60))
        ]
        assert min(spreads) == 1
        assert np.mean(spreads) < 2.5


def test_traits_depend_on_no_seed_and_their_loadings_add_up():
    traits = character("XYZ", "Energy")
    assert traits == character("XYZ", "Energy")
    squares = traits.market_share**2 + traits.sector_share**2 + traits.own_share**2
    assert squares == pytest.approx(1.0)


def test_a_sector_without_a_name_is_no_obstacle():
    assert character("XYZ", "Unclassified").volatility > 0
