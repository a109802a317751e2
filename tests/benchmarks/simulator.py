"""How much one core of the simulated Bridge serves: `python -m tests.benchmarks.simulator`.

Owns the loads: 500 symbols streaming to one client and to ten, and orders through the book. Time is
the Bridge's own, stepped by hand, so that nothing waits; what is measured is CPU time, and every
message is encoded as it would leave.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Iterable
from pathlib import Path

from workstation.model import LimitOrder, MarketOrder, Stock
from workstation.model.indexes import SP500
from workstation.protocol import catalog
from workstation.protocol.connection import Connection
from workstation.protocol.handshake import client_hello
from workstation.protocol.message import Inbound
from workstation.simulator.bridge import Bridge

__all__ = ["main", "memory_growth", "orders_a_second", "ticks_a_second"]

START_NS = 1_795_460_000 * 10**9
BEAT_NS = 125_000_000
SYMBOLS = 500
ORDERS = 4000
MINUTES = 6


class _Client:
    """Reads as fast as it is told; encodes what it hears."""

    lines = SYMBOLS + 1

    def __init__(self) -> None:
        self.heard = 0
        self._connection = Connection.bridge((100, 200))
        self._connection.receive_data(client_hello(100, 200))
        self._connection.accept("20261123 13:53:20 EST")

    def tell(self, message: Inbound) -> None:
        self._connection.send(message)
        self.heard += 1

    def tell_ticks(self, messages: Iterable[Inbound]) -> bool:
        data = list(map(self._connection.send, messages))
        b"".join(data)
        self.heard += len(data)
        return True


def ticks_a_second(clients: int, symbols: int, seconds: float) -> tuple[float, float]:
    """Ticks that one core serves in a second, and how many the market made in one.

    Args:
        clients: how many, all with the same symbols.
        symbols: how many each streams.
        seconds: simulated time.
    """
    now = [START_NS]
    bridge = Bridge(7, lines=symbols, pacing=False, clock_ns=lambda: now[0])
    hearers = [_Client() for _ in range(clients)]
    for hearer in hearers:
        for number, symbol in enumerate(list(SP500().symbols)[:symbols]):
            wanted = catalog.RequestMarketData(request_id=number, contract=Stock(symbol))
            bridge.feed.subscribe(hearer, wanted)
    for hearer in hearers:
        hearer.heard = 0
    began = time.process_time()
    for _ in range(int(seconds * 1e9 / BEAT_NS)):
        now[0] += BEAT_NS
        bridge.feed.advance()
    burnt = time.process_time() - began
    heard = sum(hearer.heard for hearer in hearers)
    return heard / burnt, heard / seconds


def orders_a_second(count: int) -> float:
    """Orders that one core takes in a second: two in three rest, one fills at once."""
    now = [START_NS]
    bridge = Bridge(7, pacing=False, clock_ns=lambda: now[0])
    stocks = [Stock(symbol) for symbol in list(SP500().symbols)[:20]]
    quotes = [bridge.market.quote(stock.symbol) for stock in stocks]
    began = time.process_time()
    for number in range(1, count + 1):
        stock, quote = stocks[number % 20], quotes[number % 20]
        rests = LimitOrder("BUY", 1, round(quote.bid * (0.98 - 0.0001 * (number % 100)), 2))
        order = rests if number % 3 else MarketOrder("SELL" if number % 2 else "BUY", 1)
        message = catalog.PlaceOrder(order_id=number, contract=stock, order=order)
        bridge.orders.place(1, message)
        if number % 250 == 0:
            now[0] += BEAT_NS
            bridge.orders.advance()
    return count / (time.process_time() - began)


def memory_growth(symbols: int, seconds: float) -> float:
    """MiB by which the process grows in a stretch of simulated time.

    A stretch as long goes before: every stock keeps a few minutes, which have to be there first.
    """
    now = [START_NS]
    bridge = Bridge(7, lines=symbols, pacing=False, clock_ns=lambda: now[0])
    hearer = _Client()
    for number, symbol in enumerate(list(SP500().symbols)[:symbols]):
        wanted = catalog.RequestMarketData(request_id=number, contract=Stock(symbol))
        bridge.feed.subscribe(hearer, wanted)
    sizes = []
    for _ in range(2):
        for _ in range(int(seconds * 1e9 / BEAT_NS)):
            now[0] += BEAT_NS
            bridge.feed.advance()
        sizes.append(_resident())
    return (sizes[1] - sizes[0]) / 2**20


def _resident() -> int:
    """Bytes of memory that the process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each figure")
    parser.add_argument("--share", type=float, default=1.0, help="share of the work")
    chosen = parser.parse_args(arguments)
    symbols = max(2, int(SYMBOLS * chosen.share))
    seconds = 30 * chosen.share
    for clients, wanted in ((1, 20_000), (10, 50_000)):
        rates = [ticks_a_second(clients, symbols, seconds) for _ in range(chosen.rounds)]
        served = statistics.median(rate for rate, _ in rates)
        print(
            f"{symbols} symbols to {clients:2} clients: {served:9,.0f} ticks a second of CPU "
            f"(wanted {wanted:,}); the market makes {rates[0][1]:,.0f}"
        )
    minutes = max(1, int(MINUTES * chosen.share))
    grown = memory_growth(symbols, minutes * 60)
    print(f"memory over {minutes} simulated minutes, after as many before: {grown:+.1f} MiB")
    rates_of_orders = [
        orders_a_second(max(10, int(ORDERS * chosen.share))) for _ in range(chosen.rounds)
    ]
    print(f"orders: {statistics.median(rates_of_orders):9,.0f} a second of CPU (wanted 2,000)")


if __name__ == "__main__":
    main()
