"""Limits: how much one order may be, and the names by which a refusal is told.

Owns the precautionary limits, their defaults and their names. Leaves to `guard` how an order is
measured against them, and to the settings where a user's own values come from.
"""

from __future__ import annotations

import math
from decimal import Decimal
from enum import StrEnum

from workstation.errors import InvalidValue
from workstation.model import Record

__all__ = ["OVERRIDABLE", "Limit", "OrderLimits"]


class Limit(StrEnum):
    """Names of the rules that an order passes; `OrderRefused.limit` is one of them."""

    ACCOUNT_MODE = "account mode"
    READ_ONLY_BRIDGE = "read-only Bridge"
    CONNECTION = "connection"
    ACTION = "action"
    QUANTITY = "quantity"
    PRICE = "price"
    TICK_GRID = "tick grid"
    ORDER_QUANTITY = "order quantity"
    ORDER_VALUE = "order value"
    FRESH_QUOTE = "fresh quote"
    OFF_MARKET = "off the market"
    ORDER_RATE = "orders a second"


OVERRIDABLE = frozenset(
    {
        Limit.ORDER_QUANTITY,
        Limit.ORDER_VALUE,
        Limit.FRESH_QUOTE,
        Limit.OFF_MARKET,
        Limit.ORDER_RATE,
    }
)
"""Precautions that a person may let one order pass. The others hold for everybody."""


class OrderLimits(Record):
    """Precautions against orders nobody meant; None turns one off.

    Raises:
        InvalidValue: a limit is not a positive number.
    """

    max_order_quantity: Decimal | None = Decimal(5_000)
    """Shares or contracts in one order."""
    max_order_value: float | None = 250_000.0
    """Worth of one order in the contract's own currency, multiplier applied."""
    max_percent_off_market: float | None = 10.0
    """How far beyond the bid or the ask a limit or stop price may lie, to either side."""
    max_orders_per_second: int | None = 10
    """Orders sent within any one second, changes of orders among them."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and value > 0):
                raise InvalidValue(name, value, "give a positive number, or nothing for no limit")
