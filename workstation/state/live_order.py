"""LiveOrder: one order, as far as is known here.

Owns the stages an order goes through and the record that a pane shows. Leaves to `orders` how
messages move an order from stage to stage. Records are replaced, never changed, so a reader always
sees status, filled and remaining that belong together.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from workstation.model import Contract, Order, OrderState, Record
from workstation.state.changes import OrderKey

__all__ = ["LiveOrder", "OrderNote", "OrderStage", "StatusChange", "WhatIf"]


class OrderStage(StrEnum):
    """Where an order stands, as a trader sees it."""

    NOT_SENT = "not sent"
    """Held back: by the Bridge, or until a later order of its group transmits."""
    SENT = "sent"
    """On its way; nobody has acknowledged it."""
    ACCEPTED = "accepted"
    """Accepted, not yet working: waits for its trigger or its session."""
    WORKING = "working"
    SUSPENDED = "suspended"
    """Accepted, then held: no shares to borrow, for one."""
    INACTIVE = "inactive"
    """Not working, and the Bridge has not said whether it is rejected or held."""
    CANCEL_REQUESTED = "cancel requested"
    """It may still fill."""
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    FILLED = "filled"
    UNKNOWN = "unknown"
    """Open when last heard of, but the Bridge does not name it any more."""

    @property
    def is_done(self) -> bool:
        """Whether no further fill can come."""
        return self in _DONE


_DONE = frozenset({OrderStage.CANCELLED, OrderStage.REJECTED, OrderStage.FILLED})


class StatusChange(NamedTuple):
    """One entry of an order's history."""

    time_ns: int
    stage: OrderStage
    status: str
    """The Bridge's word for it; empty while it has said none."""
    filled: Decimal


class OrderNote(NamedTuple):
    """What the Bridge said about an order, other than its status (message `info_message`)."""

    time_ns: int
    code: int
    text: str


class LiveOrder(Record):
    """One order and what became of it."""

    key: OrderKey
    contract: Contract = Contract()
    instrument: str = ""
    """The instrument's key, see `instrument_key`."""
    order: Order = Order()
    """As the Bridge last confirmed it; as it was sent, before that."""
    requested: Order | None = None
    """A change on its way: what `order` becomes if the Bridge agrees."""
    stage: OrderStage = OrderStage.SENT
    status: str = ""
    """The Bridge's last word, of `OrderStatusName`; empty while it has said none."""
    cancel_asked: bool = False
    """Whether a cancel is on its way that the Bridge has not answered."""
    filled: Decimal = Decimal(0)
    remaining: Decimal | None = None
    average_price: float | None = None
    """Of what is filled."""
    reported_filled: Decimal = Decimal(0)
    """What the status says is filled; a fill may be known from its execution first."""
    executed: Decimal = Decimal(0)
    """What the executions add up to; a status may tell of a fill before its execution."""
    permanent_id: int = 0
    parent_id: int = 0
    why_held: str = ""
    warning: str = ""
    notes: tuple[OrderNote, ...] = ()
    """Oldest first."""
    history: tuple[StatusChange, ...] = ()
    """Oldest first; repeats leave no entry."""
    placed_ns: int = 0
    """When it was sent, or first heard of."""
    updated_ns: int = 0
    connection: int = 0
    """Which connection of this session it was last sent or heard of on."""

    @property
    def is_open(self) -> bool:
        """Whether it may still fill, as far as is known."""
        return not self.stage.is_done

    @property
    def reason(self) -> str:
        """The Bridge's latest words about it, empty when there are none."""
        return self.notes[-1].text if self.notes else self.warning


class WhatIf(Record):
    """A question what an order would cost; it never works."""

    key: OrderKey
    contract: Contract
    order: Order
    state: OrderState | None = None
    """The answer; None until it came."""
    code: int | None = None
    """Of the refusal that came instead of an answer."""
    text: str = ""
    asked_ns: int = 0

    @property
    def is_answered(self) -> bool:
        """Whether an answer or a refusal came."""
        return self.state is not None or self.code is not None
