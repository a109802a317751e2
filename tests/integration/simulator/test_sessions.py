"""Connections to the simulated Bridge: who is who, limits, and what can not be read."""

from __future__ import annotations

import socket
from decimal import Decimal

import pytest
from simulated_bridge import START_NS

from workstation.model import LimitOrder, MarketOrder, Option, Stock
from workstation.model.indexes import SP500
from workstation.protocol import catalog
from workstation.protocol.frames import frame

TIMEOUT_SECONDS = 10
APPLE = Stock("AAPL")


class Clock:
    """Stands still until a test moves it."""

    def __init__(self):
        self.now_ns = START_NS

    def __call__(self):
        return self.now_ns


def place(client, order_id, order, contract=APPLE):
    client.send(catalog.PlaceOrder(order_id=order_id, contract=contract, order=order))


def still_answers(client):
    client.send(catalog.RequestCurrentTime())
    return client.expect(catalog.CurrentTime).time > 0


def test_a_client_learns_accounts_first_order_id_and_farms(serve, dial):
    client = dial(serve()).start()
    assert client.expect(catalog.ManagedAccounts).accounts == ("DSIM0001",)
    assert client.expect(catalog.NextValidId).order_id == 1
    notices = [client.expect(catalog.InfoMessage) for _ in range(3)]
    assert [notice.code for notice in notices] == [2104, 2106, 2158]


def test_a_taken_client_id_is_refused_and_hung_up_on(serve, dial):
    bridge = serve()
    first = dial(bridge).start(5)
    first.expect(catalog.NextValidId)
    (refusal,) = dial(bridge).start(5).rest()
    assert refusal.code == 326
    assert still_answers(first)


def test_a_client_id_is_free_once_its_client_has_left(serve, dial):
    bridge = serve()
    first = dial(bridge).start(5)
    first.expect(catalog.NextValidId)
    place(first, 3, LimitOrder("BUY", 10, 1.0))
    first.expect(catalog.OrderStatus)
    first.leave()
    assert dial(bridge).start(5).expect(catalog.NextValidId).order_id == 4


def test_saying_twice_who_it_is_changes_nothing(serve, dial):
    bridge = serve()
    client = dial(bridge).start(5).start(6)
    client.expect(catalog.InfoMessage, lambda message: message.code == 321)
    assert still_answers(client)
    dial(bridge).start(6).expect(catalog.NextValidId)


def test_who_has_not_said_who_it_is_gets_no_answer(serve, dial):
    client = dial(serve())
    client.send(catalog.RequestCurrentTime())
    client.start()
    assert isinstance(client._next(), catalog.ManagedAccounts)


def test_two_clients_stream_and_trade_side_by_side(serve, dial):
    bridge = serve()
    one, two = dial(bridge).start(1), dial(bridge).start(2)
    for client in (one, two):
        client.send(catalog.RequestMarketData(request_id=7, contract=APPLE))
        assert client.expect(catalog.TickPrice).request_id == 7
    place(one, 1, MarketOrder("BUY", 10))
    one.expect(catalog.OrderStatus, lambda status: status.status == "Filled")
    two.send(catalog.RequestPositions())
    (position,) = two.collect(catalog.PositionData, catalog.PositionEnd)
    assert position.position == Decimal(10)
    two.send(catalog.RequestExecutions(request_id=1))
    assert two.collect(catalog.ExecutionData, catalog.ExecutionDataEnd) == []


def test_open_orders_of_all_are_not_those_of_one(serve, dial):
    bridge = serve()
    one, two = dial(bridge).start(1), dial(bridge).start(2)
    place(one, 1, LimitOrder("BUY", 10, 1.0))
    one.expect(catalog.OrderStatus)
    two.send(catalog.RequestOpenOrders())
    assert two.collect(catalog.OpenOrder, catalog.OpenOrderEnd) == []
    two.send(catalog.RequestAllOpenOrders())
    (order,) = two.collect(catalog.OpenOrder, catalog.OpenOrderEnd)
    assert (order.order_id, order.order.client_id) == (1, 1)


def test_a_client_that_left_holds_no_lines_and_its_orders_stay(serve, dial):
    bridge = serve(lines=1)
    gone, other = dial(bridge).start(1), dial(bridge).start(2)
    gone.send(catalog.RequestMarketData(request_id=7, contract=APPLE))
    gone.expect(catalog.TickPrice)
    place(gone, 1, LimitOrder("BUY", 10, 1.0))
    gone.expect(catalog.OrderStatus)
    gone.leave()
    other.send(catalog.RequestAllOpenOrders())
    assert len(other.collect(catalog.OpenOrder, catalog.OpenOrderEnd)) == 1
    again = dial(bridge).start(1)
    again.send(catalog.RequestMarketData(request_id=7, contract=APPLE))
    assert still_answers(again)
    assert len(bridge.bridge.feed._lines) == 1


def test_a_day_order_ends_at_midnight_and_its_client_is_told(serve, dial):
    clock = Clock()
    client = dial(serve(clock_ns=clock)).start()
    place(client, 1, LimitOrder("BUY", 10, 1.0))
    client.expect(catalog.OrderStatus, lambda status: status.status == "Submitted")
    clock.now_ns += 12 * 3600 * 10**9
    client.expect(catalog.OrderStatus, lambda status: status.status == "Cancelled")
    assert client.expect(catalog.InfoMessage).code == 202


