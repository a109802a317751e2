"""`workstation doctor`: each finding, and what makes the whole one fail."""

from __future__ import annotations

import io
import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from workstation.cli import doctor
from workstation.cli.doctor import Verdict
from workstation.config import Endpoint, Settings
from workstation.protocol.connection import Connection, Greeted


@contextmanager
def server(answer) -> Iterator[Endpoint]:
    """A loopback server that hands its only client's socket to `answer`."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as thread:

        def serve():
            link, _ = listener.accept()
            with link:
                answer(link)

        served = thread.submit(serve)
        yield Endpoint(*listener.getsockname())
        served.result(timeout=10)


def answer_with(data: bytes):
    def answer(link):
        link.recv(4096)
        link.sendall(data)

    return answer


def greet_as_a_bridge(link):
    connection = Connection.bridge((100, 176))
    while not any(isinstance(event, Greeted) for event in connection.receive_data(link.recv(4096))):
        pass
    link.sendall(connection.accept("20260102 09:30:00 US/Eastern"))


@pytest.fixture
def nobody() -> Endpoint:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return Endpoint(*listener.getsockname())


def test_python_must_be_new_enough():
    assert doctor.python((3, 11, 0)) == (Verdict.OK, "Python 3.11.0")
    assert doctor.python((3, 10, 9)).verdict is Verdict.FAULT


@pytest.mark.parametrize(
    ("is_terminal", "columns", "lines", "verdict"),
    [
        (True, 80, 24, Verdict.OK),
        (True, 79, 24, Verdict.ADVICE),
        (True, 80, 23, Verdict.ADVICE),
        (False, 80, 24, Verdict.ADVICE),
    ],
)
def test_terminal_must_have_room(is_terminal, columns, lines, verdict):
    size = os.terminal_size((columns, lines))
    assert doctor.terminal_size(is_terminal, size).verdict is verdict


@pytest.mark.parametrize(
    ("environment", "verdict", "told"),
    [
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, Verdict.OK, "16 million"),
        ({"TERM": "xterm-256color"}, Verdict.OK, "256"),
        ({"TERM": "xterm"}, Verdict.ADVICE, "xterm-256color"),
        ({}, Verdict.ADVICE, "not set"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, Verdict.OK, "none"),
    ],
)
def test_colours_are_read_from_the_environment(environment, verdict, told):
    finding = doctor.colours(environment)
    assert finding.verdict is verdict
    assert told in finding.text


def test_bridge_that_greets_is_ok_with_its_version():
    with server(greet_as_a_bridge) as endpoint:
        finding = doctor.bridge(Settings(connect=endpoint))
    assert finding == (Verdict.OK, f"Bridge: {endpoint}, server version 176")


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b""], ids=["http", "none"])
def test_bridge_that_answers_something_else_is_none(answer):
    with server(answer_with(answer)) as endpoint:
        finding = doctor.bridge(Settings(connect=endpoint))
    assert finding.verdict is Verdict.FAULT
    assert f"none at {endpoint}" in finding.text


def test_missing_bridge_is_a_fault_only_if_a_setting_names_it(monkeypatch, nobody):
    assert doctor.bridge(Settings(connect=nobody)).verdict is Verdict.FAULT
    monkeypatch.setattr(doctor, "USUAL_BRIDGE", nobody)
    finding = doctor.bridge(Settings())
    assert finding.verdict is Verdict.ADVICE
    assert f"none at {nobody} (Connection refused)" in finding.text


def test_bridge_that_says_nothing_is_given_up(monkeypatch):
    monkeypatch.setattr(doctor, "_PATIENCE_SECONDS", 0.05)
    with server(lambda link: link.recv(4096) and link.recv(4096)) as endpoint:
        finding = doctor.bridge(Settings(connect=endpoint))
    assert "(no answer in 0.05 s)" in finding.text


def test_broker_that_speaks_amqp_is_ok():
    with server(answer_with(b"\x01\x00\x00\x00\x00\x02\x00\x0a\x00\x0a")) as endpoint:
        assert doctor.broker(endpoint) == (Verdict.OK, f"RabbitMQ: {endpoint}")


@pytest.mark.parametrize("answer", [b"AMQP\x00\x01\x00\x00", b"-ERR unknown", b""])
def test_broker_that_speaks_something_else_is_none(answer):
    with server(answer_with(answer)) as endpoint:
        finding = doctor.broker(endpoint)
    assert finding.verdict is Verdict.ADVICE
    assert "speaks no AMQP 0-9-1" in finding.text


@pytest.fixture
def alone(monkeypatch, nobody):
    """A machine without a Bridge or a broker."""
    monkeypatch.setattr(doctor, "USUAL_BRIDGE", nobody)
    monkeypatch.setattr(doctor, "USUAL_BROKER", nobody)


def examined(flags):
    output = io.StringIO()
    return doctor.examine(flags, output), output.getvalue().splitlines()


def test_machine_without_servers_is_fit(alone):
    code, lines = examined({})
    assert code == 0
    assert not [line for line in lines if line.startswith("broken")]
    assert [line.split()[2] for line in lines if line.startswith("to do   ")][-2:] == [
        "Bridge:",
        "RabbitMQ:",
    ]


def test_named_bridge_that_is_away_breaks_it(alone, nobody):
    code, lines = examined({"connect": str(nobody)})
    assert code == 1
    assert any(line.startswith(f"broken  Bridge: none at {nobody}") for line in lines)


def test_broken_settings_file_breaks_it_and_the_other_checks_go_on(alone, monkeypatch, tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("client_id = 'seven'")
    monkeypatch.setenv("WORKSTATION_CONFIG", str(path))
    code, lines = examined({})
    assert code == 1
    assert any(line.startswith(f"broken  settings: {path}: client_id: 'seven'") for line in lines)
    assert any("RabbitMQ:" in line for line in lines)


def test_settings_file_is_named(alone, monkeypatch, tmp_path):
    path = tmp_path / "settings.toml"
    path.touch()
    monkeypatch.setenv("WORKSTATION_CONFIG", str(path))
    assert f"ok      settings: {path}" in examined({})[1]


def test_misspelt_variable_is_advice(alone, monkeypatch):
    monkeypatch.setenv("WORKSTATION_THEM", "dark")
    code, lines = examined({})
    assert code == 0
    assert "to do   environment: WORKSTATION_THEM is no setting; mend or unset it" in lines


def test_missing_themes_break_it(alone, monkeypatch, tmp_path):
    monkeypatch.setattr("workstation.locations.themes_directory", lambda: tmp_path / "themes")
    code, lines = examined({})
    assert code == 1
    assert any(line.startswith("broken  themes: ") for line in lines)
