"""Broker: the narrow interface between the desk and whatever carries its messages.

Owns the words (message, delivery, queue, tap) and their contract. Three things are asked of a
broker: publish with a confirmation, consume a named queue with acknowledgement, and tap an exchange
without ever slowing it. Leaves to each broker how it does that; every broker passes the same
contract tests.

Threads:

- Every method may be called from any thread and returns without waiting for anybody else.
- A broker runs two kinds of a caller's code: `on_ready`, and what was added to a confirmation with
  `add_done_callback`. Both may run on any thread, the publisher's own included, and never while the
  broker holds a lock. They must return at once: set an event, or `call_soon_threadsafe`. A fault in
  `on_ready` is logged and hurts nobody else.
- Deliveries are never pushed. Whoever consumes calls `take` on the thread of its own choosing, so
  handlers run where their owner wants them and may take as long as they like.
- `on_ready` may come for nothing, and one call may stand for many messages. Who was called takes
  until `take` gives less than it was asked for; what waits because of the prefetch is announced
  again once something is acknowledged.

Order: a queue keeps the order in which it got messages, from one publisher the order in which that
one published. With several consumers, which of them gets a message is not promised.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import MappingProxyType

from workstation.desk.routing import Exchange
from workstation.errors import DeskError, InvalidValue

__all__ = [
    "LONGEST_QUEUE",
    "Binding",
    "Broker",
    "BrokerMessage",
    "Consumer",
    "ConsumerLost",
    "Delivery",
    "Properties",
    "QueueFull",
    "Tap",
    "Undeliverable",
]

LONGEST_QUEUE = 100_000
"""Messages that a queue holds unless its declaration says another number."""

_LONGEST_SHORT_TEXT = 255
"""Bytes that AMQP has for a routing key or a property."""

_SHORT_TEXTS = (
    "message_id",
    "correlation_id",
    "reply_to",
    "type",
    "app_id",
    "user_id",
    "content_type",
)


class Undeliverable(DeskError):
    """A mandatory message fits no queue."""


class QueueFull(DeskError):
    """A queue that must lose nothing takes no more; the publisher is told at once."""


class ConsumerLost(DeskError):
    """Somebody else ended the consuming: the queue was deleted, or the server is gone."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What travels beside a body; names as AMQP has them.

    Texts may be 255 bytes long, and a header is a text, a whole number or a boolean, so that every
    broker can carry what one carries.

    Raises:
        InvalidValue: something AMQP can not carry.
    """

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
    headers: Mapping[str, str | int | bool] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for name in _SHORT_TEXTS:
            _check_short(name, getattr(self, name))
        if self.delivery_mode not in (1, 2):
            raise InvalidValue("delivery_mode", self.delivery_mode, "1 (transient) or 2 (kept)")
        if self.timestamp < 0:
            raise InvalidValue("timestamp", self.timestamp, "whole seconds since 1970")
        for name, value in self.headers.items():
            _check_short("header", name)
            if not isinstance(value, str | int):
                raise InvalidValue(f"header {name}", value, "a text, a whole number or a boolean")
        object.__setattr__(self, "headers", MappingProxyType(dict(self.headers)))


def _check_short(name: str, text: str) -> None:
    if text.isascii() and len(text) <= _LONGEST_SHORT_TEXT:
        return
    try:
        fits = len(text.encode()) <= _LONGEST_SHORT_TEXT
    except UnicodeEncodeError:
        fits = False
    if not fits:
        raise InvalidValue(name, text, f"at most {_LONGEST_SHORT_TEXT} bytes of UTF-8")


@dataclass(frozen=True, slots=True)
class BrokerMessage:
    """A message as it was published."""

    exchange: str
    routing_key: str
    body: bytes
    properties: Properties

    def __post_init__(self) -> None:
        _check_short("routing_key", self.routing_key)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message handed to a consumer, to be acknowledged."""

    tag: int
    """Counts up for each consumer; it means nothing to another one."""
    message: BrokerMessage
    redelivered: bool
    """Whether it was handed out before, perhaps without having been seen: only a hint."""


@dataclass(frozen=True, slots=True)
class Binding:
    """Which messages of an exchange go to a queue."""

    exchange: Exchange
    pattern: str


class Consumer(ABC):
    """One consumer of a queue."""

    @abstractmethod
    def take(self, most: int) -> list[Delivery]:
        """The next deliveries, oldest first, without waiting; none after `cancel` or `close`.

        Args:
            most: how many at most. There are never more unacknowledged than the prefetch.

        Raises:
            ConsumerLost: the queue was deleted or the server is gone. Nothing comes any more, and
                what was taken and not acknowledged may come again to somebody else.
        """

    @abstractmethod
    def acknowledge(self, tag: int, *, multiple: bool = False) -> None:
        """A delivery is dealt with; with `multiple` all up to it.

        After the consumer has ended this does nothing: the delivery went back already.

        Raises:
            DeskError: no such delivery waits for it.
        """

    @abstractmethod
    def reject(self, tag: int, *, requeue: bool) -> None:
        """A delivery is not dealt with: back to its place, or away.

        After the consumer has ended this does nothing: the delivery went back already.

        Raises:
            DeskError: no such delivery waits for it.
        """

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
        """Stop looking; what was not drained is forgotten."""


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

        A tap may count as a queue here, as it is one on a server: that a mandatory message was
        taken does not prove that whom it is for has a queue.

        Returns:
            Done when every queue it fits has it. It fails with Undeliverable when `mandatory` and
            no queue fits, with QueueFull when a queue takes no more (the others have it), and with
            DeskError when the broker is closed.

        Raises:
            InvalidValue: the key is too long.
        """

    @abstractmethod
    def declare_queue(
        self,
        name: str,
        bindings: tuple[Binding, ...],
        *,
        durable: bool = False,
        exclusive: bool = False,
        max_length: int = LONGEST_QUEUE,
    ) -> None:
        """Make a queue, if there is none of that name.

        Args:
            name: its name.
            bindings: which messages go to it; one that fits several comes once.
            durable: whether it outlives the broker, where a broker can.
            exclusive: whether it has one consumer and goes with it.
            max_length: messages that may wait in it; one more is refused (QueueFull). Those handed
                out and not acknowledged do not count.

        Raises:
            InvalidValue: it could hold nothing.
            DeskError: there is one of that name that is different, or the broker is closed.
        """

    @abstractmethod
    def delete_queue(self, name: str) -> None:
        """Remove a queue and what is in it, if there is one; its consumers are lost."""

    @abstractmethod
    def consume(self, queue: str, on_ready: Callable[[], None], *, prefetch: int = 100) -> Consumer:
        """Consume a queue.

        Args:
            queue: its name.
            on_ready: called when `take` may have something, or has a loss to tell.
            prefetch: how many deliveries may be unacknowledged at once.

        Raises:
            InvalidValue: the prefetch lets nothing through.
            DeskError: there is no such queue, it is exclusive and taken, or the broker is closed.
        """

    @abstractmethod
    def tap(self, exchange: Exchange, pattern: str = "#", *, max_length: int = 10_000) -> Tap:
        """Look at an exchange's messages without slowing it.

        Raises:
            InvalidValue: it would keep nothing.
            DeskError: the broker is closed.
        """

    @abstractmethod
    def close(self) -> None:
        """End; consumers and taps get nothing more."""
