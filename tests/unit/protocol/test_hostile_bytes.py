"""Whatever bytes come: no hang, no memory without end, no error but DecodeError, and the next
good message arrives.

What is sent here is derived from the registries, so that a new message is covered as soon as it is
declared. The quick profile runs with all other tests; for a longer run with new examples each time:

    bash tests/run tests/unit/protocol/test_hostile_bytes.py --hypothesis-profile=long
"""

from __future__ import annotations

import contextlib
import logging
import tracemalloc
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.errors import DecodeError, FrameError, HandshakeError
from workstation.protocol import catalog
from workstation.protocol.connection import Connection
from workstation.protocol.frames import MAXIMUM_LENGTH, frame
from workstation.protocol.layout import Branch, Item, Union, When
from workstation.protocol.message import INBOUND, REQUESTS, Declaration, Direction, Message
from workstation.protocol.source import thresholds
from workstation.protocol.versions import HIGHEST_VERSION, LOWEST_VERSION

DECLARATIONS = [*REQUESTS.values(), *INBOUND.values()]

each_message = pytest.mark.parametrize(
    "declaration", DECLARATIONS, ids=lambda each: f"{each.direction}-{each.name}"
)

AFTERWARDS = {
    Direction.OUT: catalog.RequestMarketDataType(market_data_type=3),
    Direction.IN: catalog.NextValidId(order_id=17),
}
"""A good message that follows a bad one."""

BILLION = b"1000000000"

HOSTILE = [
    *(b"", b"-1", b"2", b"3", b"7", b"-2147483648", b"2147483647", b"9223372036854775808"),
    *(BILLION, b"9" * 30, b"9" * 5000, b"1e999999999", b"1E-999999999", b"1e400", b"-0", b"00"),
    *(b"nan", b"NaN123", b"sNaN", b"inf", b"-Infinity", b"0x10", b"1_000", b" 1 ", b"1,5", b"+"),
    *(
        b"x" * 5000,
        b"\xff" * 5000,
        b"true",
        b"None",
        b"\xff\xfe",
        b"\xc3\xa9",
        b"\xe2\x80\xae",
        b"\x1b[2J",
        b"\n",
        b"\x00",
    ),
    *(b"\\", b"\\u", b"\\ud83d\\ude00", b"\\ud83d", b"\\x", b"\\777", b"\\U0010FFFF"),
    *(b";;==;", b"a=b;" * 50, b"20270115-", b"20270115 16:00 Mars/Olympus", b"-", b" "),
]


def examples(share: float) -> int:
    """A share of the examples that the profile allows."""
    return max(1, int(settings().max_examples * share))


@cache
def receiver(direction: Direction, version: int) -> Connection:
    """The end that reads messages of a direction, its greeting over; all examples use it."""
    client = Connection.client((version, version))
    bridge = Connection.bridge((version, version))
    bridge.receive_data(client.greet())
    client.receive_data(bridge.accept("20261123 10:00:00 UTC"))
    return bridge if direction is Direction.OUT else client


@cache
def afterwards(direction: Direction, version: int) -> bytes:
    """The good message, framed."""
    sender = receiver(Direction.IN if direction is Direction.OUT else Direction.OUT, version)
    return sender.send(AFTERWARDS[direction])


def versions(declaration: Declaration) -> list[int]:
    """One version of each layout that the message has."""
    edges = thresholds(declaration.layout) | {LOWEST_VERSION, declaration.since, HIGHEST_VERSION}
    return sorted(each for each in edges if LOWEST_VERSION <= each <= HIGHEST_VERSION)


def keys(layout: tuple[Item | Branch, ...]) -> Iterator[bytes]:
    """Values that open items: what conditions test for, and the kinds of unions."""
    for item in layout:
        if isinstance(item, When) and item.operand is not None:
            operands = item.operand if isinstance(item.operand, tuple | frozenset) else ()
            for operand in operands or (item.operand,):
                yield str(operand).encode()
        if isinstance(item, Branch):
            yield b"%d" % item.tag
        yield from keys(item.branches if isinstance(item, Union) else getattr(item, "items", ()))


def framed(tokens: list[bytes]) -> bytes:
    return frame(b"".join(token + b"\0" for token in tokens))


def tell(declaration: Declaration, version: int, data: bytes) -> Message | DecodeError:
    """What the reader makes of one frame; the good message after it must arrive."""
    direction = declaration.direction
    reader = receiver(direction, version)
    *events, last = reader.receive_data(data + afterwards(direction, version))
    assert last == AFTERWARDS[direction]
    (event,) = events
    assert isinstance(event, declaration.cls | DecodeError)
    return event


@st.composite
def bodies(draw: st.DrawFn, declaration: Declaration) -> list[bytes]:
    """Fields of a message that may even be good: rows of ones and zeros, then some damage.

    A one is a whole number, a number, a size, a flag, a text, a count and a kind.
    """
    opening = sorted(set(keys(declaration.layout)))
    ordinary = st.sampled_from([b"1", b"1", b"1", b"0", *opening])
    most = 12 + 8 * len(declaration.layout)
    size = draw(st.integers(0, most))
    usual = draw(st.sampled_from([b"1", b"0", b""]))
    tokens = [usual] * size
    damage = st.dictionaries(
        st.integers(0, max(size - 1, 0)),
        ordinary | st.sampled_from(HOSTILE) | st.binary(max_size=20),
        max_size=5,
    )
    for index, token in draw(damage).items():
        tokens[index : index + 1] = [token]
    return tokens


@each_message
def test_any_body_is_a_message_or_one_error_and_the_next_message_arrives(declaration):
    @settings(max_examples=examples(0.4))
    @given(st.sampled_from(versions(declaration)), bodies(declaration))
    def holds(version, tokens):
        event = tell(declaration, version, framed([b"%d" % declaration.message_id, *tokens]))
        if isinstance(event, DecodeError):
            assert event.message == declaration.name
            assert len(str(event)) < 500

    holds()


