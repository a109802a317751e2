"""What the commands print: one line a fact, and nothing that could steer a terminal.

Owns the escaping of text that came from outside and the form of an error line.
"""

from __future__ import annotations

import sys

__all__ = ["fail_line", "printable"]


def printable(text: str) -> str:
    r"""The text with its control and formatting characters spelt out, as in `\x1b`."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def fail_line(text: str) -> None:
    """Tell on stderr, in one line, why the command ends."""
    sys.stderr.write(f"workstation: {printable(text)}\n")
