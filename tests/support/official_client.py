"""The official client, recording every callback. Import it only where the witness is installed."""

from __future__ import annotations

import inspect
import queue
import socket
import threading
from decimal import Decimal

from ibapi.client import EClient
from ibapi.contract import Contract
from ibapi.order import Order
from ibapi.wrapper import EWrapper

TIMEOUT_SECONDS = 15


class _Recorder:
    """Puts what it hears into a queue, by the name of the callback."""

    def __init__(self):
        self.heard = queue.Queue()

    def wait_for(self, name, fits=lambda *_: True):
        """The next callback of a name that fits; others before it are passed over."""
        while True:
            heard, arguments = self.heard.get(timeout=TIMEOUT_SECONDS)
            if heard == name and fits(*arguments):
                return arguments

    def collect(self, name, end):
        """Every callback of a name until one of another name."""
        found = []
        while True:
            heard, arguments = self.heard.get(timeout=TIMEOUT_SECONDS)
            if heard == name:
                found.append(arguments)
            elif heard == end:
                return found


def _hears(name):
    return lambda self, *arguments: self.heard.put((name, arguments))


_CALLBACKS = {
    name: _hears(name)
    for name, _ in inspect.getmembers(EWrapper, inspect.isfunction)
    if name[0] != "_"
}
_Recording = type("_Recording", (_Recorder, EWrapper), _CALLBACKS)


class OfficialClient(_Recording, EClient):
    """The official client on a thread of its own."""

    def __init__(self, port, client_id):
        _Recorder.__init__(self)
        EClient.__init__(self, self)
        self.connect("127.0.0.1", port, client_id)
        self._reader = self.reader
        self._thread = threading.Thread(target=self.run)
        self._thread.start()

    def close(self):
        """End both its threads.

        Its own disconnect takes the socket from under its reader, which then raises; at the end of
        the stream the reader ends by itself.
        """
        connection = self.conn
        if connection is not None and connection.isConnected():
            connection.socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(TIMEOUT_SECONDS)
        assert not self._thread.is_alive()
        if self._reader is not None:
            self._reader.join(TIMEOUT_SECONDS)
            assert not self._reader.is_alive()


def stock(symbol):
    contract = Contract()
    contract.symbol, contract.secType = symbol, "STK"
    contract.exchange, contract.currency = "SMART", "USD"
    return contract


def order(action, quantity, order_type="MKT", limit=None, stop=None, tif="DAY"):
    made = Order()
    made.action, made.totalQuantity, made.orderType = action, Decimal(quantity), order_type
    made.tif = tif
    if limit is not None:
        made.lmtPrice = limit
    if stop is not None:
        made.auxPrice = stop
    return made
