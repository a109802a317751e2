"""Constructors for stops that follow the market, and for stops that change when it moves on.

Arguments that several kinds share are explained in `kinds`. All raise `InvalidValue` for an
argument that is not legal.
"""

from __future__ import annotations

from typing import Any

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.enums import AdjustableTrailingUnit, OrderType, TimeInForce
from workstation.model.legal import Quantity
from workstation.model.orders.kinds import plain_order
from workstation.model.orders.order import Order
from workstation.model.record import changed

__all__ = ["AdjustedStopOrder", "TrailingLimitOrder", "TrailingStopOrder"]

_ADJUSTED = (OrderType.STOP, OrderType.STOP_LIMIT, OrderType.TRAILING_STOP)
_ADJUSTABLE = (*_ADJUSTED, OrderType.TRAILING_LIMIT)


def TrailingStopOrder(
    action: str,
    quantity: Quantity,
    *,
    trailing_amount: float | None = None,
    trailing_percent: float | None = None,
    trail_stop_price: float | None = None,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """A stop that follows the market, and stands still when the market turns.

    Args:
        action: a sale follows the market upwards, a buy downwards.
        quantity: in the contract's units.
        trailing_amount: distance to the market, in the contract's currency; or else
        trailing_percent: distance to the market in percent.
        trail_stop_price: where the stop is at first; None is at its distance to the market.
        time_in_force: a word of `TimeInForce`.
    """
    return plain_order(
        OrderType.TRAILING_STOP,
        action,
        quantity,
        time_in_force,
        **_trail(trailing_amount, trailing_percent, trail_stop_price),
    )


def TrailingLimitOrder(
    action: str,
    quantity: Quantity,
    *,
    limit_price_offset: float,
    trail_stop_price: float,
    trailing_amount: float | None = None,
    trailing_percent: float | None = None,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """A trailing stop that becomes a limit order.

    Args:
        action: a sale follows the market upwards, a buy downwards.
        quantity: in the contract's units.
        limit_price_offset: distance of the limit to the stop, in the contract's currency.
        trail_stop_price: where the stop is at first.
        trailing_amount: distance to the market, in the contract's currency; or else
        trailing_percent: distance to the market in percent.
        time_in_force: a word of `TimeInForce`.
    """
    return plain_order(
        OrderType.TRAILING_LIMIT,
        action,
        quantity,
        time_in_force,
        limit_price_offset=legal.finite("limit_price_offset", limit_price_offset),
        **_trail(trailing_amount, trailing_percent, trail_stop_price),
    )


def AdjustedStopOrder(
    order: Order,
    adjusted_order_type: str,
    *,
    trigger_price: float,
    stop_price: float,
    stop_limit_price: float | None = None,
    trailing_amount: float | None = None,
    trailing_unit: int = AdjustableTrailingUnit.AMOUNT,
) -> Order:
    """A stop that becomes another kind of stop once the market comes to `trigger_price`.

    Args:
        order: a stop order; what is given stays as it is.
        adjusted_order_type: STP, STP LMT, TRAIL or TRAIL LIMIT.
        trigger_price: where the market has to come to.
        stop_price: of the new stop.
        stop_limit_price: its limit, of STP LMT and TRAIL LIMIT only.
        trailing_amount: its distance to the market, of TRAIL and TRAIL LIMIT only.
        trailing_unit: in what that is told, a code of `AdjustableTrailingUnit`.
    """
    if order.order_type not in _ADJUSTED:
        raise InvalidValue("order", order.order_type, f"give one of {', '.join(_ADJUSTED)}")
    kind = legal.word("adjusted_order_type", adjusted_order_type, OrderType)
    if kind not in _ADJUSTABLE:
        raise InvalidValue("adjusted_order_type", kind, f"give one of {', '.join(_ADJUSTABLE)}")
    return changed(
        order,
        adjusted_order_type=kind,
        trigger_price=legal.finite("trigger_price", trigger_price),
        adjusted_stop_price=legal.finite("stop_price", stop_price),
        adjusted_stop_limit_price=_goes_with(
            kind, "stop_limit_price", stop_limit_price, "STP LMT", "TRAIL LIMIT"
        ),
        adjusted_trailing_amount=_goes_with(
            kind, "trailing_amount", trailing_amount, "TRAIL", "TRAIL LIMIT"
        ),
        adjustable_trailing_unit=legal.code("trailing_unit", trailing_unit, AdjustableTrailingUnit),
    )


def _goes_with(kind: OrderType, field: str, value: float | None, *kinds: str) -> float | None:
    """A field that some kinds need and all others do not have."""
    if (value is not None) != (kind in kinds):
        raise InvalidValue(field, value, f"{' and '.join(kinds)} need it, no other kind does")
    return legal.optional(legal.finite, field, value)


def _trail(amount: float | None, percent: float | None, start: float | None) -> dict[str, Any]:
    if (amount is None) == (percent is None):
        raise InvalidValue(
            "trailing_amount", amount, "give either it or trailing_percent, and not both"
        )
    return {
        "aux_price": legal.optional(legal.above_zero, "trailing_amount", amount),
        "trailing_percent": legal.optional(_percent, "trailing_percent", percent),
        "trail_stop_price": legal.optional(legal.finite, "trail_stop_price", start),
    }


def _percent(field: str, value: object) -> float:
    return legal.fraction(field, value, 100)
