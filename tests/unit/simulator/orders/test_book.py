"""Who trades with whom, at what price and in what order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.model import LimitOrder, MarketOrder, PriceIncrement, changed
from workstation.simulator.orders.liquidity import LEVELS, levels

CENTS = (PriceIncrement(low_edge=0.0, increment=0.01),)
OTHER = "DSIM0002"


def test_behind_the_best_price_stands_more_a_tick_apart():
    asks = list(levels(7, 101.0, 300, 10**18, CENTS, bids=False))
    assert asks[0] == (101.0, 300)
    assert [price for price, _ in asks[:3]] == [101.0, 101.01, 101.02]
    assert len(asks) == LEVELS
    assert all(size > 0 and size % 100 == 0 for _, size in asks)
    near, far = (sum(size for _, size in part) for part in (asks[1:11], asks[-10:]))
    assert far > near


@given(st.integers(0, 2**40), st.integers(1, 400), st.booleans())
def test_depth_hangs_on_instrument_side_and_time_alone(key, lots, bids):
    same = [list(levels(key, 50.0, lots * 100, 10**18, CENTS, bids=bids)) for _ in range(2)]
    assert same[0] == same[1]
    later = list(levels(key, 50.0, lots * 100, 10**18 + 60 * 10**9, CENTS, bids=bids))
    assert later != same[0]
    assert later[0] == same[0][0]
    assert list(levels(key + 1, 50.0, lots * 100, 10**18, CENTS, bids=bids)) != same[0]


def test_there_are_no_prices_below_nothing_and_nobody_is_nobody():
    prices = [price for price, _ in levels(7, 0.05, 100, 10**18, CENTS, bids=True)]
    assert prices == [0.05, 0.04, 0.03, 0.02, 0.01]
    assert not list(levels(7, None, 100, 10**18, CENTS, bids=True))


def test_what_was_taken_is_missing_until_it_grows_back(floor):
    floor.place(1, LimitOrder("BUY", 200, 101.0))
    assert floor.book().depth(1, bids=False) == [(101.0, 100)]
    floor.place(2, LimitOrder("BUY", 200, 101.0))
    assert floor.status(2).filled == 100
    assert floor.book().depth(1, bids=False)[0][0] == 101.01
    floor.move()
    # Half of the 300 has grown back, and order 2 has taken what it lacked of it.
    assert floor.status(2).status == "Filled"
    assert floor.book().depth(1, bids=False) == [(101.0, 50)]


def test_an_order_that_rests_is_seen_in_the_depth(floor):
    before = dict(floor.book().depth(10, bids=True))
    floor.place(1, LimitOrder("BUY", 500, 99.5))
    floor.place(2, LimitOrder("BUY", 70, 99.0))
    floor.place(3, changed(LimitOrder("BUY", 500, 98.99), hidden=True))
    after = dict(floor.book().depth(10, bids=True))
    assert after[99.5] == 500
    assert after[99.0] == before[99.0] + 70
    assert after[98.99] == before[98.99]


def test_an_iceberg_shows_its_tip_and_goes_to_the_back_when_that_has_traded(floor):
    floor.place(1, changed(LimitOrder("BUY", 500, 99.5), display_size=100))
    floor.place(2, LimitOrder("BUY", 50, 99.5))
    assert dict(floor.book().depth(5, bids=True))[99.5] == 150
    floor.trade(99.5, 100)
    assert floor.fills(1) == [(100, 99.5)]
    floor.trade(99.5, 60)
    # Its next part came after order 2, and sees the market's size before it no more than that.
    assert floor.fills(2) == [(50, 99.5)]
    assert dict(floor.book().depth(5, bids=True))[99.5] == 90


def test_at_one_price_the_market_comes_first_and_then_who_came_first(floor):
    floor.place(1, LimitOrder("BUY", 100, 99.0))
    floor.place(2, LimitOrder("BUY", 100, 99.0))
    floor.trade(99.0, 250)
    assert (floor.fills(1), floor.fills(2)) == ([], [])
    floor.trade(99.0, 120)
    assert (floor.fills(1), floor.fills(2)) == ([(70, 99.0)], [])
    floor.trade(99.0, 80)
    assert floor.fills(1) == [(70, 99.0), (30, 99.0)]
    assert floor.fills(2) == [(50, 99.0)]


def test_a_trade_beyond_the_price_has_come_through_it(floor):
    floor.place(1, LimitOrder("SELL", 100, 102.0))
    floor.trade(102.5, 60)
    assert floor.fills(1) == [(60, 102.0)]


def test_a_better_price_comes_before_an_earlier_one(floor):
    floor.place(1, LimitOrder("BUY", 100, 99.4))
    floor.place(2, LimitOrder("BUY", 100, 99.5))
    floor.trade(99.4, 150)
    assert floor.fills(2) == [(100, 99.5)]
    assert floor.fills(1) == [(50, 99.4)]


def test_the_hidden_wait_for_the_displayed(floor):
    floor.place(1, changed(LimitOrder("BUY", 100, 99.5), hidden=True))
    floor.place(2, LimitOrder("BUY", 100, 99.5))
    floor.trade(99.5, 100)
    assert (floor.fills(1), floor.fills(2)) == ([], [(100, 99.5)])


def test_two_accounts_trade_with_each_other_at_the_price_that_rested(floor):
    floor.place(1, LimitOrder("SELL", 100, 100.5))
    floor.place(2, changed(MarketOrder("BUY", 150), account=OTHER), client_id=2)
    assert floor.fills(1) == [(100, 100.5)]
    assert floor.fills(2) == [(100, 100.5), (50, 101.0)]
    liquidity = [each.last_liquidity for each in floor.executions]
    assert liquidity == [1, 2, 2]
    assert sum(each.cash for each in floor.accounts.values()) < 2_000_000


def test_an_account_does_not_trade_with_itself(floor):
    floor.place(1, LimitOrder("SELL", 100, 100.5))
    floor.place(2, MarketOrder("BUY", 50))
    assert (floor.fills(1), floor.fills(2)) == ([], [(50, 101.0)])


@pytest.mark.parametrize(("size", "filled"), [(99, 0), (100, 300)])
def test_a_minimum_quantity_has_to_be_there_at_once(floor, size, filled):
    floor.move(ask_size=size)
    floor.place(1, changed(LimitOrder("BUY", 300, 101.0), minimum_quantity=100))
    assert floor.status(1).filled == (0 if filled == 0 else 100)
    floor.move(ask_size=400)
    floor.move(ask_size=400)
    assert floor.status(1).filled == 300


def test_all_or_none_waits_until_all_is_there(floor):
    floor.place(1, changed(LimitOrder("BUY", 400, 101.0), all_or_none=True))
    assert floor.status(1).filled == 0
    floor.trade(101.0, 5000)
    assert floor.status(1).filled == 0
    floor.move(ask_size=400)
    assert floor.fills(1) == [(400, 101.0)]


def test_a_smaller_size_keeps_the_place_in_the_queue_and_a_larger_one_loses_it(floor):
    floor.place(1, LimitOrder("BUY", 200, 99.5))
    floor.place(2, LimitOrder("BUY", 200, 99.5))
    floor.place(1, LimitOrder("BUY", 100, 99.5))
    floor.trade(99.5, 100)
    assert (floor.status(1).status, floor.fills(2)) == ("Filled", [])
    floor.place(3, LimitOrder("BUY", 100, 99.5))
    floor.place(2, LimitOrder("BUY", 300, 99.5))
    floor.trade(99.5, 100)
    assert (floor.status(3).status, floor.fills(2)) == ("Filled", [])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("place"), st.integers(1, 300), st.integers(9_890, 9_960)),
            st.tuples(st.just("trade"), st.integers(1, 400), st.integers(9_890, 9_960)),
            st.tuples(st.just("quote"), st.integers(1, 300), st.integers(9_900, 9_960)),
        ),
        max_size=40,
    )
)
def test_nobody_is_served_before_who_bids_more_or_as_much_and_earlier(new_floor, steps):
    floor = new_floor()
    placed = []
    for what, size, cents in steps:
        price = cents / 100
        if what == "place":
            placed.append((-cents, len(placed) + 1))
            floor.place(placed[-1][1], LimitOrder("BUY", size, price))
        elif what == "trade":
            floor.trade(price, size)
        else:
            floor.move(ask=price, ask_size=size, bid=price - 0.5)
        open_ids = [order.order_id for order in floor.desk.open_orders()]
        waiting = [each for each in placed if each[1] in open_ids]
        if waiting:
            first, since = min(waiting), len(floor.executions)
            floor.trade(floor.market.last, 1)
            late = floor.executions[since:]
            assert all((-round(each.price * 100), each.order_id) <= first for each in late)
