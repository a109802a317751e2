"""Listing: what was there at the Bridge before this session's first order.

Owns asking for everybody's working orders, the positions and today's executions, whether all of it
has been told, and saying so in a line. A new connection is listed anew. Has no timer: `advance` is
called whenever something may have changed.
"""

from __future__ import annotations

from workstation.clients.calls import Call
from workstation.errors import NotConnected
from workstation.protocol.catalog import (
    RequestAllOpenOrders,
    RequestExecutions,
    RequestPositions,
)
from workstation.state.session import ConnectionStage
from workstation.ui.workplace import Workplace

__all__ = ["Listing", "counted"]

_ASKED = (RequestAllOpenOrders, RequestPositions, RequestExecutions)

_AGAIN_NS = 5_000_000_000
"""After a listing that failed, how long until it is tried again."""

_UNCONNECTED = frozenset({ConnectionStage.DISCONNECTED, ConnectionStage.CONNECTING})


class Listing:
    """The listing of one connection after the other.

    Args:
        workplace: the picture and the way to the Bridge.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._picture = workplace.picture
        self._trader = workplace.trader
        self._clock_ns = workplace.clock_ns
        self._client_id = workplace.client_id
        self._calls: tuple[Call, ...] = ()
        self._asked_ns = 0

    @property
    def is_complete(self) -> bool:
        """Whether working orders, positions and executions have all been told."""
        return bool(self._calls) and all(_succeeded(call) for call in self._calls)

    @property
    def problem(self) -> str:
        """Why the listing failed; empty while it has not."""
        return next((told for call in self._calls if (told := _failure(call))), "")

    @property
    def words(self) -> str:
        """What was found, in a line; how far it is, before it is complete."""
        if self.problem:
            return f"orders and positions could not be listed: {self.problem}"
        if not self.is_complete:
            return "orders, positions and executions are still being listed"
        orders = self._picture.orders.open()
        others = sum(order.key.client_id != self._client_id for order in orders)
        found = counted(len(orders), "working order")
        if others:
            found = f"{found} ({others} of other clients)"
        positions = counted(len(self._picture.positions.open()), "position")
        executions = counted(len(self._picture.executions.all()), "execution")
        return f"found {found} · {positions} · {executions}"

    def advance(self) -> None:
        """Ask as soon as there is a connection, and again some time after a failure."""
        session = self._picture.session
        if session.stage in _UNCONNECTED:
            self._calls = ()
        elif session.accounts and (not self._calls or self._may_retry()):
            self._ask()

    def _may_retry(self) -> bool:
        return bool(self.problem) and self._clock_ns() - self._asked_ns > _AGAIN_NS

    def _ask(self) -> None:
        self._asked_ns = self._clock_ns()
        try:
            self._calls = tuple(self._trader.ask(each) for each in _ASKED)
        except NotConnected:
            # The picture will say so too; the next connection is listed.
            self._calls = ()


def counted(count: int, word: str) -> str:
    """A number of things in words: `1 order`, `2 orders`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _succeeded(call: Call) -> bool:
    future = call.future
    return future.done() and not future.cancelled() and future.exception() is None


def _failure(call: Call) -> str:
    if not call.future.done() or _succeeded(call):
        return ""
    return "given up" if call.future.cancelled() else str(call.future.exception())
