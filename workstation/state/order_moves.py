"""Order moves: what one piece of news makes of one order.

Owns the transitions between the stages of an order, as tables and functions from record to record.
Leaves to `orders` which order the news is about. Nothing here knows of time or of other orders.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from msgspec.structs import replace

from workstation.model import Order, OrderStatusName
from workstation.protocol import catalog
from workstation.state.info_codes import ORDER_CANCELLED, ORDER_HELD, is_warning
from workstation.state.live_order import LiveOrder, OrderNote, OrderStage

__all__ = [
    "after_cancel_asked",
    "after_connection_lost",
    "after_execution",
    "after_open_order",
    "after_placing",
    "after_remark",
    "after_roll_call",
    "after_status",
]

_STAGES: dict[str, OrderStage] = {
    OrderStatusName.API_PENDING: OrderStage.NOT_SENT,
    OrderStatusName.PENDING_SUBMIT: OrderStage.SENT,
    OrderStatusName.PENDING_CANCEL: OrderStage.CANCEL_REQUESTED,
    OrderStatusName.PRE_SUBMITTED: OrderStage.ACCEPTED,
    OrderStatusName.SUBMITTED: OrderStage.WORKING,
    OrderStatusName.API_CANCELLED: OrderStage.CANCELLED,
    OrderStatusName.CANCELLED: OrderStage.CANCELLED,
    OrderStatusName.FILLED: OrderStage.FILLED,
    OrderStatusName.INACTIVE: OrderStage.INACTIVE,
}
"""An order with a word that is not listed is in the stage unknown, with the word beside it."""

_OVERTAKES = {
    OrderStage.FILLED: frozenset[OrderStage](),
    OrderStage.CANCELLED: frozenset({OrderStage.FILLED, OrderStage.REJECTED}),
    OrderStage.REJECTED: frozenset(OrderStage)
    - {OrderStage.CANCELLED, OrderStage.INACTIVE, OrderStage.UNKNOWN},
}
"""What a finished order may still become; other news about its stage is late and ignored.

A fill can cross a cancel. A rejection is our reading of a remark, so the Bridge's own word that the
order works outranks it; that it is cancelled or inactive says no more than that it was rejected.
"""

_CANCEL_PENDS = frozenset(
    {
        OrderStage.NOT_SENT,
        OrderStage.SENT,
        OrderStage.ACCEPTED,
        OrderStage.WORKING,
        OrderStage.SUSPENDED,
        OrderStage.INACTIVE,
    }
)
"""Stages that a status may still tell after a cancel was sent and before it arrived."""

_CHANGEABLE = (
    "order_type",
    "total_quantity",
    "limit_price",
    "aux_price",
    "trail_stop_price",
    "trailing_percent",
    "time_in_force",
)
"""By these fields a change that was asked for is recognised when the Bridge confirms it."""

_BEFORE_WORKING = frozenset(
    {
        "",
        OrderStatusName.API_PENDING,
        OrderStatusName.PENDING_SUBMIT,
        OrderStatusName.INACTIVE,
    }
)
"""Words of an order that never came to work: a refusal is then a refusal of the order itself."""

_NOTES_KEPT = 20


def after_placing(order: LiveOrder, requested: Order, connection: int) -> LiveOrder:
    """We sent it again: a change, or the transmission of one that was held."""
    if order.stage in (OrderStage.FILLED, OrderStage.CANCELLED):
        # The Bridge will refuse it; nothing is different until it says so.
        return order
    anew = order.stage in (OrderStage.NOT_SENT, OrderStage.REJECTED)
    if order.status and not anew:
        return replace(order, requested=requested, connection=connection)
    stage = order.stage
    if anew:
        stage = OrderStage.SENT if requested.transmit else OrderStage.NOT_SENT
    return replace(
        order, order=requested, requested=None, stage=stage, status="", connection=connection
    )


def after_cancel_asked(order: LiveOrder) -> LiveOrder:
    """We asked to cancel it; it may fill before that arrives."""
    if order.stage.is_done:
        return order
    return replace(order, cancel_asked=True, stage=OrderStage.CANCEL_REQUESTED)


def after_connection_lost(order: LiveOrder) -> LiveOrder:
    """A cancel on its way may be lost: from here on the Bridge's next word tells the stage."""
    return replace(order, cancel_asked=False)


def after_open_order(order: LiveOrder, message: catalog.OpenOrder, instrument: str) -> LiveOrder:
    """The Bridge told the whole order, and its stage with it."""
    told = message.order
    requested = order.requested
    if requested is not None and (
        _alike(requested, told) or (order.status and not _alike(order.order, told))
    ):
        requested = None
    order = replace(
        order,
        contract=message.contract,
        instrument=instrument,
        order=told,
        requested=requested,
        permanent_id=told.permanent_id or order.permanent_id,
        parent_id=told.parent_id or order.parent_id,
        warning=message.state.warning_text,
    )
    return _counted(_staged(order, message.state.status))


def after_status(order: LiveOrder, message: catalog.OrderStatus) -> LiveOrder:
    """The Bridge told how far it is."""
    filled = message.filled or Decimal(0)
    if order.stage.is_done:
        # A late repeat must not undo fills.
        filled = max(filled, order.reported_filled)
    order = replace(
        order,
        reported_filled=filled,
        remaining=message.remaining,
        average_price=message.average_fill_price or order.average_price,
        permanent_id=message.permanent_id or order.permanent_id,
        parent_id=message.parent_id or order.parent_id,
        why_held=message.why_held,
    )
    return _counted(_staged(order, message.status))


