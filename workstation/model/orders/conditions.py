"""Conditions: what must hold before an order becomes active.

Owns the six kinds of condition. A tuple of them stands in `Order.conditions`; each says how it
joins the next one.
"""

from __future__ import annotations

from workstation.model.record import Record

__all__ = [
    "Condition",
    "ExecutionCondition",
    "MarginCondition",
    "PercentChangeCondition",
    "PriceCondition",
    "TimeCondition",
    "VolumeCondition",
]


class PriceCondition(Record, tag="price"):
    """The price of a contract crosses a value."""

    conjunction: str = "a"
    """a: and the next condition; o: or the next condition."""
    is_more: bool = False
    price: float = 0.0
    contract_id: int = 0
    exchange: str = ""
    trigger_method: int = 0


class TimeCondition(Record, tag="time"):
    """A point in time passes."""

    conjunction: str = "a"
    is_more: bool = False
    time: str = ""
    """`YYYYMMDD hh:mm:ss Zone`."""


class MarginCondition(Record, tag="margin"):
    """The account's margin cushion crosses a percentage."""

    conjunction: str = "a"
    is_more: bool = False
    percent: float = 0.0


class ExecutionCondition(Record, tag="execution"):
    """A trade happens in a symbol."""

    conjunction: str = "a"
    security_type: str = ""
    exchange: str = ""
    symbol: str = ""


class VolumeCondition(Record, tag="volume"):
    """The day's volume of a contract crosses a value."""

    conjunction: str = "a"
    is_more: bool = False
    volume: int = 0
    contract_id: int = 0
    exchange: str = ""


class PercentChangeCondition(Record, tag="percent_change"):
    """The day's change of a contract crosses a percentage."""

    conjunction: str = "a"
    is_more: bool = False
    change_percent: float = 0.0
    contract_id: int = 0
    exchange: str = ""


Condition = (
    PriceCondition
    | TimeCondition
    | MarginCondition
    | ExecutionCondition
    | VolumeCondition
    | PercentChangeCondition
)
