"""The simulated market: quotes of every stock at every instant.

A quote is a pure function of seed, symbol and time. Nobody needs to run the market for prices to
move, looking changes nothing, and the past can be asked for at any time: bars are computed from the
same function and so agree with the ticks that were seen. Quotes move in slots of 250 ms, each stock
at its own phase within the slot, at any hour of any day; nights and weekends are quieter.

A session begins at midnight in New York on a trading day and lasts until midnight before the next
one, so that a weekend belongs to Friday, as on a screen that keeps showing Friday's change.

Owns quotes and who watches them. Leaves the path of prices to `path`, trades and sizes to `tape`,
bars to `history`, options to `options`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workstation.errors import RequestError
from workstation.simulator.noise import key_of
from workstation.simulator.path import SLOTS_PER_MINUTE, Factors
from workstation.simulator.quote import MarketUpdate, Quote
from workstation.simulator.quoting import TICKS
from workstation.simulator.sessions import sessions
from workstation.simulator.tape import Tape
from workstation.simulator.universe import StockListing, Universe, universe

__all__ = ["NO_SECURITY", "SLOT_NS", "Clock", "Market"]

Clock = Callable[[], int]
"""Tells the time in nanoseconds since 1970, as `time.time_ns` does."""

SLOT_NS = 250_000_000
NO_SECURITY = 200
"""The code for a contract that does not exist."""

_SHARES_PER_LOT = 100
_QUOTES_AT_ONCE = 60
_MOST_CAUGHT_UP = 8
"""Slots that `advance` tells one by one; after a longer pause only the newest."""

_MOST_LIVED_THROUGH = 2400
"""Slots that `quotes_since` gives: ten minutes."""


class _DaySoFar(NamedTuple):
    """What a session has seen before a minute; prices in ticks."""

    session: int
    open: int | None
    high: int | None
    low: int | None
    volume: int
    trades: int


class _Minute:
    """The quotes of one minute: columns of numbers, which become quotes a quarter at a time.

    Args:
        columns: those of `Quote`, in its order; numbers stand for all slots.
        after: what the session has seen, this minute included.
    """

    def __init__(self, columns: Sequence[NDArray[Any] | float], after: _DaySoFar) -> None:
        self.after = after
        self._columns = columns
        self._first = -1
        self._quotes: list[Quote] = []

    def quote(self, place: int) -> Quote:
        """The quote of a slot."""
        first = place - place % _QUOTES_AT_ONCE
        if first != self._first:
            some = slice(first, first + _QUOTES_AT_ONCE)
            lists = [
                column[some].tolist() if isinstance(column, np.ndarray) else repeat(column)
                for column in self._columns
            ]
            self._quotes = list(map(Quote, *lists))
            self._first = first
        return self._quotes[place - first]


class Market:
    """The stock market of one seed.

    Args:
        seed: any integer; the same seed gives the same market in every process.
        clock: asked where no time is given.
        stocks: what there is; by default both indexes.
    """

    def __init__(self, seed: int, clock: Clock, stocks: Universe | None = None) -> None:
        self.seed = seed
        self.clock = clock
        self.universe = stocks or universe()
        self.sessions = sessions()
        self._factors = Factors(seed)
        self._boards: dict[str, _Board] = {}
        self._watched: dict[str, _Watch] = {}

    def now(self) -> int:
        """The clock's time, in nanoseconds."""
        return self.clock()

    def quote(self, symbol: str, at_ns: int | None = None) -> Quote:
        """The quote that stands at an instant, by default now.

        Raises:
            RequestError: 200, no such stock.
        """
        board = self._board(symbol)
        return board.quote(board.slot_at(self.now() if at_ns is None else at_ns))

    def quotes_since(self, symbol: str, since_ns: int) -> list[Quote]:
        """Every quote after that of an instant, oldest first; after a long pause the newest only.

        Raises:
            RequestError: 200, no such stock.
        """
        board = self._board(symbol)
        newest, first = board.slot_at(self.now()), board.slot_at(since_ns) + 1
        if newest - first >= _MOST_LIVED_THROUGH:
            first = newest
        return [board.quote(slot) for slot in range(first, newest + 1)]

    def tape(self, symbol: str) -> Tape:
        """The quotes, trades and bars of a stock.

        Raises:
            RequestError: 200, no such stock.
        """
        return self._board(symbol).tape

    def slot_at(self, symbol: str, at_ns: int) -> int:
        """The newest slot that shows at an instant, counted since 1970."""
        return self._board(symbol).slot_at(at_ns)

    def watch(self, symbol: str) -> None:
        """Have `advance` tell of this stock. Counted: every watch needs its own `unwatch`.

        Raises:
            RequestError: 200, no such stock.
        """
        watch = self._watched.setdefault(symbol, _Watch(self._board(symbol)))
        watch.count += 1

    def unwatch(self, symbol: str) -> None:
        """Take back one `watch`."""
        watch = self._watched[symbol]
        watch.count -= 1
        if not watch.count:
            del self._watched[symbol]

    def advance(self, to_ns: int | None = None) -> Iterator[MarketUpdate]:
        """Every new quote of the watched stocks since the last call, oldest first.

        A stock watched since then comes with the quote that stands. After a pause longer than a
        few slots only the newest quote of each stock comes, so catching up costs no more.

        Args:
            to_ns: the instant to advance to, by default the clock's.
        """
        time_ns = self.now() if to_ns is None else to_ns
        updates: list[MarketUpdate] = []
        for watch in self._watched.values():
            if time_ns >= watch.due_ns:
                updates += watch.advance(time_ns)
        updates.sort(key=_time_of)
        return iter(updates)

    def _board(self, symbol: str) -> _Board:
        board = self._boards.get(symbol)
        if board is None:
            stock = self.universe.by_symbol(symbol)
            if stock is None:
                raise RequestError(NO_SECURITY, f"No security definition for the stock {symbol!r}")
            tape = Tape(symbol, stock.character, self._factors, self.sessions)
            board = self._boards[symbol] = _Board(stock, tape)
        return board


