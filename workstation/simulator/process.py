"""BridgeProcess: a simulated Bridge in a process of its own.

Owns starting it, waiting until it listens, and ending it. The child ends by itself when its
standard input closes, so a parent that dies leaves none behind.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
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
        # A pipe that nobody reads would fill up and stop the child in the middle of a log line.
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115  stop closes it
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter, our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
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
        self._wait_or_kill()
        self._errors.seek(0)
        told = self._errors.read().strip().splitlines()
        why = told[-1] if told else f"nothing was heard of it within {timeout_seconds:g} s"
        raise WorkstationError(f"the simulated Bridge did not start: {why}")

    def stop(self) -> None:
        """End it, and wait until it is gone."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._wait_or_kill()
        self._errors.close()

    def _wait_or_kill(self) -> None:
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
