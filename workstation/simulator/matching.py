"""Matching: how much of an order fills against a quote, and at what price.

Owns the rules of the order types that the simulated Bridge trades. The liquidity of a quote is what
it shows: an order takes at most the size at the bid or ask, and the rest waits for the next quote.
Nothing fills through its limit. Pure: it is given an order, what it has triggered and a quote.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from workstation.model import Order, OrderType

__all__ = ["ORDER_TYPES", "TIMES_IN_FORCE", "Market", "Match", "match"]

ORDER_TYPES = frozenset({OrderType.MARKET, OrderType.LIMIT, OrderType.STOP, OrderType.STOP_LIMIT})
"""Order types that are modelled; all others are refused."""

TIMES_IN_FORCE = frozenset({"", "DAY", "GTC", "IOC", "FOK"})
"""Times in force that are modelled."""


class Market(NamedTuple):
    """One side of what an order meets: best prices, their sizes, and the last trade."""

    bid: float | None
    ask: float | None
    bid_size: int
    ask_size: int
    last: float | None


class Match(NamedTuple):
    """What a quote does to an order."""

    quantity: Decimal
    """How much fills; 0 is nothing."""
    price: float
    triggered: bool
    """Whether a stop has been reached, now or earlier."""


def match(order: Order, remaining: Decimal, market: Market, *, triggered: bool) -> Match:
    """What an order gets from a quote.

    Args:
        order: the order.
        remaining: how much is still to fill.
        market: the quote.
        triggered: whether its stop was reached before.
    """
    buys = order.action == "BUY"
    triggered = triggered or _reached(order, market, buys=buys)
    price, size = (market.ask, market.ask_size) if buys else (market.bid, market.bid_size)
    nothing = Match(Decimal(0), 0.0, triggered)
    if not triggered or price is None or size <= 0 or not _within_limit(order, price, buys=buys):
        return nothing
    quantity = min(remaining, Decimal(size))
    if order.time_in_force == "FOK" and quantity < remaining:
        return nothing
    if order.all_or_none and quantity < remaining:
        return nothing
    return Match(quantity, price, triggered)


def _reached(order: Order, market: Market, *, buys: bool) -> bool:
    if order.order_type not in (OrderType.STOP, OrderType.STOP_LIMIT):
        return True
    stop, last = order.aux_price, market.last
    if stop is None or last is None:
        return False
    return last >= stop if buys else last <= stop


def _within_limit(order: Order, price: float, *, buys: bool) -> bool:
    if order.order_type not in (OrderType.LIMIT, OrderType.STOP_LIMIT):
        return True
    limit = order.limit_price
    if limit is None:
        return False
    return price <= limit if buys else price >= limit
