"""The simulated Bridge's orders: what becomes of them, and what is told."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.model import (
    ExecutionFilter,
    LimitIfTouchedOrder,
    LimitOrder,
    MarketIfTouchedOrder,
    MarketOrder,
    MarketToLimitOrder,
    Order,
    PeggedToMidpointOrder,
    RelativeOrder,
    StopLimitOrder,
    StopOrder,
    TagValue,
    TrailingStopOrder,
)
from workstation.model.orders import PriceCondition, TimeCondition
from workstation.protocol import catalog

CLIENT = 1
SECOND = 10**9


def changed(order, **fields):
    return msgspec.structs.replace(order, **fields)


def test_a_market_order_walks_through_the_book_and_waits_where_it_ends(floor):
    floor.move(ask_size=10)
    offered = list(floor.book().offered(bids=False))
    whole = sum(size for _, size in offered)
    floor.place(1, MarketOrder("BUY", whole + 100))
    assert floor.fills(1) == [(size, price) for price, size in offered]
    assert floor.status(1).status == "Submitted"
    floor.desk.advance()
    assert floor.status(1).remaining == 100
    floor.move(ask=101.5)
    status = floor.status(1)
    assert (status.status, status.remaining) == ("Filled", 0)
    paid = sum(size * price for size, price in floor.fills(1))
    assert status.average_fill_price == pytest.approx(paid / (whole + 100))


def test_an_order_meets_the_market_as_it_is_when_it_comes(floor):
    floor.place(1, MarketOrder("BUY", 10))
    floor.time_ns += SECOND // 10
    floor.market = floor.market._replace(time_ns=floor.time_ns, ask=104.0, bid=103.0)
    floor.place(2, MarketOrder("BUY", 10))
    assert floor.fills(2) == [(10, 104.0)]


def test_an_order_that_rests_has_filled_when_its_change_comes_too_late(floor):
    floor.place(1, LimitOrder("BUY", 10, 100.0))
    floor.time_ns += SECOND // 10
    floor.market = floor.market._replace(time_ns=floor.time_ns, ask=99.5, bid=99.0)
    floor.place(1, LimitOrder("BUY", 10, 90.0))
    assert (floor.status(1).status, floor.codes(1)) == ("Filled", [104])


def test_an_execution_comes_before_the_status_it_explains(floor):
    floor.place(1, MarketOrder("BUY", 10))
    names = [message.name for _, message in floor.told]
    assert names == [
        *("open_order", "order_status"),
        *("execution_data", "open_order", "order_status", "commission_report"),
    ]


def test_a_limit_order_waits_for_its_price(floor):
    floor.place(1, LimitOrder("SELL", 10, 100.0))
    assert floor.status(1).status == "Submitted"
    floor.move(bid=100.5)
    # It was there first, so whoever came to sell to it gets its price.
    assert (floor.status(1).status, floor.executions[0].price) == ("Filled", 100.0)


@pytest.mark.parametrize(("action", "stop", "last"), [("BUY", 105.0, 106.0), ("SELL", 95.0, 94.0)])
def test_a_stop_becomes_a_market_order_when_a_trade_reaches_it(floor, action, stop, last):
    floor.place(1, StopOrder(action, 10, stop))
    assert floor.status(1).status == "PreSubmitted"
    floor.move(last=100.5)
    assert floor.status(1).status == "PreSubmitted"
    floor.move(last=last, bid_size=0, ask_size=0)
    assert floor.status(1).status == "Submitted"
    floor.move(last=100.0, bid_size=9, ask_size=9)
    floor.move(ask=101.01, bid=98.99)
    assert floor.status(1).status == "Filled"


def test_a_triggered_stop_limit_keeps_its_limit(floor):
    floor.place(1, StopLimitOrder("BUY", 10, 101.5, 105.0))
    floor.move(last=105.0, ask=105.5)
    assert floor.status(1).status == "Submitted"
    floor.move(last=101.0, ask=101.5)
    assert floor.executions[0].price == 101.5


def test_fill_or_kill_is_whole_or_nothing(floor):
    floor.place(1, changed(LimitOrder("BUY", 301, 101.0), time_in_force="FOK"))
    assert (floor.status(1).status, floor.status(1).filled) == ("Cancelled", 0)
    floor.place(2, changed(LimitOrder("BUY", 300, 101.0), time_in_force="FOK"))
    assert floor.status(2).status == "Filled"


def test_immediate_or_cancel_takes_what_there_is_and_cancels_the_rest(floor):
    floor.place(1, changed(LimitOrder("BUY", 500, 101.0), time_in_force="IOC"))
    status = floor.status(1)
    assert (status.status, status.filled, status.remaining) == ("Cancelled", 300, 200)
    assert floor.codes(1) == [202]


@pytest.mark.parametrize(
    ("time_in_force", "status"), [("", "Cancelled"), ("DAY", "Cancelled"), ("GTC", "Submitted")]
)
def test_a_day_order_ends_with_its_session(floor, time_in_force, status):
    floor.place(1, changed(LimitOrder("BUY", 400, 101.0), time_in_force=time_in_force))
    floor.session_number += 1
    floor.move(ask=105.0)
    assert (floor.status(1).status, floor.status(1).filled) == (status, 300)
    assert floor.codes(1) == ([202] if status == "Cancelled" else [])


def test_an_order_changed_to_one_for_the_day_lives_that_day(floor):
    floor.place(1, changed(LimitOrder("BUY", 10, 90.0), time_in_force="GTC"))
    floor.session_number += 1
    floor.place(1, LimitOrder("BUY", 10, 91.0))
    floor.move()
    assert floor.status(1).status == "Submitted"


def test_a_change_keeps_what_has_filled(floor):
    floor.place(1, LimitOrder("BUY", 500, 101.0))
    floor.place(1, LimitOrder("BUY", 700, 101.0))
    status = floor.status(1)
    assert (status.filled, status.remaining, status.status) == (300, 400, "Submitted")
    floor.place(1, LimitOrder("BUY", 300, 101.0))
    assert (floor.status(1).status, floor.status(1).remaining) == ("Filled", 0)


def test_a_change_brings_no_more_of_the_same_quote(floor):
    floor.place(1, LimitOrder("BUY", 500, 101.0))
    floor.place(1, LimitOrder("BUY", 600, 101.0))
    assert floor.status(1).filled == 300


def test_a_change_that_meets_the_market_fills_at_once(floor):
    floor.place(1, LimitOrder("BUY", 10, 100.0))
    floor.place(1, LimitOrder("BUY", 10, 101.0))
    assert floor.status(1).status == "Filled"


def test_a_limit_order_changed_to_a_stop_waits_to_be_triggered(floor):
    floor.place(1, LimitOrder("BUY", 10, 100.0))
    floor.place(1, StopOrder("BUY", 10, 105.0))
    assert floor.status(1).status == "PreSubmitted"
    floor.place(1, MarketOrder("BUY", 10))
    assert floor.status(1).status == "Filled"


@pytest.mark.parametrize(
    ("order", "symbol", "code"),
    [
        (LimitOrder("SELL", 400, 101.0), "AAPL", 105),
        (LimitOrder("BUY", 400, 101.0), "MSFT", 105),
        (LimitOrder("BUY", 200, 101.0), "AAPL", 321),
        (LimitOrder("BUY", 400, 101.005), "AAPL", 110),
        (LimitOrder("BUY", 10_000_000, 101.0), "AAPL", 201),
        (LimitOrder("BUY", 400, 101.0), "NOSUCH", 200),
    ],
    ids=["side", "contract", "below what filled", "off the grid", "too dear", "no contract"],
)
def test_a_change_that_is_refused_changes_nothing(floor, order, symbol, code):
    floor.place(1, LimitOrder("BUY", 400, 101.0))
    floor.place(1, order, symbol=symbol)
    assert floor.codes(1) == [code]
    (working,) = floor.desk.open_orders()
    assert (working.order.action, working.remaining) == ("BUY", 100)


def test_what_is_done_with_can_be_neither_changed_nor_cancelled(floor):
    floor.place(1, MarketOrder("BUY", 10))
    floor.place(1, MarketOrder("BUY", 20))
    floor.desk.cancel(CLIENT, 1)
    assert floor.codes(1) == [104, 161]
    floor.desk.cancel(CLIENT, 99)
    assert floor.codes(99) == [10147]


def test_an_id_serves_once(floor):
    floor.place(5, LimitOrder("BUY", 10, 90.0))
    floor.desk.cancel(CLIENT, 5)
    floor.place(5, LimitOrder("BUY", 10, 90.0))
    floor.place(4, LimitOrder("BUY", 10, 90.0))
    assert (floor.codes(5), floor.codes(4)) == ([202, 103], [103])
    assert floor.desk.next_order_id[CLIENT] == 6


def test_clients_have_ids_of_their_own(floor):
    floor.place(5, LimitOrder("BUY", 10, 90.0), client_id=1)
    floor.place(5, LimitOrder("BUY", 10, 91.0), client_id=2)
    floor.desk.cancel(2, 5)
    (left,) = floor.desk.open_orders()
    assert left.client_id == 1
    assert {client_id for client_id, message in floor.told if message.name == "info_message"} == {2}


def test_a_what_if_takes_no_id_and_trades_nothing(floor):
    floor.place(7, changed(MarketOrder("BUY", 100), what_if=True))
    (answer,) = floor.heard(catalog.OpenOrder, 7)
    assert answer.order.what_if
    assert answer.state.initial_margin_change == "2500.00"
    assert answer.state.commission == 1.0
    assert not floor.executions
    floor.place(7, MarketOrder("BUY", 100))
    assert floor.status(7).status == "Filled"


MARKET_BUY = MarketOrder("BUY", 10)


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (changed(MARKET_BUY, order_type="VOL"), 387),
        (changed(MARKET_BUY, order_type="PEG BENCH"), 387),
        (changed(MARKET_BUY, time_in_force="GTX"), 321),
        (changed(MARKET_BUY, action="SSHORT"), 321),
        (changed(MARKET_BUY, total_quantity=None), 321),
        (changed(MARKET_BUY, total_quantity=Decimal("1.5")), 321),
        (changed(MARKET_BUY, total_quantity=Decimal("NaN")), 321),
        (changed(MARKET_BUY, total_quantity=Decimal("Infinity")), 321),
        (changed(MARKET_BUY, total_quantity=Decimal(-1)), 321),
        (changed(MARKET_BUY, account="U1234567"), 321),
        (changed(MARKET_BUY, trigger_method=5), 321),
        (changed(MARKET_BUY, parent_id=3), 135),
        (changed(MARKET_BUY, oca_group="one", oca_type=4), 321),
        (changed(MARKET_BUY, display_size=11), 321),
        (changed(MARKET_BUY, minimum_quantity=11), 321),
        (changed(MARKET_BUY, cash_quantity=1000.0), 321),
        (changed(MARKET_BUY, good_after_time="tomorrow"), 321),
        (changed(MARKET_BUY, time_in_force="GTD"), 321),
        (changed(MARKET_BUY, good_till_date="20261124 10:00:00 US/Eastern"), 321),
        (
            changed(MARKET_BUY, time_in_force="GTD", good_till_date="20261122 10:00:00 US/Eastern"),
            321,
        ),
        (changed(MARKET_BUY, conditions=(TimeCondition(time="soon"),)), 321),
        (changed(MARKET_BUY, conditions=(PriceCondition(contract_id=1),)), 200),
        (changed(MARKET_BUY, algo_strategy="Vwap"), 321),
        (
            changed(
                MARKET_BUY,
                algo_strategy="Adaptive",
                algo_parameters=(TagValue(tag="adaptivePriority", value="Soon"),),
            ),
            321,
        ),
        (changed(MARKET_BUY, duration=60), 321),
        (changed(MARKET_BUY, order_type="TRAIL"), 321),
        (changed(MARKET_BUY, order_type="TRAIL", aux_price=1.0, trailing_percent=1.0), 321),
        (changed(MARKET_BUY, order_type="TRAIL LIMIT", aux_price=1.0), 321),
        (changed(MARKET_BUY, order_type="REL", time_in_force="OPG"), 321),
        (changed(StopOrder("BUY", 10, 90.0), adjusted_order_type="TRAIL"), 321),
        (changed(LimitOrder("BUY", 10, 90.0), limit_price=None), 321),
        (changed(LimitOrder("BUY", 10, 90.0), limit_price=float("nan")), 321),
        (changed(LimitOrder("BUY", 10, 90.0), limit_price=float("inf")), 321),
        (changed(LimitOrder("BUY", 10, 90.0), limit_price=-1.0), 321),
        (changed(LimitOrder("BUY", 10, 90.0), limit_price=90.005), 110),
        (changed(StopOrder("BUY", 10, 90.0), aux_price=90.005), 110),
        (MarketOrder("BUY", 1_000_000), 201),
        (MarketOrder("SELL", 1_000_000), 201),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_what_is_not_legal_or_not_modelled_is_refused(floor, order, code):
    floor.place(1, order)
    assert floor.codes(1) == [code]
    assert not floor.desk.open_orders()
    assert not floor.executions


def test_a_contract_that_does_not_exist_is_error_200(floor):
    floor.place(1, MARKET_BUY, symbol="NOSUCH")
    assert floor.codes(1) == [200]


def test_an_order_that_lessens_a_position_needs_no_funds(floor):
    floor.place(1, MarketOrder("BUY", 300))
    floor.account.cash = Decimal(-29_000)
    floor.place(2, MarketOrder("SELL", 300))
    assert floor.status(2).status == "Filled"


def test_a_received_order_can_be_sent_back_as_it_came(floor):
    floor.place(1, LimitOrder("BUY", 10, 90.0))
    (came, _) = floor.desk.describe(floor.desk.open_orders()[0])
    floor.place(1, changed(came.order, limit_price=91.0))
    assert floor.codes(1) == []
    assert floor.desk.open_orders()[0].order.limit_price == 91.0


@pytest.mark.parametrize(
    ("wanted", "symbols"),
    [
        (ExecutionFilter(), ["AAPL", "KO"]),
        (ExecutionFilter(symbol="KO"), ["KO"]),
        (ExecutionFilter(side="BUY"), ["AAPL"]),
        (ExecutionFilter(client_id=2), []),
        (ExecutionFilter(account="DSIM0001"), ["AAPL", "KO"]),
        (ExecutionFilter(security_type="OPT"), []),
        (ExecutionFilter(exchange="CBOE"), []),
        (ExecutionFilter(time="20261123-18:53:21"), ["KO"]),
        (ExecutionFilter(time="20261123 13:53:21"), ["KO"]),
        (ExecutionFilter(last_n_days=1), ["AAPL", "KO"]),
        (ExecutionFilter(specific_dates=(20261120,)), []),
    ],
)
def test_executions_are_found_by_filter(floor, wanted, symbols):
    floor.place(1, MarketOrder("BUY", 10))
    floor.move()
    floor.place(2, MarketOrder("SELL", 10), symbol="KO")
    found = floor.desk.executions(0, wanted)
    assert [data.contract.symbol for data, _ in found] == symbols
    assert floor.desk.executions(3, wanted) == []


PRICES = st.integers(9_000, 11_000).map(lambda cents: cents / 100)
SIZES = st.integers(1, 900)
SIDES = st.sampled_from(["BUY", "SELL"])
EXTRAS = st.sampled_from(
    [
        {},
        {},
        {"all_or_none": True},
        {"display_size": 1},
        {"hidden": True},
        {"minimum_quantity": 1},
        {"oca_group": "one", "oca_type": 1},
        {"oca_group": "two", "oca_type": 3},
        {"parent_id": 1},
        {"transmit": False},
        {"account": "DSIM0002"},
        {"algo_strategy": "Adaptive"},
    ]
)
KINDS = st.one_of(
    st.builds(MarketOrder, SIDES, SIZES),
    st.builds(LimitOrder, SIDES, SIZES, PRICES),
    st.builds(StopOrder, SIDES, SIZES, PRICES),
    st.builds(StopLimitOrder, SIDES, SIZES, PRICES, PRICES),
    st.builds(MarketIfTouchedOrder, SIDES, SIZES, PRICES),
    st.builds(LimitIfTouchedOrder, SIDES, SIZES, PRICES, PRICES),
    st.builds(MarketToLimitOrder, SIDES, SIZES),
    st.builds(TrailingStopOrder, SIDES, SIZES, trailing_amount=st.just(0.5)),
    st.builds(PeggedToMidpointOrder, SIDES, SIZES, PRICES),
    st.builds(RelativeOrder, SIDES, SIZES, offset=st.just(0.01), limit_price=PRICES),
)
ORDERS = st.builds(lambda order, extras: changed(order, **extras), KINDS, EXTRAS)
MOVES = st.builds(
    lambda bid, spread, sizes, last: {
        "bid": bid,
        "ask": round(bid + spread / 100, 2),
        "bid_size": sizes[0],
        "ask_size": sizes[1],
        "last": last,
        "last_size": sizes[0],
        "last_time_ns": sizes[1],
    },
    PRICES,
    st.integers(1, 50),
    st.tuples(st.integers(0, 400), st.integers(0, 400)),
    PRICES,
)
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("place"),
            ORDERS,
            st.sampled_from(["DAY", "GTC", "IOC", "FOK"]),
            st.sampled_from(["AAPL", "KO"]),
        ),
        st.tuples(st.just("change"), st.integers(0, 9), SIZES, PRICES),
        st.tuples(st.just("cancel"), st.integers(0, 9)),
        st.tuples(st.just("move"), MOVES),
    ),
    min_size=1,
    max_size=30,
)


def play(floor, steps):
    """Run steps; gives the symbol of every order placed, by id."""
    placed = {}
    for what, *details in steps:
        if what == "place":
            order, time_in_force, symbol = details
            placed[len(placed) + 1] = symbol
            floor.place(len(placed), changed(order, time_in_force=time_in_force), symbol=symbol)
        elif what == "move":
            floor.move(**details[0])
        elif placed:
            order_id = details[0] % len(placed) + 1
            known = floor.desk._engine.records.find(CLIENT, order_id)
            if what == "cancel":
                floor.desk.cancel(CLIENT, order_id)
            elif known is not None:
                _, size, price = details
                again = changed(known.order, total_quantity=Decimal(size), limit_price=price)
                floor.place(order_id, again, symbol=placed[order_id])
    return placed


def check_one_order(floor, order_id):
    """An order's statuses and executions tell one story."""
    statuses = floor.heard(catalog.OrderStatus, order_id)
    totals = [order.order.total_quantity for order in floor.heard(catalog.OpenOrder, order_id)]
    fills = [each for each in floor.executions if each.order_id == order_id]
    filled = [status.filled for status in statuses]
    assert filled == sorted(filled)
    assert statuses[-1].filled == sum(fill.shares for fill in fills)
    assert statuses[-1].filled + statuses[-1].remaining == totals[-1]
    assert all(status.remaining >= 0 for status in statuses)
    if floor.heard(catalog.OpenOrder, order_id)[-1].order.time_in_force == "FOK":
        assert statuses[-1].filled in (0, totals[-1])
    assert (statuses[-1].status == "Filled") == (statuses[-1].remaining == 0)
    if fills:
        value = sum(fill.shares * Decimal(str(fill.price)) for fill in fills)
        assert statuses[-1].average_fill_price == float(value / statuses[-1].filled)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_whatever_happens_fills_cash_and_positions_reconcile(new_floor, steps):
    floor = new_floor()
    placed = play(floor, steps)
    for order_id in placed:
        if floor.heard(catalog.OrderStatus, order_id):
            check_one_order(floor, order_id)
    for name, account in floor.accounts.items():
        check_money(floor, name, account, len(steps))