def after_execution(order: LiveOrder, executed: Decimal, average_price: float | None) -> LiveOrder:
    """A fill came, perhaps before its status.

    Args:
        executed: what all fills of the order add up to now.
        average_price: of all of them, when told.
    """
    if executed > order.reported_filled and average_price:
        order = replace(order, average_price=average_price)
    order = _counted(replace(order, executed=executed))
    total = order.order.total_quantity
    # While a change is on its way, the total may not be the one the Bridge works by.
    if total and order.filled >= total and order.requested is None:
        return _moved(order, OrderStage.FILLED)
    return order


def after_roll_call(order: LiveOrder) -> LiveOrder:
    """It was not among the open orders that the Bridge named."""
    return _moved(order, OrderStage.UNKNOWN)


def after_too_fast(order: LiveOrder, note: OrderNote) -> LiveOrder:
    """The Bridge refused some message as one too many; it may have been this order."""
    return replace(_moved(order, OrderStage.UNKNOWN), notes=(*order.notes, note)[-_NOTES_KEPT:])


def after_remark(order: LiveOrder, note: OrderNote) -> LiveOrder:
    """The Bridge remarked something about it (message 4)."""
    if (note.code, note.text) not in {(known.code, known.text) for known in order.notes}:
        order = replace(order, notes=(*order.notes, note)[-_NOTES_KEPT:])
    effect = _EFFECTS.get(note.code)
    if effect is None:
        effect = _unaffected if is_warning(note.code) else _refused
    return effect(order)


def _unaffected(order: LiveOrder) -> LiveOrder:
    return order


def _refused(order: LiveOrder) -> LiveOrder:
    """What was asked last is refused: a change, or the order itself before it ever worked."""
    return _rejected(order) if order.status in _BEFORE_WORKING else replace(order, requested=None)


def _rejected(order: LiveOrder) -> LiveOrder:
    if order.requested is not None and order.status not in _BEFORE_WORKING:
        return replace(order, requested=None)
    return _moved(replace(order, cancel_asked=False, requested=None), OrderStage.REJECTED)


def _cancelled(order: LiveOrder) -> LiveOrder:
    return _moved(replace(order, cancel_asked=False, requested=None), OrderStage.CANCELLED)


def _cancel_refused(order: LiveOrder) -> LiveOrder:
    if order.stage is not OrderStage.CANCEL_REQUESTED:
        return order
    order = replace(order, cancel_asked=False)
    return _staged(order, order.status) if order.status else _moved(order, OrderStage.SENT)


def _not_found(order: LiveOrder) -> LiveOrder:
    if order.stage.is_done:
        return order
    return replace(order, cancel_asked=False, requested=None, stage=OrderStage.UNKNOWN)


def _held(order: LiveOrder) -> LiveOrder:
    return order if order.cancel_asked else _moved(order, OrderStage.SUSPENDED)


_EFFECTS: dict[int, Callable[[LiveOrder], LiveOrder]] = {
    135: _not_found,
    136: _cancel_refused,
    161: _cancel_refused,
    201: _rejected,
    ORDER_CANCELLED: _cancelled,
    ORDER_HELD: _held,
    10147: _not_found,
    10148: _cancel_refused,
}
"""What a remark does to an order; warnings do nothing, any other code refuses what was asked."""


def _staged(order: LiveOrder, status: str) -> LiveOrder:
    """The order with the Bridge's word for its stage; late words are ignored."""
    if not status:
        return order
    stage = _STAGES.get(status, OrderStage.UNKNOWN)
    if stage is OrderStage.ACCEPTED and "locate" in order.why_held:
        stage = OrderStage.SUSPENDED
    elif stage is OrderStage.INACTIVE:
        stage = _why_inactive(order)
    pends = order.cancel_asked and stage in _CANCEL_PENDS
    if pends:
        stage = OrderStage.CANCEL_REQUESTED
    moved = _moved(order, stage)
    if moved.stage is not stage:
        return order
    return replace(moved, status=status, cancel_asked=pends)


def _why_inactive(order: LiveOrder) -> OrderStage:
    """Inactive means rejected or held; the remark that came before it tells which."""
    for note in reversed(order.notes):
        if note.code == ORDER_HELD:
            return OrderStage.SUSPENDED
        if not is_warning(note.code) and _EFFECTS.get(note.code) is not _cancel_refused:
            return OrderStage.REJECTED
    return OrderStage.INACTIVE


def _moved(order: LiveOrder, stage: OrderStage) -> LiveOrder:
    """The order in another stage, unless it is finished and the news is late."""
    if stage is order.stage or (order.stage.is_done and stage not in _OVERTAKES[order.stage]):
        return order
    return replace(order, stage=stage)


def _counted(order: LiveOrder) -> LiveOrder:
    """The order with what is filled, from whichever source knows more."""
    filled = max(order.reported_filled, order.executed)
    total = order.order.total_quantity
    remaining = total - filled if total else order.remaining
    return replace(order, filled=filled, remaining=remaining)


def _alike(one: Order, other: Order) -> bool:
    """Whether two orders ask for the same; a Bridge writes 0 for prices that are not set."""
    return all(
        (getattr(one, name) or None) == (getattr(other, name) or None) for name in _CHANGEABLE
    )
