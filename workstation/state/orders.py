"""Orders: every order that this session has seen, folded from what was sent and what came back.

Owns which order a piece of news is about, and reconciling with the Bridge. Leaves what the news
makes of the order to `order_moves`, what-if questions to `what_ifs` and fills to `executions`.
Repeats change nothing. What-if questions never appear among the orders.

Reconciling: asking for open orders opens a roll-call of those that are open; each one the Bridge
names is struck off, and those left when the list ends are marked unknown, not dropped. An order
that was sent on this same connection and not acknowledged yet may be younger than the list, so it
is not called.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from decimal import Decimal

from msgspec.structs import replace

from workstation.model import Contract
from workstation.protocol import catalog
from workstation.state import order_moves
from workstation.state.changes import Changes, OrderKey
from workstation.state.executions import Fill
from workstation.state.info_codes import is_warning
from workstation.state.live_order import LiveOrder, OrderNote, OrderStage, StatusChange
from workstation.state.what_ifs import WhatIfs

__all__ = ["Orders"]


class Orders:
    """Every order that was sent from here or told by the Bridge.

    Args:
        changes: where the keys of changed orders go.
        key_of: the instrument key of a contract.
    """

    def __init__(self, changes: Changes, key_of: Callable[[Contract], str]) -> None:
        self.what_ifs = WhatIfs(changes.what_ifs)
        self._dirty = changes.orders
        self._key_of = key_of
        self._orders: dict[OrderKey, LiveOrder] = {}
        self._by_permanent_id: dict[int, OrderKey] = {}
        self._client_id = 0
        self._connection = 0
        self._roll_calls: deque[set[OrderKey]] = deque()

    def get(self, key: OrderKey) -> LiveOrder | None:
        """An order by its key; None when it was not seen."""
        return self._orders.get(key)

    def own(self, order_id: int) -> LiveOrder | None:
        """An order of this client by its order id."""
        return self._orders.get(OrderKey(self._client_id, order_id))

    def by_permanent_id(self, permanent_id: int) -> LiveOrder | None:
        """An order by the Bridge's lasting number."""
        key = self._by_permanent_id.get(permanent_id)
        return self._orders.get(key) if key is not None else None

    def all(self) -> tuple[LiveOrder, ...]:
        """Every order, in the order first seen, finished ones among them."""
        return tuple(self._orders.values())

    def open(self) -> tuple[LiveOrder, ...]:
        """Orders that may still fill, as far as is known."""
        return tuple(order for order in self.all() if order.is_open)

    # Folding what we send

    def start_api(self, message: catalog.StartApi, _time_ns: int) -> None:
        """Orders sent from now on are this client's."""
        self._client_id = message.client_id

    def place_order(self, message: catalog.PlaceOrder, time_ns: int) -> None:
        """An order leaves, or a change of one, or a what-if question."""
        key = OrderKey(self._client_id, message.order_id)
        if message.order.what_if:
            self.what_ifs.asked(key, message.contract, message.order, time_ns)
            return
        known = self._orders.get(key)
        if known is None:
            sent = message.order.transmit
            known = LiveOrder(
                key=key,
                contract=message.contract,
                instrument=self._key_of(message.contract),
                order=message.order,
                stage=OrderStage.SENT if sent else OrderStage.NOT_SENT,
                remaining=message.order.total_quantity,
                parent_id=message.order.parent_id,
                placed_ns=time_ns,
                connection=self._connection,
            )
        else:
            known = order_moves.after_placing(known, message.order, self._connection)
        self._keep(known, time_ns)

    def cancel_order(self, message: catalog.CancelOrder, time_ns: int) -> None:
        """A cancel leaves."""
        order = self.own(message.order_id)
        if order is not None:
            self._keep(order_moves.after_cancel_asked(order), time_ns)

    def request_global_cancel(self, _message: catalog.RequestGlobalCancel, time_ns: int) -> None:
        """A cancel of everything leaves.

        The Bridge says nothing of an order that it does not know, so an unknown one stays unknown.
        """
        for order in self.open():
            if order.stage is not OrderStage.UNKNOWN:
                self._keep(order_moves.after_cancel_asked(order), time_ns)

    def request_open_orders(self, _message: catalog.RequestOpenOrders, _time_ns: int) -> None:
        """The Bridge will name this client's open orders."""
        self._call_roll(lambda order: order.key.client_id == self._client_id)

    def request_all_open_orders(
        self, _message: catalog.RequestAllOpenOrders, _time_ns: int
    ) -> None:
        """The Bridge will name everybody's open orders."""
        self._call_roll(lambda _order: True)

    # Folding what comes back

    def open_order(self, message: catalog.OpenOrder, time_ns: int) -> None:
        """An order is told in full."""
        told = message.order
        key = _key(told.client_id, message.order_id, told.permanent_id)
        if told.what_if or self._is_question(key):
            self.what_ifs.answered(key, message.state)
            return
        order = self._heard(key, told.permanent_id, time_ns)
        instrument = self._key_of(message.contract)
        self._keep(order_moves.after_open_order(order, message, instrument), time_ns)

    def order_status(self, message: catalog.OrderStatus, time_ns: int) -> None:
        """An order's stage and fills are told."""
        key = _key(message.client_id, message.order_id, message.permanent_id)
        if self._is_question(key):
            return
        order = self._heard(key, message.permanent_id, time_ns)
        self._keep(order_moves.after_status(order, message), time_ns)

    def filled(self, fill: Fill, executed: Decimal, time_ns: int) -> None:
        """A fill was told; an order that was never seen is not made up from it."""
        order = self._find(fill.order, fill.execution.permanent_id)
        if order is not None:
            average = fill.execution.average_price
            self._keep(order_moves.after_execution(order, executed, average), time_ns)

    def info_message(self, message: catalog.InfoMessage, time_ns: int) -> None:
        """The Bridge remarks something about one of this client's orders."""
        key = OrderKey(self._client_id, message.request_id)
        if self.what_ifs.is_waiting(key):
            if not is_warning(message.code):
                self.what_ifs.refused(key, message.code, message.text)
            return
        order = self._orders.get(key)
        if order is not None:
            note = OrderNote(time_ns, message.code, message.text)
            self._keep(order_moves.after_remark(order, note), time_ns)

    def too_fast(self, message: catalog.InfoMessage, time_ns: int) -> None:
        """The Bridge refused a message and does not say which: it may be an order not yet told."""
        note = OrderNote(time_ns, message.code, message.text)
        for order in self.all():
            if order.stage is OrderStage.SENT and order.key.client_id == self._client_id:
                self._keep(order_moves.after_too_fast(order, note), time_ns)

    def order_bound(self, message: catalog.OrderBound, time_ns: int) -> None:
        """An order placed by hand got an order id."""
        order = self.by_permanent_id(message.permanent_id)
        if order is not None:
            self._rename(order, OrderKey(message.client_id, message.order_id), time_ns)

    def open_order_end(self, _message: catalog.OpenOrderEnd, time_ns: int) -> None:
        """All open orders have been named: those that were not are unknown."""
        if not self._roll_calls:
            return
        for key in sorted(self._roll_calls.popleft()):
            order = self._orders.get(key)
            if order is not None:
                self._keep(order_moves.after_roll_call(order), time_ns)

    def connection_lost(self, time_ns: int) -> None:
        """The connection is gone, and with it every list that was being told."""
        self._connection += 1
        self._roll_calls.clear()
        for order in self.open():
            self._keep(order_moves.after_connection_lost(order), time_ns)

    def _is_question(self, key: OrderKey) -> bool:
        """Whether only a what-if was ever sent under this key, so news of it is no order's."""
        return key not in self._orders and self.what_ifs.get(key) is not None

    def _call_roll(self, is_called: Callable[[LiveOrder], bool]) -> None:
        self._roll_calls.append(
            {
                order.key
                for order in self.open()
                if is_called(order) and (order.status or order.connection < self._connection)
            }
        )

    def _heard(self, key: OrderKey, permanent_id: int, time_ns: int) -> LiveOrder:
        """The order that the Bridge speaks of, struck off every roll; a new one when unseen."""
        order = self._find(key, permanent_id)
        if order is None:
            return LiveOrder(
                key=key,
                permanent_id=permanent_id,
                placed_ns=time_ns,
                connection=self._connection,
            )
        if order.key != key and order.key.order_id == 0:
            order = self._rename(order, key, time_ns)
        for roll in self._roll_calls:
            roll.discard(order.key)
        return order

    def _find(self, key: OrderKey, permanent_id: int) -> LiveOrder | None:
        order = self._orders.get(key) or self.by_permanent_id(permanent_id)
        if order is None or order.is_open:
            return order
        # A finished order's id under another lasting number is another order with a used id.
        same = permanent_id in (0, order.permanent_id) or order.permanent_id == 0
        return order if same else None

    def _rename(self, order: LiveOrder, key: OrderKey, time_ns: int) -> LiveOrder:
        if key == order.key:
            return order
        del self._orders[order.key]
        self._dirty.add(order.key)
        for roll in self._roll_calls:
            roll.discard(order.key)
        order = replace(order, key=key)
        self._keep(order, time_ns)
        return order

    def _keep(self, order: LiveOrder, time_ns: int) -> None:
        """Put an order in the place of what was known of it, unless nothing is different."""
        known = self._orders.get(order.key)
        if known == order:
            return
        before = order.history[-1] if order.history else None
        if before is None or before[1:] != (order.stage, order.status, order.filled):
            change = StatusChange(time_ns, order.stage, order.status, order.filled)
            order = replace(order, history=(*order.history, change))
        self._orders[order.key] = replace(order, updated_ns=time_ns)
        if order.permanent_id:
            self._by_permanent_id[order.permanent_id] = order.key
        self._dirty.add(order.key)


def _key(client_id: int, order_id: int, permanent_id: int) -> OrderKey:
    return OrderKey(client_id, order_id, permanent_id if order_id == 0 else 0)
