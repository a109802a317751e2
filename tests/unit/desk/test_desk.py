"""The desk against a scripted Bridge: ids, routing, fan-out, refusals, and what is published."""

from __future__ import annotations

import queue
from decimal import Decimal

import msgspec
import pytest
from scripted_bridge import ScriptedBridge

from workstation.clients import ClientOptions, Priority
from workstation.desk.actors import Actor, ActorState, DeskRequest
from workstation.desk.broker import Properties
from workstation.desk.embedded import EmbeddedBroker
from workstation.desk.envelope import fields_of, opened
from workstation.desk.multi_client_application import MultiClientApplication
from workstation.desk.routing import Exchange
from workstation.errors import InvalidValue, OrderRefused
from workstation.model import Contract, Execution, LimitOrder, MarketOrder, Stock
from workstation.protocol.catalog import (
    CancelMarketData,
    CancelOrder,
    ContractData,
    ContractDataEnd,
    ExecutionData,
    InfoMessage,
    OrderStatus,
    PlaceOrder,
    RequestContractData,
    RequestMarketData,
    RequestOrderIds,
    StartApi,
    TickPrice,
    TickRequestParams,
)
from workstation.protocol.frames import frame

TIMEOUT_SECONDS = 10
CLIENT_ID = 7
SECOND = 1_000_000_000


class Recorder(Actor):
    """Puts every message it gets into a queue; does what it is told on the desk's thread."""

    def __init__(self, code):
        super().__init__(f"Recorder {code}", code)
        self.got: queue.Queue = queue.Queue()

    def initialize(self):
        self.request_market_data(Stock("AAPL"))

    def message_received(self, message):
        self.got.put(message)

    def expect(self, message_class):
        while True:
            message = self.got.get(timeout=TIMEOUT_SECONDS)
            if isinstance(message, message_class):
                return message


class Faulty(Recorder):
    def tick_price(self, message):
        raise RuntimeError("a fault of the actor")


class Desk:
    """A desk, its Bridge and its log, started and ended together."""

    def __init__(self):
        self.bridge = ScriptedBridge()
        self.broker = EmbeddedBroker()
        self.tap = self.broker.tap(Exchange.ACTOR)
        options = ClientOptions(messages_per_second=None, first_backoff_seconds=0.01)
        self.application = MultiClientApplication(
            "127.0.0.1", self.bridge.port, CLIENT_ID, broker=self.broker, options=options
        )

    def start(self, *actors):
        for actor in actors:
            self.application.add_actor(actor)
        self.application.start(TIMEOUT_SECONDS)
        return actors

    def quote(self, bid=99.0, ask=101.0):
        request = self.bridge.expect(RequestMarketData)
        self.bridge.send(
            TickRequestParams(request_id=request.request_id, min_tick=0.01),
            TickPrice(request_id=request.request_id, tick_type=1, price=bid),
            TickPrice(request_id=request.request_id, tick_type=2, price=ask),
        )
        return request.request_id

    def on_desk(self, call):
        """Run something on the desk's thread, where actors live, and wait for it."""
        done: queue.Queue = queue.Queue()
        self.application.call_soon(lambda: done.put(call()))
        return done.get(timeout=TIMEOUT_SECONDS)

    def log(self):
        return [(m.routing_key, opened(m.body)) for m in self.tap.drain()[0]]

    def close(self):
        self.application.stop()
        self.broker.close()
        self.bridge.close()


@pytest.fixture
def desk():
    desk = Desk()
    yield desk
    desk.close()


def status(order, filled=0, word="Submitted"):
    return OrderStatus(
        order_id=order.order_id,
        status=word,
        filled=Decimal(filled),
        remaining=order.order.total_quantity - filled,
        client_id=CLIENT_ID,
    )


def test_quotes_are_subscribed_once_and_fanned_out(desk):
    one, two = desk.start(Recorder("ONE"), Recorder("TWO"))
    desk.quote()
    for actor in (one, two):
        tick = actor.expect(TickPrice)
        assert tick.price == 99.0
        assert actor.picture.quotes.get("AAPL STK USD").bid == 99.0
    asked = [desk.bridge.requests.get_nowait() for _ in range(desk.bridge.requests.qsize())]
    assert not any(isinstance(request, RequestMarketData) for request in asked)