def test_lines_that_are_given_back_can_be_used_again(serve, dial):
    client = dial(serve(lines=2, pacing=False)).start()
    for request_id, symbol in enumerate(SP500().symbols[:3], 1):
        client.send(catalog.RequestMarketData(request_id=request_id, contract=Stock(symbol)))
    refusal = client.expect(catalog.InfoMessage, lambda message: message.request_id > 0)
    assert (refusal.request_id, refusal.code) == (3, 101)
    client.send(catalog.CancelMarketData(request_id=1))
    client.send(catalog.RequestMarketData(request_id=3, contract=APPLE))
    assert client.expect(catalog.TickPrice, lambda tick: tick.request_id == 3).price > 0
    client.send(catalog.RequestMarketData(request_id=3, contract=APPLE))
    assert client.expect(catalog.InfoMessage).code == 322
    client.send(catalog.CancelMarketData(request_id=99))
    assert client.expect(catalog.InfoMessage).code == 300


def test_the_limit_of_messages_begins_anew_with_the_next_second(serve, dial):
    clock = Clock()
    client = dial(serve(clock_ns=clock)).start()
    client.expect(catalog.InfoMessage, lambda message: message.code == 2158)
    client.send(*[catalog.RequestCurrentTime()] * 51)
    assert len(client.collect(catalog.CurrentTime, catalog.InfoMessage)) == 50
    clock.now_ns += 999_999_999
    client.send(catalog.RequestCurrentTime())
    assert client.expect(catalog.InfoMessage).code == 100
    clock.now_ns += 1
    assert still_answers(client)


def test_without_pacing_there_is_no_limit_of_messages(serve, dial):
    client = dial(serve(pacing=False, clock_ns=Clock())).start()
    client.send(*[catalog.RequestCurrentTime()] * 500)
    for _ in range(500):
        client.expect(catalog.CurrentTime)


@pytest.mark.parametrize(
    ("fields", "request_id"),
    [
        (("2", "2", "not a number"), -1),
        (("9", "8", "17", "AAPL"), 17),
        (("4711", "1"), -1),
        (("", "1"), -1),
    ],
    ids=["bad field", "truncated", "unknown id", "no id"],
)
def test_what_can_not_be_read_is_told_and_ends_nothing(serve, dial, fields, request_id):
    client = dial(serve()).start()
    client.send_fields(*fields)
    trouble = client.expect(catalog.InfoMessage, lambda message: message.code < 2000)
    assert (trouble.code, trouble.request_id) == (320, request_id)
    assert still_answers(client)


def test_bytes_may_come_one_at_a_time(serve, dial):
    client = dial(serve()).start()
    for byte in frame(b"49\x001\x00"):
        client.send_bytes(bytes([byte]))
    assert client.expect(catalog.CurrentTime).time == START_NS // 10**9


def test_a_stream_that_is_no_protocol_ends_that_connection_alone(serve, dial):
    bridge = serve()
    client, broken = dial(bridge).start(1), dial(bridge).start(2)
    broken.expect(catalog.NextValidId)
    broken.send_bytes(b"\xff" * 8)
    broken.rest()
    with socket.create_connection(("127.0.0.1", bridge.port), TIMEOUT_SECONDS) as stranger:
        stranger.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert stranger.recv(4096) == b""
    assert still_answers(client)


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (catalog.RequestMarketData(request_id=9, contract=Stock("NOSUCH")), 200),
        (
            catalog.RequestMarketData(request_id=9, contract=Option("AAPL", "20270115", 1e6, "C")),
            200,
        ),
        (catalog.RequestAccountUpdates(subscribe=True, account="U1234567"), 321),
        (catalog.RequestPnl(request_id=9, account="U1234567"), 321),
        (catalog.RequestPnlSingle(request_id=9, account="U1234567", contract_id=1), 321),
        (catalog.RequestAutoOpenOrders(auto_bind=True), 327),
        (catalog.RequestMarketRule(market_rule_id=4711), 321),
        (
            catalog.RequestHistoricalTicks(
                request_id=9, contract=APPLE, number_of_ticks=10, what_to_show="TRADES"
            ),
            10187,
        ),
        (catalog.RequestFundamentalData(request_id=9, contract=APPLE, report_type="RESC"), 321),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_what_can_not_be_had_is_refused_with_the_code_of_tws(serve, dial, request_, code):
    client = dial(serve()).start()
    client.send(request_)
    refusal = client.expect(catalog.InfoMessage, lambda message: message.code // 1000 != 2)
    assert (refusal.request_id, refusal.code) == (getattr(request_, "request_id", -1), code)
    assert still_answers(client)


def test_an_id_streams_one_thing(serve, dial):
    client = dial(serve()).start()
    client.send(catalog.RequestPnl(request_id=9, account="DSIM0001"))
    client.expect(catalog.Pnl)
    client.send(catalog.RequestAccountSummary(request_id=9, tags="NetLiquidation"))
    refusal = client.expect(catalog.InfoMessage, lambda message: message.code < 2000)
    assert (refusal.request_id, refusal.code) == (9, 322)


@pytest.mark.parametrize("version", [100, 124, 148, 176, 200])
def test_an_old_client_is_served_as_well(serve, dial, version):
    client = dial(serve(), version=version).start()
    client.send(catalog.RequestContractData(request_id=1, contract=APPLE))
    (data,) = client.collect(catalog.ContractData, catalog.ContractDataEnd)
    assert data.details.contract.symbol == "AAPL"
    place(client, 1, MarketOrder("BUY", 10))
    client.expect(catalog.OrderStatus, lambda status: status.status == "Filled")
    client.send(
        catalog.RequestHistoricalData(
            request_id=2, contract=APPLE, duration="1 M", bar_size="1 day", what_to_show="TRADES"
        )
    )
    assert 18 <= len(client.expect(catalog.HistoricalData).bars.date) <= 23
