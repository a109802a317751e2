"""Constructors for the kinds of order.

Owns which fields each kind needs and what is legal in them. Each returns a plain `Order`.
"""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation

from workstation.errors import InvalidValue
from workstation.model.enums import Action, OrderType, TimeInForce
from workstation.model.orders.order import Order

__all__ = ["LimitOrder", "MarketOrder", "Quantity", "StopLimitOrder", "StopOrder"]

Quantity = Decimal | int | str
"""What may be given as a size; floats may not, since 0.1 is none of them exactly."""


def MarketOrder(action: str, quantity: Quantity, *, time_in_force: str = TimeInForce.DAY) -> Order:
    """Trade at once at the best prices there are.

    Raises:
        InvalidValue: `action` or `quantity` is not legal.
    """
    return Order(
        action=_action(action),
        total_quantity=_quantity(quantity),
        order_type=OrderType.MARKET,
        time_in_force=time_in_force,
    )


def LimitOrder(
    action: str,
    quantity: Quantity,
    limit_price: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Trade at `limit_price` or better.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return Order(
        action=_action(action),
        total_quantity=_quantity(quantity),
        order_type=OrderType.LIMIT,
        limit_price=_price("limit_price", limit_price),
        time_in_force=time_in_force,
    )


def StopOrder(
    action: str,
    quantity: Quantity,
    stop_price: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Become a market order once the market trades through `stop_price`.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return Order(
        action=_action(action),
        total_quantity=_quantity(quantity),
        order_type=OrderType.STOP,
        aux_price=_price("stop_price", stop_price),
        time_in_force=time_in_force,
    )


def StopLimitOrder(
    action: str,
    quantity: Quantity,
    limit_price: float,
    stop_price: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Become a limit order at `limit_price` once the market trades through `stop_price`.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return Order(
        action=_action(action),
        total_quantity=_quantity(quantity),
        order_type=OrderType.STOP_LIMIT,
        limit_price=_price("limit_price", limit_price),
        aux_price=_price("stop_price", stop_price),
        time_in_force=time_in_force,
    )


def _action(action: str) -> Action:
    try:
        return Action(action.upper())
    except ValueError:
        raise InvalidValue("action", action, f"give one of {', '.join(Action)}") from None


def _quantity(quantity: Quantity) -> Decimal:
    if isinstance(quantity, float | bool):
        raise InvalidValue("quantity", quantity, "give an int, a Decimal or text, not a float")
    try:
        size = Decimal(quantity)
    except (InvalidOperation, TypeError, ValueError):
        size = Decimal(0)
    if not (size.is_finite() and size > 0):
        raise InvalidValue("quantity", quantity, "a size is a positive number")
    return size


def _price(field: str, price: float) -> float:
    if not math.isfinite(price):
        raise InvalidValue(field, price, "a price is a finite number")
    return price
