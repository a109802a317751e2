"""Envelope: the form a message has on the desk, and reading it back with suspicion.

Owns the JSON body (the message's name and fields as the catalog has them, who sent it, its number
and time) and the properties that go with it. What does not validate is refused with its reason, and
whatever is wrong with a body from outside, EnvelopeError is all that it can raise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from workstation.desk.broker import Properties
from workstation.desk.nonfinite import NotFinite, may_hold_words, restored, worded
from workstation.desk.routing import CODE
from workstation.errors import DeskError
from workstation.model.record import Record
from workstation.protocol import catalog as _catalog  # noqa: F401  declares every message
from workstation.protocol.message import INBOUND, REQUESTS, Message

__all__ = ["LARGEST_BODY", "MESSAGES", "Envelope", "EnvelopeError", "fields_of", "opened", "sealed"]

LARGEST_BODY = 16 * 1024 * 1024
"""Bytes: what RabbitMQ 4 takes by default, and room for a hundred thousand bars."""

_LARGEST_INTEGER = 2**63 - 1

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
        "order_bound",
        "open_order",
        "completed_order",
        "exercise_options",
        "execution_data",
        "commission_report",
        "info_message",
    }
)
"""Messages that must outlive a broker."""

_Count = Annotated[int, msgspec.Meta(ge=0, le=_LARGEST_INTEGER)]


class EnvelopeError(DeskError):
    """A body does not validate."""


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a message on the desk."""

    message: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    """Its name: of the catalog, or a request of the desk or an answer to one."""
    fields: msgspec.Raw
    code: Annotated[str, msgspec.Meta(pattern=rf"\A{CODE}\Z")]
    """Who sent it."""
    sequence: _Count
    """Counts up for each sender."""
    time_ns: _Count
    """When it was sent, since 1970."""
    send_before: _Count | None = None
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

    Raises:
        EnvelopeError: a text in it is no Unicode, or it is too large.
    """
    try:
        fields = msgspec.Raw(_json(content))
        envelope = Envelope(name, fields, code, sequence, time_ns, send_before)
        body = _ENCODER.encode(envelope)
    except UnicodeEncodeError as error:
        raise EnvelopeError(f"{name}: {error}") from error
    _check_size(body)
    properties = Properties(
        message_id=message_id,
        correlation_id=correlation_id,
        reply_to=reply_to,
        type=name,
        app_id=code,
        timestamp=time_ns // 1_000_000_000,
        delivery_mode=2 if name in _ORDERS else 1,
    )
    return body, properties


def opened(body: bytes) -> Envelope:
    """A body, read; its fields are still to be read as what they should be.

    Raises:
        EnvelopeError: it is none.
    """
    _check_size(body)
    try:
        # All of it, at once: the fields stay raw here, and whoever reads them, late and elsewhere,
        # must not meet bytes that are no text.
        str(body, "utf-8")
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
    fields = bytes(envelope.fields)
    try:
        if may_hold_words(fields):
            return msgspec.convert(restored(msgspec.json.decode(fields), cls), type=cls)
        return msgspec.json.decode(fields, type=cls)
    except (msgspec.DecodeError, NotFinite, RecursionError, UnicodeDecodeError) as error:
        raise EnvelopeError(f"{envelope.message}: {error}") from error


def _check_size(body: bytes) -> None:
    if len(body) > LARGEST_BODY:
        raise EnvelopeError(f"a body of {len(body)} bytes is larger than {LARGEST_BODY}")


def _json(content: Record | Mapping[str, Any]) -> bytes:
    text = _ENCODER.encode(content)
    # Only None and numbers that JSON does not have become null; look closer then.
    return _ENCODER.encode(worded(msgspec.to_builtins(content))) if b"null" in text else text