def check_money(floor, name, account, count):
    """Cash and positions are what the executions say."""
    cash, held = Decimal(1_000_000), {}
    for data, report in floor.desk.executions(0, ExecutionFilter(account=name)):
        signed = data.execution.shares * (1 if data.execution.side == "BOT" else -1)
        cash -= signed * Decimal(str(data.execution.price)) + Decimal(str(report.report.commission))
        held[data.contract.contract_id] = held.get(data.contract.contract_id, 0) + signed
    assert account.cash == cash
    assert {key: holding.quantity for key, holding in account.holdings.items()} == held
    figures = account.figures()
    earned = figures.net_liquidation - account.starting_value
    allowed = Decimal("0.01") * (count + 9 + len(floor.executions))
    assert abs(earned - figures.realized - figures.unrealized) <= allowed


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_no_execution_is_worse_than_the_limit_that_then_held(new_floor, steps):
    floor = new_floor()
    play(floor, steps)
    working: dict[int, Order] = {}
    for _, message in floor.told:
        if isinstance(message, catalog.OpenOrder):
            working[message.order_id] = message.order
        elif isinstance(message, catalog.ExecutionData):
            fill, order = message.execution, working[message.execution.order_id]
            if order.order_type in ("LMT", "STP LMT", "LIT", "PEG MID", "REL"):
                buys = order.action == "BUY"
                price, limit = fill.price, order.limit_price
                assert price <= limit if buys else price >= limit
