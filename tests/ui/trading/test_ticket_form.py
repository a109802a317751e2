from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from workstation.model import (
    Contract,
    ContractDetails,
    LimitOrder,
    MarketOrder,
    Option,
    PriceIncrement,
    Stock,
    StopLimitOrder,
    StopOrder,
)
from workstation.protocol import catalog
from workstation.state.changes import OrderKey
from workstation.state.live_order import LiveOrder
from workstation.ui.panes.ticket_form import (
    Field,
    Rules,
    TicketForm,
    form_of,
    order_of,
    price_text,
    problems,
    stepped,
    stepped_quantity,
)

CENTS = (PriceIncrement(low_edge=0.0, increment=0.01),)
NICKELS = (
    PriceIncrement(low_edge=0.0, increment=0.05),
    PriceIncrement(low_edge=3.0, increment=0.1),
)
RULES = Rules(CENTS)


def form(**texts):
    return TicketForm(Stock("AAPL"), **({"quantity": "100", "limit_price": "190.05"} | texts))


def test_a_legal_form_has_no_problems():
    assert problems(form(), RULES) == {}


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (Field.QUANTITY, "", "a quantity is needed"),
        (Field.QUANTITY, "0", "a quantity is above zero"),
        (Field.QUANTITY, "-5", "a quantity is above zero"),
        (Field.QUANTITY, "1.5", "whole numbers only"),
        (Field.QUANTITY, "ten", "a quantity is a number"),
        (Field.QUANTITY, "1e3", "a quantity is a number"),
        (Field.QUANTITY, "nan", "a quantity is a number"),
        (Field.QUANTITY, "١٠", "a quantity is a number"),
        (Field.LIMIT, "", "a price is needed"),
        (Field.LIMIT, "190,05", "no commas: 1234.50"),
        (Field.LIMIT, "inf", "a price is a number"),
        (Field.LIMIT, "9" * 400, "a price is a number"),
        (Field.LIMIT, "0", "a price is above zero"),
        (Field.LIMIT, "-1", "a price is above zero"),
        (Field.LIMIT, "190.055", "off the tick grid: 190.05 or 190.06"),
        (Field.LIMIT, "0.005", "off the tick grid: 0.01"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(field, text, words):
    assert problems(form().put(field, text), RULES) == {field: words}


def test_the_grid_of_the_price_band_counts():
    rules = Rules(NICKELS)
    assert problems(form(limit_price="2.95"), rules) == {}
    assert problems(form(limit_price="3.05"), rules) == {
        Field.LIMIT: "off the tick grid: 3.00 or 3.10"
    }


def test_only_the_prices_of_the_order_type_are_looked_at():
    wrong = form(limit_price="x", aux_price="y")
    assert set(problems(wrong.put(Field.ORDER_TYPE, "MKT"), RULES)) == set()
    assert set(problems(wrong.put(Field.ORDER_TYPE, "LMT"), RULES)) == {Field.LIMIT}
    assert set(problems(wrong.put(Field.ORDER_TYPE, "STP"), RULES)) == {Field.STOP}
    both = {Field.LIMIT, Field.STOP}
    assert set(problems(wrong.put(Field.ORDER_TYPE, "STP LMT"), RULES)) == both


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        ({"order_type": "MKT"}, MarketOrder("BUY", 100)),
        ({}, LimitOrder("BUY", 100, 190.05)),
        ({"order_type": "STP", "aux_price": "195"}, StopOrder("BUY", 100, 195.0)),
        (
            {"order_type": "STP LMT", "aux_price": " 195 ", "action": "SELL"},
            StopLimitOrder("SELL", 100, 190.05, 195.0),
        ),
        (
            {"time_in_force": "IOC", "quantity": " 7 "},
            LimitOrder("BUY", 7, 190.05, time_in_force="IOC"),
        ),
    ],
)
def test_a_form_stands_for_the_order_its_constructor_makes(texts, order):
    assert order_of(form(**texts)) == order


def live(order, filled=0):
    return LiveOrder(
        key=OrderKey(7, 12), contract=Stock("AAPL"), order=order, filled=Decimal(filled)
    )


