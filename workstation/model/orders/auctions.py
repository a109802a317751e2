"""Constructors for orders of auctions, of the open and the close, and for large blocks.

Arguments that several kinds share are explained in `kinds`. All raise `InvalidValue` for an
argument that is not legal.
"""

from __future__ import annotations

from workstation.model import legal
from workstation.model.enums import AuctionStrategy, OrderType, TimeInForce
from workstation.model.legal import Quantity
from workstation.model.orders.kinds import LimitOrder, plain_order
from workstation.model.orders.order import Order
from workstation.model.record import changed

__all__ = [
    "AuctionLimitOrder",
    "AuctionOrder",
    "AuctionRelativeOrder",
    "BlockOrder",
    "BoxTopOrder",
    "LimitOnCloseOrder",
    "LimitOnOpenOrder",
    "MarketOnCloseOrder",
    "MarketOnOpenOrder",
    "SweepToFillOrder",
]


def MarketOnOpenOrder(action: str, quantity: Quantity) -> Order:
    """Trade at the price of the opening auction."""
    return plain_order(OrderType.MARKET, action, quantity, TimeInForce.AT_THE_OPENING)


def LimitOnOpenOrder(action: str, quantity: Quantity, limit_price: float) -> Order:
    """Trade in the opening auction at `limit_price` or better."""
    return LimitOrder(action, quantity, limit_price, time_in_force=TimeInForce.AT_THE_OPENING)


def MarketOnCloseOrder(action: str, quantity: Quantity) -> Order:
    """Trade at the price of the closing auction, or as near to it as can be."""
    return plain_order(OrderType.MARKET_ON_CLOSE, action, quantity, TimeInForce.DAY)


def LimitOnCloseOrder(action: str, quantity: Quantity, limit_price: float) -> Order:
    """Trade in the closing auction at `limit_price` or better; else it is cancelled."""
    return plain_order(
        OrderType.LIMIT_ON_CLOSE,
        action,
        quantity,
        TimeInForce.DAY,
        limit_price=legal.finite("limit_price", limit_price),
    )


def AuctionOrder(action: str, quantity: Quantity, limit_price: float) -> Order:
    """Trade at the calculated opening price before the market opens.

    What is left after the opening works as a limit order at that price.
    """
    return plain_order(
        OrderType.MARKET_TO_LIMIT,
        action,
        quantity,
        TimeInForce.AUCTION,
        limit_price=legal.finite("limit_price", limit_price),
    )


def AuctionLimitOrder(
    action: str,
    quantity: Quantity,
    limit_price: float,
    auction_strategy: int,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """An order for options on the exchange BOX that may be improved in its auction.

    Args:
        action: BUY or SELL.
        quantity: in the contract's units.
        limit_price: in the contract's currency.
        auction_strategy: a code of `AuctionStrategy`.
        time_in_force: a word of `TimeInForce`.
    """
    return changed(
        LimitOrder(action, quantity, limit_price, time_in_force=time_in_force),
        auction_strategy=legal.code("auction_strategy", auction_strategy, AuctionStrategy),
    )


def AuctionRelativeOrder(
    action: str, quantity: Quantity, offset: float, *, time_in_force: str = TimeInForce.DAY
) -> Order:
    """An order for options on the exchange BOX at an offset to the best price of its side."""
    return plain_order(
        OrderType.RELATIVE,
        action,
        quantity,
        time_in_force,
        aux_price=legal.finite("offset", offset),
    )


def BoxTopOrder(action: str, quantity: Quantity, *, time_in_force: str = TimeInForce.DAY) -> Order:
    """An order for options on the exchange BOX that trades at its best price.

    What is left works as a limit order at that price.
    """
    return plain_order(OrderType.BOX_TOP, action, quantity, time_in_force)


def BlockOrder(
    action: str,
    quantity: Quantity,
    limit_price: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """A large order for options, 50 contracts or more, on the exchange ISE."""
    legal.count("quantity", int(legal.size("quantity", quantity)), 50)
    return changed(
        LimitOrder(action, quantity, limit_price, time_in_force=time_in_force), block_order=True
    )


def SweepToFillOrder(
    action: str,
    quantity: Quantity,
    limit_price: float,
    *,
    time_in_force: str = TimeInForce.DAY,
) -> Order:
    """Take the best price at every exchange at once, as far as `limit_price` allows."""
    return changed(
        LimitOrder(action, quantity, limit_price, time_in_force=time_in_force), sweep_to_fill=True
    )
