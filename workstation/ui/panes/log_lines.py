"""Log lines: how a message of the desk reads in one line, and as a whole.

Owns direction, mark and time of a line, and the pretty form of all fields. Opens one body a call;
what can not be read is shown as what it is, never dropped. Leaves the words to `log_summaries`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Any

import msgspec

from workstation.desk.actors.actor import DeskRequest
from workstation.desk.envelope import MESSAGES, Envelope, EnvelopeError, fields_of, opened
from workstation.desk.routing import MessageType
from workstation.message_codes import message_code
from workstation.protocol import catalog
from workstation.protocol.message import Message, Request
from workstation.state.info_codes import is_refusal
from workstation.ui.panes.log_entries import LogEntry, Subjects
from workstation.ui.panes.log_summaries import listed, summary

__all__ = ["LogLine", "Mark", "line_of", "whole_text"]

_NANOSECONDS = 1_000_000_000


class Mark(StrEnum):
    """What makes a line stand out; the word stands beside the colour."""

    NONE = ""
    ORDER = "ORDER"
    CANCEL = "CANCEL"
    FILL = "FILL"
    REFUSED = "REFUSED"
    NOTICE = "NOTICE"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    FLATTEN = "FLATTEN"
    STOP = "STOP"
    LOST = "LOST"
    BACK = "BACK"
    BROKEN = "BROKEN"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line; plain text, not yet made safe for the terminal."""

    time: str
    """`hh:mm:ss.mmm`; empty when the body could not be read."""
    key: str
    arrow: str
    """→ to the Bridge, ← from it, • between desk and actor."""
    name: str
    mark: Mark
    summary: str


def line_of(entry: LogEntry, subjects: Subjects, zone: tzinfo = UTC) -> LogLine:
    """How an entry reads.

    Args:
        entry: the entry.
        subjects: says which symbol an id is about.
        zone: times are shown in this zone.
    """
    try:
        envelope = opened(entry.message.body)
        content = _content(envelope)
    except EnvelopeError as error:
        return LogLine(
            "", entry.key, _arrow(entry.key, entry.name), entry.name, Mark.BROKEN, str(error)
        )
    time = _moment_text(envelope.time_ns, zone, "%H:%M:%S.%f")[:12]
    if isinstance(content, Message):
        mark, words = _mark(content), summary(content, subjects)
    else:
        mark, words = _DESK_MARKS.get(envelope.message, Mark.NONE), listed(content)
    return LogLine(
        time, entry.key, _arrow(entry.key, envelope.message), envelope.message, mark, words
    )


def whole_text(entry: LogEntry, zone: tzinfo = UTC) -> str:
    """All of an entry: how it travelled, and every field on a line of its own."""
    message = entry.message
    head = {
        "exchange": message.exchange,
        "routing key": message.routing_key,
        "message": message.properties.type,
        "message id": message.properties.message_id,
        "belongs to": message.properties.correlation_id,
    }
    lines = [f"{name:<12} {value}" for name, value in head.items() if value]
    try:
        envelope = opened(message.body)
        fields = msgspec.json.format(bytes(envelope.fields), indent=2).decode()
    except (EnvelopeError, msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        broken = message.body[:2_000].decode("utf-8", "replace")
        return "\n".join([*lines, "", f"This body can not be read: {error}", "", broken])
    lines += [
        f"{'sender':<12} {envelope.code}, its number {envelope.sequence:,}",
        f"{'time':<12} {_moment_text(envelope.time_ns, zone, '%Y-%m-%d %H:%M:%S.%f %Z')}",
    ]
    return "\n".join([*lines, *_explained(envelope), "", fields])


def _explained(envelope: Envelope) -> list[str]:
    """For an info message: what its code means and what to do; nothing where nothing is known."""
    if MESSAGES.get(envelope.message) is not catalog.InfoMessage:
        return []
    try:
        content = fields_of(envelope)
    except EnvelopeError:
        # The fields below show what is wrong with them.
        return []
    if not isinstance(content, catalog.InfoMessage):
        return []
    known = message_code(content.code)
    if not known.is_known:
        return []
    told = {known.severity.value: known.meaning, "what to do": known.advice}
    return ["", *(f"{name:<12} {words}" for name, words in told.items())]


def _content(envelope: Envelope) -> Message | Mapping[str, Any]:
    if envelope.message in MESSAGES:
        return fields_of(envelope)
    try:
        content = msgspec.json.decode(envelope.fields)
    except (msgspec.DecodeError, RecursionError) as error:
        raise EnvelopeError(f"{envelope.message}: {error}") from error
    return content if isinstance(content, dict) else {"": content}


def _arrow(key: str, name: str) -> str:
    if key.partition(".")[0] != MessageType.BRIDGE:
        return "•"
    cls = MESSAGES.get(name)
    return "→" if cls is not None and issubclass(cls, Request) else "←"


def _moment_text(time_ns: int, zone: tzinfo, form: str) -> str:
    seconds, rest = divmod(time_ns, _NANOSECONDS)
    try:
        moment = datetime.fromtimestamp(seconds, zone)
    except (ValueError, OverflowError, OSError):
        return "?"
    return moment.replace(microsecond=rest // 1_000).strftime(form)


def _mark(content: Message) -> Mark:
    if isinstance(content, catalog.InfoMessage):
        return Mark.REFUSED if is_refusal(content.code) else Mark.NOTICE
    if isinstance(content, catalog.OrderStatus):
        return _STATUS_MARKS.get(content.status, Mark.ORDER)
    return _MARKS.get(type(content), Mark.NONE)


_MARKS: Mapping[type[Message], Mark] = {
    catalog.PlaceOrder: Mark.ORDER,
    catalog.OpenOrder: Mark.ORDER,
    catalog.CancelOrder: Mark.CANCEL,
    catalog.RequestGlobalCancel: Mark.CANCEL,
    catalog.ExecutionData: Mark.FILL,
}

_STATUS_MARKS: Mapping[str, Mark] = {
    "Inactive": Mark.REFUSED,
    "Cancelled": Mark.CANCEL,
    "ApiCancelled": Mark.CANCEL,
    "PendingCancel": Mark.CANCEL,
}

_DESK_MARKS: Mapping[str, Mark] = {
    DeskRequest.PAUSE.value: Mark.PAUSE,
    DeskRequest.RESUME.value: Mark.RESUME,
    DeskRequest.FLATTEN.value: Mark.FLATTEN,
    DeskRequest.HAND_OVER.value: Mark.PAUSE,
    DeskRequest.STOP.value: Mark.STOP,
    "bridge_lost": Mark.LOST,
    "actor_lost": Mark.LOST,
    "actor_failed": Mark.LOST,
    "requests_lost": Mark.LOST,
    "bridge_back": Mark.BACK,
}
