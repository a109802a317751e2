"""MultiClientApplication: many actors and one person over one Bridge connection.

Owns the one Bridge connection of a desk: it gives every request of a participant an id at the
Bridge, passes orders through the order guard, sends, and routes every answer to whose it is. Quotes
of an instrument are subscribed once and fanned out. Whatever it delivers for a participant, and
whatever comes back, is published on the exchange `actor`, so that whoever taps it sees the whole
conversation; only the screen's own market data is left out.

The screen calls the desk directly (`screen`), never through the broker: a dead broker does not stop
a person from seeing, cancelling or flattening.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import uuid4

import msgspec

from workstation.clients import ClientApplication, Priority
from workstation.desk.actor_requests import OPEN_TO_ACTORS, id_of, with_id
from workstation.desk.actors.actor import Actor, ActorState, DeskRequest
from workstation.desk.actors.crew import Crew
from workstation.desk.broker import Binding, Broker, BrokerMessage, Consumer, ConsumerLost
from workstation.desk.envelope import Envelope, EnvelopeError, fields_of, opened, sealed
from workstation.desk.participants import Participant, Participants, Subscription
from workstation.desk.routing import SCREEN, Exchange, MessageType, checked_code, routing_key
from workstation.desk.screen import Screen
from workstation.errors import (
    DecodeError,
    InvalidValue,
    NotConnected,
    OrderRefused,
    WorkstationError,
)
from workstation.model.contracts.identity import instrument_key
from workstation.model.record import Record
from workstation.protocol import catalog
from workstation.protocol.message import INBOUND, Inbound, Request
from workstation.state.present_ticks import present_ticks

__all__ = ["MultiClientApplication"]

logger = logging.getLogger(__name__)

_DESK_QUEUE = "trading_desk"
_BATCH = 200

_TICKS = (
    catalog.TickPrice,
    catalog.TickSize,
    catalog.TickString,
    catalog.TickGeneric,
    catalog.TickOptionComputation,
    catalog.TickRequestParams,
    catalog.MarketDataType,
)
_ACCOUNT_NEWS = (
    catalog.AccountValue,
    catalog.PortfolioValue,
    catalog.AccountUpdateTime,
    catalog.AccountDownloadEnd,
)
_POSITION_NEWS = (catalog.PositionData, catalog.PositionEnd)

ORDER_REFUSED = 201
NOT_CONNECTED = 504
NOT_READABLE = 508
NOT_SENT = 320


class MultiClientApplication(ClientApplication):
    """The desk.

    Args:
        host: where the Bridge is.
        port: its port.
        client_id: the desk's number at the Bridge.
        broker: carries messages between desk and actors.
        settings: as for `ClientApplication`.
    """

    def __init__(
        self, host: str, port: int, client_id: int, *, broker: Broker, **settings: Any
    ) -> None:
        super().__init__(host, port, client_id, **settings)
        self.broker = broker
        self.participants = Participants()
        self.screen = Screen(self, self.participants.add(SCREEN, "The screen"))
        self.answers: dict[str, Mapping[str, str]] = {}
        """What each actor last told about itself."""
        self._crew = Crew(broker, client_id, self._wake, self._actor_lost)
        self._consumer: Consumer | None = None
        self._pump_scheduled = False
        self._deliver: dict[type[Request], Callable[[Participant, Any, Envelope], int]] = {
            catalog.RequestMarketData: self._deliver_market_data,
            catalog.CancelMarketData: self._deliver_cancel_market_data,
            catalog.PlaceOrder: self._deliver_order,
            catalog.CancelOrder: self._deliver_cancel_order,
            catalog.RequestGlobalCancel: self._deliver_global_cancel,
            catalog.RequestAccountUpdates: self._deliver_account_updates,
            catalog.RequestPositions: self._deliver_positions,
        }
        self._routes = self._table_of_routes()

    # Actors

    def add_actor(self, actor: Actor) -> None:
        """Take an actor on; it begins when the Bridge is connected.

        Raises:
            InvalidValue: its code is not legal, or taken.
        """
        self.participants.add(checked_code(actor.code), actor.name)
        self._crew.add(actor)
        if self._initialized:
            self.call_soon(self._crew.start)

    @property
    def running_actors(self) -> tuple[str, ...]:
        """Codes of the actors here that trade now."""
        return self._crew.running

    def command(self, code: str, request: DeskRequest) -> None:
        """Ask an actor for something; its answer comes to `answers`.

        For one that failed or was lost the desk does it, as far as it can: it cancels its orders.

        Raises:
            InvalidValue: there is no such actor.
        """
        participant = self.participants.get(checked_code(code))
        if participant is None:
            raise InvalidValue("code", code, "there is no such actor on this desk")
        if participant.refused and request in {DeskRequest.FLATTEN, DeskRequest.STOP}:
            for order_id in self._working_orders(participant):
                self.cancel_order(order_id)
        self._publish(participant, MessageType.MULTI_CLIENT, request.value, {})

    def initialize(self) -> None:
        """Start consuming, and the actors."""
        self._consume()
        self._crew.start()
        self._wake()

    def _consume(self) -> None:
        bindings = (Binding(Exchange.TRADING_DESK, "#"),)
        self.broker.declare_queue(_DESK_QUEUE, bindings, durable=True)
        self._consumer = self.broker.consume(_DESK_QUEUE, self._wake)

    def _actor_lost(self, code: str, reason: str) -> None:
        """An actor's queue is gone, and it has missed what was in there."""
        participant = self.participants.get(code)
        if participant is not None:
            told = {"state": str(ActorState.FAILED), "reason": reason}
            self._retire(participant, "actor_lost", told)

    def _retire(self, participant: Participant, name: str, told: dict[str, str]) -> None:
        """An actor takes part no more; everybody can see it in the log.

        The desk takes nothing more from it and gives its quotes back. Its working orders are kept:
        they stand among the orders, where a person can cancel them.
        """
        participant.refused = True
        self.participants.unsubscribe_all(participant)
        self._watch_for(participant)
        participant.wants_account = participant.wants_positions = False
        working = self._working_orders(participant)
        told = {**told, "working orders": ", ".join(map(str, working)) or "none"}
        self._publish(participant, MessageType.MULTI_CLIENT, name, told)
        self.answers[participant.code] = told

    def _working_orders(self, participant: Participant) -> list[int]:
        """Ids of a participant's orders that may still fill."""
        orders = self.picture.orders
        ids = self.participants.orders_of(participant)
        return [each for each in ids if (order := orders.own(each)) is not None and order.is_open]

    def _wake(self) -> None:
        """Something may wait at the broker; look on the desk's own thread."""
        with self._lock:
            if self._pump_scheduled:
                return
            self._pump_scheduled = True
        self.call_soon(self._pump)

    def _pump(self) -> None:
        with self._lock:
            self._pump_scheduled = False
        for pump in (self._pump_desk, *self._crew.pumps()):
            self._guarded(None, pump)

    # From actors to the Bridge

    def _pump_desk(self) -> None:
        consumer = self._consumer
        if consumer is None:
            return
        try:
            deliveries = consumer.take(_BATCH)
        except ConsumerLost as error:
            logger.exception("the desk's queue is gone; it is declared and consumed again")
            self._consume()
            self._tell_all("requests_lost", {"reason": str(error)})
            return
        for delivery in deliveries:
            self._guarded(None, partial(self._take, delivery.message))
            consumer.acknowledge(delivery.tag)
        if len(deliveries) == _BATCH:
            self._wake()

    def _take(self, message: BrokerMessage) -> None:
        kind, _, code = message.routing_key.partition(".")
        participant = self.participants.get(code)
        if participant is None or participant.refused or code == SCREEN:
            logger.warning("a message of %r is refused: it is not on this desk", code)
            return
        try:
            envelope = opened(message.body)
            _check_sender(envelope, code)
            if kind == MessageType.MULTI_CLIENT:
                self._answered(
                    participant, msgspec.json.decode(envelope.fields, type=dict[str, str])
                )
                return
            request = fields_of(envelope)
        except (EnvelopeError, msgspec.DecodeError) as error:
            self._refuse(participant, message, -1, NOT_SENT, str(error))
            return
        if not isinstance(request, Request):
            text = f"{request.name} is no request"
            self._refuse(participant, message, -1, NOT_SENT, text)
            return
        self._deliver_for(participant, request, envelope, message)

    def _answered(self, participant: Participant, told: dict[str, str]) -> None:
        if told.get("state") == ActorState.FAILED:
            self._retire(participant, "actor_failed", told)
        else:
            self.answers[participant.code] = told

    def _deliver_for(
        self,
        participant: Participant,
        request: Request,
        envelope: Envelope,
        message: BrokerMessage,
    ) -> None:
        own_id = id_of(request)
        try:
            deliver = self._deliver.get(type(request), self._deliver_other)
            with self.turn:
                bridge_id = deliver(participant, request, envelope)
        except OrderRefused as error:
            self._refuse(participant, message, own_id, ORDER_REFUSED, str(error), request)
        except NotConnected as error:
            self._refuse(participant, message, own_id, NOT_CONNECTED, str(error), request)
        except WorkstationError as error:
            self._refuse(participant, message, own_id, NOT_SENT, str(error), request)
        else:
            self._publish(
                participant,
                MessageType.BRIDGE,
                request.name,
                with_id(request, bridge_id),
                correlation_id=message.properties.message_id,
            )
            if bridge_id in participant.subscriptions:
                self._tell_present(participant, participant.subscriptions[bridge_id])

    def _tell_present(self, participant: Participant, subscription: Subscription) -> None:
        """Who joins a line that runs already would wait for a value that does not change."""
        quote = self.picture.quotes.get(subscription.key)
        if quote is not None and quote.has_line and not quote.stale:
            for tick in present_ticks(quote, subscription.request_id):
                self._tell(participant, tick)

    def _refuse(
        self,
        participant: Participant,
        message: BrokerMessage,
        own_id: int,
        code: int,
        text: str,
        request: Request | None = None,
    ) -> None:
        """Tell a participant, and whoever watches, that its request was not delivered."""
        bridge_id = -1
        if request is not None and own_id >= 0:
            bridge_id = self._bridge_id(participant, own_id)
            delivered = with_id(request, bridge_id)
            correlation_id = message.properties.message_id
            self._publish(participant, MessageType.BRIDGE, request.name, delivered, correlation_id)
        told = catalog.InfoMessage(
            request_id=bridge_id, code=code, text=f"Refused by the desk: {text}"
        )
        self._publish(
            participant,
            MessageType.BRIDGE,
            told.name,
            told,
            correlation_id=message.properties.message_id,
        )

    def _bridge_id(self, participant: Participant, own_id: int) -> int:
        """The Bridge's id for a participant's own; a new one at first sight."""
        bridge_id = participant.own_ids.get(own_id)
        if bridge_id is None:
            bridge_id = participant.own_ids[own_id] = self._take_id()
        return bridge_id

    def _deliver_other(
        self, participant: Participant, request: Request, _envelope: Envelope
    ) -> int:
        if not isinstance(request, OPEN_TO_ACTORS):
            raise WorkstationError(f"{request.name} is not for actors")
        own_id = id_of(request)
        if own_id < 0:
            self.send(request)
            return -1
        bridge_id = self._bridge_id(participant, own_id)
        self.participants.own_request(participant, bridge_id)
        self.send(with_id(request, bridge_id))
        return bridge_id

    def _deliver_market_data(
        self, participant: Participant, request: catalog.RequestMarketData, envelope: Envelope
    ) -> int:
        if request.snapshot or request.regulatory_snapshot:
            return self._deliver_other(participant, request, envelope)
        bridge_id = self._bridge_id(participant, request.request_id)
        key = instrument_key(request.contract)
        subscription = Subscription(bridge_id, key, request.contract)
        self.participants.subscribe(participant, subscription)
        self._watch_for(participant)
        return bridge_id

    def _deliver_cancel_market_data(
        self, participant: Participant, request: catalog.CancelMarketData, envelope: Envelope
    ) -> int:
        bridge_id = self._bridge_id(participant, request.request_id)
        if bridge_id not in participant.subscriptions:
            return self._deliver_other(participant, request, envelope)
        self.participants.unsubscribe(participant, bridge_id)
        self._watch_for(participant)
        return bridge_id

    def _watch_for(self, participant: Participant) -> None:
        wanted = [each.contract for each in participant.subscriptions.values()]
        self.watch(f"actor.{participant.code}", Priority.ACTOR, wanted)

    def _deliver_order(
        self, participant: Participant, request: catalog.PlaceOrder, envelope: Envelope
    ) -> int:
        if envelope.send_before is not None and self._clock_ns() > envelope.send_before:
            raise OrderRefused("send_before", "the order came too late", "it says how late it may")
        bridge_id = self._bridge_id(participant, request.order_id)
        order = msgspec.structs.replace(
            request.order,
            order_id=bridge_id,
            order_reference=request.order.order_reference or participant.code,
        )
        self.participants.own_order(participant, bridge_id)
        self.send(catalog.PlaceOrder(order_id=bridge_id, contract=request.contract, order=order))
        return bridge_id

    def _deliver_cancel_order(
        self, participant: Participant, request: catalog.CancelOrder, _envelope: Envelope
    ) -> int:
        bridge_id = self._bridge_id(participant, request.order_id)
        self.send(msgspec.structs.replace(request, order_id=bridge_id))
        return bridge_id

    def _deliver_global_cancel(
        self, participant: Participant, _request: catalog.RequestGlobalCancel, _envelope: Envelope
    ) -> int:
        # An actor cancels everything of its own; the account's other orders are not its business.
        for order_id in self._working_orders(participant):
            self.send(catalog.CancelOrder(order_id=order_id))
        return -1

    def _deliver_account_updates(
        self,
        participant: Participant,
        request: catalog.RequestAccountUpdates,
        _envelope: Envelope,
    ) -> int:
        participant.wants_account = request.subscribe
        if request.subscribe:
            self.send(request)
        return -1

    def _deliver_positions(
        self, participant: Participant, request: catalog.RequestPositions, _envelope: Envelope
    ) -> int:
        participant.wants_positions = True
        self.send(request)
        return -1

    # From the Bridge to participants

    def message_received(self, message: Inbound) -> None:
        """Route a message to whose it is."""
        route = self._routes.get(message.__class__)
        if route is not None:
            route(message)

    def connection_lost(self, reason: str) -> None:
        """Tell every actor that the Bridge is lost."""
        self._tell_all("bridge_lost", {"reason": reason})

    def connection_restored(self) -> None:
        """Tell every actor that the Bridge is back."""
        self._tell_all("bridge_back", {})

    def _tell_all(self, name: str, content: Mapping[str, str]) -> None:
        for participant in self.participants:
            if participant.code != SCREEN:
                self._publish(participant, MessageType.MULTI_CLIENT, name, content)

    def _table_of_routes(self) -> dict[type, Callable[[Any], None]]:
        keyed = [each.cls for each in INBOUND.values() if each.keyed]
        return {
            **dict.fromkeys(keyed, self._route_by_request),
            **dict.fromkeys(_TICKS, self._route_tick),
            **dict.fromkeys(_ACCOUNT_NEWS, self._route_account_news),
            **dict.fromkeys(_POSITION_NEWS, self._route_position_news),
            catalog.OrderStatus: self._route_order,
            catalog.OpenOrder: self._route_order,
            catalog.ExecutionData: self._route_execution,
            catalog.CommissionReport: self._route_commission,
            catalog.InfoMessage: self._route_info,
        }

    def _route_tick(self, message: Any) -> None:
        key = self.budget.key_of(message.request_id)
        if key is None:
            self._route_by_request(message)
            return
        for participant, request_id in self.participants.watching(key):
            told = msgspec.structs.replace(message, request_id=request_id)
            self._publish(participant, MessageType.BRIDGE, message.name, told)

    def _route_by_request(self, message: Any) -> None:
        self._tell(self.participants.of_request(message.request_id), message)

    def unreadable(self, error: DecodeError) -> None:
        """Tell whose request it answers, who would wait for the rest of the answer in vain."""
        super().unreadable(error)
        if error.request_id is not None:
            told = catalog.InfoMessage(
                request_id=error.request_id, code=NOT_READABLE, text=str(error)
            )
            self._route_by_request(told)

    def _route_order(self, message: Any) -> None:
        client_id = getattr(message, "client_id", None)
        if client_id is None:
            client_id = message.order.client_id
        if client_id == self.client_id:
            self._tell(self.participants.of_order(message.order_id), message)

    def _route_execution(self, message: catalog.ExecutionData) -> None:
        execution = message.execution
        if execution.client_id != self.client_id:
            return
        owner = self.participants.of_order(execution.order_id)
        if owner is not None:
            self.participants.own_fill(owner, execution.execution_id)
            self._tell(owner, message)

    def _route_commission(self, message: catalog.CommissionReport) -> None:
        self._tell(self.participants.of_fill(message.report.execution_id), message)

    def _note_info(self, message: catalog.InfoMessage) -> None:
        # A line that is refused is forgotten at once: look first who waits for its quotes.
        key = self.budget.key_of(message.request_id)
        waiting = () if key is None else tuple(self.participants.watching(key))
        super()._note_info(message)
        for participant, request_id in waiting:
            told = msgspec.structs.replace(message, request_id=request_id)
            self.call_soon(
                partial(self._publish, participant, MessageType.BRIDGE, message.name, told)
            )

    def _route_info(self, message: catalog.InfoMessage) -> None:
        owner = self.participants.of_order(message.request_id)
        self._tell(owner or self.participants.of_request(message.request_id), message)

    def _route_account_news(self, message: Any) -> None:
        for participant in self.participants:
            if participant.wants_account:
                self._tell(participant, message)

    def _route_position_news(self, message: Any) -> None:
        for participant in self.participants:
            if participant.wants_positions:
                self._tell(participant, message)

    def _tell(self, participant: Participant | None, message: Inbound) -> None:
        if participant is not None:
            self._publish(participant, MessageType.BRIDGE, message.name, message)

    # Publishing

    def publish_for_screen(self, request: Request) -> None:
        """Let those who watch see what the screen had delivered."""
        participant = self.screen.participant
        self._publish(participant, MessageType.BRIDGE, request.name, request)

    def _publish(
        self,
        participant: Participant,
        message_type: MessageType,
        name: str,
        content: Record | Mapping[str, Any],
        correlation_id: str = "",
    ) -> None:
        body, properties = sealed(
            name,
            content,
            code="DESK",
            sequence=next(participant.sequence),
            time_ns=self._clock_ns(),
            message_id=str(uuid4()),
            correlation_id=correlation_id,
        )
        key = routing_key(message_type, participant.code)
        confirmation = self.broker.publish(Exchange.ACTOR, key, body, properties)
        confirmation.add_done_callback(_log_failure)


def _check_sender(envelope: Envelope, code: str) -> None:
    if envelope.code != code:
        raise EnvelopeError(f"{envelope.code} may not speak for {code}")


def _log_failure(confirmation: Any) -> None:
    error = confirmation.exception()
    if error is not None:
        logger.error("the broker did not take a message: %s", error)
