"""EmbeddedBroker: a broker inside of this process, without a server.

Owns queues in memory that behave as RabbitMQ's do in matching, order, acknowledgement, redelivery,
undeliverable messages and bounded taps. It does not claim durability or other processes.

One lock guards everything; it is held only while a message is put into or taken from queues, and
never while a caller's code runs.
"""

from __future__ import annotations

import heapq
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field

from workstation.desk.broker import (
    LONGEST_QUEUE,
    Binding,
    Broker,
    BrokerMessage,
    Consumer,
    ConsumerLost,
    Delivery,
    Properties,
    QueueFull,
    Tap,
    Undeliverable,
)
from workstation.desk.routing import Exchange, matches
from workstation.errors import DeskError, InvalidValue

__all__ = ["EmbeddedBroker"]

logger = logging.getLogger(__name__)

_MOST_ROUTES = 4096
"""Routes that are remembered; beyond that an actor inventing keys would fill the memory."""


@dataclass(order=True, slots=True)
class _Entry:
    position: int
    message: BrokerMessage = field(compare=False)
    redelivered: bool = field(compare=False, default=False)


@dataclass(slots=True, eq=False)
class _Queue:
    name: str
    bindings: tuple[Binding, ...]
    durable: bool
    exclusive: bool
    max_length: int
    entries: deque[_Entry] = field(default_factory=deque)
    """Waiting messages, oldest first."""
    consumers: list[_EmbeddedConsumer] = field(default_factory=list)
    next_position: int = 0

    @property
    def declaration(self) -> tuple[object, ...]:
        """What a second declaration must say too."""
        return set(self.bindings), self.durable, self.exclusive, self.max_length

    @property
    def is_full(self) -> bool:
        return len(self.entries) >= self.max_length

    def put(self, message: BrokerMessage) -> None:
        self.entries.append(_Entry(self.next_position, message))
        self.next_position += 1

    def put_back(self, returned: list[_Entry]) -> None:
        """Return messages, oldest first, to their places."""
        for entry in returned:
            entry.redelivered = True
        if returned and self.entries and self.entries[0] < returned[-1]:
            self.entries = deque(heapq.merge(returned, self.entries))
        else:
            self.entries.extendleft(reversed(returned))

    def fits(self, exchange: str, key: str) -> bool:
        return any(b.exchange == exchange and matches(b.pattern, key) for b in self.bindings)


