from __future__ import annotations

import math
from decimal import Decimal

import pytest
from msgspec.structs import replace

from workstation.errors import InvalidValue, OrderRefused
from workstation.model import (
    Contract,
    ContractDetails,
    LimitOrder,
    MarketOrder,
    Option,
    Order,
    PriceIncrement,
    Stock,
    StopLimitOrder,
    StopOrder,
)
from workstation.protocol import catalog
from workstation.risk.guard import OrderGuard
from workstation.risk.limits import OVERRIDABLE, Limit, OrderLimits
from workstation.state.session import BridgeConnected, BridgeDisconnected

SECOND = 1_000_000_000
AAPL = Stock("AAPL")
CALL = Option("AAPL", "20270115", 190.0, "C")
EVERYTHING = frozenset(Limit)
UNSEEN = frozenset({Limit.FRESH_QUOTE})
"""What a person lets pass who trades without a quote."""


@pytest.fixture
def check(guard, session_with_order):
    """Ask the guard, once about a new order and once about a change of one that works."""

    def check(order, contract=AAPL, override=frozenset()):
        guard.check(contract, order, picture=session_with_order, override=override)

    return check


@pytest.fixture
def refusal(check):
    """What the guard says against an order."""

    def refusal(order, contract=AAPL):
        with pytest.raises(OrderRefused) as caught:
            check(order, contract)
        return caught.value

    return refusal


def buy(price=190.05, quantity=100):
    return LimitOrder("BUY", quantity, price)


def sell(price=190.05, quantity=100):
    return LimitOrder("SELL", quantity, price)


@pytest.mark.parametrize(
    "order",
    [
        buy(),
        sell(),
        MarketOrder("BUY", 100),
        MarketOrder("SELL", 100),
        MarketOrder("SSHORT", 100),
        StopOrder("SELL", 100, 185.0),
        StopLimitOrder("BUY", 100, 195.0, 194.5),
        Order(action="BUY", order_type="MKT", cash_quantity=1000.0),
        Order(
            action="SELL",
            order_type="TRAIL",
            total_quantity=Decimal(100),
            aux_price=1.005,
            trail_stop_price=188.0,
        ),
    ],
)
def test_order_within_every_limit_passes(check, order):
    check(order)


# Whose money


def test_live_account_takes_no_order(check, tell):
    tell(catalog.ManagedAccounts(accounts=("DSIM1", "U123")))

    for override in (frozenset[str](), EVERYTHING):
        with pytest.raises(OrderRefused) as caught:
            check(buy(), override=override)
        assert caught.value.limit == Limit.ACCOUNT_MODE
        assert caught.value.value == "live (DSIM1, U123)"
        assert not caught.value.overridable


def test_account_not_known_yet_takes_no_order(refusal, tell):
    tell(BridgeConnected(server_version=178))

    refused = refusal(buy())
    assert refused.limit == Limit.ACCOUNT_MODE
    assert "not named yet" in refused.value


def test_paper_account_takes_orders(check, tell):
    tell(catalog.ManagedAccounts(accounts=("DU123",)))

    check(buy())


def test_order_for_an_account_that_is_not_managed_is_refused(check, refusal):
    check(replace(buy(), account="DSIM1"))

    refused = refusal(replace(buy(), account="U123"))
    assert (refused.limit, refused.value) == (Limit.ACCOUNT_MODE, "account U123")


# The way to the market


def test_read_only_bridge_takes_no_order(refusal, tell):
    text = "The API interface is currently in Read-Only mode."
    tell(catalog.InfoMessage(request_id=99, code=321, text=text))

    assert refusal(buy()).limit == Limit.READ_ONLY_BRIDGE


@pytest.mark.parametrize("code", [1100, 2110])
def test_orders_are_held_while_the_bridge_is_offline(check, refusal, tell, code):
    tell(catalog.InfoMessage(request_id=-1, code=code, text="lost"))

    refused = refusal(buy())
    assert refused.limit == Limit.CONNECTION
    assert not refused.overridable

    tell(catalog.InfoMessage(request_id=-1, code=1102, text="restored"))
    check(buy())


