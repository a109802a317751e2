"""Frames: a 4-byte big-endian length, then a payload of that many bytes.

Owns cutting the stream into payloads, however TCP split or joined it, and putting lengths
before payloads. Knows nothing of what is inside.
"""

from __future__ import annotations

import struct

from workstation.errors import FrameError

__all__ = ["MAXIMUM_LENGTH", "FrameReader", "frame"]

MAXIMUM_LENGTH = 0xFFFFFF
"""Longest payload either end may send."""

_LENGTH_SIZE = 4
_length_at = struct.Struct(">I").unpack_from


def frame(payload: bytes) -> bytes:
    """`payload` with its length before it.

    Raises:
        FrameError: the payload is longer than a frame may be.
    """
    if len(payload) > MAXIMUM_LENGTH:
        raise FrameError(f"a frame of {len(payload)} bytes is longer than {MAXIMUM_LENGTH}")
    return len(payload).to_bytes(_LENGTH_SIZE, "big") + payload


class FrameReader:
    """Collects bytes and gives back whole payloads.

    It holds at most one unfinished frame, so what it keeps is bounded by `MAXIMUM_LENGTH` and
    the size of one read.
    """

    __slots__ = ("_needed", "_pending")

    def __init__(self) -> None:
        self._pending = bytearray()
        self._needed = _LENGTH_SIZE

    @property
    def pending(self) -> int:
        """Bytes held back because their frame is not whole."""
        return len(self._pending)

    def feed(self, data: bytes) -> list[bytes]:
        """The payloads that `data` completed, in order.

        Raises:
            FrameError: a length is above `MAXIMUM_LENGTH`. Payloads before it are lost with
                the connection.
        """
        if self._pending:
            self._pending += data
            if len(self._pending) < self._needed:
                # Joined only when something is whole: a long frame in small pieces stays cheap.
                return []
            data = bytes(self._pending)
        payloads: list[bytes] = []
        take = payloads.append
        position, end = 0, len(data)
        needed = body = _LENGTH_SIZE
        while body <= end:
            (length,) = _length_at(data, position)
            if length > MAXIMUM_LENGTH:
                raise FrameError(f"a length of {length} is above {MAXIMUM_LENGTH}")
            stop = body + length
            if stop > end:
                needed += length
                break
            take(data[body:stop])
            position = stop
            body = stop + _LENGTH_SIZE
        self._needed = needed
        self._pending = bytearray(data[position:])
        return payloads
