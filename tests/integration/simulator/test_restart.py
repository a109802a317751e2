"""An account that outlives its Bridge, even one that is killed in the middle."""

from __future__ import annotations

import subprocess
import sys

import pytest

from workstation import IBKR_API, ClientOptions, LimitOrder, MarketOrder, Stock
from workstation.risk.limits import OrderLimits

TIMEOUT_SECONDS = 30
OPTIONS = ClientOptions(messages_per_second=None, limits=OrderLimits(max_orders_per_second=None))


@pytest.fixture
def begin(tmp_path):
    """Starts Bridges on the folder of the test, as processes; all are killed at the end."""
    started = []

    def begin():
        command = [sys.executable, "-m", "workstation", "bridge", "--port", "0", "--pacing", "off"]
        process = subprocess.Popen(
            [*command, "--data", str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process, int(process.stdout.readline().rpartition(":")[2])

    yield begin
    for process in started:
        process.kill()
        process.wait(TIMEOUT_SECONDS)
        process.stdout.close()


def connect(port):
    return IBKR_API(port=port, client_id=1, timeout_seconds=TIMEOUT_SECONDS, options=OPTIONS)


def test_a_bridge_that_is_killed_forgets_nothing_it_has_told(begin):
    process, port = begin()
    with connect(port) as api:
        coke = api.qualify(Stock("KO"))
        (quote,) = api.request_quotes([coke])
        bought = [api.place_order(coke, MarketOrder("BUY", 3)) for _ in range(20)]
        works = [
            api.place_order(coke, LimitOrder("BUY", 1, round(quote.bid * 0.95, 2)))
            for _ in range(40)
        ]
        known = api.picture.orders
        assert api.client.wait_until(
            lambda: sum(known.own(each).permanent_id > 0 for each in works) > 25, TIMEOUT_SECONDS
        )
        process.kill()
        process.wait(TIMEOUT_SECONDS)
        told = {each for each in (*bought, *works) if known.own(each).permanent_id}
        filled = {each: known.own(each).filled for each in told}
        fills = {each.execution.execution_id for each in api.picture.executions.all()}
    assert fills
    _, port = begin()
    with connect(port) as api:
        executions = api.request_executions()
        again = {each.execution.execution_id for each in executions}
        assert fills <= again
        open_orders = {each.order_id: each for each in api.request_open_orders()}
        for order_id in told:
            if order_id in open_orders or filled[order_id] == 3:
                continue
            assert order_id in bought
        assert {each for each in works if each in told} <= set(open_orders)
        shares = sum(each.execution.shares for each in executions)
        (position,) = api.request_positions()
        assert position.position == shares
        assert api.place_order(coke, LimitOrder("BUY", 1, round(quote.bid * 0.95, 2))) > max(told)
