"""Pacing: how fast messages may leave, and which goes first when not all may.

A Bridge allows about 50 messages a second from one client and answers error 100 above that, so
messages wait here instead. Owns the order of the waiting and the rate. Reads no clock and sends
nothing: time is passed in, what may go is handed back.
"""

from __future__ import annotations

from collections import deque
from enum import IntEnum
from typing import NamedTuple

from workstation.protocol.message import Request

__all__ = ["Outgoing", "Pacing", "Urgency"]


WINDOW_SECONDS = 1.1
"""A Bridge counts what arrives within a second; on the way messages may draw closer together."""


class Urgency(IntEnum):
    """What goes first."""

    CANCEL = 0
    ORDER = 1
    REQUEST = 2
    BACKGROUND = 3


class Outgoing(NamedTuple):
    """A request and its bytes, encoded when it was asked for, so that errors reach the asker."""

    request: Request
    data: bytes


class Pacing:
    """A sliding window over what left, and a queue for each urgency.

    Args:
        messages_per_second: the most that may leave in any second; None lifts the limit.
        reserved: how many of them only cancels and orders may use, so that a flood of requests
            never delays a way out of the market.
    """

    def __init__(self, messages_per_second: int | None, reserved: int = 5) -> None:
        self.messages_per_second = messages_per_second
        # However few may leave, requests get their half.
        self.reserved = (
            reserved if messages_per_second is None else min(reserved, messages_per_second // 2)
        )
        self._queues: tuple[deque[Outgoing], ...] = tuple(deque() for _ in Urgency)
        self._sent: deque[float] = deque()

    def __len__(self) -> int:
        """How many messages wait."""
        return sum(map(len, self._queues))

    def add(self, outgoing: Outgoing, urgency: Urgency) -> None:
        """Let a message wait for its turn."""
        self._queues[urgency].append(outgoing)

    def clear(self) -> list[Outgoing]:
        """Forget what waits (the connection is gone); gives it back, most urgent first."""
        waiting = [outgoing for queue in self._queues for outgoing in queue]
        for queue in self._queues:
            queue.clear()
        return waiting

    def put_back(self, leaving: list[Outgoing]) -> None:
        """Messages that could not leave after all wait again, before all others."""
        self._queues[Urgency.CANCEL].extendleft(reversed(leaving))

    def due(self, now: float) -> list[Outgoing]:
        """What may leave at `now` (seconds), most urgent first."""
        limit = self.messages_per_second
        if limit is None:
            return self.clear()
        while self._sent and self._sent[0] <= now - WINDOW_SECONDS:
            self._sent.popleft()
        leaving: list[Outgoing] = []
        for urgency, queue in zip(Urgency, self._queues, strict=True):
            free = limit if urgency <= Urgency.ORDER else limit - self.reserved
            while queue and len(self._sent) < free:
                leaving.append(queue.popleft())
                self._sent.append(now)
        return leaving

    def next_due(self, now: float) -> float | None:
        """Seconds until more may leave; None when nothing waits."""
        if not len(self):
            return None
        if self.messages_per_second is None or not self._sent:
            return 0.0
        return max(self._sent[0] + WINDOW_SECONDS - now, 0.0)
