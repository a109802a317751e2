"""Measure: CPU time of several sides in turn, and what it comes to.

Owns rounds, medians and how a line of figures looks.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from tempfile import TemporaryDirectory

__all__ = ["cpu_of_command", "interleaved", "line"]

_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


def interleaved(sides: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each side; all sides take their turn in every round."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for each in sides.values():
        each()
    for _ in range(rounds):
        for name, work in sides.items():
            gc.collect()
            began = time.process_time()
            work()
            taken[name].append(time.process_time() - began)
    return {name: statistics.median(found) for name, found in taken.items()}


def cpu_of_command(code: str, rounds: int) -> float:
    """Median CPU seconds of a fresh interpreter that runs some code.

    Every side finds its modules compiled, as an installation leaves them: a first run, which is
    not counted, writes them to a directory of its own.
    """
    measured = f"import time; b = time.process_time()\n{code}\nprint(time.process_time() - b)"
    found = []
    with TemporaryDirectory() as compiled:
        environment = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
        environment["PYTHONPYCACHEPREFIX"] = compiled
        for _ in range(rounds + 1):
            done = subprocess.run(
                [sys.executable, "-c", measured],
                check=True,
                capture_output=True,
                text=True,
                env=environment,
            )
            found.append(float(done.stdout.split()[-1]))
    return statistics.median(found[1:])


def line(title: str, seconds: Mapping[str, float], count: int, wanted: Mapping[str, float]) -> str:
    """One line of figures: ours a piece, and how many times as long each peer takes.

    Args:
        title: what was measured.
        seconds: of each side; the first side is ours.
        count: pieces a round.
        wanted: the least ratio that is wanted, by peer.
    """
    ours, *_ = seconds.values()
    told = [f"{title:28} {ours / count * 1e6:10.2f} µs"]
    for name, target in wanted.items():
        ratio = seconds[name] / ours
        verdict = "" if ratio >= target else "  BELOW"
        told.append(f"{name} {ratio:6.2f}x (wanted {target:g}x){verdict}")
    return "   ".join(told)
