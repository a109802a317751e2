"""When orders of each kind begin to work, and what they then pay."""

from __future__ import annotations

from datetime import date

import pytest

from workstation.model import (
    Contract,
    LimitIfTouchedOrder,
    LimitOnCloseOrder,
    LimitOnOpenOrder,
    LimitOrder,
    MarketIfTouchedOrder,
    MarketOnCloseOrder,
    MarketOnOpenOrder,
    MarketOrder,
    MarketToLimitOrder,
    PeggedToMarketOrder,
    PeggedToMidpointOrder,
    RelativeOrder,
    StopLimitOrder,
    StopOrder,
    TagValue,
    TrailingLimitOrder,
    TrailingStopOrder,
    TriggerMethod,
    changed,
)
from workstation.model.orders import AdjustedStopOrder
from workstation.protocol import catalog

HOUR = 3600
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("order", "not_yet", "then"),
    [
        (StopOrder("BUY", 10, 105.0), 104.99, 105.0),
        (StopOrder("SELL", 10, 95.0), 95.01, 95.0),
        (MarketIfTouchedOrder("BUY", 10, 95.0), 95.01, 95.0),
        (MarketIfTouchedOrder("SELL", 10, 105.0), 104.99, 105.0),
        (StopLimitOrder("BUY", 10, 101.0, 105.0), 104.99, 105.0),
        (LimitIfTouchedOrder("SELL", 10, 99.0, 105.0), 104.99, 105.0),
    ],
    ids=lambda value: getattr(value, "order_type", None),
)
def test_what_waits_for_a_price_works_once_a_trade_has_reached_it(floor, order, not_yet, then):
    floor.place(1, order)
    assert (floor.status(1).status, floor.status(1).why_held) == ("PreSubmitted", "trigger")
    floor.move(last=not_yet)
    assert floor.statuses(1) == ["PreSubmitted"]
    floor.move(last=then)
    assert floor.statuses(1) == ["PreSubmitted", "Submitted", "Filled"]
    assert floor.fills(1) == [(10, 101.0 if order.action == "BUY" else 99.0)]


@pytest.mark.parametrize(
    ("method", "moves", "triggered"),
    [
        (TriggerMethod.LAST, [{"last": 105.0}], True),
        (TriggerMethod.DOUBLE_LAST, [{"last": 105.0}], False),
        (TriggerMethod.DOUBLE_LAST, [{"last": 105.0}, {"last": 105.0}], True),
        (TriggerMethod.DOUBLE_LAST, [{"last": 105.0}, {"last": 104.0}, {"last": 105.0}], False),
        (TriggerMethod.BID_ASK, [{"last": 105.0}], False),
        (TriggerMethod.BID_ASK, [{"ask": 105.0}], True),
        (TriggerMethod.DOUBLE_BID_ASK, [{"ask": 105.0}], False),
        (TriggerMethod.DOUBLE_BID_ASK, [{"ask": 105.0}, {}], True),
        (TriggerMethod.LAST_OR_BID_ASK, [{"ask": 105.0}], True),
        (TriggerMethod.MIDPOINT, [{"ask": 105.0}], False),
        (TriggerMethod.MIDPOINT, [{"ask": 111.0}], True),
    ],
)
def test_the_trigger_method_says_which_prices_count(floor, method, moves, triggered):
    floor.place(1, changed(StopOrder("BUY", 10, 105.0), trigger_method=method))
    for each in moves:
        floor.move(**each)
    assert (floor.status(1).status == "Filled") is triggered


def test_a_trailing_stop_follows_the_market_up_and_never_back(floor):
    floor.place(1, TrailingStopOrder("SELL", 10, trailing_amount=2.0))
    floor.move(last=104.0)
    floor.move(last=102.5)
    assert floor.status(1).status == "PreSubmitted"
    (working,) = floor.desk.open_orders()
    assert floor.desk.describe(working)[0].order.trail_stop_price == 102.0
    floor.move(last=102.0)
    assert floor.status(1).status == "Filled"


def test_a_trailing_stop_to_buy_follows_downwards_by_its_percentage(floor):
    floor.place(1, TrailingStopOrder("BUY", 10, trailing_percent=10.0))
    floor.move(last=80.0)
    floor.move(last=87.9)
    assert floor.status(1).status == "PreSubmitted"
    floor.move(last=88.0)
    assert floor.status(1).status == "Filled"


def test_a_trailing_limit_order_keeps_its_distance_to_the_stop_that_was_reached(floor):
    order = TrailingLimitOrder(
        "SELL", 10, limit_price_offset=0.5, trail_stop_price=98.0, trailing_amount=2.0
    )
    floor.place(1, order)
    floor.move(last=103.0)
    floor.move(last=101.0, bid=100.4)
    assert floor.status(1).status == "Submitted"
    assert floor.fills(1) == []
    floor.move(bid=100.5)
    assert floor.fills(1) == [(10, 100.5)]


def test_market_to_limit_takes_the_best_price_and_stays_there(floor):
    floor.place(1, MarketToLimitOrder("BUY", 500))
    assert floor.fills(1) == [(300, 101.0)]
    floor.move(ask=101.5)
    assert floor.status(1).filled == 300
    floor.move(ask=101.0)
    assert floor.status(1).status == "Filled"


