"""Message code: what the number in an info message (message 4) stands for.

Owns the four severities and what one code is known by. Leaves the codes themselves to its siblings,
and what a code does to an order or a request to `state`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

__all__ = ["MessageCode", "MessageSeverity", "Rows"]

Rows = Mapping[int, tuple[str, str]]
"""Meaning and advice by code."""


class MessageSeverity(StrEnum):
    """How much a message matters."""

    ERROR = "error"
    """What was asked is refused, or has ended."""
    WARNING = "warning"
    """What was asked goes on, but differently from how it was asked, or not now."""
    INFORMATION = "information"
    """Nothing is wrong."""
    CONNECTIVITY = "connectivity"
    """A connection of the Bridge itself was lost, came back or rests."""


class MessageCode(NamedTuple):
    """One code."""

    code: int
    severity: MessageSeverity
    meaning: str
    """A sentence or two; empty when the code is not known, for then the Bridge's words are all."""
    advice: str
    """What to do about it; empty when the code is not known."""

    @property
    def is_known(self) -> bool:
        """Whether the table has it."""
        return bool(self.meaning)
