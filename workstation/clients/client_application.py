"""ClientApplication: an event-driven program on one Bridge connection.

Owns the connection's life (connecting, greeting, coming back, reconciling), the ids of requests
and orders, the live picture, and calling the program's handlers. Leaves pacing, lines and calls to
their own modules, and every rule about orders to `risk`.

Threads: everything a Bridge says is applied and handled on the client's own thread, in order.
Requests may be made from any thread; what is wrong with one is raised where it was made. The
picture changes only while the client holds its lock, and may be read from anywhere.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from random import Random

from workstation.clients.bridge_connection import BridgeConnection
from workstation.clients.calls import Call, Calls
from workstation.clients.handlers import Handlers
from workstation.clients.lines import LineBudget, Priority
from workstation.clients.options import ClientOptions
from workstation.clients.outbox import Outbox
from workstation.clients.pacing import Outgoing, Waiting
from workstation.clients.position_profits import PositionProfits
from workstation.clients.quote_lines import QuoteLines
from workstation.clients.requests import Requests
from workstation.clients.streams import Streams
from workstation.errors import (
    DecodeError,
    EncodeError,
    NotConnected,
    OrderRefused,
    RequestTimeout,
    WorkstationError,
)
from workstation.model import Contract
from workstation.model.contracts.identity import instrument_key
from workstation.protocol.catalog import (
    ExerciseOptions,
    HistoricalData,
    HistoricalSchedule,
    HistoricalTicks,
    HistoricalTicksBidAsk,
    HistoricalTicksLast,
    InfoMessage,
    ManagedAccounts,
    NextValidId,
    PlaceOrder,
    PnlSingle,
    PortfolioValue,
    PositionData,
    ReplaceFinancialAdvisor,
    RequestPnl,
    StartApi,
    TickSnapshotEnd,
)
from workstation.protocol.connection import Event
from workstation.protocol.message import INBOUND, Inbound, Message, Request
from workstation.risk.guard import OrderGuard
from workstation.state.picture import ConnectionEvent, Picture
from workstation.state.session import BridgeConnected, BridgeConnecting, BridgeDisconnected

__all__ = ["ClientApplication"]

logger = logging.getLogger(__name__)

_ACTING = (PlaceOrder, ExerciseOptions, ReplaceFinancialAdvisor)
"""Requests that act on an account; cancels are none of them."""

_HISTORY = (
    HistoricalData,
    HistoricalSchedule,
    HistoricalTicks,
    HistoricalTicksBidAsk,
    HistoricalTicksLast,
)
"""Messages that answer a request for history."""

TOO_FAST = 100
CLIENT_ID_TAKEN = 326
DATA_LOST = 1101
NOT_CONNECTED = 504
ORDER_REFUSED = 201


class ClientApplication(Requests, Handlers):
    """A program on one Bridge connection: subclass it and override what you care for.

    `initialize` runs once, when the Bridge has said who is who; `act` runs after every batch of
    messages has been handled, when the picture is consistent. `run` lives on the calling thread
    until `stop`; `start` does so on a thread of its own.

    Args:
        host: where the Bridge is.
        port: its port.
        client_id: this client's number; two clients with one number are refused (error 326).
        options: how to behave towards the Bridge.
        clock_ns: time in nanoseconds since 1970.
        random: spreads reconnecting clients.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 7497,
        client_id: int = 0,
        *,
        options: ClientOptions = ClientOptions(),  # noqa: B008  frozen
        clock_ns: Callable[[], int] = time.time_ns,
        random: Random | None = None,
    ) -> None:
        self.host = host
        self.port = port
        self.client_id = client_id
        self.options = options
        self.picture = Picture()
        self.guard = OrderGuard(options.limits, clock_ns)
        self.calls = Calls()
        self._streams = Streams()
        self._clock_ns = clock_ns
        self._random = random or Random()  # noqa: S311  it spreads reconnects, no more
        self._lock = threading.RLock()
        self._outbox = Outbox(options, self._lock, self._may_leave)
        self._lines = QuoteLines(
            LineBudget(options.lines, instrument_key),
            self.new_id,
            self._dispatch_request,
            self._plan_soon,
        )
        self._next_id = 0
        self._connection: BridgeConnection | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._stopping = False
        self._initialized = False
        self._failure: WorkstationError | None = None
        self._session_changed: asyncio.Event | None = None
        self._loss: str | None = None
        self._identified = [False, False]
        self._start_refusal: InfoMessage | None = None
        self._handlers = self._overridden_handlers()
        profits = PositionProfits(self.picture, self.new_id, self.send)
        self._notes: dict[type[Message], Callable[..., None]] = {
            NextValidId: self._note_next_valid_id,
            ManagedAccounts: self._note_session,
            InfoMessage: self._note_info,
            TickSnapshotEnd: self._note_snapshot_end,
            **dict.fromkeys(_HISTORY, self._note_history),
            PositionData: profits.position_told,
            PortfolioValue: profits.position_told,
            PnlSingle: profits.profit_told,
        }

    # What a program overrides

    def initialize(self) -> None:
        """Called once, when the Bridge is connected and has named its accounts."""

    def act(self) -> None:
        """Called after each batch of messages, when the picture is consistent."""

    def connection_lost(self, reason: str) -> None:
        """Called when the connection is gone; coming back starts at once."""

    def connection_restored(self) -> None:
        """Called when the connection is back and what streamed before was asked for again."""

    def handler_failed(self, message: Inbound | None, error: Exception) -> None:
        """Called when a handler (or, with None, `act`) raised; the client lives on."""
        logger.error("handler of %s failed", message.name if message else "act", exc_info=error)

    def unreadable(self, error: DecodeError) -> None:
        """Called for a message that could not be read."""
        logger.warning("unreadable message: %s", error)

    # Life

    def run(self) -> None:
        """Connect and live until `stop`, on this thread.

        Raises:
            NotConnected: there is no Bridge, or it would not have this client. A connection lost
                later raises only without `options.reconnect`.
        """
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._live())

    def start(self, timeout_seconds: float | None = None) -> None:
        """Live on a thread of its own; returns when the Bridge is connected.

        Raises:
            NotConnected: as `run`.
        """
        self._thread = threading.Thread(target=self._run_thread, name="client", daemon=True)
        self._thread.start()
        if not self._ready.wait(timeout_seconds):
            self.stop()
            raise NotConnected(f"no Bridge at {self.host}:{self.port} within {timeout_seconds:g} s")
        if self._failure is not None:
            raise self._failure

    def stop(self, timeout_seconds: float = 5.0) -> None:
        """End; from any thread, any number of times. Waits for the client's own thread."""
        with self._lock:
            self._stopping = True
            loop, main = self._loop, self._main
        if loop is not None and main is not None and not loop.is_closed():
            loop.call_soon_threadsafe(main.cancel)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout_seconds)

    @property
    def is_connected(self) -> bool:
        """Whether requests can be made."""
        return self._connection is not None and self._ready.is_set()

    def _run_thread(self) -> None:
        try:
            self.run()
        except WorkstationError as error:
            self._failure = error
        except Exception as error:
            # Whatever it was, nobody may take this client for a connected one.
            logger.exception("the client ended")
            self._failure = NotConnected(f"the client ended: {error!r}")
        finally:
            self._ready.set()

    async def _live(self) -> None:
        with self._lock:
            if self._stopping:
                return
            self._loop = asyncio.get_running_loop()
            self._main = asyncio.current_task()
            self._session_changed = asyncio.Event()
        pause = self.options.first_backoff_seconds
        try:
            while True:
                try:
                    await self._connect()
                    pause = self.options.first_backoff_seconds
                    await self._until_lost()
                except NotConnected as error:
                    self._disconnected(str(error))
                    if not (self._initialized and self.options.reconnect):
                        raise
                await asyncio.sleep(pause * self._random.uniform(0.8, 1.2))
                pause = min(2 * pause, self.options.longest_backoff_seconds)
        finally:
            self._outbox.flush()
            self._disconnected("stopped")

    async def _connect(self) -> None:
        self._loss = self._start_refusal = None
        self._fold(BridgeConnecting())
        timeout = self.options.connect_timeout_seconds
        connection = await BridgeConnection.open(self.host, self.port, self, timeout)
        with self._lock:
            self._connection = connection
            self._outbox.open(connection.write)
            self.calls.speak(connection.server_version)
            self._identified = [False, False]
            self._fold(BridgeConnected(server_version=connection.server_version))
            self._dispatch_request(StartApi(client_id=self.client_id))
        try:
            async with asyncio.timeout(timeout):
                await self._until(lambda: all(self._identified))
        except TimeoutError:
            raise NotConnected(
                f"the Bridge at {self.host}:{self.port} did not name its accounts within "
                f"{timeout:g} s"
            ) from None
        self._connected()

    def _connected(self) -> None:
        first = not self._initialized
        with self._lock:
            self._ready.set()
            streams = self._streams.all()
            self._reconcile()
            self._lines.forget()
            self._ask_again(streams)
            self._lines.plan()
        self._initialized = True
        self._guarded(None, self.initialize if first else self.connection_restored)

    def _reconcile(self) -> None:
        """Ask for everything that may have changed while nobody listened."""
        self.request_all_open_orders()
        self.request_executions()
        self.request_positions()
        for account in self.picture.session.accounts:
            self.request_account_updates(subscribe=True, account=account)
            asked = (each for each in self._streams.all() if isinstance(each, RequestPnl))
            if not any(each.account == account for each in asked):
                self._request_profit(account)

    def _request_profit(self, account: str) -> None:
        try:
            self.request_pnl(account)
        except EncodeError as error:
            logger.info("no profit and loss of %s: %s", account, error)

    def _ask_again(self, streams: Sequence[Request]) -> None:
        """Start streams anew under their old ids; the caller holds the lock."""
        for request in streams:
            try:
                self._dispatch_request(request)
            except EncodeError as error:
                # The Bridge may be an older one than before.
                logger.warning("%s is not asked for again: %s", request.name, error)

    async def _until(self, condition: Callable[[], bool]) -> None:
        changed = self._session_changed
        while changed is not None and not condition():
            if self._loss is not None:
                refusal = self._start_refusal
                raise NotConnected(f"{refusal.text} ({refusal.code})" if refusal else self._loss)
            changed.clear()
            await changed.wait()

    async def _until_lost(self) -> None:
        await self._until(lambda: False)

    # Receiving, on the client's thread

    def received(self, events: list[Event]) -> None:
        """Apply a batch of messages to the picture, then let the handlers see them."""
        now = self._clock_ns()
        messages: list[Inbound] = []
        take, apply, notes, calls = messages.append, self.picture.apply, self._notes, self.calls
        with self._lock:
            for event in events:
                if isinstance(event, Inbound):
                    apply(event, now)
                    note = notes.get(event.__class__)
                    if note is not None:
                        note(event)
                    if calls.is_waiting:
                        calls.apply(event)
                    take(event)
                elif isinstance(event, DecodeError):
                    calls.unreadable(event)
        for event in events:
            if isinstance(event, DecodeError):
                self._guarded(None, partial(self.unreadable, event))
        self._handle(messages)

    def _handle(self, messages: list[Inbound]) -> None:
        handlers = self._handlers
        every = handlers.get(Inbound)
        for message in messages:
            if every is not None:
                try:
                    every(message)
                except Exception as error:  # noqa: BLE001  as below
                    self.handler_failed(message, error)
            handler = handlers.get(message.__class__)
            if handler is None:
                continue
            try:
                handler(message)
            except Exception as error:  # noqa: BLE001  a program's fault must not end the client
                self.handler_failed(message, error)
        self._guarded(None, self.act)

    def lost(self, reason: str) -> None:
        """The connection ended."""
        self._loss = reason
        if self._session_changed is not None:
            self._session_changed.set()

    def _disconnected(self, reason: str) -> None:
        with self._lock:
            connection, self._connection = self._connection, None
            was_ready = self._ready.is_set() and connection is not None
            self._ready.clear()
            if connection is not None:
                connection.close()
            unsent = self._outbox.close()
            self._lines.forget()
            self.calls.fail_all(NotConnected(f"the connection to the Bridge is gone: {reason}"))
            self._fold(BridgeDisconnected(reason=reason))
            for outgoing in unsent:
                self._never_sent(outgoing.request)
        if was_ready:
            self._guarded(None, lambda: self.connection_lost(reason))

    def _never_sent(self, request: Request) -> None:
        if isinstance(request, PlaceOrder):
            text = "the connection was lost before the order was sent; it is not at the Bridge"
            told = InfoMessage(request_id=request.order_id, code=NOT_CONNECTED, text=text)
            self.picture.apply(told, self._clock_ns())

    def _may_leave(self, request: Request) -> bool:
        """Whether what waited for its turn may still go; if not, its sender is told."""
        if not isinstance(request, _ACTING):
            return True
        try:
            self._check_acting(request)
        except OrderRefused as refused:
            request_id = getattr(request, "order_id", getattr(request, "request_id", -1))
            text = f"not sent, it is not at the Bridge: {refused}"
            told = InfoMessage(request_id=request_id, code=ORDER_REFUSED, text=text)
            self.picture.apply(told, self._clock_ns())
            self.calls.apply(told)
            self.call_soon(partial(self._handle, [told]))
            return False
        return True

    def _check_acting(self, request: Request) -> None:
        order = getattr(request, "order", request)
        self.guard.check_acting(getattr(order, "account", ""), picture=self.picture)

    def _note_next_valid_id(self, message: NextValidId) -> None:
        self._next_id = max(self._next_id, message.order_id)
        self._identified[0] = True
        self._note_session(message)

    def _note_session(self, message: Message) -> None:
        if isinstance(message, ManagedAccounts):
            self._identified[1] = True
        if self._session_changed is not None:
            self._session_changed.set()

    def _note_info(self, message: InfoMessage) -> None:
        code, request_id = message.code, message.request_id
        self._outbox.answered(request_id)
        if code == CLIENT_ID_TAKEN:
            self._start_refusal = message
        elif code == TOO_FAST:
            # Which message was refused nobody says: orders that were on the way are looked for.
            self.request_open_orders()
        elif code == DATA_LOST:
            self._lines.forget()
            self._ask_again(self._streams.all())
            self._lines.plan()
        elif self._lines.remarked(message):
            self._streams.forget(request_id)

    def _note_snapshot_end(self, message: TickSnapshotEnd) -> None:
        self._lines.ended(message.request_id)

    def _fold(self, event: ConnectionEvent) -> None:
        with self._lock:
            self.picture.apply(event, self._clock_ns())

    def _guarded(self, message: Inbound | None, call: Callable[[], None]) -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001  a program's fault must not end the client
            self.handler_failed(message, error)

    def _overridden_handlers(self) -> dict[type, Callable[..., None]]:
        """Handlers the program has, by message class; the do-nothing ones are left out."""
        found: dict[type, Callable[..., None]] = {}
        names: dict[str, type] = {each.name: each.cls for each in INBOUND.values()}
        for name, cls in {**names, "message_received": Inbound}.items():
            own = getattr(type(self), name, None)
            if own is not None and own is not getattr(Handlers, name, None):
                found[cls] = getattr(self, name)
        return found

    # Sending, from any thread

    def call_soon(self, call: Callable[[], None]) -> None:
        """Run something on the client's own thread; nothing happens once the client has ended."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(partial(self._guarded, None, call))

    @property
    def turn(self) -> AbstractContextManager[object]:
        """Held while a request gets its id and leaves: ids go out in their order."""
        return self._lock

    def new_id(self) -> int:
        """An id no request or order has had; ids of both come from one counter."""
        with self._lock:
            if not self.is_connected:
                raise NotConnected("there is no Bridge")
            return self._take_id()

    def _take_id(self) -> int:
        with self._lock:
            self._next_id += 1
            return self._next_id - 1

    def send(self, request: Request, *, override: frozenset[str] = frozenset()) -> None:
        """Send a request; an order passes the order guard first.

        Args:
            request: what to send.
            override: names of limits that a person has let this order pass.

        Raises:
            NotConnected: there is no Bridge.
            OrderRefused: the guard held an order back.
            EncodeError: the agreed version can not carry it.
        """
        with self._lock:
            if not self.is_connected:
                raise NotConnected("there is no Bridge")
            if isinstance(request, PlaceOrder):
                self.guard.check(
                    request.contract, request.order, picture=self.picture, override=override
                )
            elif isinstance(request, _ACTING):
                self._check_acting(request)
            self._dispatch_request(request)
            self._streams.note(request)

    def _dispatch_request(self, request: Request) -> None:
        """Encode, fold and queue a request; the caller holds the lock."""
        connection = self._connection
        if connection is None or self._loop is None:
            raise NotConnected("there is no Bridge")
        data = connection.encode(request)
        self._outbox.mind_limits(request)
        self.picture.apply(request, self._clock_ns())
        self._outbox.put(Outgoing(request, data))

    @property
    def waiting(self) -> Waiting:
        """What waits for its turn to leave, and for how long."""
        return self._outbox.waiting

    def _note_history(self, message: Inbound) -> None:
        self._outbox.answered(getattr(message, "request_id", -1))

    # Calls

    def ask(self, request_class: type[Request], **fields: object) -> Call:
        """Send a request whose answer can be waited for.

        Args:
            request_class: the request's class; its id, where it has one, is given here.
            fields: its fields.

        Returns:
            The call; its `future` gives the messages of the answer, in order.
        """
        with self._lock:
            if "request_id" in request_class.__struct_fields__:
                fields["request_id"] = self.new_id()
            request = request_class(**fields)
            call = self.calls.start(request)
            try:
                self.send(request)
            except WorkstationError:
                self.calls.forget(call)
                raise
        return call

    def wait(self, call: Call, timeout_seconds: float, *, patient: bool = False) -> list[Message]:
        """The messages that answer a call; not to be used on the client's own thread.

        Args:
            call: as `ask` gave it.
            timeout_seconds: how long to wait.
            patient: count the time only once the request has left.

        Raises:
            RequestError: the Bridge refused.
            RequestTimeout: no answer in time.
            NotConnected: the connection is gone.
        """
        request_id = getattr(call.request, "request_id", -1)
        while True:
            try:
                return call.future.result(timeout_seconds)
            except TimeoutError:
                with self._lock:
                    if patient and self._outbox.holds(request_id):
                        continue
                    self.calls.forget(call)
                raise self._timed_out(call.request, timeout_seconds, request_id) from None

    def _timed_out(self, request: Request, seconds: float, request_id: int) -> RequestTimeout:
        text = f"no answer to {request.name} within {seconds:g} s"
        waiting = self.waiting.messages
        if waiting:
            text += f"; {waiting} requests wait for their turn"
        return RequestTimeout(-1, text, request_id, request)

    # Quotes within the line budget

    @property
    def budget(self) -> LineBudget:
        """Who wants quotes, and who has a line."""
        return self._lines.budget

    def watch(self, owner: str, priority: Priority, contracts: Sequence[Contract]) -> None:
        """Say which instruments `owner` wants quotes of now, instead of what it wanted before.

        The line budget decides who streams; see `lines`.
        """
        with self._lock:
            self._lines.watch(owner, priority, contracts)

    def _plan_soon(self) -> bool:
        if self._loop is None or self._connection is None:
            return False
        self._loop.call_soon_threadsafe(self._apply_plan)
        return True

    def _apply_plan(self) -> None:
        with self._lock:
            self._lines.apply(is_connected=self.is_connected)
