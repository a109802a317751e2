"""ActorHost: carries an actor's messages to and from its desk.

Owns an actor's queue, the translation between the actor's own ids and the Bridge's, and what
happens when an actor raises: it is told on the desk with its traceback, and takes part no more; the
desk goes on. It runs on whichever thread calls `pump`.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

import msgspec

from workstation.desk.actors.actor import Actor, ActorState, DeskRequest
from workstation.desk.broker import Broker, BrokerMessage
from workstation.desk.envelope import EnvelopeError, fields_of, opened, sealed
from workstation.desk.routing import Exchange, MessageType, routing_key
from workstation.model.record import Record
from workstation.protocol import catalog
from workstation.protocol.message import Inbound, Request

__all__ = ["ActorHost"]

logger = logging.getLogger(__name__)

_BATCH = 200

_ORDER_NS = 5_000_000_000
"""How long an actor's order stands: one that waited longer was decided on another market."""

_DESK_REQUESTS = {request.value: request for request in DeskRequest}


class ActorHost:
    """One actor, on a desk.

    Args:
        actor: the actor.
        broker: what carries messages.
        client_id: the desk's number at the Bridge.
        wake: asks for `pump` to be called soon; may be called on any thread.
    """

    def __init__(
        self, actor: Actor, broker: Broker, client_id: int, wake: Callable[[], None]
    ) -> None:
        self.actor = actor
        self._broker = broker
        self._client_id = client_id
        self._wake = wake
        self._sequence = count(1)
        self._sent: dict[str, int] = {}
        """The actor's own id of each request that the desk has not echoed yet, by message id."""
        self._own_ids: dict[int, int] = {}
        """The actor's own id, by the Bridge's."""
        self._consumer = broker.consume(f"actor.{actor.code}", wake)

    def start(self) -> None:
        """Let the actor begin."""
        self._guarded(lambda: self.actor.take_on(self._post, self._client_id))

    def pump(self) -> None:
        """Hand the actor what waits for it."""
        deliveries = self._consumer.take(_BATCH)
        for delivery in deliveries:
            if self.actor.state is not ActorState.FAILED:
                self._guarded(partial(self._take, delivery.message))
            self._consumer.acknowledge(delivery.tag)
        if len(deliveries) == _BATCH:
            self._wake()

    def _take(self, message: BrokerMessage) -> None:
        try:
            envelope = opened(message.body)
            if message.routing_key.startswith(f"{MessageType.MULTI_CLIENT}."):
                self._asked(envelope.message, message)
                return
            content = fields_of(envelope)
        except EnvelopeError as error:
            logger.warning("actor %s got what is no message: %s", self.actor.code, error)
            return
        if isinstance(content, Request):
            self._echoed(content, message.properties.correlation_id)
        elif isinstance(content, Inbound):
            self.actor.receive(self._translated(content))

    def _asked(self, name: str, message: BrokerMessage) -> None:
        request = _DESK_REQUESTS.get(name)
        if request is not None:
            answer = self.actor.answer(request)
            self._publish(MessageType.MULTI_CLIENT, name, answer, message.properties.message_id)

    def _echoed(self, request: Request, correlation_id: str) -> None:
        """The desk says under which id it delivered a request."""
        own_id = self._sent.pop(correlation_id, None)
        for name in ("request_id", "order_id"):
            bridge_id = getattr(request, name, None)
            if own_id is not None and isinstance(bridge_id, int):
                self._own_ids[bridge_id] = own_id
                return

    def _translated(self, message: Any) -> Inbound:
        """A message with the actor's own ids in place of the Bridge's."""
        changes: dict[str, object] = {}
        for name in ("request_id", "order_id"):
            own_id = self._own_ids.get(getattr(message, name, -1))
            if own_id is not None:
                changes[name] = own_id
        if isinstance(message, catalog.ExecutionData):
            own_id = self._own_ids.get(message.execution.order_id, 0)
            changes["execution"] = msgspec.structs.replace(message.execution, order_id=own_id)
        elif isinstance(message, catalog.OpenOrder) and "order_id" in changes:
            order_id = int(str(changes["order_id"]))
            changes["order"] = msgspec.structs.replace(message.order, order_id=order_id)
        translated: Inbound = msgspec.structs.replace(message, **changes) if changes else message
        return translated

    def _post(self, request: Request) -> None:
        message_id = str(uuid4())
        for name in ("request_id", "order_id"):
            own_id = getattr(request, name, None)
            if isinstance(own_id, int):
                self._sent[message_id] = own_id
                break
        self._publish(MessageType.BRIDGE, request.name, request, message_id=message_id)

    def _publish(
        self,
        message_type: MessageType,
        name: str,
        content: Record | Mapping[str, str],
        correlation_id: str = "",
        message_id: str = "",
    ) -> None:
        code, now_ns = self.actor.code, self.actor.clock_ns()
        body, properties = sealed(
            name,
            content,
            code=code,
            sequence=next(self._sequence),
            time_ns=now_ns,
            send_before=now_ns + _ORDER_NS if isinstance(content, catalog.PlaceOrder) else None,
            message_id=message_id or str(uuid4()),
            correlation_id=correlation_id,
            reply_to=routing_key(message_type, code),
        )
        confirmation = self._broker.publish(
            Exchange.TRADING_DESK,
            routing_key(message_type, code),
            body,
            properties,
            mandatory=True,
        )
        confirmation.add_done_callback(_raise_failure)

    def _guarded(self, call: Callable[[], None]) -> None:
        try:
            call()
        except Exception as error:
            logger.exception("actor %s failed", self.actor.code)
            self.actor.state = ActorState.FAILED
            told = {
                "state": str(ActorState.FAILED),
                "error": f"{type(error).__name__}: {error}",
                "traceback": traceback.format_exc(),
            }
            self._publish(MessageType.MULTI_CLIENT, "report", told)


def _raise_failure(confirmation: Any) -> None:
    error = confirmation.exception()
    if error is not None:
        logger.error("the broker did not take an actor's message: %s", error)
