"""Constructor for orders that are worked off in steps of price.

Owns which fields a scale needs and which of them go together.
"""

from __future__ import annotations

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.enums import OrderType
from workstation.model.orders.order import Order
from workstation.model.record import changed

__all__ = ["ScaleOrder"]

_SCALED = (OrderType.LIMIT, OrderType.RELATIVE)


def ScaleOrder(
    order: Order,
    *,
    initial_size: int,
    price_increment: float,
    subsequent_size: int | None = None,
    randomize_size: bool = False,
    price_adjust_value: float | None = None,
    price_adjust_seconds: int | None = None,
    profit_offset: float | None = None,
    restore_size_after_profit: bool = False,
    initial_position: int | None = None,
    initial_fill_quantity: int | None = None,
) -> Order:
    """An order that is placed in parts, each at a better price than the one before.

    Args:
        order: a limit or relative order of the whole size; what is given stays as it is.
        initial_size: of the first part, in the contract's units.
        price_increment: how much better each part is, in the contract's currency.
        subsequent_size: of the other parts; None is as the first.
        randomize_size: vary sizes by up to 55 percent.
        price_adjust_value: change of the first part's price, below zero for a fall,
        price_adjust_seconds: every so many seconds.
        profit_offset: how much better each part is closed again; None is not at all.
        restore_size_after_profit: place a part again once its profit is taken.
        initial_position: position to begin with, when a scale goes on.
        initial_fill_quantity: of the first part, when a scale goes on.

    Raises:
        InvalidValue: an argument is not legal.
    """
    if order.order_type not in _SCALED:
        raise InvalidValue("order", order.order_type, f"give one of {', '.join(_SCALED)}")
    first, total = legal.count("initial_size", initial_size), order.total_quantity
    if total is not None and first > total:
        raise InvalidValue("initial_size", initial_size, f"give at most the whole, {total}")
    if (price_adjust_value is None) != (price_adjust_seconds is None):
        raise InvalidValue(
            "price_adjust_seconds", price_adjust_seconds, "it and price_adjust_value go together"
        )
    if restore_size_after_profit and profit_offset is None:
        raise InvalidValue(
            "restore_size_after_profit", restore_size_after_profit, "it needs a profit_offset"
        )
    return changed(
        order,
        scale_initial_level_size=first,
        scale_subsequent_level_size=legal.optional(legal.count, "subsequent_size", subsequent_size),
        scale_price_increment=legal.above_zero("price_increment", price_increment),
        scale_random_percent=randomize_size,
        scale_price_adjust_value=legal.optional(
            legal.finite, "price_adjust_value", price_adjust_value
        ),
        scale_price_adjust_interval=legal.optional(
            legal.count, "price_adjust_seconds", price_adjust_seconds
        ),
        scale_profit_offset=legal.optional(legal.above_zero, "profit_offset", profit_offset),
        scale_auto_reset=restore_size_after_profit,
        scale_initial_position=initial_position,
        scale_initial_fill_quantity=legal.optional(
            legal.count, "initial_fill_quantity", initial_fill_quantity
        ),
    )
