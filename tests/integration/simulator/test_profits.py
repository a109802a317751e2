"""Our client follows what its positions earn, on the simulated Bridge."""

from __future__ import annotations

import threading

import pytest

from workstation.clients import ClientApplication, ClientOptions, Priority
from workstation.model import MarketOrder, Stock
from workstation.protocol.catalog import CancelPnlSingle, RequestPnlSingle
from workstation.ui.panes.position_rows import position_row, row_cell

TIMEOUT_SECONDS = 10
APPLE = Stock("AAPL")


class Program(ClientApplication):
    """Lets a test wait for the picture."""

    def __init__(self, *arguments, **settings):
        super().__init__(*arguments, **settings)
        self._changed = threading.Condition()
        self.followed = []
        self.ended = []

    def send(self, request, **options):
        super().send(request, **options)
        if isinstance(request, RequestPnlSingle):
            self.followed.append(request)
        elif isinstance(request, CancelPnlSingle):
            self.ended.append(request.request_id)

    def act(self):
        with self._changed:
            self._changed.notify_all()

    def wait_until(self, condition):
        with self._changed:
            assert self._changed.wait_for(condition, TIMEOUT_SECONDS)

    @property
    def position(self):
        return self.picture.positions.get("DSIM0001", "AAPL STK USD")

    def holds(self, quantity):
        return self.position is not None and self.position.quantity == quantity

    @property
    def is_quoted(self):
        quote = self.picture.quotes.of(APPLE)
        return quote is not None and None not in (quote.bid, quote.ask, quote.last)


@pytest.fixture
def program(serve):
    options = ClientOptions(messages_per_second=45)
    program = Program("127.0.0.1", serve().port, 3, options=options)
    program.start(TIMEOUT_SECONDS)
    yield program
    program.stop()


def test_daily_profit_of_a_position_is_told_until_it_is_closed(program):
    program.watch("test", Priority.SELECTED, [APPLE])
    program.wait_until(lambda: program.is_quoted)
    program.place_order(APPLE, MarketOrder("BUY", 100))
    program.wait_until(lambda: program.holds(100) and program.position.daily_pnl is not None)
    row = position_row(program.position, program.picture, 0)
    assert row_cell(row, "Daily P&L").text != "—"

    program.place_order(APPLE, MarketOrder("SELL", 100))
    program.wait_until(lambda: program.holds(0))
    program.wait_until(lambda: program.ended)
    assert program.ended == [request.request_id for request in program.followed]
    assert program.position.daily_pnl == pytest.approx(program.position.realized_pnl)
