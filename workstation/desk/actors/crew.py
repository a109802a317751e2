"""Crew: the actors that a desk runs itself.

Owns their queues and hosts, starting them, pumping them, and what becomes of one whose queue is
gone: it has missed what was in there, so it takes part no more. Leaves to the desk what it tells of
that, and everything between actors and Bridge.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial

from workstation.desk.actors.actor import Actor, ActorState
from workstation.desk.actors.host import ActorHost
from workstation.desk.broker import Binding, Broker, ConsumerLost
from workstation.desk.routing import Exchange

__all__ = ["Crew"]

logger = logging.getLogger(__name__)


class Crew:
    """The actors of one desk, by code; started and pumped on the desk's own thread.

    Args:
        broker: what carries messages.
        client_id: the desk's number at the Bridge.
        wake: asks for the pumps to be called soon; may be called on any thread.
        lost: hears the code of an actor whose queue is gone, and why.
    """

    def __init__(
        self,
        broker: Broker,
        client_id: int,
        wake: Callable[[], None],
        lost: Callable[[str, str], None],
    ) -> None:
        self._broker = broker
        self._client_id = client_id
        self._wake = wake
        self._lost = lost
        self._waiting: list[Actor] = []
        self._hosts: dict[str, ActorHost] = {}

    def add(self, actor: Actor) -> None:
        """Make an actor's queue; it begins with `start`."""
        bindings = (Binding(Exchange.ACTOR, f"*.{actor.code}"),)
        self._broker.declare_queue(f"actor.{actor.code}", bindings, durable=True)
        self._waiting.append(actor)

    def start(self) -> None:
        """Let those begin who have not yet."""
        waiting, self._waiting = self._waiting, []
        for actor in waiting:
            host = ActorHost(actor, self._broker, self._client_id, self._wake)
            self._hosts[actor.code] = host
            host.start()

    @property
    def running(self) -> tuple[str, ...]:
        """Codes of those that trade now."""
        hosts = tuple(self._hosts.items())
        return tuple(code for code, host in hosts if host.actor.state is ActorState.RUNNING)

    def pumps(self) -> Iterator[Callable[[], None]]:
        """One call for each actor that hands it what waits for it."""
        for host in tuple(self._hosts.values()):
            yield partial(self._pump, host)

    def _pump(self, host: ActorHost) -> None:
        try:
            host.pump()
        except ConsumerLost as error:
            code = host.actor.code
            logger.exception("actor %s is lost", code)
            host.actor.state = ActorState.FAILED
            del self._hosts[code]
            self._lost(code, str(error))
