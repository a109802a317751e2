"""Goldens: what the official client said, kept as JSON lines.

Owns their form and which cases they hold. A line is a line of a capture with `case`, `message` and
`values` besides: a request's values are what it was made from, those of a message what the witness
told its wrapper, both by our names and without defaults.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from witnesses import inbound, requests
from witnesses.callbacks import READERS
from witnesses.differences import GIVEN_UP_THERE
from witnesses.orders import CONTRACTS_AND_ORDERS
from workstation.protocol import catalog
from workstation.protocol.coders import encoder_for
from workstation.protocol.message import Declaration, Direction, Message

FOLDER = Path(__file__).parent.parent / "goldens"
FILES = {Direction.OUT: FOLDER / "requests.jsonl", Direction.IN: FOLDER / "messages.jsonl"}

VERSIONS = (100, 124, 148, 157, 176, 187, 200)


def line(case: str, version: int, payload: bytes, message: Message) -> str:
    """One golden."""
    record = {
        "case": case,
        "message": message.name,
        "direction": str(message.declaration.direction),
        "server_version": version,
        "fields": payload.decode("ascii").split("\0")[:-1],
        "values": msgspec.to_builtins(message),
    }
    return json.dumps(record, separators=(",", ":"))


def values_of(golden: dict[str, Any], message: type[Message]) -> Any:
    """The message whose values a golden holds."""
    return msgspec.convert(golden["values"], message)


def said(witness: Any) -> dict[Direction, Iterator[str]]:
    """All goldens, as a witness says them now."""
    return {Direction.OUT: _requests(witness), Direction.IN: _messages(witness)}


def _requests(witness: Any) -> Iterator[str]:
    for version in VERSIONS:
        for declaration in _known_there(requests.declarations(version)):
            for title, row in requests.rows(declaration.cls, version):
                if title == "bare" or (title.startswith("full") and "," not in title):
                    yield line(title, version, witness.sent(row, version), row)
        for name, (contract, order, since) in CONTRACTS_AND_ORDERS.items():
            if version >= since:
                row = catalog.PlaceOrder(order_id=17, contract=contract, order=order)
                yield line(name, version, witness.sent(row, version), row)


def _messages(witness: Any) -> Iterator[str]:
    for version in VERSIONS:
        for declaration in _known_there(inbound.declarations(version)):
            for title, row in _chosen(inbound.rows(declaration.cls, version), version):
                payload = encoder_for(declaration, version)(row)
                calls, _ = witness.heard(payload, version)
                yield line(title, version, payload, READERS[declaration.cls](calls))


def _known_there(declarations: list[Declaration]) -> list[Declaration]:
    return [each for each in declarations if each.cls not in GIVEN_UP_THERE]


def _chosen(rows: Iterator[tuple[str, Any]], version: int) -> Iterator[tuple[str, Any]]:
    """Bare and full rows; and at the highest version one row a field."""
    seen = set()
    for title, row in rows:
        single = title.startswith("only ") and version == VERSIONS[-1] and title not in seen
        seen.add(title)
        if title == "bare" or " flags " in title or single:
            yield title, row
