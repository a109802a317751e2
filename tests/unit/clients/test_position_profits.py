"""A client follows the profit and loss of what is held."""

from __future__ import annotations

import queue
import threading
from decimal import Decimal

import pytest
from msgspec.structs import replace
from scripted_bridge import ScriptedBridge

from workstation.clients import ClientApplication
from workstation.model import Stock
from workstation.protocol.catalog import (
    CancelPnlSingle,
    PnlSingle,
    PortfolioValue,
    PositionData,
    PositionEnd,
    RequestAllOpenOrders,
    RequestCurrentTime,
    RequestPnl,
    RequestPnlSingle,
    RequestPositions,
)

ACCOUNT = "DSIM0001"
AAPL = replace(Stock("AAPL"), contract_id=265598)
MSFT = replace(Stock("MSFT"), contract_id=272093)
TIMEOUT_SECONDS = 10


class Program(ClientApplication):
    """Tells when a batch was handled."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.profits = queue.Queue()
        self.restored = threading.Event()

    def pnl_single(self, message):
        self.profits.put(message)

    def connection_restored(self):
        self.restored.set()

    @property
    def daily(self):
        return self.picture.positions.get(ACCOUNT, "AAPL STK USD").daily_pnl


def held(size, contract=AAPL):
    return PositionData(
        account=ACCOUNT, contract=contract, position=Decimal(size), average_cost=150.0
    )


def passed_over(program, bridge):
    """What the program sends until it sends something that a test asked for."""
    program.request_current_time()
    found = []
    while not isinstance(found[-1:] and found[-1], RequestCurrentTime):
        found.append(bridge.requests.get(timeout=TIMEOUT_SECONDS))
    return found


def test_a_position_is_followed_until_its_stream_has_told_the_end(bridge, connect):
    program = connect(Program)
    bridge.send(held(100))
    request = bridge.expect(RequestPnlSingle)
    assert (request.account, request.contract_id) == (ACCOUNT, 265598)
    profit = PnlSingle(request_id=request.request_id, position=Decimal(100), daily_pnl=55.0)
    bridge.send(profit)
    program.profits.get(timeout=TIMEOUT_SECONDS)
    assert program.daily == 55.0

    bridge.send(held(0), profit)
    program.profits.get(timeout=TIMEOUT_SECONDS)
    assert not [each for each in passed_over(program, bridge) if type(each) is CancelPnlSingle]
    bridge.send(
        PnlSingle(request_id=request.request_id, position=Decimal(0), daily_pnl=53.5, value=0.0)
    )
    assert bridge.expect(CancelPnlSingle).request_id == request.request_id
    assert program.daily == 53.5
    bridge.send(held(10))
    assert bridge.expect(RequestPnlSingle).request_id > request.request_id


def test_a_position_is_asked_for_once_however_often_it_is_told(bridge, connect):
    program = connect(Program)
    value = PortfolioValue(account=ACCOUNT, contract=AAPL, position=Decimal(100))
    bridge.send(value, held(100), held(200), held(0, MSFT), held(30, Stock("IBM")))
    bridge.send(held(50, MSFT))
    asked = [bridge.expect(RequestPnlSingle).contract_id for _ in range(2)]
    assert asked == [265598, 272093]
    assert not [each for each in passed_over(program, bridge) if type(each) is RequestPnlSingle]


def test_a_stream_that_is_flat_before_the_position_is_told_goes_on(bridge, connect):
    program = connect(Program)
    bridge.send(held(100))
    request = bridge.expect(RequestPnlSingle)
    bridge.send(PnlSingle(request_id=request.request_id, position=Decimal(0)))
    program.profits.get(timeout=TIMEOUT_SECONDS)
    assert not [each for each in passed_over(program, bridge) if type(each) is CancelPnlSingle]


def test_positions_are_followed_again_after_a_lost_connection(bridge, connect):
    program = connect(Program)
    bridge.send(held(100), held(5, MSFT))
    first, second = (bridge.expect(RequestPnlSingle) for _ in range(2))
    bridge.drop()
    assert program.restored.wait(TIMEOUT_SECONDS)
    again = [bridge.expect(RequestPnlSingle) for _ in range(2)]
    assert again == [first, second]
    bridge.send(
        held(100), PositionEnd(), PnlSingle(request_id=second.request_id, position=Decimal(0))
    )
    assert bridge.expect(CancelPnlSingle).request_id == second.request_id


def test_every_account_is_asked_for_its_profit(connect_to):
    bridge = ScriptedBridge(("DSIM0001", "DSIM0002"))
    connect_to(bridge, Program)
    assert [bridge.expect(RequestPnl).account for _ in range(2)] == ["DSIM0001", "DSIM0002"]


@pytest.fixture
def connect_to(request, connect):
    """Connects to another Bridge, which ends with the test."""

    def start(bridge, program_class):
        request.addfinalizer(bridge.close)
        client = program_class("127.0.0.1", bridge.port, 7)
        request.addfinalizer(client.stop)
        client.start(TIMEOUT_SECONDS)
        return client

    return start


def test_an_old_bridge_without_profits_is_worked_with(connect_to):
    bridge = ScriptedBridge(versions=(100, 126))
    program = connect_to(bridge, Program)
    bridge.expect(RequestPositions)
    bridge.send(held(100))
    assert type(passed_over(program, bridge)[-1]) is RequestCurrentTime
    bridge.drop()
    assert program.restored.wait(TIMEOUT_SECONDS)
    bridge.expect(RequestAllOpenOrders)
