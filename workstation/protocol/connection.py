"""Connection: one end of the protocol, without a socket.

Owns the order of things on a connection: greeting, then messages; which registry is read and
which written; the coders of the agreed version. Two connections back to back are a client and a
Bridge in memory. Leaves sockets, clocks and what messages mean to its owner.

A message that can not be read is an event, not the end: the owner gets the DecodeError in its
place in the stream and reading goes on with the next frame. Only a stream that can not be cut into
frames any more, or a failed greeting, raises.
"""

from __future__ import annotations

import logging
from enum import Enum
from typing import NamedTuple

from workstation.errors import DecodeError, EncodeError, HandshakeError
from workstation.protocol import catalog as _catalog  # noqa: F401  declares every message
from workstation.protocol.codecs import fields_of
from workstation.protocol.coders import decoder_for, encoder_for
from workstation.protocol.decoding import Decoder
from workstation.protocol.encoding import Encoder
from workstation.protocol.frames import FrameReader, frame
from workstation.protocol.handshake import (
    PREFIX,
    bridge_hello,
    client_hello,
    read_bridge_hello,
    read_client_hello,
)
from workstation.protocol.message import INBOUND, REQUESTS, Declaration, Direction, Message
from workstation.protocol.versions import HIGHEST_VERSION, LOWEST_VERSION, agree

__all__ = ["Connection", "Event", "Greeted", "Role", "decode_payload"]

logger = logging.getLogger(__name__)


class Role(Enum):
    """Which end of the protocol a connection is."""

    CLIENT = "client"
    BRIDGE = "bridge"


class _Stage(Enum):
    PREFIX = "prefix"
    """A Bridge waits for `API` and NUL."""
    HELLO = "hello"
    """Either end waits for the other's greeting."""
    ACCEPT = "accept"
    """A Bridge has been greeted and must answer."""
    OPEN = "open"


class Greeted(NamedTuple):
    """The other end's greeting came.

    `server_version` is the agreed one. At a client `connection_time` is what the Bridge said; at a
    Bridge `options` are the client's.
    """

    server_version: int
    connection_time: str = ""
    options: str = ""


Event = Message | Greeted | DecodeError
"""What `receive_data` gives: the greeting once, then messages and unreadable ones."""


