"""What positions need to be held, against figures worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.simulator.chains import OptionListing
from workstation.simulator.margin import Position, margin_of
from workstation.simulator.universe import universe

APPLE, COKE = (universe().by_symbol(each) for each in ("AAPL", "KO"))
NEAR, FAR = date(2026, 12, 18), date(2027, 1, 15)


def shares(count, price=100, stock=APPLE):
    return Position(stock, Decimal(count), Decimal(str(price)), Decimal(str(price)))


def option(count, right, strike, price, *, expiry=NEAR, stock=APPLE):
    number = hash((right, strike, expiry)) & 0xFFFF
    listing = OptionListing(number, stock, expiry, float(strike), right)
    return Position(listing, Decimal(count), Decimal(str(price)), Decimal(100))


@pytest.mark.parametrize(
    ("positions", "initial"),
    [
        ([shares(100)], 2500),
        ([shares(-100)], 3000),
        ([shares(-100, 10)], 500),
        ([shares(-100, 4)], 400),
        ([shares(-100, 1)], 250),
        ([shares(100), shares(-100, 100, COKE)], 5500),
        ([option(1, "C", 100, 3)], 0),
        # Naked: price and 20 % of the stock, less what it is out of the money, at least 10 %.
        ([option(-1, "C", 100, 3)], 2300),
        ([option(-1, "C", 105, 1)], 1600),
        ([option(-1, "C", 150, 0.1)], 1010),
        ([option(-1, "P", 95, 1)], 1600),
        ([option(-1, "P", 50, 0.1)], 510),
        # Covered by the stock.
        ([shares(100), option(-1, "C", 105, 1)], 2500 + 100),
        ([shares(-100), option(-1, "P", 95, 1)], 3000 + 100),
        ([shares(100), option(-2, "C", 105, 1)], 2500 + 100 + 1600),
        # Spreads need what they can lose.
        ([option(1, "C", 100, 3), option(-1, "C", 105, 1)], 0),
        ([option(-1, "C", 100, 3), option(1, "C", 105, 1)], 500),
        ([option(-1, "P", 100, 3), option(1, "P", 95, 1)], 500),
        ([option(-1, "C", 100, 3), option(1, "C", 100, 4, expiry=FAR)], 0),
        # A long that ends sooner covers nothing.
        ([option(-1, "C", 100, 4, expiry=FAR), option(1, "C", 105, 1)], 2400),
        # A condor: both sides are spreads.
        (
            [
                option(-1, "C", 105, 2),
                option(1, "C", 110, 1),
                option(-1, "P", 95, 2),
                option(1, "P", 90, 1),
            ],
            1000,
        ),
        # A strangle: the dearer side, and the price of the other.
        ([option(-1, "C", 105, 1), option(-1, "P", 97, 1)], 1800 + 100),
    ],
)
def test_what_positions_need(positions, initial):
    assert margin_of(positions).initial == initial
    assert margin_of(reversed(positions)).initial == initial


def test_regulation_t_wants_half_of_every_stock():
    assert margin_of([shares(100), shares(-100, 100, COKE)]).reg_t == 10_000


LEGS = st.builds(
    option,
    st.integers(-5, 5).filter(bool),
    st.sampled_from("CP"),
    st.sampled_from([80, 90, 100, 110, 120]),
    st.sampled_from([1, 2, 5]),
    expiry=st.sampled_from([NEAR, FAR]),
)


@given(st.lists(LEGS, max_size=6), st.integers(-500, 500))
def test_no_margin_is_below_nothing_and_a_long_more_never_raises_it(legs, count):
    positions = [shares(count), *legs]
    needed = margin_of(positions).initial
    assert needed >= 0
    for right in "CP":
        more = option(1, right, 100, 3, expiry=FAR)
        assert margin_of([*positions, more]).initial <= needed
