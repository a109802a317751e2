"""Clocks: how time passes at the simulated Bridge, and whether its exchanges ever close.

Prices move at any hour; a clock that keeps the exchanges' hours holds orders back outside them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from workstation.errors import InvalidValue

__all__ = ["ALWAYS_OPEN", "SimulatedClock", "simulated_clock"]

_FASTEST = 3600
_LEGAL = f"legal are always-open, realtime and fast:2 to fast:{_FASTEST}"


class SimulatedClock(NamedTuple):
    """A clock of a simulated Bridge."""

    now_ns: Callable[[], int]
    """Nanoseconds since 1970."""
    always_open: bool


ALWAYS_OPEN = SimulatedClock(time.time_ns, always_open=True)


def simulated_clock(
    name: str,
    time_ns: Callable[[], int] = time.time_ns,
    elapsed_ns: Callable[[], int] = time.monotonic_ns,
) -> SimulatedClock:
    """A clock by its name.

    Args:
        name: always-open, realtime, or fast:N, which begins now and runs N times as fast, with the
            exchanges always open.
        time_ns: the time, nanoseconds since 1970.
        elapsed_ns: nanoseconds since any moment, which never go back.

    Raises:
        InvalidValue: there is no such clock.
    """
    if name in ("always-open", "realtime"):
        return SimulatedClock(time_ns, always_open=name == "always-open")
    word, _, factor = name.partition(":")
    if word != "fast" or not factor.isdecimal() or not 1 < int(factor) <= _FASTEST:
        raise InvalidValue("clock", name, _LEGAL)
    began, since, times = time_ns(), elapsed_ns(), int(factor)
    return SimulatedClock(lambda: began + (elapsed_ns() - since) * times, always_open=True)
