"""ClientSession: one client's connection to the simulated Bridge.

Owns the socket's bytes, the greeting, the client's id, the pacing limit and the outgoing buffer.
Leaves what a request means to the Bridge. A client that reads too slowly loses ticks; whatever must
arrive is kept for it, up to a bound past which the connection is closed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from workstation.errors import DecodeError, EncodeError, FrameError, HandshakeError
from workstation.protocol.catalog import InfoMessage, StartApi
from workstation.protocol.connection import Connection, Event, Greeted
from workstation.protocol.message import Inbound, Request

if TYPE_CHECKING:
    from workstation.simulator.bridge import Bridge

__all__ = ["ClientSession"]

MESSAGES_PER_SECOND = 50
PACING_VIOLATION = 100
NOT_READABLE = 320
NOT_SIMULATED = 321

_TICKS_BUFFER = 1 << 20
"""Bytes waiting to be read, above which ticks are dropped."""
_LARGEST_BUFFER = 1 << 26
"""Bytes waiting to be read, above which the client is given up."""


class ClientSession(asyncio.Protocol):
    """One client.

    Args:
        bridge: the Bridge it is connected to.
    """

    def __init__(self, bridge: Bridge) -> None:
        self.bridge = bridge
        self.client_id: int | None = None
        """None until the client has said who it is."""
        self.lines = bridge.lines
        self._connection = Connection.bridge(bridge.versions)
        self._transport: asyncio.Transport | None = None
        self._arrivals: deque[int] = deque()
        self._held: list[bytes] | None = None
        """What is said while requests are read; it leaves in one go."""

    @property
    def server_version(self) -> int:
        """The agreed version."""
        return self._connection.server_version

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has connected."""
        self._transport = cast("asyncio.Transport", transport)
        self.bridge.connected(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        del exc
        self.bridge.disconnected(self)

    def data_received(self, data: bytes) -> None:
        """Read what came."""
        try:
            events = self._connection.receive_data(data)
        except (FrameError, HandshakeError):
            self.close()
            return
        self._held = []
        try:
            for event in events:
                self._handle(event)
        finally:
            self._let_go()

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held:
            self._write(b"".join(held))

    def _handle(self, event: Event) -> None:
        if isinstance(event, Greeted):
            self._write(self._connection.accept(self.bridge.connection_time()))
        elif isinstance(event, DecodeError):
            self.tell(
                InfoMessage(
                    request_id=event.request_id if event.request_id is not None else -1,
                    code=NOT_READABLE,
                    text=f"Error reading request: {event}",
                )
            )
        elif isinstance(event, StartApi):
            self.bridge.introduced(self, event)
        elif isinstance(event, Request) and self.client_id is not None and self._is_paced():
            self.bridge.handle(self, event)

    def _is_paced(self) -> bool:
        """Whether a request keeps to the limit; one that does not is refused."""
        if not self.bridge.pacing:
            return True
        now = self.bridge.clock_ns()
        while self._arrivals and self._arrivals[0] <= now - 1_000_000_000:
            self._arrivals.popleft()
        if len(self._arrivals) >= MESSAGES_PER_SECOND:
            text = "Max rate of messages per second has been exceeded:max=50 rec=51 (1)"
            self.tell(InfoMessage(request_id=-1, code=PACING_VIOLATION, text=text))
            return False
        self._arrivals.append(now)
        return True

    def tell(self, message: Inbound) -> None:
        """Send a message that must arrive."""
        try:
            data = self._connection.send(message)
        except EncodeError as error:
            self.bridge.could_not_say(self, message, error)
            return
        self._write(data)
        if self._transport is not None and self._waiting() > _LARGEST_BUFFER:
            # Closing would wait until all of it is read, which is what does not happen.
            self._transport.abort()

    def tell_ticks(self, messages: Iterable[Inbound]) -> bool:
        """Send ticks, unless the client is too far behind; gives whether they were sent."""
        if self._waiting() > _TICKS_BUFFER:
            return False
        self._write(b"".join(map(self._connection.send, messages)))
        return True

    def close(self) -> None:
        """End the connection, once what was said has left."""
        self._let_go()
        if self._transport is not None:
            self._transport.close()

    def _waiting(self) -> int:
        return 0 if self._transport is None else self._transport.get_write_buffer_size()

    def _write(self, data: bytes) -> None:
        if self._held is not None:
            self._held.append(data)
        elif self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)
