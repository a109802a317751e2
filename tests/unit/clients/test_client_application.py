"""ClientApplication against a Bridge that says what the test tells it to."""

from __future__ import annotations

import queue
import socket
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import msgspec
import pytest

from workstation.clients import ClientApplication, Priority
from workstation.clients.handlers import Handlers
from workstation.errors import (
    DecodeError,
    NotConnected,
    OrderRefused,
    PacingExceeded,
    RequestError,
    RequestTimeout,
    UnsupportedByVersion,
)
from workstation.model import LimitOrder, Option, Order, Stock
from workstation.protocol.catalog import (
    CancelHistoricalData,
    CancelMarketData,
    CancelOrder,
    ContractData,
    ContractDataEnd,
    ExerciseOptions,
    InfoMessage,
    ManagedAccounts,
    PlaceOrder,
    RequestAllOpenOrders,
    RequestContractData,
    RequestCurrentTime,
    RequestExecutions,
    RequestHistoricalData,
    RequestMarketData,
    RequestMarketRule,
    RequestOpenOrders,
    RequestPnl,
    RequestPositions,
    StartApi,
    TickPrice,
    TickRequestParams,
)
from workstation.protocol.frames import frame
from workstation.protocol.message import INBOUND
from workstation.state.live_order import OrderStage
from workstation.state.session import ConnectionStage, TradingMode

TIMEOUT_SECONDS = 10


class Program(ClientApplication):
    """Notes what happens to it."""

    def __init__(self, *arguments, **settings):
        super().__init__(*arguments, **settings)
        self.happened: queue.Queue = queue.Queue()

    def initialize(self):
        self.happened.put("initialize")

    def connection_lost(self, reason):
        self.happened.put("lost")

    def connection_restored(self):
        self.happened.put("restored")

    def tick_price(self, message):
        self.happened.put(message)

    def info_message(self, message):
        self.happened.put(message)

    def unreadable(self, error):
        self.happened.put(error)

    def handler_failed(self, message, error):
        self.happened.put(error)

    def next(self):
        return self.happened.get(timeout=TIMEOUT_SECONDS)


def quote(program, bridge, symbol="AAPL", bid=99.0, ask=101.0):
    """Give an instrument a quote, so that the order guard has something to measure by."""
    program.watch("test", Priority.SELECTED, [Stock(symbol)])
    request = bridge.expect(RequestMarketData)
    bridge.send(TickRequestParams(request_id=request.request_id, min_tick=0.01))
    for tick_type, price in ((1, bid), (2, ask)):
        bridge.send(
            TickPrice(request_id=request.request_id, tick_type=tick_type, price=price, size=None)
        )
    assert isinstance(program.next(), TickPrice)
    assert isinstance(program.next(), TickPrice)
    return request.request_id


def test_handlers_are_named_as_the_catalog_names_messages():
    names = {declaration.name for declaration in INBOUND.values()}
    own = {name for name in vars(Handlers) if not name.startswith("_")}
    assert own == names | {"message_received"}


def test_it_introduces_itself_and_initializes_once(bridge, connect):
    program = connect(Program)
    assert bridge.expect(StartApi) == StartApi(client_id=7)
    assert program.next() == "initialize"
    assert program.picture.session.mode is TradingMode.SIMULATED
    assert program.picture.session.server_version == 200


def test_it_asks_for_what_it_may_have_missed(bridge, connect):
    connect(Program)
    for request in (RequestAllOpenOrders, RequestExecutions, RequestPositions, RequestPnl):
        bridge.expect(request)


def test_a_message_reaches_the_picture_before_its_handler(bridge, connect):
    seen = queue.Queue()

    class Reader(Program):
        def tick_price(self, message):
            seen.put(self.picture.quotes.get("AAPL STK USD").bid)

    program = connect(Reader)
    program.watch("test", Priority.SELECTED, [Stock("AAPL")])
    request = bridge.expect(RequestMarketData)
    bridge.send(TickPrice(request_id=request.request_id, tick_type=1, price=99.5, size=Decimal(3)))
    assert seen.get(timeout=TIMEOUT_SECONDS) == 99.5


def test_a_handler_that_raises_is_told_of_and_the_next_message_is_handled(bridge, connect):
    class Faulty(Program):
        def tick_price(self, message):
            raise RuntimeError("no")

    program = connect(Faulty)
    assert program.next() == "initialize"
    bridge.send(TickPrice(request_id=1, tick_type=1, price=1.0))
    bridge.send(InfoMessage(request_id=-1, code=2104, text="ok"))
    assert isinstance(program.next(), RuntimeError)
    assert program.next().code == 2104


