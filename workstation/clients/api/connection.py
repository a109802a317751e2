"""Connection of an IBKR_API: a client on a thread of its own that answers can be waited for.

Owns making a request method's request, waiting for its answer, and carrying messages to streams.
Every request comes from the one place where requests are written, `clients.requests`; what is
added here is only what becomes of the answer.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import wait as wait_for_all
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from workstation.clients.answers import STREAMS, answer_to, cancel_of, lasts
from workstation.clients.api.stream import Stream
from workstation.clients.calls import Call
from workstation.clients.client_application import ClientApplication
from workstation.clients.requests import Requests
from workstation.errors import NotConnected, RequestError, WorkstationError
from workstation.protocol.catalog import InfoMessage
from workstation.protocol.message import Inbound, Message, Request
from workstation.state.info_codes import is_refusal

__all__ = ["ApiConnection"]


class _Asking(Requests):
    """Makes a request as its method does, and has it sent in another way."""

    def __init__(self, client: ApiConnection, send: Callable[[Request], None]) -> None:
        self._client = client
        self._send = send

    @property
    def turn(self) -> AbstractContextManager[object]:
        return self._client.turn

    def new_id(self) -> int:
        return self._client.new_id()

    def send(self, request: Request) -> None:
        self._send(request)


class ApiConnection(ClientApplication):
    """The client behind an IBKR_API."""

    _taps: dict[tuple[type[Message], object], list[Stream[Any]]]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._taps = {}
        self._taps_lock = threading.Lock()
        self._moved = threading.Condition()

    # Answers

    def answer(
        self,
        timeout_seconds: float,
        method: Callable[..., object],
        *arguments: Any,
        **named: Any,
    ) -> list[Any]:
        """Make a request and wait for its whole answer.

        Raises:
            RequestError: the Bridge refused.
            RequestTimeout: no answer in time.
            NotConnected: there is no Bridge, or it went away.
        """
        return self._answer(self._begin(method, *arguments, **named), timeout_seconds)

    def answers(
        self,
        timeout_seconds: float,
        method: Callable[..., object],
        subjects: Sequence[object],
        **named: Any,
    ) -> list[list[Any]]:
        """Make one request for each subject, all at once, and wait for every answer.

        When one fails the others are not waited for.
        """
        calls: list[Call] = []
        try:
            for subject in subjects:
                calls.append(self._begin(method, subject, **named))  # noqa: PERF401  some may fail
            # All at once: who waits for one after the other is woken by each.
            wait_for_all([call.future for call in calls], timeout_seconds)
            return [self._answer(call, timeout_seconds, patient=True) for call in calls]
        finally:
            with self._lock:
                for call in calls:
                    if not call.future.done():
                        self.calls.forget(call)

    def begin_in_turn(
        self,
        timeout_seconds: float,
        method: Callable[..., object],
        *arguments: Any,
        **named: Any,
    ) -> Future[list[Any]]:
        """Make a request; gives what will have its whole answer, or why there is none.

        The time counts from when the request has left: one that waits for its turn is not late.
        """
        call = self._begin(method, *arguments, **named)
        self.call_soon(partial(self._mind, call, timeout_seconds))
        return call.future

    def _mind(self, call: Call, timeout_seconds: float) -> None:
        """Look after a while whether a call has been answered; on the client's thread."""
        loop = asyncio.get_running_loop()
        timer = loop.call_later(timeout_seconds, self._look_after, call, timeout_seconds)
        call.future.add_done_callback(lambda _: timer.cancel())

    def _look_after(self, call: Call, timeout_seconds: float) -> None:
        request_id = getattr(call.request, "request_id", -1)
        with self._lock:
            if self._outbox.holds(request_id):
                self._mind(call, timeout_seconds)
                return
            self.calls.forget(call)
        call.fail(self._timed_out(call.request, timeout_seconds, request_id))

    def _answer(self, call: Call, timeout_seconds: float, *, patient: bool = False) -> list[Any]:
        try:
            return self.wait(call, timeout_seconds, patient=patient)
        finally:
            if lasts(call.request):
                self._end(call.request)

    def _begin(self, method: Callable[..., object], *arguments: Any, **named: Any) -> Call:
        calls: list[Call] = []

        def send(request: Request) -> None:
            with self._lock:
                call = self.calls.start(request)
                calls.append(call)
                try:
                    self.send(request)
                except WorkstationError:
                    self.calls.forget(call)
                    raise

        method(_Asking(self, send), *arguments, **named)
        return calls[0]

    def wait_until(self, condition: Callable[[], bool], timeout_seconds: float) -> bool:
        """Wait until a condition on the picture holds; whether it does.

        Not to be used on the client's own thread.
        """
        with self._moved:
            return bool(self._moved.wait_for(condition, timeout_seconds))

    def connection_restored(self) -> None:
        """Let whoever waits for the Bridge go on."""
        self.act()

    def act(self) -> None:
        """Let whoever waits look at the picture again."""
        with self._moved:
            self._moved.notify_all()

    # Streams

    def stream(self, method: Callable[..., object], *arguments: Any, **named: Any) -> Stream[Any]:
        """Make a request that goes on; gives the stream of what it brings."""
        streams: list[Stream[Any]] = []

        def send(request: Request) -> None:
            if not lasts(request):
                answered = answer_to(request, 0) is not None
                told = "is answered once" if answered else "brings no stream"
                raise WorkstationError(f"{request.name} {told}")
            stream: Stream[Any] = Stream(request, self._close)
            streams.append(stream)
            self._tap(stream)
            try:
                self.send(request)
            except WorkstationError:
                self._untap(stream)
                raise

        method(_Asking(self, send), *arguments, **named)
        return streams[0]

    def message_received(self, message: Inbound) -> None:
        """Carry a message to the streams it belongs to."""
        if isinstance(message, InfoMessage):
            self._refused(message)
            return
        for stream in tuple(self._taps.get((type(message), _key(message)), ())):
            stream.deliver(message)

    def _refused(self, message: InfoMessage) -> None:
        if not is_refusal(message.code):
            return
        for stream in self._all_streams():
            if getattr(stream.request, "request_id", None) == message.request_id:
                self._untap(stream)
                error = RequestError(message.code, message.text, message.request_id, stream.request)
                stream.fail(error)

    def fail_streams(self, reason: str) -> None:
        """End every stream, because the connection is gone for good."""
        for stream in self._all_streams():
            self._untap(stream)
            stream.fail(NotConnected(reason))

    def _close(self, stream: Stream[Any]) -> None:
        self._untap(stream)
        self._end(stream.request)

    def _end(self, request: Request) -> None:
        try:
            self.send(cancel_of(request))
        except NotConnected:
            # It ended with the connection; nobody may ask for it again.
            with self._lock:
                self._streams.note(cancel_of(request))

    def _tap(self, stream: Stream[Any]) -> None:
        with self._taps_lock:
            for part in STREAMS[type(stream.request)].parts:
                self._taps.setdefault((part, _key(stream.request)), []).append(stream)

    def _untap(self, stream: Stream[Any]) -> None:
        with self._taps_lock:
            for key in list(self._taps):
                self._taps[key] = [each for each in self._taps[key] if each is not stream]
                if not self._taps[key]:
                    del self._taps[key]

    def _all_streams(self) -> list[Stream[Any]]:
        with self._taps_lock:
            return list({id(each): each for taps in self._taps.values() for each in taps}.values())


def _key(message: Message) -> object:
    return getattr(message, "request_id", None)
