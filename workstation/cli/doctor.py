"""`workstation doctor`: what this machine offers, and what to do about what is missing.

Owns the checks. Each looks at one thing and gives one finding; none changes anything. A finding is
a fault only if the workstation can not do what was asked of it: an optional server that is away
is advice.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TextIO

from workstation import locations
from workstation.cli.printing import printable
from workstation.config import Endpoint, Settings, load_settings, unknown_variables
from workstation.errors import ConfigurationError, ProtocolError
from workstation.protocol.connection import Connection, Greeted

__all__ = ["examine"]

OLDEST_PYTHON = (3, 11)
SMALLEST_TERMINAL = os.terminal_size((80, 24))
USUAL_BRIDGE = Endpoint("127.0.0.1", 7497)
USUAL_BROKER = Endpoint("127.0.0.1", 5672)

_PATIENCE_SECONDS = 2.0
_AMQP_GREETING = b"AMQP\x00\x00\x09\x01"
_AMQP_START = b"\x01\x00\x00"
"""How the answer of a broker begins: a method frame on channel 0."""


class Verdict(StrEnum):
    """How grave a finding is."""

    OK = "ok"
    ADVICE = "to do"
    FAULT = "broken"


class Finding(NamedTuple):
    """What one check saw, and what to do if that is not well."""

    verdict: Verdict
    text: str


def examine(flags: Mapping[str, Any], output: TextIO) -> int:
    """Make every check and print a line for each.

    Args:
        flags: what the command line said, by setting.
        output: where the findings go.

    Returns:
        The exit code: 1 when something is broken.
    """
    broken = False
    for finding in _findings(flags):
        broken |= finding.verdict is Verdict.FAULT
        print(f"{finding.verdict:<8}{printable(finding.text)}", file=output, flush=True)
    return 1 if broken else 0


def _findings(flags: Mapping[str, Any]) -> Iterator[Finding]:
    yield python(sys.version_info[:3])
    yield terminal_size(sys.stdout.isatty(), shutil.get_terminal_size())
    yield colours(os.environ)
    yield from variables(unknown_variables())
    try:
        settings = load_settings(flags)
    except ConfigurationError as error:
        yield Finding(Verdict.FAULT, f"settings: {error}")
        settings = None
    else:
        yield settings_file()
    yield themes()
    yield bridge(settings)
    yield broker(USUAL_BROKER)


def python(version: tuple[int, ...]) -> Finding:
    """Whether this Python is new enough."""
    text = f"Python {'.'.join(map(str, version))}"
    if version >= OLDEST_PYTHON:
        return Finding(Verdict.OK, text)
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return Finding(Verdict.FAULT, f"{text}: install Python {oldest} or newer")


def terminal_size(is_terminal: bool, size: os.terminal_size) -> Finding:  # noqa: FBT001
    """Whether the screen has room."""
    if not is_terminal:
        return Finding(Verdict.ADVICE, "terminal: the output is none; the screen needs one")
    text = f"terminal: {size.columns}x{size.lines}"
    if size.columns >= SMALLEST_TERMINAL.columns and size.lines >= SMALLEST_TERMINAL.lines:
        return Finding(Verdict.OK, text)
    return Finding(
        Verdict.ADVICE,
        f"{text}: make it {SMALLEST_TERMINAL.columns}x{SMALLEST_TERMINAL.lines} or larger",
    )


def colours(environment: Mapping[str, str]) -> Finding:
    """How many colours the terminal says it has."""
    terminal = environment.get("TERM", "")
    if environment.get("NO_COLOR"):
        return Finding(Verdict.OK, "colours: none, as NO_COLOR asks")
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return Finding(Verdict.OK, "colours: 16 million (COLORTERM)")
    if "256color" in terminal or terminal.endswith("-direct"):
        return Finding(Verdict.OK, f"colours: 256 (TERM={terminal})")
    advice = "set TERM=xterm-256color, or COLORTERM=truecolor where the terminal can do that"
    return Finding(Verdict.ADVICE, f"colours: 16 at most (TERM={terminal or 'not set'}): {advice}")


def variables(unknown: list[str]) -> Iterator[Finding]:
    """Environment variables that look like settings and are none."""
    for name in unknown:
        yield Finding(Verdict.ADVICE, f"environment: {name} is no setting; mend or unset it")


def settings_file() -> Finding:
    """Where the settings come from, once they are known to be sound."""
    path = locations.config_file()
    if path.is_file():
        return Finding(Verdict.OK, f"settings: {path}")
    return Finding(Verdict.OK, f"settings: defaults; {path} does not exist")


def themes() -> Finding:
    """Whether the theme files came along."""
    path = locations.themes_directory()
    if path.is_dir():
        return Finding(Verdict.OK, f"themes: {path}")
    return Finding(Verdict.FAULT, f"themes: {path} is missing: install the package again")


def bridge(settings: Settings | None) -> Finding:
    """Whether a Bridge answers; a fault only if a setting names one."""
    wanted = settings.connect if settings else None
    endpoint = wanted or USUAL_BRIDGE
    try:
        version = _bridge_version(endpoint)
    except (OSError, ProtocolError) as error:
        trouble = f"Bridge: none at {endpoint} ({_reason(error)})"
        if wanted:
            return Finding(
                Verdict.FAULT,
                f"{trouble}: start TWS or IB Gateway there and enable its API socket, "
                "or set connect to another",
            )
        return Finding(
            Verdict.ADVICE,
            f"{trouble}: the simulated one is used; for TWS or IB Gateway, give --connect",
        )
    return Finding(Verdict.OK, f"Bridge: {endpoint}, server version {version}")


def _bridge_version(endpoint: Endpoint) -> int:
    """Greet the Bridge and hang up; no client id is taken."""
    client = Connection.client()
    with _connected(endpoint) as link:
        link.sendall(client.greet())
        while data := link.recv(4096):
            for event in client.receive_data(data):
                if isinstance(event, Greeted):
                    return event.server_version
    raise ConnectionError("it hung up without a greeting")


def broker(endpoint: Endpoint) -> Finding:
    """Whether a RabbitMQ broker answers; the embedded broker does without."""
    try:
        with _connected(endpoint) as link:
            link.sendall(_AMQP_GREETING)
            answer = link.recv(len(_AMQP_START))
        if answer != _AMQP_START:
            raise ConnectionError("what answers speaks no AMQP 0-9-1")
    except OSError as error:
        return Finding(
            Verdict.ADVICE,
            f"RabbitMQ: none at {endpoint} ({_reason(error)}): the embedded broker is used; "
            "start RabbitMQ to join actors in other programs",
        )
    return Finding(Verdict.OK, f"RabbitMQ: {endpoint}")


def _connected(endpoint: Endpoint) -> socket.socket:
    return socket.create_connection((endpoint.host, endpoint.port), _PATIENCE_SECONDS)


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer in {_PATIENCE_SECONDS:g} s"
    return getattr(error, "strerror", None) or str(error)
