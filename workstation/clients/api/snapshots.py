"""Snapshots: present quotes of many instruments, asked for side by side.

Owns how many are asked for at a time, and what a quote is once its snapshot is complete. Leaves
sending and waiting to the connection, and ticks to the picture.
"""

from __future__ import annotations

from collections.abc import Sequence

from workstation.clients.api.connection import ApiConnection
from workstation.clients.requests import Requests
from workstation.model import Contract, QuoteSnapshot

__all__ = ["quote_snapshots"]

_FIELDS = tuple(
    name for name in QuoteSnapshot.__struct_fields__ if name not in {"contract", "market_data_type"}
)


def quote_snapshots(
    client: ApiConnection, contracts: Sequence[Contract], at_once: int, timeout_seconds: float
) -> list[QuoteSnapshot]:
    """Quotes in the order of the contracts.

    Args:
        client: the connection.
        contracts: what to quote.
        at_once: how many snapshots may be under way: each takes a line while it lasts.
        timeout_seconds: how long to wait for one, once its request has left.

    Raises:
        RequestError: the Bridge refused one; `request` tells which.
        RequestTimeout: one was not completed in time.
    """
    found: list[QuoteSnapshot] = []
    for start in range(0, len(contracts), at_once):
        some = contracts[start : start + at_once]
        client.answers(timeout_seconds, Requests.request_market_data, some, snapshot=True)
        found += [_present(client, contract) for contract in some]
    return found


def _present(client: ApiConnection, contract: Contract) -> QuoteSnapshot:
    quote = client.picture.quotes.of(contract)
    if quote is None:
        return QuoteSnapshot(contract=contract)
    values = {name: getattr(quote, name) for name in _FIELDS}
    return QuoteSnapshot(contract=contract, market_data_type=int(quote.market_data_type), **values)
