"""Display groups: windows of TWS that show one contract together, followed and led from here."""

from __future__ import annotations

from workstation.protocol.layout import constant, escaped
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "DisplayGroupList",
    "DisplayGroupUpdated",
    "QueryDisplayGroups",
    "SubscribeToGroupEvents",
    "UnsubscribeFromGroupEvents",
    "UpdateDisplayGroup",
]


@request(67, constant("1"))
class QueryDisplayGroups(Request):
    """Ask which groups there are."""

    request_id: int


@request(68, constant("1"))
class SubscribeToGroupEvents(Request):
    """Follow what a group shows."""

    request_id: int
    group_id: int


@request(69, constant("1"))
class UpdateDisplayGroup(Request):
    """Make a followed group show a contract."""

    request_id: int
    contract_info: str
    """`none`, or `contract id@exchange`."""


@request(70, constant("1"))
class UnsubscribeFromGroupEvents(Request):
    """Stop following a group."""

    request_id: int


@inbound(67)
class DisplayGroupList(Inbound):
    """Which groups there are."""

    request_id: int
    groups: str
    """Numbers joined by `|`, the most used first."""


lay_out(
    DisplayGroupList,
    constant("1"),
    DisplayGroupList.request_id,
    escaped(DisplayGroupList.groups),
)


@inbound(68)
class DisplayGroupUpdated(Inbound):
    """What a followed group shows."""

    request_id: int
    contract_info: str
    """`none`, `contract id@exchange`, or `combo` for a combination."""


lay_out(
    DisplayGroupUpdated,
    constant("1"),
    DisplayGroupUpdated.request_id,
    escaped(DisplayGroupUpdated.contract_info),
)
