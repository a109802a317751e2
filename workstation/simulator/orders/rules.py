"""Which orders the simulated Bridge takes.

Owns what is legal, what is simulated and what may change once an order works, with the codes TWS
refuses the rest with. An order field that asks for something is either simulated, or known to mean
nothing to a market of one venue, or refused: nothing is ignored in silence. Pure; leaves money to
the account and stages to the order desk.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from workstation.errors import InvalidValue, RequestError
from workstation.model import Order, OrderType, PriceIncrement, TriggerMethod
from workstation.model.moment import moment_from
from workstation.risk.ticks import is_on_grid
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.orders.algos import check_algo
from workstation.simulator.orders.kinds import KINDS

__all__ = ["NOT_SAME_ORDER", "NOT_VALID", "Times", "check_change", "check_order", "times_of"]

NOT_SAME_ORDER = 105
OFF_THE_GRID = 110
NOT_VALID = 321
UNSUPPORTED_TYPE = 387

TIMES_IN_FORCE = frozenset({"", "DAY", "GTC", "GTD", "IOC", "FOK", "OPG", "Minutes"})
"""Times in force that are simulated."""

_SIMULATED = frozenset(
    {
        *("action", "total_quantity", "order_type", "limit_price", "aux_price", "time_in_force"),
        *("all_or_none", "transmit", "account", "what_if", "order_id", "client_id", "parent_id"),
        *("permanent_id", "order_reference", "trigger_method", "oca_group", "oca_type", "hidden"),
        *("display_size", "outside_regular_hours", "good_after_time", "good_till_date", "duration"),
        *("minimum_quantity", "percent_offset", "trail_stop_price", "initial_trail_stop_price"),
        *("trailing_percent", "limit_price_offset", "discretionary_amount", "adjusted_order_type"),
        *("trigger_price", "adjusted_stop_price", "adjusted_stop_limit_price", "algo_strategy"),
        *("adjusted_trailing_amount", "adjustable_trailing_unit", "algo_parameters", "conditions"),
        *("conditions_cancel_order", "conditions_ignore_regular_hours"),
    }
)
_MEANS_NOTHING_HERE = frozenset(
    {
        *("include_overnight", "origin", "open_close", "sweep_to_fill", "not_held"),
        *("rule_80a", "exempt_code", "short_sale_slot", "designated_location", "solicited"),
        *("settling_firm", "clearing_account", "clearing_intent", "algo_id"),
        *("override_percentage_constraints", "opt_out_smart_routing", "soft_dollar_tier"),
        *("use_price_management_algo", "mifid2_decision_maker", "mifid2_decision_algo"),
        *("mifid2_execution_trader", "mifid2_execution_algo", "ext_operator"),
        *("manual_order_time", "manual_order_indicator", "submitter", "shareholder"),
        *("customer_account", "professional_customer", "advanced_error_override"),
        *("filled_quantity", "parent_permanent_id"),
    }
)
_ACCEPTED = _SIMULATED | _MEANS_NOTHING_HERE
_DEFAULT = Order()

_AUCTIONS = frozenset({OrderType.MARKET_ON_CLOSE, OrderType.LIMIT_ON_CLOSE})
_AT_THE_OPENING = frozenset({OrderType.MARKET, OrderType.LIMIT})
_OCA_TYPES = (0, 1, 2, 3)
_NS = 1_000_000_000


class Times(NamedTuple):
    """When an order may work, in nanoseconds since 1970; 0 is not set."""

    begins: int
    expires: int


def check_order(
    order: Order,
    accounts: Collection[str],
    increments: Sequence[PriceIncrement],
    now_ns: int,
    *,
    is_stock: bool,
) -> None:
    """Refuse what is not legal, and what is not simulated.

    Args:
        order: the order.
        accounts: those there are.
        increments: the price steps of what is traded.
        now_ns: the time.
        is_stock: whether it is a stock: only those have auctions.

    Raises:
        RequestError: with the code TWS would send.
    """
    auction = order.order_type in _AUCTIONS or order.time_in_force == "OPG"
    if order.order_type not in KINDS or (auction and not is_stock):
        text = "Unsupported order type for this exchange and security type."
        raise RequestError(UNSUPPORTED_TYPE, text)
    problem = next(_problems(order, accounts), None)
    if problem is not None:
        raise RequestError(NOT_VALID, f"Error validating request: {problem}")
    times = times_of(order, now_ns)
    if times.expires and times.expires <= max(now_ns, times.begins):
        raise RequestError(NOT_VALID, "Error validating request: it would end before it begins")
    check_algo(order, now_ns)
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
    for field, what in (
        ("action", "another side"),
        ("account", "another account"),
        ("oca_group", "another OCA group"),
        ("parent_id", "another parent"),
        ("algo_strategy", "another algorithm"),
    ):
        wanted = getattr(after, field)
        if wanted != getattr(before, field) and (wanted or field != "account"):
            text = f"Order being modified does not match original order: {what}"
            raise RequestError(NOT_SAME_ORDER, text)
    if (after.total_quantity or 0) < filled:
        raise RequestError(NOT_VALID, "Error validating request: less than what has filled")


def times_of(order: Order, now_ns: int) -> Times:
    """When an order may work.

    Raises:
        RequestError: 321, a time can not be read.
    """
    begins, expires = _moment_ns(order.good_after_time), _moment_ns(order.good_till_date)
    if order.time_in_force == "Minutes":
        expires = max(now_ns, begins) + (order.duration or 0) * _NS
    return Times(begins, expires)


def _problems(order: Order, accounts: Collection[str]) -> Iterator[str]:
    """What is wrong with an order apart from its prices."""
    if order.time_in_force not in TIMES_IN_FORCE:
        yield f"time in force {order.time_in_force} is not simulated"
    if order.action not in ("BUY", "SELL"):
        yield f"the action {order.action!r}"
    if order.account and order.account not in accounts:
        yield f"invalid account code {order.account!r}"
    if order.trigger_method not in tuple(TriggerMethod):
        yield f"trigger method {order.trigger_method}"
    if order.oca_type not in _OCA_TYPES:
        yield f"OCA type {order.oca_type}; 1, 2 and 3 are legal"
    yield from _size_problems(order)
    yield from _time_problems(order)
    yield from _trail_problems(order)
    yield from _adjustment_problems(order)
    for name in Order.__struct_fields__:
        value = getattr(order, name)
        if name not in _ACCEPTED and value and value != getattr(_DEFAULT, name):
            yield f"{name.replace('_', ' ')} is not simulated"


def _size_problems(order: Order) -> Iterator[str]:
    quantity = order.total_quantity
    if quantity is None or not quantity.is_finite() or quantity <= 0 or quantity % 1:
        yield "the size must be a whole number above 0"
    elif not 0 <= (order.display_size or 0) <= quantity:
        yield f"display size {order.display_size}; 1 to the whole size is legal"
    elif not 0 <= (order.minimum_quantity or 0) <= quantity:
        yield f"minimum quantity {order.minimum_quantity}; 1 to the whole size is legal"


def _time_problems(order: Order) -> Iterator[str]:
    if (order.time_in_force == "GTD") != bool(order.good_till_date):
        yield "time in force GTD and a good till date go together"
    if (order.time_in_force == "Minutes") != bool(order.duration):
        yield "time in force Minutes and a duration go together"
    if order.time_in_force == "OPG" and order.order_type not in _AT_THE_OPENING:
        yield "time in force OPG is for market and limit orders"


def _trail_problems(order: Order) -> Iterator[str]:
    amount, percent = order.aux_price, order.trailing_percent
    if order.order_type in KINDS and not KINDS[order.order_type].needs_trail:
        return
    if (amount is None) == (percent is None):
        yield "give a trailing amount or a trailing percent, and not both"
    for name, value in (("trailing amount", amount), ("trailing percent", percent)):
        if value is not None and not (math.isfinite(value) and value > 0):
            yield f"{name} {value}; above 0 is legal"
    if order.order_type == OrderType.TRAILING_LIMIT and order.limit_price_offset is None:
        yield "a trailing limit order needs a limit price offset"


def _adjustment_problems(order: Order) -> Iterator[str]:
    if not order.adjusted_order_type:
        return
    if order.order_type not in (OrderType.STOP, OrderType.STOP_LIMIT, OrderType.TRAILING_STOP):
        yield f"an order of type {order.order_type} can not be adjusted"
    if order.adjusted_order_type not in _ADJUSTED_NEEDS:
        yield f"adjusted order type {order.adjusted_order_type!r}"
        return
    for name in ("trigger_price", *_ADJUSTED_NEEDS[order.adjusted_order_type]):
        if getattr(order, name) is None:
            yield f"an adjusted {order.adjusted_order_type} needs {name.replace('_', ' ')}"


_ADJUSTED_NEEDS: Mapping[str, tuple[str, ...]] = {
    OrderType.STOP: ("adjusted_stop_price",),
    OrderType.STOP_LIMIT: ("adjusted_stop_price", "adjusted_stop_limit_price"),
    OrderType.TRAILING_STOP: ("adjusted_stop_price", "adjusted_trailing_amount"),
    OrderType.TRAILING_LIMIT: (
        "adjusted_stop_price",
        "adjusted_trailing_amount",
        "adjusted_stop_limit_price",
    ),
}


def _prices(order: Order) -> list[float | None]:
    """The prices that an order has and its type uses."""
    kind = KINDS[order.order_type]
    needed: list[float | None] = [getattr(order, name) for name in kind.prices]
    if kind.follows and order.limit_price:
        needed.append(order.limit_price)
    needed += [price for price in (order.trail_stop_price,) if price is not None]
    if order.adjusted_order_type:
        needed += [order.trigger_price, order.adjusted_stop_price]
    return needed


def _moment_ns(text: str) -> int:
    if not text:
        return 0
    try:
        return int(moment_from(text, NEW_YORK).timestamp()) * _NS
    except InvalidValue as error:
        raise RequestError(NOT_VALID, f"Error validating request: {error}") from error
