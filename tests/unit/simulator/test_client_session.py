"""A client that reads too slowly, as its session at the simulated Bridge treats it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from workstation.protocol.catalog import StartApi, TickSize
from workstation.protocol.connection import Connection
from workstation.simulator.bridge import Bridge
from workstation.simulator.client_session import ClientSession

TICK = TickSize(request_id=1, tick_type=8, size=Decimal(100))


class Pipe:
    """A transport whose other end reads what a test says it reads."""

    def __init__(self):
        self.written = b""
        self.waiting = 0
        self.aborted = False

    def write(self, data):
        self.written += data

    def get_write_buffer_size(self):
        return self.waiting

    def is_closing(self):
        return self.aborted

    def abort(self):
        self.aborted = True


@pytest.fixture
def pipe():
    return Pipe()


@pytest.fixture
def session(pipe, now_ns):
    session = ClientSession(Bridge(7, clock_ns=lambda: now_ns))
    session.connection_made(pipe)
    client = Connection.client()
    session.data_received(client.greet())
    client.receive_data(pipe.written)
    session.data_received(client.send(StartApi(client_id=1)))
    pipe.written = b""
    return session


def test_a_client_that_keeps_up_gets_every_tick(session, pipe):
    pipe.waiting = 1 << 20
    assert session.tell_ticks([TICK, TICK])
    assert pipe.written == session._connection.send(TICK) * 2


def test_a_client_that_is_behind_loses_ticks_and_nothing_else(session, pipe):
    pipe.waiting = (1 << 20) + 1
    assert not session.tell_ticks([TICK])
    assert pipe.written == b""
    session.tell(TICK)
    assert pipe.written
    assert not pipe.aborted


def test_a_client_that_never_reads_is_given_up_at_once(session, pipe):
    pipe.waiting = (1 << 26) + 1
    session.tell(TICK)
    assert pipe.aborted
