"""Calls: a request, the messages that answer it, and how it ends.

Owns the answers under way. Leaves to `answers` which messages those are. A refusal by the Bridge,
an unreadable answer or a lost connection fails the call it belongs to, at once, and nothing else.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field

from workstation.clients.answers import Answer, answer_to, key_of, keys_of
from workstation.errors import DecodeError, RequestError, WorkstationError
from workstation.protocol.catalog import InfoMessage
from workstation.protocol.message import INBOUND, Message, Request
from workstation.state.info_codes import is_refusal

__all__ = ["Call", "Calls"]

_WITHOUT_REQUEST = {each.name: each.cls for each in INBOUND.values() if not each.keyed}
"""Messages that do not name the request they answer."""


@dataclass(slots=True, eq=False)
class Call:
    """One answer under way; `future` gives its messages in order, or why there are none."""

    request: Request
    answer: Answer
    keys: tuple[tuple[type[Message], object], ...] = ()
    """Under which messages it is found."""
    future: Future[list[Message]] = field(default_factory=Future)
    messages: list[Message] = field(default_factory=list)

    def fail(self, error: WorkstationError) -> None:
        """End the call without an answer."""
        if not self.future.done():
            self.future.set_exception(error)


class Calls:
    """The calls under way on one connection."""

    def __init__(self) -> None:
        self._calls: dict[tuple[type[Message], object], list[Call]] = {}
        self._by_request: dict[int, Call] = {}
        self._server_version = 0

    def __len__(self) -> int:
        return len({id(call) for calls in self._calls.values() for call in calls})

    @property
    def is_waiting(self) -> bool:
        """Whether any call is under way."""
        return bool(self._calls)

    def speak(self, server_version: int) -> None:
        """Take note of the version agreed."""
        self._server_version = server_version

    def start(self, request: Request) -> Call:
        """Wait for the answer to a request that is about to be sent.

        Raises:
            WorkstationError: the request is a stream, or has no answer at all.
        """
        answer = answer_to(request, self._server_version)
        if answer is None:
            raise WorkstationError(f"{request.name} has no answer that could be waited for")
        key = key_of(request)
        keys = tuple((message_class, key) for message_class in {*answer.parts, answer.end})
        call = Call(request, answer, keys)
        for each in keys:
            self._calls.setdefault(each, []).append(call)
        request_id = _id_of(request)
        if request_id is not None:
            self._by_request[request_id] = call
        return call

    def apply(self, message: Message) -> None:
        """Give a message to the calls it answers."""
        if isinstance(message, InfoMessage):
            self._refused(message)
            return
        for key in keys_of(message):
            for call in list(self._calls.get((message.__class__, key), ())):
                self._answered(call, message)

    def _answered(self, call: Call, message: Message) -> None:
        if isinstance(message, call.answer.parts):
            call.messages.append(message)
        if message.__class__ is call.answer.end and call.answer.ends(message):
            self.forget(call)
            if not call.future.done():
                call.future.set_result(call.messages)

    def unreadable(self, error: DecodeError) -> None:
        """An answer could not be read: fail the request it belongs to.

        What names no request (a position, an open order) fails whoever waits for its kind: an
        answer that lacks a part would look whole.
        """
        for call in self._concerned(error):
            self.forget(call)
            call.fail(error)

    def _concerned(self, error: DecodeError) -> list[Call]:
        if error.request_id is not None:
            call = self._by_request.get(error.request_id)
            return [call] if call is not None else []
        kind = _WITHOUT_REQUEST.get(error.message)
        return [call for key, calls in self._calls.items() if key[0] is kind for call in calls]

    def fail_all(self, error: WorkstationError) -> None:
        """Fail every call, because the connection is gone."""
        for calls in list(self._calls.values()):
            for call in list(calls):
                self.forget(call)
                call.fail(error)

    def forget(self, call: Call) -> None:
        """Wait no longer."""
        for key in call.keys:
            calls = self._calls.get(key, [])
            if call in calls:
                calls.remove(call)
                if not calls:
                    del self._calls[key]
        request_id = _id_of(call.request)
        if request_id is not None:
            self._by_request.pop(request_id, None)

    def _refused(self, message: InfoMessage) -> None:
        if not is_refusal(message.code):
            return
        call = self._by_request.get(message.request_id)
        if call is not None:
            self.forget(call)
            call.fail(RequestError(message.code, message.text, message.request_id, call.request))


def _id_of(request: Request) -> int | None:
    """The id under which a refusal of the request comes."""
    for name in ("request_id", "order_id"):
        found = getattr(request, name, None)
        if isinstance(found, int):
            return found
    return None