@pytest.mark.parametrize(
    ("order", "rests_at", "later"),
    [
        (RelativeOrder("BUY", 10, offset=0.05), 99.05, 98.05),
        (RelativeOrder("SELL", 10, offset=0.05), 100.95, 99.95),
        (RelativeOrder("BUY", 10, offset=0.05, limit_price=98.5), 98.5, 98.05),
        (PeggedToMarketOrder("BUY", 10, 0.1), 100.9, 99.9),
        (PeggedToMarketOrder("SELL", 10, 0.1), 99.1, 98.1),
        (PeggedToMidpointOrder("BUY", 10), 100.0, 99.0),
        (PeggedToMidpointOrder("BUY", 10, 99.5), 99.5, 99.0),
    ],
    ids=lambda value: getattr(value, "order_type", None),
)
def test_what_is_pegged_follows_the_market(floor, order, rests_at, later):
    floor.place(1, order)
    (working,) = floor.desk.open_orders()
    assert working.rests_at == pytest.approx(rests_at)
    floor.move(bid=98.0, ask=100.0)
    assert working.rests_at == pytest.approx(later)


def test_orders_on_close_fill_at_the_closing_price_or_not_at_all(floor):
    floor.closing_price = 100.37
    floor.place(1, MarketOnCloseOrder("BUY", 100_0))
    floor.place(2, LimitOnCloseOrder("BUY", 10, 100.38))
    floor.place(3, LimitOnCloseOrder("BUY", 10, 100.36))
    floor.move(seconds=HOUR - 1)
    assert [floor.status(each).status for each in (1, 2, 3)] == ["PreSubmitted"] * 3
    floor.move()
    assert [floor.status(each).status for each in (1, 2, 3)] == ["Filled", "Filled", "Cancelled"]
    assert floor.fills(1) == [(1000, 100.37)]


def test_orders_for_the_opening_fill_in_it(floor):
    floor.place(1, MarketOnOpenOrder("BUY", 10))
    floor.place(2, LimitOnOpenOrder("SELL", 10, 100.5))
    floor.move(seconds=600)
    assert [floor.status(each).status for each in (1, 2)] == ["Filled", "Cancelled"]


def test_options_have_no_auctions(floor, chains):
    wanted = Contract(symbol="AAPL", security_type="OPT", last_trade_date="20261218")
    option = chains.contract(chains.candidates(wanted, TODAY)[0])
    message = catalog.PlaceOrder(order_id=1, contract=option, order=MarketOnCloseOrder("BUY", 1))
    floor.desk.place(1, message)
    assert floor.codes(1) == [387]


def test_an_adjustable_stop_becomes_what_it_says_at_its_trigger(floor):
    stop = AdjustedStopOrder(
        StopOrder("SELL", 10, 90.0), "STP", trigger_price=105.0, stop_price=101.0
    )
    floor.place(1, stop)
    floor.move(last=104.0)
    floor.move(last=101.0)
    assert floor.status(1).status == "PreSubmitted"
    floor.move(last=105.0)
    assert floor.heard(catalog.OpenOrder, 1)[-1].order.aux_price == 101.0
    floor.move(last=101.0)
    assert floor.status(1).status == "Filled"


def test_an_adjustable_stop_may_begin_to_trail(floor):
    stop = AdjustedStopOrder(
        StopOrder("SELL", 10, 90.0),
        "TRAIL",
        trigger_price=105.0,
        stop_price=101.0,
        trailing_amount=3.0,
    )
    floor.place(1, stop)
    floor.move(last=105.0)
    floor.move(last=110.0)
    floor.move(last=107.5)
    assert floor.status(1).status == "PreSubmitted"
    floor.move(last=107.0)
    assert floor.status(1).status == "Filled"


def test_a_discretionary_order_takes_what_it_may_and_shows_its_limit(floor):
    floor.place(1, changed(LimitOrder("BUY", 10, 100.0), discretionary_amount=0.5))
    (working,) = floor.desk.open_orders()
    assert working.rests_at == 100.0
    floor.move(ask=100.51)
    assert floor.fills(1) == []
    floor.move(ask=100.5)
    assert floor.fills(1) == [(10, 100.5)]


@pytest.mark.parametrize(
    ("algo", "parameters", "seconds"),
    [
        ("Adaptive", {"adaptivePriority": "Urgent"}, 10),
        ("Adaptive", {}, 40),
        ("Adaptive", {"adaptivePriority": "Patient"}, 120),
        ("Twap", {"startTime": "20261123-18:53:20", "endTime": "20261123-18:55:00"}, 100),
    ],
)
def test_an_algorithm_trades_in_slices_over_its_time(floor, algo, parameters, seconds):
    tags = tuple(TagValue(tag=tag, value=value) for tag, value in parameters.items())
    floor.place(1, changed(MarketOrder("BUY", 100), algo_strategy=algo, algo_parameters=tags))
    first = floor.status(1).filled
    assert 0 < first <= 10
    floor.move(seconds=seconds // 2)
    half = floor.status(1).filled
    assert 45 <= half <= 60
    floor.move(seconds=seconds // 2 + 1)
    assert floor.status(1).status == "Filled"
