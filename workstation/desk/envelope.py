"""Envelope: the form a message has on the desk, and reading it back with suspicion.

Owns the JSON body (the message's name and fields as the catalog has them, who sent it, its number
and time) and the properties that go with it. Infinities and NaN, which JSON has no numbers for, are
written as words and read back equal. What does not validate is refused with its reason.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import msgspec

from workstation.desk.broker import Properties
from workstation.errors import DeskError
from workstation.model.record import Record
from workstation.protocol import catalog as _catalog  # noqa: F401  declares every message
from workstation.protocol.message import INBOUND, REQUESTS, Message

__all__ = ["MESSAGES", "Envelope", "EnvelopeError", "fields_of", "opened", "sealed"]

LARGEST_BODY = 4 * 1024 * 1024
"""Bytes; nothing a desk sends comes near it."""

MESSAGES: Mapping[str, type[Message]] = {
    declaration.name: declaration.cls
    for registry in (REQUESTS, INBOUND)
    for declaration in registry.values()
}
"""Every message of the catalog, by name; requests and answers share no name."""

_ORDERS = frozenset(
    {
        "place_order",
        "cancel_order",
        "request_global_cancel",
        "order_status",
        "open_order",
        "execution_data",
        "commission_report",
        "info_message",
    }
)
"""Messages that must outlive a broker."""

_WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class EnvelopeError(DeskError):
    """A body does not validate."""


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a message on the desk."""

    message: str
    """Its name: of the catalog, or a request of the desk or an answer to one."""
    fields: msgspec.Raw
    code: str
    """Who sent it."""
    sequence: int
    """Counts up for each sender."""
    time_ns: int
    send_before: int | None = None
    """Nanoseconds since 1970; after that an order must not be sent any more."""


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Envelope)


def sealed(  # noqa: PLR0913  an envelope has that many parts
    name: str,
    content: Record | Mapping[str, Any],
    *,
    code: str,
    sequence: int,
    time_ns: int,
    message_id: str,
    correlation_id: str = "",
    reply_to: str = "",
    send_before: int | None = None,
) -> tuple[bytes, Properties]:
    """Body and properties of a message.

    Args:
        name: the message's name.
        content: its fields.
        code: who sends it.
        sequence: the sender's count.
        time_ns: now.
        message_id: a unique id.
        correlation_id: the `message_id` this one belongs to.
        reply_to: the sender's routing key.
        send_before: latest time an order may go to the Bridge.
    """
    envelope = Envelope(name, msgspec.Raw(_json(content)), code, sequence, time_ns, send_before)
    properties = Properties(
        message_id=message_id,
        correlation_id=correlation_id,
        reply_to=reply_to,
        type=name,
        app_id=code,
        timestamp=time_ns // 1_000_000_000,
        delivery_mode=2 if name in _ORDERS else 1,
    )
    return _ENCODER.encode(envelope), properties


def opened(body: bytes) -> Envelope:
    """A body, read; its fields are still to be read as what they should be.

    Raises:
        EnvelopeError: it is none.
    """
    if len(body) > LARGEST_BODY:
        raise EnvelopeError(f"a body of {len(body)} bytes is larger than {LARGEST_BODY}")
    try:
        return _DECODER.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise EnvelopeError(f"the body is no envelope: {error}") from error


def fields_of(envelope: Envelope) -> Message:
    """The catalog's message in an envelope.

    Raises:
        EnvelopeError: no message has that name, or the fields do not fit it.
    """
    cls = MESSAGES.get(envelope.message)
    if cls is None:
        raise EnvelopeError(f"no message is called {envelope.message!r}")
    try:
        return msgspec.json.decode(envelope.fields, type=cls)
    except (msgspec.DecodeError, RecursionError) as error:
        if not any(word.encode() in bytes(envelope.fields) for word in _WORDS):
            raise EnvelopeError(f"{envelope.message}: {error}") from error
    try:
        return msgspec.convert(_numbers(msgspec.json.decode(envelope.fields)), type=cls)
    except (msgspec.ValidationError, RecursionError) as error:
        raise EnvelopeError(f"{envelope.message}: {error}") from error


def _json(content: Record | Mapping[str, Any]) -> bytes:
    text = _ENCODER.encode(content)
    # Only None and numbers that JSON does not have become null; look closer then.
    return _ENCODER.encode(_words(msgspec.to_builtins(content))) if b"null" in text else text


def _words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _words(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_words(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def _numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_numbers(each) for each in value]
    return _WORDS.get(value, value) if isinstance(value, str) else value
