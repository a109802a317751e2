"""Measure: CPU time of several sides in turn, and what it comes to.

Owns rounds, medians and how a line of figures looks. A machine that is shared changes its speed
from second to second, so a ratio is taken within each round, where the sides follow each other
closely, and the median is one of ratios.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from tempfile import TemporaryDirectory

__all__ = ["Seconds", "cpu_of_commands", "installed", "interleaved", "line"]

Seconds = Mapping[str, Sequence[float]]
"""CPU time of every round, by side; the first side is ours."""

_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


def interleaved(sides: Mapping[str, Callable[[], object]], rounds: int) -> Seconds:
    """All sides take their turn in every round."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for each in sides.values():
        each()
    for _ in range(rounds):
        for name, work in sides.items():
            gc.collect()
            began = time.process_time()
            work()
            taken[name].append(time.process_time() - began)
    return taken


def installed(compiled: str) -> dict[str, str]:
    """The environment of a program that finds its modules compiled after its first run.

    Args:
        compiled: where they are kept.
    """
    environment = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    return {**environment, "PYTHONPYCACHEPREFIX": compiled}


def cpu_of_commands(codes: Mapping[str, str], rounds: int) -> Seconds:
    """CPU of fresh interpreters that run some code, by side.

    Every side finds its modules compiled, as an installation leaves them: a first run, which is
    not counted, writes them to a directory of its own.
    """
    taken: dict[str, list[float]] = {name: [] for name in codes}
    with TemporaryDirectory() as compiled:
        environment = installed(compiled)
        for _ in range(rounds + 1):
            for name, code in codes.items():
                taken[name].append(_cpu_of(code, environment))
    return {name: found[1:] for name, found in taken.items()}


def _cpu_of(code: str, environment: Mapping[str, str]) -> float:
    measured = f"import time; b = time.process_time()\n{code}\nprint(time.process_time() - b)"
    done = subprocess.run(
        [sys.executable, "-c", measured],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    return float(done.stdout.split()[-1])


def line(title: str, seconds: Seconds, count: int, wanted: Mapping[str, float]) -> str:
    """One line of figures: ours a piece, and how many times as long each peer takes.

    Args:
        title: what was measured.
        seconds: of each side.
        count: pieces a round.
        wanted: the least ratio that is wanted, by peer.
    """
    ours, *_ = seconds.values()
    told = [f"{title:28} {statistics.median(ours) / count * 1e6:10.2f} µs"]
    for name, target in wanted.items():
        ratio = statistics.median(
            theirs / our for theirs, our in zip(seconds[name], ours, strict=True)
        )
        verdict = "" if ratio >= target else "  BELOW"
        told.append(f"{name} {ratio:6.2f}x (wanted {target:g}x){verdict}")
    return "   ".join(told)
