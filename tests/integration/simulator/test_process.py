"""The simulated Bridge as a process: how it starts, what it says, and how it ends."""

from __future__ import annotations

import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import threading

import pytest

from workstation.errors import WorkstationError
from workstation.protocol.connection import Connection, Greeted
from workstation.simulator.process import BridgeProcess

TIMEOUT_SECONDS = 20
COMMAND = [sys.executable, "-m", "workstation", "bridge"]


@pytest.fixture
def _interruptible():
    """A shell lets what it runs in the background ignore Ctrl-C, and children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def start(_interruptible):
    """Starts `workstation bridge`; none outlives its test."""
    started = []

    def start(*arguments, **streams):
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
        process = subprocess.Popen([*COMMAND, *arguments], text=True, **pipes)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def first_line(process):
    """What a process prints first, unless it takes too long."""
    timer = threading.Timer(TIMEOUT_SECONDS, process.kill)
    timer.start()
    try:
        return process.stdout.readline()
    finally:
        timer.cancel()


def port_of(process):
    line = first_line(process)
    found = re.fullmatch(r"listening on 127\.0\.0\.1:(\d+)\n", line)
    assert found, (line, process.stderr.read())
    return int(found[1])


def greeting(port):
    """What a Bridge answers to a greeting."""
    connection = Connection.client()
    with socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS) as bridge:
        bridge.sendall(connection.greet())
        events = []
        while not events:
            events = connection.receive_data(bridge.recv(4096))
    return events[0]


def test_it_says_where_it_listens_and_ctrl_c_ends_it_cleanly(start):
    process = start("--port", "0", "--seed", "7")
    assert isinstance(greeting(port_of(process)), Greeted)
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=TIMEOUT_SECONDS)
    assert (process.returncode, rest, errors) == (0, "", "")


def test_ctrl_c_ends_it_while_a_client_is_connected(start):
    process = start("--port", "0")
    with socket.create_connection(("127.0.0.1", port_of(process)), TIMEOUT_SECONDS) as client:
        client.sendall(Connection.client().greet())
        assert client.recv(4096)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=TIMEOUT_SECONDS)
        assert client.recv(4096) == b""
    assert (process.returncode, errors) == (0, "")


def test_ctrl_c_ends_it_even_while_it_waits_for_its_parent(start):
    process = start("--port", "0", "--until-stdin-closes", stdin=subprocess.PIPE)
    port_of(process)
    process.send_signal(signal.SIGINT)
    process.wait(TIMEOUT_SECONDS)
    assert process.returncode == 0


def test_a_taken_port_is_one_line_and_exit_code_1(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start("--port", str(port))
        out, errors = process.communicate(timeout=TIMEOUT_SECONDS)
    assert (process.returncode, out) == (1, "")
    assert len(errors.splitlines()) == 1
    assert f"port {port}" in errors
    assert "is taken" in errors


@pytest.mark.parametrize(
    "wrong",
    [("--port", "70000"), ("--lines", "0"), ("--pacing", "maybe"), ("--seed", "x")],
    ids=lambda pair: pair[0],
)
def test_an_illegal_option_is_one_line_and_exit_code_2(start, wrong):
    process = start(*wrong)
    _, errors = process.communicate(timeout=TIMEOUT_SECONDS)
    assert process.returncode == 2
    assert len(errors.splitlines()) == 1
    assert wrong[0] in errors


def test_a_child_serves_until_it_is_stopped():
    child = BridgeProcess(lines=600, pacing=False, seed=7)
    try:
        port = child.wait_until_ready(TIMEOUT_SECONDS)
        assert isinstance(greeting(port), Greeted)
    finally:
        child.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS)


PARENT = """
import os
from workstation.simulator.process import BridgeProcess
child = BridgeProcess(lines=100, pacing=True, seed=7)
print(child.wait_until_ready(20), child._process.pid, flush=True)
os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux lets us wait for a stranger")
def test_a_child_ends_when_its_parent_is_gone():
    ran = subprocess.run(
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=TIMEOUT_SECONDS,
    )
    _, pid = map(int, ran.stdout.split())
    try:
        child = os.pidfd_open(pid)
    except ProcessLookupError:
        return  # It has ended already.
    with selectors.DefaultSelector() as selector:
        # A pidfd is readable once its process has ended.
        selector.register(child, selectors.EVENT_READ)
        ended = bool(selector.select(TIMEOUT_SECONDS))
    os.close(child)
    assert ended


def test_a_child_that_does_not_start_says_why(monkeypatch):
    monkeypatch.setenv("WORKSTATION_SEED", "no number")
    child = BridgeProcess(lines=100, pacing=True, seed=None)
    try:
        with pytest.raises(WorkstationError, match=r"did not start: .*seed"):
            child.wait_until_ready(TIMEOUT_SECONDS)
    finally:
        child.stop()
