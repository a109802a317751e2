"""Calls: a request, the messages that answer it, and how it ends.

Owns the table that says which messages answer which request and which one ends the answer, and the
answers under way. A refusal by the Bridge, an unreadable answer or a lost connection fails the call
it belongs to, at once, and nothing else.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field

from workstation.errors import DecodeError, RequestError, WorkstationError
from workstation.protocol.catalog import (
    AccountSummary,
    AccountSummaryEnd,
    ContractData,
    ContractDataEnd,
    CurrentTime,
    ExecutionData,
    ExecutionDataEnd,
    HeadTimeStamp,
    HistoricalData,
    HistoricalDataEnd,
    InfoMessage,
    ManagedAccounts,
    MarketRule,
    OpenOrder,
    OpenOrderEnd,
    OrderStatus,
    PositionData,
    PositionEnd,
    RequestAccountSummary,
    RequestAllOpenOrders,
    RequestContractData,
    RequestCurrentTime,
    RequestExecutions,
    RequestHeadTimeStamp,
    RequestHistoricalData,
    RequestManagedAccounts,
    RequestMarketRule,
    RequestMatchingSymbols,
    RequestOpenOrders,
    RequestPositions,
    RequestSecurityDefinitionOptionParameters,
    SecurityDefinitionOptionParameter,
    SecurityDefinitionOptionParameterEnd,
    SymbolSamples,
)
from workstation.protocol.message import INBOUND, Inbound, Message, Request
from workstation.state.info_codes import is_refusal

__all__ = ["Answer", "Call", "Calls"]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a request is answered: by these messages, ended by that one."""

    parts: tuple[type[Message], ...]
    end: type[Message]


ANSWERS: dict[type[Request], Answer] = {
    RequestContractData: Answer((ContractData,), ContractDataEnd),
    RequestHistoricalData: Answer((HistoricalData,), HistoricalDataEnd),
    RequestHeadTimeStamp: Answer((HeadTimeStamp,), HeadTimeStamp),
    RequestExecutions: Answer((ExecutionData,), ExecutionDataEnd),
    RequestAccountSummary: Answer((AccountSummary,), AccountSummaryEnd),
    RequestMatchingSymbols: Answer((SymbolSamples,), SymbolSamples),
    RequestMarketRule: Answer((MarketRule,), MarketRule),
    RequestSecurityDefinitionOptionParameters: Answer(
        (SecurityDefinitionOptionParameter,), SecurityDefinitionOptionParameterEnd
    ),
    RequestPositions: Answer((PositionData,), PositionEnd),
    RequestOpenOrders: Answer((OpenOrder, OrderStatus), OpenOrderEnd),
    RequestAllOpenOrders: Answer((OpenOrder, OrderStatus), OpenOrderEnd),
    RequestCurrentTime: Answer((CurrentTime,), CurrentTime),
    RequestManagedAccounts: Answer((ManagedAccounts,), ManagedAccounts),
}
"""Requests that can be called and waited for. Streams are not among them."""

HISTORY_HAS_AN_END = 196
"""Below this server version the bars themselves end the answer."""

_KEYS: dict[type[Message], str] = {
    RequestMarketRule: "market_rule_id",
    MarketRule: "market_rule_id",
}

_WITHOUT_REQUEST = {each.name: each.cls for each in INBOUND.values() if not each.keyed}
"""Messages that do not name the request they answer."""


@dataclass(slots=True, eq=False)
class Call:
    """One answer under way; `future` gives its messages in order, or why there are none."""

    request: Request
    answer: Answer
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
        self._single_message_history = False

    def __len__(self) -> int:
        return len({id(call) for calls in self._calls.values() for call in calls})

    def speak(self, server_version: int) -> None:
        """Take note of the version agreed."""
        self._single_message_history = server_version < HISTORY_HAS_AN_END

    def start(self, request: Request) -> Call:
        """Wait for the answer to a request that is about to be sent.

        Raises:
            WorkstationError: the request is a stream, or has no answer at all.
        """
        answer = ANSWERS.get(type(request))
        if answer is None:
            raise WorkstationError(f"{request.name} has no answer that could be waited for")
        if isinstance(request, RequestHistoricalData) and self._single_message_history:
            answer = Answer((HistoricalData,), HistoricalData)
        call = Call(request, answer)
        key = _key(request)
        for message_class in {*answer.parts, answer.end}:
            self._calls.setdefault((message_class, key), []).append(call)
        request_id = getattr(request, "request_id", None)
        if isinstance(request_id, int):
            self._by_request[request_id] = call
        return call

    def apply(self, message: Message) -> None:
        """Give a message to the calls it answers."""
        if isinstance(message, InfoMessage):
            self._refused(message)
            return
        for call in list(self._calls.get((message.__class__, _key(message)), ())):
            if isinstance(message, call.answer.parts):
                call.messages.append(message)
            if message.__class__ is call.answer.end:
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
        for key in list(self._calls):
            calls = self._calls[key]
            if call in calls:
                calls.remove(call)
            if not calls:
                del self._calls[key]
        request_id = getattr(call.request, "request_id", None)
        if isinstance(request_id, int):
            self._by_request.pop(request_id, None)

    def _refused(self, message: InfoMessage) -> None:
        if not is_refusal(message.code):
            return
        call = self._by_request.get(message.request_id)
        if call is not None:
            self.forget(call)
            call.fail(RequestError(message.code, message.text, message.request_id))


def _key(message: Message) -> object:
    """What ties an answer to its request: an id of the message, or only its kind."""
    name = _KEYS.get(message.__class__, "request_id")
    if isinstance(message, Inbound | Request):
        return getattr(message, name, None)
    return None
