"""Messages from the Bridge to show to both sides.

Owns which rows there are of each message.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from witnesses.rows import ONE_BAR, Filler, bare, on_wire, one_flags, one_hots
from workstation.model import BidAskTicks, Contract, LastTicks, Order
from workstation.protocol import catalog
from workstation.protocol.message import INBOUND, Declaration, Inbound

FIXED: dict[tuple[type, str], Any] = {
    (Order, "order_type"): "PEG BENCH",
    (catalog.TickPrice, "tick_type"): 1,
    (catalog.TickPrice, "attributes"): 1,
    (catalog.MarketDataType, "market_data_type"): 3,
    (catalog.TickByTick, "tick_type"): 1,
    (catalog.TickByTick, "attributes"): 1,
    (BidAskTicks, "attributes"): (1, 2),
    (LastTicks, "attributes"): (1, 2),
}
"""Values in full rows that open what comes after them, or that can not be just any."""

OTHER_OPENINGS: dict[type[Inbound], tuple[dict[tuple[type, str], Any], ...]] = {
    catalog.TickByTick: tuple({(catalog.TickByTick, "tick_type"): kind} for kind in (2, 3, 4)),
}
"""Values of the same kind that open something else."""

FUND: dict[tuple[type, str], Any] = {(Contract, "security_type"): "FUND"}


def declarations(version: int) -> list[Declaration]:
    """The messages that a version has."""
    return [each for each in INBOUND.values() if each.since <= version]


def empty_row(message: type[Inbound]) -> Any:
    """A row with nothing set; bars are one bar, since the witness is silent about none."""
    if message is catalog.HistoricalData:
        return catalog.HistoricalData(request_id=0, bars=ONE_BAR)
    if message is catalog.TickPrice:
        return catalog.TickPrice(request_id=0, tick_type=1, price=None)
    if message is catalog.TickByTick:
        return catalog.TickByTick(request_id=0, tick_type=1, time=0)
    return bare(message)


def full_row(
    message: type[Inbound],
    version: int,
    *,
    flags: bool = False,
    fixed: Mapping[tuple[type, str], Any] | None = None,
) -> Any:
    """A row with every field set, some as given."""
    usual = FIXED | (FUND if message is catalog.ContractData else {})
    return Filler(on_wire(message, version), flags=flags).fill(message, usual | (fixed or {}))


def rows(message: type[Inbound], version: int) -> Iterator[tuple[str, Any]]:
    """Every row of a message at a version."""
    carried = on_wire(message, version)
    empty, full = empty_row(message), full_row(message, version)
    yield "bare", empty
    for index, fixed in enumerate(OTHER_OPENINGS.get(message, ())):
        other = full_row(message, version, fixed=fixed)
        yield f"full opening {index}", other
        yield from ((f"full opening {index}, {path}", r) for path, r in one_hots(other, carried))
    yield "full flags down", full
    yield "full flags up", full_row(message, version, flags=True)
    yield from ((f"full {path} up", row) for path, row in one_flags(full, carried))
    yield from ((f"only {path}", row) for path, row in one_hots(empty, carried))
    yield from ((f"full other {path}", row) for path, row in one_hots(full, carried))
