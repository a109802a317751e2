"""Screen: the person at the desk.

Owns the screen's way to the Bridge: straight through the desk, with the orders and their answers
published for those who watch. Market data is not published.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from workstation.clients import Priority
from workstation.clients.calls import Call
from workstation.desk.actors.actor import DeskRequest
from workstation.model import Contract, Order
from workstation.protocol.catalog import CancelOrder, PlaceOrder, RequestGlobalCancel
from workstation.protocol.message import Request

if TYPE_CHECKING:
    from workstation.desk.multi_client_application import MultiClientApplication
    from workstation.desk.participants import Participant

__all__ = ["Screen"]

_NOTHING: frozenset[str] = frozenset()


class Screen:
    """The participant SCREEN; every method may be called from any thread and returns at once."""

    def __init__(self, desk: MultiClientApplication, participant: Participant) -> None:
        self._desk = desk
        self.participant = participant

    def place_order(
        self, contract: Contract, order: Order, *, override: frozenset[str] = _NOTHING
    ) -> int:
        """Place an order; gives its id.

        Raises:
            OrderRefused: the guard held it back; nothing was sent.
        """
        with self._desk.turn:
            order_id = self._desk.new_id()
            self.modify_order(order_id, contract, order, override=override)
        return order_id

    def modify_order(
        self,
        order_id: int,
        contract: Contract,
        order: Order,
        *,
        override: frozenset[str] = _NOTHING,
    ) -> None:
        """Change a working order.

        Raises:
            OrderRefused: the guard held it back; the order works on unchanged.
        """
        owner = self._desk.participants.of_order(order_id)
        if owner is None:
            self._desk.participants.own_order(self.participant, order_id)
        numbered = msgspec.structs.replace(
            order, order_id=order_id, order_reference=order.order_reference or self.participant.code
        )
        request = PlaceOrder(order_id=order_id, contract=contract, order=numbered)
        self._desk.send(request, override=override)
        self._desk.publish_for_screen(request)

    def cancel_order(self, order_id: int) -> None:
        """Ask to cancel one order, an actor's too."""
        self._send(CancelOrder(order_id=order_id))

    def request_global_cancel(self) -> None:
        """Cancel every order of the account."""
        self._send(RequestGlobalCancel())

    def ask(self, request_class: type[Request], **fields: object) -> Call:
        """Send a request whose answer can be waited for."""
        return self._desk.ask(request_class, **fields)

    def watch(self, owner: str, priority: Priority, contracts: Sequence[Contract]) -> None:
        """Say which instruments `owner` wants quotes of, instead of earlier ones."""
        self._desk.watch(owner, priority, contracts)

    def running(self) -> tuple[str, ...]:
        """Codes of the actors that trade now."""
        return self._desk.running_actors

    def pause(self, codes: Sequence[str]) -> None:
        """Let actors open nothing new."""
        self._command(codes, DeskRequest.PAUSE)

    def resume(self, codes: Sequence[str]) -> None:
        """Let paused actors trade again."""
        self._command(codes, DeskRequest.RESUME)

    def hand_over(self) -> None:
        """Pause every actor, and take its positions over: the person closes them."""
        codes = [each.code for each in self._desk.participants if each is not self.participant]
        self._command(codes, DeskRequest.HAND_OVER)

    def _command(self, codes: Sequence[str], request: DeskRequest) -> None:
        for code in codes:
            self._desk.call_soon(partial(self._desk.command, code, request))

    def _send(self, request: Request) -> None:
        self._desk.send(request)
        self._desk.publish_for_screen(request)
