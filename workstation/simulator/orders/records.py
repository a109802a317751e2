"""Records: which orders there are, which of them are open, and every execution.

Owns finding them and having them on disk. Leaves what becomes of an order to the desk.
"""

from __future__ import annotations

from collections.abc import Iterator

from workstation.simulator.instruments import Instruments
from workstation.simulator.orders.life import SimulatedOrder
from workstation.simulator.orders.store import Pair, Store

__all__ = ["Records"]


class Records:
    """All orders and executions of a simulated Bridge.

    Args:
        instruments: finds the instruments of orders that were kept on disk.
        store: where they are kept; None keeps them as long as this lives.
    """

    def __init__(self, instruments: Instruments, store: Store | None = None) -> None:
        self._store = store
        self._orders: dict[tuple[int, int], SimulatedOrder] = {}
        self._open: dict[int, list[SimulatedOrder]] = {}
        """By contract id."""
        self.executions: list[Pair] = []
        self.next_order_id: dict[int, int] = {}
        """The lowest id that the next order of a client may have."""
        if store is not None:
            for fields in store.orders():
                listing = instruments.remembered(fields["contract"])
                self._put(SimulatedOrder(listing=listing, **fields))
            self.executions = store.executions()

    def __len__(self) -> int:
        return len(self._orders)

    def __iter__(self) -> Iterator[SimulatedOrder]:
        return iter(self._orders.values())

    def find(self, client_id: int, order_id: int) -> SimulatedOrder | None:
        """A client's order."""
        return self._orders.get((client_id, order_id))

    def parent(self, order: SimulatedOrder) -> SimulatedOrder | None:
        """The order that another one hangs on, if it hangs on one."""
        return self.find(order.client_id, order.order.parent_id)

    def open(self, client_id: int | None = None) -> list[SimulatedOrder]:
        """Orders that can still fill, of one client or of all, as they came."""
        found = [
            order
            for orders in self._open.values()
            for order in orders
            if client_id in (None, order.client_id)
        ]
        return sorted(found, key=lambda order: order.permanent_id)

    def open_by_instrument(self) -> list[list[SimulatedOrder]]:
        """The open orders of each instrument that has some."""
        return list(self._open.values())

    def open_of(self, contract_id: int) -> list[SimulatedOrder]:
        """The open orders of an instrument."""
        return self._open.get(contract_id, [])

    def add(self, order: SimulatedOrder) -> None:
        """A new order."""
        self._put(order)

    def end(self, order: SimulatedOrder) -> None:
        """An order is open no more."""
        contract_id = order.listing.contract_id
        orders = self._open.get(contract_id, [])
        if order in orders:
            orders.remove(order)
            if not orders:
                del self._open[contract_id]

    def keep(self, order: SimulatedOrder, fill: Pair | None = None) -> None:
        """Write down what clients are about to be told: an order, and a new execution of it."""
        if fill is not None:
            self.executions.append(fill)
        if self._store is not None:
            numbered = None if fill is None else (len(self.executions), fill)
            self._store.keep(order, numbered)

    def take_id(self, client_id: int, order_id: int) -> None:
        """An id is used up."""
        following = max(self.next_order_id.get(client_id, 1), order_id + 1)
        self.next_order_id[client_id] = following

    def _put(self, order: SimulatedOrder) -> None:
        self._orders[order.client_id, order.order_id] = order
        self.take_id(order.client_id, order.order_id)
        if order.is_open:
            self._open.setdefault(order.listing.contract_id, []).append(order)
