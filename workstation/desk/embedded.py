"""EmbeddedBroker: a broker inside of this process, without a server.

Owns queues in memory that behave as RabbitMQ's do in matching, order, acknowledgement, redelivery,
undeliverable messages and bounded taps. It does not claim durability or other processes.

One lock guards everything; it is held only while a message is put into or taken from queues, and
never while a caller's code runs.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from workstation.desk.broker import (
    Binding,
    Broker,
    BrokerMessage,
    Consumer,
    Delivery,
    Properties,
    QueueFull,
    Tap,
    Undeliverable,
)
from workstation.desk.routing import Exchange, matches
from workstation.errors import DeskError

__all__ = ["EmbeddedBroker"]

_MOST_ROUTES = 4096


@dataclass(order=True, slots=True)
class _Entry:
    position: int
    message: BrokerMessage = field(compare=False)
    redelivered: bool = field(compare=False, default=False)


@dataclass(slots=True, eq=False)
class _Queue:
    name: str
    bindings: tuple[Binding, ...]
    exclusive: bool
    max_length: int | None
    entries: deque[_Entry] = field(default_factory=deque)
    """Waiting messages, oldest first."""
    consumers: deque[_EmbeddedConsumer] = field(default_factory=deque)
    next_position: int = 0

    def put_back(self, entry: _Entry) -> None:
        """Return a message to its place."""
        if self.entries and self.entries[0] < entry:
            self.entries = deque(sorted([*self.entries, entry]))
        else:
            self.entries.appendleft(entry)

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
        confirmation: Future[None] = Future()
        message = BrokerMessage(exchange, routing_key, body, properties)
        error: DeskError | None = None
        woken: list[_EmbeddedConsumer] = []
        with self._lock:
            queues, taps = self._route(exchange, routing_key)
            if self._closed:
                error = DeskError("the broker is closed")
            elif mandatory and not queues:
                error = Undeliverable(f"no queue takes {routing_key} of {exchange}")
            else:
                full = [q for q in queues if q.max_length and len(q.entries) >= q.max_length]
                if full:
                    error = QueueFull(f"queue {full[0].name} holds {full[0].max_length} already")
            if error is None:
                for tap in taps:
                    tap.put(message)
                for queue in queues:
                    queue.entries.append(_Entry(queue.next_position, message))
                    queue.next_position += 1
                    woken += queue.consumers
        if error is not None:
            confirmation.set_exception(error)
        else:
            confirmation.set_result(None)
        for consumer in woken:
            consumer.on_ready()
        return confirmation

    def declare_queue(
        self,
        name: str,
        bindings: tuple[Binding, ...],
        *,
        durable: bool = False,
        exclusive: bool = False,
        max_length: int | None = None,
    ) -> None:
        """See `Broker.declare_queue`; nothing here outlives the process."""
        del durable
        with self._lock:
            known = self._queues.get(name)
            if known is None:
                self._queues[name] = _Queue(name, bindings, exclusive, max_length)
                self._routes.clear()
            elif (known.bindings, known.exclusive, known.max_length) != (
                bindings,
                exclusive,
                max_length,
            ):
                raise DeskError(f"queue {name} exists already, and is different")

    def delete_queue(self, name: str) -> None:
        """See `Broker.delete_queue`."""
        with self._lock:
            self._queues.pop(name, None)
            self._routes.clear()

    def consume(self, queue: str, on_ready: Callable[[], None], *, prefetch: int = 100) -> Consumer:
        """See `Broker.consume`."""
        with self._lock:
            found = self._queues.get(queue)
            if found is None:
                raise DeskError(f"there is no queue {queue}")
            if found.exclusive and found.consumers:
                raise DeskError(f"queue {queue} is taken by another consumer")
            consumer = _EmbeddedConsumer(self, found, on_ready, prefetch)
            found.consumers.append(consumer)
            ready = bool(found.entries)
        if ready:
            on_ready()
        return consumer

    def tap(self, exchange: Exchange, pattern: str = "#", *, max_length: int = 10_000) -> Tap:
        """See `Broker.tap`."""
        tap = _EmbeddedTap(self, exchange, pattern, max_length)
        with self._lock:
            self._taps.append(tap)
            self._routes.clear()
        return tap

    def close(self) -> None:
        """See `Broker.close`."""
        with self._lock:
            self._closed = True
            self._queues.clear()
            self._taps.clear()
            self._routes.clear()

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

    # What consumers and taps call

    def take(self, consumer: _EmbeddedConsumer, most: int) -> list[Delivery]:
        """Hand out the oldest waiting messages."""
        deliveries: list[Delivery] = []
        with self._lock:
            entries = consumer.queue.entries
            if self._closed or consumer.cancelled:
                return []
            while entries and len(deliveries) < most and len(consumer.unacked) < consumer.prefetch:
                entry = entries.popleft()
                consumer.last_tag += 1
                consumer.unacked[consumer.last_tag] = entry
                delivery = Delivery(consumer.last_tag, entry.message, entry.redelivered)
                deliveries.append(delivery)
        return deliveries

    def settle(self, consumer: _EmbeddedConsumer, tags: list[int], *, requeue: bool) -> None:
        """Forget deliveries, or put them back where they were."""
        woken: list[_EmbeddedConsumer] = []
        with self._lock:
            queue = consumer.queue
            for tag in tags:
                entry = consumer.unacked.pop(tag, None)
                if entry is None:
                    continue
                if requeue:
                    entry.redelivered = True
                    queue.put_back(entry)
            if queue.entries:
                woken = list(queue.consumers)
        for each in woken:
            each.on_ready()

    def remove_consumer(self, consumer: _EmbeddedConsumer) -> None:
        """A consumer is gone."""
        with self._lock:
            consumer.cancelled = True
            if consumer in consumer.queue.consumers:
                consumer.queue.consumers.remove(consumer)
        self.settle(consumer, list(consumer.unacked), requeue=True)
        if consumer.queue.exclusive:
            self.delete_queue(consumer.queue.name)

    def remove_tap(self, tap: _EmbeddedTap) -> None:
        """A tap is gone."""
        with self._lock:
            if tap in self._taps:
                self._taps.remove(tap)
            self._routes.clear()

    def drain(self, tap: _EmbeddedTap) -> tuple[list[BrokerMessage], int]:
        """What a tap has kept."""
        with self._lock:
            messages, lost = list(tap.kept), tap.lost
            tap.kept.clear()
            tap.lost = 0
        return messages, lost


class _EmbeddedConsumer(Consumer):
    def __init__(
        self, broker: EmbeddedBroker, queue: _Queue, on_ready: Callable[[], None], prefetch: int
    ) -> None:
        self.broker = broker
        self.queue = queue
        self.on_ready = on_ready
        self.prefetch = prefetch
        self.unacked: dict[int, _Entry] = {}
        self.last_tag = 0
        self.cancelled = False

    def take(self, most: int) -> list[Delivery]:
        return self.broker.take(self, most)

    def acknowledge(self, tag: int, *, multiple: bool = False) -> None:
        tags = [each for each in list(self.unacked) if each <= tag] if multiple else [tag]
        self.broker.settle(self, tags, requeue=False)

    def reject(self, tag: int, *, requeue: bool) -> None:
        self.broker.settle(self, [tag], requeue=requeue)

    def cancel(self) -> None:
        self.broker.remove_consumer(self)


class _EmbeddedTap(Tap):
    def __init__(
        self, broker: EmbeddedBroker, exchange: Exchange, pattern: str, max_length: int
    ) -> None:
        self.broker = broker
        self.exchange = exchange
        self.pattern = pattern
        self.kept: deque[BrokerMessage] = deque(maxlen=max_length)
        self.lost = 0

    def fits(self, exchange: str, key: str) -> bool:
        return self.exchange == exchange and matches(self.pattern, key)

    def put(self, message: BrokerMessage) -> None:
        """Keep a message, at the cost of the oldest; the broker holds its lock."""
        if len(self.kept) == self.kept.maxlen:
            self.lost += 1
        self.kept.append(message)

    def drain(self) -> tuple[list[BrokerMessage], int]:
        return self.broker.drain(self)

    def close(self) -> None:
        self.broker.remove_tap(self)
