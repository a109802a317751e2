"""Pricing: known values, greeks against finite differences, and the bounds no price may leave."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.simulator.pricing import american_value, implied_value, intrinsic_value

RATE, YIELD = 0.04, 0.01


def value(right, spot, strike, years, volatility=0.3, rate=RATE, dividend_yield=YIELD):
    return american_value(right, spot, strike, years, volatility, rate, dividend_yield)


def european_call(spot, strike, years, volatility, rate):
    """Black and Scholes, without dividends."""
    width = volatility * math.sqrt(years)
    upper = (math.log(spot / strike) + rate * years) / width + width / 2

    def below(number):
        return (1 + math.erf(number / math.sqrt(2))) / 2

    return spot * below(upper) - strike * math.exp(-rate * years) * below(upper - width)


def binomial(right, spot, strike, years, volatility, steps=300):
    """An American option on a tree of Cox, Ross and Rubinstein: slow, and independent of ours."""
    step = years / steps
    up = math.exp(volatility * math.sqrt(step))
    chance = (math.exp((RATE - YIELD) * step) - 1 / up) / (up - 1 / up)
    discount = math.exp(-RATE * step)
    values = [
        intrinsic_value(right, spot * up ** (2 * place - steps), strike)
        for place in range(steps + 1)
    ]
    for level in range(steps - 1, -1, -1):
        values = [
            max(
                intrinsic_value(right, spot * up ** (2 * place - level), strike),
                discount * (chance * values[place + 1] + (1 - chance) * values[place]),
            )
            for place in range(level + 1)
        ]
    return values[0]


@pytest.mark.parametrize("spot", [70.0, 95.0, 100.0, 130.0])
@pytest.mark.parametrize("years", [0.01, 0.25, 2.0])
def test_a_call_without_dividends_is_worth_its_european_twin(spot, years):
    expected = european_call(spot, 100.0, years, 0.3, RATE)
    assert value("C", spot, 100.0, years, dividend_yield=0.0).price == pytest.approx(
        expected, abs=1e-4
    )


@pytest.mark.parametrize(
    ("right", "spot", "years", "volatility"),
    [("P", 90.0, 0.5, 0.3), ("P", 110.0, 1.0, 0.2), ("C", 105.0, 1.0, 0.4), ("P", 70.0, 0.1, 0.5)],
)
def test_american_values_agree_with_a_tree(right, spot, years, volatility):
    expected = binomial(right, spot, 100.0, years, volatility)
    assert value(right, spot, 100.0, years, volatility).price == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("right", ["C", "P"])
@pytest.mark.parametrize("spot", [70.0, 90.0, 100.0, 112.0, 140.0])
@pytest.mark.parametrize("years", [2 / 365, 0.1, 0.5, 2.0])
def test_greeks_agree_with_finite_differences(right, spot, years):
    here = value(right, spot, 100.0, years)
    small = 0.02
    above, below = (value(right, spot + move, 100.0, years).price for move in (small, -small))
    assert here.delta == pytest.approx((above - below) / (2 * small), abs=2e-3)
    gamma = (above - 2 * here.price + below) / small**2
    assert here.gamma == pytest.approx(gamma, abs=2e-3, rel=0.02)
    up, down = (value(right, spot, 100.0, years, 0.3 + move).price for move in (1e-4, -1e-4))
    assert here.vega == pytest.approx((up - down) / 2e-4, abs=0.05, rel=5e-3)
    longer, shorter = (
        value(right, spot, 100.0, years * stretch).price for stretch in (1.001, 0.999)
    )
    assert here.theta == pytest.approx((shorter - longer) / (0.002 * years), abs=0.02, rel=0.02)


@pytest.mark.parametrize("years", [0.02, 0.3, 1.5])
def test_price_and_greeks_scale_with_spot_and_strike(years):
    small, large = value("P", 9.0, 10.0, years), value("P", 4500.0, 5000.0, years)
    assert large.price == pytest.approx(500 * small.price)
    assert large.delta == pytest.approx(small.delta)
    assert 500 * large.gamma == pytest.approx(small.gamma)
    assert large.vega == pytest.approx(500 * small.vega)
    assert large.theta == pytest.approx(500 * small.theta)


@given(
    right=st.sampled_from("CP"),
    spot=st.floats(1.0, 10_000.0),
    moneyness=st.floats(-1.0, 1.0),
    years=st.floats(1e-7, 3.0),
    volatility=st.floats(0.05, 2.0),
)
@settings(max_examples=150, deadline=None)
def test_no_price_leaves_its_bounds(right, spot, moneyness, years, volatility):
    strike = spot * math.exp(moneyness)
    priced = value(right, spot, strike, years, volatility)
    assert priced.price >= intrinsic_value(right, spot, strike)
    assert priced.price <= (spot if right == "C" else strike) * (1 + 1e-9)
    assert math.isfinite(sum(priced))


def test_an_option_without_time_is_worth_its_intrinsic_value():
    assert value("C", 110.0, 100.0, 0.0) == (10.0, 1.0, 0.0, 0.0, 0.0)
    assert value("P", 90.0, 100.0, -1.0) == (10.0, -1.0, 0.0, 0.0, 0.0)
    assert value("P", 110.0, 100.0, 0.0) == (0.0, 0.0, 0.0, 0.0, 0.0)


def test_an_hour_before_expiry_an_option_still_has_time_value():
    assert value("C", 100.0, 100.0, 1 / 8760).price == pytest.approx(
        european_call(100.0, 100.0, 1 / 8760, 0.3, RATE), abs=1e-3
    )


@pytest.mark.parametrize("right", ["C", "P"])
@pytest.mark.parametrize("volatility", [0.08, 0.35, 1.4])
@pytest.mark.parametrize("guess", [0.01, 0.3, 5.0])
def test_implied_volatility_gives_the_price_back(right, volatility, guess):
    price = value(right, 100.0, 104.0, 0.2, volatility).price
    implied = implied_value(price, right, 100.0, 104.0, 0.2, RATE, YIELD, guess)
    assert implied.volatility == pytest.approx(volatility, abs=2e-4)
    assert implied.value.price == pytest.approx(price, abs=1e-4)


@pytest.mark.parametrize(
    ("price", "years"),
    [(10.0, 0.2), (9.0, 0.2), (0.0, 0.2), (99.99, 0.2), (12.0, 0.0)],
    ids=["intrinsic", "below intrinsic", "worthless", "too dear", "expired"],
)
def test_no_volatility_gives_an_impossible_price(price, years):
    assert implied_value(price, "P", 90.0, 100.0, years, RATE, YIELD, 0.3) is None


def test_quantlib_is_imported_by_the_first_price_and_not_before():
    script = (
        "import sys; from workstation.simulator import options, pricing;"
        "early = 'QuantLib' in sys.modules;"
        "pricing.american_value('C', 1.0, 1.0, 1.0, 0.2, 0.0, 0.0);"
        "sys.exit(early or 'QuantLib' not in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
