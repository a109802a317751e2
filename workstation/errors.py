"""The exception tree: every error that this package raises on purpose.

::

    WorkstationError
    ├── InvalidValue            a value a person or program gave is not legal (also a ValueError)
    │   └── ConfigurationError  a setting, a theme or a file of settings is broken
    ├── ProtocolError
    │   ├── FrameError          the stream can not be cut into frames any more
    │   ├── HandshakeError      the two ends agree on no version
    │   ├── EncodeError         our side: a message can not be put on the wire
    │   │   └── UnsupportedByVersion   the agreed server version can not carry a value
    │   └── DecodeError         their side: the bytes do not fit the message
    ├── NotConnected            there is no Bridge to talk to
    ├── RequestError            the Bridge refused a request, or it ended without an answer
    │   └── RequestTimeout      no answer within the time the caller allowed
    ├── PacingExceeded          a request was over a limit of the Bridge and was not to wait
    ├── OrderRefused            the order guard held an order back
    └── DeskError               the desk or its broker could not do what was asked

EncodeError is always ours, DecodeError always the Bridge's: who is at fault is in the type.
"""

from __future__ import annotations

import workstation.message_codes as codes

__all__ = [
    "ConfigurationError",
    "DecodeError",
    "DeskError",
    "EncodeError",
    "FrameError",
    "HandshakeError",
    "InvalidValue",
    "NotConnected",
    "OrderRefused",
    "PacingExceeded",
    "ProtocolError",
    "RequestError",
    "RequestTimeout",
    "UnsupportedByVersion",
    "WorkstationError",
]


class WorkstationError(Exception):
    """Root of the tree; catching it catches nothing but this package's own errors."""


class InvalidValue(WorkstationError, ValueError):
    """A value is not legal.

    Args:
        field: name of the thing that was given.
        value: what was given.
        legal: what would have been legal, in words.
    """

    def __init__(self, field: str, value: object, legal: str) -> None:
        super().__init__(f"{field}: {value!r} is not legal; {legal}")
        self.field = field
        self.value = value
        self.legal = legal


class ConfigurationError(InvalidValue):
    """A setting is broken; `source` says where it came from (a file, a variable, an option)."""

    def __init__(self, field: str, value: object, legal: str, source: str = "") -> None:
        super().__init__(field, value, legal)
        self.source = source
        if source:
            self.args = (f"{source}: {self.args[0]}",)


class ProtocolError(WorkstationError):
    """Something is wrong with bytes or messages."""


class FrameError(ProtocolError):
    """The stream can not be cut into frames: the connection is beyond repair."""


class HandshakeError(ProtocolError):
    """The greeting failed: not a Bridge, or no common version."""


class EncodeError(ProtocolError):
    """A message of ours can not be put on the wire.

    Args:
        message: the message's name.
        field: dotted name of the field at fault, empty when it is the message itself.
        reason: what is wrong with it.
    """

    def __init__(self, message: str, field: str, reason: str) -> None:
        place = f"{message}.{field}" if field else message
        super().__init__(f"{place}: {reason}")
        self.message = message
        self.field = field
        self.reason = reason


class UnsupportedByVersion(EncodeError):
    """The agreed server version can not carry a value; nothing was sent.

    Args:
        message: the message's name.
        field: dotted name of the field, empty when the whole message is too new.
        needed: the server version that brought it.
        agreed: the server version agreed with this Bridge.
    """

    def __init__(self, message: str, field: str, needed: int, agreed: int) -> None:
        super().__init__(
            message, field, f"needs server version {needed}, the Bridge speaks {agreed}"
        )
        self.needed = needed
        self.agreed = agreed


class DecodeError(ProtocolError):
    """The Bridge's (or, at the Bridge, the client's) bytes do not fit the message.

    Args:
        message: the message's name, or its id in text when the id is unknown.
        field: dotted name of the field at fault.
        index: index of the field in the payload, the message id being 0.
        reason: what is wrong with it.
        request_id: the request the message belongs to, when that much could be read.
    """

    def __init__(
        self,
        message: str,
        field: str,
        index: int,
        reason: str,
        request_id: int | None = None,
    ) -> None:
        super().__init__(f"{message}.{field} (field {index}): {reason}")
        self.message = message
        self.field = field
        self.index = index
        self.reason = reason
        self.request_id = request_id


class NotConnected(WorkstationError):
    """There is no Bridge to talk to."""


class RequestError(WorkstationError):
    """The Bridge refused a request. A traceback shows the advice below the Bridge's words.

    Args:
        code: the Bridge's error code (message 4).
        text: the Bridge's words.
        request_id: the request or order it belongs to, -1 when to none.
        request: the request itself, where it is known.
    """

    def __init__(
        self, code: int, text: str, request_id: int = -1, request: object | None = None
    ) -> None:
        name = getattr(request, "name", "request")
        super().__init__(f"[{code}] {text} ({name} {request_id})")
        self.code = code
        self.text = text
        self.request_id = request_id
        self.request = request
        if self.advice:
            self.add_note(f"{self.meaning} {self.advice}")

    @property
    def meaning(self) -> str:
        """What the code means, in our words; empty when it is not known."""
        return codes.message_code(self.code).meaning

    @property
    def advice(self) -> str:
        """What to do about it; empty when the code is not known."""
        return codes.message_code(self.code).advice


class RequestTimeout(RequestError):
    """No answer came in time; `text` says what was waited for."""


class PacingExceeded(WorkstationError):
    """A request is over a limit of the Bridge, and its client is not to wait; nothing was sent.

    Args:
        request: name of the request.
        limit: the limit, in words.
        frees_in: seconds until it could leave; None when an answer has to come first.
    """

    def __init__(self, request: str, limit: str, frees_in: float | None) -> None:
        free = "when an answer has come" if frees_in is None else f"in {frees_in:.1f} s"
        super().__init__(f"{request}: the Bridge takes {limit}; the next may leave {free}")
        self.request = request
        self.limit = limit
        self.frees_in = frees_in


class OrderRefused(WorkstationError):
    """The order guard held an order back; nothing was sent.

    Args:
        limit: name of the limit that refused.
        value: what the order has, in words.
        allowed: what the limit allows, in words.
        overridable: whether a person may let it pass by typing the word asked for.
    """

    def __init__(self, limit: str, value: str, allowed: str, *, overridable: bool = False) -> None:
        super().__init__(f"{limit}: {value}; allowed: {allowed}")
        self.limit = limit
        self.value = value
        self.allowed = allowed
        self.overridable = overridable


class DeskError(WorkstationError):
    """The desk or its broker could not do what was asked."""
