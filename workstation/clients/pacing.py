"""Pacing: how fast messages may leave, and which goes first when not all may.

A Bridge allows about 50 messages a second from one client and answers error 100 above that, so
messages wait here instead. Owns the order of the waiting and the rate; leaves to `history_limits`
how often the past may be asked for. Reads no clock and sends nothing: time is passed in, what may
go is handed back.
"""

from __future__ import annotations

from collections import deque
from enum import IntEnum
from typing import NamedTuple

from workstation.clients.history_limits import Full, HistoryLimits
from workstation.protocol.catalog import CancelOrder, PlaceOrder, RequestGlobalCancel
from workstation.protocol.message import Request

__all__ = ["WINDOW_SECONDS", "Outgoing", "Pacing", "Urgency", "Waiting"]


WINDOW_SECONDS = 1.1
"""A Bridge counts what arrives within a second; on the way messages may draw closer together."""


class Urgency(IntEnum):
    """What goes first."""

    CANCEL = 0
    ORDER = 1
    REQUEST = 2
    BACKGROUND = 3


class Waiting(NamedTuple):
    """What waits for its turn.

    Args:
        messages: how many.
        seconds: until the next may leave; None when an answer has to come first, or nothing waits.
    """

    messages: int
    seconds: float | None


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
        history: how often the past may be asked for; None lifts the limits.
    """

    def __init__(
        self,
        messages_per_second: int | None,
        reserved: int = 5,
        history: HistoryLimits | None = None,
    ) -> None:
        self.messages_per_second = messages_per_second
        # However few may leave, requests get their half.
        self.reserved = (
            reserved if messages_per_second is None else min(reserved, messages_per_second // 2)
        )
        self.history = history
        self._queues: tuple[deque[Outgoing], ...] = tuple(deque() for _ in Urgency)
        self._sent: deque[float] = deque()

    def __len__(self) -> int:
        """How many messages wait."""
        return sum(map(len, self._queues))

    def add(self, outgoing: Outgoing, urgency: Urgency) -> None:
        """Let a message wait for its turn.

        A cancel never overtakes the order that it is about: it would find nothing to cancel.
        """
        orders = self._queues[Urgency.ORDER]
        request = outgoing.request
        if isinstance(request, RequestGlobalCancel) and orders:
            # At once for what works already, and again for the orders that are still to leave.
            orders.append(outgoing)
        elif isinstance(request, CancelOrder) and any(
            isinstance(each.request, PlaceOrder) and each.request.order_id == request.order_id
            for each in orders
        ):
            urgency = Urgency.ORDER
        self._queues[urgency].append(outgoing)

    def holds(self, request_id: int) -> bool:
        """Whether a request still waits."""
        waiting = (each.request for queue in self._queues[Urgency.REQUEST :] for each in queue)
        return any(getattr(each, "request_id", None) == request_id for each in waiting)

    def withdraw(self, request_id: int) -> bool:
        """Forget a request that still waits; whether there was one."""
        for queue in self._queues[Urgency.REQUEST :]:
            for each in queue:
                if getattr(each.request, "request_id", None) == request_id:
                    queue.remove(each)
                    return True
        return False

    def clear(self) -> list[Outgoing]:
        """Forget what waits (the connection is gone); gives it back, most urgent first."""
        waiting = [outgoing for queue in self._queues for outgoing in queue]
        for queue in self._queues:
            queue.clear()
        if self.history is not None:
            self.history.connection_lost()
        return waiting

    def put_back(self, leaving: list[Outgoing]) -> None:
        """Messages that could not leave after all wait again, before all others."""
        self._queues[Urgency.CANCEL].extendleft(reversed(leaving))

    def full(self, request: Request, urgency: Urgency, now: float) -> Full | None:
        """The limit that keeps a request from leaving at `now`, with all that waits before it."""
        found = self.history.full(request, now) if self.history is not None else None
        if found is not None or self.messages_per_second is None:
            return found
        waiting = sum(len(queue) for queue in self._queues[: urgency + 1])
        self._slide(now)
        if len(self._sent) + waiting < self._free(urgency):
            return None
        frees_in = self._sent[0] + WINDOW_SECONDS - now if self._sent else 0.0
        return Full(f"{self.messages_per_second} messages a second", frees_in)

    def due(self, now: float) -> list[Outgoing]:
        """What may leave at `now` (seconds), most urgent first."""
        self._slide(now)
        leaving: list[Outgoing] = []
        for urgency, queue in zip(Urgency, self._queues, strict=True):
            held: list[Outgoing] = []
            while queue and self._may_leave(urgency):
                outgoing = queue.popleft()
                if self.history is not None:
                    if self.history.full(outgoing.request, now) is not None:
                        held.append(outgoing)
                        continue
                    self.history.sent(outgoing.request, now)
                leaving.append(outgoing)
                if self.messages_per_second is not None:
                    self._sent.append(now)
            queue.extendleft(reversed(held))
        return leaving

    def next_due(self, now: float) -> float | None:
        """Seconds until more may leave; None when nothing waits, or only for answers."""
        pauses: list[float] = []
        window = max(self._sent[0] + WINDOW_SECONDS - now, 0.0) if self._sent else 0.0
        for urgency, queue in zip(Urgency, self._queues, strict=True):
            rate = 0.0 if self._may_leave(urgency) else window
            for outgoing in queue:
                full = self.history.full(outgoing.request, now) if self.history else None
                if full is None:
                    pauses.append(rate)
                elif full.frees_in is not None:
                    pauses.append(max(rate, full.frees_in))
        return min(pauses, default=None)

    def _slide(self, now: float) -> None:
        while self._sent and self._sent[0] <= now - WINDOW_SECONDS:
            self._sent.popleft()

    def _free(self, urgency: Urgency) -> int:
        limit = self.messages_per_second or 0
        return limit if urgency <= Urgency.ORDER else limit - self.reserved

    def _may_leave(self, urgency: Urgency) -> bool:
        return self.messages_per_second is None or len(self._sent) < self._free(urgency)
