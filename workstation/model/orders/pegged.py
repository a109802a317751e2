"""Constructors for orders whose price follows another: the market, a midpoint, a stock.

Arguments that several kinds share are explained in `kinds`. All raise `InvalidValue` for an
argument that is not legal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.enums import OrderType, TimeInForce
from workstation.model.legal import Quantity
from workstation.model.orders.kinds import plain_order
from workstation.model.orders.order import Order

__all__ = [
    "PeggedToBenchmarkOrder",
    "PeggedToBestOrder",
    "PeggedToMarketOrder",
    "PeggedToMidpointOrder",
    "PeggedToStockOrder",
    "RelativeOrder",
]

_FIELDS = {"offset": "aux_price"}
"""Fields of an order that an argument is better named for otherwise."""


def RelativeOrder(
    action: str,
    quantity: Quantity,
    *,
    offset: float | None = None,
    percent_offset: float | None = None,
    limit_price: float | None = None,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Bid more than the best bid, or offer below the best ask, and follow it (pegged to primary).

    Args:
        action: BUY or SELL.
        quantity: in the contract's units.
        offset: how much better, in the contract's currency; or else
        percent_offset: how much better, as a fraction (0.01 is one percent).
        limit_price: never worse than this; None is without limit.
        time_in_force: a word of `TimeInForce`.
    """
    if (offset is None) == (percent_offset is None):
        raise InvalidValue("offset", offset, "give either it or percent_offset, and not both")
    return plain_order(
        OrderType.RELATIVE,
        action,
        quantity,
        time_in_force,
        **_given(
            legal.finite,
            offset=offset,
            percent_offset=percent_offset,
            limit_price=limit_price,
        ),
    )


