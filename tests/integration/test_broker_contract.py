"""What every broker must do; one suite for all of them.

A further broker joins with one line in `BROKERS`: a context manager that gives a fresh one. Nothing
here looks inside of a broker, supposes that it answers on the caller's thread, or sleeps.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from workstation.desk.broker import (
    Binding,
    Broker,
    ConsumerLost,
    Properties,
    QueueFull,
    Undeliverable,
)
from workstation.desk.embedded import EmbeddedBroker
from workstation.desk.routing import Exchange
from workstation.errors import DeskError, InvalidValue

TIMEOUT_SECONDS = 10


@contextmanager
def embedded() -> Iterator[Broker]:
    broker = EmbeddedBroker()
    yield broker
    broker.close()


BROKERS = {"embedded": embedded}


@pytest.fixture(params=BROKERS)
def broker(request):
    with BROKERS[request.param]() as broker:
        yield broker


class Reader:
    """Consumes a queue as owners do: woken by `on_ready`, taking on a thread of its own."""

    def __init__(self, broker, name, prefetch=100):
        self._ready = threading.Semaphore(0)
        self.consumer = broker.consume(name, self._ready.release, prefetch=prefetch)

    def take(self, count):
        """Exactly so many deliveries, waited for."""
        found = []
        while True:
            found += self.consumer.take(count - len(found))
            if len(found) == count:
                return found
            self.wait()

    def wait(self):
        """Until `on_ready` was called once more."""
        assert self._ready.acquire(timeout=TIMEOUT_SECONDS), "on_ready was not called"

    def forget(self):
        """As if `on_ready` had not been called so far."""
        while self._ready.acquire(blocking=False):
            pass

    def bodies(self, count):
        return [delivery.message.body for delivery in self.take(count)]

    def acknowledged(self, count):
        deliveries = self.take(count)
        for delivery in deliveries:
            self.consumer.acknowledge(delivery.tag)
        return [delivery.message.body for delivery in deliveries]


def publish(broker, key, *bodies, exchange=Exchange.ACTOR, **options):
    for body in bodies:
        confirmation = broker.publish(exchange, key, body, Properties(), **options)
        assert confirmation.result(TIMEOUT_SECONDS) is None


def queue_of(broker, *patterns, name="q", exchange=Exchange.ACTOR, durable=True, **options):
    bindings = tuple(Binding(exchange, each) for each in patterns or ("#",))
    broker.declare_queue(name, bindings, durable=durable, **options)
    return name


def drained(tap, last):
    """What a tap has up to this body, waited for: a tap tells nobody that it has something."""
    messages, lost = [], 0
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not messages or messages[-1].body != last:
        assert time.monotonic() < deadline, f"the tap has {messages}"
        more, forgotten = tap.drain()
        messages += more
        lost += forgotten
    return messages, lost


# Routing


def test_messages_come_in_the_order_they_were_published(broker):
    reader = Reader(broker, queue_of(broker))
    bodies = [b"%d" % number for number in range(50)]
    publish(broker, "bridge.A", *bodies)
    assert reader.bodies(50) == bodies


def test_only_what_fits_a_binding_comes(broker):
    reader = Reader(broker, queue_of(broker, "bridge.A", "multi_client.#"))
    for key in ("bridge.A", "bridge.B", "multi_client.B", "multi_client", "Bridge.A"):
        publish(broker, key, key.encode())
    publish(broker, "bridge.A", b"of another exchange", exchange=Exchange.TRADING_DESK)
    publish(broker, "bridge.A", b"last")
    assert reader.bodies(4) == [b"bridge.A", b"multi_client.B", b"multi_client", b"last"]


@pytest.mark.parametrize(
    ("pattern", "key", "fits"),
    [
        ("bridge.#", "bridge", True),
        ("bridge.*", "bridge.", True),
        ("bridge.*", "bridge", False),
        ("#", "", True),
        ("*", "", False),
        ("br*", "bridge", False),
        ("br*", "br*", True),
        ("Bridge", "bridge", False),
        ("#.A.#", "A", True),
        ("*.*", "one.two.three", False),
        ("", "", True),
    ],
)
def test_patterns_fit_as_amqp_has_it(broker, pattern, key, fits):
    reader = Reader(broker, queue_of(broker, pattern, "the.end"))
    publish(broker, key, b"message")
    publish(broker, "the.end", b"end")
    assert reader.bodies(1 + fits) == [b"message", b"end"][1 - fits :]


def test_a_message_that_fits_two_bindings_comes_once(broker):
    reader = Reader(broker, queue_of(broker, "#", "bridge.*"))
    publish(broker, "bridge.A", b"one", b"two")
    assert reader.bodies(2) == [b"one", b"two"]


def test_every_queue_gets_its_copy_and_settles_it_for_itself(broker):
    one, two = (Reader(broker, queue_of(broker, name=name)) for name in ("q1", "q2"))
    publish(broker, "bridge.A", b"1")
    assert one.acknowledged(1) == [b"1"]
    assert two.bodies(1) == [b"1"]


def test_what_was_published_before_anybody_consumed_waits(broker):
    name = queue_of(broker)
    publish(broker, "bridge.A", b"early")
    assert Reader(broker, name).bodies(1) == [b"early"]


def test_a_queue_gets_nothing_from_before_it_was_declared(broker):
    queue_of(broker, name="first")
    publish(broker, "bridge.A", b"before")
    reader = Reader(broker, queue_of(broker, name="second"))
    publish(broker, "bridge.A", b"after")
    assert reader.bodies(1) == [b"after"]


def test_a_message_arrives_as_it_was_published(broker):
    reader = Reader(broker, queue_of(broker))
    properties = Properties(
        message_id="6d4b",
        correlation_id="a1",
        reply_to="bridge.A",
        type="tick_price",
        app_id="A",
        timestamp=1_800_000_000,
        delivery_mode=2,
        headers={"count": 1, "word": "zwölf", "flag": True},
    )
    body = bytes(range(256))
    broker.publish(Exchange.ACTOR, "bridge.Ä", body, properties).result(TIMEOUT_SECONDS)
    (delivery,) = reader.take(1)
    assert delivery.message.exchange == Exchange.ACTOR
    assert delivery.message.routing_key == "bridge.Ä"
    assert delivery.message.body == body
    assert delivery.message.properties == properties
    assert delivery.message.properties.headers["flag"] is True


def test_what_a_publisher_changes_afterwards_does_not_travel(broker):
    reader = Reader(broker, queue_of(broker))
    headers = {"a": 1}
    properties = Properties(headers=headers)
    headers["a"] = 2
    broker.publish(Exchange.ACTOR, "k", b"", properties).result(TIMEOUT_SECONDS)
    assert reader.take(1)[0].message.properties.headers == {"a": 1}


def test_a_key_that_amqp_can_not_carry_is_refused_at_once(broker):
    publish(broker, "k" * 255, b"")
    for key in ("k" * 256, "ä" * 128, "\ud800"):
        with pytest.raises(InvalidValue, match="routing_key"):
            broker.publish(Exchange.ACTOR, key, b"", Properties())


# Acknowledgement


def test_prefetch_bounds_what_is_unacknowledged(broker):
    name = queue_of(broker)
    publish(broker, "k", *(b"%d" % number for number in range(6)))
    reader = Reader(broker, name, prefetch=2)
    first = reader.take(2)
    assert reader.consumer.take(10) == []
    reader.consumer.acknowledge(first[-1].tag, multiple=True)
    second = reader.take(2)
    assert reader.consumer.take(10) == []
    reader.consumer.reject(second[0].tag, requeue=False)
    assert reader.bodies(1) == [b"4"]


def test_acknowledging_announces_what_the_prefetch_held_back(broker):
    name = queue_of(broker)
    publish(broker, "k", b"1", b"2")
    reader = Reader(broker, name, prefetch=1)
    (first,) = reader.take(1)
    reader.forget()
    reader.consumer.acknowledge(first.tag)
    reader.wait()
    assert reader.bodies(1) == [b"2"]


def test_multiple_acknowledges_nothing_after_it(broker):
    name = queue_of(broker)
    publish(broker, "k", b"1", b"2", b"3")
    reader = Reader(broker, name)
    deliveries = reader.take(3)
    reader.consumer.acknowledge(deliveries[1].tag, multiple=True)
    reader.consumer.cancel()
    assert Reader(broker, name).bodies(1) == [b"3"]


def test_a_first_delivery_is_not_marked_and_a_second_one_is(broker):
    reader = Reader(broker, queue_of(broker))
    publish(broker, "k", b"one")
    (first,) = reader.take(1)
    reader.consumer.reject(first.tag, requeue=True)
    (second,) = reader.take(1)
    assert (first.redelivered, second.redelivered) == (False, True)
    assert second.message == first.message


@pytest.mark.parametrize("order", [(2, 0, 1), (0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_requeued_messages_return_to_their_place(broker, order):
    reader = Reader(broker, queue_of(broker), prefetch=3)
    publish(broker, "k", b"1", b"2", b"3", b"4", b"5")
    deliveries = reader.take(3)
    for index in order:
        reader.consumer.reject(deliveries[index].tag, requeue=True)
    reader.consumer.cancel()
    assert Reader(broker, "q").bodies(5) == [b"1", b"2", b"3", b"4", b"5"]


def test_a_requeued_message_returns_between_others(broker):
    reader = Reader(broker, queue_of(broker))
    publish(broker, "k", b"1", b"2", b"3")
    one, two, three = reader.take(3)
    reader.consumer.acknowledge(two.tag)
    for each in (three, one):
        reader.consumer.reject(each.tag, requeue=True)
    reader.consumer.cancel()
    publish(broker, "k", b"4")
    again = Reader(broker, "q").take(3)
    assert [(each.message.body, each.redelivered) for each in again] == [
        (b"1", True),
        (b"3", True),
        (b"4", False),
    ]


def test_what_is_rejected_for_good_is_gone(broker):
    reader = Reader(broker, queue_of(broker))
    publish(broker, "k", b"one")
    reader.consumer.reject(reader.take(1)[0].tag, requeue=False)
    publish(broker, "k", b"two")
    assert reader.bodies(1) == [b"two"]


def test_a_delivery_is_settled_once(broker):
    reader = Reader(broker, queue_of(broker))
    publish(broker, "k", b"one")
    (delivery,) = reader.take(1)
    reader.consumer.acknowledge(delivery.tag)
    for settle in (
        lambda: reader.consumer.acknowledge(delivery.tag),
        lambda: reader.consumer.acknowledge(delivery.tag + 1, multiple=True),
        lambda: reader.consumer.reject(delivery.tag, requeue=True),
    ):
        with pytest.raises(DeskError, match="no delivery"):
            settle()


# Consumers that go


def test_a_lost_consumers_messages_go_to_the_next_one(broker):
    name = queue_of(broker)
    lost = Reader(broker, name)
    publish(broker, "k", b"1", b"2", b"3")
    acknowledged, *_ = lost.take(3)
    lost.consumer.acknowledge(acknowledged.tag)
    lost.consumer.cancel()
    again = Reader(broker, name).take(2)
    assert [(each.message.body, each.redelivered) for each in again] == [(b"2", True), (b"3", True)]


def test_one_who_consumes_already_is_told_of_what_a_lost_one_leaves(broker):
    name = queue_of(broker)
    lost = Reader(broker, name, prefetch=2)
    publish(broker, "k", b"1", b"2")
    lost.take(2)
    other = Reader(broker, name)
    other.forget()
    lost.consumer.cancel()
    other.wait()
    assert other.bodies(2) == [b"1", b"2"]


def test_a_consumer_that_was_cancelled_gets_and_settles_nothing(broker):
    name = queue_of(broker)
    reader = Reader(broker, name)
    publish(broker, "k", b"1")
    (delivery,) = reader.take(1)
    reader.consumer.cancel()
    reader.consumer.acknowledge(delivery.tag)
    reader.consumer.reject(delivery.tag, requeue=False)
    reader.consumer.cancel()
    assert reader.consumer.take(1) == []
    assert Reader(broker, name).bodies(1) == [b"1"]


def test_consumers_of_one_queue_share_it_without_overlap(broker):
    name = queue_of(broker)
    readers = [Reader(broker, name, prefetch=1) for _ in range(3)]
    bodies = [b"%d" % number for number in range(60)]
    done: queue.Queue[bytes] = queue.Queue()
    found = []

    def work(reader):
        while True:
            for delivery in reader.consumer.take(10):
                reader.consumer.acknowledge(delivery.tag)
                done.put(delivery.message.body)
            reader.wait()
            if stop.is_set():
                return

    stop = threading.Event()
    threads = [threading.Thread(target=work, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        publish(broker, "k", *bodies)
        found = [done.get(timeout=TIMEOUT_SECONDS) for _ in bodies]
    finally:
        stop.set()
        publish(broker, "k", b"the end")
        for reader in readers:
            reader._ready.release()
        for thread in threads:
            thread.join(TIMEOUT_SECONDS)
    assert sorted(found) == sorted(bodies)
    assert not any(thread.is_alive() for thread in threads)


def test_an_exclusive_queue_has_one_consumer_and_goes_with_it(broker):
    name = queue_of(broker, exclusive=True, durable=False)
    reader = Reader(broker, name)
    with pytest.raises(DeskError, match="taken"):
        broker.consume(name, lambda: None)
    reader.consumer.cancel()
    with pytest.raises(DeskError, match="no queue"):
        broker.consume(name, lambda: None)
    with pytest.raises(Undeliverable):
        publish(broker, "k", b"1", mandatory=True)


def test_a_consumer_that_ends_twice_leaves_a_newer_queue_of_that_name_alone(broker):
    name = queue_of(broker, exclusive=True, durable=False)
    first = Reader(broker, name)
    first.consumer.cancel()
    queue_of(broker, exclusive=True, durable=False)
    first.consumer.cancel()
    publish(broker, "k", b"1", mandatory=True)
    assert Reader(broker, name).bodies(1) == [b"1"]


def test_a_queue_deleted_under_a_consumer_is_a_fault_that_it_is_told(broker):
    name = queue_of(broker)
    reader = Reader(broker, name)
    publish(broker, "k", b"1", b"2")
    (taken,) = reader.take(1)
    reader.forget()
    broker.delete_queue(name)
    reader.wait()
    with pytest.raises(ConsumerLost, match=name):
        reader.consumer.take(1)
    reader.consumer.acknowledge(taken.tag)
    reader.consumer.cancel()
    queue_of(broker)
    publish(broker, "k", b"3")
    assert Reader(broker, name).bodies(1) == [b"3"]


def test_a_deleted_queue_takes_nothing(broker):
    name = queue_of(broker)
    publish(broker, "k", b"1", mandatory=True)
    broker.delete_queue(name)
    broker.delete_queue(name)
    with pytest.raises(Undeliverable):
        publish(broker, "k", b"2", mandatory=True)


# Declarations and limits


def test_a_queue_can_be_declared_again_only_alike(broker):
    name = queue_of(broker, "bridge.#")
    publish(broker, "bridge.A", b"1")
    queue_of(broker, "bridge.#")
    for different in (
        {"max_length": 5},
        {"exclusive": True},
        {"durable": False, "exclusive": True},
    ):
        with pytest.raises(DeskError, match=name):
            queue_of(broker, "bridge.#", **different)
    assert Reader(broker, name).bodies(1) == [b"1"]


def test_consuming_what_was_never_declared_is_refused(broker):
    with pytest.raises(DeskError, match="no queue nowhere"):
        broker.consume("nowhere", lambda: None)


def test_limits_that_let_nothing_through_are_refused(broker):
    name = queue_of(broker)
    for call in (
        lambda: queue_of(broker, name="other", max_length=0),
        lambda: broker.consume(name, lambda: None, prefetch=0),
        lambda: broker.tap(Exchange.ACTOR, max_length=0),
    ):
        with pytest.raises(InvalidValue):
            call()


def test_a_mandatory_message_without_a_queue_is_told_of(broker):
    reader = Reader(broker, queue_of(broker, "bridge.A"))
    with pytest.raises(Undeliverable, match=r"bridge\.B"):
        publish(broker, "bridge.B", b"1", mandatory=True)
    publish(broker, "bridge.B", b"2")
    publish(broker, "bridge.A", b"3", mandatory=True)
    assert reader.bodies(1) == [b"3"]


def test_a_full_queue_tells_the_publisher_and_loses_nothing(broker):
    name = queue_of(broker, max_length=2)
    other = queue_of(broker, name="other")
    publish(broker, "k", b"1", b"2")
    with pytest.raises(QueueFull):
        publish(broker, "k", b"3")
    assert Reader(broker, other).bodies(3) == [b"1", b"2", b"3"]
    reader = Reader(broker, name)
    assert reader.acknowledged(2) == [b"1", b"2"]
    publish(broker, "k", b"4")
    assert reader.bodies(1) == [b"4"]


# Taps


def test_a_tap_keeps_the_newest_and_counts_what_it_lost(broker):
    tap = broker.tap(Exchange.ACTOR, max_length=3)
    publish(broker, "k", *(b"%d" % number for number in range(5)))
    messages, lost = drained(tap, b"4")
    assert [message.body for message in messages] == [b"2", b"3", b"4"]
    assert lost == 2
    assert tap.drain() == ([], 0)
    publish(broker, "k", b"5")
    messages, lost = drained(tap, b"5")
    assert ([message.body for message in messages], lost) == ([b"5"], 0)


def test_a_tap_sees_what_fits_and_takes_nothing_from_anybody(broker):
    reader = Reader(broker, queue_of(broker))
    tap = broker.tap(Exchange.ACTOR, "*.SCREEN")
    publish(broker, "bridge.SCREEN", b"1")
    publish(broker, "bridge.A", b"2")
    publish(broker, "bridge.SCREEN", b"3", exchange=Exchange.TRADING_DESK)
    publish(broker, "multi_client.SCREEN", b"4")
    assert [(message.routing_key, message.body) for message in drained(tap, b"4")[0]] == [
        ("bridge.SCREEN", b"1"),
        ("multi_client.SCREEN", b"4"),
    ]
    assert reader.bodies(2) == [b"1", b"2"]


def test_a_tap_that_nobody_drains_slows_and_fails_no_publisher(broker):
    tap = broker.tap(Exchange.ACTOR, max_length=1)
    bodies = [b"%d" % number for number in range(2_000)]
    reader = Reader(broker, queue_of(broker), prefetch=2_000)
    publish(broker, "k", *bodies, mandatory=True)
    assert reader.bodies(2_000) == bodies
    messages, lost = drained(tap, bodies[-1])
    assert ([message.body for message in messages], lost) == ([bodies[-1]], 1_999)


def test_a_closed_tap_sees_nothing(broker):
    tap = broker.tap(Exchange.ACTOR)
    publish(broker, "k", b"1")
    tap.close()
    publish(broker, "k", b"2")
    assert tap.drain() == ([], 0)
    tap.close()


# Threads and ends


def test_many_threads_publish_and_nothing_is_lost_or_out_of_order(broker):
    reader = Reader(broker, queue_of(broker), prefetch=10_000)
    tap = broker.tap(Exchange.ACTOR)

    def work(name):
        publish(broker, "k", *(f"{name}:{number}".encode() for number in range(200)))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    bodies = reader.bodies(800)
    for thread in threads:
        thread.join(TIMEOUT_SECONDS)
    for name in "abcd":
        own = [body for body in bodies if body.startswith(name.encode())]
        assert own == [f"{name}:{number}".encode() for number in range(200)]
    assert [message.body for message in drained(tap, bodies[-1])[0]] == bodies


def test_on_ready_may_call_the_broker(broker):
    """It runs outside of the broker's lock, so an owner that takes at once does not hang."""
    name = queue_of(broker)
    taken: queue.Queue[bytes] = queue.Queue()
    consumers = []

    def ready():
        for consumer in consumers:
            for delivery in consumer.take(10):
                consumer.acknowledge(delivery.tag)
                taken.put(delivery.message.body)

    consumers.append(broker.consume(name, ready))
    publish(broker, "k", b"1", b"2")
    assert [taken.get(timeout=TIMEOUT_SECONDS) for _ in range(2)] == [b"1", b"2"]