def test_orders_are_held_while_there_is_no_connection(refusal, tell):
    tell(BridgeDisconnected(reason="gone"))

    assert refusal(buy()).limit == Limit.CONNECTION


# What an order must be


@pytest.mark.parametrize("word", ["", "HOLD", "buy"])
def test_order_must_buy_or_sell(refusal, word):
    assert refusal(replace(buy(), action=word)).limit == Limit.ACTION


@pytest.mark.parametrize(
    "quantity",
    [
        *(None, Decimal(0), Decimal(-1), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), 1.5),
        *(Decimal("1e-999999"), Decimal("1e999999")),
    ],
)
def test_quantity_must_be_positive_and_finite(refusal, quantity):
    assert refusal(replace(buy(), total_quantity=quantity)).limit == Limit.QUANTITY


@pytest.mark.parametrize("cash", [math.nan, math.inf, -5.0])
def test_order_sized_by_money_needs_a_positive_sum(refusal, cash):
    order = Order(action="BUY", order_type="MKT", cash_quantity=cash)

    assert refusal(order).limit == Limit.QUANTITY


@pytest.mark.parametrize("field", ["limit_price", "aux_price", "trail_stop_price"])
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "190"])
def test_price_must_be_a_number_whatever_the_type(check, refusal, field, value):
    for order in (MarketOrder("BUY", 1), StopLimitOrder("BUY", 1, 190.0, 190.0)):
        refused = refusal(replace(order, **{field: value}))
        assert refused.limit == Limit.PRICE
        assert not refused.overridable


@pytest.mark.parametrize(
    ("order_type", "field"),
    [
        ("LMT", "limit_price"),
        ("LOC", "limit_price"),
        ("STP", "aux_price"),
        ("STP LMT", "limit_price"),
        ("STP LMT", "aux_price"),
        ("MIT", "aux_price"),
        ("LIT", "aux_price"),
        ("LIT", "limit_price"),
    ],
)
def test_price_that_the_type_needs_must_be_there(refusal, order_type, field):
    order = replace(StopLimitOrder("BUY", 1, 190.0, 190.0), order_type=order_type)

    refused = refusal(replace(order, **{field: None}))
    assert refused.limit == Limit.PRICE
    assert order_type in refused.value


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_price_of_a_stock_is_above_zero(refusal, value):
    assert refusal(buy(value)).limit == Limit.PRICE


def test_price_of_a_spread_may_be_below_zero(guard, picture):
    spread = Contract(symbol="AAPL", security_type="BAG", currency="USD", multiplier="100")

    guard.check(spread, buy(-1.25, 1), picture=picture, override=UNSEEN)


# The grid


@pytest.mark.parametrize(
    ("order", "value", "allowed"),
    [
        (buy(190.055), "limit price 190.055", "190.05 or 190.06"),
        (sell(190.055), "limit price 190.055", "190.05 or 190.06"),
        (buy(190.05000000000004), "limit price 190.05000000000004", "190.05 or 190.06"),
        (StopOrder("SELL", 1, 185.001), "stop price 185.001", "185 or 185.01"),
        (StopLimitOrder("BUY", 1, 190.0, 190.005), "stop price 190.005", "190 or 190.01"),
        (
            replace(MarketOrder("SELL", 1), order_type="TRAIL", trail_stop_price=188.001),
            "trailing stop price 188.001",
            "188 or 188.01",
        ),
    ],
)
def test_price_off_the_grid_is_refused_with_the_nearest_legal_prices(
    refusal, order, value, allowed
):
    refused = refusal(order)

    assert (refused.limit, refused.value, refused.allowed) == (Limit.TICK_GRID, value, allowed)
    assert not refused.overridable


def test_offset_is_no_price_and_may_be_off_the_grid(check):
    check(replace(MarketOrder("SELL", 1), order_type="TRAIL", aux_price=0.001))


