"""Groups: orders that hang on one another.

Owns who belongs together: a parent with its children, and orders of which one cancels or reduces
the others (OCA). The children of one parent are such a group too, as TWS makes them. Says what a
fill means for the rest; doing it is the desk's.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from workstation.model import OcaType
from workstation.simulator.orders.life import SimulatedOrder

__all__ = ["Groups"]

_ONE = Decimal(1)

Key = TypeVar("Key", bound=Hashable)


class Groups:
    """Who belongs to whom, among the open orders."""

    def __init__(self) -> None:
        self._children: dict[tuple[int, int], list[SimulatedOrder]] = {}
        self._oca: dict[tuple[str, str], list[SimulatedOrder]] = {}

    def add(self, order: SimulatedOrder) -> None:
        """An order has come."""
        if order.order.parent_id:
            key = order.client_id, order.order.parent_id
            self._children.setdefault(key, []).append(order)
        if order.order.oca_group:
            self._oca.setdefault((order.order.account, order.order.oca_group), []).append(order)

    def remove(self, order: SimulatedOrder) -> None:
        """An order has ended."""
        _leave(self._children, (order.client_id, order.order.parent_id), order)
        _leave(self._oca, (order.order.account, order.order.oca_group), order)

    def children(self, order: SimulatedOrder) -> list[SimulatedOrder]:
        """Open orders that wait for this one, as they came."""
        return list(self._children.get((order.client_id, order.order_id), ()))

    def after_fill(
        self, order: SimulatedOrder, quantity: Decimal
    ) -> Iterator[tuple[SimulatedOrder, Decimal]]:
        """The others of an order's group, and the size that each has after a fill; 0 is none.

        Args:
            order: who filled.
            quantity: how much.
        """
        others, kind = self._others(order)
        for other in others:
            if kind in (OcaType.REDUCE_WITH_BLOCK, OcaType.REDUCE_WITHOUT_BLOCK):
                share = quantity * other.total / order.total
                left = other.total - share.quantize(_ONE, ROUND_HALF_UP)
                yield other, max(Decimal(0), left) if left > other.filled else Decimal(0)
            else:
                yield other, Decimal(0)

    def _others(self, order: SimulatedOrder) -> tuple[list[SimulatedOrder], int]:
        asked = order.order
        if asked.oca_group:
            members = self._oca.get((asked.account, asked.oca_group), [])
            kind = asked.oca_type or OcaType.CANCEL_WITH_BLOCK
        elif asked.parent_id:
            members = self._children.get((order.client_id, asked.parent_id), [])
            kind = OcaType.REDUCE_WITHOUT_BLOCK
        else:
            return [], 0
        return [each for each in members if each is not order], kind


def _leave(groups: dict[Key, list[SimulatedOrder]], key: Key, order: SimulatedOrder) -> None:
    members = groups.get(key, [])
    if order in members:
        members.remove(order)
        if not members:
            del groups[key]
