from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from workstation.errors import NotConnected, OrderRefused
from workstation.model import Execution, LimitOrder, MarketOrder, Stock
from workstation.protocol import catalog
from workstation.ui.sweep import PATIENCE_NS, Progress

AAPL = Stock("AAPL")
MSFT = Stock("MSFT")


def place(session, quantity=100, contract=AAPL):
    session.trader.place_order(contract, LimitOrder("BUY", quantity, 190.0))
    placed = session.trader.sent[-1]
    session.tell(session.told(placed))
    return placed.order_id


def sent_kinds(session):
    return [type(each).__name__ for each in session.trader.sent]


def outcomes(sweep):
    return [(line.outcome, line.progress) for line in sweep.lines]


def test_cancelling_everything_is_one_message_and_a_line_for_each_order(listed):
    first, second = place(listed), place(listed)
    sweep = listed.trading.cancel_everything()
    assert sent_kinds(listed)[-1] == "RequestGlobalCancel"
    assert [line.progress for line in sweep.lines] == [Progress.WAITING] * 2
    listed.tell(
        listed.status(first, "Cancelled"), listed.status(second, "Filled", 100, 0, price=190)
    )
    listed.trading.advance()
    assert outcomes(sweep) == [
        ("cancelled", Progress.DONE),
        ("filled 100 at 190", Progress.DONE),
    ]
    assert sweep.is_done
    assert not sweep.has_failed


def test_everything_is_cancelled_also_when_no_order_is_known_here(listed):
    listed.trading.cancel_everything()
    assert sent_kinds(listed) == ["RequestGlobalCancel"]


def test_an_order_that_is_not_cancelled_in_time_is_said_to_be_able_to_fill(listed):
    place(listed)
    sweep = listed.trading.cancel_everything()
    listed.clock.now_ns += PATIENCE_NS
    listed.trading.advance()
    assert not sweep.is_done
    listed.clock.now_ns += 1
    listed.trading.advance()
    assert outcomes(sweep) == [("cancel requested, may still fill: no answer", Progress.FAILED)]


def test_an_order_the_bridge_no_longer_names_holds_nothing_up(listed):
    place(listed)
    listed.tell(catalog.RequestAllOpenOrders(), catalog.OpenOrderEnd())
    sweep = listed.trading.cancel_everything()
    assert sweep.is_done


def test_no_position_is_closed_before_the_orders_in_it_are_gone(listed):
    order_id = place(listed)
    listed.tell(listed.holds(AAPL, 300))
    sweep = listed.trading.flatten()
    assert len(listed.trader.orders) == 1
    assert sweep.lines[1].outcome == f"waits for order {order_id}"
    listed.tell(listed.status(order_id, "Cancelled"))
    listed.trading.advance()
    closing = listed.trader.orders[-1]
    assert (closing.order.action, closing.order.total_quantity) == ("SELL", Decimal(300))
    assert closing.order.order_type == "MKT"
    assert closing.order.account == "DSIM1234567"
    assert closing.contract.exchange == "SMART"


def test_a_short_position_is_bought_back(listed):
    listed.tell(listed.holds(AAPL, -300))
    listed.trading.flatten()
    closing = listed.trader.orders[-1].order
    assert (closing.action, closing.total_quantity) == ("BUY", Decimal(300))


def test_a_stuck_order_keeps_only_its_own_instrument_open(listed):
    listed.stream(MSFT, 2, 400.0, 400.1, 400.0)
    order_id = place(listed)
    listed.tell(listed.holds(AAPL, 300), listed.holds(MSFT, 20))
    sweep = listed.trading.flatten()
    assert [each.contract.symbol for each in listed.trader.orders] == ["AAPL", "MSFT"]
    listed.clock.now_ns += PATIENCE_NS + 1
    listed.trading.advance()
    assert sweep.lines[1] == (
        "DSIM1234567 AAPL",
        f"not closed: order {order_id} may still fill",
        Progress.FAILED,
    )