def test_grid_follows_the_price(guard, picture, tell):
    nickel_then_dime = (
        PriceIncrement(low_edge=0.0, increment=0.05),
        PriceIncrement(low_edge=3.0, increment=0.1),
    )
    details = ContractDetails(contract=CALL, valid_exchanges="SMART", market_rule_ids="110")
    tell(
        catalog.ContractData(request_id=9, details=details),
        catalog.MarketRule(market_rule_id=110, increments=nickel_then_dime),
    )

    guard.check(CALL, buy(2.95, 1), picture=picture, override=UNSEEN)
    with pytest.raises(OrderRefused, match=r"3 or 3\.1"):
        guard.check(CALL, buy(3.05, 1), picture=picture)


def test_smallest_step_of_the_stream_is_the_grid_when_nothing_else_is_known(guard, picture, tell):
    msft = Stock("MSFT")
    tell(
        catalog.RequestMarketData(request_id=3, contract=msft),
        catalog.TickRequestParams(request_id=3, min_tick=0.05),
    )

    with pytest.raises(OrderRefused, match=r"400 or 400\.05"):
        guard.check(msft, buy(400.01, 1), picture=picture)


def test_unknown_grid_refuses_nothing(guard, picture):
    guard.check(Stock("MSFT"), buy(400.001, 1), picture=picture, override=UNSEEN)


# Precautions


def test_quantity_past_its_limit_is_refused(check, refusal):
    check(buy(190.0, 1000))

    refused = refusal(MarketOrder("BUY", 5001))
    assert (refused.limit, refused.value, refused.allowed) == (
        Limit.ORDER_QUANTITY,
        "5,001",
        "at most 5,000",
    )
    assert refused.overridable


@pytest.mark.parametrize(
    ("order", "value"),
    [
        (buy(190.0, 1316), "250,040.00 USD"),
        (MarketOrder("BUY", 1316), "250,171.60 USD"),
        (MarketOrder("SELL", 1316), "250,040.00 USD"),
        (sell(190.05, 1316), "250,105.80 USD"),
        (StopOrder("BUY", 1316, 195.0), "256,620.00 USD"),
        (Order(action="BUY", order_type="MKT", cash_quantity=250_001.0), "250,001.00 USD"),
    ],
)
def test_value_past_its_limit_is_refused(refusal, order, value):
    refused = refusal(order)

    assert (refused.limit, refused.value) == (Limit.ORDER_VALUE, value)
    assert refused.allowed == "at most 250,000.00 USD"
    assert refused.overridable


def test_low_limit_does_not_make_a_sale_worth_little(guard, picture):
    with pytest.raises(OrderRefused, match=r"250,040\.00 USD"):
        guard.check(
            AAPL,
            sell(1.0, 1316),
            picture=picture,
            override=frozenset({Limit.OFF_MARKET}),
        )


def test_value_of_options_counts_their_multiplier(guard, picture):
    guard.check(CALL, buy(25.0, 100), picture=picture, override=UNSEEN)

    with pytest.raises(OrderRefused, match=r"252,500\.00 USD"):
        guard.check(CALL, buy(25.0, 101), picture=picture, override=UNSEEN)


def test_multiplier_comes_from_the_details_where_the_order_has_none(guard, picture, tell):
    bare = replace(CALL, multiplier="")
    with pytest.raises(OrderRefused, match="no multiplier") as caught:
        guard.check(bare, buy(1.0, 1), picture=picture, override=UNSEEN)
    assert caught.value.limit == Limit.ORDER_VALUE

    tell(catalog.ContractData(request_id=9, details=ContractDetails(contract=CALL, min_tick=0.01)))
    guard.check(bare, buy(25.0, 100), picture=picture, override=UNSEEN)
    with pytest.raises(OrderRefused, match=r"252,500\.00 USD"):
        guard.check(bare, buy(25.0, 101), picture=picture, override=UNSEEN)


@pytest.mark.parametrize("multiplier", ["x", "0", "-100", "NaN", "Infinity"])
def test_multiplier_that_is_none_is_not_guessed(guard, picture, multiplier):
    contract = replace(CALL, multiplier=multiplier)
    with pytest.raises(OrderRefused, match="no multiplier"):
        guard.check(contract, buy(1.0, 1), picture=picture, override=UNSEEN)