def PeggedToMarketOrder(
    action: str,
    quantity: Quantity,
    offset: float,
    *,
    limit_price: float | None = None,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Follow the best price of the other side, at a distance.

    Args:
        action: BUY or SELL.
        quantity: in the contract's units.
        offset: how far from it, away from trading, in the contract's currency.
        limit_price: never worse than this; None is without limit.
        time_in_force: a word of `TimeInForce`.
    """
    return plain_order(
        OrderType.PEGGED_TO_MARKET,
        action,
        quantity,
        time_in_force,
        **_given(legal.finite, offset=offset, limit_price=limit_price),
    )


def PeggedToMidpointOrder(
    action: str,
    quantity: Quantity,
    limit_price: float | None = None,
    *,
    offset: float | None = None,
    minimum_trade_quantity: int | None = None,
    mid_offset_at_whole: float | None = None,
    mid_offset_at_half: float | None = None,
    not_held: bool = False,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Follow the midpoint of bid and ask.

    Args:
        action: BUY or SELL.
        quantity: in the contract's units.
        limit_price: never worse than this; None is without limit.
        offset: how far from the midpoint; all but IBKRATS.
        minimum_trade_quantity: least size of one trade; this and what follows: IBKRATS only.
        mid_offset_at_whole: distance to a midpoint of whole ticks, in the contract's currency.
        mid_offset_at_half: distance to a midpoint of half ticks.
        not_held: leave price and time to the broker, which IBKRATS asks for.
        time_in_force: a word of `TimeInForce`.
    """
    return plain_order(
        OrderType.PEGGED_TO_MIDPOINT,
        action,
        quantity,
        time_in_force,
        not_held=not_held,
        **_given(
            legal.finite,
            limit_price=limit_price,
            offset=offset,
            mid_offset_at_whole=mid_offset_at_whole,
            mid_offset_at_half=mid_offset_at_half,
        ),
        **_given(legal.count, minimum_trade_quantity=minimum_trade_quantity),
    )


def PeggedToBestOrder(
    action: str,
    quantity: Quantity,
    limit_price: float | None = None,
    *,
    compete_against_best_offset: float,
    minimum_trade_quantity: int | None = None,
    minimum_compete_size: int | None = None,
    mid_offset_at_whole: float | None = None,
    mid_offset_at_half: float | None = None,
    not_held: bool = False,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Better the best price of the own side; on IBKRATS only.

    Args:
        action: BUY or SELL.
        quantity: in the contract's units.
        limit_price: never worse than this; None is without limit.
        compete_against_best_offset: by how much, in the contract's currency; infinity is up to
            the midpoint, and only then the two offsets to it count.
        minimum_trade_quantity: least size of one trade.
        minimum_compete_size: least size to compete with.
        mid_offset_at_whole: distance to a midpoint of whole ticks, in the contract's currency.
        mid_offset_at_half: distance to a midpoint of half ticks.
        not_held: leave price and time to the broker, which IBKRATS asks for.
        time_in_force: a word of `TimeInForce`.
    """
    if not compete_against_best_offset > 0:
        raise InvalidValue(
            "compete_against_best_offset", compete_against_best_offset, "give a number above zero"
        )
    return plain_order(
        OrderType.PEGGED_TO_BEST,
        action,
        quantity,
        time_in_force,
        not_held=not_held,
        compete_against_best_offset=compete_against_best_offset,
        **_given(
            legal.finite,
            limit_price=limit_price,
            mid_offset_at_whole=mid_offset_at_whole,
            mid_offset_at_half=mid_offset_at_half,
        ),
        **_given(
            legal.count,
            minimum_trade_quantity=minimum_trade_quantity,
            minimum_compete_size=minimum_compete_size,
        ),
    )


def PeggedToStockOrder(
    action: str,
    quantity: Quantity,
    *,
    delta: float,
    starting_price: float | None = None,
    stock_reference_price: float | None = None,
    stock_range_lower: float | None = None,
    stock_range_upper: float | None = None,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """An option's price that moves with its stock.

    Args:
        action: BUY or SELL.
        quantity: in the contract's units.
        delta: how much the price moves with the stock's, in percent and without a sign.
        starting_price: of the option, at the stock's reference price.
        stock_reference_price: None is the stock's midpoint when the order comes.
        stock_range_lower: the order is cancelled when the stock is below.
        stock_range_upper: the order is cancelled when the stock is above.
        time_in_force: a word of `TimeInForce`.
    """
    _in_order(stock_range_lower, stock_range_upper)
    return plain_order(
        OrderType.PEGGED_TO_STOCK,
        action,
        quantity,
        time_in_force,
        delta=legal.fraction("delta", delta, 100),
        **_given(
            legal.finite,
            starting_price=starting_price,
            stock_reference_price=stock_reference_price,
            stock_range_lower=stock_range_lower,
            stock_range_upper=stock_range_upper,
        ),
    )


def PeggedToBenchmarkOrder(
    action: str,
    quantity: Quantity,
    starting_price: float,
    *,
    reference_contract_id: int,
    reference_exchange: str,
    pegged_change_amount: float,
    reference_change_amount: float,
    is_pegged_change_amount_decrease: bool = False,
    stock_reference_price: float | None = None,
    stock_range_lower: float | None = None,
    stock_range_upper: float | None = None,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """A price that moves with that of another contract.

    Args:
        action: BUY or SELL.
        quantity: in the contract's units.
        starting_price: at the reference price, in the contract's currency.
        reference_contract_id: the other contract.
        reference_exchange: where its price is taken from.
        pegged_change_amount: the price changes by this
        reference_change_amount: whenever the other's changes by this.
        is_pegged_change_amount_decrease: whether it falls when the other's rises.
        stock_reference_price: the other's price at the start; None is as it is then.
        stock_range_lower: the order is cancelled when the other's price is below.
        stock_range_upper: the order is cancelled when the other's price is above.
        time_in_force: a word of `TimeInForce`.
    """
    _in_order(stock_range_lower, stock_range_upper)
    return plain_order(
        OrderType.PEGGED_TO_BENCHMARK,
        action,
        quantity,
        time_in_force,
        starting_price=legal.finite("starting_price", starting_price),
        reference_contract_id=legal.count("reference_contract_id", reference_contract_id),
        reference_exchange=legal.text("reference_exchange", reference_exchange, "give one"),
        pegged_change_amount=legal.above_zero("pegged_change_amount", pegged_change_amount),
        reference_change_amount=legal.above_zero(
            "reference_change_amount", reference_change_amount
        ),
        is_pegged_change_amount_decrease=is_pegged_change_amount_decrease,
        **_given(
            legal.finite,
            stock_reference_price=stock_reference_price,
            stock_range_lower=stock_range_lower,
            stock_range_upper=stock_range_upper,
        ),
    )


def _given(check: Callable[[str, Any], Any], **fields: Any) -> dict[str, Any]:
    """Those of the fields that were given, checked under the names they were given by."""
    return {
        _FIELDS.get(name, name): check(name, value)
        for name, value in fields.items()
        if value is not None
    }


def _in_order(lower: float | None, upper: float | None) -> None:
    if lower is not None and upper is not None and not lower < upper:
        raise InvalidValue("stock_range_lower", lower, f"give one below the upper end, {upper}")
