"""Rules: what an order may not be, one function a rule, in the order they are applied.

Owns the table of rules. Each looks at a proposal and the limits, and answers with a refusal or
with None. First stands what holds for everybody, then the precautions that a person may let pass.
The rate of orders is no property of one order; `guard` counts it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import Decimal

from msgspec.structs import astuple

from workstation.errors import OrderRefused
from workstation.model import Action, Order
from workstation.risk.limits import OVERRIDABLE, Limit, OrderLimits
from workstation.risk.proposal import Proposal
from workstation.risk.ticks import is_on_grid, nearest_legal, tick_at
from workstation.state.quotes import MAY_TRADE_BELOW_ZERO
from workstation.state.session import ConnectionStage, TradingMode

__all__ = ["LEAVE_TO_ACT", "PRECAUTIONS", "RULES", "Rule", "refusal"]

Rule = Callable[[Proposal, OrderLimits], OrderRefused | None]

_ROUNDING = 1 + 1e-9
"""Distances are reckoned in floats: exactly at a limit must not be past it."""

_TRADABLE = frozenset({TradingMode.SIMULATED, TradingMode.PAPER})

_PRICE_WORDS = {
    "limit_price": "limit price",
    "aux_price": "stop price",
    "trail_stop_price": "trailing stop price",
    "starting_price": "starting price",
    "trailing_percent": "trailing percent",
    "discretionary_amount": "discretionary amount",
}

_ACCOUNT_FIELDS = ("account", "clearing_account", "delta_neutral_clearing_account")

_MAY_BE_INFINITE = frozenset({"compete_against_best_offset"})
"""Fields in which infinity is a word of its own: up to the midpoint."""


def refusal(limit: Limit, value: str, allowed: str) -> OrderRefused:
    """A refusal under a limit's name."""
    return OrderRefused(limit, value, allowed, overridable=limit in OVERRIDABLE)


def account_mode(proposal: Proposal, _limits: OrderLimits) -> OrderRefused | None:
    """Orders go to simulated and paper accounts only, and not before it is known what they are."""
    session = proposal.session
    if session.mode not in _TRADABLE:
        named = ", ".join(session.accounts) or "accounts not named yet"
        told = f"{session.mode} ({named})"
        return refusal(Limit.ACCOUNT_MODE, told, "simulated or paper accounts")
    for name in _ACCOUNT_FIELDS:
        account = getattr(proposal.order, name)
        if account and account not in session.accounts:
            managed = ", ".join(session.accounts)
            told = f"{name.replace('_', ' ')} {account}"
            return refusal(Limit.ACCOUNT_MODE, told, f"managed accounts: {managed}")
    return None


def read_only_bridge(proposal: Proposal, _limits: OrderLimits) -> OrderRefused | None:
    """A Bridge whose API is read-only takes no orders."""
    if not proposal.session.read_only_bridge:
        return None
    return refusal(Limit.READ_ONLY_BRIDGE, "the Bridge's API is read-only", "a Bridge that trades")


def connection(proposal: Proposal, _limits: OrderLimits) -> OrderRefused | None:
    """No order leaves while the way to the market is broken."""
    stage = proposal.session.stage
    if stage is ConnectionStage.CONNECTED:
        return None
    return refusal(Limit.CONNECTION, stage, ConnectionStage.CONNECTED)


def action(proposal: Proposal, _limits: OrderLimits) -> OrderRefused | None:
    """An order buys or sells."""
    if proposal.order.action in frozenset(Action):
        return None
    return refusal(Limit.ACTION, repr(proposal.order.action), ", ".join(Action))


_SMALLEST, _LARGEST = Decimal("1e-12"), Decimal("1e12")
"""Numbers beyond these are slips or attacks; spelled out they would be of any length."""

_HIGHEST = float(_LARGEST)
"""The same for prices."""

_LONGEST_NUMBER = 40


def quantity(proposal: Proposal, _limits: OrderLimits) -> OrderRefused | None:
    """An order has a size: a quantity, or money where it is sized by money."""
    size, cash = proposal.order.total_quantity, proposal.order.cash_quantity
    if cash is not None and not (_is_number(cash) and cash >= 0):
        return refusal(Limit.QUANTITY, f"cash quantity {_shown(cash)}", "a positive number")
    if proposal.is_sized_by_money:
        return None
    if isinstance(size, int):
        size = Decimal(size)
    if isinstance(size, Decimal) and size.is_finite() and _SMALLEST <= size <= _LARGEST:
        return None
    return refusal(Limit.QUANTITY, _shown(size), "a positive number")


def price(proposal: Proposal, _limits: OrderLimits) -> OrderRefused | None:
    """Every price is a number, and those that the type of order needs are there."""
    order = proposal.order
    for name, word in _PRICE_WORDS.items():
        value = getattr(order, name)
        if value is not None and not _is_number(value):
            return refusal(Limit.PRICE, f"{word} {_shown(value)}", "a finite number")
    for name, value in _floats(order):
        if not math.isfinite(value) and name not in _MAY_BE_INFINITE:
            told = f"{name.replace('_', ' ')} {value}"
            return refusal(Limit.PRICE, told, "a finite number")
    for name in proposal.required_prices:
        if getattr(order, name) is None:
            told = f"{order.order_type} without a {_PRICE_WORDS[name]}"
            return refusal(Limit.PRICE, told, f"a {_PRICE_WORDS[name]}")
    if proposal.security_type not in MAY_TRADE_BELOW_ZERO:
        for name, value in proposal.prices.items():
            if value <= 0:
                told = f"{_PRICE_WORDS[name]} {_plain(value)}"
                return refusal(Limit.PRICE, told, "a price above zero")
    return None