def test_quotes_in_pence_are_valued_in_pounds(guard, picture, tell):
    vodafone = Stock("VOD", currency="GBP")
    details = ContractDetails(contract=vodafone, price_magnifier=100)
    tell(catalog.ContractData(request_id=9, details=details))

    guard.check(vodafone, buy(7000.0, 3000), picture=picture, override=UNSEEN)
    with pytest.raises(OrderRefused, match=r"280,000\.00 GBP"):
        guard.check(vodafone, buy(7000.0, 4000), picture=picture, override=UNSEEN)


@pytest.mark.parametrize(
    "order",
    [
        MarketOrder("BUY", 1),
        MarketOrder("SELL", 1),
        replace(MarketOrder("BUY", 1), order_type="TRAIL", aux_price=1.0),
        replace(MarketOrder("BUY", 1), order_type="MIDPRICE", limit_price=0.0),
    ],
)
def test_order_without_a_price_needs_a_market(guard, picture, order):
    with pytest.raises(OrderRefused, match="MSFT STK USD: there is no price") as caught:
        guard.check(Stock("MSFT"), order, picture=picture)

    assert caught.value.limit == Limit.FRESH_QUOTE
    assert caught.value.overridable


def test_limit_that_no_market_can_be_held_against_needs_a_person(guard, picture):
    with pytest.raises(OrderRefused, match="MSFT STK USD: there is no price") as caught:
        guard.check(Stock("MSFT"), buy(400.0, 1), picture=picture)

    assert caught.value.limit == Limit.FRESH_QUOTE
    guard.check(Stock("MSFT"), buy(400.0, 1), picture=picture, override=UNSEEN)


def test_market_order_on_a_stale_quote_is_refused(check, refusal, tell):
    tell(
        catalog.InfoMessage(request_id=-1, code=1100, text="lost"),
        catalog.InfoMessage(request_id=-1, code=1102, text="restored"),
    )
    refused = refusal(MarketOrder("BUY", 1))
    assert (refused.limit, refused.overridable) == (Limit.FRESH_QUOTE, True)
    assert "old, 190.1" in refused.value
    check(buy())

    tell(catalog.TickPrice(request_id=2, tick_type=1, price=190.0))
    check(MarketOrder("BUY", 1))


def test_quote_without_a_line_is_fresh_for_seconds_only(check, refusal, tell, clock):
    tell(catalog.CancelMarketData(request_id=2))
    clock.now_ns += 15 * SECOND
    check(MarketOrder("BUY", 1))

    clock.now_ns += 1
    assert refusal(MarketOrder("BUY", 1)).limit == Limit.FRESH_QUOTE


def test_streaming_quote_is_fresh_however_long_nothing_ticks(check, clock):
    clock.now_ns += 3600 * SECOND

    check(MarketOrder("BUY", 1))


@pytest.mark.parametrize(
    ("order", "value"),
    [
        (buy(210.0, 1), "limit price 210 is 10.5 % above 190.1"),
        (sell(170.0, 1), "limit price 170 is 10.5 % below 190"),
        (buy(19.0, 1), "limit price 19 is 90.0 % below 190"),
        (sell(1900.5, 1), "limit price 1,900.5 is 899.7 % above 190.1"),
        (StopOrder("SELL", 1, 18.5), "stop price 18.5 is 90.3 % below 190"),
        (StopOrder("BUY", 1, 1950.0), "stop price 1,950 is 925.8 % above 190.1"),
        (StopLimitOrder("BUY", 1, 195.0, 1940.0), "stop price 1,940 is 920.5 % above 190.1"),
        (
            replace(MarketOrder("SELL", 1), order_type="TRAIL", trail_stop_price=18.0),
            "trailing stop price 18 is 90.5 % below 190",
        ),
    ],
)
def test_price_far_off_the_market_is_refused_on_either_side(refusal, order, value):
    refused = refusal(order)

    assert (refused.limit, refused.value) == (Limit.OFF_MARKET, value)
    assert refused.allowed == "at most 10 %"
    assert refused.overridable


