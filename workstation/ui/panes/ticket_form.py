"""Ticket form: an order while it is being written, as the texts in its fields.

Owns what each field may hold, the words that say what is wrong with one, steps along the tick grid,
and the order that a legal form stands for. Knows no widget; leaves what an order may risk to
`workstation.risk` and what it costs to `ticket_confirmation`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from workstation.model import (
    Action,
    Contract,
    Order,
    OrderType,
    PriceIncrement,
    SecurityType,
    TimeInForce,
)
from workstation.risk.ticks import decimals, is_on_grid, nearest_legal, step
from workstation.state.live_order import LiveOrder
from workstation.state.picture import Picture
from workstation.state.quotes import MAY_TRADE_BELOW_ZERO

__all__ = [
    "ACTIONS",
    "ORDER_TYPES",
    "TIMES_IN_FORCE",
    "Field",
    "Rules",
    "TicketForm",
    "form_of",
    "order_of",
    "price_text",
    "problems",
    "stepped",
    "stepped_quantity",
]


class Field(StrEnum):
    """The fields of a ticket; also the ids of their widgets."""

    ACTION = "action"
    QUANTITY = "quantity"
    ORDER_TYPE = "order_type"
    LIMIT = "limit_price"
    STOP = "aux_price"
    TIME_IN_FORCE = "time_in_force"


ACTIONS = (Action.BUY, Action.SELL)
ORDER_TYPES = (OrderType.LIMIT, OrderType.MARKET, OrderType.STOP, OrderType.STOP_LIMIT)
TIMES_IN_FORCE = (
    TimeInForce.DAY,
    TimeInForce.GOOD_TILL_CANCEL,
    TimeInForce.IMMEDIATE_OR_CANCEL,
)

_PRICES: dict[str, tuple[Field, ...]] = {
    OrderType.LIMIT: (Field.LIMIT,),
    OrderType.STOP: (Field.STOP,),
    OrderType.STOP_LIMIT: (Field.LIMIT, Field.STOP),
}
"""Price fields that a type of order has; a market order has none."""

_CHOICES: dict[Field, tuple[str, ...]] = {
    Field.ACTION: ACTIONS,
    Field.ORDER_TYPE: ORDER_TYPES,
    Field.TIME_IN_FORCE: TIMES_IN_FORCE,
}

_NUMBER = re.compile(r"-?([0-9]{1,15}\.?[0-9]{0,10}|\.[0-9]{1,10})")


@dataclass(frozen=True, slots=True)
class TicketForm:
    """The texts in the fields.

    Args:
        contract: what is traded.
        action: a word of `ACTIONS`.
        quantity: as typed, as are the two prices.
        order_type: a word of `ORDER_TYPES`.
        limit_price: limit price, where the type has one.
        aux_price: stop price, where the type has one.
        time_in_force: a word of `TIMES_IN_FORCE`.
        account: whose order it is; empty leaves it to the Bridge, where it has but one.
        changes: the working order that this form changes; None for a new order.
    """

    contract: Contract
    action: str = Action.BUY
    quantity: str = ""
    order_type: str = OrderType.LIMIT
    limit_price: str = ""
    aux_price: str = ""
    time_in_force: str = TimeInForce.DAY
    account: str = ""
    changes: LiveOrder | None = None

    def text(self, field: Field) -> str:
        """What stands in a field."""
        text: str = getattr(self, field)
        return text

    def put(self, field: Field, text: str) -> TicketForm:
        """The form with another text in a field."""
        changed: dict[str, Any] = {field.value: text}
        return replace(self, **changed)

    def uses(self, field: Field) -> bool:
        """Whether the type of order has this field at all."""
        return field not in (Field.LIMIT, Field.STOP) or field in _PRICES.get(self.order_type, ())


@dataclass(frozen=True, slots=True)
class Rules:
    """What the instrument demands of sizes and prices.

    Args:
        increments: price steps; empty when they are not known.
        size_increment: sizes are multiples of it.
        may_be_negative: whether prices of zero and less are prices.
    """

    increments: tuple[PriceIncrement, ...] = ()
    size_increment: Decimal = Decimal(1)
    may_be_negative: bool = False

    @classmethod
    def of(cls, contract: Contract, picture: Picture) -> Rules:
        """The rules as far as the picture knows them."""
        increments = picture.contracts.increments(contract)
        quote = picture.quotes.of(contract)
        if not increments and quote is not None and quote.min_tick:
            increments = (PriceIncrement(low_edge=0.0, increment=quote.min_tick),)
        details = picture.contracts.details(contract)
        size = details.size_increment if details is not None else None
        # A stock's increment may be a fraction of a share, which only some accounts may trade;
        # whole shares are legal everywhere.
        whole = contract.security_type in (SecurityType.STOCK, SecurityType.OPTION)
        return cls(
            increments,
            max(size, Decimal(1)) if size and whole else size or Decimal(1),
            contract.security_type in MAY_TRADE_BELOW_ZERO,
        )


def problems(form: TicketForm, rules: Rules) -> dict[Field, str]:
    """What is wrong, in words, by field; empty when the form is an order."""
    found: dict[Field, str] = {}
    for field, legal in _CHOICES.items():
        if form.text(field) not in legal:
            found[field] = f"choose {', '.join(legal)}"
    told = _quantity_problem(form, rules)
    if told:
        found[Field.QUANTITY] = told
    for field in _PRICES.get(form.order_type, ()):
        told = _price_problem(form.text(field), rules)
        if told:
            found[field] = told
    return found


def order_of(form: TicketForm) -> Order:
    """The order that a form without problems stands for; a change keeps all other fields."""
    used = _PRICES.get(form.order_type, ())
    changed = form.changes
    base = changed.order if changed is not None else Order(account=form.account)
    return msgspec.structs.replace(
        base,
        action=form.action,
        total_quantity=Decimal(form.quantity.strip()),
        order_type=form.order_type,
        limit_price=_number(form.limit_price) if Field.LIMIT in used else None,
        aux_price=_number(form.aux_price) if Field.STOP in used else None,
        time_in_force=form.time_in_force,
    )


def form_of(live: LiveOrder, increments: Sequence[PriceIncrement]) -> TicketForm:
    """The form that changes a working order."""
    order = live.requested or live.order
    used = _PRICES.get(order.order_type, ())
    limit, stop = order.limit_price, order.aux_price
    return TicketForm(
        contract=live.contract,
        action=order.action,
        quantity="" if order.total_quantity is None else f"{order.total_quantity:f}",
        order_type=order.order_type,
        limit_price=price_text(limit, increments) if limit and Field.LIMIT in used else "",
        aux_price=price_text(stop, increments) if stop and Field.STOP in used else "",
        time_in_force=order.time_in_force or TimeInForce.DAY,
        changes=live,
    )


def price_text(price: float, increments: Sequence[PriceIncrement]) -> str:
    """A price as it stands in a field: with the decimals of its grid, no thousands separators."""
    if increments and is_on_grid(price, increments):
        return f"{price:.{decimals(increments, price)}f}"
    exact = Decimal(repr(price))
    return f"{exact:.2f}" if exact == round(exact, 2) else f"{exact:f}"


def stepped(text: str, count: int, rules: Rules, start: float | None) -> str | None:
    """A price field's text, `count` ticks up.

    Args:
        text: what stands there.
        count: ticks up; negative goes down.
        rules: the tick grid.
        start: the price an empty field begins at.

    Returns:
        The new text; None when there is no number to start from, no grid, or no legal price there.
    """
    if not rules.increments:
        return None
    price = _number(text)
    if price is None:
        if text.strip() or start is None:
            return None
        below, above = nearest_legal(start, rules.increments)
        return price_text(below if start - below <= above - start else above, rules.increments)
    moved = step(price, count, rules.increments)
    if moved <= 0 and not rules.may_be_negative:
        return None
    return price_text(moved, rules.increments)


def stepped_quantity(text: str, count: int, rules: Rules) -> str | None:
    """The quantity `count` sizes up, never below one size; None when no number stands there."""
    number = _number(text) if text.strip() else 0.0
    if number is None:
        return None
    size = Decimal(text.strip() or 0) + count * rules.size_increment
    return f"{max(size, rules.size_increment):f}"


def _quantity_problem(form: TicketForm, rules: Rules) -> str:
    told = _number_problem(form.quantity, "a quantity")
    if told:
        return told
    size = Decimal(form.quantity.strip())
    if size <= 0:
        return "a quantity is above zero"
    if size % rules.size_increment:
        is_whole = rules.size_increment == 1
        return "whole numbers only" if is_whole else f"only multiples of {rules.size_increment:f}"
    if form.changes is not None and size < form.changes.filled:
        return f"{form.changes.filled:,f} are filled already"
    return ""


def _price_problem(text: str, rules: Rules) -> str:
    told = _number_problem(text, "a price")
    if told:
        return told
    price = _number(text)
    if price is None or (price <= 0 and not rules.may_be_negative):
        return "a price is above zero"
    if not rules.increments:
        return ""
    if is_on_grid(price, rules.increments):
        return ""
    nearest = nearest_legal(price, rules.increments)
    legal = [each for each in nearest if each > 0 or rules.may_be_negative]
    return f"off the tick grid: {' or '.join(price_text(each, rules.increments) for each in legal)}"


def _number_problem(text: str, word: str) -> str:
    text = text.strip()
    if not text:
        return f"{word} is needed"
    if "," in text:
        return "no commas: 1234.50"
    if not _NUMBER.fullmatch(text):
        return f"{word} is a number"
    return ""


def _number(text: str) -> float | None:
    text = text.strip()
    return float(text) if _NUMBER.fullmatch(text) else None
