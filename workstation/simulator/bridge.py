"""Bridge: the simulated server end of the protocol.

Owns the clients and their ids, putting the parts together (market, feed, orders, account, books),
and the steady beat that lets the market move. Each part is its own module; what a request means
stands in `answers`. It trades at any hour, on a simulated account whose name begins with DSIM.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from workstation.errors import EncodeError, RequestError
from workstation.protocol.catalog import (
    InfoMessage,
    ManagedAccounts,
    NextValidId,
    StartApi,
)
from workstation.protocol.message import Inbound, Request
from workstation.protocol.versions import HIGHEST_VERSION, LOWEST_VERSION
from workstation.simulator.account import Account
from workstation.simulator.answers import ANSWERS
from workstation.simulator.books import Books
from workstation.simulator.chains import OptionChains, OptionListing
from workstation.simulator.client_session import NOT_SIMULATED, ClientSession
from workstation.simulator.clocks import ALWAYS_OPEN, SimulatedClock
from workstation.simulator.depth import DepthFeed
from workstation.simulator.feed import Feed
from workstation.simulator.history import History
from workstation.simulator.instruments import Instruments, Listing
from workstation.simulator.live_bars import LiveBars
from workstation.simulator.market import Market
from workstation.simulator.news import News
from workstation.simulator.options import OptionMarket
from workstation.simulator.orders.desk import OrderDesk
from workstation.simulator.orders.engine import OrderEngine
from workstation.simulator.orders.floor import SimulatedFloor
from workstation.simulator.orders.store import Store
from workstation.simulator.past_ticks import PastTicks
from workstation.simulator.scanner import Scanner
from workstation.simulator.tick_streams import RealTimeBarStreams, TickStreams
from workstation.simulator.universe import universe
from workstation.simulator.wire_dates import moment_text

__all__ = ["Bridge", "serve"]

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
"""Loopback only: anybody who can connect can trade."""

ACCOUNT = "DSIM0001"
CLIENT_ID_TAKEN = 326
BEAT_SECONDS = 0.125

_NOTICES = (
    (2104, "Market data farm connection is OK:usfarm"),
    (2106, "HMDS data farm connection is OK:ushmds"),
    (2158, "Sec-def data farm connection is OK:secdefnj"),
)


class Bridge:
    """A simulated Bridge.

    Args:
        seed: of the market; the same seed and clock give the same market.
        lines: streaming market data lines for each client.
        pacing: whether more than 50 messages a second are refused.
        clock_ns: time in nanoseconds since 1970.
        versions: server versions it speaks, lowest and highest.
        store: where the account is kept; None keeps it as long as the Bridge lives.
        always_open: trade at any hour; else in the hours of the exchanges.
    """

    def __init__(
        self,
        seed: int,
        *,
        lines: int = 100,
        pacing: bool = True,
        clock_ns: Callable[[], int] = time.time_ns,
        versions: tuple[int, int] = (LOWEST_VERSION, HIGHEST_VERSION),
        store: Store | None = None,
        always_open: bool = True,
    ) -> None:
        self.lines = lines
        self.pacing = pacing
        self.clock_ns = clock_ns
        self.versions = versions
        self.universe = universe()
        self.market = Market(seed, clock_ns)
        self.instruments = Instruments(self.market)
        self.chains = OptionChains(self.market)
        self.options = OptionMarket(self.market)
        self.history = History(self.market)
        self.feed = Feed(self.instruments, self.market, self.options)
        self.live_bars = LiveBars(self.history)
        self.scanner = Scanner(self.market)
        self.account = Account(ACCOUNT, self._price)
        self.books = Books(self.account, self.instruments)
        engine = OrderEngine(
            self.instruments,
            {ACCOUNT: self.account},
            SimulatedFloor(self.market, self.options, always_open=always_open),
            self._notify,
            self._traded,
            store,
        )
        self.orders = OrderDesk(engine)
        self.depth = DepthFeed(self.instruments, self.orders)
        self.ticks = TickStreams(self.market)
        self.real_time_bars = RealTimeBarStreams(self.history)
        self.past_ticks = PastTicks(self.market)
        self.news = News(self.universe, self.history)
        self._sessions: set[ClientSession] = set()
        self._clients: dict[int, ClientSession] = {}
        self._server: asyncio.Server | None = None
        self._beat: asyncio.Task[None] | None = None

    # Life

    async def start(self, port: int = 0) -> int:
        """Listen on loopback; gives the port.

        Raises:
            OSError: the port can not be had.
        """
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: ClientSession(self), HOST, port)
        self._beat = loop.create_task(self._advance_for_ever())
        taken: int = self._server.sockets[0].getsockname()[1]
        return taken

    async def stop(self) -> None:
        """End every connection and listen no more."""
        if self._server is not None:
            self._server.close()
        for session in list(self._sessions):
            session.close()
        if self._beat is not None:
            self._beat.cancel()
            await asyncio.gather(self._beat, return_exceptions=True)

    def advance(self) -> None:
        """Let the market move to the present, and tell everybody what follows from it."""
        now = self.clock_ns()
        self.feed.advance()
        self.orders.advance()
        self.books.advance(now)
        self.live_bars.advance(now)
        self.scanner.advance(now)
        self.depth.advance()
        self.ticks.advance()
        self.real_time_bars.advance(now)

    async def _advance_for_ever(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                self.advance()
            except Exception:
                logger.exception("the simulated market stumbled; it goes on")

    # Clients

    def connection_time(self) -> str:
        """What the greeting tells."""
        return moment_text(self.clock_ns() / 1e9)

    def connected(self, session: ClientSession) -> None:
        """Somebody has connected."""
        self._sessions.add(session)

    def introduced(self, session: ClientSession, message: StartApi) -> None:
        """A client has said who it is."""
        if session.client_id is not None:
            text = "The client has said already who it is"
            session.tell(InfoMessage(request_id=-1, code=NOT_SIMULATED, text=text))
            return
        if message.client_id in self._clients:
            text = (
                "Unable to connect as the client id is already in use. "
                "Retry with a unique client id."
            )
            session.tell(InfoMessage(request_id=-1, code=CLIENT_ID_TAKEN, text=text))
            session.close()
            return
        session.client_id = message.client_id
        self._clients[message.client_id] = session
        session.tell(ManagedAccounts(accounts=(self.account.name,)))
        session.tell(NextValidId(order_id=self.next_order_id(session)))
        for code, text in _NOTICES:
            session.tell(InfoMessage(request_id=-1, code=code, text=text))

    def disconnected(self, session: ClientSession) -> None:
        """A client is gone; its orders stay."""
        self._sessions.discard(session)
        if session.client_id is not None and self._clients.get(session.client_id) is session:
            del self._clients[session.client_id]
        self.feed.forget(session)
        self.live_bars.forget(session)
        self.scanner.gone(session)
        self.depth.forget(session)
        self.ticks.forget(session)
        self.real_time_bars.forget(session)
        self.books.gone(session)

    def next_order_id(self, session: ClientSession) -> int:
        """The lowest id that a client's next order may have."""
        return self.orders.next_order_id.get(session.client_id or 0, 1)

    def handle(self, session: ClientSession, request: Request) -> None:
        """Answer a request; what goes wrong is told to the client, and ends nothing."""
        answer = ANSWERS.get(type(request))
        request_id = _id_of(request)
        try:
            if answer is not None:
                answer(self, session, request)
            else:
                text = f"{request.name} is not simulated"
                session.tell(InfoMessage(request_id=request_id, code=NOT_SIMULATED, text=text))
        except RequestError as error:
            told = error.request_id if error.request_id != -1 else request_id
            session.tell(InfoMessage(request_id=told, code=error.code, text=error.text))
        except Exception:
            logger.exception("%s could not be answered", request.name)
            text = f"Error processing request {request.name}: a fault of the simulated Bridge"
            session.tell(InfoMessage(request_id=request_id, code=NOT_SIMULATED, text=text))

    def could_not_say(self, session: ClientSession, message: Inbound, error: EncodeError) -> None:
        """A message does not exist at the client's version."""
        logger.warning("client %s: %s", session.client_id, error)
        text = f"{message.name} can not be sent: {error}"
        request_id = getattr(message, "request_id", -1)
        session.tell(InfoMessage(request_id=request_id, code=NOT_SIMULATED, text=text))

    # What the parts ask of each other

    def _notify(self, client_id: int, message: Inbound) -> None:
        session = self._clients.get(client_id)
        if session is not None:
            session.tell(message)

    def _traded(self, _account: str, contract_id: int) -> None:
        self.books.traded(contract_id)

    def _price(self, listing: Listing) -> Decimal:
        """What an instrument is worth: the last trade of a stock, the middle of an option."""
        if isinstance(listing, OptionListing):
            option = self.options.quote(listing)
            # Nobody offers an option that has expired; the model then knows what it was worth.
            middle = option.model.price
            if option.ask is not None:
                middle = ((option.bid or 0.0) + option.ask) / 2
            return Decimal(str(round(middle, 4)))
        return Decimal(str(self.market.quote(listing.symbol).last))