@pytest.mark.parametrize("order", [buy(209.11), sell(171.0), buy(171.0), sell(209.11)])
def test_price_within_the_percentage_passes(check, order):
    check(order)


def quoted(tell, contract, **ticks):
    tell(catalog.RequestMarketData(request_id=30, contract=contract))
    for name, value in ticks.items():
        tick_type = {"bid": 1, "ask": 2, "last": 4, "close": 9}[name]
        tell(catalog.TickPrice(request_id=30, tick_type=tick_type, price=value))


def test_price_between_bid_and_ask_is_never_off_the_market(guard, picture, tell):
    quoted(tell, CALL, bid=1.0, ask=3.0)

    for price in (1.0, 1.5, 3.0):
        guard.check(CALL, buy(price, 1), picture=picture)


def test_one_step_beyond_the_market_is_never_off_it(guard, picture, tell):
    quoted(tell, CALL, bid=0.05, ask=0.1)
    details = ContractDetails(contract=CALL, min_tick=0.05)
    tell(catalog.ContractData(request_id=9, details=details))

    guard.check(CALL, buy(0.15, 1), picture=picture)
    with pytest.raises(OrderRefused, match=r"100\.0 % above 0\.1"):
        guard.check(CALL, buy(0.2, 1), picture=picture)


@pytest.mark.parametrize("ticks", [{"last": 10.0}, {"close": 10.0}, {"bid": 10.0}, {"ask": 10.0}])
def test_any_price_of_the_instrument_will_do_as_its_market(guard, picture, tell, ticks):
    msft = Stock("MSFT")
    quoted(tell, msft, **ticks)

    guard.check(msft, buy(10.5, 1), picture=picture)
    with pytest.raises(OrderRefused, match="off the market"):
        guard.check(msft, buy(12.0, 1), picture=picture)


def test_stale_market_still_tells_what_was_mistyped(guard, picture, tell):
    tell(catalog.CancelMarketData(request_id=2))
    tell(catalog.InfoMessage(request_id=-1, code=2103, text="broken:usfarm"))

    with pytest.raises(OrderRefused, match=r"below 190 as last seen"):
        guard.check(AAPL, buy(19.0, 1), picture=picture)


# The rate


