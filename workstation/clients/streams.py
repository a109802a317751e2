"""Streams: what was subscribed and is to be asked for again after a lost connection.

Owns the table that says which request starts a stream and which one ends it. Quotes within the line
budget are not kept here: the budget plans them anew.
"""

from __future__ import annotations

from workstation.protocol.catalog import (
    CancelAccountSummary,
    CancelHistoricalData,
    CancelMarketData,
    CancelPnl,
    CancelPnlSingle,
    RequestAccountSummary,
    RequestHistoricalData,
    RequestMarketData,
    RequestMarketDataType,
    RequestPnl,
    RequestPnlSingle,
)
from workstation.protocol.message import Request

__all__ = ["Streams"]

_STARTS = (RequestPnl, RequestPnlSingle, RequestAccountSummary)
_ENDS = (
    CancelMarketData,
    CancelHistoricalData,
    CancelPnl,
    CancelPnlSingle,
    CancelAccountSummary,
)


class Streams:
    """The streams a program has asked for itself, oldest first."""

    def __init__(self) -> None:
        self._requests: dict[object, Request] = {}

    def note(self, request: Request) -> None:
        """Take note of a request that starts or ends a stream."""
        if isinstance(request, _ENDS):
            self.forget(request.request_id)
        elif isinstance(request, RequestMarketDataType):
            self._requests[RequestMarketDataType] = request
        elif isinstance(request, _STARTS) or _is_lasting(request):
            self._requests[getattr(request, "request_id", None)] = request

    def forget(self, request_id: int) -> None:
        """A stream is over."""
        self._requests.pop(request_id, None)

    def all(self) -> list[Request]:
        """The requests to make again, in their order."""
        return list(self._requests.values())


def _is_lasting(request: Request) -> bool:
    if isinstance(request, RequestMarketData):
        return not (request.snapshot or request.regulatory_snapshot)
    return isinstance(request, RequestHistoricalData) and request.keep_up_to_date
