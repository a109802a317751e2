"""Streams: what was subscribed and is to be asked for again after a lost connection.

Owns the streams a program has asked for itself. Leaves to `answers` which requests begin a stream
and which end it. Quotes within the line budget are not kept here: the budget plans them anew.
"""

from __future__ import annotations

from workstation.clients.answers import STREAMS, lasts
from workstation.protocol.catalog import RequestMarketDataType
from workstation.protocol.message import Request

__all__ = ["Streams"]

_BEGINNINGS: dict[type[Request], type[Request]] = {
    kind.cancel: request for request, kind in STREAMS.items()
}


class Streams:
    """The streams a program has asked for itself, oldest first."""

    def __init__(self) -> None:
        self._requests: dict[object, Request] = {}

    def note(self, request: Request) -> None:
        """Take note of a request that starts or ends a stream."""
        kind = type(request)
        if kind in _BEGINNINGS:
            self._requests.pop(getattr(request, "request_id", _BEGINNINGS[kind]), None)
        elif kind is RequestMarketDataType or lasts(request):
            self._requests[getattr(request, "request_id", kind)] = request

    def forget(self, request_id: int) -> None:
        """A stream is over."""
        self._requests.pop(request_id, None)

    def all(self) -> list[Request]:
        """The requests to make again, in their order."""
        return list(self._requests.values())
