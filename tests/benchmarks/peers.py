"""Peers: each side as a function that reads chunks of a stream, and one that places an order.

Owns driving the official client and ib_async without a socket, and giving them handlers that do
nothing. What they do between the read and the handler is theirs.
"""

from __future__ import annotations

import logging
import queue
from collections import Counter
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import ib_async.client
import ib_async.decoder
from ib_async import LimitOrder as TheirLimitOrder
from ib_async import Stock as TheirStock
from ibapi import comm
from ibapi.client import EClient
from ibapi.contract import Contract
from ibapi.decoder import Decoder
from ibapi.order import Order

from tests.benchmarks.samples import VERSION, placed
from workstation.protocol.coders import encoder_for
from workstation.protocol.connection import Connection
from workstation.protocol.frames import frame
from workstation.protocol.message import INBOUND

__all__ = ["DECODERS", "PLACERS", "Read", "Side"]

Read = Callable[[Iterable[bytes]], None]
Side = Callable[[Counter[str] | None], Read]
"""Makes a reader; a counter makes its handlers count, by name."""


class _Handlers:
    """Handlers that do nothing, or count; the first use of each makes it a plain attribute."""

    def __init__(self, counts: Counter[str] | None) -> None:
        self._counts = counts

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        counts = self._counts

        def count(*_arguments: object) -> None:
            counts[name] += 1  # type: ignore[index]

        def nothing(*_arguments: object) -> None:
            pass

        made = nothing if counts is None else count
        setattr(self, name, made)
        return made


def workstation(counts: Counter[str] | None) -> Read:
    """Ours: the connection, and a handler for each class of message."""
    handlers = _Handlers(counts)
    by_class = {each.cls: getattr(handlers, each.name) for each in INBOUND.values()}
    client = Connection.client((VERSION, VERSION))
    bridge = Connection.bridge((VERSION, VERSION))
    bridge.receive_data(client.greet())
    client.receive_data(bridge.accept("20261123 10:00:00 UTC"))

    def read(chunks: Iterable[bytes]) -> None:
        receive = client.receive_data
        for chunk in chunks:
            for message in receive(chunk):
                by_class[message.__class__](message)

    return read


def official(counts: Counter[str] | None) -> Read:
    """The official client: its framing, its queue and its loop, one after the other."""
    client = EClient(_Handlers(counts))
    client.serverVersion_ = VERSION
    client.decoder = Decoder(client.wrapper, VERSION)
    client.msg_queue = queue.Queue()

    def read(chunks: Iterable[bytes]) -> None:
        rest = b""
        for chunk in chunks:
            rest += chunk
            while rest:
                _, text, rest = comm.read_msg(rest)
                if not text:
                    break
                client.msg_queue.put(text)
        client.run()  # It is not connected, so the loop ends with the queue.

    return read


def ib_async_null(counts: Counter[str] | None) -> Read:
    """ib_async: its client's own reading, with a wrapper that does nothing."""
    handlers = _Handlers(counts)
    handlers.ib = SimpleNamespace(TimezoneTWS="UTC")  # type: ignore[attr-defined]
    handlers.defaultTimezone = None  # type: ignore[attr-defined]
    client = ib_async.client.Client.__new__(ib_async.client.Client)
    client.__dict__.update(
        _logger=logging.getLogger("null"),
        _tcpDataArrived=None,
        _tcpDataProcessed=None,
        _data=b"",
        _numBytesRecv=0,
        _numMsgRecv=0,
        _serverVersion=VERSION,
        _apiReady=True,
        decoder=ib_async.decoder.Decoder(handlers, VERSION),
    )

    def read(chunks: Iterable[bytes]) -> None:
        for chunk in chunks:
            client._onSocketHasData(chunk)

    return read


DECODERS: dict[str, Side] = {
    "workstation": workstation,
    "ib_async": ib_async_null,
    "official": official,
}


def _place_here() -> Callable[[], object]:
    message = placed()
    encode = encoder_for(message.declaration, VERSION)
    return lambda: frame(encode(message))


def _place_official() -> Callable[[], object]:
    client = EClient(_Handlers(None))
    client.conn = SimpleNamespace(isConnected=lambda: True, sendMsg=lambda _: None)
    client.setConnState(EClient.CONNECTED)
    client.serverVersion_ = VERSION
    contract, order = Contract(), Order()
    contract.symbol, contract.secType = "AAPL", "STK"
    contract.exchange, contract.currency = "SMART", "USD"
    order.action, order.orderType, order.lmtPrice = "BUY", "LMT", 189.5
    order.totalQuantity, order.tif = 100, "DAY"
    return lambda: client.placeOrder(17, contract, order)


def _place_ib_async() -> Callable[[], object]:
    client = ib_async.client.Client.__new__(ib_async.client.Client)
    client.__dict__.update(
        _serverVersion=VERSION, isConnected=lambda: True, sendMsg=lambda text: text.encode()
    )
    contract, order = TheirStock("AAPL", "SMART", "USD"), TheirLimitOrder("BUY", 100, 189.5)
    return lambda: client.placeOrder(17, contract, order)


PLACERS: dict[str, Callable[[], Callable[[], Any]]] = {
    "workstation": _place_here,
    "ib_async": _place_ib_async,
    "official": _place_official,
}
