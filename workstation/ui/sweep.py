"""Sweep: everything cancelled, and where asked positions closed, one step after the other.

Owns the order of the steps and a line for each order and position that says what became of it.
Working orders are cancelled first, all at once; a position is closed with a market order when no
order in its instrument can fill any more and the position has caught up with the last fill, so that
nothing is sold twice. Sends through the trader like any order. Has no timer: `advance` is called
whenever something may have changed, and looks at the clock only to say when it has waited too long.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from msgspec.structs import replace

from workstation.errors import OrderRefused, WorkstationError
from workstation.model import Action, Contract, MarketOrder, Order
from workstation.risk.limits import Limit
from workstation.state.changes import OrderKey, PositionKey
from workstation.state.live_order import LiveOrder, OrderStage
from workstation.state.picture import Picture
from workstation.state.positions import Position
from workstation.ui.workplace import Workplace

__all__ = ["PATIENCE_NS", "Progress", "Sweep", "SweepLine", "closing_order"]

PATIENCE_NS = 10_000_000_000
"""How long one step is waited for before its line says that it did not happen."""

_CATCH_UP_NS = 2_000_000_000
"""A position that has not moved this long after a fill counts as up to date: it was told first."""

_GONE = frozenset({OrderStage.UNKNOWN})


class Progress(StrEnum):
    """How a line stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class SweepLine(NamedTuple):
    """What became of one order or position."""

    subject: str
    outcome: str
    progress: Progress


class Sweep:
    """One cancelling of everything, or one flattening.

    Args:
        workplace: the picture and the way to the Bridge.
        closes_positions: whether positions are closed after the orders are gone.
        override: precautions that the person who confirmed has let the closing orders pass.
    """

    def __init__(
        self,
        workplace: Workplace,
        *,
        closes_positions: bool,
        override: frozenset[str] = frozenset(),
    ) -> None:
        self.closes_positions = closes_positions
        self._picture = workplace.picture
        self._trader = workplace.trader
        self._clock_ns = workplace.clock_ns
        self._override = override
        self._began_ns = 0
        self._orders: dict[OrderKey, LiveOrder] = {}
        self._positions: dict[PositionKey, str] = {}
        self._closing: dict[PositionKey, tuple[OrderKey, int]] = {}
        self._client_id = workplace.client_id
        self._order_lines: dict[OrderKey, SweepLine] = {}
        self._position_lines: dict[PositionKey, SweepLine] = {}
        self._problem: SweepLine | None = None

    @property
    def lines(self) -> tuple[SweepLine, ...]:
        """Orders first, then positions."""
        problem = () if self._problem is None else (self._problem,)
        return (*problem, *self._order_lines.values(), *self._position_lines.values())

    @property
    def is_done(self) -> bool:
        """Whether nothing is waited for any more."""
        return all(line.progress is not Progress.WAITING for line in self.lines)

    @property
    def has_failed(self) -> bool:
        """Whether anything did not become what was asked."""
        return any(line.progress is Progress.FAILED for line in self.lines)

    def start(self) -> None:
        """Cancel everything; the rest follows in `advance`."""
        self._began_ns = self._clock_ns()
        working = [each for each in self._picture.orders.open() if each.stage not in _GONE]
        self._orders = {order.key: order for order in working}
        if self.closes_positions:
            touched = {order.instrument for order in working}
            for position in self._picture.positions.all():
                if position.is_open or position.key.instrument in touched:
                    self._positions[position.key] = str(position.contract)
        try:
            # Also where no order is known here: the Bridge may know of one.
            self._trader.request_global_cancel()
        except WorkstationError as error:
            self._problem = SweepLine("cancel everything", str(error), Progress.FAILED)
            self._orders.clear()
            self._positions.clear()
            return
        self.advance()

    def advance(self) -> None:
        """Look what has happened, and do what has become possible."""
        self._order_lines = {key: self._order_line(key) for key in self._orders}
        if self.closes_positions:
            self._add_new_positions()
            self._position_lines = {key: self._position_line(key) for key in self._positions}

    @property
    def _is_late(self) -> bool:
        return self._clock_ns() - self._began_ns > PATIENCE_NS

    def _order_line(self, key: OrderKey) -> SweepLine:
        known = self._order_lines.get(key)
        if known is not None and known.progress is Progress.DONE:
            return known
        order = self._current(key)
        subject = _described(order, self._client_id)
        if order.stage.is_done or order.stage in _GONE:
            return SweepLine(subject, _ending(order), Progress.DONE)
        if self._is_late:
            told = order.reason or "no answer"
            return SweepLine(subject, f"{order.stage}, may still fill: {told}", Progress.FAILED)
        return SweepLine(subject, order.stage, Progress.WAITING)

    def _current(self, key: OrderKey) -> LiveOrder:
        """The order as it is now, also when the Bridge has given it another id since."""
        before = self._orders[key]
        orders = self._picture.orders
        return orders.get(key) or orders.by_permanent_id(before.permanent_id) or before

    def _add_new_positions(self) -> None:
        """A fill that crossed the cancel may have opened a position that was not there before."""
        touched = {order.instrument for order in self._orders.values()}
        for position in self._picture.positions.open():
            if position.key not in self._positions and position.key.instrument in touched:
                self._positions[position.key] = str(position.contract)

    def _position_line(self, key: PositionKey) -> SweepLine:
        known = self._position_lines.get(key)
        if known is not None and known.progress is not Progress.WAITING:
            return known
        subject = f"{key.account} {self._positions[key]}"
        if key in self._closing:
            return self._closing_line(subject, key)
        blocking = self._blocking(key.instrument)
        if blocking and self._is_late:
            return SweepLine(subject, f"not closed: {blocking} may still fill", Progress.FAILED)
        if blocking:
            return SweepLine(subject, f"waits for {blocking}", Progress.WAITING)
        return self._opened_line(subject, key)

    def _opened_line(self, subject: str, key: PositionKey) -> SweepLine:
        position = self._picture.positions.get(*key)
        if position is None or not self._has_caught_up(position):
            return SweepLine(subject, "waits for the position to be told", Progress.WAITING)
        if not position.is_open:
            return SweepLine(subject, "nothing is held", Progress.DONE)
        return self._close(subject, position)

    def _blocking(self, instrument: str) -> str:
        """Orders that may still fill in an instrument, in words; empty when there are none."""
        keys = [
            key
            for key, before in self._orders.items()
            if before.instrument == instrument
            and self._order_lines[key].progress is not Progress.DONE
        ]
        return ", ".join(_named(key, self._client_id) for key in keys)

    def _has_caught_up(self, position: Position) -> bool:
        latest = _last_fill_ns(self._picture, position.key.instrument)
        if position.updated_ns >= latest:
            return True
        return self._clock_ns() - latest >= _CATCH_UP_NS

    def _close(self, subject: str, position: Position) -> SweepLine:
        contract, order = closing_order(position, self._picture)
        told = f"{order.action} {order.total_quantity:,f} at market"
        try:
            order_id = self._trader.place_order(contract, order, override=self._override)
        except OrderRefused as error:
            # Too many orders in this second: the next one comes.
            if error.limit == Limit.ORDER_RATE and not self._is_late:
                return SweepLine(subject, f"{told} waits: {error.value}", Progress.WAITING)
            return SweepLine(subject, f"not closed: {error}", Progress.FAILED)
        except WorkstationError as error:
            return SweepLine(subject, f"not closed: {error}", Progress.FAILED)
        self._closing[position.key] = (OrderKey(self._client_id, order_id), self._clock_ns())
        return SweepLine(subject, f"{told} sent, order {order_id}", Progress.WAITING)

    def _closing_line(self, subject: str, key: PositionKey) -> SweepLine:
        order_key, sent_ns = self._closing[key]
        order = self._picture.orders.get(order_key)
        position = self._picture.positions.get(*key)
        is_late = self._clock_ns() - sent_ns > PATIENCE_NS
        if order is None:
            progress = Progress.FAILED if is_late else Progress.WAITING
            return SweepLine(subject, f"order {order_key.order_id} not seen yet", progress)
        told = f"order {order_key.order_id} {_ending(order)}"
        if order.stage is OrderStage.FILLED:
            # Until the position is told flat, another flattening would sell it twice.
            is_flat = position is not None and not position.is_open
            progress = Progress.DONE if is_flat or is_late else Progress.WAITING
            return SweepLine(subject, told, progress)
        if order.stage.is_done or is_late:
            return SweepLine(subject, f"not closed: {told}", Progress.FAILED)
        return SweepLine(subject, told, Progress.WAITING)