def test_who_joins_a_running_line_hears_the_present_values(desk):
    (one,) = desk.start(Recorder("ONE"))
    desk.quote()
    one.expect(TickPrice)
    one.expect(TickPrice)
    late = Recorder("LATE")
    desk.application.add_actor(late)
    assert [late.expect(TickPrice).price for _ in range(2)] == [99.0, 101.0]
    quote = late.picture.quotes.get("AAPL STK USD")
    assert (quote.bid, quote.ask, quote.min_tick) == (99.0, 101.0, 0.01)


def test_the_line_is_given_back_when_the_last_one_goes(desk):
    one, two = desk.start(Recorder("ONE"), Recorder("TWO"))
    line = desk.quote()
    one.expect(TickPrice)
    two.expect(TickPrice)
    desk.on_desk(lambda: one.cancel_market_data(1))
    desk.on_desk(lambda: two.cancel_market_data(1))
    assert desk.bridge.expect(CancelMarketData).request_id == line


def test_an_order_gets_an_id_at_the_bridge_and_its_answers_come_back_under_its_own(desk):
    (one,) = desk.start(Recorder("ONE"))
    desk.quote()
    one.expect(TickPrice)
    one.expect(TickPrice)
    own_id = desk.on_desk(lambda: one.place_order(Stock("AAPL"), MarketOrder("BUY", 5)))
    sent = desk.bridge.expect(PlaceOrder)
    assert sent.order_id != own_id
    assert sent.order.order_reference == "ONE"
    desk.bridge.send(status(sent), status(sent, 5, "Filled"))
    assert one.expect(OrderStatus).order_id == own_id
    assert one.expect(OrderStatus).status == "Filled"
    desk.bridge.send(
        ExecutionData(
            request_id=-1,
            contract=Stock("AAPL"),
            execution=Execution(
                order_id=sent.order_id,
                client_id=CLIENT_ID,
                execution_id="a.1.01",
                side="BOT",
                shares=Decimal(5),
                price=101.0,
            ),
        )
    )
    assert one.expect(ExecutionData).execution.order_id == own_id
    assert one.positions == {"AAPL STK USD": Decimal(5)}


def test_a_fill_counts_once_however_often_it_is_told_and_as_it_was_corrected(desk):
    (one,) = desk.start(Recorder("ONE"))
    desk.quote()
    one.expect(TickPrice)
    one.expect(TickPrice)
    desk.on_desk(lambda: one.place_order(Stock("AAPL"), LimitOrder("BUY", 5, 100.0)))
    sent = desk.bridge.expect(PlaceOrder)

    def fill(execution_id, shares):
        execution = Execution(
            order_id=sent.order_id,
            client_id=CLIENT_ID,
            execution_id=execution_id,
            side="BOT",
            shares=Decimal(shares),
            price=100.0,
        )
        return ExecutionData(request_id=-1, contract=Stock("AAPL"), execution=execution)

    desk.bridge.send(fill("a.1.01", 2), fill("a.1.01", 2), fill("a.2.01", 3), fill("a.2.02", 1))
    for _ in range(4):
        one.expect(ExecutionData)
    assert one.positions == {"AAPL STK USD": Decimal(3)}


def test_an_actor_that_failed_stands_in_the_log_and_its_orders_can_be_cancelled(desk):
    one, _ = desk.start(Faulty("ONE"), Recorder("TWO"))
    desk.on_desk(lambda: one.place_order(Stock("AAPL"), MarketOrder("BUY", 5)))
    desk.quote()
    while "ONE" not in desk.application.answers:
        desk.on_desk(lambda: None)
    (entry,) = [each for _, each in desk.log() if each.message == "actor_failed"]
    told = msgspec.json.decode(entry.fields)
    assert told["state"] == "failed"
    assert "a fault of the actor" in told["traceback"]
    assert "working orders" in told
    assert desk.application.running_actors == ("TWO",)


def test_the_desk_cancels_for_an_actor_that_can_not(desk):
    one, _ = desk.start(Recorder("ONE"), Recorder("TWO"))
    desk.quote()
    one.expect(TickPrice)
    one.expect(TickPrice)
    desk.on_desk(lambda: one.place_order(Stock("AAPL"), LimitOrder("BUY", 5, 100.0)))
    sent = desk.bridge.expect(PlaceOrder)
    desk.bridge.send(status(sent))
    one.expect(OrderStatus)
    desk.broker.delete_queue("actor.ONE")
    while "ONE" not in desk.application.answers:
        desk.on_desk(lambda: None)
    desk.on_desk(lambda: desk.application.command("ONE", DeskRequest.FLATTEN))
    assert desk.bridge.expect(CancelOrder).order_id == sent.order_id


