"""Safety: no way in trades on an account that is neither simulated nor paper, or past a limit.

The ways in are the library, a desk's requests, its actors, and the screen by its keys. Each is
tried against a Bridge that would fill whatever reaches it, and counts what does.
"""

from __future__ import annotations

import queue
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from exchange import AAPL, ACTS, CLIENT_ID, TIMEOUT_SECONDS, Exchange, ask, sync
from msgspec.structs import replace
from scripted_bridge import ScriptedBridge
from whole_screen import shows, text_of, until

from workstation import IBKR_API
from workstation.clients import ClientApplication, Priority
from workstation.desk.actors import Actor
from workstation.desk.embedded import EmbeddedBroker
from workstation.desk.envelope import fields_of, opened, sealed
from workstation.desk.multi_client_application import MultiClientApplication
from workstation.desk.routing import Exchange as Exchanges
from workstation.errors import OrderRefused
from workstation.model import LimitOrder, MarketOrder, Option, Stock
from workstation.protocol.catalog import (
    CancelOrder,
    InfoMessage,
    PlaceOrder,
    RequestCurrentTime,
    RequestGlobalCancel,
    RequestMarketData,
)
from workstation.risk.limits import Limit
from workstation.ui.app import WorkstationApp
from workstation.ui.panes.all_panes import every_pane
from workstation.ui.shell import Look
from workstation.ui.themes import load_themes
from workstation.ui.trading import Trading
from workstation.ui.watchlists import Watchlist
from workstation.ui.workplace import Workplace

LIVE = "U1234567"
ROOT = Path(__file__).parents[2]
CALL = Option("AAPL", "20261218", 220.0, "C")
CODE = "ONE"


class Recorder(Actor):
    """Keeps what it is told; is told what to do on the desk's thread."""

    def __init__(self):
        super().__init__("Recorder", CODE)
        self.remarks = queue.Queue()

    def initialize(self):
        self.request_market_data(AAPL)

    def info_message(self, message):
        self.remarks.put(message)


@pytest.fixture
def exchange():
    made = Exchange()
    yield made
    made.close()


@pytest.fixture
def works(exchange):
    """The id of an order that works, of the client that every test connects as."""
    return exchange.trade()


@pytest.fixture
def live(exchange, works):
    """The exchange, on which orders and positions stand, with the account of real money."""
    exchange.become(LIVE)
    return exchange


class Way:
    """One way in: places an order or changes one, and tells why it was refused."""

    def __init__(self, exchange, **limits):
        self.exchange = exchange
        self.broker = EmbeddedBroker()
        self.tap = self.broker.tap(Exchanges.ACTOR)
        self.client = self.connect(exchange.options(**limits))
        self.client.start(TIMEOUT_SECONDS)
        ask(self.client, RequestMarketData, contract=AAPL, snapshot=True)
        self.quote = self.client.picture.quotes.of(AAPL)

    def connect(self, options):
        return ClientApplication(port=self.exchange.port, client_id=CLIENT_ID, options=options)

    def close(self):
        self.client.stop()
        self.broker.close()

    def refused(self, contract, order, order_id=None):
        """The words of a refusal; None when the order left."""
        try:
            self.order(contract, order, order_id)
        except OrderRefused as error:
            return str(error)
        return None


class Library(Way):
    def order(self, contract, order, order_id):
        if order_id is None:
            self.client.place_order(contract, order)
        else:
            self.client.modify_order(order_id, contract, order)


class RawRequest(Way):
    def order(self, contract, order, order_id):
        order_id = order_id or self.client.new_id()
        self.client.send(PlaceOrder(order_id=order_id, contract=contract, order=order))


class Desk(Way):
    """A desk with one actor."""

    def connect(self, options):
        desk = MultiClientApplication(
            "127.0.0.1", self.exchange.port, CLIENT_ID, broker=self.broker, options=options
        )
        self.actor = Recorder()
        desk.add_actor(self.actor)
        return desk

    def on_desk(self, call):
        """Run something on the desk's thread, where actors live, and wait for it."""
        done = queue.Queue()
        self.client.call_soon(lambda: done.put(call()))
        return done.get(timeout=TIMEOUT_SECONDS)

    def refusal_of(self, own_id):
        """What the desk told its actor of an order; None once the order stands at the Bridge."""
        while True:
            sync(self.client)
            while not self.actor.remarks.empty():
                remark = self.actor.remarks.get()
                if (remark.request_id, remark.code) == (own_id, 201):
                    return remark.text
            if self.actor.picture.orders.own(own_id).status:
                return None