def test_a_change_keeps_every_field_that_the_ticket_does_not_show():
    order = replace(
        LimitOrder("SELL", 100, 190.0, time_in_force="GTC"),
        order_id=12,
        account="DSIM2",
        outside_regular_hours=True,
        aux_price=0.0,
    )
    changed = form_of(live(order), CENTS).put(Field.LIMIT, "191.00")
    assert order_of(changed) == replace(order, limit_price=191.0, aux_price=None)


def test_a_change_shows_what_the_order_is_becoming():
    order = LimitOrder("SELL", 100, 190.0)
    becoming = replace(live(order), requested=replace(order, limit_price=191.0))
    assert form_of(becoming, CENTS).limit_price == "191.00"


def test_a_change_below_what_is_filled_is_illegal():
    changed = form_of(live(LimitOrder("BUY", 100, 190.0), filled=60), CENTS)
    assert problems(changed.put(Field.QUANTITY, "59"), RULES) == {
        Field.QUANTITY: "60 are filled already"
    }


def test_an_order_of_a_kind_the_ticket_does_not_know_can_not_be_sent():
    order = replace(MarketOrder("BUY", 100), order_type="TRAIL", trailing_percent=1.0)
    assert Field.ORDER_TYPE in problems(form_of(live(order), CENTS), RULES)


@pytest.mark.parametrize(
    ("text", "count", "moved"),
    [
        ("190.05", 1, "190.06"),
        ("190.05", -10, "189.95"),
        ("190.055", 1, "190.06"),
        ("190.055", -1, "190.05"),
        ("0.01", -1, None),
        ("x", 1, None),
        ("", 1, "190.10"),
    ],
)
def test_a_price_steps_along_the_grid(text, count, moved):
    assert stepped(text, count, RULES, 190.1) == moved


def test_steps_cross_into_the_next_band():
    assert stepped("2.95", 2, Rules(NICKELS), None) == "3.10"


def test_nothing_steps_without_a_grid_or_a_start():
    assert stepped("190.05", 1, Rules(), 190.0) is None
    assert stepped("", 1, RULES, None) is None


def test_a_quantity_steps_by_its_own_size_and_stays_above_zero():
    assert stepped_quantity("100", 10, RULES) == "110"
    assert stepped_quantity("3", -10, RULES) == "1"
    assert stepped_quantity("", 1, RULES) == "1"
    assert stepped_quantity("x", 1, RULES) is None


@pytest.mark.parametrize(
    ("price", "increments", "text"),
    [
        (190.1, CENTS, "190.10"),
        (190.105, CENTS, "190.105"),
        (1.0, (PriceIncrement(low_edge=0.0, increment=0.0001),), "1.0000"),
        (190.5, (), "190.50"),
        (0.00012, (), "0.00012"),
    ],
)
def test_a_price_has_the_decimals_of_its_grid(price, increments, text):
    assert price_text(price, increments) == text


def test_rules_come_from_the_market_rule_else_from_the_stream(session):
    assert Rules.of(Stock("AAPL"), session.picture).increments == CENTS
    session.tell(
        catalog.RequestMarketData(request_id=9, contract=Stock("NEW")),
        catalog.TickRequestParams(
            request_id=9, min_tick=0.05, bbo_exchange="", snapshot_permissions=0
        ),
    )
    assert Rules.of(Stock("NEW"), session.picture).increments == (
        PriceIncrement(low_edge=0.0, increment=0.05),
    )


def test_what_can_be_had_in_parts_is_sized_in_parts_but_shares_and_options_whole(session):
    coin = Contract(symbol="BTC", security_type="CRYPTO", exchange="PAXOS", currency="USD")
    for contract, size in ((coin, "0.001"), (Stock("PART"), "0.0001")):
        details = ContractDetails(contract=contract, size_increment=Decimal(size))
        session.tell(catalog.ContractData(request_id=1, details=details))
    assert Rules.of(coin, session.picture).size_increment == Decimal("0.001")
    assert Rules.of(Stock("PART"), session.picture).size_increment == 1
    assert Rules.of(Option("AAPL", "20270115", 190.0, "C"), session.picture).size_increment == 1
    coins = TicketForm(coin, quantity="0.0015", limit_price="5")
    assert problems(coins, Rules.of(coin, session.picture)) == {
        Field.QUANTITY: "only multiples of 0.001"
    }
