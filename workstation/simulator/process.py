"""BridgeProcess: a simulated Bridge in a process of its own.

Owns starting it, waiting until it listens, and ending it. The child ends by itself when its
standard input closes, so a parent that dies leaves none behind.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading

from workstation.errors import WorkstationError

__all__ = ["BridgeProcess"]

_READY = re.compile(r"listening on 127\.0\.0\.1:(\d+)")
_END_SECONDS = 5.0


class BridgeProcess:
    """A child that runs `workstation bridge`.

    Args:
        lines: streaming market data lines for each client.
        pacing: whether more than 50 messages a second are refused.
        seed: of the market; None takes a new one.
    """

    def __init__(self, *, lines: int, pacing: bool, seed: int | None) -> None:
        command = [sys.executable, "-m", "workstation", "bridge", "--port", "0"]
        command += ["--lines", str(lines), "--pacing", "on" if pacing else "off"]
        command += ["--until-stdin-closes"]
        if seed is not None:
            command += ["--seed", str(seed)]
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter, our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_until_ready(self, timeout_seconds: float) -> int:
        """The port it listens on.

        Raises:
            WorkstationError: it ended, or did not listen in time.
        """
        timer = threading.Timer(timeout_seconds, self._process.kill)
        timer.start()
        try:
            stdout = self._process.stdout
            line = "" if stdout is None else stdout.readline()
        finally:
            timer.cancel()
        found = _READY.search(line)
        if found:
            return int(found[1])
        self._process.wait(_END_SECONDS)
        stderr = self._process.stderr
        told = (stderr.read() if stderr is not None else "").strip().splitlines()
        why = told[-1] if told else f"nothing was heard of it within {timeout_seconds:g} s"
        raise WorkstationError(f"the simulated Bridge did not start: {why}")

    def stop(self) -> None:
        """End it, and wait until it is gone."""
        process = self._process
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
