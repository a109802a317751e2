"""A Bridge that says what a test tells it to: a socket around `Connection.bridge()`.

It has no behaviour of its own but the greeting and who is who, so a test sees the client alone.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable

from workstation.protocol.catalog import ManagedAccounts, NextValidId, StartApi
from workstation.protocol.connection import Connection, Greeted
from workstation.protocol.message import Inbound, Message, Request
from workstation.protocol.versions import HIGHEST_VERSION, LOWEST_VERSION

TIMEOUT_SECONDS = 10


class ScriptedBridge:
    """Listens on loopback on a thread of its own; `requests` holds what clients sent."""

    def __init__(
        self,
        accounts: tuple[str, ...] = ("DSIM0001",),
        versions: tuple[int, int] = (LOWEST_VERSION, HIGHEST_VERSION),
    ) -> None:
        self.accounts = accounts
        self.versions = versions
        self.requests: queue.Queue[Message] = queue.Queue()
        self.answer: Callable[[Request], list[Inbound]] = lambda request: []
        self.connections = 0
        self._writers: list[asyncio.StreamWriter] = []
        self._connection = Connection.bridge(versions)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._server = self._call(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port: int = self._server.sockets[0].getsockname()[1]

    def send(self, *messages: Inbound) -> None:
        """Say something to the client of the latest connection."""
        data = b"".join(map(self._connection.send, messages))
        self._loop.call_soon_threadsafe(self._writers[-1].write, data)

    def send_bytes(self, data: bytes) -> None:
        """Say bytes that are no message."""
        self._loop.call_soon_threadsafe(self._writers[-1].write, data)

    def expect(self, request_class: type[Request]) -> Request:
        """The next request of a class; others before it are passed over."""
        while True:
            request = self.requests.get(timeout=TIMEOUT_SECONDS)
            if isinstance(request, request_class):
                return request

    def drop(self) -> None:
        """Close the latest connection."""
        self._loop.call_soon_threadsafe(self._writers[-1].close)

    def close(self) -> None:
        """End everything."""
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _stop(self) -> None:
        self._server.close()
        for writer in self._writers:
            writer.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    def _call(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(TIMEOUT_SECONDS)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._connection = connection = Connection.bridge(self.versions)
        self._writers.append(writer)
        try:
            while data := await reader.read(65536):
                for event in connection.receive_data(data):
                    if isinstance(event, Greeted):
                        writer.write(connection.accept("20261123 12:00:00 Greenwich Mean Time"))
                    elif isinstance(event, StartApi):
                        for message in (
                            ManagedAccounts(accounts=self.accounts),
                            NextValidId(order_id=1),
                        ):
                            writer.write(connection.send(message))
                        self.requests.put(event)
                    elif isinstance(event, Request):
                        for message in self.answer(event):
                            writer.write(connection.send(message))
                        self.requests.put(event)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