def test_a_fill_that_crosses_the_cancel_is_waited_for_in_the_position(listed):
    order_id = place(listed)
    listed.tell(listed.holds(AAPL, 300))
    listed.trading.flatten()
    listed.clock.pass_seconds(0.1)
    listed.tell(listed.status(order_id, "Filled", 100, 0, price=190.0))
    listed.trading.advance()
    assert len(listed.trader.orders) == 1
    listed.tell(listed.holds(AAPL, 400))
    listed.trading.advance()
    assert listed.trader.orders[-1].order.total_quantity == Decimal(400)


def test_a_position_told_before_its_fill_is_trusted_after_a_while(listed):
    order_id = place(listed)
    listed.trading.flatten()
    listed.clock.pass_seconds(0.1)
    listed.tell(listed.holds(AAPL, 100))
    listed.clock.pass_seconds(0.1)
    listed.tell(listed.status(order_id, "Filled", 100, 0, price=190.0))
    listed.trading.advance()
    assert len(listed.trader.orders) == 1
    listed.clock.pass_seconds(2)
    listed.trading.advance()
    assert listed.trader.orders[-1].order == replace(
        MarketOrder("SELL", 100), account="DSIM1234567", order_id=52
    )


def test_the_line_of_a_position_says_what_it_was_closed_at(listed):
    listed.tell(listed.holds(AAPL, 300))
    sweep = listed.trading.flatten()
    closing = listed.trader.orders[-1].order_id
    listed.tell(listed.status(closing, "Filled", 300, 0, price=189.95))
    listed.trading.advance()
    assert not sweep.is_done
    listed.tell(listed.holds(AAPL, 0))
    listed.trading.advance()
    assert outcomes(sweep) == [(f"order {closing} filled 300 at 189.95", Progress.DONE)]


def test_a_closing_order_that_is_rejected_is_told_with_the_reason(listed):
    listed.tell(listed.holds(AAPL, 300))
    sweep = listed.trading.flatten()
    closing = listed.trader.orders[-1].order_id
    listed.tell(catalog.InfoMessage(request_id=closing, code=201, text="no shares"))
    listed.trading.advance()
    assert outcomes(sweep) == [
        (f"not closed: order {closing} rejected, no shares", Progress.FAILED)
    ]


def test_flattening_twice_sells_once(listed):
    listed.tell(listed.holds(AAPL, 300))
    first = listed.trading.flatten()
    assert listed.trading.flatten() is first
    assert len(listed.trader.orders) == 1


def test_a_flattening_after_a_fill_that_no_position_shows_yet_sells_nothing(listed):
    listed.tell(listed.holds(AAPL, 300))
    listed.clock.pass_seconds(1)
    listed.trader.place_order(AAPL, MarketOrder("SELL", 300))
    order_id = listed.trader.orders[-1].order_id
    listed.tell(listed.status(order_id, "Filled", 300, 0, price=190.0))
    listed.trading.flatten()
    assert len(listed.trader.orders) == 1
    listed.tell(listed.holds(AAPL, 0))
    listed.trading.advance()
    assert listed.trading.sweep.is_done
    assert len(listed.trader.orders) == 1


def test_more_positions_than_orders_a_second_are_closed_one_after_the_other(listed):
    symbols = [f"S{number}" for number in range(12)]
    for number, symbol in enumerate(symbols, start=10):
        listed.stream(Stock(symbol), number, 10.0, 10.1, 10.0)
        listed.tell(listed.holds(Stock(symbol), 5))
    sweep = listed.trading.flatten()
    assert len(listed.trader.orders) == 10
    assert not sweep.has_failed
    listed.clock.pass_seconds(1)
    listed.trading.advance()
    assert [each.contract.symbol for each in listed.trader.orders] == symbols


def test_a_refusal_by_the_guard_is_the_line_of_its_position(listed):
    listed.tell(listed.holds(AAPL, 9000))
    sweep = listed.trading.flatten()
    assert sweep.has_failed
    assert sweep.lines[0].outcome.startswith("not closed: order quantity: 9,000")


def test_a_confirmed_precaution_lets_the_closing_order_pass(listed):
    listed.tell(listed.holds(AAPL, 9000))
    plan = listed.trading.plan_flatten()
    assert plan.word == "FLATTEN"
    plan.start()
    assert listed.trader.orders[-1].order.total_quantity == Decimal(9000)


