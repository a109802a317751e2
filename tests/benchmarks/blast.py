"""Blast: a Bridge that sends as fast as it can, and each client end to end.

Owns the Bridge, which is a process of its own, and driving each client, which is another. A client
greets, starts, hears a hundred thousand ticks and tells how much CPU it took from the first byte of
them. Run as a module it is one of the two.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from tests.benchmarks.measure import Seconds
from tests.benchmarks.samples import VERSION, framed, ticks
from workstation.clients import ClientApplication, ClientOptions
from workstation.protocol import catalog
from workstation.protocol.coders import encoder_for
from workstation.protocol.connection import Connection
from workstation.protocol.frames import frame

__all__ = ["MESSAGES", "measured"]

MESSAGES = 100_000
LAST = 10_001
"""Id under which the end of a snapshot says that all ticks have come."""


def serve(count: int) -> None:
    """Answer one client at a time: greet, name the account, blast."""
    listener = socket.create_server(("127.0.0.1", 0))
    told = iter(
        [
            catalog.ManagedAccounts(accounts=("DSIM0001",)),
            catalog.NextValidId(order_id=1),
        ]
    )
    first = b"".join(frame(encoder_for(m.declaration, VERSION)(m)) for m in told)
    end = catalog.TickSnapshotEnd(request_id=LAST)
    data = framed(ticks(count)) + framed(iter([end]))
    print(listener.getsockname()[1], flush=True)
    while True:
        peer, _ = listener.accept()
        with peer:
            bridge = Connection.bridge((VERSION, VERSION))
            try:
                while not bridge.server_version:
                    bridge.receive_data(peer.recv(65536))
                peer.sendall(bridge.accept("20261123 10:00:00 UTC"))
                while not _asked(bridge.receive_data(peer.recv(65536)), peer, first):
                    pass
                peer.sendall(data)
                while peer.recv(65536):
                    pass
            except ConnectionError:
                pass


def _asked(events: list[Any], peer: socket.socket, first: bytes) -> bool:
    """Tell who is who at the start; whether the client asks for the ticks, by asking the time."""
    for event in events:
        if isinstance(event, catalog.StartApi):
            peer.sendall(first)
    return any(isinstance(event, catalog.RequestCurrentTime) for event in events)


def connection(port: int) -> float:
    """Our connection and handlers that do nothing, as the peers' are."""
    from workstation.clients.bridge_connection import BridgeConnection
    from workstation.protocol.message import INBOUND

    async def live() -> float:
        done, started = asyncio.Event(), asyncio.Event()
        handlers: dict[type, Any] = {each.cls: lambda _: None for each in INBOUND.values()}
        handlers[catalog.NextValidId] = lambda _: started.set()
        handlers[catalog.TickSnapshotEnd] = lambda _: done.set()

        class Receiver:
            def received(self, events: list[Any]) -> None:
                for event in events:
                    handlers[event.__class__](event)

            def lost(self, reason: str) -> None:
                raise ConnectionError(reason)

        bridge = await BridgeConnection.open("127.0.0.1", port, Receiver(), 10)
        bridge.write(bridge.encode(catalog.StartApi(client_id=1)))
        await asyncio.wait_for(started.wait(), 10)
        began = time.process_time()
        bridge.write(bridge.encode(catalog.RequestCurrentTime()))
        await asyncio.wait_for(done.wait(), 60)
        taken = time.process_time() - began
        bridge.close()
        return taken

    return asyncio.run(live())


def workstation(port: int) -> float:
    """Ours, the whole of it: picture, calls and handlers."""
    done = threading.Event()

    class Program(ClientApplication):
        def tick_snapshot_end(self, _message: catalog.TickSnapshotEnd) -> None:
            done.set()

    program = Program("127.0.0.1", port, 1, options=ClientOptions(reconnect=False))
    program.start(10)
    began = time.process_time()
    program.request_current_time()
    done.wait(60)
    taken = time.process_time() - began
    program.stop()
    return taken


def ib_async_null(port: int) -> float:
    """ib_async's client, with a wrapper that does nothing."""
    from types import SimpleNamespace

    from ib_async.client import Client

    from tests.benchmarks.peers import _Handlers

    async def live() -> float:
        done = asyncio.Event()
        wrapper = _Handlers(None)
        wrapper.ib = SimpleNamespace(TimezoneTWS="UTC")
        wrapper.defaultTimezone = None
        wrapper.tickSnapshotEnd = lambda _: done.set()
        client = Client(wrapper)
        await client.connectAsync("127.0.0.1", port, 1, 10)
        began = time.process_time()
        client.reqCurrentTime()
        await asyncio.wait_for(done.wait(), 60)
        taken = time.process_time() - began
        client.disconnect()
        return taken

    return asyncio.run(live())


def official(port: int) -> float:
    """The official client: its reader thread, its queue and its loop."""
    from ibapi.client import EClient
    from ibapi.wrapper import EWrapper

    from tests.benchmarks.peers import _Handlers

    handlers = _Handlers(None)
    ready, done = threading.Event(), threading.Event()
    names = [name for name in vars(EWrapper) if not name.startswith("_")]
    quiet = type("Quiet", (EWrapper,), {n: staticmethod(getattr(handlers, n)) for n in names})
    wrapper = quiet()
    wrapper.nextValidId = lambda _: ready.set()
    wrapper.tickSnapshotEnd = lambda _: done.set()
    client = EClient(wrapper)
    client.connect("127.0.0.1", port, 1)
    loop = threading.Thread(target=client.run)
    loop.start()
    ready.wait(10)
    began = time.process_time()
    client.reqCurrentTime()
    done.wait(60)
    taken = time.process_time() - began
    client.disconnect()
    loop.join(10)
    return taken


CLIENTS = {
    "connection": connection,
    "ib_async": ib_async_null,
    "official": official,
    "workstation": workstation,
}


def measured(count: int, rounds: int) -> Seconds:
    """CPU of each client, every client in a process of its own."""
    bridge = subprocess.Popen(
        [sys.executable, "-m", __name__, "serve", str(count)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert bridge.stdout is not None
        port = bridge.stdout.readline().strip()
        taken: dict[str, list[float]] = {name: [] for name in CLIENTS}
        for _ in range(rounds):
            for name in CLIENTS:
                done = subprocess.run(
                    [sys.executable, "-m", __name__, name, port],
                    check=True,
                    capture_output=True,
                    text=True,
                    timeout=120,
                )
                taken[name].append(float(done.stdout.split()[-1]))
    finally:
        bridge.kill()
        bridge.wait()
    return taken


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(int(sys.argv[2]))
    else:
        print(CLIENTS[sys.argv[1]](int(sys.argv[2])))