class EmbeddedBroker(Broker):
    """A broker inside of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: dict[str, _Queue] = {}
        self._taps: list[_EmbeddedTap] = []
        self._routes: dict[tuple[str, str], tuple[list[_Queue], list[_EmbeddedTap]]] = {}
        self._closed = False

    def publish(
        self,
        exchange: Exchange,
        routing_key: str,
        body: bytes,
        properties: Properties,
        *,
        mandatory: bool = False,
    ) -> Future[None]:
        """See `Broker.publish`; the result is known at once."""
        message = BrokerMessage(exchange, routing_key, body, properties)
        woken: list[_EmbeddedConsumer] = []
        error: DeskError | None = None
        with self._lock:
            queues, taps = self._route(exchange, routing_key)
            for tap in taps:
                tap.put(message)
            for queue in queues:
                if queue.is_full:
                    error = QueueFull(f"queue {queue.name} holds {queue.max_length} already")
                    continue
                queue.put(message)
                woken += queue.consumers
            if self._closed:
                error = DeskError("the broker is closed")
        if error is None and mandatory and not queues:
            error = Undeliverable(f"no queue takes {routing_key} of {exchange}")
        confirmation: Future[None] = Future()
        if error is not None:
            confirmation.set_exception(error)
        else:
            confirmation.set_result(None)
        _wake(woken)
        return confirmation

    def declare_queue(
        self,
        name: str,
        bindings: tuple[Binding, ...],
        *,
        durable: bool = False,
        exclusive: bool = False,
        max_length: int = LONGEST_QUEUE,
    ) -> None:
        """See `Broker.declare_queue`; nothing here outlives the process."""
        _at_least_one("max_length", max_length)
        declared = _Queue(name, bindings, durable, exclusive, max_length)
        with self._lock:
            self._check_open()
            known = self._queues.setdefault(name, declared)
            if known.declaration != declared.declaration:
                raise DeskError(f"queue {name} exists already, and is different")
            self._routes.clear()

    def delete_queue(self, name: str) -> None:
        """See `Broker.delete_queue`."""
        with self._lock:
            queue = self._queues.get(name)
            lost = self._drop(queue, f"queue {name} was deleted") if queue is not None else []
        # Woken, they learn of it; a consumer that is never told waits for ever.
        _wake(lost)

    def consume(self, queue: str, on_ready: Callable[[], None], *, prefetch: int = 100) -> Consumer:
        """See `Broker.consume`."""
        _at_least_one("prefetch", prefetch)
        with self._lock:
            self._check_open()
            found = self._queues.get(queue)
            if found is None:
                raise DeskError(f"there is no queue {queue}")
            if found.exclusive and found.consumers:
                raise DeskError(f"queue {queue} is taken by another consumer")
            consumer = _EmbeddedConsumer(self, found, on_ready, prefetch)
            found.consumers.append(consumer)
            ready = bool(found.entries)
        if ready:
            _wake([consumer])
        return consumer

    def tap(self, exchange: Exchange, pattern: str = "#", *, max_length: int = 10_000) -> Tap:
        """See `Broker.tap`."""
        _at_least_one("max_length", max_length)
        tap = _EmbeddedTap(self, exchange, pattern, max_length)
        with self._lock:
            self._check_open()
            self._taps.append(tap)
            self._routes.clear()
        return tap

    def close(self) -> None:
        """See `Broker.close`; what a tap has kept can still be drained."""
        ended: list[_EmbeddedConsumer] = []
        with self._lock:
            self._closed = True
            for queue in list(self._queues.values()):
                ended += self._drop(queue)
            self._taps.clear()
            self._routes.clear()
        _wake(ended)

    def _check_open(self) -> None:
        if self._closed:
            raise DeskError("the broker is closed")

    def _route(self, exchange: str, key: str) -> tuple[list[_Queue], list[_EmbeddedTap]]:
        route = self._routes.get((exchange, key))
        if route is None:
            if len(self._routes) >= _MOST_ROUTES:
                self._routes.clear()
            route = self._routes[exchange, key] = (
                [queue for queue in self._queues.values() if queue.fits(exchange, key)],
                [tap for tap in self._taps if tap.fits(exchange, key)],
            )
        return route

    def _drop(self, queue: _Queue, lost: str | None = None) -> list[_EmbeddedConsumer]:
        """Remove a queue; gives who is to be woken, once the lock is free."""
        del self._queues[queue.name]
        self._routes.clear()
        ended, queue.consumers = queue.consumers, []
        for consumer in ended:
            consumer.end(lost)
        queue.entries.clear()
        return ended

    # What consumers and taps call

    def take(self, consumer: _EmbeddedConsumer, most: int) -> list[Delivery]:
        """Hand out the oldest waiting messages."""
        with self._lock:
            if consumer.lost is not None:
                raise ConsumerLost(consumer.lost)
            if consumer.ended:
                return []
            entries = consumer.queue.entries
            count = min(most, consumer.prefetch - len(consumer.unacked), len(entries))
            return [consumer.hand_out(entries.popleft()) for _ in range(count)]

    def settle(
        self, consumer: _EmbeddedConsumer, tag: int, *, multiple: bool, requeue: bool
    ) -> None:
        """Forget deliveries, or put them back where they were."""
        with self._lock:
            if consumer.ended:
                return
            returned = consumer.settle(tag, multiple=multiple)
            queue = consumer.queue
            if requeue:
                queue.put_back(returned)
            woken = list(queue.consumers) if queue.entries else []
        _wake(woken)

    def remove_consumer(self, consumer: _EmbeddedConsumer) -> None:
        """A consumer goes of its own will; with the last one an exclusive queue goes too."""
        with self._lock:
            if consumer.ended:
                return
            queue = consumer.queue
            queue.consumers.remove(consumer)
            queue.put_back(consumer.end())
            if queue.exclusive:
                self._drop(queue)
            woken = list(queue.consumers) if queue.entries else []
        _wake(woken)

    def remove_tap(self, tap: _EmbeddedTap) -> None:
        """A tap is gone."""
        with self._lock:
            if tap in self._taps:
                self._taps.remove(tap)
            tap.empty()
            self._routes.clear()

    def drain(self, tap: _EmbeddedTap) -> tuple[list[BrokerMessage], int]:
        """What a tap has kept."""
        with self._lock:
            kept, lost = tap.empty()
        return list(kept), lost


class _EmbeddedConsumer(Consumer):
    """All but `on_ready` and `prefetch` is the broker's to change, under its lock."""

    def __init__(
        self, broker: EmbeddedBroker, queue: _Queue, on_ready: Callable[[], None], prefetch: int
    ) -> None:
        self.queue = queue
        self.on_ready = on_ready
        self.prefetch = prefetch
        self.unacked: dict[int, _Entry] = {}
        self.ended = False
        self.lost: str | None = None
        """Why it ended, when that was somebody else's doing."""
        self._broker = broker
        self._last_tag = 0

    def take(self, most: int) -> list[Delivery]:
        return self._broker.take(self, most)

    def acknowledge(self, tag: int, *, multiple: bool = False) -> None:
        self._broker.settle(self, tag, multiple=multiple, requeue=False)

    def reject(self, tag: int, *, requeue: bool) -> None:
        self._broker.settle(self, tag, multiple=False, requeue=requeue)

    def cancel(self) -> None:
        self._broker.remove_consumer(self)

    def hand_out(self, entry: _Entry) -> Delivery:
        self._last_tag += 1
        self.unacked[self._last_tag] = entry
        return Delivery(self._last_tag, entry.message, entry.redelivered)

    def settle(self, tag: int, *, multiple: bool) -> list[_Entry]:
        """Forget a delivery (with `multiple` all up to it); gives them in order of their places."""
        if tag not in self.unacked:
            raise DeskError(f"no delivery {tag} of queue {self.queue.name} waits to be settled")
        tags = [each for each in self.unacked if each <= tag] if multiple else [tag]
        return sorted(self.unacked.pop(each) for each in tags)

    def end(self, lost: str | None = None) -> list[_Entry]:
        """No more deliveries; gives what was not acknowledged, in order of their places."""
        self.ended, self.lost = True, lost
        entries = sorted(self.unacked.values())
        self.unacked.clear()
        return entries


