"""What an order gets from one quote."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.model import LimitOrder, MarketOrder, StopLimitOrder, StopOrder
from workstation.simulator.matching import Market, match

QUOTE = Market(bid=99.0, ask=101.0, bid_size=200, ask_size=300, last=100.0)
NOBODY = Market(bid=None, ask=None, bid_size=0, ask_size=0, last=None)


def got(order, market=QUOTE, *, remaining=None, triggered=False):
    """Quantity and price of a match, and whether a stop has been reached."""
    left = order.total_quantity if remaining is None else Decimal(remaining)
    found = match(order, left, market, triggered=triggered)
    return (found.quantity, found.price, found.triggered)


@pytest.mark.parametrize(
    ("order", "quantity", "price"),
    [
        (MarketOrder("BUY", 100), 100, 101.0),
        (MarketOrder("SELL", 100), 100, 99.0),
        (MarketOrder("BUY", 1000), 300, 101.0),
        (MarketOrder("SELL", 1000), 200, 99.0),
        (LimitOrder("BUY", 100, 101.0), 100, 101.0),
        (LimitOrder("BUY", 100, 105.0), 100, 101.0),
        (LimitOrder("SELL", 100, 99.0), 100, 99.0),
        (LimitOrder("SELL", 100, 95.0), 100, 99.0),
    ],
    ids=str,
)
def test_what_the_other_side_shows_is_had_at_its_price(order, quantity, price):
    assert got(order) == (quantity, price, True)


@pytest.mark.parametrize(
    "order", [LimitOrder("BUY", 100, 100.99), LimitOrder("SELL", 100, 99.01)], ids=str
)
def test_a_price_beyond_the_limit_is_not_taken(order):
    assert got(order)[0] == 0


@pytest.mark.parametrize("order", [MarketOrder("BUY", 1), LimitOrder("SELL", 1, 1.0)], ids=str)
def test_where_nobody_offers_nothing_fills(order):
    assert got(order, NOBODY)[0] == 0
    assert got(order, QUOTE._replace(bid_size=0, ask_size=0))[0] == 0


def test_only_what_remains_is_filled():
    assert got(MarketOrder("BUY", 1000), remaining=40)[0] == 40


@pytest.mark.parametrize(
    ("order", "last", "reached"),
    [
        (StopOrder("BUY", 1, 100.0), 99.99, False),
        (StopOrder("BUY", 1, 100.0), 100.0, True),
        (StopOrder("SELL", 1, 100.0), 100.01, False),
        (StopOrder("SELL", 1, 100.0), 100.0, True),
        (StopLimitOrder("BUY", 1, 100.5, 100.0), 100.0, True),
        (StopLimitOrder("SELL", 1, 99.5, 100.0), None, False),
    ],
)
def test_the_last_trade_triggers_a_stop(order, last, reached):
    assert got(order, QUOTE._replace(last=last))[2] is reached


def test_a_triggered_stop_needs_no_second_trigger_and_a_stop_limit_keeps_its_limit():
    assert got(StopOrder("BUY", 10, 150.0), triggered=True) == (10, 101.0, True)
    assert got(StopLimitOrder("BUY", 10, 100.5, 150.0), triggered=True) == (0, 0.0, True)


@pytest.mark.parametrize("whole", [{"time_in_force": "FOK"}, {"all_or_none": True}], ids=str)
def test_what_wants_all_takes_no_part(whole):
    order = msgspec.structs.replace(MarketOrder("BUY", 301), **whole)
    assert got(order)[0] == 0
    assert got(order, remaining=300)[0] == 300


PRICES = st.integers(1, 100_000).map(lambda cents: cents / 100)


@given(
    st.sampled_from(["BUY", "SELL"]),
    st.integers(1, 5000),
    PRICES,
    PRICES,
    st.integers(0, 900),
    st.integers(0, 900),
)
def test_a_dearer_limit_never_gets_less(action, quantity, limit, price, bid_size, ask_size):
    market = Market(price, price, bid_size, ask_size, price)
    better = limit + 1 if action == "BUY" else max(limit - 1, 0.01)
    strict = got(LimitOrder(action, quantity, limit), market)
    loose = got(LimitOrder(action, quantity, better), market)
    assert loose[0] >= strict[0]
    assert got(MarketOrder(action, quantity), market)[0] >= loose[0]
