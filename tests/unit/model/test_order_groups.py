from __future__ import annotations

from decimal import Decimal

import pytest

from workstation.errors import InvalidValue
from workstation.model import Order, changed
from workstation.model.orders import (
    BracketOrder,
    HedgeOrder,
    LimitOrder,
    MarketOrder,
    one_cancels_all,
)

ENTRY = changed(LimitOrder("BUY", 100, 190.0, time_in_force="GTC"), account="DU1")


def child(kind, **fields):
    return Order(
        action="SELL",
        total_quantity=Decimal(100),
        order_type=kind,
        time_in_force="GTC",
        account="DU1",
        parent_id=16,
        **fields,
    )


def test_bracket_transmits_with_its_last_order_only():
    bracket = BracketOrder(ENTRY, take_profit_price=200.0, stop_loss_price=180.0)

    assert bracket.parent == changed(ENTRY, transmit=False)
    assert bracket.children(16) == (
        child("LMT", limit_price=200.0, transmit=False),
        child("STP", aux_price=180.0, transmit=True),
    )
    assert ENTRY.transmit


@pytest.mark.parametrize("action", ["SELL", "SSHORT"])
def test_bracket_of_a_sale_buys_back(action):
    entry = LimitOrder(action, 100, 190.0)

    bracket = BracketOrder(entry, take_profit_price=180.0, stop_loss_price=200.0)

    assert {each.action for each in bracket.children(1)} == {"BUY"}


@pytest.mark.parametrize(
    ("parent", "take_profit", "stop_loss"),
    [
        (ENTRY, 180.0, 200.0),
        (ENTRY, 200.0, 190.0),
        (ENTRY, 189.0, 180.0),
        (LimitOrder("SELL", 1, 190.0), 200.0, 180.0),
        (MarketOrder("BUY", 1), 180.0, 200.0),
        (MarketOrder("SELL", 1), 200.0, 180.0),
    ],
)
def test_bracket_with_prices_on_wrong_sides_is_refused(parent, take_profit, stop_loss):
    with pytest.raises(InvalidValue, match="stop_loss_price"):
        BracketOrder(parent, take_profit_price=take_profit, stop_loss_price=stop_loss)


def test_bracket_at_the_market_needs_no_entry_price():
    bracket = BracketOrder(MarketOrder("BUY", 1), take_profit_price=2.0, stop_loss_price=1.0)

    assert bracket.take_profit.limit_price == 2.0


def test_children_need_a_parent_that_was_placed():
    bracket = BracketOrder(ENTRY, take_profit_price=200.0, stop_loss_price=180.0)

    with pytest.raises(InvalidValue, match="order_id"):
        bracket.children(0)


def test_group_is_the_same_for_all_its_orders():
    orders = [LimitOrder("BUY", 1, 10.0), LimitOrder("BUY", 1, 20.0)]

    grouped = one_cancels_all("either", orders)

    assert [(each.oca_group, each.oca_type) for each in grouped] == [("either", 1)] * 2
    assert [each.limit_price for each in grouped] == [10.0, 20.0]
    assert {each.oca_group for each in orders} == {""}


@pytest.mark.parametrize(
    ("group", "number", "kind", "field"),
    [("", 2, 1, "group"), ("g", 1, 1, "orders"), ("g", 2, 4, "oca_type")],
)
def test_group_that_is_none_is_refused(group, number, kind, field):
    with pytest.raises(InvalidValue) as refused:
        one_cancels_all(group, [ENTRY] * number, kind)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("BUY", 16, "B"), "parameter"),
        (("BUY", 16, "F", 1.0), "parameter"),
        (("BUY", 16, "P", 0.0), "parameter"),
        (("BUY", 16, "X"), "hedge_type"),
        (("BUY", 0, "F"), "parent_id"),
    ],
)
def test_hedge_that_is_none_is_refused(arguments, field):
    with pytest.raises(InvalidValue) as refused:
        HedgeOrder(*arguments)

    assert refused.value.field == field