def test_an_actor_that_was_stopped_does_not_run_again(desk):
    (one,) = desk.start(Recorder("ONE"))
    for request in (DeskRequest.STOP, DeskRequest.RESUME, DeskRequest.PAUSE):
        one.answer(request)
        assert one.state is ActorState.STOPPED


def test_an_actor_hears_that_its_quotes_are_refused(desk):
    (one,) = desk.start(Recorder("ONE"))
    request = desk.bridge.expect(RequestMarketData)
    text = "No security definition has been found for the request"
    desk.bridge.send(InfoMessage(request_id=request.request_id, code=200, text=text))
    told = one.expect(InfoMessage)
    assert (told.code, told.request_id) == (200, 1)


def test_answers_go_only_to_whose_they_are(desk):
    one, two = desk.start(Recorder("ONE"), Recorder("TWO"))
    own_id = desk.on_desk(lambda: one.request_contract_data(Stock("MSFT")))
    request = desk.bridge.expect(RequestContractData)
    desk.bridge.send(
        ContractData(request_id=request.request_id),
        ContractDataEnd(request_id=request.request_id),
    )
    assert one.expect(ContractData).request_id == own_id
    one.expect(ContractDataEnd)
    assert two.got.empty()


def test_an_answer_that_can_not_be_read_is_told_to_whose_it_is(desk):
    one, two = desk.start(Recorder("ONE"), Recorder("TWO"))
    own_id = desk.on_desk(lambda: one.request_contract_data(Stock("MSFT")))
    request = desk.bridge.expect(RequestContractData)
    desk.bridge.send_bytes(frame(b"10\x00%d\x00MSFT\x00" % request.request_id))
    told = one.expect(InfoMessage)
    assert (told.request_id, told.code) == (own_id, 508)
    assert "contract_data" in told.text
    assert two.got.empty()


def test_a_refused_order_comes_back_as_rejected(desk):
    (one,) = desk.start(Recorder("ONE"))
    desk.quote()
    one.expect(TickPrice)
    one.expect(TickPrice)
    own_id = desk.on_desk(lambda: one.place_order(Stock("AAPL"), LimitOrder("BUY", 5, 100.005)))
    told = one.expect(InfoMessage)
    assert (told.request_id, told.code) == (own_id, 201)
    assert "100.005" in told.text
    assert not one.is_under_way(own_id)


def test_the_log_shows_the_request_as_delivered_and_then_its_answers(desk):
    (one,) = desk.start(Recorder("ONE"))
    desk.quote()
    one.expect(TickPrice)
    one.expect(TickPrice)
    desk.on_desk(lambda: one.place_order(Stock("AAPL"), MarketOrder("BUY", 5)))
    sent = desk.bridge.expect(PlaceOrder)
    desk.bridge.send(status(sent))
    one.expect(OrderStatus)
    entries = [(key, envelope) for key, envelope in desk.log() if "order" in envelope.message]
    assert [(key, envelope.message) for key, envelope in entries] == [
        ("bridge.ONE", "place_order"),
        ("bridge.ONE", "order_status"),
    ]
    assert fields_of(entries[0][1]).order_id == sent.order_id


def test_the_screen_trades_without_the_broker_and_is_seen_in_the_log(desk):
    desk.start()
    screen = desk.application.screen
    screen.watch("test", Priority.SELECTED, [Stock("AAPL")])
    desk.quote()
    desk.broker.close()
    order_id = None
    while order_id is None:
        try:
            order_id = screen.place_order(Stock("AAPL"), LimitOrder("BUY", 5, 100.0))
        except OrderRefused as error:
            assert error.limit == "fresh quote"  # noqa: PT017  none has come yet
    assert desk.bridge.expect(PlaceOrder).order_id == order_id
    screen.cancel_order(order_id)
    assert desk.bridge.expect(CancelOrder).order_id == order_id