def serve(
    *,
    port: int,
    lines: int,
    pacing: bool,
    seed: int | None,
    ready: Callable[[int], None],
    watch_stdin: bool = False,
    data: Path | None = None,
    clock: SimulatedClock = ALWAYS_OPEN,
) -> None:
    """Run a simulated Bridge until it is interrupted.

    Args:
        port: port on loopback; 0 lets the system choose.
        lines: streaming market data lines for each client.
        pacing: whether more than 50 messages a second are refused.
        seed: of the market; None takes a new one.
        ready: told the port once clients can connect.
        watch_stdin: end when standard input does: a parent that is gone takes its Bridge along.
        data: folder in which the account is kept; None forgets it at the end.
        clock: how time passes, and whether the exchanges close.

    Raises:
        OSError: the port can not be had.
        WorkstationError: the account can not be kept there.
    """
    chosen = random.SystemRandom().randrange(2**31) if seed is None else seed
    store = None if data is None else Store(data, seed, chosen)
    if store is not None:
        chosen = store.seed

    async def run() -> None:
        bridge = Bridge(
            chosen,
            lines=lines,
            pacing=pacing,
            clock_ns=clock.now_ns,
            store=store,
            always_open=clock.always_open,
        )
        ready(await bridge.start(port))
        try:
            await (_end_of_stdin() if watch_stdin else asyncio.Event().wait())
        finally:
            await bridge.stop()

    try:
        asyncio.run(run())
    finally:
        if store is not None:
            store.close()


async def _end_of_stdin() -> None:
    """Wait for the end of standard input.

    A daemon thread reads: one of the loop's own would have to end before the loop may, and an
    interrupt could then not end the process.
    """
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def read() -> None:
        while os.read(0, 4096):
            pass
        # The loop may be gone by now, and with it everybody who waits.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=read, name="end-of-stdin", daemon=True).start()
    await ended.wait()


def _id_of(request: Request) -> int:
    for name in ("request_id", "order_id"):
        value = getattr(request, name, None)
        if isinstance(value, int):
            return value
    return -1
