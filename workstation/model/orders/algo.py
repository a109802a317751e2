"""Orders that an algorithm works: what all algorithms have in common.

Owns the constructor for any algorithm, and the checks of parameters that several of the broker's
share. Each takes the order that is to be worked, and returns another one; what is given stays as
it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.enums import AlgoStrategy, OrderType, RiskAversion
from workstation.model.orders.order import Order
from workstation.model.record import changed
from workstation.model.tag_value import TagValue

__all__ = ["WORKED", "AlgoOrder", "Parameter", "aversion", "part", "time", "worked"]

Parameter = str | float | bool | None

WORKED = (OrderType.MARKET, OrderType.LIMIT)
"""Types of order that every algorithm of the broker works."""

_TIME = re.compile(r"(\d{8}[- ])?([01]\d|2[0-3]):[0-5]\d:[0-5]\d( \S+)?")
_MOST_VOLUME = 0.5


def AlgoOrder(order: Order, strategy: str, parameters: Mapping[str, Parameter]) -> Order:
    """An order worked by any algorithm, such as one of another broker.

    Args:
        order: what is to be worked.
        strategy: the algorithm's name on the wire.
        parameters: by their names on the wire; those that are None are left out.
    """
    return changed(
        order,
        algo_strategy=legal.text("strategy", strategy, "give a name such as 'Adaptive'"),
        algo_parameters=tuple(
            TagValue(tag=tag, value=_written(value))
            for tag, value in parameters.items()
            if value is not None
        ),
    )


def worked(
    order: Order,
    strategy: AlgoStrategy,
    parameters: Mapping[str, Parameter],
    kinds: tuple[OrderType, ...] = WORKED,
) -> Order:
    """An order that an algorithm of the broker works, of a type that it can work."""
    if order.order_type not in kinds:
        raise InvalidValue("order", order.order_type, f"give one of {', '.join(kinds)}")
    return AlgoOrder(order, strategy, parameters)


def _written(value: str | float) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def part(field: str, value: float | None) -> float | None:
    """A part of the volume."""
    return None if value is None else legal.fraction(field, value, _MOST_VOLUME)


def aversion(value: str | None) -> RiskAversion | None:
    """A word of `RiskAversion`."""
    return None if value is None else legal.word("risk_aversion", value, RiskAversion)


def time(field: str, value: str | None) -> str | None:
    """A moment, of today where it has no date."""
    if value is not None and not _TIME.fullmatch(value):
        raise InvalidValue(field, value, "give 'hh:mm:ss Zone', or 'YYYYMMDD-hh:mm:ss' in UTC")
    return value
