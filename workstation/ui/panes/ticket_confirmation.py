"""Ticket confirmation: what a person reads before an order leaves, and what they must type.

Owns the words of the confirmation: the order, whose money it is, its worth, commission and margin
as the what-if question answered them, and everything that stands against it. Knows no widget and
sends nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from workstation.errors import OrderRefused
from workstation.model import Contract, Order, OrderState, PriceIncrement
from workstation.risk.proposal import Proposal
from workstation.state.changes import OrderKey
from workstation.state.live_order import LiveOrder, WhatIf
from workstation.state.picture import Picture
from workstation.ui.formatting import quantity, safe_text
from workstation.ui.panes.ticket_form import price_text
from workstation.ui.trading import account_words

__all__ = [
    "ANSWER_NS",
    "SEND_WORD",
    "Confirmation",
    "Question",
    "confirmation",
    "order_words",
    "outcome_words",
]

ANSWER_NS = 2_000_000_000
"""How long the cost of an order is waited for before it counts as unknown."""

SEND_WORD = "SEND"
"""What is typed where Enter alone is not enough."""

_NO_SUCH_MARGIN = Decimal("1e15")
"""Some Bridges write the largest number there is where they do not tell a margin."""

_CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


@dataclass(frozen=True, slots=True)
class Question:
    """An order that waits to be confirmed.

    Args:
        contract: what it trades.
        order: the order.
        changes: the working order it changes; None for a new one.
        asked_ns: when the confirmation opened.
        key: under which its cost comes; None while or because nobody asked.
        objections: what the guard holds against it.
        problem: why its cost could not be asked for; empty when it could.
    """

    contract: Contract
    order: Order
    changes: LiveOrder | None
    asked_ns: int
    key: OrderKey | None = None
    objections: tuple[OrderRefused, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is shown.

    Args:
        order: the order and its worth.
        cost: commission and margin.
        account: whose money it is.
        warnings: what stands against it, one sentence each.
        word: what must be typed; empty when Enter is enough.
        is_refused: whether it can not be sent at all.
    """

    order: str
    cost: str
    account: str
    warnings: tuple[str, ...] = ()
    word: str = ""
    is_refused: bool = False

    def keys(self, back: str) -> str:
        """What the keys do now; `back` is the one that goes back."""
        if self.is_refused:
            return f"{back} goes back"
        sends = f"type {self.word} to send" if self.word else "Enter sends"
        return f"{sends}, {back} goes back"


def confirmation(question: Question, picture: Picture, now_ns: int) -> Confirmation:
    """What to show for a question now."""
    answer = picture.orders.what_ifs.get(question.key) if question.key is not None else None
    refused = [each for each in question.objections if not each.overridable]
    shown = refused or list(question.objections)
    warnings = [f"{each.limit}: {each.value} (allowed: {each.allowed})" for each in shown]
    is_late = now_ns - question.asked_ns >= ANSWER_NS
    cost, is_known = _cost(answer, is_late=is_late or bool(question.problem))
    if refused:
        cost, is_known = "not sent", True
    if question.problem:
        warnings.append(question.problem)
    if answer is not None and answer.code is not None:
        warnings.append(f"the Bridge says {answer.code}: {answer.text}")
    if answer is not None and answer.state is not None and answer.state.warning_text:
        warnings.append(answer.state.warning_text)
    needs_word = bool(shown) or not is_known
    return Confirmation(
        order=_line(question, picture, now_ns),
        cost=cost,
        account=account_words(picture, question.order.account),
        warnings=tuple(map(safe_text, warnings)),
        word="" if refused or not needs_word else SEND_WORD,
        is_refused=bool(refused),
    )


def order_words(order: Order, name: str, increments: Sequence[PriceIncrement]) -> str:
    """An order in the words of the trade: `BUY 100 AAPL STP LMT 190.05 stop 190.00 DAY`."""
    # A Bridge writes 0 for a price that an order does not have.
    limit = price_text(order.limit_price, increments) if order.limit_price else ""
    stop = f"stop {price_text(order.aux_price, increments)}" if order.aux_price else ""
    size = "" if order.total_quantity is None else quantity(order.total_quantity)
    told = (order.action, size, name, order.order_type, limit, stop, order.time_in_force)
    return safe_text(" ".join(filter(None, told)))


def outcome_words(live: LiveOrder) -> str:
    """What became of an order so far: `order 12 BUY AAPL: working, 40 filled`."""
    told = f"order {live.key.order_id} {live.order.action} {live.contract}: {live.stage}"
    if live.filled:
        told += f", {live.filled:,f} filled"
        if live.average_price is not None:
            told += f" at {live.average_price:,.10g}"
    return safe_text(f"{told} · {live.reason}" if live.reason else told)


def _line(question: Question, picture: Picture, now_ns: int) -> str:
    order, contract = question.order, question.contract
    proposal = Proposal.of(contract, order, picture, now_ns)
    line = order_words(order, str(contract), proposal.increments)
    if question.changes is not None:
        line = f"CHANGE {question.changes.key.order_id} to {line}"
    worth = proposal.worth
    return line if worth is None else f"{line} ≈ {_money(Decimal(str(worth)), contract.currency)}"


def _cost(answer: WhatIf | None, *, is_late: bool) -> tuple[str, bool]:
    """Commission and margin in words, and whether they need no typed word (yet)."""
    if answer is None or not answer.is_answered:
        if is_late:
            return "commission unknown · margin unknown", False
        return "commission … · margin …", True
    if answer.state is None:
        return "commission unknown · margin unknown", False
    margin = _margin(answer.state)
    told = f"commission {_commission(answer.state)} · margin {margin or 'unknown'}"
    return told, bool(margin)


def _commission(state: OrderState) -> str:
    currency = state.commission_currency
    if state.commission is not None:
        return f"≈ {_money(Decimal(str(state.commission)), currency, cents=True)}"
    low, high = state.minimum_commission, state.maximum_commission
    if low is not None and high is not None:
        ends = (_money(Decimal(str(each)), currency, cents=True) for each in (low, high))
        return " to ".join(ends)
    return "unknown"


def _margin(state: OrderState) -> str:
    """The change of the initial margin, signed; empty when it was not told."""
    try:
        change = Decimal(state.initial_margin_change)
    except InvalidOperation:
        return ""
    if not change.is_finite() or abs(change) > _NO_SUCH_MARGIN:
        return ""
    sign = "−" if change < 0 else "+"
    return f"{sign}{_money(abs(change), state.margin_currency)}"


def _money(amount: Decimal, currency: str, *, cents: bool = False) -> str:
    """`$19,005`, `€4.20`, `CHF 12`; small amounts keep their cents."""
    digits = f"{amount:,.2f}" if cents or abs(amount) < 100 else f"{amount:,.0f}"
    sign = _CURRENCY_SIGNS.get(currency)
    return f"{sign}{digits}" if sign else f"{currency} {digits}".strip()
