"""Outbox: what is on its way to the Bridge.

Owns when a request leaves: its urgency, waiting for its turn, telling or refusing what is over a
limit, and writing on the client's thread. Leaves the limits to `pacing` and `history_limits`, and
whether an order may still leave to its client.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable

from workstation.clients.answers import is_cancel
from workstation.clients.history_limits import HistoryLimits
from workstation.clients.options import ClientOptions
from workstation.clients.pacing import Outgoing, Pacing, Urgency, Waiting
from workstation.errors import NotConnected, PacingExceeded
from workstation.protocol.catalog import (
    CancelOrder,
    ExerciseOptions,
    PlaceOrder,
    RequestGlobalCancel,
    StartApi,
)
from workstation.protocol.message import Request

__all__ = ["Outbox"]

logger = logging.getLogger(__name__)

_URGENCIES: dict[type[Request], Urgency] = {
    CancelOrder: Urgency.CANCEL,
    RequestGlobalCancel: Urgency.CANCEL,
    PlaceOrder: Urgency.ORDER,
    ExerciseOptions: Urgency.ORDER,
    StartApi: Urgency.ORDER,
}

_SHORTEST_PAUSE = 0.001

Write = Callable[[bytes], None]


class Outbox:
    """Requests that wait for their turn, and the way out.

    Args:
        options: the limits, and whether to wait when one is full.
        lock: the client's, held by whoever calls.
        may_leave: asked of each request as it leaves; it tells its sender when it may not.
    """

    def __init__(
        self,
        options: ClientOptions,
        lock: threading.RLock,
        may_leave: Callable[[Request], bool],
    ) -> None:
        limits = HistoryLimits() if options.messages_per_second is not None else None
        self._pacing = Pacing(options.messages_per_second, history=limits)
        self._waits = options.wait_when_full
        self._lock = lock
        self._may_leave = may_leave
        self._loop: asyncio.AbstractEventLoop | None = None
        self._write: Write | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._is_asked_for = False

    def open(self, write: Write) -> None:
        """There is a connection, on the loop that runs now."""
        self._loop = asyncio.get_running_loop()
        self._write = write
        self._is_asked_for = False

    def close(self) -> list[Outgoing]:
        """The connection is gone; gives back what never left."""
        self._write = None
        return self._pacing.clear()

    def mind_limits(self, request: Request) -> None:
        """Tell of a limit that keeps a request here.

        Raises:
            PacingExceeded: there is one, and the client is not to wait.
        """
        urgency = self._urgency(request)
        if urgency is not Urgency.REQUEST or self._loop is None:
            return
        full = self._pacing.full(request, urgency, self._loop.time())
        if full is None:
            return
        if not self._waits:
            raise PacingExceeded(request.name, full.limit, full.frees_in)
        logger.info("%s waits: %s, free in %s s", request.name, full.limit, full.frees_in)

    def put(self, outgoing: Outgoing) -> None:
        """Let a request go as soon as it may. What gives up one that still waits goes nowhere."""
        request = outgoing.request
        if is_cancel(request):
            request_id = getattr(request, "request_id", -1)
            self.answered(request_id)
            if self._pacing.withdraw(request_id):
                return
        self._pacing.add(outgoing, self._urgency(request))
        self._flush_soon()

    def answered(self, request_id: int) -> None:
        """A request for history came to an end, good or bad: another may leave."""
        if self._pacing.history is not None:
            self._pacing.history.over(request_id)
            if len(self._pacing):
                self._flush_soon()

    def holds(self, request_id: int) -> bool:
        """Whether a request still waits."""
        return self._pacing.holds(request_id)

    @property
    def waiting(self) -> Waiting:
        """What waits for its turn, and for how long."""
        with self._lock:
            pause = self._pacing.next_due(self._loop.time()) if self._loop is not None else None
            return Waiting(len(self._pacing), pause)

    def flush(self) -> None:
        """Write what may leave now; come back for the rest. On the client's thread."""
        with self._lock:
            self._is_asked_for = False
            if self._write is None or self._loop is None or not len(self._pacing):
                return
            now = self._loop.time()
            # Between asking and leaving the Bridge may have said whose money it is.
            due = [each for each in self._pacing.due(now) if self._may_leave(each.request)]
            try:
                if due:
                    self._write(b"".join(outgoing.data for outgoing in due))
            except NotConnected:
                self._pacing.put_back(due)  # The loss is told of with its reason, of each of them.
                return
            pause = self._pacing.next_due(now)
            if pause is not None:
                if self._timer is not None:
                    self._timer.cancel()
                self._timer = self._loop.call_later(max(pause, _SHORTEST_PAUSE), self.flush)

    def _flush_soon(self) -> None:
        """Have `flush` called on the client's thread, once for however many requests."""
        with self._lock:
            if self._is_asked_for or self._loop is None or self._loop.is_closed():
                return
            self._is_asked_for = True
            self._loop.call_soon_threadsafe(self.flush)

    @staticmethod
    def _urgency(request: Request) -> Urgency:
        return _URGENCIES.get(request.__class__, Urgency.REQUEST)
