"""Funds: whether an account can carry an order, and what the order would change."""

from __future__ import annotations

from decimal import Decimal

from workstation.errors import RequestError
from workstation.model import Order, OrderState, OrderStatusName
from workstation.simulator.account import Account, multiplier_of
from workstation.simulator.chains import OptionListing
from workstation.simulator.instruments import Listing
from workstation.simulator.orders.commissions import order_commission

__all__ = ["REJECTED", "check_funds", "what_if"]

REJECTED = 201


def check_funds(account: Account, listing: Listing, order: Order, filled: Decimal) -> None:
    """Refuse an order that needs more margin than the account has.

    Raises:
        RequestError: 201; an order that lessens a position is never refused.
    """
    signed = _signed(order, filled)
    cost = signed * account.price(listing) * multiplier_of(listing)
    before = account.figures()
    after = account.figures((listing, signed, cost))
    if after.available_funds < min(before.available_funds, Decimal(0)):
        text = (
            "Order rejected - reason:YOUR ORDER IS NOT ACCEPTED. IN ORDER TO OBTAIN THE "
            f"DESIRED POSITION YOUR EQUITY WITH LOAN VALUE [{after.equity_with_loan} USD] MUST "
            f"EXCEED THE INITIAL MARGIN [{after.initial_margin} USD]"
        )
        raise RequestError(REJECTED, text)


def what_if(account: Account, listing: Listing, order: Order) -> OrderState:
    """Margin and commission before, of and after an order that is only asked about."""
    signed = _signed(order, Decimal(0))
    limit = order.limit_price
    paid = Decimal(str(limit)) if limit is not None else account.price(listing)
    cost = signed * paid * multiplier_of(listing)
    is_option = isinstance(listing, OptionListing)
    commission = order_commission(abs(signed), abs(cost), is_option=is_option)
    before = account.figures()
    after = account.figures((listing, signed, cost + commission))
    return OrderState(
        status=OrderStatusName.PRE_SUBMITTED,
        initial_margin_before=str(before.initial_margin),
        maintenance_margin_before=str(before.maintenance_margin),
        equity_with_loan_before=str(before.equity_with_loan),
        initial_margin_change=str(after.initial_margin - before.initial_margin),
        maintenance_margin_change=str(after.maintenance_margin - before.maintenance_margin),
        equity_with_loan_change=str(after.equity_with_loan - before.equity_with_loan),
        initial_margin_after=str(after.initial_margin),
        maintenance_margin_after=str(after.maintenance_margin),
        equity_with_loan_after=str(after.equity_with_loan),
        commission=float(commission),
        minimum_commission=float(commission),
        maximum_commission=float(commission),
        commission_currency="USD",
        warning_text="" if after.available_funds >= 0 else "insufficient funds",
    )


def _signed(order: Order, filled: Decimal) -> Decimal:
    """What is still to trade, negative when it sells."""
    quantity = (order.total_quantity or Decimal(0)) - filled
    return quantity if order.action == "BUY" else -quantity
