"""A desk on the simulated Bridge without sockets, threads or passing time.

The real Bridge answers each request before the call returns, the real picture folds what it says,
and the clock moves when a test moves it: the same steps give the same screen on every machine.
"""

from __future__ import annotations

from itertools import count

from msgspec.structs import replace

from workstation.clients.calls import Calls
from workstation.desk.broker import BrokerMessage
from workstation.desk.envelope import sealed
from workstation.errors import NotConnected
from workstation.protocol import catalog
from workstation.risk.guard import OrderGuard
from workstation.risk.limits import OrderLimits
from workstation.simulator.bridge import Bridge
from workstation.state.picture import Picture
from workstation.state.session import BridgeConnected, BridgeDisconnected, ConnectionStage

SECOND = 1_000_000_000
NOON_NS = 1_795_455_000 * SECOND  # 2026-11-23 17:30:00 in UTC, 12:30 in New York
SERVER_VERSION = 178
CLIENT_ID = 7

_TOLD = (
    catalog.OpenOrder,
    catalog.OrderStatus,
    catalog.ExecutionData,
    catalog.CommissionReport,
)


class Clock:
    """Time that stands still until it is set."""

    def __init__(self):
        self.now_ns = NOON_NS

    def __call__(self):
        return self.now_ns


class DeskInMemory:
    """Bridge, picture and log of one session; also the screen's trader and the log's source."""

    lines = 600
    server_version = SERVER_VERSION

    def __init__(self, seed=7, accounts=None):
        self.clock = Clock()
        self.picture = Picture()
        self.client_id = None
        self.guard = OrderGuard(OrderLimits(), self.clock)
        self.calls = Calls()
        self.watched = {}
        self.sent = []
        self._accounts = accounts
        self._streams = {}
        self._is_asking = False
        self._ids = count(1)
        self._sequence = count(1)
        self._log = []
        self.bridge = Bridge(seed, lines=self.lines, pacing=False, clock_ns=self.clock)
        self.bridge.connected(self)

    def connect(self):
        """Greet, and ask what a client asks first."""
        self.tell(BridgeConnected(server_version=SERVER_VERSION))
        self.calls.speak(SERVER_VERSION)
        request = catalog.StartApi(client_id=CLIENT_ID)
        self.picture.apply(request, self.clock())
        self.bridge.introduced(self, request)
        for account in self.picture.session.accounts if self._accounts is None else ():
            self.send(catalog.RequestAccountUpdates(subscribe=True, account=account))
            self.send(catalog.RequestPnl(request_id=next(self._ids), account=account))

    @property
    def is_connected(self):
        """Whether requests reach the Bridge."""
        return self.picture.session.stage is not ConnectionStage.DISCONNECTED

    def lose(self, reason="the Bridge closed the connection"):
        """The connection is gone."""
        self.calls.fail_all(NotConnected(reason))
        self.tell(BridgeDisconnected(reason=reason))

    def pass_seconds(self, seconds, steps=1):
        """Let time go by, and the market move with it."""
        for _ in range(steps):
            self.clock.now_ns += int(seconds * SECOND)
            self.bridge.advance()

    # What the Bridge calls

    def tell(self, message):
        """A message of the Bridge arrives."""
        if isinstance(message, catalog.ManagedAccounts) and self._accounts is not None:
            message = catalog.ManagedAccounts(accounts=self._accounts)
        self.picture.apply(message, self.clock())
        self.calls.apply(message)
        if isinstance(message, _TOLD) and not self._is_asking:
            self.publish(message)

    def tell_ticks(self, messages):
        """Ticks arrive."""
        for message in messages:
            self.picture.apply(message, self.clock())
        return True

    def close(self):
        """The Bridge gives up."""
        self.lose()

    # What the screen calls

    def place_order(self, contract, order, *, override=frozenset()):
        order_id = next(self._ids)
        self.modify_order(order_id, contract, order, override=override)
        return order_id

    def modify_order(self, order_id, contract, order, *, override=frozenset()):
        self.guard.check(contract, order, picture=self.picture, override=override)
        numbered = replace(order, order_id=order_id, order_reference="SCREEN")
        request = catalog.PlaceOrder(order_id=order_id, contract=contract, order=numbered)
        self.send(request)

    def cancel_order(self, order_id):
        self.send(catalog.CancelOrder(order_id=order_id))

    def request_global_cancel(self):
        self.send(catalog.RequestGlobalCancel())

    def ask(self, request_class, **fields):
        if "request_id" in request_class.__struct_fields__:
            fields["request_id"] = next(self._ids)
        request = request_class(**fields)
        call = self.calls.start(request)
        self._is_asking = True
        self.send(request)
        self._is_asking = False
        return call

    def watch(self, owner, priority, contracts):
        del priority
        self.watched[owner] = tuple(contracts)
        wanted = {}
        for each in self.watched.values():
            wanted.update((self.picture.contracts.key(contract), contract) for contract in each)
        for key in [key for key in self._streams if key not in wanted]:
            self.send(catalog.CancelMarketData(request_id=self._streams.pop(key)))
        for key in [key for key in wanted if key not in self._streams]:
            self._streams[key] = number = next(self._ids)
            ticks = "100,101" if wanted[key].security_type == "OPT" else ""
            request = catalog.RequestMarketData(
                request_id=number, contract=wanted[key], generic_ticks=ticks
            )
            self.send(request)

    def send(self, request):
        """A request leaves."""
        if not self.is_connected:
            raise NotConnected("there is no Bridge")
        self.sent.append(request)
        self.picture.apply(request, self.clock())
        if isinstance(request, catalog.PlaceOrder | catalog.CancelOrder):
            self.publish(request)
        self.bridge.handle(self, request)

    # The log

    def publish(self, content, name="", key="bridge.SCREEN", code="SCREEN"):
        """Put a message on the desk's exchange."""
        name = name or content.name
        number = next(self._sequence)
        body, properties = sealed(
            name, content, code=code, sequence=number, time_ns=self.clock(), message_id=f"m{number}"
        )
        self._log.append(BrokerMessage("actor", key, body, properties))

    @property
    def has_news(self):
        """Whether messages wait to be taken."""
        return bool(self._log)

    def drain(self):
        """What was published since the last call, and how much was lost."""
        given, self._log = self._log, []
        return given, 0
