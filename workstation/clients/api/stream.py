"""Stream: messages as they come, iterated by a program that waits for them.

Owns the buffer between the client's thread and the program's: it is bounded, drops the oldest when
the program is too slow, and counts what it dropped.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from workstation.errors import RequestTimeout, WorkstationError
from workstation.protocol.message import Request

__all__ = ["LARGEST_BUFFER", "Stream"]

Item = TypeVar("Item")

LARGEST_BUFFER = 10_000
"""Messages that wait for a program at most."""


class Stream(Generic[Item]):
    """What a subscription brings; iterate it, and close it when enough has come.

    Iterating waits for the next message and ends when the stream is closed. A refusal by the Bridge
    is raised as RequestError, the end of the connection for good as NotConnected. After a lost
    connection that comes back the stream goes on.

    Args:
        request: the request that began it.
        close: what ends it at the Bridge.
    """

    def __init__(
        self,
        request: Request,
        close: Callable[[Stream[Any]], None],
        largest_buffer: int = LARGEST_BUFFER,
    ) -> None:
        self.request = request
        self.overflowed = 0
        """How many messages were dropped because nobody took them in time."""
        self._close = close
        self._items: deque[Item] = deque(maxlen=largest_buffer)
        self._changed = threading.Condition()
        self._is_closed = False
        self._failure: WorkstationError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Item:
        found = self._take(None)
        if found is None:
            raise StopIteration
        return found

    def __len__(self) -> int:
        """How many messages wait to be taken."""
        return len(self._items)

    def take(self, timeout_seconds: float) -> Item:
        """The next message.

        Raises:
            RequestTimeout: none came in time.
            RequestError: the Bridge refused the request.
            NotConnected: the connection is gone for good.
            StopIteration: the stream is closed.
        """
        found = self._take(timeout_seconds)
        if found is None:
            raise StopIteration
        return found

    def close(self) -> None:
        """End it; what has come can still be taken. Closing twice does nothing."""
        with self._changed:
            if self._is_closed:
                return
            self._is_closed = True
            self._changed.notify_all()
        self._close(self)

    def deliver(self, item: Item) -> None:
        """Take a message in; called by the client."""
        with self._changed:
            if self._is_closed:
                return
            if len(self._items) == self._items.maxlen:
                self.overflowed += 1
            self._items.append(item)
            self._changed.notify()

    def fail(self, error: WorkstationError) -> None:
        """End it with an error, raised after what has come was taken; called by the client."""
        with self._changed:
            self._failure = self._failure or error
            self._is_closed = True
            self._changed.notify_all()

    def _take(self, timeout_seconds: float | None) -> Item | None:
        with self._changed:
            come = self._changed.wait_for(lambda: self._items or self._is_closed, timeout_seconds)
            if self._items:
                return self._items.popleft()
            if self._failure is not None:
                raise self._failure
            if come:
                return None
        name = self.request.name
        text = f"nothing came of {name} within {timeout_seconds:g} s"
        raise RequestTimeout(-1, text, getattr(self.request, "request_id", -1))
