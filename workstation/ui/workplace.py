"""Workplace: what the panes work with.

Owns nothing: it names the picture, the way to the Bridge and the desk's log in one value that the
app hands to every pane, so that a pane in a test needs no more than a picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from workstation.clients import Priority
from workstation.clients.calls import Call
from workstation.model import Contract, Order
from workstation.protocol.message import Request
from workstation.state.picture import Picture

__all__ = ["Actors", "Trader", "Workplace"]


class Trader(Protocol):
    """The screen's way to the Bridge: the desk's participant SCREEN.

    All methods may be called from the screen's loop and return at once. They raise NotConnected,
    EncodeError and, where an order is sent, OrderRefused.
    """

    def place_order(
        self, contract: Contract, order: Order, *, override: frozenset[str] = frozenset()
    ) -> int:
        """Place an order; gives its id. What-if orders (`order.what_if`) go the same way."""

    def modify_order(
        self,
        order_id: int,
        contract: Contract,
        order: Order,
        *,
        override: frozenset[str] = frozenset(),
    ) -> None:
        """Change a working order."""

    def cancel_order(self, order_id: int) -> None:
        """Ask to cancel one order."""

    def request_global_cancel(self) -> None:
        """Cancel every order, whoever placed it."""

    def ask(self, request_class: type[Request], **fields: object) -> Call:
        """Send a request whose answer can be waited for (`call.future`)."""

    def watch(self, owner: str, priority: Priority, contracts: Sequence[Contract]) -> None:
        """Say which instruments `owner` wants quotes of, instead of earlier ones."""


class Actors(Protocol):
    """The trading programs on the desk; all methods return at once, and what they ask follows."""

    def running(self) -> tuple[str, ...]:
        """Codes of the actors that trade now."""

    def pause(self, codes: Sequence[str]) -> None:
        """Let actors open nothing new."""

    def resume(self, codes: Sequence[str]) -> None:
        """Let paused actors trade again."""

    def hand_over(self) -> None:
        """Pause every actor, and take its positions over."""


class _NoActors:
    """A desk without actors."""

    def running(self) -> tuple[str, ...]:
        return ()

    def pause(self, codes: Sequence[str]) -> None:
        pass

    def resume(self, codes: Sequence[str]) -> None:
        pass

    def hand_over(self) -> None:
        pass


_NO_ACTORS = _NoActors()


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a pane may touch.

    Args:
        picture: the live picture; read only.
        trader: the way to the Bridge.
        client_id: our number at the Bridge: orders of other clients can only be looked at.
        clock_ns: time in nanoseconds since 1970.
        actors: the trading programs on the desk.
    """

    picture: Picture
    trader: Trader
    client_id: int
    clock_ns: Callable[[], int]
    actors: Actors = _NO_ACTORS
