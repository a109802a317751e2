"""Which orders the simulated Bridge takes.

Owns what is legal, what is modelled and what may change once an order works, with the codes TWS
refuses the rest with. An order field that asks for something is either modelled, or known to mean
nothing to a market of one customer and one venue that trades at any hour, or refused: nothing is
ignored in silence. Pure; leaves money to the account and stages to the order desk.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from workstation.errors import RequestError
from workstation.model import Order, OrderType, PriceIncrement
from workstation.risk.ticks import is_on_grid
from workstation.simulator.matching import ORDER_TYPES, TIMES_IN_FORCE

__all__ = ["NOT_SAME_ORDER", "check_change", "check_order"]

NOT_SAME_ORDER = 105
OFF_THE_GRID = 110
NOT_VALID = 321
UNSUPPORTED_TYPE = 387

_MODELLED = frozenset(
    {
        *("action", "total_quantity", "order_type", "limit_price", "aux_price", "time_in_force"),
        *("all_or_none", "transmit", "account", "what_if", "order_id", "client_id"),
        *("permanent_id", "order_reference", "trigger_method"),
    }
)
_MEANS_NOTHING_HERE = frozenset(
    {
        *("outside_regular_hours", "include_overnight", "oca_type", "origin", "open_close"),
        *("rule_80a", "exempt_code", "short_sale_slot", "designated_location", "solicited"),
        *(
            "settling_firm",
            "clearing_account",
            "clearing_intent",
            "override_percentage_constraints",
        ),
        *("opt_out_smart_routing", "use_price_management_algo", "algo_id", "soft_dollar_tier"),
        *("mifid2_decision_maker", "mifid2_decision_algo", "mifid2_execution_trader"),
        *("mifid2_execution_algo", "ext_operator", "manual_order_time", "manual_order_indicator"),
        *("customer_account", "professional_customer", "shareholder", "submitter"),
        *("advanced_error_override", "filled_quantity", "parent_permanent_id"),
    }
)
_ACCEPTED = _MODELLED | _MEANS_NOTHING_HERE
_DEFAULT = Order()

_TRIGGERS_ON_LAST = (0, 2)
"""Trigger methods: the default, and last trade, which is what the default means for a stock."""


def check_order(order: Order, account: str, increments: Sequence[PriceIncrement]) -> None:
    """Refuse what is not legal, and what is not modelled.

    Args:
        order: the order.
        account: the only account there is.
        increments: the price steps of what is traded.

    Raises:
        RequestError: with the code TWS would send.
    """
    if order.order_type not in ORDER_TYPES:
        text = "Unsupported order type for this exchange and security type."
        raise RequestError(UNSUPPORTED_TYPE, text)
    problem = next(_problems(order, account), None)
    if problem is not None:
        raise RequestError(NOT_VALID, f"Error validating request: {problem}")
    for price in _prices(order):
        if price is None or not math.isfinite(price) or price <= 0:
            raise RequestError(NOT_VALID, f"Error validating request: the price {price}")
        if not is_on_grid(price, increments):
            text = "The price does not conform to the minimum price variation for this contract."
            raise RequestError(OFF_THE_GRID, text)


def check_change(before: Order, after: Order, filled: Decimal) -> None:
    """Refuse a change that would make another order of it.

    Args:
        before: the order as it works.
        after: a legal order.
        filled: how much has filled already.

    Raises:
        RequestError: with the code TWS would send.
    """
    if after.action != before.action:
        text = "Order being modified does not match original order: another side"
        raise RequestError(NOT_SAME_ORDER, text)
    if (after.total_quantity or 0) < filled:
        raise RequestError(NOT_VALID, "Error validating request: less than what has filled")


def _problems(order: Order, account: str) -> Iterator[str]:
    """What is wrong with an order apart from its prices."""
    quantity = order.total_quantity
    if order.time_in_force not in TIMES_IN_FORCE:
        yield f"time in force {order.time_in_force} is not simulated"
    if order.action not in ("BUY", "SELL"):
        yield f"the action {order.action!r}"
    if quantity is None or not quantity.is_finite() or quantity <= 0 or quantity % 1:
        yield "the size must be a whole number above 0"
    if order.account not in ("", account):
        yield f"invalid account code {order.account!r}"
    if not order.transmit:
        yield "orders that are held back (transmit off) are not simulated"
    if order.trigger_method not in _TRIGGERS_ON_LAST:
        yield f"trigger method {order.trigger_method} is not simulated"
    for name in Order.__struct_fields__:
        value = getattr(order, name)
        if name not in _ACCEPTED and value and value != getattr(_DEFAULT, name):
            yield f"{name.replace('_', ' ')} is not simulated"


def _prices(order: Order) -> list[float | None]:
    """The prices that an order's type needs."""
    needed: list[float | None] = []
    if order.order_type in (OrderType.LIMIT, OrderType.STOP_LIMIT):
        needed.append(order.limit_price)
    if order.order_type in (OrderType.STOP, OrderType.STOP_LIMIT):
        needed.append(order.aux_price)
    return needed
