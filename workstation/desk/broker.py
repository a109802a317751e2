"""Broker: the narrow interface between the desk and whatever carries its messages.

Owns the words (message, delivery, queue, tap) and their contract. Three things are asked of a
broker: publish with a confirmation, consume a named queue with acknowledgement, and tap an exchange
without ever slowing it.

Threads: every method may be called from any thread and returns at once. A broker never runs a
caller's code but `on_ready`, which may be called on any thread, must return at once and only wake
its owner; the owner then takes what there is on a thread of its own choosing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field

from workstation.desk.routing import Exchange
from workstation.errors import DeskError

__all__ = [
    "Binding",
    "Broker",
    "BrokerMessage",
    "Consumer",
    "Delivery",
    "Properties",
    "QueueFull",
    "Tap",
    "Undeliverable",
]


class Undeliverable(DeskError):
    """A mandatory message fits no queue."""


class QueueFull(DeskError):
    """A queue that must lose nothing takes no more; the publisher is told at once."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What travels beside a body; names as AMQP has them."""

    message_id: str = ""
    """Key for removing duplicates."""
    correlation_id: str = ""
    """The message this one belongs to."""
    reply_to: str = ""
    """The sender's own routing key."""
    type: str = ""
    """Name of the message in the body."""
    app_id: str = ""
    """Code of the sender."""
    user_id: str = ""
    timestamp: int = 0
    """Whole seconds since 1970."""
    content_type: str = "application/json"
    delivery_mode: int = 1
    """2 for what must outlive the broker: everything about orders."""
    headers: Mapping[str, str | int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BrokerMessage:
    """A message as it was published."""

    exchange: str
    routing_key: str
    body: bytes
    properties: Properties


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message handed to a consumer, to be acknowledged."""

    tag: int
    message: BrokerMessage
    redelivered: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """Which messages of an exchange go to a queue."""

    exchange: Exchange
    pattern: str


class Consumer(ABC):
    """One consumer of a queue."""

    @abstractmethod
    def take(self, most: int) -> list[Delivery]:
        """The next deliveries, oldest first; at most `most`, and at most the prefetch unacked."""

    @abstractmethod
    def acknowledge(self, tag: int, *, multiple: bool = False) -> None:
        """A delivery is dealt with; with `multiple` all up to it."""

    @abstractmethod
    def reject(self, tag: int, *, requeue: bool) -> None:
        """A delivery is not dealt with: back to its place, or away."""

    @abstractmethod
    def cancel(self) -> None:
        """Stop consuming; what was not acknowledged goes back to its place."""


class Tap(ABC):
    """A view of an exchange that keeps the latest messages and forgets older ones."""

    @abstractmethod
    def drain(self) -> tuple[list[BrokerMessage], int]:
        """What came since the last call, oldest first, and how many were lost before it."""

    @abstractmethod
    def close(self) -> None:
        """Stop looking."""


class Broker(ABC):
    """Carries messages between a desk, its actors and those who watch."""

    @abstractmethod
    def publish(
        self,
        exchange: Exchange,
        routing_key: str,
        body: bytes,
        properties: Properties,
        *,
        mandatory: bool = False,
    ) -> Future[None]:
        """Publish a message.

        Returns:
            Done when every queue it fits has it. It fails with Undeliverable when `mandatory` and
            no queue fits, and with QueueFull when a queue takes no more.
        """

    @abstractmethod
    def declare_queue(
        self,
        name: str,
        bindings: tuple[Binding, ...],
        *,
        durable: bool = False,
        exclusive: bool = False,
        max_length: int | None = None,
    ) -> None:
        """Make a queue, if there is none of that name.

        Args:
            name: its name.
            bindings: which messages go to it; one that fits several comes once.
            durable: whether it outlives the broker, where a broker can.
            exclusive: whether it has one consumer and goes with it.
            max_length: messages it holds; one more is refused (QueueFull).

        Raises:
            DeskError: there is one of that name that is different.
        """

    @abstractmethod
    def delete_queue(self, name: str) -> None:
        """Remove a queue and what is in it."""

    @abstractmethod
    def consume(self, queue: str, on_ready: Callable[[], None], *, prefetch: int = 100) -> Consumer:
        """Consume a queue; `on_ready` says that `take` may have something.

        Raises:
            DeskError: there is no such queue, or it is exclusive and taken.
        """

    @abstractmethod
    def tap(self, exchange: Exchange, pattern: str = "#", *, max_length: int = 10_000) -> Tap:
        """Look at an exchange's messages without slowing it."""

    @abstractmethod
    def close(self) -> None:
        """End; consumers and taps get nothing more."""