class _Board:
    """One stock's quotes, kept for the minutes last asked for.

    What is kept only saves work: every quote is the same when it is worked out anew.
    """

    def __init__(self, stock: StockListing, tape: Tape) -> None:
        self.symbol = stock.symbol
        self.tape = tape
        self._phase_ns = key_of("phase", stock.symbol) % SLOT_NS
        self._minutes: dict[int, _Minute] = {}
        self._closes: tuple[int, float] = (-1, 0.0)
        self._spread = key_of("turn", stock.symbol)
        self._ahead_of = self._turn = -1

    def slot_at(self, at_ns: int) -> int:
        """The newest slot at an instant."""
        return (at_ns - self._phase_ns) // SLOT_NS

    def slot_time(self, slot: int) -> int:
        """When a slot begins to show."""
        return slot * SLOT_NS + self._phase_ns

    def quote(self, slot: int) -> Quote:
        """The quote of a slot."""
        minute, place = divmod(slot, SLOTS_PER_MINUTE)
        return self._minute(minute).quote(place)

    def look_ahead(self, slot: int) -> None:
        """Work out the next minute, when it is this stock's turn.

        Each stock's turn comes at another time, so that not all are busy when a minute begins.
        """
        minute, place = divmod(slot, SLOTS_PER_MINUTE)
        if self._ahead_of != minute:
            self._ahead_of = minute
            self._turn = place + self._spread % (SLOTS_PER_MINUTE - place)
        if place >= self._turn:
            self._minute(minute + 1)

    def _minute(self, number: int) -> _Minute:
        found = self._minutes.get(number)
        if found is None:
            before = self._day_so_far(number)
            for stale in [kept for kept in self._minutes if abs(kept - number) > 1]:
                del self._minutes[stale]
            found = self._minutes[number] = self._worked_out(number, before)
        return found

    def _day_so_far(self, number: int) -> _DaySoFar:
        session = self.tape.sessions.at(number * 60)
        kept = self._minutes.get(number - 1)
        if kept is not None and kept.after.session == session:
            return kept.after
        bars = self.tape.bars_until("TRADES", number)
        if not len(bars.start):
            return _DaySoFar(session, None, None, None, 0, 0)
        return _DaySoFar(
            session,
            int(bars.open[0]) // 2,
            int(bars.high.max()) // 2,
            int(bars.low.min()) // 2,
            int(bars.volume.sum()),
            int(bars.trades.sum()),
        )

    def _worked_out(self, number: int, before: _DaySoFar) -> _Minute:
        tape = self.tape.minute(number)
        traded = tape.size > 0
        latest = np.maximum.accumulate(np.where(traded, np.arange(SLOTS_PER_MINUTE), 0))
        opened = int(tape.trade[0]) if before.open is None else before.open
        high = np.maximum.accumulate(tape.trade)
        low = np.minimum.accumulate(tape.trade)
        if before.high is not None and before.low is not None:
            high, low = np.maximum(high, before.high), np.minimum(low, before.low)
        volume = before.volume + np.cumsum(tape.size)
        trades = before.trades + np.cumsum(traded)
        times = self.slot_time(number * SLOTS_PER_MINUTE) + np.arange(SLOTS_PER_MINUTE) * SLOT_NS
        columns = (
            times,
            tape.bid / TICKS,
            tape.ask / TICKS,
            tape.bid_lots * _SHARES_PER_LOT,
            tape.ask_lots * _SHARES_PER_LOT,
            tape.trade / TICKS,
            tape.size[latest],
            times[latest],
            volume,
            trades,
            opened / TICKS,
            high / TICKS,
            low / TICKS,
            self._previous_close(before.session),
        )
        after = _DaySoFar(
            before.session, opened, int(high[-1]), int(low[-1]), int(volume[-1]), int(trades[-1])
        )
        return _Minute(columns, after)

    def _previous_close(self, session: int) -> float:
        if self._closes[0] != session:
            self._closes = session, self.tape.official_close(session - 1) / TICKS
        return self._closes[1]


class _Watch:
    """One watched stock: what was told last, and when there will be more."""

    def __init__(self, board: _Board) -> None:
        self.count = 0
        self.due_ns = 0
        self._board = board
        self._slot: int | None = None
        self._told: Quote | None = None

    def advance(self, time_ns: int) -> list[MarketUpdate]:
        board = self._board
        newest = board.slot_at(time_ns)
        if self._slot is not None and newest <= self._slot:
            return []
        first = newest if self._slot is None else self._slot + 1
        if newest - first >= _MOST_CAUGHT_UP:
            first = newest
        updates = []
        for slot in range(first, newest + 1):
            quote = board.quote(slot)
            updates.append(MarketUpdate(board.symbol, self._told, quote))
            self._told = quote
            board.look_ahead(slot)
        self._slot = newest
        self.due_ns = board.slot_time(newest + 1)
        return updates


def _time_of(update: MarketUpdate) -> int:
    return update.quote.time_ns