def test_a_fault_in_on_ready_hurts_neither_publisher_nor_other_consumers(broker, caplog):
    called = threading.Event()

    def faulty():
        called.set()
        raise RuntimeError("the owner's loop is closed")

    broker.consume(queue_of(broker, name="bad"), faulty)
    reader = Reader(broker, queue_of(broker, name="good"))
    publish(broker, "k", b"1")
    assert reader.bodies(1) == [b"1"]
    assert called.wait(TIMEOUT_SECONDS)
    broker.close()
    assert "the owner's loop is closed" in caplog.text


def test_a_closed_broker_refuses_and_hangs_nobody(broker):
    name = queue_of(broker)
    reader = Reader(broker, name)
    tap = broker.tap(Exchange.ACTOR)
    publish(broker, "k", b"1")
    (delivery,) = reader.take(1)
    reader.forget()
    broker.close()
    reader.wait()
    assert reader.consumer.take(1) == []
    for call in (
        lambda: publish(broker, "k", b"2"),
        lambda: publish(broker, "k", b"2", mandatory=True),
        lambda: queue_of(broker),
        lambda: broker.consume(name, lambda: None),
        lambda: broker.tap(Exchange.ACTOR),
    ):
        with pytest.raises(DeskError, match="closed"):
            call()
    reader.consumer.acknowledge(delivery.tag)
    reader.consumer.cancel()
    broker.delete_queue(name)
    tap.close()
    broker.close()