def test_without_a_bridge_nothing_is_waited_for(listed):
    listed.tell(listed.holds(AAPL, 300))
    listed.trader.failure = NotConnected("there is no Bridge")
    sweep = listed.trading.flatten()
    assert outcomes(sweep) == [("there is no Bridge", Progress.FAILED)]
    assert sweep.is_done


def test_cancelling_everything_ends_a_flattening(listed):
    listed.stream(MSFT, 2, 400.0, 400.1, 400.0)
    order_id = place(listed)
    listed.tell(listed.holds(AAPL, 300))
    listed.trading.flatten()
    listed.trading.cancel_everything()
    listed.tell(listed.status(order_id, "Cancelled"))
    listed.trading.advance()
    assert len(listed.trader.orders) == 1


def test_the_plan_names_what_it_will_do_and_whose_money_it_is(listed):
    place(listed)
    listed.tell(listed.holds(AAPL, 300), listed.status(3, "Submitted", client_id=2))
    assert listed.trading.plan_cancel_all().text == (
        "Cancel 2 orders (1 of others) · SIMULATED DSIM1234567"
    )
    plan = listed.trading.plan_flatten()
    assert plan.text == (
        "Cancel 2 orders (1 of others) · then close 1 position at market: SELL 300 AAPL"
        " · SIMULATED DSIM1234567"
    )
    assert plan.word == ""


def test_flattening_says_before_that_a_live_account_keeps_its_positions(listed):
    listed.tell(listed.holds(AAPL, 300), catalog.ManagedAccounts(accounts=("U1234567",)))
    plan = listed.trading.plan_flatten()
    assert "then close" not in plan.text
    assert " · not close 1 position: account mode: live (U1234567); allowed" in plan.text
    assert plan.word == ""
    plan.start()
    assert listed.trader.orders == []


def test_an_order_of_another_client_is_looked_at_only(listed):
    listed.tell(listed.status(3, "Submitted", client_id=2))
    key = listed.picture.orders.open()[0].key
    with pytest.raises(OrderRefused, match="order 3 of client 2"):
        listed.trading.cancel(key)
    assert listed.trading.cancel_symbol("") == ()
    assert listed.trader.sent == []


def test_one_order_or_all_of_a_symbol_are_cancelled(listed):
    first, second = place(listed), place(listed)
    listed.trading.cancel(listed.picture.orders.own(first).key)
    assert listed.trader.sent[-1] == catalog.CancelOrder(order_id=first)
    keys = listed.trading.cancel_symbol("AAPL STK USD")
    assert [key.order_id for key in keys] == [first, second]


def test_a_finished_order_can_not_be_cancelled(listed):
    order_id = place(listed)
    listed.tell(listed.status(order_id, "Filled", 100, 0))
    with pytest.raises(OrderRefused, match="filled"):
        listed.trading.cancel(listed.picture.orders.own(order_id).key)


def test_no_new_order_leaves_before_the_listing_is_complete(session):
    session.trading.advance()
    with pytest.raises(OrderRefused, match="still being listed"):
        session.trading.submit(AAPL, LimitOrder("BUY", 1, 190.0))
    session.complete_listing()
    assert session.trading.submit(AAPL, LimitOrder("BUY", 1, 190.0)) == 51


def test_a_listing_that_fails_says_why_and_is_tried_again(session):
    session.trading.advance()
    session.trader.asked[1].future.set_exception(NotConnected("there is no Bridge"))
    session.trading.advance()
    assert session.trading.listing.words.endswith("could not be listed: there is no Bridge")
    assert len(session.trader.asked) == 3
    session.clock.pass_seconds(5.1)
    session.complete_listing()
    assert len(session.trader.asked) == 6
    assert session.trading.is_listed


def test_the_listing_says_what_it_found(listed):
    listed.tell(
        listed.status(3, "Submitted", client_id=2),
        listed.holds(AAPL, 300),
        catalog.ExecutionData(
            request_id=-1, contract=AAPL, execution=Execution(execution_id="a.01")
        ),
    )
    assert listed.trading.listing.words == (
        "found 1 working order (1 of other clients) · 1 position · 1 execution"
    )