def test_the_screens_orders_are_published_and_its_quotes_are_not(desk):
    (one,) = desk.start(Recorder("ONE"))
    screen = desk.application.screen
    screen.watch("test", Priority.SELECTED, [Stock("AAPL")])
    desk.quote()
    one.expect(TickPrice)
    one.expect(TickPrice)
    screen.place_order(Stock("AAPL"), LimitOrder("BUY", 5, 100.0))
    sent = desk.bridge.expect(PlaceOrder)
    desk.bridge.send(status(sent), TickPrice(request_id=99999, tick_type=1, price=1.0))
    desk.bridge.send(InfoMessage(request_id=sent.order_id, code=399, text="a remark"))
    while desk.application.picture.orders.own(sent.order_id).notes == ():
        pass
    desk.on_desk(lambda: None)
    keys = [(k, e.message) for k, e in desk.log() if k.endswith(".SCREEN")]
    assert keys == [
        ("bridge.SCREEN", "place_order"),
        ("bridge.SCREEN", "order_status"),
        ("bridge.SCREEN", "info_message"),
    ]


def test_an_actor_that_raises_is_told_of_and_the_desk_goes_on(desk):
    faulty, good = desk.start(Faulty("BAD"), Recorder("GOOD"))
    line = desk.quote()
    good.expect(TickPrice)
    good.expect(TickPrice)
    desk.bridge.send(TickPrice(request_id=line, tick_type=1, price=98.0))
    assert good.expect(TickPrice).price == 98.0
    assert faulty.state is ActorState.FAILED
    assert "a fault of the actor" in desk.application.answers["BAD"]["error"]
    assert "tick_price" in desk.application.answers["BAD"]["traceback"]


def test_an_order_that_waited_too_long_is_not_sent(desk):
    (one,) = desk.start(Recorder("ONE"))
    desk.quote()
    one.expect(TickPrice)
    one.expect(TickPrice)
    clock_ns = one.clock_ns
    one.clock_ns = lambda: clock_ns() - 6 * SECOND
    desk.on_desk(lambda: one.place_order(Stock("AAPL"), LimitOrder("BUY", 5, 100.0)))
    told = one.expect(InfoMessage)
    assert told.code == 201
    assert "too late" in told.text

    one.clock_ns = clock_ns
    desk.on_desk(lambda: one.place_order(Stock("AAPL"), LimitOrder("BUY", 6, 100.0)))
    assert desk.bridge.expect(PlaceOrder).order.total_quantity == 6


def test_an_actor_whose_queue_is_gone_is_told_of_and_takes_part_no_more(desk):
    one, two = desk.start(Recorder("ONE"), Recorder("TWO"))
    desk.quote()
    two.expect(TickPrice)
    two.expect(TickPrice)
    desk.on_desk(lambda: one.place_order(Stock("AAPL"), LimitOrder("BUY", 5, 100.0)))
    sent = desk.bridge.expect(PlaceOrder)
    desk.bridge.send(status(sent))
    while not desk.application.picture.orders.own(sent.order_id).status:
        desk.on_desk(lambda: None)
    desk.log()
    desk.broker.delete_queue("actor.ONE")
    while "ONE" not in desk.application.answers:
        desk.on_desk(lambda: None)

    (entry,) = [each for key, each in desk.log() if key == "multi_client.ONE"]
    assert entry.message == "actor_lost"
    assert msgspec.json.decode(entry.fields) == {
        "state": "failed",
        "reason": "queue actor.ONE was deleted",
        "working orders": str(sent.order_id),
    }
    assert one.state is ActorState.FAILED
    assert desk.application.running_actors == ("TWO",)
    desk.on_desk(lambda: one.place_order(Stock("AAPL"), LimitOrder("BUY", 5, 100.0)))
    own_id = desk.on_desk(lambda: two.place_order(Stock("AAPL"), LimitOrder("BUY", 6, 100.0)))
    assert own_id
    assert desk.bridge.expect(PlaceOrder).order.total_quantity == 6
    assert desk.application.picture.orders.own(sent.order_id).is_open
    desk.application.screen.cancel_order(sent.order_id)
    assert desk.bridge.expect(CancelOrder).order_id == sent.order_id


def test_the_line_of_an_actor_whose_queue_is_gone_is_given_back(desk):
    desk.start(Recorder("ONE"))
    line = desk.quote()
    desk.broker.delete_queue("actor.ONE")
    assert desk.bridge.expect(CancelMarketData).request_id == line