class Screen(Desk):
    """The participant SCREEN, as the panes use it."""

    def order(self, contract, order, order_id):
        if order_id is None:
            self.client.screen.place_order(contract, order)
        else:
            self.client.screen.modify_order(order_id, contract, order)


class ActorsWay(Desk):
    """An actor calls its own methods."""

    def refused(self, contract, order, order_id=None):
        if order_id is None:
            own_id = self.on_desk(lambda: self.actor.place_order(contract, order))
        else:
            own_id = order_id
            self.on_desk(lambda: self.actor.modify_order(order_id, contract, order))
        return self.refusal_of(own_id)


class Participants(Desk):
    """A participant's request comes over the broker, from wherever."""

    def refused(self, contract, order, order_id=None):
        own_id = order_id or self.on_desk(self.actor.new_id)
        request = PlaceOrder(order_id=own_id, contract=contract, order=order)
        message_id = str(uuid4())
        body, properties = sealed(
            request.name, request, code=CODE, sequence=1, time_ns=0, message_id=message_id
        )
        self.broker.publish(Exchanges.TRADING_DESK, f"bridge.{CODE}", body, properties)
        told = []
        while not any(isinstance(each, PlaceOrder) for each in told):
            told += self.told_about(message_id)
        # The echo of what was delivered stands alone; a refusal follows at once.
        self.on_desk(lambda: None)
        told += self.told_about(message_id)
        return next((each.text for each in told if isinstance(each, InfoMessage)), None)

    def told_about(self, message_id):
        bodies = (
            message.body
            for message in self.tap.drain()[0]
            if message.properties.correlation_id == message_id
        )
        return [fields_of(opened(body)) for body in bodies]


WAYS = [Library, RawRequest, Screen, ActorsWay, Participants]


@pytest.fixture(params=WAYS, ids=lambda each: each.__name__)
def enter(request, exchange):
    """Goes one way in; the way is closed when the test ends."""
    made = []

    def enter(**limits):
        made.append(request.param(exchange, **limits))
        return made[-1]

    yield enter
    for each in made:
        each.close()


# Every way in, on an account of real money


@pytest.mark.parametrize("account", [LIVE, "F1234567", "I1234567", "d1234567"])
def test_no_order_leaves_for_an_account_that_is_neither_simulated_nor_paper(
    enter, exchange, account
):
    exchange.become(account)
    way = enter()
    for order in (
        LimitOrder("BUY", 1, way.quote.bid),
        MarketOrder("SELL", 1),
        replace(MarketOrder("BUY", 1), what_if=True),
        replace(MarketOrder("BUY", 1), transmit=False),
        replace(MarketOrder("BUY", 1), account="DSIM0001"),
    ):
        refused = way.refused(AAPL, order)
        assert "account mode" in refused
        assert f"live ({account})" in refused
    sync(way.client)
    assert exchange.asked(*ACTS) == []


def test_no_change_leaves_for_a_live_account_and_a_cancel_does(enter, live, works):
    way = enter()
    sync(way.client)
    order = LimitOrder("BUY", 200, way.client.picture.orders.own(works).order.limit_price)
    assert "live" in way.refused(AAPL, order, works)
    assert live.asked(*ACTS) == []

    way.client.cancel_order(works)
    sync(way.client)
    assert [each.order_id for each in live.asked(CancelOrder)] == [works]
    assert not way.client.picture.orders.own(works).is_open


def test_a_paper_account_takes_orders(enter, exchange):
    exchange.become("DU1234567")
    way = enter()
    assert way.refused(AAPL, LimitOrder("BUY", 1, way.quote.bid)) is None
    sync(way.client)
    assert len(exchange.asked(PlaceOrder)) == 1


# Every way in, past each limit


