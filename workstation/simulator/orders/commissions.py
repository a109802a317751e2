"""Commissions: IBKR's fixed prices.

Stocks cost 0.005 a share, at least 1.00 and at most 1 % of the order's value; options 0.65 a
contract, at least 1.00 an order. What an order costs is reckoned over all it has filled, and each
fill bears what it adds, so that the minimum is paid once.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

__all__ = ["order_commission"]

_CENT = Decimal("0.01")
_STOCK = Decimal("0.005")
_OPTION = Decimal("0.65")
_MINIMUM = Decimal(1)
_MOST = Decimal("0.01")


def order_commission(quantity: Decimal, value: Decimal, *, is_option: bool) -> Decimal:
    """What an order has cost once it has filled so much.

    Args:
        quantity: shares or contracts filled, in all.
        value: what was paid or got for them, in dollars.
        is_option: whether they are options.
    """
    if not quantity:
        return Decimal(0)
    if is_option:
        return max(_OPTION * quantity, _MINIMUM).quantize(_CENT, ROUND_HALF_UP)
    cost = min(max(_STOCK * quantity, _MINIMUM), _MOST * value)
    return max(cost, _CENT).quantize(_CENT, ROUND_HALF_UP)
