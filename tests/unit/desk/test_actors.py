"""Actors on their own: what they do with the messages that come for them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from workstation.desk.actors import (
    Actor,
    ActorState,
    DeskRequest,
    MovingAverageTrader,
    PairsTrader,
)
from workstation.errors import NotConnected
from workstation.model import Execution, MarketOrder, Stock
from workstation.protocol.catalog import (
    CancelOrder,
    ExecutionData,
    OrderStatus,
    PlaceOrder,
    RequestMarketData,
    TickPrice,
)

CLIENT_ID = 4


class Clock:
    def __init__(self):
        self.seconds = 1_800_000_000

    def __call__(self):
        return self.seconds * 1_000_000_000


class Exchange:
    """Takes an actor on, and fills its orders when told to."""

    def __init__(self, actor, clock):
        self.actor, self.clock = actor, clock
        self.requests = []
        self.executions = 0
        actor.take_on(self.requests.append, CLIENT_ID)

    def lines(self):
        return {
            request.contract.symbol: request.request_id
            for request in self.requests
            if isinstance(request, RequestMarketData)
        }

    def orders(self):
        return [request for request in self.requests if isinstance(request, PlaceOrder)]

    def price(self, symbol, price):
        self.actor.receive(
            TickPrice(request_id=self.lines()[symbol], tick_type=4, price=price, size=Decimal(1))
        )

    def status(self, order, status, filled):
        self.actor.receive(
            OrderStatus(
                order_id=order.order_id,
                status=status,
                filled=filled,
                remaining=order.order.total_quantity - filled,
                client_id=CLIENT_ID,
            )
        )

    def execute(self, order):
        self.executions += 1
        size = order.order.total_quantity
        self.actor.receive(
            ExecutionData(
                request_id=-1,
                contract=order.contract,
                execution=Execution(
                    order_id=order.order_id,
                    client_id=CLIENT_ID,
                    execution_id=f"e{self.executions}.01",
                    side="BOT" if order.order.action == "BUY" else "SLD",
                    shares=size,
                    price=100.0,
                    cumulative_quantity=size,
                    average_price=100.0,
                ),
            )
        )

    def fill(self, order):
        self.execute(order)
        self.status(order, "Filled", order.order.total_quantity)


@pytest.fixture
def clock():
    return Clock()


def follow(exchange, symbol, prices):
    for price in prices:
        exchange.clock.seconds += 2
        exchange.price(symbol, price)


def moving_average(clock):
    return Exchange(
        MovingAverageTrader(symbols=["AAPL"], fast=2, slow=4, sample_seconds=2, clock_ns=clock),
        clock,
    )


def test_a_rise_is_bought_and_a_fall_is_sold(clock):
    exchange = moving_average(clock)
    follow(exchange, "AAPL", [10, 10, 10, 11])
    (bought,) = exchange.orders()
    assert (bought.order.action, bought.order.total_quantity) == ("BUY", 10)
    exchange.fill(bought)
    follow(exchange, "AAPL", [12, 13, 14])
    assert len(exchange.orders()) == 1
    follow(exchange, "AAPL", [9, 8])
    sold = exchange.orders()[1]
    assert (sold.order.action, sold.order.total_quantity) == ("SELL", 10)


def test_a_fall_is_not_sold_short(clock):
    exchange = moving_average(clock)
    follow(exchange, "AAPL", [14, 13, 12, 11, 10])
    assert exchange.orders() == []


def test_no_second_order_while_one_is_under_way(clock):
    exchange = moving_average(clock)
    follow(exchange, "AAPL", [10, 10, 10, 11, 12, 13])
    assert len(exchange.orders()) == 1


def test_a_fill_told_by_status_alone_is_waited_for(clock):
    exchange = moving_average(clock)
    follow(exchange, "AAPL", [10, 10, 10, 11])
    (bought,) = exchange.orders()
    exchange.status(bought, "Filled", Decimal(10))
    follow(exchange, "AAPL", [12, 13])
    assert len(exchange.orders()) == 1
    exchange.execute(bought)
    assert exchange.actor.positions == {"AAPL STK USD": Decimal(10)}


def test_prices_are_sampled_by_the_clock_and_not_by_ticks(clock):
    exchange = moving_average(clock)
    for price in [10, 10, 10, 11, 12, 13]:
        exchange.price("AAPL", price)
    assert exchange.orders() == []


def test_a_pair_is_opened_when_the_ratio_is_far_out_and_closed_when_it_is_back(clock):
    actor = PairsTrader(first="V", second="AXP", window=5, sample_seconds=2, clock_ns=clock)
    exchange = Exchange(actor, clock)
    exchange.price("AXP", 50.0)
    follow(exchange, "V", [100, 100, 100, 100, 110])
    first, second = exchange.orders()
    assert (first.contract.symbol, first.order.action, first.order.total_quantity) == (
        "V",
        "SELL",
        10,
    )
    assert (second.contract.symbol, second.order.action, second.order.total_quantity) == (
        "AXP",
        "BUY",
        22,
    )
    exchange.fill(first)
    exchange.fill(second)
    follow(exchange, "V", [110, 110, 100, 105, 107])
    closing = exchange.orders()[2:]
    assert [(o.order.action, o.order.total_quantity) for o in closing] == [
        ("BUY", 10),
        ("SELL", 22),
    ]


class Idle(Actor):
    def act(self):
        self.acted = True


def test_a_paused_actor_hears_but_does_not_act(clock):
    actor = Idle("Idle", "IDLE", clock)
    exchange = Exchange(actor, clock)
    actor.request_market_data(Stock("AAPL"))
    assert actor.answer(DeskRequest.PAUSE)["state"] == ActorState.PAUSED
    exchange.price("AAPL", 10)
    assert not hasattr(actor, "acted")
    assert actor.picture.quotes.get("AAPL STK USD").last == 10
    actor.answer(DeskRequest.RESUME)
    exchange.price("AAPL", 11)
    assert actor.acted


def test_flattening_cancels_what_works_and_closes_what_is_held(clock):
    actor = Idle("Idle", "IDLE", clock)
    exchange = Exchange(actor, clock)
    actor.place_order(Stock("AAPL"), MarketOrder("BUY", 5))
    exchange.fill(exchange.orders()[0])
    working = actor.place_order(Stock("MSFT"), MarketOrder("BUY", 5))
    actor.answer(DeskRequest.FLATTEN)
    assert exchange.requests[-2] == CancelOrder(order_id=working)
    closing = exchange.requests[-1]
    assert (closing.contract.symbol, closing.order.action, closing.order.total_quantity) == (
        "AAPL",
        "SELL",
        5,
    )


def test_what_a_person_took_over_is_not_closed_again(clock):
    actor = Idle("Idle", "IDLE", clock)
    exchange = Exchange(actor, clock)
    actor.place_order(Stock("AAPL"), MarketOrder("BUY", 5))
    exchange.fill(exchange.orders()[0])
    actor.place_order(Stock("AAPL"), MarketOrder("BUY", 7))
    assert actor.answer(DeskRequest.HAND_OVER)["state"] == ActorState.PAUSED
    assert not any(actor.positions.values())
    exchange.fill(exchange.orders()[1])
    assert not any(actor.positions.values())
    actor.answer(DeskRequest.FLATTEN)
    assert len(exchange.orders()) == 2
    actor.answer(DeskRequest.RESUME)
    actor.place_order(Stock("AAPL"), MarketOrder("BUY", 3))
    exchange.fill(exchange.orders()[2])
    assert actor.positions == {"AAPL STK USD": 3}


def test_a_stopped_actor_sends_nothing(clock):
    actor = Idle("Idle", "IDLE", clock)
    Exchange(actor, clock)
    actor.answer(DeskRequest.STOP)
    with pytest.raises(NotConnected, match="IDLE"):
        actor.request_market_data(Stock("AAPL"))
