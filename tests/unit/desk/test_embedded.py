"""The embedded broker: any mix of actions keeps its queues as AMQP has them."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from workstation.desk.broker import Binding, Properties, Undeliverable
from workstation.desk.embedded import EmbeddedBroker
from workstation.desk.routing import Exchange

PREFETCH = 3


def publish(broker, key, body=b"", **options):
    broker.publish(Exchange.ACTOR, key, body, Properties(), **options).result(0)


def on_ready():
    """Nobody sleeps here, so nobody is woken."""


class QueueOfTwoConsumers(RuleBasedStateMachine):
    """One queue, kept beside it as plain sorted lists of numbers."""

    def __init__(self):
        super().__init__()
        self.broker = EmbeddedBroker()
        self.broker.declare_queue("q", (Binding(Exchange.ACTOR, "#"),), durable=True)
        self.consumers = [self.consumer(), self.consumer()]
        self.held = [{}, {}]
        """What each consumer has not acknowledged: number by tag."""
        self.waiting = []
        self.seen = set()
        self.published = 0

    def consumer(self):
        return self.broker.consume("q", on_ready, prefetch=PREFETCH)

    @rule()
    def publish(self):
        publish(self.broker, "k", b"%d" % self.published)
        self.waiting.append(self.published)
        self.published += 1

    @rule(who=st.integers(0, 1), most=st.integers(0, 5))
    def take(self, who, most):
        room = min(most, PREFETCH - len(self.held[who]))
        expected, self.waiting = self.waiting[:room], self.waiting[room:]
        deliveries = self.consumers[who].take(most)
        numbers = [int(delivery.message.body) for delivery in deliveries]
        assert numbers == expected
        assert [each.redelivered for each in deliveries] == [n in self.seen for n in numbers]
        self.seen.update(numbers)
        self.held[who] |= {each.tag: int(each.message.body) for each in deliveries}

    @rule(who=st.integers(0, 1), data=st.data(), multiple=st.booleans())
    def acknowledge(self, who, data, multiple):
        if self.held[who]:
            tag = data.draw(st.sampled_from(sorted(self.held[who])))
            self.consumers[who].acknowledge(tag, multiple=multiple)
            settled = {tag, *(each for each in self.held[who] if multiple and each < tag)}
            self.held[who] = {t: n for t, n in self.held[who].items() if t not in settled}

    @rule(who=st.integers(0, 1), data=st.data(), requeue=st.booleans())
    def reject(self, who, data, requeue):
        if self.held[who]:
            tag = data.draw(st.sampled_from(sorted(self.held[who])))
            self.consumers[who].reject(tag, requeue=requeue)
            number = self.held[who].pop(tag)
            if requeue:
                self.waiting = sorted([*self.waiting, number])

    @rule(who=st.integers(0, 1))
    def lose(self, who):
        self.consumers[who].cancel()
        self.waiting = sorted([*self.waiting, *self.held[who].values()])
        self.held[who] = {}
        self.consumers[who] = self.consumer()

    def teardown(self):
        for who in (0, 1):
            self.lose(who)
        while self.waiting:
            self.take(0, PREFETCH)
            if self.held[0]:
                self.consumers[0].acknowledge(max(self.held[0]), multiple=True)
                self.held[0] = {}
        assert self.consumers[0].take(1) == []


QueueOfTwoConsumers.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None
)
TestQueue = QueueOfTwoConsumers.TestCase


def test_a_tap_does_not_make_a_message_deliverable():
    broker = EmbeddedBroker()
    broker.tap(Exchange.ACTOR)
    with pytest.raises(Undeliverable):
        publish(broker, "k", mandatory=True)


def test_routes_follow_every_change_of_queues_and_taps():
    broker = EmbeddedBroker()
    tap = broker.tap(Exchange.ACTOR, "k")
    publish(broker, "k", b"1")
    broker.declare_queue("q", (Binding(Exchange.ACTOR, "k"),), durable=True)
    late = broker.tap(Exchange.ACTOR, "k")
    publish(broker, "k", b"2", mandatory=True)
    tap.close()
    broker.delete_queue("q")
    with pytest.raises(Undeliverable):
        publish(broker, "k", b"3", mandatory=True)
    assert [message.body for message in late.drain()[0]] == [b"2", b"3"]


def test_inventing_keys_fills_no_memory():
    broker = EmbeddedBroker()
    broker.declare_queue("q", (Binding(Exchange.ACTOR, "one"),), durable=True)
    for number in range(10_000):
        publish(broker, f"key.{number}")
    assert len(broker._routes) < 5_000
    publish(broker, "one", b"1", mandatory=True)
    assert [each.message.body for each in broker.consume("q", on_ready).take(5)] == [b"1"]
