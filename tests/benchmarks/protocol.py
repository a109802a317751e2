"""The protocol beside ib_async and the official client: `python -m tests.benchmarks.protocol`.

Owns which figures are told and what is wanted of them. From the bytes of a read to a typed message
in a handler that does nothing, at server version 178; placing an order from its objects to bytes;
importing; memory; and a blast over loopback, which `blast` drives.
"""

from __future__ import annotations

import argparse
import logging
import tracemalloc
from collections import Counter
from functools import partial

from tests.benchmarks import blast, samples
from tests.benchmarks.measure import cpu_of_commands, interleaved, line
from tests.benchmarks.peers import DECODERS, PLACERS
from workstation.model import Stock
from workstation.protocol import catalog
from workstation.state.picture import Picture

__all__ = ["main"]

WANTED = {
    "tick mix": {"ib_async": 2.2, "official": 8.0},
    "contract_data": {"ib_async": 3.3, "official": 5.5},
    "historical_data, 1000 bars": {"ib_async": 1.7, "official": 5.0},
    "open_order": {"ib_async": 5.0, "official": 7.0},
    "placing an order": {"ib_async": 5.0, "official": 7.0},
    "blast over loopback": {"ib_async": 4.0, "official": 12.0},
    "import": {"official": 1 / 0.6},
}

ORDERS = 2_000
SUBSCRIPTIONS = 10_000
MINUTES_OF_A_YEAR = 252 * 390

_IMPORTS = {
    "workstation": "import workstation.protocol.connection",
    "official": "import ibapi.client, ibapi.decoder, ibapi.wrapper",
    "ib_async": "import ib_async",
}


def decoding(title: str, count: int, rounds: int) -> str:
    """One stream, read by all sides; all must have heard as many messages."""
    make, _ = samples.STREAMS[title]
    data = samples.framed(make(count))
    chunks = [data[at : at + samples.READ] for at in range(0, len(data), samples.READ)]
    heard = {}
    for name, side in DECODERS.items():
        counts: Counter[str] = Counter()
        side(counts)(chunks)
        heard[name] = counts
    _agree(title, count, heard)
    sides = {name: partial(side(None), chunks) for name, side in DECODERS.items()}
    return line(title, interleaved(sides, rounds), count, WANTED[title])


def _agree(title: str, count: int, heard: dict[str, Counter[str]]) -> None:
    """Our side counts messages; the others' callbacks must be as many, sizes and bars apart."""
    if sum(heard["workstation"].values()) != count:
        raise AssertionError(f"{title}: {heard['workstation']} are not {count} messages")
    for name in ("official", "ib_async"):
        found = heard[name]
        extra = found["historicalData"] if "historical" in title else 0
        # A price tells its size in a callback of its own, but for ib_async.
        sizes = heard["workstation"]["tick_price"] if name == "official" else 0
        if sum(found.values()) - extra - sizes != count:
            raise AssertionError(f"{title}: {name} heard {found}")


def placing(count: int, rounds: int) -> str:
    """Orders to bytes."""

    def repeated(place: object) -> None:
        for _ in range(count):
            place()  # type: ignore[operator]

    sides = {name: partial(repeated, make()) for name, make in PLACERS.items()}
    title = "placing an order"
    return line(title, interleaved(sides, rounds), count, WANTED[title])


def importing(rounds: int) -> str:
    """Fresh interpreters."""
    return line("import", cpu_of_commands(_IMPORTS, rounds), 1, WANTED["import"])


def memory() -> list[str]:
    """A year of bars of one minute, and many open subscriptions."""
    tracemalloc.start()
    (bars,) = samples.historical_data(1, MINUTES_OF_A_YEAR)
    year = tracemalloc.get_traced_memory()[0]
    del bars
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    picture = Picture()
    for number in range(SUBSCRIPTIONS):
        contract = Stock(f"S{number}")
        picture.apply(catalog.RequestMarketData(request_id=number, contract=contract), 0)
        price = catalog.TickPrice(request_id=number, tick_type=1, price=10.0, size=None)
        picture.apply(price, 0)
    open_ones = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return [
        f"memory of {MINUTES_OF_A_YEAR} bars: {year / 2**20:.1f} MiB",
        f"memory of {SUBSCRIPTIONS} subscriptions: {open_ones / 2**20:.1f} MiB",
    ]


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="rounds of each figure")
    parser.add_argument("--share", type=float, default=1.0, help="share of the messages to use")
    chosen = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    for title, (_, count) in samples.STREAMS.items():
        print(decoding(title, max(2, int(count * chosen.share)), chosen.rounds))
    print(placing(max(2, int(ORDERS * chosen.share)), chosen.rounds))
    title, count = "blast over loopback", max(100, int(blast.MESSAGES * chosen.share))
    seconds = blast.measured(count, max(1, chosen.rounds // 3))
    print(line(title, seconds, count, WANTED[title]))
    whole = {"workstation": seconds["workstation"]} | seconds
    print(line("the same, with the picture", whole, count, {"ib_async": 1.0, "official": 1.0}))
    print(importing(max(1, chosen.rounds // 2)))
    print("\n".join(memory()))


if __name__ == "__main__":
    main()
