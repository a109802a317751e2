"""ib_async trades on the simulated Bridge, unchanged."""

from __future__ import annotations

import asyncio

import pytest
from simulated_bridge import SimulatedBridge

ib_async = pytest.importorskip("ib_async", reason="the extra `witness` is not installed")

from ib_async import IB, LimitOrder, MarketOrder, Option, Stock  # noqa: E402  it may be missing
from ib_async.ib import StartupFetch, StartupFetchALL  # noqa: E402

TIMEOUT_SECONDS = 20


@pytest.fixture
def bridge():
    bridge = SimulatedBridge(pacing=False)
    yield bridge
    bridge.close()


@pytest.fixture
async def ib(bridge):
    client = IB()
    # Not simulated yet; asked for them at the start, this client waits its whole timeout for each.
    missing = StartupFetch.ORDERS_COMPLETE | StartupFetch.SUB_ACCOUNT_UPDATES
    wanted = StartupFetchALL & ~missing
    await client.connectAsync(
        "127.0.0.1",
        bridge.port,
        clientId=3,
        timeout=TIMEOUT_SECONDS,
        fetchFields=wanted,
    )
    yield client
    client.disconnect()


async def until(event, condition):
    """Wait for an event of the client until a condition holds."""
    async with asyncio.timeout(TIMEOUT_SECONDS):
        while not condition():
            await event


async def test_it_connects_and_knows_the_account(ib):
    assert ib.isConnected()
    assert ib.managedAccounts() == ["DSIM0001"]


async def test_it_qualifies_streams_and_trades(ib):
    (apple,) = await ib.qualifyContractsAsync(Stock("AAPL", "SMART", "USD"))
    assert apple.conId > 0
    ticker = ib.reqMktData(apple)
    await until(ib.pendingTickersEvent, lambda: ticker.bid > 0 and ticker.ask > 0)
    assert ticker.ask >= ticker.bid

    bought = ib.placeOrder(apple, MarketOrder("BUY", 100))
    await until(ib.updateEvent, bought.isDone)
    assert bought.orderStatus.status == "Filled"
    assert sum(fill.execution.shares for fill in bought.fills) == 100

    working = ib.placeOrder(apple, LimitOrder("BUY", 10, round(ticker.bid * 0.9, 2)))
    await until(ib.updateEvent, lambda: working.orderStatus.status == "Submitted")
    ib.cancelOrder(working.order)
    await until(ib.updateEvent, working.isDone)
    assert working.orderStatus.status == "Cancelled"

    await until(ib.updateEvent, lambda: bool(ib.positions()))
    (position,) = ib.positions()
    assert (position.contract.symbol, position.position) == ("AAPL", 100)


async def test_bars_and_an_option_chain(ib):
    (apple,) = await ib.qualifyContractsAsync(Stock("AAPL", "SMART", "USD"))
    bars = await ib.reqHistoricalDataAsync(apple, "", "1 Y", "1 day", "TRADES", useRTH=True)
    assert 245 <= len(bars) <= 255
    chains = await ib.reqSecDefOptParamsAsync("AAPL", "", "STK", apple.conId)
    smart = next(chain for chain in chains if chain.exchange == "SMART")
    wanted = Option("AAPL", smart.expirations[0], exchange="SMART", currency="USD")
    details = await ib.reqContractDetailsAsync(wanted)
    assert {each.contract.right for each in details} == {"C", "P"}


async def test_a_what_if_is_answered(ib):
    (apple,) = await ib.qualifyContractsAsync(Stock("AAPL", "SMART", "USD"))
    state = await asyncio.wait_for(
        ib.whatIfOrderAsync(apple, MarketOrder("BUY", 100)), TIMEOUT_SECONDS
    )
    assert float(state.initMarginChange) > 0
