"""Trading: what the screen does with orders, in one place.

Owns sending, changing and cancelling on behalf of the panes, which only say what their user wants;
that no new order leaves before the listing at the start is complete; and the plans that cancel
everything or flatten, with the text a person confirms. Leaves the rules an order passes to
`workstation.risk` (the client asks there again before anything leaves) and the steps of a plan to
`sweep`. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from msgspec.structs import replace

from workstation.errors import OrderRefused, WorkstationError
from workstation.model import Contract, Order
from workstation.risk.guard import OrderGuard
from workstation.risk.limits import Limit, OrderLimits
from workstation.state.changes import OrderKey
from workstation.state.live_order import LiveOrder
from workstation.state.picture import Picture
from workstation.ui.listing import Listing, counted
from workstation.ui.sweep import Sweep, closing_order
from workstation.ui.workplace import Workplace

__all__ = ["Plan", "Preview", "Submission", "Trading", "account_words"]

_NAMED_AT_MOST = 4
"""Positions that a plan's text names one by one."""

FLATTEN_WORD = "FLATTEN"
"""What is typed to flatten past a precaution."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is about to be done, for a person to confirm.

    Args:
        text: one line: what, and whose money.
        word: what must be typed to confirm; empty when Enter is enough.
        start: does it; call once, after the confirmation.
        is_empty: whether nothing is known that could be cancelled or closed.
    """

    text: str
    word: str
    start: Callable[[], Sweep]
    is_empty: bool


class _Asker(Protocol):
    """Who hears what became of an order: a ticket."""

    def sent(self, order_id: int) -> None:
        """The order left."""

    def refused(self, error: WorkstationError) -> None:
        """The order did not leave."""

    def previewed(
        self,
        order: Order,
        key: OrderKey | None,
        objections: tuple[OrderRefused, ...],
        problem: str,
    ) -> None:
        """What stands against the order, and under which key its cost comes."""


