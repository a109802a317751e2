"""Participants: who takes part in a desk, and whose every id is.

Owns each participant's record and the look-ups from ids at the Bridge to participants. Leaves what
to do with a message to the desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from workstation.errors import InvalidValue
from workstation.model import Contract

__all__ = ["Participant", "Participants", "Subscription"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """Quotes that a participant asked for, under an id of its own."""

    request_id: int
    key: str
    contract: Contract


@dataclass(slots=True, eq=False)
class Participant:
    """One actor, or the screen."""

    code: str
    name: str
    own_ids: dict[int, int] = field(default_factory=dict)
    """Id at the Bridge, by the participant's own id."""
    subscriptions: dict[int, Subscription] = field(default_factory=dict)
    """By the id that the desk gave them."""
    sequence: Iterator[int] = field(default_factory=lambda: count(1))
    wants_account: bool = False
    wants_positions: bool = False
    refused: bool = False
    """Whether the desk takes no more messages from it."""


class Participants:
    """Everybody on a desk."""

    def __init__(self) -> None:
        self._by_code: dict[str, Participant] = {}
        self._of_request: dict[int, Participant] = {}
        self._of_order: dict[int, Participant] = {}
        self._of_fill: dict[str, Participant] = {}
        self._watching: dict[str, list[tuple[Participant, int]]] = {}

    def __iter__(self) -> Iterator[Participant]:
        return iter(list(self._by_code.values()))

    def add(self, code: str, name: str) -> Participant:
        """Take somebody on.

        Raises:
            InvalidValue: the code is taken.
        """
        if code in self._by_code:
            raise InvalidValue("code", code, "somebody on this desk has it already")
        participant = self._by_code[code] = Participant(code, name)
        return participant

    def get(self, code: str) -> Participant | None:
        """Somebody by code."""
        return self._by_code.get(code)

    def own_request(self, participant: Participant, request_id: int) -> None:
        """A request at the Bridge is this participant's."""
        self._of_request[request_id] = participant

    def own_order(self, participant: Participant, order_id: int) -> None:
        """An order at the Bridge is this participant's."""
        self._of_order[order_id] = participant

    def own_fill(self, participant: Participant, execution_id: str) -> None:
        """A fill is this participant's, so its commission is too."""
        self._of_fill[execution_id] = participant

    def of_request(self, request_id: int) -> Participant | None:
        """Whose request it is."""
        return self._of_request.get(request_id)

    def of_order(self, order_id: int) -> Participant | None:
        """Whose order it is."""
        return self._of_order.get(order_id)

    def of_fill(self, execution_id: str) -> Participant | None:
        """Whose fill it is."""
        return self._of_fill.get(execution_id)

    def orders_of(self, participant: Participant) -> list[int]:
        """Ids of a participant's orders."""
        return [order_id for order_id, owner in self._of_order.items() if owner is participant]

    def subscribe(self, participant: Participant, subscription: Subscription) -> None:
        """A participant wants quotes."""
        participant.subscriptions[subscription.request_id] = subscription
        self._watching.setdefault(subscription.key, []).append(
            (participant, subscription.request_id)
        )

    def unsubscribe(self, participant: Participant, request_id: int) -> None:
        """A participant wants quotes no more."""
        subscription = participant.subscriptions.pop(request_id, None)
        if subscription is not None:
            watching = self._watching[subscription.key]
            watching.remove((participant, request_id))
            if not watching:
                del self._watching[subscription.key]

    def unsubscribe_all(self, participant: Participant) -> None:
        """A participant wants no quotes any more."""
        for request_id in list(participant.subscriptions):
            self.unsubscribe(participant, request_id)

    def watching(self, key: str) -> list[tuple[Participant, int]]:
        """Who watches an instrument, each with the id that the desk gave it for that."""
        return self._watching.get(key, [])