class _EmbeddedTap(Tap):
    def __init__(
        self, broker: EmbeddedBroker, exchange: Exchange, pattern: str, max_length: int
    ) -> None:
        self._broker = broker
        self._exchange = exchange
        self._pattern = pattern
        self._kept: deque[BrokerMessage] = deque(maxlen=max_length)
        self._lost = 0

    def fits(self, exchange: str, key: str) -> bool:
        return self._exchange == exchange and matches(self._pattern, key)

    def put(self, message: BrokerMessage) -> None:
        """Keep a message, at the cost of the oldest; the broker holds its lock."""
        if len(self._kept) == self._kept.maxlen:
            self._lost += 1
        self._kept.append(message)

    def empty(self) -> tuple[deque[BrokerMessage], int]:
        """Hand over what is kept; the broker holds its lock, and publishers wait for it."""
        kept, lost = self._kept, self._lost
        self._kept, self._lost = deque(maxlen=kept.maxlen), 0
        return kept, lost

    def drain(self) -> tuple[list[BrokerMessage], int]:
        return self._broker.drain(self)

    def close(self) -> None:
        self._broker.remove_tap(self)


def _wake(consumers: Iterable[_EmbeddedConsumer]) -> None:
    for consumer in consumers:
        try:
            consumer.on_ready()
        except Exception:
            # The one who publishes must not pay for the fault of one who consumes.
            logger.exception("on_ready of a consumer of queue %s failed", consumer.queue.name)


def _at_least_one(name: str, value: int) -> None:
    if value < 1:
        raise InvalidValue(name, value, "a whole number above zero")