class Connection:
    """One end of the protocol.

    Use `Connection.client()` or `Connection.bridge()`.
    """

    def __init__(self, role: Role, versions: tuple[int, int]) -> None:
        self.role = role
        self.versions = versions
        self.server_version = 0
        """The agreed version; 0 before the greeting."""
        self._stage = _Stage.HELLO if role is Role.CLIENT else _Stage.PREFIX
        self._frames = FrameReader()
        self._prefix = b""
        self._decoders: dict[str, Decoder] = {}
        self._encoders: dict[type, Encoder] = {}
        self._unknown: set[str] = set()
        self._reads = INBOUND if role is Role.CLIENT else REQUESTS
        self._writes = Direction.OUT if role is Role.CLIENT else Direction.IN

    @classmethod
    def client(cls, versions: tuple[int, int] = (LOWEST_VERSION, HIGHEST_VERSION)) -> Connection:
        """The client's end, speaking a range of versions."""
        return cls(Role.CLIENT, versions)

    @classmethod
    def bridge(cls, versions: tuple[int, int] = (LOWEST_VERSION, HIGHEST_VERSION)) -> Connection:
        """The Bridge's end; it picks the highest version both ends speak."""
        return cls(Role.BRIDGE, versions)

    @property
    def is_open(self) -> bool:
        """Whether messages may be sent."""
        return self._stage is _Stage.OPEN

    def greet(self, options: str = "") -> bytes:
        """The client's first bytes."""
        return client_hello(*self.versions, options)

    def accept(self, connection_time: str) -> bytes:
        """The Bridge's answer to the greeting; messages may follow.

        Args:
            connection_time: `YYYYMMDD hh:mm:ss Zone`.
        """
        if self._stage is not _Stage.ACCEPT:
            raise HandshakeError("there is no greeting to answer")
        self._stage = _Stage.OPEN
        return bridge_hello(self.server_version, connection_time)

    def send(self, message: Message) -> bytes:
        """The bytes of a message.

        Raises:
            EncodeError: the message can not be put on the wire at the agreed version, or goes
                the other way, or it is too early.
        """
        encoder = self._encoders.get(message.__class__)
        if encoder is None:
            encoder = self._new_encoder(message)
        return frame(encoder(message))

    def receive_data(self, data: bytes) -> list[Event]:
        """What `data`, and what was held back before it, says.

        Raises:
            FrameError: the stream can not be cut into frames any more; close it.
            HandshakeError: the greeting failed; close it.
        """
        if self._stage is _Stage.PREFIX:
            data = self._read_prefix(data)
            if self._stage is _Stage.PREFIX:
                return []
        events: list[Event] = []
        take = events.append
        known = self._decoders
        for payload in self._frames.feed(data):
            try:
                fields = payload.decode().split("\0")
                rest = fields.pop()
                message = known[fields[0]].fast(fields)
            except Exception:  # noqa: BLE001  new, unreadable or a greeting: seen to below
                rest = "unread"
            if rest:
                events.extend(self._read(payload))
            else:
                take(message)
        return events

    def _read(self, payload: bytes) -> list[Event]:
        """Read what is not simply the next good message of a kind that came before."""
        if self._stage is not _Stage.OPEN:
            return [self._read_hello(payload)]
        fields = fields_of(payload)
        rest = fields.pop()
        decoder = self._decoders.get(fields[0]) if fields else None
        if decoder is None or rest:
            decoder, trouble = self._new_decoder(fields, rest)
            if decoder is None:
                return list(trouble)
        try:
            return [decoder(fields)]
        except DecodeError as error:
            return [_detached(error)]

    def _read_prefix(self, data: bytes) -> bytes:
        self._prefix += data
        if not PREFIX.startswith(self._prefix[: len(PREFIX)]):
            raise HandshakeError(f"{self._prefix[:8]!r} is not the greeting of a TWS API client")
        if len(self._prefix) < len(PREFIX):
            return b""
        self._stage = _Stage.HELLO
        rest, self._prefix = self._prefix[len(PREFIX) :], b""
        return rest

    def _read_hello(self, payload: bytes) -> Greeted:
        if self._stage is _Stage.ACCEPT:
            raise HandshakeError("a message came before the greeting was answered")
        lowest, highest = self.versions
        if self.role is Role.BRIDGE:
            theirs = read_client_hello(payload)
            version = agree(theirs[:2], self.versions)
            if version is None:
                offered = f"{theirs[0]} to {theirs[1]}"
                raise HandshakeError(
                    f"the client speaks {offered}, this Bridge {lowest} to {highest}"
                )
            self.server_version = version
            self._stage = _Stage.ACCEPT
            return Greeted(version, options=theirs[2])
        version, time = read_bridge_hello(payload)
        if not lowest <= version <= highest:
            raise HandshakeError(f"the Bridge chose {version}, offered were {lowest} to {highest}")
        self.server_version = version
        self._stage = _Stage.OPEN
        return Greeted(version, connection_time=time)

    def _new_encoder(self, message: Message) -> Encoder:
        declaration = message.declaration
        if not self.is_open:
            raise EncodeError(declaration.name, "", "the greeting is not over")
        if declaration.direction is not self._writes:
            raise EncodeError(declaration.name, "", f"a {self.role.value} does not send this")
        encoder = encoder_for(declaration, self.server_version)
        self._encoders[message.__class__] = encoder
        return encoder

    def _new_decoder(
        self, fields: list[str], rest: str
    ) -> tuple[Decoder | None, list[DecodeError]]:
        """The decoder of a message met for the first time, or why there is none.

        An id nobody knows is reported once; further messages with it are skipped in silence.
        """
        token = fields[0] if fields else rest
        declaration = declared(self._reads, token)
        if declaration is None:
            return None, self._unknown_id(token)
        if rest:
            return None, [_unterminated(declaration, fields, self.server_version)]
        if self.server_version < declaration.since:
            logger.debug(
                "%s came at server version %d, it begins with %d",
                *(declaration.name, self.server_version, declaration.since),
            )
        decoder = decoder_for(declaration, self.server_version)
        self._decoders[token] = decoder
        return decoder, []

    def _unknown_id(self, token: str) -> list[DecodeError]:
        shown = token[:_ID_SHOWN]
        if shown in self._unknown or len(self._unknown) > _UNKNOWN_KEPT:
            return []
        self._unknown.add(shown)
        reason = "no message has this id"
        if len(self._unknown) > _UNKNOWN_KEPT:
            reason += f", nor had {_UNKNOWN_KEPT} others; no further one is reported"
        return [DecodeError(shown, "", 0, reason)]


def _detached(error: DecodeError) -> DecodeError:
    """The error without its tracebacks, whose frames would keep all that was read with it."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


def _unterminated(declaration: Declaration, fields: list[str], version: int) -> DecodeError:
    """What is wrong with a payload that does not end with NUL, and whose request it answers."""
    try:
        read = decoder_for(declaration, version)(fields)
        request_id = getattr(read, "request_id", None)
    except DecodeError as error:
        request_id = error.request_id
    reason = "the payload does not end with NUL"
    return DecodeError(declaration.name, "", len(fields), reason, request_id)


_ID_SHOWN = 40
"""Characters of an unknown id that are remembered and shown."""

_LONGEST_ID = 9
"""Digits a message id may have; longer ones are noise."""

_UNKNOWN_KEPT = 1000
"""How many unknown ids are remembered, so that noise can fill neither memory nor the log."""


def declared(registry: dict[int, Declaration], token: str) -> Declaration | None:
    """The message that a payload's first field stands for, None when nobody knows it."""
    is_number = token.isascii() and token.isdigit() and len(token) <= _LONGEST_ID
    return registry.get(int(token)) if is_number else None


def decode_payload(fields: list[str], direction: Direction, server_version: int) -> Message:
    """Read one message from its fields, without a connection.

    Args:
        fields: the payload's fields, the message id first, no trailing empty one.
        direction: which way it travelled.
        server_version: the version that was agreed.

    Raises:
        DecodeError: the fields fit no message.
    """
    registry = INBOUND if direction is Direction.IN else REQUESTS
    token = fields[0] if fields else ""
    declaration = declared(registry, token)
    if declaration is None:
        raise DecodeError(token[:_ID_SHOWN], "", 0, "no message has this id")
    return decoder_for(declaration, server_version)(fields)
