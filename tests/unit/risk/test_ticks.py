from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.errors import InvalidValue
from workstation.model import PriceIncrement
from workstation.risk.ticks import decimals, is_on_grid, nearest_legal, step, tick_at

PENNY = (PriceIncrement(low_edge=0.0, increment=0.01),)
OPTION = (
    PriceIncrement(low_edge=0.0, increment=0.05),
    PriceIncrement(low_edge=3.0, increment=0.1),
)
ODD_EDGE = (
    PriceIncrement(low_edge=0.0, increment=0.01),
    PriceIncrement(low_edge=3.02, increment=0.05),
)
COPRIME = (
    PriceIncrement(low_edge=0.0, increment=0.05),
    PriceIncrement(low_edge=0.051, increment=0.03),
)
GRIDS = st.sampled_from([PENNY, OPTION, ODD_EDGE, COPRIME])
PRICES = st.floats(-500, 500).map(lambda price: round(price, 4))


@pytest.mark.parametrize(
    ("price", "increments", "tick"),
    [
        (190.05, PENNY, "0.01"),
        (2.95, OPTION, "0.05"),
        (2.999, OPTION, "0.05"),
        (3.0, OPTION, "0.1"),
        (-3.0, OPTION, "0.1"),
        (0.0, OPTION, "0.05"),
    ],
)
def test_tick_is_that_of_the_band(price, increments, tick):
    assert tick_at(price, increments) == Decimal(tick)


@pytest.mark.parametrize(
    ("price", "increments", "legal"),
    [
        (190.05, PENNY, True),
        (190.055, PENNY, False),
        (0.1 + 0.2, PENNY, False),
        (2.95, OPTION, True),
        (3.05, OPTION, False),
        (3.1, OPTION, True),
        (3.0, ODD_EDGE, True),
        (3.02, ODD_EDGE, False),
        (-3.1, OPTION, True),
        (-3.05, OPTION, False),
        (1e9, PENNY, True),
    ],
)
def test_grid_is_exact(price, increments, legal):
    assert is_on_grid(price, increments) is legal


@pytest.mark.parametrize(
    ("price", "increments", "nearest"),
    [
        (190.055, PENNY, (190.05, 190.06)),
        (190.05, PENNY, (190.05, 190.05)),
        (2.97, OPTION, (2.95, 3.0)),
        (3.04, OPTION, (3.0, 3.1)),
        (3.03, ODD_EDGE, (3.01, 3.05)),
        (3.015, ODD_EDGE, (3.01, 3.05)),
        (0.055, COPRIME, (0.05, 0.06)),
        (-2.97, OPTION, (-3.0, -2.95)),
        (0.001, PENNY, (0.0, 0.01)),
    ],
)
def test_nearest_legal_prices_enclose(price, increments, nearest):
    assert nearest_legal(price, increments) == nearest


@pytest.mark.parametrize(
    ("price", "count", "increments", "expected"),
    [
        (190.05, 1, PENNY, 190.06),
        (190.05, -1, PENNY, 190.04),
        (190.05, 10, PENNY, 190.15),
        (190.05, 0, PENNY, 190.05),
        (2.95, 2, OPTION, 3.1),
        (3.1, -2, OPTION, 2.95),
        (190.055, 1, PENNY, 190.06),
        (190.055, -1, PENNY, 190.05),
        (0.05, 1, COPRIME, 0.06),
        (0.06, -1, COPRIME, 0.05),
        (-3.0, 1, OPTION, -2.95),
        (0.05, -2, OPTION, -0.05),
    ],
)
def test_step_goes_from_legal_price_to_legal_price(price, count, increments, expected):
    assert step(price, count, increments) == expected


@pytest.mark.parametrize(
    ("increments", "price", "expected"),
    [
        (PENNY, 1.0, 2),
        (OPTION, 5.0, 2),
        ((PriceIncrement(low_edge=0.0, increment=0.0001),), 1.0, 4),
        ((PriceIncrement(low_edge=0.0, increment=0.25),), 1.0, 2),
        ((PriceIncrement(low_edge=0.0, increment=0.0078125),), 1.0, 7),
        ((PriceIncrement(low_edge=0.0, increment=1.0),), 1.0, 2),
        ((PriceIncrement(low_edge=0.0, increment=1e-8),), 1.0, 8),
    ],
)
def test_decimals_show_every_legal_price(increments, price, expected):
    assert decimals(increments, price) == expected


@pytest.mark.parametrize("price", [math.nan, math.inf, -math.inf])
def test_price_that_is_no_number_is_refused(price):
    with pytest.raises(InvalidValue, match="finite"):
        is_on_grid(price, PENNY)


@pytest.mark.parametrize(
    "increments",
    [(), (PriceIncrement(low_edge=0.0, increment=0.0),), (PriceIncrement(increment=math.nan),)],
)
def test_grid_without_steps_is_refused(increments):
    with pytest.raises(InvalidValue, match="price step"):
        nearest_legal(1.0, increments)


def test_step_of_nothing_beside_real_ones_is_ignored():
    increments = (PriceIncrement(low_edge=0.0, increment=0.0), *OPTION)

    assert tick_at(1.0, increments) == Decimal("0.05")


@given(price=PRICES, increments=GRIDS)
def test_nearest_legal_prices_are_legal_and_have_none_between(price, increments):
    lower, upper = nearest_legal(price, increments)

    assert lower <= price <= upper
    assert is_on_grid(lower, increments)
    assert is_on_grid(upper, increments)
    if lower != upper:
        assert step(lower, 1, increments) == upper
        assert step(upper, -1, increments) == lower


@given(price=PRICES, count=st.integers(-20, 20), increments=GRIDS)
def test_steps_there_and_back_end_where_they_began(price, count, increments):
    start, _ = nearest_legal(price, increments)

    there = step(start, count, increments)

    assert is_on_grid(there, increments)
    assert step(there, -count, increments) == start
