"""IBKR_API beside ib_async: `python -m tests.benchmarks.ibkr_api`.

Owns what both are asked to do on one simulated Bridge, each client in a process of its own, in
turn: wall time, and CPU time of the client. Connecting and qualifying the contracts that are quoted
are not counted. Each tells what it found, and both must have found the same. Run as a module with
arguments it is one of the clients.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.measure import installed, line
from workstation.model.indexes import SP500, Dow30
from workstation.simulator.process import BridgeProcess

__all__ = ["main", "measured"]

WANTED = 2.0
"""Our wall and CPU time are to be at most half of theirs."""

ORDERS = 500
QUOTES = 100
LINES = 600
SECONDS = 300


def _symbols(share: float, count: int) -> list[str]:
    return list(SP500().symbols)[: max(1, int(count * share))]


def _dow(share: float) -> list[str]:
    return list(Dow30().symbols)[: max(1, int(30 * share))]


# Ours


def workstation(task: str, port: int, share: float) -> tuple[float, float, str]:
    """Wall and CPU seconds, and what was found."""
    from workstation import IBKR_API, ClientOptions, LimitOrder, Stock
    from workstation.risk.limits import OrderLimits

    def chains(api: IBKR_API) -> str:
        found = api.download_chains(list(map(Stock, _dow(share)))).result(SECONDS)
        return str(sorted(sum(d.contract.strike or 0 for d in each) for each in found))

    def bars(api: IBKR_API) -> str:
        end = datetime.now(UTC) + timedelta(days=1)
        start = end - timedelta(days=364)
        downloads = [api.download_bars(Stock(s), start, end, "1 day") for s in _dow(share)]
        return str(min(len(each.result(SECONDS)) for each in downloads) > 245)

    def orders(api: IBKR_API) -> str:
        stock = api.qualify(Stock("KO"))
        (quote,) = api.request_quotes([stock])
        order = LimitOrder("BUY", 1, round((quote.bid or 0) * 0.95, 2))
        count = max(1, int(ORDERS * share))
        ids = [api.place_order(stock, order) for _ in range(count)]
        known = api.picture.orders

        def acknowledged() -> bool:
            return all((o := known.own(i)) is not None and o.status == "Submitted" for i in ids)

        assert api.client.wait_until(acknowledged, SECONDS)
        return str(count)

    def quotes(api: IBKR_API) -> str:
        found = api.request_quotes(stocks)
        return str(sum(each.bid is not None and each.ask is not None for each in found))

    tasks: dict[str, Callable[[IBKR_API], str]] = {
        "chains": chains,
        "bars": bars,
        "orders": orders,
        "quotes": quotes,
    }
    limits = OrderLimits(max_orders_per_second=None)
    options = ClientOptions(lines=LINES, messages_per_second=None, limits=limits)
    with IBKR_API(port=port, client_id=1, timeout_seconds=SECONDS, options=options) as api:
        stocks = [api.qualify(Stock(symbol)) for symbol in _symbols(share, QUOTES)]
        wall, cpu = time.perf_counter(), time.process_time()
        found = tasks[task](api)
        return time.perf_counter() - wall, time.process_time() - cpu, found


# Theirs


def ib_async(task: str, port: int, share: float) -> tuple[float, float, str]:
    """Wall and CPU seconds, and what was found."""
    from ib_async import IB, Contract, LimitOrder, Stock

    stocks: list[Any] = []

    async def chains(ib: IB) -> str:
        stocks = [Stock(symbol, "SMART", "USD") for symbol in _dow(share)]
        await ib.qualifyContractsAsync(*stocks)

        async def chain(stock: Any) -> float:
            classes = await ib.reqSecDefOptParamsAsync(stock.symbol, "", "STK", stock.conId)
            expiries = sorted({expiry for each in classes for expiry in each.expirations})
            wanted = [
                Contract(
                    symbol=stock.symbol,
                    secType="OPT",
                    exchange="SMART",
                    currency="USD",
                    lastTradeDateOrContractMonth=expiry,
                )
                for expiry in expiries
            ]
            found = await asyncio.gather(*map(ib.reqContractDetailsAsync, wanted))
            return float(sum(d.contract.strike for each in found for d in each))

        return str(sorted(await asyncio.gather(*map(chain, stocks))))

    async def bars(ib: IB) -> str:
        found = await asyncio.gather(
            *(
                ib.reqHistoricalDataAsync(
                    Stock(symbol, "SMART", "USD"), "", "1 Y", "1 day", "TRADES", useRTH=True
                )
                for symbol in _dow(share)
            )
        )
        return str(min(map(len, found)) > 245)

    async def orders(ib: IB) -> str:
        (stock,) = await ib.qualifyContractsAsync(Stock("KO", "SMART", "USD"))
        (quote,) = await ib.reqTickersAsync(stock)
        count = max(1, int(ORDERS * share))
        limit = round(quote.bid * 0.95, 2)
        trades = [ib.placeOrder(stock, LimitOrder("BUY", 1, limit)) for _ in range(count)]
        while not all(each.orderStatus.status == "Submitted" for each in trades):
            await ib.updateEvent
        return str(count)

    async def quotes(ib: IB) -> str:
        found = await ib.reqTickersAsync(*stocks)
        return str(sum(each.hasBidAsk() for each in found))

    async def run() -> tuple[float, float, str]:
        tasks = {"chains": chains, "bars": bars, "orders": orders, "quotes": quotes}
        ib = IB()
        ib.client.MaxRequests = 0
        await ib.connectAsync("127.0.0.1", port, clientId=2, timeout=SECONDS)
        stocks.extend(Stock(each, "SMART", "USD") for each in _symbols(share, QUOTES))
        await ib.qualifyContractsAsync(*stocks)
        wall, cpu = time.perf_counter(), time.process_time()
        found = await tasks[task](ib)
        taken = time.perf_counter() - wall, time.process_time() - cpu, found
        ib.disconnect()
        return taken

    return asyncio.run(run())


SIDES = {"workstation": workstation, "ib_async": ib_async}
TITLES = {
    "chains": "chains of all Dow 30 stocks",
    "bars": "a year of days, 30 stocks",
    "orders": f"{ORDERS} orders acknowledged",
    "quotes": f"{QUOTES} snapshot quotes",
}


def measured(task: str, rounds: int, share: float) -> list[str]:
    """Lines of figures, wall and CPU; every round has a Bridge of its own."""
    wall: dict[str, list[float]] = {side: [] for side in SIDES}
    cpu: dict[str, list[float]] = {side: [] for side in SIDES}
    with TemporaryDirectory() as compiled:
        for side in SIDES:
            _run(side, task, min(share, 0.1), compiled)
        for _ in range(rounds):
            found = {}
            for side in SIDES:
                seconds, burnt, found[side] = _run(side, task, share, compiled)
                wall[side].append(seconds)
                cpu[side].append(burnt)
            if len(set(found.values())) != 1:
                raise AssertionError(f"{task}: not the same was found: {found}")
    wanted = {"ib_async": WANTED}
    title = TITLES[task]
    return [
        line(f"{title}, {what}", taken, 1, wanted) for what, taken in (("wall", wall), ("CPU", cpu))
    ]


def _run(side: str, task: str, share: float, compiled: str) -> tuple[float, float, str]:
    bridge = BridgeProcess(lines=LINES, pacing=False, seed=7)
    try:
        port = bridge.wait_until_ready(30)
        command = [sys.executable, "-m", __spec__.name, side, task, str(port), str(share)]
        done = subprocess.run(
            command,
            check=True,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env=installed(compiled),
        )
    finally:
        bridge.stop()
    seconds, burnt, found = done.stdout.splitlines()[-1].split(" ", 2)
    return float(seconds), float(burnt), found


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each figure")
    parser.add_argument("--share", type=float, default=1.0, help="share of the work")
    chosen = parser.parse_args(arguments)
    for task in TITLES:
        print("\n".join(measured(task, chosen.rounds, chosen.share)), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in SIDES:
        print(*SIDES[sys.argv[1]](sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
    else:
        main()
