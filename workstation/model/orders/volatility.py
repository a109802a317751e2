"""Constructors for orders priced by a volatility, and the hedge of their delta.

Arguments that several kinds share are explained in `kinds`. All raise `InvalidValue` for an
argument that is not legal.
"""

from __future__ import annotations

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.enums import OrderType, ReferencePriceType, TimeInForce, VolatilityType
from workstation.model.legal import Quantity
from workstation.model.orders.kinds import plain_order
from workstation.model.orders.order import Order
from workstation.model.record import changed

__all__ = ["DeltaNeutralOrder", "VolatilityOrder"]


def VolatilityOrder(
    action: str,
    quantity: Quantity,
    volatility: float,
    volatility_type: int = VolatilityType.ANNUAL,
    *,
    continuous_update: bool = False,
    reference_price_type: int | None = None,
    stock_range_lower: float | None = None,
    stock_range_upper: float | None = None,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """A limit order for an option whose limit is computed from a volatility.

    Args:
        action: BUY or SELL.
        quantity: in the contract's units.
        volatility: in percent.
        volatility_type: a code of `VolatilityType`.
        continuous_update: whether the limit follows the underlying's price.
        reference_price_type: which of its prices, a code of `ReferencePriceType`.
        stock_range_lower: the order is cancelled when the underlying is below.
        stock_range_upper: the order is cancelled when the underlying is above.
        time_in_force: a word of `TimeInForce`.
    """
    lower = legal.optional(legal.finite, "stock_range_lower", stock_range_lower)
    upper = legal.optional(legal.finite, "stock_range_upper", stock_range_upper)
    if lower is not None and upper is not None and not lower < upper:
        raise InvalidValue("stock_range_lower", lower, f"give one below the upper end, {upper}")
    if reference_price_type is not None:
        legal.code("reference_price_type", reference_price_type, ReferencePriceType)
    return plain_order(
        OrderType.VOLATILITY,
        action,
        quantity,
        time_in_force,
        volatility=legal.above_zero("volatility", volatility),
        volatility_type=legal.code("volatility_type", volatility_type, VolatilityType),
        continuous_update=continuous_update,
        reference_price_type=reference_price_type,
        stock_range_lower=lower,
        stock_range_upper=upper,
    )


def DeltaNeutralOrder(
    order: Order,
    hedge_order_type: str = OrderType.MARKET,
    *,
    hedge_price: float | None = None,
    hedge_contract_id: int = 0,
) -> Order:
    """A volatility order whose fills are hedged with the underlying.

    Args:
        order: a volatility order; what is given stays as it is.
        hedge_order_type: how the underlying is traded, such as MKT or LMT.
        hedge_price: its price; orders at the market have none.
        hedge_contract_id: what is traded; 0 is the underlying.
    """
    if order.order_type != OrderType.VOLATILITY:
        raise InvalidValue("order", order.order_type, "give a VolatilityOrder")
    kind = legal.word("hedge_order_type", hedge_order_type, OrderType)
    if (hedge_price is None) != (kind == OrderType.MARKET):
        raise InvalidValue("hedge_price", hedge_price, "MKT has none, all other kinds have one")
    return changed(
        order,
        delta_neutral_order_type=kind,
        delta_neutral_aux_price=legal.optional(legal.finite, "hedge_price", hedge_price),
        delta_neutral_contract_id=legal.count("hedge_contract_id", hedge_contract_id, 0),
    )
