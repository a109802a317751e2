"""Volatility: a level that wanders, a term structure that forgets, and a smile."""

from __future__ import annotations

import math
from statistics import fmean, stdev

import pytest

from workstation.simulator.character import character
from workstation.simulator.volatility import VolatilitySurface

TRAITS = character("AAPL", "Information Technology")
DAYS = range(20_000, 20_400)


@pytest.fixture
def surface():
    return VolatilitySurface(TRAITS, 7)


def at_money(surface, years, day):
    forward = 100.0 * math.exp((0.04 - TRAITS.dividend_yield) * years)
    return surface.implied(100.0, forward, years, day)


def test_options_cost_a_little_more_than_what_the_stock_moves(surface):
    usual = fmean(at_money(surface, 0.25, day) for day in DAYS)
    assert TRAITS.volatility < usual < 1.15 * TRAITS.volatility


def test_near_expiries_follow_the_level_and_far_ones_forget_it(surface):
    near, far = ([math.log(at_money(surface, years, day)) for day in DAYS] for years in (0.02, 2.0))
    assert 0.05 < stdev(near) < 0.2
    assert stdev(far) < 0.05 * stdev(near)


def test_the_level_has_no_jump_at_midnight(surface):
    before, after = (at_money(surface, 0.1, 20_000 + step) for step in (-1e-6, 1e-6))
    assert after == pytest.approx(before, rel=1e-5)
    assert at_money(surface, 0.1, 20_000.5) != at_money(surface, 0.1, 20_000.0)


def test_the_smile_is_steeper_below_the_money(surface):
    low, middle, high = (
        surface.implied(100.0, strike, 0.25, 20_000.0) for strike in (80, 100, 120)
    )
    assert low - middle > high - middle
    assert low > 1.08 * middle


def test_no_strike_is_so_far_that_its_volatility_runs_away(surface):
    far = [surface.implied(100.0, strike, 0.01, 20_000.0) for strike in (1.0, 50.0, 200.0, 9_999.0)]
    assert far[0] == far[1] < 2 * TRAITS.volatility
    assert far[2] == far[3] > 0.5 * TRAITS.volatility


def test_all_stocks_share_part_of_the_level_and_a_seed_has_its_own():
    other = character("KO", "Consumer Staples")
    surfaces = [
        VolatilitySurface(TRAITS, 7),
        VolatilitySurface(other, 7),
        VolatilitySurface(TRAITS, 8),
    ]
    apple, coke, elsewhere = (
        [math.log(at_money(surface, 0.02, day)) for day in DAYS] for surface in surfaces
    )
    assert correlation(apple, coke) > 0.35
    assert abs(correlation(apple, elsewhere)) < 0.25


def correlation(one, other):
    ones, others = fmean(one), fmean(other)
    shared = fmean((a - ones) * (b - others) for a, b in zip(one, other, strict=True))
    return shared / (stdev(one) * stdev(other))