def test_requests_lost_with_the_desks_queue_are_told_of_and_the_desk_goes_on(desk):
    (one,) = desk.start(Recorder("ONE"))
    desk.quote()
    one.expect(TickPrice)
    one.expect(TickPrice)
    desk.log()
    desk.broker.delete_queue("trading_desk")
    told = []
    while not told:
        desk.on_desk(lambda: None)
        told = [each for key, each in desk.log() if key == "multi_client.ONE"]
    assert [each.message for each in told] == ["requests_lost"]
    desk.on_desk(lambda: one.place_order(Stock("AAPL"), LimitOrder("BUY", 5, 100.0)))
    assert desk.bridge.expect(PlaceOrder).order.total_quantity == 5


def test_the_desk_asks_and_the_actor_answers(desk):
    (one,) = desk.start(Recorder("ONE"))
    desk.application.command("ONE", DeskRequest.PAUSE)
    desk.bridge.expect(RequestMarketData)
    while "ONE" not in desk.application.answers:
        desk.on_desk(lambda: None)
    assert desk.application.answers["ONE"]["state"] == "paused"
    assert one.state is ActorState.PAUSED
    with pytest.raises(InvalidValue, match="NOBODY"):
        desk.application.command("NOBODY", DeskRequest.PAUSE)


def test_the_screen_pauses_actors_and_lets_them_run_again(desk):
    one, _two = desk.start(Recorder("ONE"), Recorder("TWO"))
    screen = desk.application.screen
    desk.bridge.expect(RequestMarketData)
    while screen.running() != ("ONE", "TWO"):
        desk.on_desk(lambda: None)
    screen.pause(["ONE"])
    while screen.running() != ("TWO",):
        desk.on_desk(lambda: None)
    assert one.state is ActorState.PAUSED
    screen.resume(["ONE"])
    while screen.running() != ("ONE", "TWO"):
        desk.on_desk(lambda: None)
    screen.hand_over()
    while screen.running():
        desk.on_desk(lambda: None)


@pytest.mark.parametrize("request_", [StartApi(client_id=3), RequestOrderIds()])
def test_what_is_about_the_connection_is_not_for_actors(desk, request_):
    (one,) = desk.start(Recorder("ONE"))
    desk.bridge.expect(RequestMarketData)
    desk.on_desk(lambda: one.send(request_))
    told = one.expect(InfoMessage)
    assert told.code == 320
    assert "not for actors" in told.text
    desk.on_desk(lambda: one.request_contract_data(Stock("AAPL")))
    desk.bridge.expect(RequestContractData)
    asked = [desk.bridge.requests.get_nowait() for _ in range(desk.bridge.requests.qsize())]
    assert not any(isinstance(each, StartApi | RequestOrderIds) for each in asked)


def test_a_contract_that_can_not_be_sent_costs_nobody_else_a_line(desk):
    (one,) = desk.start(Recorder("ONE"))
    desk.bridge.expect(RequestMarketData)
    desk.on_desk(lambda: one.request_market_data(Contract(symbol="A\0B", security_type="STK")))
    desk.on_desk(lambda: one.request_market_data(Stock("MSFT")))
    assert desk.bridge.expect(RequestMarketData).contract.symbol == "MSFT"


def test_a_code_is_taken_once(desk):
    desk.application.add_actor(Recorder("ONE"))
    with pytest.raises(InvalidValue, match="ONE"):
        desk.application.add_actor(Recorder("ONE"))
    with pytest.raises(InvalidValue, match="SCREEN"):
        desk.application.add_actor(Recorder("SCREEN"))


def test_what_is_no_envelope_is_refused_and_stops_nothing(desk):
    (one,) = desk.start(Recorder("ONE"))
    desk.bridge.expect(RequestMarketData)
    for body in (b"", b"{", b"[" * 2000, b'{"message":"place_order"}', b"\xff\xfe"):
        desk.broker.publish(Exchange.TRADING_DESK, "bridge.ONE", body, Properties())
    told = [one.expect(InfoMessage) for _ in range(5)]
    assert all(message.code == 320 for message in told)
    desk.on_desk(lambda: one.request_contract_data(Stock("AAPL")))
    desk.bridge.expect(RequestContractData)


def test_actors_hear_of_a_lost_bridge_and_of_its_return(desk):
    (one,) = desk.start(Recorder("ONE"))
    desk.bridge.expect(RequestMarketData)
    desk.bridge.drop()
    assert desk.bridge.expect(RequestMarketData).contract == Stock("AAPL")
    names: list[str] = []
    while "bridge_back" not in names:
        names += [e.message for k, e in desk.log() if k == "multi_client.ONE"]
    assert names == ["bridge_lost", "bridge_back"]
    assert one.state is ActorState.RUNNING