def test_a_bad_message_is_told_of_and_the_next_one_is_read(bridge, connect):
    program = connect(Program)
    assert program.next() == "initialize"
    bridge.send_bytes(frame(b"1\x006\x00x\x00") + frame(b"4\x00-1\x002104\x00ok\x00\x000\x00"))
    error = program.next()
    assert isinstance(error, DecodeError)
    assert (error.message, error.field, error.index) == ("tick_price", "request_id", 2)
    assert program.next().text == "ok"


def test_an_answer_is_collected_until_its_end(bridge, connect):
    bridge.answer = lambda request: (
        [
            ContractData(request_id=request.request_id),
            ContractData(request_id=request.request_id),
            ContractDataEnd(request_id=request.request_id),
        ]
        if isinstance(request, RequestContractData)
        else []
    )
    program = connect(Program)
    call = program.ask(RequestContractData, contract=Stock("AAPL"))
    assert len(program.wait(call, TIMEOUT_SECONDS)) == 2


def test_a_refusal_fails_its_call_with_the_bridges_code(bridge, connect):
    bridge.answer = lambda request: (
        [InfoMessage(request_id=request.request_id, code=200, text="No security definition")]
        if isinstance(request, RequestContractData)
        else []
    )
    program = connect(Program)
    call = program.ask(RequestContractData, contract=Stock("NONE"))
    with pytest.raises(RequestError, match="No security definition") as caught:
        program.wait(call, TIMEOUT_SECONDS)
    assert caught.value.code == 200


def test_an_unreadable_answer_fails_the_request_it_belongs_to(bridge, connect):
    program = connect(Program)
    call = program.ask(RequestContractData, contract=Stock("AAPL"))
    request = bridge.expect(RequestContractData)
    bridge.send_bytes(frame(b"10\x00%d\x00AAPL\x00" % request.request_id))
    with pytest.raises(DecodeError, match="contract_data"):
        program.wait(call, TIMEOUT_SECONDS)


@pytest.mark.parametrize(
    "answer",
    [
        b"10\x00%d\x00AAPL\x00STK\x00without its last NUL",
        b"4\x00%d\x00not a code\x00text\x00\x000\x00",
        b"52\x001\x00%d\x00half",
    ],
    ids=["data", "refusal", "end"],
)
def test_whatever_is_wrong_with_an_answer_fails_its_request_and_no_other(bridge, connect, answer):
    program = connect(Program)
    call = program.ask(RequestContractData, contract=Stock("AAPL"))
    other = program.ask(RequestContractData, contract=Stock("MSFT"))
    request = bridge.expect(RequestContractData)
    another = bridge.expect(RequestContractData)
    bridge.send_bytes(frame(answer % request.request_id))
    with pytest.raises(DecodeError):
        program.wait(call, TIMEOUT_SECONDS)
    bridge.send(ContractDataEnd(request_id=another.request_id))
    assert program.wait(other, TIMEOUT_SECONDS) == []


