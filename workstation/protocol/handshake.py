"""Handshake: the two greetings before the first message.

Owns their spelling. The client says `API`, NUL, then a frame with the range of versions it speaks
and perhaps options; the Bridge answers with a frame of two fields: the version it chose and the
time of the connection, with a zone name that need not be UTF-8.
"""

from __future__ import annotations

import re

from workstation.errors import HandshakeError
from workstation.protocol.codecs import fields_of
from workstation.protocol.frames import frame
from workstation.protocol.versions import HIGHEST_VERSION, LOWEST_VERSION

__all__ = [
    "PREFIX",
    "bridge_hello",
    "client_hello",
    "read_bridge_hello",
    "read_client_hello",
]

PREFIX = b"API\0"
"""What a client sends before its first frame."""

_RANGE = re.compile(r"v(\d{1,9})(?:\.\.(\d{1,9}))?(?: (.*))?", re.DOTALL)


def client_hello(
    lowest: int = LOWEST_VERSION, highest: int = HIGHEST_VERSION, options: str = ""
) -> bytes:
    """The client's greeting, prefix and frame.

    Args:
        lowest: lowest server version spoken.
        highest: highest server version spoken.
        options: connect options such as `+PACEAPI`.
    """
    text = f"v{lowest}..{highest}" + (f" {options}" if options else "")
    return PREFIX + frame(text.encode("ascii"))


def read_client_hello(payload: bytes) -> tuple[int, int, str]:
    """Lowest and highest version, and options, of a client's greeting.

    Raises:
        HandshakeError: it is none.
    """
    found = _RANGE.fullmatch(payload.decode("utf-8", "backslashreplace").rstrip("\0"))
    if not found:
        raise HandshakeError(f"{payload[:40]!r} is not a range of versions")
    lowest = int(found[1])
    return lowest, int(found[2] or lowest), found[3] or ""


def bridge_hello(version: int, connection_time: str) -> bytes:
    """The Bridge's greeting, framed.

    Args:
        version: the agreed version.
        connection_time: `YYYYMMDD hh:mm:ss Zone`.
    """
    return frame(f"{version}\0{connection_time}\0".encode())


def read_bridge_hello(payload: bytes) -> tuple[int, str]:
    """Agreed version and connection time of a Bridge's greeting.

    Raises:
        HandshakeError: it is none.
    """
    fields = fields_of(payload)
    if len(fields) < 3 or not (fields[0].isascii() and fields[0].isdigit()):
        raise HandshakeError(f"{payload[:40]!r} is not the greeting of a Bridge")
    return int(fields[0]), fields[1]
