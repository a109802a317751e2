"""ib_async as a second witness: what its decoder tells its wrapper.

Owns driving its decoder and giving its objects the names of the official client. It speaks server
versions 157 to 178, asks for sizes as floats and is at home where no field is empty.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import ib_async
from ib_async import contract, order
from ib_async.client import Client
from ib_async.decoder import Decoder

from witnesses.conversion import CONDITIONS, theirs_from
from witnesses.names import NAMES
from workstation import model
from workstation.model import Contract, Order, Record
from workstation.protocol import catalog
from workstation.protocol.message import Request

CLASSES: dict[type, Callable[[], Any]] = {
    float: order.OrderComboLeg,
    model.TagValue: SimpleNamespace,
    model.ComboLeg: contract.ComboLeg,
    model.Contract: contract.Contract,
    model.DeltaNeutralContract: contract.DeltaNeutralContract,
    model.Order: order.Order,
    model.SoftDollarTier: order.SoftDollarTier,
    **{each: getattr(order, each.__name__) for each in CONDITIONS},
}

VERSIONS = range(157, 179)

ALIASES = {
    "commissionAndFees": "commission",
    "minCommissionAndFees": "minCommission",
    "maxCommissionAndFees": "maxCommission",
    "commissionAndFeesCurrency": "commissionCurrency",
    "wap": "average",
}
"""Names of the official client that differ here."""

CALLS = {"commissionReport": "commissionAndFeesReport"}


REQUESTS: dict[type[Request], Callable[[Any, Any], None]] = {
    catalog.RequestFundamentalData: lambda c, m: c.reqFundamentalData(
        m.request_id, theirs_from(m.contract, CLASSES), m.report_type, []
    ),
    catalog.CancelFundamentalData: lambda c, m: c.cancelFundamentalData(m.request_id),
    catalog.CancelOrder: lambda c, m: c.cancelOrder(m.order_id, m.manual_cancel_time),
    catalog.RequestGlobalCancel: lambda c, _: c.reqGlobalCancel(),
}
"""Requests that are not made as the official client makes them."""


class _Translated:
    """Its client, called with the official client's objects."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def serverVersion(self) -> int:  # noqa: N802  both clients call it so
        return int(self._client._serverVersion)

    def __getattr__(self, name: str) -> Callable[..., None]:
        method = getattr(self._client, name)
        return lambda *arguments: method(*map(_translated, arguments))


def _translated(value: Any) -> Any:
    """An object of the official client as one of its own; other values as they are."""
    if isinstance(value, list):
        return [_translated(each) for each in value]
    kind = getattr(ib_async, type(value).__name__, None)
    if kind is None or not type(value).__module__.startswith("ibapi"):
        return value
    if issubclass(kind, tuple):
        return kind(*(getattr(value, name) for name in kind._fields))
    names = {each.name for each in dataclasses.fields(kind)} & set(vars(value))
    return kind(**{name: _translated(getattr(value, name)) for name in names})


def sent(
    message: Request, version: int, calls: Mapping[type[Request], Callable[[Any, Any], None]]
) -> bytes:
    """The payload with which ib_async makes a request.

    Args:
        message: the request.
        version: the server version.
        calls: how the official client makes each request, for those made alike.
    """
    own = REQUESTS.get(type(message))
    if own is not None:
        return _payload(version, lambda client: own(client, message))
    return _payload(version, lambda client: calls[type(message)](_Translated(client), message))


def order_sent(placed_on: Contract, placed: Order, version: int) -> bytes:
    """The payload with which ib_async places an order."""
    there = theirs_from(placed, CLASSES)
    there.conditions = [_condition(each) for each in placed.conditions]
    where = theirs_from(placed_on, CLASSES)
    where.strike = placed_on.strike or 0.0
    return _payload(version, lambda client: client.placeOrder(17, where, there))


def _payload(version: int, call: Callable[[Client], None]) -> bytes:
    client = Client.__new__(Client)
    payloads: list[str] = []
    client.__dict__.update(
        _serverVersion=version, isConnected=lambda: True, sendMsg=payloads.append
    )
    call(client)
    (payload,) = payloads
    return payload.encode()


def _condition(condition: Record) -> Any:
    made = CLASSES[type(condition)]()
    for ours, name in NAMES[type(condition)].items():
        setattr(made, name.replace("exchange", "exch"), getattr(condition, ours))
    return made


class Seen:
    """An object of ib_async under the names of the official client; None where it has no such."""

    def __init__(self, seen: Any) -> None:
        self._seen = seen

    def type(self) -> int:
        """Which kind of condition it is."""
        return int(self._seen.condType)

    @property
    def isConjunctionConnection(self) -> bool:  # noqa: N802  the official client calls it so
        return self._seen.conjunction == "a"

    def __getattr__(self, name: str) -> Any:
        for each in (name, ALIASES.get(name, name), name.replace("exchange", "exch")):
            if hasattr(self._seen, each):
                return seen(getattr(self._seen, each))
        return None


def seen(value: Any) -> Any:
    """A value of ib_async as the official client would give it."""
    if dataclasses.is_dataclass(value) or hasattr(value, "condType") or hasattr(value, "_fields"):
        return Seen(value)
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, list | set):
        return [seen(each) for each in value]
    return value


class _Wrapper:
    """Notes every callback."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.ib = SimpleNamespace(TimezoneTWS="UTC")
        self.defaultTimezone = None

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments: self.calls.append(
            (CALLS.get(name, name), tuple(map(seen, arguments)))
        )


def heard(payload: bytes, version: int) -> list[tuple[str, tuple[Any, ...]]]:
    """What ib_async tells its wrapper about a message; nothing when it could not read it."""
    wrapper = _Wrapper()
    Decoder(wrapper, version).interpret(payload.decode().split("\0")[:-1])
    return wrapper.calls