BEYOND = {
    Limit.ORDER_QUANTITY: lambda quote: MarketOrder("BUY", 5001),
    Limit.ORDER_VALUE: lambda quote: LimitOrder("BUY", 2000, quote.bid),
    Limit.OFF_MARKET: lambda quote: LimitOrder("BUY", 1, round(quote.ask * 1.2, 2)),
    Limit.TICK_GRID: lambda quote: LimitOrder("BUY", 1, quote.bid + 0.005),
    Limit.QUANTITY: lambda quote: replace(MarketOrder("BUY", 1), total_quantity=Decimal(-1)),
    Limit.FRESH_QUOTE: lambda quote: LimitOrder("BUY", 1, 100.0),
}


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit.ORDER_QUANTITY, "order quantity: 5,001; allowed: at most 5,000"),
        (Limit.ORDER_VALUE, "USD; allowed: at most 250,000.00 USD"),
        (Limit.OFF_MARKET, "% above"),
        (Limit.TICK_GRID, "tick grid: limit price"),
        (Limit.QUANTITY, "quantity: -1; allowed: a positive number"),
        (Limit.FRESH_QUOTE, "fresh quote: IBM STK USD: there is no price"),
    ],
)
def test_no_order_leaves_past_a_limit(enter, exchange, limit, words):
    way = enter()
    ask(way.client, RequestMarketData, contract=AAPL, snapshot=True)
    contract = Stock("IBM") if limit is Limit.FRESH_QUOTE else AAPL

    refused = way.refused(contract, BEYOND[limit](way.quote))
    assert f"{limit}: " in refused
    assert words in refused
    sync(way.client)
    assert exchange.asked(*ACTS) == []


def test_no_more_orders_leave_within_a_second_than_allowed(enter, exchange):
    way = enter(max_orders_per_second=1)
    stands_still = way.client.guard._clock_ns()
    way.client.guard._clock_ns = lambda: stands_still
    order = LimitOrder("BUY", 1, way.quote.bid)

    assert way.refused(AAPL, order) is None
    assert "orders a second: 2 orders within a second; allowed: at most 1" in way.refused(
        AAPL, order
    )
    sync(way.client)
    assert len(exchange.asked(*ACTS)) == 1


# What is no order and trades all the same


def test_options_are_not_exercised_on_a_live_account(live):
    way = Library(live)
    try:
        with pytest.raises(OrderRefused, match="live"):
            way.client.exercise_options(CALL)
        with pytest.raises(OrderRefused, match="live"):
            way.client.replace_financial_advisor(1, "<ListOfGroups/>")
        sync(way.client)
        assert live.asked(*ACTS) == []
    finally:
        way.close()


def test_the_calls_that_wait_pass_the_guard_too(live, works):
    with IBKR_API(port=live.port, client_id=CLIENT_ID) as api:
        for call in (api.place_order, api.preview_order):
            with pytest.raises(OrderRefused, match="live"):
                call(AAPL, MarketOrder("BUY", 1))
        with pytest.raises(OrderRefused, match="live"):
            api.modify_order(works, AAPL, MarketOrder("BUY", 1))
        api.cancel_order(works)
        api.request_current_time()
        assert live.asked(*ACTS) == []
        assert live.asked(CancelOrder)


# Whose money it is may change


def test_one_live_account_among_others_makes_a_session_read_only():
    bridge = ScriptedBridge(accounts=("DU1234567", LIVE))
    client = ClientApplication(port=bridge.port, client_id=CLIENT_ID)
    try:
        client.start(TIMEOUT_SECONDS)
        for account in ("", "DU1234567", LIVE):
            with pytest.raises(OrderRefused, match="live"):
                client.place_order(AAPL, replace(MarketOrder("BUY", 1), account=account))
        client.cancel_order(1)
        client.request_current_time()
        assert isinstance(bridge.expect((PlaceOrder, RequestCurrentTime)), RequestCurrentTime)
    finally:
        client.stop()
        bridge.close()


def test_after_a_reconnect_the_new_account_counts():
    bridge = ScriptedBridge(accounts=("DU1234567",))
    restored = queue.Queue()

    class Program(ClientApplication):
        def connection_restored(self):
            restored.put(self.picture.session.mode)

    options = Exchange.options(None)
    client = Program(port=bridge.port, client_id=CLIENT_ID, options=options)
    try:
        client.start(TIMEOUT_SECONDS)
        bridge.accounts = (LIVE,)
        bridge.drop()
        assert restored.get(timeout=TIMEOUT_SECONDS) == "live"
        with pytest.raises(OrderRefused, match="live"):
            client.place_order(AAPL, MarketOrder("BUY", 1))
    finally:
        client.stop()
        bridge.close()


