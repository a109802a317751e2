"""Pacing against a Bridge that enforces its limit of messages."""

from __future__ import annotations

import queue

import pytest
from simulated_bridge import SimulatedBridge

from workstation import SP500, ClientApplication, Dow30, LimitOrder, Stock
from workstation.clients import Priority
from workstation.protocol import catalog


class Program(ClientApplication):
    """Notes errors, details and orders in the order in which they come."""

    def __init__(self, *arguments, **settings):
        super().__init__(*arguments, **settings)
        self.heard = queue.Queue()

    def info_message(self, message):
        if message.request_id != -1 or message.code == 100:
            self.heard.put(message)

    def contract_data_end(self, message):
        self.heard.put(message)

    def order_status(self, message):
        self.heard.put(message)

    def tick_price(self, message):
        self.heard.put(message)


@pytest.fixture
def program():
    bridge = SimulatedBridge()
    program = Program("127.0.0.1", bridge.port, 1)
    program.start(10)
    yield program
    program.stop()
    bridge.close()


def test_a_burst_raises_no_error_and_an_order_in_its_midst_goes_first(program):
    program.watch("test", Priority.SELECTED, [Stock("KO")])
    while not isinstance(program.heard.get(timeout=10), catalog.TickPrice):
        pass
    program.watch("test", Priority.SELECTED, [])
    asked = [program.request_contract_data(Stock("AAPL")) for _ in range(100)]
    program.place_order(Stock("KO"), LimitOrder("BUY", 1, 65.0))
    heard = []
    while sum(isinstance(each, catalog.ContractDataEnd) for each in heard) < len(asked):
        heard.append(program.heard.get(timeout=20))
    assert [each for each in heard if isinstance(each, catalog.InfoMessage)] == []
    ends = [each.request_id for each in heard if isinstance(each, catalog.ContractDataEnd)]
    assert ends == asked
    first_news = next(i for i, each in enumerate(heard) if isinstance(each, catalog.OrderStatus))
    told_before = sum(isinstance(each, catalog.ContractDataEnd) for each in heard[:first_news])
    assert told_before < 60


def test_the_sp500_on_a_hundred_lines_raises_no_refusal_and_visible_rows_tick(program):
    stocks = SP500().stocks()
    visible, rest = stocks[:25], stocks[25:]
    program.watch("rows", Priority.VISIBLE, Dow30().stocks())
    program.watch("rows", Priority.VISIBLE, visible)
    program.watch("rest", Priority.REST, rest)
    ticking = set()
    refused = []
    while len(ticking) < len(visible):
        message = program.heard.get(timeout=10)
        if isinstance(message, catalog.InfoMessage):
            refused.append(message)
        elif isinstance(message, catalog.TickPrice):
            quote = program.picture.quotes.of_request(message.request_id)
            if quote is not None and quote.contract in visible and quote.last is not None:
                ticking.add(quote.key)
    assert not refused
    assert program.budget.in_use <= 100
