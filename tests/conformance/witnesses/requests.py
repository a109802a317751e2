"""Requests to show to both sides.

Owns which rows there are of each request. Realistic orders stand in `orders`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from witnesses.rows import Filler, bare, on_wire, one_flags, one_hots
from workstation.model import Contract, Order
from workstation.protocol import catalog
from workstation.protocol.message import REQUESTS, Declaration, Request

Fixed = dict[tuple[type, str], Any]

_COMBINATION: Fixed = {(Contract, "security_type"): "BAG"}
_DARK: Fixed = {(Contract, "security_type"): "BAG", (Contract, "exchange"): "IBKRATS"}

FULL: dict[type[Request], dict[str, Fixed]] = {
    catalog.PlaceOrder: {
        " pegged to benchmark": {**_COMBINATION, (Order, "order_type"): "PEG BENCH"},
        " pegged to best": {**_DARK, (Order, "order_type"): "PEG BEST"},
        " pegged to best up to mid": {
            **_DARK,
            (Order, "order_type"): "PEGBEST",
            (Order, "compete_against_best_offset"): math.inf,
        },
        " pegged to mid": {**_DARK, (Order, "order_type"): "PEG MID"},
    },
    # Options of market data are for internal use: the witness refuses to send any.
    catalog.RequestMarketData: {
        " combination": {**_COMBINATION, (catalog.RequestMarketData, "options"): ()}
    },
    catalog.RequestHistoricalData: {" combination": _COMBINATION},
}
"""Full rows of requests in which some values open what comes after them."""

UNSEEN = frozenset({"options.tag", "options.value"})
"""Fields of request_market_data that the witness never sends."""


def declarations(version: int) -> list[Declaration]:
    """The requests that a version has."""
    return [each for each in REQUESTS.values() if each.since <= version]


def full_rows(message: type[Request], version: int) -> Iterator[tuple[str, Any]]:
    """Rows with every field set, flags up and flags down."""
    for name, fixed in FULL.get(message, {"": {}}).items():
        for flags in (True, False):
            filler = Filler(on_wire(message, version), flags=flags)
            whole = _whole_quantity(version)
            title = f"full{name} flags {'up' if flags else 'down'}"
            yield title, filler.fill(message, fixed=fixed | whole)


def rows(message: type[Request], version: int) -> Iterator[tuple[str, Any]]:
    """Every row of a request at a version."""
    carried = on_wire(message, version)
    base = bare(message)
    yield "bare", base
    for title, row in full_rows(message, version):
        yield title, row
        if "down" in title:
            yield from ((f"{title}, {path}", flag) for path, flag in one_flags(row, carried))
    for path, row in one_hots(base, carried):
        if message is catalog.RequestMarketData and path in UNSEEN:
            continue
        if version < 101 and _has_fraction(row):
            continue
        yield f"only {path}", row


def too_new_rows(message: type[Request], version: int) -> Iterator[tuple[str, Any]]:
    """Rows in which one field is set that a later version brought."""
    carried, newest = on_wire(message, version), on_wire(message, 200)
    yield from one_hots(bare(message), newest - carried)


def _whole_quantity(version: int) -> Fixed:
    return {(Order, "total_quantity"): Decimal(1700)} if version < 101 else {}


def _has_fraction(row: Any) -> bool:
    size = row.order.total_quantity if isinstance(row, catalog.PlaceOrder) else None
    return size is not None and size != size.to_integral_value()
