"""The picture is a fold: it depends on what was applied and on nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from workstation.model import (
    CommissionReport,
    ContractDetails,
    Execution,
    LimitOrder,
    OrderState,
    OrderStatusName,
    Stock,
)
from workstation.protocol import catalog
from workstation.state.live_order import OrderStage
from workstation.state.picture import Picture
from workstation.state.quote import Quote
from workstation.state.session import BridgeConnected, BridgeDisconnected

CONTRACTS = [replace(Stock(symbol), contract_id=n) for n, symbol in enumerate("ABC", 1)]

ids = st.integers(1, 3)
contracts = st.sampled_from(CONTRACTS)
clients = st.sampled_from([7, 12])
sizes = st.integers(0, 100).map(Decimal)
prices = st.sampled_from([None, -1.0, 0.0, 10.0, 10.01, 10.02])
orders = st.builds(
    lambda price, what_if, transmit: replace(
        LimitOrder("BUY", 100, price), what_if=what_if, transmit=transmit
    ),
    st.sampled_from([10.0, 10.01]),
    st.booleans(),
    st.booleans(),
)
words = st.sampled_from([*OrderStatusName])
codes = st.sampled_from([110, 135, 161, 201, 202, 354, 399, 404, 1100, 1101, 1102, 2103, 2104])

REPEATABLE = st.one_of(
    st.builds(
        lambda client_id, order_id, contract, order, word: catalog.OpenOrder(
            order_id=order_id,
            contract=contract,
            order=replace(order, client_id=client_id, permanent_id=100 * client_id + order_id),
            state=OrderState(status=word),
        ),
        clients,
        ids,
        contracts,
        orders,
        words,
    ),
    st.builds(
        lambda client_id, order_id, word, filled: catalog.OrderStatus(
            order_id=order_id,
            status=word,
            filled=filled,
            remaining=100 - filled,
            permanent_id=100 * client_id + order_id,
            client_id=client_id,
        ),
        clients,
        ids,
        words,
        sizes,
    ),
    st.builds(
        lambda client_id, order_id, contract, number, revision, shares: catalog.ExecutionData(
            request_id=-1,
            contract=contract,
            execution=Execution(
                order_id=order_id,
                client_id=client_id,
                permanent_id=100 * client_id + order_id,
                execution_id=f"e{client_id}{order_id}.{number}.0{revision}",
                shares=shares,
                average_price=10.0,
            ),
        ),
        clients,
        ids,
        contracts,
        ids,
        ids,
        sizes,
    ),
    st.builds(
        lambda client_id, order_id, number, revision: catalog.CommissionReport(
            report=CommissionReport(
                execution_id=f"e{client_id}{order_id}.{number}.0{revision}", commission=1.0
            )
        ),
        clients,
        ids,
        ids,
        ids,
    ),
    st.builds(catalog.PositionData, account=st.just("DSIM1"), contract=contracts, position=sizes),
    st.builds(
        catalog.PortfolioValue,
        account=st.just("DSIM1"),
        contract=contracts,
        position=sizes,
        market_price=prices,
    ),
    st.builds(
        catalog.AccountValue,
        key=st.sampled_from(["NetLiquidation", "BuyingPower"]),
        value=st.sampled_from(["1", "2"]),
        currency=st.just("USD"),
        account=st.sampled_from(["DSIM1", "DSIM2"]),
    ),
    st.builds(
        lambda contract, tick: catalog.ContractData(
            request_id=1, details=ContractDetails(contract=contract, min_tick=tick)
        ),
        contracts,
        st.sampled_from([0.01, 0.05]),
    ),
    st.builds(catalog.TickSize, request_id=ids, tick_type=st.sampled_from([0, 8]), size=sizes),
    st.builds(catalog.MarketDataType, request_id=ids, market_data_type=st.integers(1, 4)),
)

ONCE = st.one_of(
    st.builds(
        catalog.TickPrice,
        request_id=ids,
        tick_type=st.sampled_from([1, 2, 4, 66, 9]),
        price=prices,
        size=sizes,
    ),
    st.builds(catalog.InfoMessage, request_id=ids, code=codes, text=st.just("text:farm")),
    st.builds(catalog.PlaceOrder, order_id=ids, contract=contracts, order=orders),
    st.builds(catalog.CancelOrder, order_id=ids),
    st.builds(
        catalog.RequestMarketData, request_id=ids, contract=contracts, snapshot=st.booleans()
    ),
    st.builds(catalog.CancelMarketData, request_id=ids),
    st.sampled_from(
        [
            catalog.RequestAllOpenOrders(),
            catalog.OpenOrderEnd(),
            catalog.RequestGlobalCancel(),
            catalog.RequestPositions(),
            catalog.PositionEnd(),
            BridgeDisconnected(reason="gone"),
            BridgeConnected(server_version=178),
        ]
    ),
)

STREAMS = st.lists(st.one_of(REPEATABLE, ONCE), max_size=40)


def begun():
    picture = Picture()
    picture.apply(BridgeConnected(server_version=178), 1)
    picture.apply(catalog.StartApi(client_id=7), 1)
    for number, contract in enumerate(CONTRACTS, 1):
        picture.apply(catalog.RequestMarketData(request_id=number, contract=contract), 1)
    return picture


def values(quote: Quote):
    return {name: getattr(quote, name) for name in Quote.__slots__} | {"spark": [*quote.spark]}


def contents(picture):
    session = picture.session
    return {
        "quotes": [values(quote) for quote in picture.quotes.all()],
        "orders": picture.orders.all(),
        "what_ifs": picture.orders.what_ifs.all(),
        "executions": picture.executions.all(),
        "positions": picture.positions.all(),
        "accounts": [(a.name, a.values(), a.pnl, a.is_complete) for a in picture.accounts.all()],
        "details": [picture.contracts.details(contract) for contract in CONTRACTS],
        "session": (session.stage, session.mode, session.farms, session.notices),
    }


@given(stream=STREAMS)
def test_same_messages_make_the_same_picture(stream):
    one, other = begun(), begun()
    for time_ns, message in enumerate(stream, 2):
        one.apply(message, time_ns)
    for time_ns, message in enumerate(stream, 2):
        other.apply(message, time_ns)

    assert contents(one) == contents(other)
    assert one.changes.take() == other.changes.take()


@given(stream=STREAMS, repeated=REPEATABLE)
def test_repeat_changes_nothing_and_marks_nothing_but_ticks(stream, repeated):
    picture = begun()
    for time_ns, message in enumerate(stream, 2):
        picture.apply(message, time_ns)
    picture.apply(repeated, 1000)
    before = contents(picture)
    picture.changes.take()

    picture.apply(repeated, 1000)

    assert contents(picture) == before
    changed = picture.changes.take()
    assert not changed.orders
    assert not changed.executions
    assert not changed.positions
    assert not changed.accounts


@given(stream=STREAMS)
def test_whatever_changed_is_marked(stream):
    picture = begun()
    picture.changes.take()
    for time_ns, message in enumerate(stream, 2):
        before = contents(picture)
        picture.apply(message, time_ns)
        after, marked = contents(picture), picture.changes.take()

        assert {q["key"] for q in _differ(before["quotes"], after["quotes"])} <= marked.quotes
        assert {o.key for o in _differ(before["orders"], after["orders"])} <= marked.orders
        assert {w.key for w in _differ(before["what_ifs"], after["what_ifs"])} <= marked.what_ifs
        fills = _differ(before["executions"], after["executions"])
        assert {fill.fill_id for fill in fills} <= marked.executions
        assert {p.key for p in _differ(before["positions"], after["positions"])} <= marked.positions
        assert {a[0] for a in _differ(before["accounts"], after["accounts"])} <= marked.accounts
        assert marked.session or before["session"] == after["session"]


@given(stream=STREAMS)
def test_orders_stay_sound(stream):
    picture = begun()
    filled_before: set[object] = set()
    for time_ns, message in enumerate(stream, 2):
        picture.apply(message, time_ns)
        known = picture.orders.all()
        for order in known:
            assert not order.order.what_if
            assert order.filled >= 0
            assert order.filled >= order.executed
            if order.order.total_quantity:
                assert order.remaining == order.order.total_quantity - order.filled
            last = order.history[-1]
            assert (last.stage, last.status, last.filled) == (
                order.stage,
                order.status,
                order.filled,
            )
        filled_now = {order.key for order in known if order.stage is OrderStage.FILLED}
        assert filled_before <= filled_now
        filled_before = filled_now


@pytest.mark.parametrize(
    "message", [catalog.CurrentTime(time=1), catalog.NextValidId(order_id=1), catalog.PositionEnd()]
)
def test_message_that_is_nothing_to_the_picture_is_ignored(message):
    picture = begun()
    before = contents(picture)
    picture.changes.take()

    picture.apply(message, 5)

    assert contents(picture) == before
    assert not picture.changes.take()


def _differ(before, after):
    return [item for item in after if item not in before]
