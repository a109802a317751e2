"""Closed vocabularies of the trade, one module for each subject.

Words are StrEnum and codes IntEnum, so that a member equals the plain value that came from a
wire. Records hold plain values: a word nobody has heard of stays readable and breaks nothing.
"""

from workstation.model.enums.contract import Right, SecurityType
from workstation.model.enums.market_data import MarketDataType, TickType
from workstation.model.enums.order import (
    Action,
    OrderStatusName,
    OrderType,
    TimeInForce,
)

__all__ = [
    "Action",
    "MarketDataType",
    "OrderStatusName",
    "OrderType",
    "Right",
    "SecurityType",
    "TickType",
    "TimeInForce",
]
