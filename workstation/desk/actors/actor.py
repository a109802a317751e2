"""Actor: a trading program that shares a desk's one Bridge connection with others.

Owns a program's view from its side of the desk: its own ids, its own picture (folded from what it
asked and what came back for it), its handlers, and its answers to the desk. It has the same
requests and handlers as a ClientApplication; only the way a request takes is another. Leaves to its
host how messages reach the desk, and to the desk everything about the Bridge.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum

from workstation.clients.handlers import Handlers
from workstation.clients.requests import Requests
from workstation.errors import NotConnected
from workstation.model import Contract, Execution, MarketOrder
from workstation.model.contracts.identity import instrument_key
from workstation.protocol.catalog import ExecutionData, StartApi
from workstation.protocol.message import Inbound, Request
from workstation.state.picture import Picture

__all__ = ["Actor", "ActorState", "DeskRequest"]

logger = logging.getLogger(__name__)


class ActorState(StrEnum):
    """What an actor does."""

    NEW = "new"
    RUNNING = "running"
    PAUSED = "paused"
    """Alive, but it opens nothing new."""
    STOPPED = "stopped"
    FAILED = "failed"
    """It raised; it takes part no more."""


class DeskRequest(StrEnum):
    """What a desk asks of an actor."""

    PAUSE = "pause"
    RESUME = "resume"
    FLATTEN = "flatten"
    HAND_OVER = "hand_over"
    """Pause, and count what is held, and what still fills, as the person's from now on."""
    STOP = "stop"
    REPORT = "report"


class Actor(Requests, Handlers):
    """A trading program with a name and a short code; subclass it.

    `initialize` runs once, when the desk has taken it on; `act` after each message that came for it
    while it is running.

    Args:
        name: for people.
        code: 1 to 16 of `A-Z0-9_`, unique on a desk.
        clock_ns: time in nanoseconds since 1970.
    """

    def __init__(self, name: str, code: str, clock_ns: Callable[[], int] = time.time_ns) -> None:
        self.name = name
        self.code = code
        self.clock_ns = clock_ns
        self.picture = Picture()
        self.state = ActorState.NEW
        self.positions: dict[str, Decimal] = {}
        """What this actor holds by its own fills, by instrument; not what a person took over."""
        self._contracts: dict[str, Contract] = {}
        self._given_away: dict[str, Decimal] = {}
        """How much of its fills is the person's, by instrument."""
        self._is_giving_away = False
        self._next_id = 1
        self._post: Callable[[Request], None] | None = None

    # What a program overrides

    def initialize(self) -> None:
        """Called once, when the desk has taken the actor on: ask for market data here."""

    def act(self) -> None:
        """Called after each message while running: decide and trade here."""

    def report(self) -> dict[str, str]:
        """What to tell the desk when it asks; values in words."""
        held = {key: str(size) for key, size in self.positions.items() if size}
        orders = sum(order.is_open for order in self.picture.orders.all())
        return {"state": self.state, "working orders": str(orders), **held}

    def flatten(self) -> None:
        """Cancel what works and close what is held; called when the desk asks for it."""
        for order in self.picture.orders.open():
            self.cancel_order(order.key.order_id)
        for key, size in self.positions.items():
            if size:
                action = "SELL" if size > 0 else "BUY"
                self.place_order(self._contracts[key], MarketOrder(action, abs(size)))

    # Requests

    def new_id(self) -> int:
        """An id of the actor's own; the desk has another for the Bridge."""
        self._next_id += 1
        return self._next_id - 1

    def send(self, request: Request) -> None:
        """Hand a request to the desk.

        Raises:
            NotConnected: no desk has taken the actor on, or it has stopped.
        """
        if self._post is None or self.state is ActorState.STOPPED:
            raise NotConnected(f"actor {self.code} is on no desk")
        self.picture.apply(request, self.clock_ns())
        self._post(request)

    def is_under_way(self, order_id: int) -> bool:
        """Whether an order may still fill, or has filled and its fills have not all come."""
        order = self.picture.orders.own(order_id)
        return order is not None and (order.is_open or order.executed < order.filled)

    # What its host calls

    def take_on(self, post: Callable[[Request], None], client_id: int) -> None:
        """A desk has taken the actor on.

        Args:
            post: brings a request on its way to the desk.
            client_id: the desk's number at the Bridge, under which orders are placed.
        """
        self._post = post
        self.picture.apply(StartApi(client_id=client_id), self.clock_ns())
        self.state = ActorState.RUNNING
        self.initialize()

    def receive(self, message: Inbound) -> None:
        """A message of the Bridge came for this actor, with the actor's own ids in it."""
        self.picture.apply(message, self.clock_ns())
        if isinstance(message, ExecutionData):
            self._count(message)
        self.message_received(message)
        handler: Callable[[Inbound], None] = getattr(self, message.name)
        handler(message)
        if self.state is ActorState.RUNNING:
            self.act()

    def answer(self, request: DeskRequest) -> dict[str, str]:
        """Do what the desk asks; gives what to tell it."""
        alive = self.state in {ActorState.RUNNING, ActorState.PAUSED}
        if request is DeskRequest.PAUSE and alive:
            self.state = ActorState.PAUSED
        elif request is DeskRequest.RESUME and alive:
            self.state = ActorState.RUNNING
            self._is_giving_away = False
        elif request is DeskRequest.FLATTEN and alive:
            self.state = ActorState.PAUSED
            self.flatten()
        elif request is DeskRequest.HAND_OVER:
            self._hand_over()
        elif request is DeskRequest.STOP:
            self.state = ActorState.STOPPED
        return self.report()

    def _hand_over(self) -> None:
        """A person closes the account's positions: what was this actor's is closed with them."""
        if self.state is ActorState.RUNNING:
            self.state = ActorState.PAUSED
        self._is_giving_away = True
        for key, size in self.positions.items():
            self._given_away[key] = self._given_away.get(key, Decimal(0)) + size
            self.positions[key] = Decimal(0)

    def _count(self, message: ExecutionData) -> None:
        """What is held now, by every fill once: fills are told again, and corrected."""
        key = instrument_key(message.contract)
        fills = [each for each in self.picture.executions.all() if each.instrument == key]
        filled = sum((_signed(each.execution) for each in fills), Decimal(0))
        if self._is_giving_away:
            self._given_away[key] = filled
        self.positions[key] = filled - self._given_away.get(key, Decimal(0))
        self._contracts[key] = message.contract


def _signed(execution: Execution) -> Decimal:
    shares = execution.shares or Decimal(0)
    return shares if execution.side == "BOT" else -shares