def closing_order(position: Position, picture: Picture) -> tuple[Contract, Order]:
    """What closes a position at the market: the contract, with where to send it, and the order."""
    contract = position.contract
    if not contract.exchange:
        # Positions are told without an exchange, and no order goes without one.
        details = picture.contracts.details(contract)
        known = details.contract.exchange if details is not None else ""
        contract = replace(contract, exchange=known or "SMART")
    action = Action.SELL if position.quantity > 0 else Action.BUY
    order = MarketOrder(action, abs(position.quantity))
    return contract, replace(order, account=position.key.account)


def _described(order: LiveOrder, client_id: int) -> str:
    size = f"{order.order.total_quantity:,f}" if order.order.total_quantity is not None else ""
    parts = (_named(order.key, client_id), order.order.action, size, str(order.contract))
    return " ".join(filter(None, parts))


def _named(key: OrderKey, client_id: int) -> str:
    if key.order_id == 0:
        return f"order typed into the Bridge ({key.permanent_id})"
    whose = "" if key.client_id == client_id else f" of client {key.client_id}"
    return f"order {key.order_id}{whose}"


def _ending(order: LiveOrder) -> str:
    """How an order stands, with what was filled of it and why it was refused."""
    parts: list[str] = [order.stage]
    if order.filled:
        price = "" if order.average_price is None else f" at {order.average_price:,.10g}"
        parts.append(f"filled {order.filled:,f}{price}")
    if order.stage is OrderStage.REJECTED and order.reason:
        parts.append(order.reason)
    return ", ".join(parts[1:] if order.stage is OrderStage.FILLED and order.filled else parts)


def _last_fill_ns(picture: Picture, instrument: str) -> int:
    """When the latest fill in an instrument was heard of; 0 when there was none."""
    fills = (each.time_ns for each in picture.executions.all() if each.instrument == instrument)
    orders = (each for each in picture.orders.all() if each.instrument == instrument)
    told = (time_ns for order in orders for time_ns in _fill_times(order))
    return max((*fills, *told), default=0)


def _fill_times(order: LiveOrder) -> Iterable[int]:
    filled = Decimal(0)
    for change in order.history:
        if change.filled > filled:
            filled = change.filled
            yield change.time_ns
