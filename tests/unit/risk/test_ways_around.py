"""Orders made so that a precaution would measure them wrongly, or not at all."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from msgspec.structs import replace

from workstation.errors import OrderRefused
from workstation.model import (
    ComboLeg,
    Contract,
    ContractDetails,
    LimitOrder,
    MarketOrder,
    Option,
    Order,
    Stock,
    StopOrder,
)
from workstation.protocol import catalog
from workstation.risk.guard import OrderGuard
from workstation.risk.limits import Limit, OrderLimits

AAPL = Stock("AAPL")
CALL = replace(Option("AAPL", "20270115", 190.0, "C"), contract_id=99)

GIANT = 10**5000
"""More digits than Python spells."""


def repr_of_short(value):
    return "giant" if isinstance(value, int) and abs(value) >= GIANT else repr(value)


@pytest.fixture
def refusals(guard, picture):
    """The names of the limits that hold an order back."""

    def refusals(order, contract=AAPL):
        return [each.limit for each in guard.refusals(contract, order, picture=picture)]

    return refusals


def buy(price=190.05, quantity=100):
    return LimitOrder("BUY", quantity, price)


# Whose money


@pytest.mark.parametrize("field", ["account", "clearing_account", "delta_neutral_clearing_account"])
def test_no_account_but_the_managed_ones_is_named_anywhere(refusals, field):
    assert refusals(replace(buy(), **{field: "DSIM1"})) == []
    assert refusals(replace(buy(), **{field: "U1234567"})) == [Limit.ACCOUNT_MODE]


@pytest.mark.parametrize("accounts", [("",), ("d123",), (" DU1",), ("DU1", ""), ("DU1", "U1")])
def test_only_names_that_begin_with_d_are_paper(refusals, tell, accounts):
    tell(catalog.ManagedAccounts(accounts=accounts))

    assert refusals(buy()) == [Limit.ACCOUNT_MODE]


# Kinds of order


@pytest.mark.parametrize("word", ["lmt", " LMT ", "LMTCLS", "LMT + MKT", "PEG MKT", "REL + LMT"])
def test_a_limit_price_is_measured_however_the_type_is_spelled(refusals, word):
    assert refusals(replace(buy(290.005), order_type=word)) == [Limit.TICK_GRID]
    assert refusals(replace(buy(290.0), order_type=word)) == [Limit.OFF_MARKET]


@pytest.mark.parametrize("word", ["stp", "STP PRT", "STPLMT"])
def test_a_stop_price_is_measured_however_the_type_is_spelled(refusals, word):
    assert refusals(replace(StopOrder("BUY", 1, 290.0), order_type=word)) == [Limit.OFF_MARKET]


def test_what_an_order_may_give_beyond_its_limit_counts(refusals):
    order = replace(buy(190.0, 1000), discretionary_amount=100.0)

    assert refusals(order) == [Limit.ORDER_VALUE, Limit.OFF_MARKET]
    assert refusals(replace(order, action="SELL")) == [Limit.OFF_MARKET]
    assert refusals(replace(order, discretionary_amount=0.5)) == []


def test_a_stop_that_triggers_at_once_is_worth_the_market(clock, picture):
    guard = OrderGuard(OrderLimits(max_percent_off_market=None), clock)

    with pytest.raises(OrderRefused, match=r"250,171\.60 USD"):
        guard.check(AAPL, StopOrder("BUY", 1316, 1.0), picture=picture)


# Sizes


def test_money_beside_a_quantity_does_not_hide_what_the_quantity_is_worth(refusals):
    order = replace(buy(190.0, 1316), cash_quantity=1.0)

    assert refusals(order) == [Limit.ORDER_VALUE]
    assert refusals(replace(MarketOrder("BUY", 1), cash_quantity=250_001.0)) == [Limit.ORDER_VALUE]


@pytest.mark.parametrize("cash", ["5", math.nan, math.inf, -5.0, 10**400, 1e300])
@pytest.mark.parametrize("size", [None, Decimal(1)])
def test_a_sum_of_money_is_a_positive_number(refusals, cash, size):
    order = Order(action="BUY", order_type="MKT", cash_quantity=cash, total_quantity=size)

    assert refusals(order) == [Limit.QUANTITY]


@pytest.mark.parametrize(
    "size", [10**400, GIANT, -GIANT, float("nan"), "100", 100.0], ids=repr_of_short
)
def test_a_quantity_that_is_none_is_refused_in_few_words(guard, picture, size):
    (refused,) = guard.refusals(AAPL, replace(buy(), total_quantity=size), picture=picture)

    assert refused.limit == Limit.QUANTITY
    assert len(str(refused)) < 200


@pytest.mark.parametrize(
    "price", [1e13, 1e308, 10**400, GIANT, Decimal("190.05")], ids=repr_of_short
)
def test_a_price_that_is_none_is_refused_in_few_words(guard, picture, price):
    (refused,) = guard.refusals(AAPL, replace(buy(), limit_price=price), picture=picture)

    assert refused.limit == Limit.PRICE
    assert len(str(refused)) < 200


@pytest.mark.parametrize(
    "field", ["trigger_price", "adjusted_stop_price", "discretionary_amount", "percent_offset"]
)
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_every_number_of_an_order_is_finite(refusals, field, value):
    assert refusals(replace(buy(), **{field: value})) == [Limit.PRICE]


def test_competing_up_to_the_midpoint_is_spelled_infinity(refusals):
    assert refusals(replace(buy(), compete_against_best_offset=math.inf)) == []


def test_prices_of_legs_are_finite(refusals):
    assert refusals(replace(buy(), leg_prices=(1.0, None))) == []
    assert refusals(replace(buy(), leg_prices=(1.0, math.nan))) == [Limit.PRICE]


def test_a_combination_counts_its_largest_leg(refusals, tell):
    legs = (ComboLeg(contract_id=1, ratio=1, action="BUY"), ComboLeg(contract_id=2, ratio=3000))
    spread = Contract(
        symbol="AAPL", security_type="BAG", currency="USD", multiplier="1", combo_legs=legs
    )
    tell(
        catalog.RequestMarketData(request_id=3, contract=spread),
        catalog.TickPrice(request_id=3, tick_type=1, price=0.5, size=Decimal(1)),
    )

    assert refusals(buy(0.5, 1), spread) == []
    assert refusals(buy(0.5, 2), spread) == [Limit.ORDER_QUANTITY]


# Instruments


@pytest.fixture
def known_call(tell):
    """The Bridge has told what contract 99 is: a call, worth 25 a share."""
    tell(
        catalog.ContractData(request_id=9, details=ContractDetails(contract=CALL)),
        catalog.RequestMarketData(request_id=3, contract=CALL),
        catalog.TickPrice(request_id=3, tick_type=1, price=25.0),
        catalog.TickPrice(request_id=3, tick_type=2, price=25.1),
    )


@pytest.mark.usefixtures("known_call")
@pytest.mark.parametrize(
    "contract",
    [
        CALL,
        replace(CALL, multiplier="1"),
        replace(CALL, multiplier="0.01"),
        replace(CALL, security_type="STK", multiplier=""),
        Contract(contract_id=99, exchange="SMART"),
        Contract(contract_id=99, symbol="AAPL", security_type="STK", currency="USD"),
    ],
)
def test_the_bridges_word_on_a_contract_outweighs_the_orders(refusals, contract):
    assert refusals(buy(25.0, 100), contract) == []
    assert refusals(buy(25.0, 101), contract) == [Limit.ORDER_VALUE]
    assert refusals(MarketOrder("BUY", 101), contract) == [Limit.ORDER_VALUE]


def test_a_multiplier_does_not_make_a_share_less_than_one(refusals):
    assert refusals(buy(190.0, 1316), replace(AAPL, multiplier="0.01")) == [Limit.ORDER_VALUE]


# Markets


@pytest.mark.parametrize(
    "order", [LimitOrder("SELL", 1, 0.01), LimitOrder("BUY", 1, 400.0), StopOrder("SELL", 1, 400.0)]
)
def test_a_price_that_nothing_can_be_held_against_is_refused(refusals, order):
    assert refusals(order, Stock("MSFT")) == [Limit.FRESH_QUOTE]


def test_without_a_market_only_a_limit_to_buy_bounds_what_an_order_is_worth(clock, picture):
    guard = OrderGuard(OrderLimits(max_percent_off_market=None), clock)

    guard.check(Stock("MSFT"), LimitOrder("BUY", 1, 400.0), picture=picture)
    for order in (LimitOrder("SELL", 5000, 0.01), StopOrder("BUY", 5000, 0.01)):
        with pytest.raises(OrderRefused) as caught:
            guard.check(Stock("MSFT"), order, picture=picture)
        assert caught.value.limit == Limit.FRESH_QUOTE


@pytest.mark.parametrize(("kind", "word"), [(2, "frozen"), (3, "delayed"), (4, "delayed")])
def test_a_market_that_is_not_now_is_no_market_for_an_order_without_a_price(
    guard, picture, refusals, tell, kind, word
):
    tell(catalog.MarketDataType(request_id=2, market_data_type=kind))

    (refused,) = guard.refusals(AAPL, MarketOrder("BUY", 1), picture=picture)
    assert refused.limit == Limit.FRESH_QUOTE
    assert refused.value == f"AAPL STK USD: the last price is {word}, 190.1"
    assert refusals(buy()) == []
    assert refusals(buy(290.0)) == [Limit.OFF_MARKET]


def test_the_close_of_another_day_is_no_market_for_an_order_without_a_price(guard, picture, tell):
    msft = Stock("MSFT")
    tell(
        catalog.RequestMarketData(request_id=3, contract=msft),
        catalog.TickPrice(request_id=3, tick_type=9, price=400.0),
    )
    with pytest.raises(OrderRefused, match="MSFT STK USD: the last price is a close, 400"):
        guard.check(msft, MarketOrder("BUY", 1), picture=picture)
    guard.check(msft, LimitOrder("BUY", 1, 400.0), picture=picture)

    tell(catalog.TickPrice(request_id=3, tick_type=4, price=401.0))
    guard.check(msft, MarketOrder("BUY", 1), picture=picture)


# What-if


def test_an_order_after_its_what_if_is_measured_all_the_same(guard, picture):
    order = buy(290.0)
    guard.check(AAPL, replace(order, what_if=True), picture=picture)

    with pytest.raises(OrderRefused) as caught:
        guard.check(AAPL, order, picture=picture)
    assert caught.value.limit == Limit.OFF_MARKET


@pytest.mark.parametrize("flag", [1, "false", "0"])
def test_only_true_makes_a_what_if(refusals, flag):
    assert refusals(replace(buy(290.0), what_if=flag)) == [Limit.OFF_MARKET]


@pytest.mark.parametrize("order_type", ["PEG BENCH", "PEG STK"])
@pytest.mark.parametrize(
    ("price", "limits"),
    [(190.05, []), (250.0, [Limit.OFF_MARKET]), (190.053, [Limit.TICK_GRID])],
)
def test_the_price_that_a_peg_starts_at_is_a_price(refusals, order_type, price, limits):
    order = Order(
        action="BUY", total_quantity=Decimal(10), order_type=order_type, starting_price=price
    )
    assert refusals(order) == limits