class Submission(Protocol):
    """An order that a user wants sent; the ticket's message fits."""

    @property
    def asker(self) -> _Asker: ...  # noqa: D102
    @property
    def contract(self) -> Contract: ...  # noqa: D102
    @property
    def order(self) -> Order: ...  # noqa: D102
    @property
    def override(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def order_id(self) -> int | None: ...  # noqa: D102


class Preview(Protocol):
    """An order whose cost a user wants to know; the ticket's message fits."""

    @property
    def asker(self) -> _Asker: ...  # noqa: D102
    @property
    def contract(self) -> Contract: ...  # noqa: D102
    @property
    def order(self) -> Order: ...  # noqa: D102


class Trading:
    """The screen's orders.

    Args:
        workplace: the picture and the way to the Bridge.
        limits: the precautions that the client's own guard has; here they only foretell what it
            will say.
    """

    def __init__(self, workplace: Workplace, limits: OrderLimits | None = None) -> None:
        self._workplace = workplace
        self._picture = workplace.picture
        self._trader = workplace.trader
        self._guard = OrderGuard(limits or OrderLimits(), workplace.clock_ns)
        self.listing = Listing(workplace)
        self.sweep: Sweep | None = None
        """The plan under way, or the last one that ended."""

    @property
    def is_listed(self) -> bool:
        """Whether everything that was there at the start has been told."""
        return self.listing.is_complete

    def advance(self) -> None:
        """Do what has become possible; call at every drain of the feed, changes or not."""
        self.listing.advance()
        if self.sweep is not None and not self.sweep.is_done:
            self.sweep.advance()

    # Orders

    def submit(
        self,
        contract: Contract,
        order: Order,
        override: frozenset[str] = frozenset(),
        *,
        order_id: int | None = None,
    ) -> int:
        """Place an order, or change a working one; gives its id.

        Args:
            contract: what to trade.
            order: the order.
            override: names of precautions that the user let it pass.
            order_id: which order of this client is changed; None for a new one.

        Raises:
            OrderRefused: a rule holds it back; nothing was sent.
            NotConnected: there is no Bridge.
            EncodeError: the agreed version can not carry it.
        """
        if order_id is not None:
            self._trader.modify_order(order_id, contract, order, override=override)
            return order_id
        if not self.is_listed:
            raise OrderRefused("listing", self.listing.words, "orders after the list is complete")
        return self._trader.place_order(contract, order, override=override)

    def preview(self, contract: Contract, order: Order) -> OrderKey:
        """Ask what an order would cost; the answer comes among the picture's what-ifs.

        Raises:
            OrderRefused: it is not legal at all.
            NotConnected: there is no Bridge.
            EncodeError: the agreed version can not carry it.
        """
        # A what-if with the id of a working order would be one about a change of it, and its
        # answer could not be told from news of that order: a question has an id of its own.
        question = replace(order, what_if=True, order_id=0, transmit=True)
        order_id = self._trader.place_order(contract, question)
        return OrderKey(self._workplace.client_id, order_id)

    def objections(self, contract: Contract, order: Order) -> tuple[OrderRefused, ...]:
        """Everything that the guard would hold against an order now."""
        return self._guard.refusals(contract, order, picture=self._picture)

    def serve_submission(self, wanted: Submission) -> None:
        """Send what a ticket wants sent, and tell it what became of it."""
        try:
            order_id = self.submit(
                wanted.contract, wanted.order, wanted.override, order_id=wanted.order_id
            )
        except WorkstationError as error:
            wanted.asker.refused(error)
        else:
            wanted.asker.sent(order_id)

    def serve_preview(self, wanted: Preview) -> None:
        """Ask what a ticket's order would cost, and tell it what stands against the order."""
        objections = self.objections(wanted.contract, wanted.order)
        key, problem = None, ""
        if all(each.overridable for each in objections):
            try:
                key = self.preview(wanted.contract, wanted.order)
            except WorkstationError as error:
                problem = str(error)
        wanted.asker.previewed(wanted.order, key, objections, problem)

    def cancel(self, key: OrderKey) -> None:
        """Ask to cancel one order of this client.

        Raises:
            OrderRefused: it is somebody else's, finished, or not known.
            NotConnected: there is no Bridge.
        """
        order = self._picture.orders.get(key)
        if order is None or not order.is_open:
            told = "not known" if order is None else order.stage
            raise OrderRefused("cancel", f"order {key.order_id} is {told}", "working orders")
        if not self.may_change(key):
            raise OrderRefused("cancel", _owner(key), "own orders; f8 cancels everybody's")
        self._trader.cancel_order(key.order_id)

    def may_change(self, key: OrderKey) -> bool:
        """Whether an order can be changed or cancelled from here, one by one."""
        return key.client_id == self._workplace.client_id and key.order_id != 0

    def cancel_symbol(self, instrument: str) -> tuple[OrderKey, ...]:
        """Ask to cancel this client's orders in an instrument; gives which.

        Raises:
            NotConnected: there is no Bridge.
        """
        own, _ = self._open_orders()
        keys = tuple(order.key for order in own if order.instrument == instrument)
        for key in keys:
            self._trader.cancel_order(key.order_id)
        return keys

    # Everything at once

    def plan_cancel_all(self) -> Plan:
        """What cancelling everything would do."""
        own, others = self._open_orders()
        return Plan(
            text=f"Cancel {self._cancel_words()} · {account_words(self._picture)}",
            word="",
            start=self.cancel_everything,
            is_empty=not (own or others),
        )

    def plan_flatten(self) -> Plan:
        """What flattening would do; with the word to type when it goes past a precaution."""
        positions = self._picture.positions.open()
        closing = [closing_order(each, self._picture) for each in positions]
        told = [
            f"{order.action} {order.total_quantity:,f} {contract}" for contract, order in closing
        ]
        if len(told) > _NAMED_AT_MOST:
            told[_NAMED_AT_MOST:] = [f"{len(told) - _NAMED_AT_MOST} more"]
        against = [error for each in closing for error in self.objections(*each)]
        past = [error for error in against if error.overridable]
        words = [f"Cancel {self._cancel_words()}"]
        held = counted(len(positions), "position")
        # What nobody can let pass will hold the closing orders back: say so before, not after.
        barred = [f"not close {held}: {error}" for error in against if not error.overridable]
        if barred:
            words.append(barred[0])
        elif positions:
            words.append(f"then close {held} at market: {', '.join(told)}")
        words += [f"past {error.limit}: {error.value}" for error in past[:1]]
        override = frozenset(error.limit for error in past) - {Limit.ORDER_RATE}
        return Plan(
            text=" · ".join((*words, account_words(self._picture))),
            word=FLATTEN_WORD if past else "",
            start=lambda: self.flatten(override),
            is_empty=not positions and not self._picture.orders.open(),
        )

    def cancel_everything(self) -> Sweep:
        """Cancel every working order, whoever placed it. Ask for a confirmation first.

        This ends a flattening that is under way: its orders are cancelled with all others.
        """
        return self._begin(Sweep(self._workplace, closes_positions=False))

    def flatten(self, override: frozenset[str] = frozenset()) -> Sweep:
        """Cancel every working order, then close every position. Ask for a confirmation first.

        A flattening that is under way goes on instead of a second one: two would sell twice.
        """
        running = self.sweep
        if running is not None and running.closes_positions and not running.is_done:
            running.advance()
            return running
        return self._begin(Sweep(self._workplace, closes_positions=True, override=override))

    def _begin(self, sweep: Sweep) -> Sweep:
        self.sweep = sweep
        sweep.start()
        return sweep

    def _cancel_words(self) -> str:
        own, others = self._open_orders()
        if not own and not others:
            return "whatever is working (no order is known here)"
        told = counted(len(own) + len(others), "order")
        return f"{told} ({len(others)} of others)" if others else told

    def _open_orders(self) -> tuple[list[LiveOrder], list[LiveOrder]]:
        """This client's open orders, and everybody else's."""
        own: list[LiveOrder] = []
        others: list[LiveOrder] = []
        for order in self._picture.orders.open():
            (own if self.may_change(order.key) else others).append(order)
        return own, others


def account_words(picture: Picture, account: str = "") -> str:
    """Whose money it is, for every confirmation: `SIMULATED DSIM1`; all accounts unless one."""
    session = picture.session
    return f"{session.mode.upper()} {account or ', '.join(session.accounts)}".rstrip()


def _owner(key: OrderKey) -> str:
    return f"order {key.order_id or key.permanent_id} of client {key.client_id}"
