"""A real terminal for a program: a pty whose screen is read with pyte.

Owns starting the program, feeding it keys and waiting until the screen shows something. Nothing
here sleeps: waiting means reading what the program writes.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time

import pyte

__all__ = ["Terminal"]

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "alt+a": "\x1ba",
    "alt+i": "\x1bi",
    "pagedown": "\x1b[6~",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
}


ESCAPE_SECONDS = 0.3
"""An escape is a key of its own, and alt with a letter is complete, only after a pause."""


class Terminal:
    """A program on a screen of given size."""

    def __init__(self, command, columns, rows, environment):
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self._main, self._other = pty.openpty()
        fcntl.ioctl(self._other, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(self._other)
        self.process = subprocess.Popen(
            command,
            stdin=self._other,
            stdout=self._other,
            stderr=self._other,
            env={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            start_new_session=True,
        )

    def press(self, *keys):
        """Type keys, by name or as they are."""
        for key in keys:
            os.write(self._main, KEYS.get(key, key).encode())
            self._read(0.05)
            if key == "escape" or key.startswith("alt+"):
                self._read_for(ESCAPE_SECONDS)

    def _read_for(self, seconds):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._read(0.05)

    @property
    def text(self):
        """The screen as lines."""
        return "\n".join(self.screen.display)

    def wait_for(self, condition, seconds=20.0):
        """Read until the screen fits: a text that must stand on it, or a function of its text."""
        fits = condition if callable(condition) else lambda text: condition in text
        deadline = time.monotonic() + seconds
        while not fits(self.text):
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {seconds} s: {condition}\n{self.text}")
            if self.process.poll() is not None and not self._read(0.0):
                raise AssertionError(f"ended with {self.process.returncode}\n{self.text}")
            self._read(0.1)
        return self.text

    def wait_for_end(self, seconds=20.0):
        """Read until the program has ended; its exit code."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"it does not end\n{self.text}"
            self._read(0.1)
        while self._read(0.0):
            pass
        return self.process.returncode

    def attributes(self):
        """The terminal's settings."""
        return termios.tcgetattr(self._other)

    def close(self):
        """End the program, if it has not ended, and the terminal."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._main)
        os.close(self._other)

    def _read(self, seconds):
        ready, _, _ = select.select([self._main], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._main, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)
