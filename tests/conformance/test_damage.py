"""Messages in pieces, cut short and with a broken field: each through a whole connection."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from witnesses import inbound, requests
from witnesses.places import UNUSED, places

from workstation.errors import DecodeError
from workstation.protocol import catalog
from workstation.protocol.connection import Connection
from workstation.protocol.frames import frame
from workstation.protocol.message import INBOUND, REQUESTS, Direction

VERSIONS = (100, 148, 200)
MESSAGES = [each.cls for each in (*REQUESTS.values(), *INBOUND.values())]

CASES = [
    (message, version)
    for message in MESSAGES
    for version in VERSIONS
    if version >= message.declaration.since
]

NUMBERS = (int, float, bool, Decimal)

AFTERWARDS = {
    Direction.OUT: catalog.RequestMarketDataType(market_data_type=3),
    Direction.IN: catalog.NextValidId(order_id=17),
}
"""A good message that follows a bad one."""


def connected(version: int) -> dict[Direction, tuple[Connection, Connection]]:
    """Sender and receiver of each direction, on a connection of their own."""
    client = Connection.client((version, version))
    bridge = Connection.bridge((version, version))
    bridge.receive_data(client.greet())
    client.receive_data(bridge.accept("20261123 10:00:00 UTC"))
    return {Direction.OUT: (client, bridge), Direction.IN: (bridge, client)}


@cache
def full(message, version: int):
    """A full row as the receiver has it, and its tokens."""
    module = requests if message.declaration.direction is Direction.OUT else inbound
    rows = dict(module.rows(message, version))
    row = next(row for title, row in rows.items() if "flags down" in title)
    sender, receiver = connected(version)[message.declaration.direction]
    data = sender.send(row)
    (event,) = receiver.receive_data(data)
    return event, data[4:].split(b"\0")[:-1]


def framed(tokens: list[bytes]) -> bytes:
    return frame(b"".join(token + b"\0" for token in tokens))


def tell(receiver: Connection, direction: Direction, data: bytes, afterwards: bytes):
    """What the receiver makes of some bytes; a good message right after them must come through."""
    events = receiver.receive_data(data + afterwards)
    assert events.pop() == AFTERWARDS[direction]
    return events


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0].declaration.name}-{case[1]}")
def case(request):
    return request.param


@pytest.fixture
def damaged(case):
    """A function that gives tokens to a receiver and returns the one error they must make."""
    message, version = case
    direction = message.declaration.direction
    sender, receiver = connected(version)[direction]
    afterwards = sender.send(AFTERWARDS[direction])

    def error_of(tokens: list[bytes]) -> DecodeError:
        (error,) = tell(receiver, direction, framed(tokens), afterwards)
        assert isinstance(error, DecodeError), error
        assert error.message == message.declaration.name
        return error

    return error_of


def test_a_whole_message_arrives_in_one_piece_and_byte_by_byte(case):
    message, version = case
    expected, tokens = full(message, version)
    _, receiver = connected(version)[message.declaration.direction]
    data = framed(tokens)
    assert receiver.receive_data(data) == [expected]
    events = [receiver.receive_data(data[i : i + 1]) for i in range(len(data))]
    assert events == [[]] * (len(data) - 1) + [[expected]]


def test_every_token_has_a_place(case):
    expected, tokens = full(*case)
    assert len(places(expected, case[1])) == len(tokens) - 1


def test_a_message_cut_after_any_field_is_an_error_that_names_the_next(case, damaged):
    message, version = case
    expected, tokens = full(message, version)
    found = places(expected, version)
    for length, place in enumerate(found, 1):
        error = damaged(tokens[:length])
        if error.index < length:
            # What is left can not hold the list that was announced: its count is to blame.
            assert found[error.index - 1].is_count
            assert error.field == found[error.index - 1].name
            assert f"where {length - error.index - 1} fields are left" in error.reason
        else:
            assert (error.index, error.field) == (length, place.name)
            assert f"ends after {length} fields" in error.reason


def test_a_message_without_its_last_nul_is_an_error(case):
    message, version = case
    direction = message.declaration.direction
    sender, receiver = connected(version)[direction]
    _, tokens = full(message, version)
    cut = frame(b"".join(token + b"\0" for token in tokens) + b"12")
    (error,) = tell(receiver, direction, cut, sender.send(AFTERWARDS[direction]))
    assert isinstance(error, DecodeError)
    assert "does not end with NUL" in error.reason


@pytest.mark.parametrize("token", [b"x", b"1,5", b"0x10", b"--1", b"\xb2"])
def test_a_broken_number_is_an_error_that_names_its_field(case, damaged, token):
    expected, tokens = full(*case)
    for index, place in enumerate(places(expected, case[1]), 1):
        if place.kind in NUMBERS:
            error = damaged([*tokens[:index], token, *tokens[index + 1 :]])
            assert (error.index, error.field) == (index, place.name)


def test_a_broken_field_tells_the_request_it_belongs_to(case, damaged):
    expected, tokens = full(*case)
    found = places(expected, case[1])
    names = [place.name for place in found]
    if "request_id" not in names:
        # It has none, or got one in a later version.
        assert not expected.declaration.keyed or not getattr(expected, "request_id", None)
        return
    for index, place in enumerate(found, 1):
        if place.kind in NUMBERS and index > names.index("request_id") + 1:
            error = damaged([*tokens[:index], b"x", *tokens[index + 1 :]])
            assert error.request_id == expected.request_id


def test_a_count_that_the_message_can_not_hold_is_an_error(case, damaged):
    expected, tokens = full(*case)
    for index, place in enumerate(places(expected, case[1]), 1):
        if place.is_count:
            error = damaged([*tokens[:index], b"999999999", *tokens[index + 1 :]])
            assert (error.index, error.field) == (index, place.name)
            assert "999999999" in error.reason


def test_fields_that_are_not_used_may_hold_anything(case):
    message, version = case
    expected, tokens = full(message, version)
    _, receiver = connected(version)[message.declaration.direction]
    unused = {i for i, place in enumerate(places(expected, version), 1) if place.name == UNUSED}
    changed = [b"\xffx" if i in unused else token for i, token in enumerate(tokens)]
    assert receiver.receive_data(framed(changed)) == [expected]


def test_fields_after_the_last_one_are_passed_over(case):
    message, version = case
    expected, tokens = full(message, version)
    _, receiver = connected(version)[message.declaration.direction]
    assert receiver.receive_data(framed([*tokens, b"new", b""])) == [expected]
