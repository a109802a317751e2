"""Orders that hang on one another, or on something else that has to come about."""

from __future__ import annotations

import pytest

from workstation.model import LimitOrder, MarketOrder, Stock, StopOrder, changed
from workstation.model.orders import (
    BracketOrder,
    ExecutionCondition,
    MarginCondition,
    PercentChangeCondition,
    PriceCondition,
    TimeCondition,
    VolumeCondition,
)
from workstation.protocol import catalog


def bracket(floor, parent, *, transmit_last=True):
    """Orders 1 (parent), 2 (take profit) and 3 (stop loss), as TWS's users send them."""
    family = BracketOrder(parent, take_profit_price=110.0, stop_loss_price=90.0)
    profit, loss = family.children(1)
    floor.place(1, changed(family.parent, transmit=False))
    floor.place(2, changed(profit, transmit=False))
    floor.place(3, changed(loss, transmit=transmit_last))


def test_nothing_of_a_bracket_works_before_the_last_is_transmitted(floor):
    bracket(floor, LimitOrder("BUY", 100, 101.0), transmit_last=False)
    assert [floor.status(each).status for each in (1, 2, 3)] == ["Inactive"] * 3
    floor.move(ask=100.0)
    assert not floor.executions
    assert len(floor.desk.open_orders()) == 3
    floor.place(3, changed(floor.desk.open_orders()[2].order, transmit=True))
    assert floor.status(1).status == "Filled"


def test_children_work_once_their_parent_has_filled(floor):
    bracket(floor, LimitOrder("BUY", 100, 100.0))
    assert [floor.status(each).status for each in (1, 2, 3)] == [
        *("Submitted", "PreSubmitted", "PreSubmitted")
    ]
    assert [floor.status(each).why_held for each in (2, 3)] == ["child", "child,trigger"]
    assert floor.status(2).parent_id == 1
    floor.move(bid=112.0, ask=113.0)
    assert not floor.executions
    floor.move(bid=99.0, ask=100.0)
    assert [floor.status(each).status for each in (1, 2, 3)] == [
        *("Filled", "Submitted", "PreSubmitted")
    ]


def test_one_child_that_fills_cancels_the_other(floor):
    bracket(floor, MarketOrder("BUY", 100))
    floor.move(bid=110.0, ask=111.0)
    assert (floor.status(2).status, floor.status(3).status) == ("Filled", "Cancelled")
    assert floor.codes(3) == [202]
    assert not floor.desk.open_orders()


def test_a_bracket_that_is_through_as_it_comes_leaves_nothing(floor):
    family = BracketOrder(MarketOrder("BUY", 10), take_profit_price=98.0, stop_loss_price=90.0)
    profit, loss = family.children(1)
    floor.place(1, changed(family.parent, transmit=False))
    floor.place(2, changed(profit, transmit=False))
    floor.place(3, loss)
    assert [floor.status(each).status for each in (1, 2, 3)] == ["Filled", "Filled", "Cancelled"]
    assert not floor.desk.open_orders()


def test_a_child_that_fills_in_part_makes_the_other_smaller(floor):
    bracket(floor, MarketOrder("BUY", 100))
    floor.move(bid=110.0, ask=111.0, bid_size=40)
    assert floor.status(2).filled == 40
    assert (floor.status(3).remaining, floor.status(3).status) == (60, "PreSubmitted")


def test_children_go_with_their_parent(floor):
    bracket(floor, LimitOrder("BUY", 100, 90.5))
    floor.desk.cancel(1, 1)
    assert floor.statuses(1) == ["Inactive", "Submitted", "PendingCancel", "Cancelled"]
    assert [floor.status(each).status for each in (2, 3)] == ["Cancelled"] * 2


def test_what_was_never_transmitted_is_cancelled_where_it_is(floor):
    floor.place(1, changed(LimitOrder("BUY", 10, 90.0), transmit=False))
    floor.desk.cancel(1, 1)
    assert floor.statuses(1) == ["Inactive", "ApiCancelled"]


def test_a_child_of_an_order_that_has_filled_works_at_once(floor):
    floor.place(1, MarketOrder("BUY", 10))
    floor.place(2, changed(LimitOrder("SELL", 10, 99.0), parent_id=1))
    assert floor.status(2).status == "Filled"


def test_a_child_of_an_order_that_was_cancelled_is_rejected(floor):
    floor.place(1, LimitOrder("BUY", 10, 90.0))
    floor.desk.cancel(1, 1)
    floor.place(2, changed(LimitOrder("SELL", 10, 99.0), parent_id=1))
    assert (floor.codes(2), floor.status(2).status) == ([201], "Inactive")


def oca(order, oca_type, group="one"):
    return changed(order, oca_group=group, oca_type=oca_type)


@pytest.mark.parametrize(
    ("oca_type", "left", "status"),
    [(1, 200, "Cancelled"), (2, 100, "Submitted"), (3, 100, "Submitted")],
)
def test_a_fill_cancels_or_reduces_the_others_of_its_group(floor, oca_type, left, status):
    floor.place(1, oca(LimitOrder("BUY", 200, 98.0), oca_type))
    floor.place(2, oca(LimitOrder("BUY", 400, 100.0), oca_type))
    floor.place(3, oca(LimitOrder("BUY", 400, 90.0), oca_type, group="another"))
    floor.move(ask=100.0, ask_size=200)
    assert floor.status(2).filled == 200
    assert (floor.status(1).status, floor.status(1).remaining) == (status, left)
    assert floor.status(3).remaining == 400


