"""BridgeConnection: the socket that carries the protocol.

Owns one TCP connection to a Bridge: opening it, greeting, handing messages up in batches as they
were read, and writing. Leaves pacing, reconnecting and what messages mean to its owner. It runs on
the loop it was opened on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, cast

from workstation.errors import FrameError, HandshakeError, NotConnected
from workstation.protocol.connection import Connection, Event, Greeted
from workstation.protocol.message import Request

__all__ = ["BridgeConnection", "Receiver"]


class Receiver(Protocol):
    """Who takes what a connection brings, on its loop."""

    def received(self, events: list[Event]) -> None:
        """Messages of one read, in order."""

    def lost(self, reason: str) -> None:
        """The connection ended, in words; it is told once."""


class BridgeConnection(asyncio.Protocol):
    """One TCP connection to a Bridge."""

    def __init__(self, receiver: Receiver, connection: Connection) -> None:
        self._receiver = receiver
        self._connection = connection
        self._transport: asyncio.Transport | None = None
        self.greeted: asyncio.Future[Greeted] = asyncio.get_running_loop().create_future()
        """Done when the Bridge has greeted; carries what is wrong if it does not."""
        self._lost = False

    @classmethod
    async def open(
        cls,
        host: str,
        port: int,
        receiver: Receiver,
        timeout_seconds: float,
        make: Callable[[], Connection] = Connection.client,
    ) -> BridgeConnection:
        """Connect and greet.

        Raises:
            NotConnected: nobody answers, or not as a Bridge does.
        """
        loop = asyncio.get_running_loop()
        place = f"{host}:{port}"
        try:
            async with asyncio.timeout(timeout_seconds):
                _, made = await loop.create_connection(lambda: cls(receiver, make()), host, port)
                try:
                    await made.greeted
                except BaseException:
                    made.close()
                    raise
        except TimeoutError:
            raise NotConnected(
                f"no answer from a Bridge at {place} within {timeout_seconds:g} s"
            ) from None
        except (OSError, UnicodeError, HandshakeError, FrameError) as error:
            raise NotConnected(f"no Bridge at {place}: {error}") from error
        return made

    @property
    def server_version(self) -> int:
        """The agreed version."""
        return self._connection.server_version

    def send(self, request: Request) -> None:
        """Write one request.

        Raises:
            EncodeError: it can not be put on the wire.
            NotConnected: the connection is gone.
        """
        self.write(self.encode(request))

    def encode(self, request: Request) -> bytes:
        """The bytes of a request, length included."""
        return self._connection.send(request)

    def write(self, data: bytes) -> None:
        """Write bytes made by `encode`."""
        if self._transport is None or self._lost:
            raise NotConnected("the connection to the Bridge is gone")
        self._transport.write(data)

    def close(self) -> None:
        """End the connection, once what was written has left."""
        self._lost = True
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet as soon as there is somebody to greet."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._connection.greet())

    def data_received(self, data: bytes) -> None:
        """Turn bytes into messages and hand them up."""
        try:
            events = self._connection.receive_data(data)
        except (FrameError, HandshakeError) as error:
            self._end(error)
            return
        if events and isinstance(events[0], Greeted) and not self.greeted.done():
            self.greeted.set_result(events.pop(0))  # type: ignore[arg-type]
        if events and not self._lost:
            self._receiver.received(events)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the owner, unless it closed the connection itself."""
        self._end(exc or ConnectionError("the Bridge closed the connection"))

    def _end(self, error: Exception) -> None:
        told, self._lost = self._lost, True
        if self._transport is not None:
            self._transport.abort()
        if not self.greeted.done():
            self.greeted.set_exception(
                error if isinstance(error, OSError | HandshakeError) else HandshakeError(str(error))
            )
        elif not told:
            self._receiver.lost(str(error))
