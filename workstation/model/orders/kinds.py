"""Constructors for orders that work by the market, by a limit, or once a price is touched.

Owns which fields each kind needs and what is legal in them. Each returns a plain `Order` with what
is its own; what every order may have besides (account, reference, outside regular hours) is added
with `changed`. Leaves trailing, auction, pegged and worked orders to their own modules, and the
tick grid to the order guard.

Arguments mean the same in all of them:

- action: BUY or SELL, or SSHORT.
- quantity: in the contract's units; an int, a Decimal or text, never a float.
- prices: in the contract's currency.
- time_in_force: a word of `TimeInForce`; GTD wants `good_till_date` besides.

All raise `InvalidValue` for an argument that is not legal.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from workstation.model import legal
from workstation.model.enums import Action, OrderType, TimeInForce
from workstation.model.legal import Quantity
from workstation.model.orders.order import Order
from workstation.model.record import changed

__all__ = [
    "CashOrder",
    "DiscretionaryOrder",
    "LimitIfTouchedOrder",
    "LimitOrder",
    "MarketIfTouchedOrder",
    "MarketOrder",
    "MarketToLimitOrder",
    "MarketWithProtectionOrder",
    "MidpriceOrder",
    "Quantity",
    "StopLimitOrder",
    "StopOrder",
    "StopWithProtectionOrder",
]


def plain_order(
    order_type: OrderType, action: str, quantity: Quantity, time_in_force: str, **fields: Any
) -> Order:
    """What every kind is made from: type, side, size and time in force, each checked."""
    base = Order(
        action=legal.word("action", action, Action),
        total_quantity=legal.size("quantity", quantity),
        order_type=order_type,
        time_in_force=legal.word("time_in_force", time_in_force, TimeInForce),
    )
    return changed(base, **fields) if fields else base


def MarketOrder(action: str, quantity: Quantity, *, time_in_force: str = TimeInForce.DAY) -> Order:
    """Trade at once at the best prices there are."""
    return plain_order(OrderType.MARKET, action, quantity, time_in_force)


def LimitOrder(
    action: str,
    quantity: Quantity,
    limit_price: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Trade at `limit_price` or better."""
    return plain_order(
        OrderType.LIMIT,
        action,
        quantity,
        time_in_force,
        limit_price=legal.finite("limit_price", limit_price),
    )


def StopOrder(
    action: str,
    quantity: Quantity,
    stop_price: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Become a market order once the market trades through `stop_price`."""
    return plain_order(
        OrderType.STOP,
        action,
        quantity,
        time_in_force,
        aux_price=legal.finite("stop_price", stop_price),
    )


def StopLimitOrder(
    action: str,
    quantity: Quantity,
    limit_price: float,
    stop_price: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Become a limit order at `limit_price` once the market trades through `stop_price`."""
    return plain_order(
        OrderType.STOP_LIMIT,
        action,
        quantity,
        time_in_force,
        limit_price=legal.finite("limit_price", limit_price),
        aux_price=legal.finite("stop_price", stop_price),
    )


def StopWithProtectionOrder(
    action: str,
    quantity: Quantity,
    stop_price: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """A stop whose market order does not trade far from the stop; for futures of the CME group."""
    return plain_order(
        OrderType.STOP_WITH_PROTECTION,
        action,
        quantity,
        time_in_force,
        aux_price=legal.finite("stop_price", stop_price),
    )


def MarketIfTouchedOrder(
    action: str,
    quantity: Quantity,
    trigger_price: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Become a market order once the market comes to `trigger_price`.

    The mirror of a stop: a buy triggers below the market, a sale above it.
    """
    return plain_order(
        OrderType.MARKET_IF_TOUCHED,
        action,
        quantity,
        time_in_force,
        aux_price=legal.finite("trigger_price", trigger_price),
    )


def LimitIfTouchedOrder(
    action: str,
    quantity: Quantity,
    limit_price: float,
    trigger_price: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Become a limit order at `limit_price` once the market comes to `trigger_price`."""
    return plain_order(
        OrderType.LIMIT_IF_TOUCHED,
        action,
        quantity,
        time_in_force,
        limit_price=legal.finite("limit_price", limit_price),
        aux_price=legal.finite("trigger_price", trigger_price),
    )


def MarketToLimitOrder(
    action: str, quantity: Quantity, *, time_in_force: str = TimeInForce.DAY
) -> Order:
    """Trade at the best price; what is left works as a limit order at that price."""
    return plain_order(OrderType.MARKET_TO_LIMIT, action, quantity, time_in_force)


def MarketWithProtectionOrder(
    action: str, quantity: Quantity, *, time_in_force: str = TimeInForce.DAY
) -> Order:
    """A market order that does not trade far from the market; for futures of the CME group."""
    return plain_order(OrderType.MARKET_WITH_PROTECTION, action, quantity, time_in_force)


def MidpriceOrder(
    action: str,
    quantity: Quantity,
    limit_price: float | None = None,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Trade at the midpoint or better; `limit_price` is the worst price, None is without."""
    price = legal.optional(legal.finite, "limit_price", limit_price)
    return plain_order(OrderType.MIDPRICE, action, quantity, time_in_force, limit_price=price)


def DiscretionaryOrder(
    action: str,
    quantity: Quantity,
    limit_price: float,
    discretionary_amount: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Show `limit_price`, and trade up to `discretionary_amount` worse than it."""
    return changed(
        LimitOrder(action, quantity, limit_price, time_in_force=time_in_force),
        discretionary_amount=legal.above_zero("discretionary_amount", discretionary_amount),
    )


def CashOrder(
    action: str,
    cash_quantity: float,
    limit_price: float | None = None,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Trade for an amount of money: currencies and cryptocurrencies, at the market or a limit.

    Args:
        action: BUY or SELL.
        cash_quantity: in the contract's currency.
        limit_price: None is at the market.
        time_in_force: cryptocurrencies bought at the market want IOC.
    """
    kind = OrderType.MARKET if limit_price is None else OrderType.LIMIT
    price = legal.optional(legal.finite, "limit_price", limit_price)
    return Order(
        action=legal.word("action", action, Action),
        total_quantity=Decimal(0),
        order_type=kind,
        time_in_force=legal.word("time_in_force", time_in_force, TimeInForce),
        limit_price=price,
        cash_quantity=legal.above_zero("cash_quantity", cash_quantity),
    )
