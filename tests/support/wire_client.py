"""A client that says anything, legal or not, and reads what comes back."""

from __future__ import annotations

import socket
from collections import deque

from workstation.protocol.catalog import StartApi
from workstation.protocol.connection import Connection, Greeted
from workstation.protocol.frames import frame
from workstation.protocol.versions import HIGHEST_VERSION

TIMEOUT_SECONDS = 10


class WireClient:
    """A socket around `Connection.client()`; everything it does, it does when it is told."""

    def __init__(self, port, *, version=HIGHEST_VERSION):
        self._connection = Connection.client((version, version))
        self._socket = socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS)
        self._events = deque()
        self.send_bytes(self._connection.greet())
        self.expect(Greeted)

    def start(self, client_id=1):
        """Say who it is."""
        self.send(StartApi(client_id=client_id))
        return self

    def send(self, *messages):
        self.send_bytes(b"".join(map(self._connection.send, messages)))

    def send_fields(self, *fields):
        """A payload of these fields, whatever they mean."""
        self.send_bytes(frame("".join(f"{field}\0" for field in fields).encode()))

    def send_bytes(self, data):
        self._socket.sendall(data)

    def expect(self, kind, fits=lambda message: True):
        """The next message of a class that fits; others before it are passed over."""
        while True:
            message = self._next()
            assert message is not None, f"the Bridge hung up before it sent {kind.__name__}"
            if isinstance(message, kind) and fits(message):
                return message

    def collect(self, kind, end):
        """Every message of a class until one of another class."""
        found = []
        while True:
            message = self._next()
            assert message is not None, f"the Bridge hung up before it sent {end.__name__}"
            if isinstance(message, end):
                return found
            if isinstance(message, kind):
                found.append(message)

    def rest(self):
        """Everything until the Bridge hangs up."""
        return list(iter(self._next, None))

    def leave(self):
        """Hang up, and wait until the Bridge has taken notice: it hangs up after that."""
        self._socket.shutdown(socket.SHUT_WR)
        self.rest()

    def close(self):
        self._socket.close()

    def _next(self):
        while not self._events:
            data = self._socket.recv(65536)
            if not data:
                return None
            self._events += self._connection.receive_data(data)
        return self._events.popleft()