# The screen, by its keys


@pytest.fixture
def screen(live):
    """The whole app on a live account on which an order works and a position is held."""
    way = Screen(live)
    desk = way.client
    workplace = Workplace(desk.picture, desk.screen, CLIENT_ID, desk._clock_ns)
    panes = every_pane(workplace, [Watchlist("Mine", (AAPL,))], way.tap)
    look = Look(load_themes([ROOT / "themes"]), "midnight", {})
    app = WorkstationApp(workplace, panes, Trading(workplace), look)
    app.animation_level = "none"
    app.desk = desk
    yield app
    way.close()


async def ready(pilot):
    """Wait until everything that was there is listed, quoted and shown."""
    app, picture = pilot.app, pilot.app.desk.picture
    await until(pilot, lambda: app.trading.is_listed and picture.positions.open())
    await until(pilot, lambda: (quote := picture.quotes.of(AAPL)) and quote.has_line and quote.ask)
    await until(pilot, lambda: picture.contracts.increments(AAPL))
    await shows(pilot, f"LIVE · READ-ONLY  {LIVE}")


async def is_not_sent(pilot, exchange):
    """What the ticket says of the order, and that Enter does not send it."""
    await shows(pilot, "not sent")
    await shows(pilot, "account mode")
    await pilot.press("enter", "enter")
    sync(pilot.app.desk)
    assert exchange.asked(*ACTS) == []


async def test_the_ticket_sends_nothing(screen, live):
    async with screen.run_test(size=(160, 50), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("b", "1", "alt+a", "enter")
        await is_not_sent(pilot, live)


async def test_a_quote_of_the_chain_sends_nothing(screen, live):
    async with screen.run_test(size=(160, 50), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("c")
        chain = screen.board.panes["chain"]
        await until(pilot, lambda: "220" in chain._grid.rows)
        chain._grid.move_to("220", column="call_ask")
        await pilot.press("enter")
        await until(pilot, lambda: "Ticket · AAPL 2" in text_of(screen))
        await pilot.press("1", "alt+a", "enter")
        await is_not_sent(pilot, live)


async def test_closing_a_position_sends_nothing(screen, live):
    async with screen.run_test(size=(160, 50), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("p", "delete")
        await until(pilot, lambda: "‹ SELL" in text_of(screen))
        await pilot.press("enter")
        await is_not_sent(pilot, live)


async def test_changing_an_order_sends_nothing(screen, live):
    async with screen.run_test(size=(160, 50), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("e", "enter")
        await until(pilot, lambda: "Change" in text_of(screen))
        await pilot.press("up", "enter")
        await is_not_sent(pilot, live)


async def test_flattening_cancels_and_sells_nothing(screen, live, works):
    async with screen.run_test(size=(160, 50), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("f9")
        await shows(pilot, "not close 1 position: account mode: live")
        await pilot.press("enter")
        await until(pilot, lambda: screen.trading.sweep and screen.trading.sweep.is_done)
        told = [line.outcome for line in screen.trading.sweep.lines]
        assert any(each.startswith("not closed: account mode: live") for each in told)
        sync(screen.desk)
        assert live.asked(RequestGlobalCancel)
        assert live.asked(*ACTS) == []
        assert not screen.desk.picture.orders.own(works).is_open


@pytest.mark.parametrize("keys", [("f8", "enter"), ("e", "x"), ("X",)])
async def test_cancels_stay_allowed(screen, live, works, keys):
    async with screen.run_test(size=(160, 50), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press(*keys)
        await until(pilot, lambda: not screen.desk.picture.orders.own(works).is_open)
        assert live.asked(CancelOrder, RequestGlobalCancel)


async def test_watching_stays_allowed(screen, live):
    async with screen.run_test(size=(160, 50), notifications=True) as pilot:
        await ready(pilot)
        screen.desk.screen.watch("test", Priority.SELECTED, [Stock("IBM")])
        await until(pilot, lambda: screen.desk.picture.quotes.of(Stock("IBM")))
        assert live.asked(*ACTS) == []