@pytest.mark.parametrize(
    ("request_class", "fields", "answer"),
    [
        (RequestPositions, {}, b"61\x003\x00DSIM0001\x00not a contract id\x00"),
        (RequestAllOpenOrders, {}, b"5\x00not an order id\x00"),
        (RequestMarketRule, {"market_rule_id": 26}, b"93\x0026\x00999999999\x00"),
        (RequestCurrentTime, {}, b"49\x001\x00noon\x00"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_an_unreadable_answer_without_a_request_id_fails_who_waits_for_its_kind(
    bridge, connect, request_class, fields, answer
):
    program = connect(Program)
    call = program.ask(request_class, **fields)
    other = program.ask(RequestContractData, contract=Stock("MSFT"))
    another = bridge.expect(RequestContractData)
    bridge.send_bytes(frame(answer))
    with pytest.raises(DecodeError):
        program.wait(call, TIMEOUT_SECONDS)
    bridge.send(ContractDataEnd(request_id=another.request_id))
    assert program.wait(other, TIMEOUT_SECONDS) == []


def test_a_timeout_says_what_was_waited_for(bridge, connect):
    program = connect(Program)
    call = program.ask(RequestContractData, contract=Stock("AAPL"))
    with pytest.raises(RequestTimeout, match=r"no answer to request_contract_data within 0\.01 s"):
        program.wait(call, 0.01)
    assert len(program.calls) == 0


def test_a_lost_connection_fails_calls_and_comes_back(bridge, connect):
    program = connect(Program)
    assert program.next() == "initialize"
    program.watch("test", Priority.SELECTED, [Stock("AAPL")])
    bridge.expect(RequestMarketData)
    call = program.ask(RequestContractData, contract=Stock("AAPL"))
    bridge.expect(RequestContractData)
    bridge.drop()
    with pytest.raises(NotConnected):
        program.wait(call, TIMEOUT_SECONDS)
    assert program.next() == "lost"
    assert program.next() == "restored"
    assert bridge.connections == 2
    bridge.expect(RequestAllOpenOrders)
    assert bridge.expect(RequestMarketData).contract == Stock("AAPL")


def test_without_a_connection_requests_are_refused(bridge, connect):
    program = connect(Program)
    program.stop()
    assert program.picture.session.stage is ConnectionStage.DISCONNECTED
    with pytest.raises(NotConnected):
        program.request_current_time()


def test_nobody_there_is_told_at_once():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotConnected, match=f"no Bridge at 127.0.0.1:{port}"):
        Program("127.0.0.1", port, 7).start(10)


def test_a_refused_order_is_not_sent(bridge, connect):
    program = connect(Program)
    assert program.next() == "initialize"
    quote(program, bridge)
    with pytest.raises(OrderRefused):
        program.place_order(Stock("AAPL"), LimitOrder("BUY", 100, 100.005))
    good = program.place_order(Stock("AAPL"), LimitOrder("BUY", 100, 100.01))
    sent = bridge.expect(PlaceOrder)
    assert sent.order_id == good
    assert sent.order.limit_price == 100.01


def test_a_live_account_is_read_only(bridge, connect):
    bridge.accounts = ("U1234567",)
    program = connect(Program)
    assert program.next() == "initialize"
    quote(program, bridge)
    with pytest.raises(OrderRefused, match="live"):
        program.place_order(Stock("AAPL"), LimitOrder("BUY", 1, 100.0))
    program.cancel_order(5)
    assert bridge.expect(CancelOrder).order_id == 5


def test_on_a_live_account_no_options_are_exercised_and_no_groups_replaced(bridge, connect):
    bridge.accounts = ("U1234567",)
    program = connect(Program)
    assert program.next() == "initialize"
    option = Option("AAPL", "20270115", 190.0, "C")
    with pytest.raises(OrderRefused, match="live"):
        program.exercise_options(option)
    with pytest.raises(OrderRefused, match="live"):
        program.replace_financial_advisor(1, "<ListOfGroups/>")
    program.cancel_order(5)
    assert bridge.expect(CancelOrder).order_id == 5


@pytest.mark.parametrize(
    "news",
    [
        ManagedAccounts(accounts=("U1234567",)),
        ManagedAccounts(accounts=("DSIM0001", "U1234567")),
        InfoMessage(request_id=-1, code=1100, text="lost"),
    ],
)
def test_an_order_that_waits_to_leave_is_looked_at_again(bridge, connect, news):
    program = connect(Program)
    assert program.next() == "initialize"
    quote(program, bridge)
    with program._lock:
        order_id = program.place_order(Stock("AAPL"), LimitOrder("BUY", 1, 100.0))
        program.cancel_order(5)
        program.received([news])
    assert bridge.expect(CancelOrder).order_id == 5
    told = program.next()
    while told.request_id != order_id:
        told = program.next()
    assert told.code == 201
    assert "not at the Bridge" in told.text
    assert program.picture.orders.own(order_id).stage is OrderStage.REJECTED
    program.request_current_time()
    assert isinstance(bridge.expect((PlaceOrder, RequestCurrentTime)), RequestCurrentTime)


def test_options_are_exercised_for_managed_accounts_only(bridge, connect):
    program = connect(Program)
    assert program.next() == "initialize"
    option = Option("AAPL", "20270115", 190.0, "C")
    with pytest.raises(OrderRefused, match="U7654321"):
        program.exercise_options(option, account="U7654321")
    request_id = program.exercise_options(option, exercise_quantity=3)
    sent = bridge.expect(ExerciseOptions)
    assert (sent.request_id, sent.exercise_quantity) == (request_id, 3)


def test_what_the_version_can_not_carry_is_refused_where_it_was_asked(bridge, connect):
    program = connect(Program)
    assert program.next() == "initialize"
    quote(program, bridge)
    program._connection._connection.server_version = 150
    program._connection._connection._encoders.clear()
    order = Order(action="BUY", total_quantity=Decimal(1), order_type="LMT", limit_price=100.0)
    with pytest.raises(UnsupportedByVersion, match="duration"):
        program.place_order(Stock("AAPL"), msgspec.structs.replace(order, duration=60))


def test_orders_and_requests_share_one_counter(bridge, connect):
    program = connect(Program)
    assert program.next() == "initialize"
    quote(program, bridge)
    first = program.request_contract_data(Stock("AAPL"))
    second = program.place_order(Stock("AAPL"), LimitOrder("BUY", 1, 100.0))
    assert second == first + 1


def test_ids_leave_in_their_order_however_many_threads_place_orders(bridge, connect):
    program = connect(Program)
    assert program.next() == "initialize"
    quote(program, bridge)
    order = LimitOrder("BUY", 1, 100.0)
    program.guard.limits = msgspec.structs.replace(program.guard.limits, max_orders_per_second=None)
    with ThreadPoolExecutor(8) as pool:
        placed = list(pool.map(lambda _: program.place_order(Stock("AAPL"), order), range(64)))
    sent = [bridge.expect(PlaceOrder).order_id for _ in placed]
    assert sent == sorted(placed)


def test_a_message_too_many_makes_the_client_look_for_its_orders(bridge, connect):
    program = connect(Program)
    assert program.next() == "initialize"
    quote(program, bridge)
    order_id = program.place_order(Stock("AAPL"), LimitOrder("BUY", 1, 100.0))
    bridge.expect(PlaceOrder)
    bridge.send(InfoMessage(request_id=-1, code=100, text="Max rate of messages per second"))
    bridge.expect(RequestOpenOrders)
    assert program.picture.orders.own(order_id).stage is OrderStage.UNKNOWN


@pytest.mark.parametrize("host", ["a..b", "x" * 64])
def test_a_host_that_is_no_name_is_no_bridge(host):
    program = Program(host, 4001, 7)
    with pytest.raises(NotConnected, match="no Bridge at"):
        program.start(10)
    assert not program.is_connected


def test_a_request_over_a_limit_waits_and_says_so(bridge, connect):
    program = connect(Program, messages_per_second=45)
    assert program.next() == "initialize"
    years = {"duration": "1 Y", "bar_size": "1 day"}
    first = program.request_historical_data(Stock("AAPL"), **years)
    assert bridge.expect(RequestHistoricalData).request_id == first
    second = program.request_historical_data(Stock("AAPL"), **years)
    assert program.waiting.messages == 1
    assert 10 < program.waiting.seconds <= 15
    program.cancel_historical_data(second)
    assert program.waiting == (0, None)
    program.cancel_historical_data(first)
    assert bridge.expect(CancelHistoricalData).request_id == first


def test_a_request_over_a_limit_fails_when_that_was_chosen(bridge, connect):
    program = connect(Program, messages_per_second=45, wait_when_full=False)
    assert program.next() == "initialize"
    years = {"duration": "1 Y", "bar_size": "1 day"}
    program.request_historical_data(Stock("AAPL"), **years)
    bridge.expect(RequestHistoricalData)
    with pytest.raises(PacingExceeded, match=r"identical .* may leave in 1\d\.\d s") as caught:
        program.request_historical_data(Stock("AAPL"), **years)
    assert caught.value.request == "request_historical_data"
    assert program.waiting.messages == 0


def test_too_many_lines_is_believed(bridge, connect):
    program = connect(Program, lines=3)
    assert program.next() == "initialize"
    program.watch("test", Priority.VISIBLE, [Stock("A"), Stock("B"), Stock("C")])
    asked = [bridge.expect(RequestMarketData) for _ in range(3)]
    bridge.send(
        InfoMessage(request_id=asked[-1].request_id, code=101, text="Max number of tickers")
    )
    assert program.next().code == 101
    assert program.budget.lines == 2
    assert bridge.expect(CancelMarketData).request_id == asked[1].request_id


def test_data_lost_is_asked_for_again(bridge, connect):
    program = connect(Program)
    assert program.next() == "initialize"
    quote(program, bridge)
    bridge.send(InfoMessage(request_id=-1, code=1101, text="data lost"))
    assert bridge.expect(RequestMarketData).contract == Stock("AAPL")