def test_a_group_never_fills_more_than_one_whole(floor):
    for order_id, price in ((1, 100.0), (2, 100.0), (3, 100.0)):
        floor.place(order_id, oca(LimitOrder("BUY", 300, price), 3))
    floor.move(ask=99.9, ask_size=900)
    assert sum(size for each in (1, 2, 3) for size, _ in floor.fills(each)) == 300
    assert not floor.desk.open_orders()


def test_an_oca_order_that_fills_as_it_comes_leaves_nothing_of_the_others(floor):
    floor.place(1, oca(LimitOrder("BUY", 100, 90.0), 1))
    floor.place(2, oca(MarketOrder("BUY", 100), 1))
    assert (floor.status(1).status, floor.status(2).status) == ("Cancelled", "Filled")


# Times


def test_an_order_waits_for_its_time_and_ends_at_its_date(floor):
    order = changed(
        LimitOrder("BUY", 10, 90.0),
        good_after_time="20261123 14:00:00 US/Eastern",
        good_till_date="20261123 15:00:00 US/Eastern",
        time_in_force="GTD",
    )
    floor.place(1, order)
    assert floor.status(1).status == "PreSubmitted"
    floor.move(seconds=420)
    assert floor.status(1).status == "Submitted"
    floor.move(seconds=3600)
    assert floor.status(1).status == "Cancelled"


def test_outside_the_hours_an_order_is_held_and_its_owner_warned(floor):
    floor.opens = False
    floor.place(1, MarketOrder("BUY", 10))
    assert (floor.status(1).status, floor.codes(1)) == ("PreSubmitted", [399])
    assert "will not be placed at the exchange until" in floor.heard(catalog.InfoMessage, 1)[0].text
    floor.place(2, changed(LimitOrder("BUY", 10, 101.0), outside_regular_hours=True))
    assert floor.status(2).status == "Filled"
    floor.opens = True
    floor.move()
    assert floor.status(1).status == "Filled"


# Conditions


def condition_id(floor):
    return floor.instruments.resolve(Stock("KO")).contract_id


@pytest.mark.parametrize(
    ("condition", "move"),
    [
        (PriceCondition(is_more=True, price=103.0), {"last": 103.0}),
        (PriceCondition(is_more=False, price=97.0), {"last": 97.0}),
        (VolumeCondition(is_more=True, volume=5000), {"volume": 5000}),
        (PercentChangeCondition(is_more=True, change_percent=2.0), {"last": 102.0}),
        (TimeCondition(is_more=True, time="20261123 13:55:00 US/Eastern"), {"seconds": 100}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_order_works_once_its_condition_holds_and_for_good(floor, condition, move):
    if hasattr(condition, "contract_id"):
        condition = changed(condition, contract_id=condition_id(floor))
    floor.place(1, changed(LimitOrder("BUY", 10, 90.0), conditions=(condition,)))
    assert floor.status(1).status == "PreSubmitted"
    floor.move()
    assert floor.status(1).status == "PreSubmitted"
    floor.move(**move)
    assert floor.status(1).status == "Submitted"
    floor.move(last=100.0, volume=0)
    assert floor.status(1).status == "Submitted"


def test_a_condition_on_an_execution_waits_for_that_symbol_to_trade(floor):
    floor.place(1, MarketOrder("BUY", 1), symbol="KO")
    floor.move()
    condition = ExecutionCondition(symbol="KO", security_type="STK")
    floor.place(2, changed(MarketOrder("BUY", 10), conditions=(condition,)))
    floor.place(3, MarketOrder("BUY", 1), symbol="MSFT")
    floor.move()
    assert floor.status(2).status == "PreSubmitted"
    floor.place(4, MarketOrder("BUY", 1), symbol="KO")
    floor.move()
    assert floor.status(2).status == "Filled"


def test_a_condition_on_margin_looks_at_the_cushion(floor):
    lavish = MarginCondition(is_more=True, percent=50.0)
    scarce = MarginCondition(is_more=False, percent=50.0)
    floor.place(1, changed(MarketOrder("BUY", 10), conditions=(lavish,)))
    floor.place(2, changed(MarketOrder("BUY", 10), conditions=(scarce,)))
    assert (floor.status(1).status, floor.status(2).status) == ("Filled", "PreSubmitted")


@pytest.mark.parametrize(("joined", "works"), [("a", False), ("o", True)])
def test_conditions_are_joined_as_they_say(floor, joined, works):
    holds = TimeCondition(is_more=True, time="20260101 00:00:00 UTC", conjunction=joined)
    never = TimeCondition(is_more=False, time="20260101 00:00:00 UTC")
    floor.place(1, changed(MarketOrder("BUY", 10), conditions=(holds, never)))
    assert (floor.status(1).status == "Filled") is works


def test_a_condition_may_cancel_an_order_instead(floor):
    condition = PriceCondition(is_more=True, price=103.0, contract_id=condition_id(floor))
    order = changed(
        LimitOrder("BUY", 10, 90.0), conditions=(condition,), conditions_cancel_order=True
    )
    floor.place(1, order)
    floor.move()
    assert floor.desk.open_orders()
    floor.move(last=103.0)
    assert floor.status(1).status == "Cancelled"


def test_a_stop_with_a_condition_waits_for_both(floor):
    condition = TimeCondition(is_more=True, time="20261123 13:55:00 US/Eastern")
    floor.place(1, changed(StopOrder("BUY", 10, 105.0), conditions=(condition,)))
    floor.move(last=105.0)
    floor.move(last=100.0, seconds=200)
    assert floor.status(1).status == "PreSubmitted"
    floor.move(last=105.0)
    assert floor.status(1).status == "Filled"