def tick_grid(proposal: Proposal, _limits: OrderLimits) -> OrderRefused | None:
    """Prices are on the grid of the contract's market rule, as far as the grid is known."""
    if not proposal.increments:
        return None
    for name, value in proposal.prices.items():
        if not is_on_grid(value, proposal.increments):
            nearest = nearest_legal(value, proposal.increments)
            told = f"{_PRICE_WORDS[name]} {_plain(value)}"
            return refusal(Limit.TICK_GRID, told, " or ".join(map(_plain, nearest)))
    return None


def order_quantity(proposal: Proposal, limits: OrderLimits) -> OrderRefused | None:
    """Not too many shares or contracts at once."""
    most, size = limits.max_order_quantity, proposal.units
    if most is None or size <= most:
        return None
    return refusal(Limit.ORDER_QUANTITY, f"{size:,f}", f"at most {most:,f}")


def fresh_quote(proposal: Proposal, limits: OrderLimits) -> OrderRefused | None:
    """The market must be seen by what can be measured against nothing else.

    An order that leaves its price to the market needs one that is so now; to say what a price is
    off, or what a sale is worth, the market as last seen will do. A quote is old from the moment
    the feed broke until its next tick, also where the Bridge says that its data were maintained
    (1102): a price that changed meanwhile looks the same as one that did not.
    """
    is_weighed = limits.max_order_value is not None and not proposal.is_bounded
    is_placed = limits.max_percent_off_market is not None and bool(proposal.prices)
    market = proposal.market
    if market is None:
        if not (is_weighed or is_placed):
            return None
        told = "there is no price"
    elif is_weighed and proposal.own_price is None and market.flaw:
        told = f"the last price is {market.flaw}, {_plain(market.high)}"
    else:
        return None
    allowed = "a live price, or a limit" if proposal.own_price is None else "a price to compare"
    return refusal(Limit.FRESH_QUOTE, f"{proposal.instrument}: {told}", allowed)


def order_value(proposal: Proposal, limits: OrderLimits) -> OrderRefused | None:
    """Not too much money at once."""
    most = limits.max_order_value
    if most is None:
        return None
    allowed = f"at most {most:,.2f} {proposal.contract.currency}".rstrip()
    if proposal.multiplier is None and not proposal.is_sized_by_money:
        return refusal(Limit.ORDER_VALUE, "unknown: the contract has no multiplier", allowed)
    # Where the price is not known either, `fresh_quote` has refused.
    worth = proposal.worth
    if worth is None or worth <= most:
        return None
    told = f"{worth:,.2f} {proposal.contract.currency}".rstrip()
    return refusal(Limit.ORDER_VALUE, told, allowed)


def off_market(proposal: Proposal, limits: OrderLimits) -> OrderRefused | None:
    """Prices lie near the market, to either side of it: nothing was mistyped.

    Between bid and ask nothing is off. A step of the grid is never too far, however many percent of
    a cheap option it is.
    """
    percent, market = limits.max_percent_off_market, proposal.market
    if percent is None or market is None:
        return None
    for name, value in proposal.farthest_prices.items():
        side, nearest = ("above", market.high) if value > market.high else ("below", market.low)
        distance = abs(value - nearest)
        if market.low <= value <= market.high or distance <= _tolerance(proposal, nearest, percent):
            continue
        far = 100 * distance / abs(nearest) if nearest else math.inf
        seen = "" if market.is_fresh else " as last seen"
        told = f"{_PRICE_WORDS[name]} {_plain(value)} is {far:.1f} % {side} {_plain(nearest)}{seen}"
        return refusal(Limit.OFF_MARKET, told, f"at most {percent:g} %")
    return None


PRECAUTIONS: tuple[Rule, ...] = (order_quantity, fresh_quote, order_value, off_market)
"""Guards against orders nobody meant. A what-if trades nothing and passes them."""

LEAVE_TO_ACT: tuple[Rule, ...] = (account_mode, read_only_bridge, connection)
"""Rules that look at the session alone: they hold for whatever acts on an account."""

RULES: tuple[Rule, ...] = (
    *LEAVE_TO_ACT,
    action,
    quantity,
    price,
    tick_grid,
    *PRECAUTIONS,
)
"""All rules; a later one may rely on what the earlier ones let through."""


def _tolerance(proposal: Proposal, nearest: float, percent: float) -> float:
    """How far from the market a price may lie: the percentage, and one step in any case."""
    allowed = abs(nearest) * percent / 100
    if proposal.increments:
        allowed = max(allowed, float(tick_at(nearest, proposal.increments)))
    return allowed * _ROUNDING


def _is_number(value: object) -> bool:
    """Whether it is a number that may stand on a wire; NaN compares with nothing."""
    return isinstance(value, float | int) and -_HIGHEST <= value <= _HIGHEST


def _shown(value: object) -> str:
    """A value that is none, in few words."""
    text = str(Decimal(value)) if isinstance(value, int) else str(value)
    return text if len(text) <= _LONGEST_NUMBER else f"{text[:_LONGEST_NUMBER]}…"


def _floats(order: Order) -> Iterator[tuple[str, float]]:
    for name, value in zip(order.__struct_fields__, astuple(order), strict=True):
        if isinstance(value, float):
            yield name, value
    for leg_price in order.leg_prices:
        if leg_price is not None:
            yield "leg_prices", leg_price


def _plain(value: float) -> str:
    """All digits of a number, without an exponent: 190.055, 1,000,000."""
    text = f"{Decimal(repr(float(value))):,f}"
    return text.removesuffix(".0")