@each_message
def test_a_count_of_a_billion_allocates_nothing(declaration):
    for version in versions(declaration):
        body = [b"1"] * (10 + 2 * len(declaration.layout))
        head = b"%d" % declaration.message_id
        for warm in ([head], [head, *body]):  # compiles what will be measured
            tell(declaration, version, framed(warm))
        for index in range(len(body)):
            tokens = [head, *body[:index], BILLION, *body[index + 1 :]]
            data = framed(tokens)
            tracemalloc.start()
            tell(declaration, version, data)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert peak < 200_000, (version, index)


@settings(max_examples=examples(3))
@given(
    st.sampled_from(list(Direction)),
    st.sampled_from([LOWEST_VERSION, 150, HIGHEST_VERSION]),
    st.lists(st.binary(max_size=60), max_size=5),
    st.data(),
)
def test_any_payloads_in_any_pieces_leave_the_stream_whole(direction, version, payloads, data):
    reader = receiver(direction, version)
    stream = b"".join(map(frame, payloads)) + afterwards(direction, version)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=5)))
    events = [
        event
        for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)
        for event in reader.receive_data(stream[start:end])
    ]
    assert events.pop() == AFTERWARDS[direction]
    assert len(events) <= len(payloads)
    assert all(isinstance(event, Message | DecodeError) for event in events)


@settings(max_examples=examples(3))
@given(st.sampled_from(["client", "bridge"]), st.lists(st.binary(max_size=40), max_size=4))
def test_any_bytes_at_all_end_in_events_or_a_named_error(role, pieces):
    fresh = getattr(Connection, role)()
    with contextlib.suppress(FrameError, HandshakeError):
        for piece in pieces:
            fresh.receive_data(piece)


@settings(max_examples=examples(1))
@given(st.integers(MAXIMUM_LENGTH + 1, 2**32 - 1), st.binary(max_size=40))
def test_a_length_that_is_too_long_is_named_before_anything_is_kept(length, rest):
    fresh = Connection.client((200, 200))
    fresh.receive_data(frame(b"200\0now\0"))
    with pytest.raises(FrameError, match=f"a length of {length} is above {MAXIMUM_LENGTH}"):
        fresh.receive_data(length.to_bytes(4, "big") + rest)


def fresh_client(version: int = HIGHEST_VERSION) -> Connection:
    client = Connection.client((version, version))
    client.receive_data(frame(b"%d\0now\0" % version))
    return client


def test_an_unknown_id_is_told_of_once_and_skipped():
    client = fresh_client()
    events = client.receive_data(framed([b"9999", b"a"]) + framed([b"9998"]) + framed([b"9999"]))
    assert [event.message for event in events] == ["9999", "9998"]
    assert all("no message has this id" in event.reason for event in events)
    assert client.receive_data(framed([b"9999", b"b"]) * 3) == []


def test_noise_instead_of_ids_is_remembered_in_little_memory():
    client = fresh_client()
    tracemalloc.start()
    events = [
        event
        for number in range(3000)
        for event in client.receive_data(framed([b"%06d" % number + b"x" * 10_000]))
    ]
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # The last of them says that there will be no more.
    assert len(events) == 1001
    assert "no further one is reported" in events[-1].reason
    assert held < 2_000_000
    assert client.receive_data(framed([b"another"])) == []


def test_an_error_does_not_keep_the_bytes_it_is_about():
    """A frame of its traceback would keep the whole message, and a cycle would keep the frame."""
    client = fresh_client()
    bad = framed([b"4", b"x", *[b"%09d" % number for number in range(20_000)]])
    client.receive_data(framed([b"4", b"x"]))
    tracemalloc.start()
    errors = [event for _ in range(20) for event in client.receive_data(bad)]
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(errors) == 20
    assert held < len(bad)


@pytest.mark.parametrize(
    "message",
    [
        catalog.NextValidId(order_id=17),
        catalog.MarketRule(market_rule_id=26),
        catalog.OpenOrderEnd(),
    ],
    ids=lambda message: message.name,
)
def test_unread_fields_are_told_of_at_debug(caplog, message):
    client = fresh_client()
    data = receiver(Direction.OUT, HIGHEST_VERSION).send(message)
    with caplog.at_level(logging.DEBUG, "workstation.protocol"):
        assert client.receive_data(frame(data[4:] + b"new\0\0")) == [message]
        assert caplog.messages == [f"{message.name}: 2 fields after the last one were not read"]
        caplog.clear()
        assert client.receive_data(data) == [message]
        assert caplog.messages == []


def test_a_bad_field_before_unread_ones_is_still_an_error():
    (error,) = fresh_client().receive_data(framed([b"9", b"1", b"x", b"new"]))
    assert (error.message, error.field, error.index) == ("next_valid_id", "order_id", 2)


def test_a_message_without_its_last_nul_still_names_its_request():
    (error,) = fresh_client().receive_data(frame(b"52\x001\x0077\x00half"))
    assert (error.message, error.request_id) == ("contract_data_end", 77)
    assert error.reason == "the payload does not end with NUL"


def test_a_message_older_than_its_version_is_read_as_its_first_version_has_it(caplog):
    """Bridges do not send one; the official client would read it, and nothing is gained by not."""
    client = fresh_client(100)
    with caplog.at_level(logging.DEBUG, "workstation.protocol"):
        events = client.receive_data(framed([b"88", b"5", b"20200102"]) * 2)
    assert events == [catalog.HeadTimeStamp(request_id=5, time="20200102")] * 2
    assert caplog.messages == ["head_time_stamp came at server version 100, it begins with 118"]
