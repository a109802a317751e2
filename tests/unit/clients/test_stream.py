"""Streams between two threads: nothing is lost without being counted, and nobody waits for ever."""

from __future__ import annotations

import threading

import pytest

from workstation.clients.api.stream import Stream
from workstation.errors import NotConnected, RequestTimeout
from workstation.protocol import catalog

REQUEST = catalog.RequestPnl(request_id=7, account="DSIM0001")


@pytest.fixture
def closed():
    return []


@pytest.fixture
def stream(closed):
    return Stream(REQUEST, closed.append, largest_buffer=3)


def test_messages_come_in_their_order(stream):
    for each in range(3):
        stream.deliver(each)
    stream.close()
    assert list(stream) == [0, 1, 2]


def test_what_does_not_fit_pushes_out_the_oldest_and_is_counted(stream):
    for each in range(10):
        stream.deliver(each)
    assert (len(stream), stream.overflowed) == (3, 7)
    stream.close()
    assert list(stream) == [7, 8, 9]


def test_taking_waits_for_the_next_message(stream):
    got = []
    taker = threading.Thread(target=lambda: got.append(stream.take(10)))
    taker.start()
    stream.deliver("tick")
    taker.join(10)
    assert got == ["tick"]


def test_nothing_in_time_says_what_was_waited_for(stream):
    with pytest.raises(
        RequestTimeout, match=r"nothing came of request_pnl within 0.01 s"
    ) as caught:
        stream.take(0.01)
    assert caught.value.request_id == 7


def test_closing_ends_a_wait_and_tells_the_bridge_once(stream, closed):
    got = []
    reader = threading.Thread(target=lambda: got.extend(stream))
    reader.start()
    stream.close()
    stream.close()
    reader.join(10)
    assert not reader.is_alive()
    assert got == []
    assert closed == [stream]
    stream.deliver("late")
    assert len(stream) == 0


def test_an_error_comes_after_what_came_before_it(stream):
    stream.deliver("tick")
    stream.fail(NotConnected("gone"))
    assert stream.take(1) == "tick"
    with pytest.raises(NotConnected, match="gone"):
        stream.take(1)
