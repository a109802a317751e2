"""What the official client once said, compared where it may not be installed."""

from __future__ import annotations

import json

import pytest
from witnesses import goldens
from witnesses.differences import GIVEN_UP_THERE, unexplained
from witnesses.rows import in_order

from workstation.protocol.coders import decoder_for, encoder_for
from workstation.protocol.message import INBOUND, REQUESTS, Direction

DECLARATIONS = {
    Direction.OUT: {each.name: each for each in REQUESTS.values()},
    Direction.IN: {each.name: each for each in INBOUND.values()},
}


@pytest.fixture(scope="module")
def lines() -> dict[Direction, list[dict[str, object]]]:
    return {
        direction: [json.loads(line) for line in path.read_text("ascii").splitlines()]
        for direction, path in goldens.FILES.items()
    }


def read(golden, declaration):
    fields = list(golden["fields"])
    return decoder_for(declaration, golden["server_version"])(fields)


def same(ours: list[str], theirs: list[str]) -> bool:
    """Whether fields are equal; a number may be spelled otherwise than it came: 0 and 0.0."""
    return len(ours) == len(theirs) and all(
        mine == other or number_of(mine) == number_of(other) is not None
        for mine, other in zip(ours, theirs, strict=True)
    )


def number_of(field: str) -> float | None:
    try:
        return float(field)
    except ValueError:
        return None


def written(message, golden) -> list[str]:
    payload = encoder_for(message.declaration, golden["server_version"])(message)
    return payload.decode("ascii").split("\0")[:-1]


def test_every_message_and_version_has_goldens(lines):
    for direction, goldens_here in lines.items():
        found = {(golden["message"], golden["server_version"]) for golden in goldens_here}
        assert found == {
            (name, version)
            for name, declaration in DECLARATIONS[direction].items()
            for version in goldens.VERSIONS
            if version >= declaration.since and declaration.cls not in GIVEN_UP_THERE
        }


def test_requests_go_out_as_the_witness_sent_them(lines):
    for golden in lines[Direction.OUT]:
        declaration = DECLARATIONS[Direction.OUT][golden["message"]]
        message = goldens.values_of(golden, declaration.cls)
        assert written(message, golden) == golden["fields"], golden["case"]


def test_requests_that_the_witness_sent_are_read_and_written_back(lines):
    for golden in lines[Direction.OUT]:
        message = read(golden, DECLARATIONS[Direction.OUT][golden["message"]])
        assert same(written(message, golden), golden["fields"]), golden["case"]


def test_messages_have_the_values_that_the_witness_told(lines):
    for golden in lines[Direction.IN]:
        declaration = DECLARATIONS[Direction.IN][golden["message"]]
        theirs = goldens.values_of(golden, declaration.cls)
        assert unexplained(in_order(read(golden, declaration)), theirs) == [], golden["case"]


def test_messages_that_the_witness_read_are_written_back(lines):
    for golden in lines[Direction.IN]:
        message = read(golden, DECLARATIONS[Direction.IN][golden["message"]])
        assert same(written(message, golden), golden["fields"]), golden["case"]


@pytest.mark.parametrize("direction", Direction)
def test_goldens_are_what_the_witness_says_today(direction):
    official = pytest.importorskip("witnesses.official", reason="needs the official client")
    today = "".join(f"{line}\n" for line in goldens.said(official)[direction])
    assert goldens.FILES[direction].read_text("ascii") == today, "run make_goldens.py"
