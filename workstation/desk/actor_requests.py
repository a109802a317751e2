"""Requests as a desk sees them: which an actor may make, and under which id they go.

Owns the list of what is open to actors, and exchanging an actor's own id for the one at the Bridge.
"""

from __future__ import annotations

import msgspec

from workstation.protocol import catalog
from workstation.protocol.message import Request

__all__ = ["OPEN_TO_ACTORS", "id_of", "with_id"]

OPEN_TO_ACTORS = (
    catalog.RequestMarketData,
    catalog.CancelMarketData,
    catalog.RequestMarketRule,
    catalog.RequestContractData,
    catalog.RequestMatchingSymbols,
    catalog.RequestSecurityDefinitionOptionParameters,
    catalog.RequestHistoricalData,
    catalog.CancelHistoricalData,
    catalog.RequestHeadTimeStamp,
    catalog.CancelHeadTimeStamp,
    catalog.RequestExecutions,
    catalog.RequestAccountSummary,
    catalog.CancelAccountSummary,
    catalog.RequestPnl,
    catalog.CancelPnl,
    catalog.RequestPnlSingle,
    catalog.CancelPnlSingle,
    catalog.RequestCurrentTime,
)
"""What an actor may ask besides orders and subscriptions. Everything else is about the connection,
which is the desk's."""


def id_of(request: Request) -> int:
    """The id that answers to a request will carry, -1 when they carry none."""
    for name in ("request_id", "order_id"):
        value = getattr(request, name, None)
        if isinstance(value, int):
            return value
    return -1


def with_id(request: Request, bridge_id: int) -> Request:
    """A request under another id; an order's own id changes with it."""
    if isinstance(request, catalog.PlaceOrder):
        order = msgspec.structs.replace(request.order, order_id=bridge_id)
        return msgspec.structs.replace(request, order_id=bridge_id, order=order)
    for name in ("request_id", "order_id"):
        if name in request.__struct_fields__:
            return msgspec.structs.replace(request, **{name: bridge_id})
    return request