def test_orders_past_the_rate_are_refused_until_a_second_has_passed(check, refusal, clock):
    for _ in range(10):
        check(buy())
        clock.now_ns += SECOND // 100

    refused = refusal(buy())
    assert (refused.limit, refused.value, refused.allowed) == (
        Limit.ORDER_RATE,
        "11 orders within a second",
        "at most 10",
    )
    assert refused.overridable

    clock.now_ns += SECOND - 10 * (SECOND // 100)
    check(buy())
    assert refusal(buy()).limit == Limit.ORDER_RATE


def test_refused_orders_do_not_count_towards_the_rate(check, refusal):
    for _ in range(20):
        refusal(buy(190.055))
    for _ in range(10):
        check(buy())
    for _ in range(20):
        refusal(buy())
    assert refusal(buy()).value == "11 orders within a second"


def test_clock_set_back_does_not_block_orders(check, clock):
    for _ in range(10):
        check(buy())

    clock.now_ns -= 3600 * SECOND
    check(buy())


def test_order_let_past_the_rate_counts(check, refusal):
    for _ in range(10):
        check(buy())
    check(buy(), override=frozenset({"orders a second"}))

    assert refusal(buy()).value == "12 orders within a second"


# Overriding


@pytest.mark.parametrize(
    ("limit", "order"),
    [
        (Limit.ORDER_QUANTITY, buy(190.0, 5001)),
        (Limit.ORDER_VALUE, buy(190.0, 1316)),
        (Limit.OFF_MARKET, buy(19.0, 1)),
    ],
)
def test_person_may_let_a_precaution_pass(check, refusal, limit, order):
    assert refusal(order).limit == limit

    check(order, override=frozenset(OVERRIDABLE))
    others = OVERRIDABLE - {limit}
    with pytest.raises(OrderRefused) as caught:
        check(order, override=frozenset(others))
    assert caught.value.limit == limit


def test_person_may_let_a_market_order_without_a_market_pass(guard, picture):
    guard.check(
        Stock("MSFT"),
        MarketOrder("BUY", 1),
        picture=picture,
        override=frozenset({"fresh quote"}),
    )


@pytest.mark.parametrize(
    "order",
    [
        replace(buy(), action=""),
        replace(buy(), total_quantity=None),
        buy(-5.0),
        buy(190.055),
        replace(buy(), account="U1"),
    ],
)
def test_nobody_may_let_a_rule_pass_that_is_no_precaution(check, order):
    with pytest.raises(OrderRefused) as caught:
        check(order, override=EVERYTHING)

    assert not caught.value.overridable


def test_all_refusals_are_told_at_once_for_a_confirmation(guard, picture):
    order = buy(19.0, 100_000)

    told = guard.refusals(AAPL, order, picture=picture)
    assert [refused.limit for refused in told] == [
        Limit.ORDER_QUANTITY,
        Limit.ORDER_VALUE,
        Limit.OFF_MARKET,
    ]
    names = frozenset(refused.limit for refused in told)
    guard.check(AAPL, order, picture=picture, override=names)


def test_asking_for_refusals_ends_at_one_that_holds_for_everybody_and_counts_nothing(
    guard, picture
):
    for _ in range(50):
        (refused,) = guard.refusals(AAPL, buy(190.055, 100_000), picture=picture)
        assert refused.limit == Limit.TICK_GRID
        assert guard.refusals(AAPL, buy(), picture=picture) == ()
    guard.check(AAPL, buy(), picture=picture)


# What-if


def test_what_if_passes_the_precautions_and_does_not_count(guard, picture):
    for _ in range(50):
        guard.check(AAPL, replace(buy(19.0, 100_000), what_if=True), picture=picture)
    guard.check(Stock("MSFT"), replace(MarketOrder("BUY", 1), what_if=True), picture=picture)

    for _ in range(10):
        guard.check(AAPL, buy(), picture=picture)


def test_what_if_is_held_by_what_holds_for_everybody(guard, picture, tell):
    with pytest.raises(OrderRefused, match="tick grid"):
        guard.check(AAPL, replace(buy(190.055), what_if=True), picture=picture)

    tell(catalog.ManagedAccounts(accounts=("U123",)))
    with pytest.raises(OrderRefused, match="account mode"):
        guard.check(AAPL, replace(buy(), what_if=True), picture=picture)


# Limits


def test_limits_that_are_off_refuse_nothing(clock, picture):
    off = OrderLimits(
        max_order_quantity=None,
        max_order_value=None,
        max_percent_off_market=None,
        max_orders_per_second=None,
    )
    guard = OrderGuard(off, clock)

    for _ in range(100):
        guard.check(AAPL, buy(1.0, 1_000_000), picture=picture)
    guard.check(Stock("MSFT"), MarketOrder("BUY", 1), picture=picture)


@pytest.mark.parametrize(
    "limit",
    [
        {"max_order_quantity": Decimal(0)},
        {"max_order_quantity": Decimal("NaN")},
        {"max_order_value": -1.0},
        {"max_order_value": math.nan},
        {"max_percent_off_market": math.inf},
        {"max_orders_per_second": 0},
    ],
)
def test_limit_must_be_a_positive_number(limit):
    with pytest.raises(InvalidValue, match=next(iter(limit))):
        OrderLimits(**limit)


def test_every_refusal_is_told_by_a_known_name():
    assert OVERRIDABLE < EVERYTHING
    assert {limit for limit in Limit if limit not in OVERRIDABLE} == {
        Limit.ACCOUNT_MODE,
        Limit.READ_ONLY_BRIDGE,
        Limit.CONNECTION,
        Limit.ACTION,
        Limit.QUANTITY,
        Limit.PRICE,
        Limit.TICK_GRID,
    }
