"""ib_async trades on the simulated Bridge, unchanged."""

from __future__ import annotations

import asyncio
import logging

import pytest

ib_async = pytest.importorskip("ib_async", reason="the extra `witness` is not installed")

from ib_async import IB, LimitOrder, MarketOrder, Option, ScannerSubscription, Stock  # noqa: E402  it may be missing

from workstation.model.indexes import SP500  # noqa: E402

TIMEOUT_SECONDS = 20


@pytest.fixture
def bridge(serve):
    return serve(pacing=False)


@pytest.fixture
async def connect(bridge):
    clients = []

    async def connect(client_id):
        client = IB()
        clients.append(client)
        client.client.MaxRequests = 0  # Else it would hold requests back, in vain here.
        # With the default timeout: whatever it asks for at the start is answered.
        await client.connectAsync("127.0.0.1", bridge.port, clientId=client_id)
        return client

    yield connect
    for client in clients:
        client.disconnect()


@pytest.fixture
async def ib(connect):
    return await connect(3)


async def until(event, condition):
    """Wait for an event of the client until a condition holds."""
    async with asyncio.timeout(TIMEOUT_SECONDS):
        while not condition():
            await event


async def test_it_connects_and_knows_the_account(ib):
    assert ib.isConnected()
    assert ib.managedAccounts() == ["DSIM0001"]


async def test_nothing_it_asks_for_at_the_start_is_left_unanswered(connect, caplog):
    with caplog.at_level(logging.WARNING, "ib_async"):
        await connect(4)
    assert not [each.message for each in caplog.records if "timed out" in each.message]


async def test_it_scans_as_the_scanner_says(ib):
    wanted = ScannerSubscription(
        instrument="STK", locationCode="STK.US.MAJOR", scanCode="MOST_ACTIVE", numberOfRows=5
    )
    found = await ib.reqScannerDataAsync(wanted)
    assert [each.rank for each in found] == [0, 1, 2, 3, 4]
    assert "TOP_PERC_GAIN" in await ib.reqScannerParametersAsync()


async def test_it_knows_completed_orders(ib):
    done = ib.placeOrder(
        (await ib.qualifyContractsAsync(Stock("KO", "SMART", "USD")))[0], MarketOrder("BUY", 10)
    )
    await until(ib.updateEvent, done.isDone)
    (told,) = await ib.reqCompletedOrdersAsync(apiOnly=False)
    assert (told.contract.symbol, told.orderStatus.status) == ("KO", "Filled")


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


async def test_left_to_itself_it_connects_all_the_same(bridge):
    client = IB()
    # It waits this long for completed orders and accounts by model, and then goes on without.
    await client.connectAsync("127.0.0.1", bridge.port, clientId=4, timeout=0.5)
    assert client.isConnected()
    assert client.managedAccounts() == ["DSIM0001"]
    assert {value.tag for value in client.accountValues()} >= {"NetLiquidation", "BuyingPower"}
    client.disconnect()


async def test_it_streams_many_symbols_at_once(ib):
    stocks = await ib.qualifyContractsAsync(
        *(Stock(s, "SMART", "USD") for s in SP500().symbols[:90])
    )
    tickers = [ib.reqMktData(each) for each in stocks]
    await until(ib.pendingTickersEvent, lambda: all(t.bid > 0 and t.last > 0 for t in tickers))
    assert all(ticker.ask >= ticker.bid for ticker in tickers)


async def test_an_option_streams_greeks(ib):
    (apple,) = await ib.qualifyContractsAsync(Stock("AAPL", "SMART", "USD"))
    chains = await ib.reqSecDefOptParamsAsync("AAPL", "", "STK", apple.conId)
    smart = next(chain for chain in chains if chain.exchange == "SMART")
    strike = smart.strikes[len(smart.strikes) // 2]
    monthly = smart.expirations[1]
    (call,) = await ib.qualifyContractsAsync(
        Option("AAPL", monthly, strike, "C", "SMART", currency="USD")
    )
    ticker = ib.reqMktData(call)
    await until(ib.pendingTickersEvent, lambda: ticker.modelGreeks is not None)
    assert 0 <= ticker.modelGreeks.delta <= 1
    assert ticker.modelGreeks.impliedVol > 0


async def test_a_large_order_fills_in_parts_and_each_part_bears_its_commission(ib):
    (coke,) = await ib.qualifyContractsAsync(Stock("KO", "SMART", "USD"))
    trade = ib.placeOrder(coke, MarketOrder("BUY", 5000))
    await until(
        ib.updateEvent,
        lambda: trade.isDone() and all(fill.commissionReport.commission for fill in trade.fills),
    )
    assert len(trade.fills) > 1
    assert trade.filled() == 5000
    assert sum(fill.commissionReport.commission for fill in trade.fills) == pytest.approx(25)


async def test_another_connection_finds_its_order_and_changes_it(ib, connect):
    (coke,) = await ib.qualifyContractsAsync(Stock("KO", "SMART", "USD"))
    placed = ib.placeOrder(coke, LimitOrder("BUY", 10, 1.0, orderRef="mine"))
    await until(ib.updateEvent, lambda: placed.orderStatus.status == "Submitted")
    ib.disconnect()
    again = await connect(4)
    assert again.openTrades() == []
    again.disconnect()
    # By now the Bridge has long heard that the first connection is gone.
    again = await connect(3)
    (found,) = again.openTrades()
    assert (found.order.orderRef, found.order.lmtPrice) == ("mine", 1.0)
    found.order.lmtPrice = 2.0
    changed = again.placeOrder(coke, found.order)
    await asyncio.wait_for(again.openOrderEvent, TIMEOUT_SECONDS)
    (still,) = await again.reqAllOpenOrdersAsync()
    assert (still.order.lmtPrice, still.orderStatus.status) == (2.0, "Submitted")
    again.cancelOrder(changed.order)
    await until(again.updateEvent, changed.isDone)


async def test_a_bracket_fills_and_one_of_its_children_goes_with_the_other(ib):
    (coke,) = await ib.qualifyContractsAsync(Stock("KO", "SMART", "USD"))
    (quote,) = await ib.reqTickersAsync(coke)
    orders = ib.bracketOrder(
        "BUY", 10, round(quote.ask * 1.01, 2), round(quote.bid * 0.9, 2), round(quote.bid * 0.5, 2)
    )
    parent, profit, loss = [ib.placeOrder(coke, each) for each in orders]
    await until(ib.updateEvent, lambda: all(each.isDone() for each in (parent, profit, loss)))
    assert [each.orderStatus.status for each in (parent, profit, loss)] == [
        *("Filled", "Filled", "Cancelled")
    ]
    assert [each.position for each in ib.positions()] in ([], [0])


async def test_a_child_of_nobody_is_refused(ib):
    (coke,) = await ib.qualifyContractsAsync(Stock("KO", "SMART", "USD"))
    refused = ib.placeOrder(coke, LimitOrder("BUY", 10, 1.0, parentId=7))
    await until(ib.updateEvent, refused.isDone)
    assert refused.log[-1].errorCode == 135


async def test_summary_and_profit_are_told(ib):
    summary = {value.tag: value.value for value in await ib.accountSummaryAsync()}
    assert summary["NetLiquidation"] == "1000000.00"
    profit = ib.reqPnL("DSIM0001")
    await until(ib.pnlEvent, lambda: profit.dailyPnL == 0)
