"""Who hears which quotes."""

from __future__ import annotations

import pytest

from workstation.errors import RequestError
from workstation.model import Contract, Stock, TickType
from workstation.protocol import catalog
from workstation.simulator.feed import Feed
from workstation.simulator.instruments import Instruments
from workstation.simulator.market import SLOT_NS, Market
from workstation.simulator.options import OptionMarket

WHOLE = {
    *(TickType.BID, TickType.ASK, TickType.LAST, TickType.HIGH, TickType.LOW),
    *(TickType.OPEN, TickType.CLOSE),
}


class Client:
    """A client that keeps what it hears."""

    def __init__(self, lines=100):
        self.lines = lines
        self.heard = []
        self.reads = True

    def tell(self, message):
        self.heard.append(message)

    def tell_ticks(self, messages):
        if self.reads:
            self.heard += messages
        return self.reads

    def take(self, kind=catalog.TickPrice):
        """What it has heard of a class since the last call."""
        taken = [message for message in self.heard if isinstance(message, kind)]
        self.heard.clear()
        return taken


class Floor:
    """A feed whose clock a test moves."""

    def __init__(self, now_ns):
        self.now_ns = now_ns
        self.market = Market(7, lambda: self.now_ns)
        self.instruments = Instruments(self.market)
        self.feed = Feed(self.instruments, self.market, OptionMarket(self.market))

    def move(self, slots=1):
        for _ in range(slots):
            self.now_ns += SLOT_NS
            self.feed.advance()

    def subscribe(self, client, request_id, contract, **details):
        request = catalog.RequestMarketData(request_id=request_id, contract=contract, **details)
        self.feed.subscribe(client, request)


@pytest.fixture
def floor(now_ns):
    return Floor(now_ns)


def kinds(ticks):
    return {tick.tick_type for tick in ticks}


def test_a_stream_begins_with_the_whole_quote(floor):
    client = Client()
    floor.subscribe(client, 1, Stock("AAPL"))
    quote = floor.market.quote("AAPL")
    told = {tick.tick_type: tick.price for tick in client.take()}
    assert told.keys() == WHOLE
    assert (told[TickType.BID], told[TickType.ASK]) == (quote.bid, quote.ask)


def test_what_was_told_adds_up_to_the_present_quote(floor):
    client = Client()
    floor.subscribe(client, 1, Stock("AAPL"))
    floor.move(40)
    told = {tick.tick_type: tick.price for tick in client.take()}
    quote = floor.market.quote("AAPL")
    names = ("bid", "ask", "last", "high", "low", "open", "previous_close")
    types = ("BID", "ASK", "LAST", "HIGH", "LOW", "OPEN", "CLOSE")
    for name, tick_type in zip(names, types, strict=True):
        assert told[TickType[tick_type]] == getattr(quote, name)


def test_each_hears_of_what_it_asked_for_alone(floor):
    one, two = Client(), Client()
    floor.subscribe(one, 1, Stock("AAPL"))
    floor.subscribe(two, 1, Stock("MSFT"))
    floor.subscribe(two, 2, Stock("AAPL"))
    floor.move(20)
    assert {tick.request_id for tick in one.take()} == {1}
    assert {tick.request_id for tick in two.take()} == {1, 2}
    floor.feed.unsubscribe(two, 2)
    floor.move(20)
    assert one.take()
    assert {tick.request_id for tick in two.take()} == {1}


def test_who_read_too_slowly_is_told_the_whole_quote_once_it_reads_again(floor):
    client = Client()
    floor.subscribe(client, 1, Stock("AAPL"))
    floor.move()
    client.take()
    client.reads = False
    floor.move(10)
    assert client.take() == []
    client.reads = True
    floor.move()
    assert kinds(client.take()) == WHOLE
    floor.move()
    assert kinds(client.take()) != WHOLE


def test_an_option_streams_its_model_and_open_interest_when_asked(floor):
    client = Client()
    wanted = Contract(symbol="AAPL", security_type="OPT", right="C")
    listing = floor.instruments.find(wanted)[0]
    contract = floor.instruments.contract(listing)
    floor.subscribe(client, 1, contract, generic_ticks="101")
    (model,) = [
        tick
        for tick in client.heard
        if isinstance(tick, catalog.TickOptionComputation)
        and tick.tick_type == TickType.MODEL_OPTION
    ]
    assert 0 <= model.delta <= 1
    assert TickType.OPTION_CALL_OPEN_INTEREST in kinds(client.take(catalog.TickSize))


def test_a_client_that_is_gone_hears_nothing_and_is_not_missed(floor):
    gone, left = Client(), Client()
    for client in (gone, left):
        floor.subscribe(client, 1, Stock("AAPL"))
    floor.feed.forget(gone)
    gone.take()
    floor.move(20)
    assert gone.heard == []
    assert left.take()
    floor.feed.forget(left)
    assert list(floor.market.advance(floor.now_ns + 10 * SLOT_NS)) == []


def test_lines_are_counted_for_each_client(floor):
    one, two = Client(lines=1), Client(lines=1)
    floor.subscribe(one, 1, Stock("AAPL"))
    floor.subscribe(two, 1, Stock("AAPL"))
    with pytest.raises(RequestError) as refusal:
        floor.subscribe(one, 2, Stock("MSFT"))
    assert (refusal.value.code, refusal.value.request_id) == (101, 2)
