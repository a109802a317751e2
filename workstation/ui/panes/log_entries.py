"""Log entries: the desk's conversation as the message log keeps it.

Owns the bounded record of what the tap gave, the filter, the pause, and counting what was lost.
Bodies stay closed here until somebody looks at them: a burst of thousands of ticks costs the
opening of as many bodies as there are rows on the screen. Leaves to `log_lines` how an entry reads.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import islice

import msgspec

from workstation.desk.broker import BrokerMessage
from workstation.model.record import Record

__all__ = ["LogEntries", "LogEntry", "Subjects"]

LIMIT = 10_000
"""Entries that are kept."""

_REMEMBERED = 20_000
"""Requests and orders whose symbol is remembered."""

_NAMING = frozenset(
    {
        "execution_data",
        "open_order",
        "place_order",
        "request_contract_data",
        "request_historical_data",
        "request_market_data",
    }
)
"""Messages that say which symbol an id is about; others only carry the id."""


class LogEntry:
    """One message of the log.

    Args:
        number: counts all messages of the log, from 0.
        message: what the tap gave.
    """

    __slots__ = ("_searched", "message", "number")

    def __init__(self, number: int, message: BrokerMessage) -> None:
        self.number = number
        self.message = message
        self._searched: str | None = None

    @property
    def key(self) -> str:
        """Routing key: message type and actor code."""
        return self.message.routing_key

    @property
    def name(self) -> str:
        """The message's name."""
        return self.message.properties.type

    def fits(self, wanted: str, subjects: Subjects) -> bool:
        """Whether key, name or symbol contain a text, given in lower case."""
        if self._searched is None:
            symbol = subjects.symbol(self.message)
            self._searched = f"{self.key} {self.name} {symbol}".lower()
        return wanted in self._searched


class _Instrument(Record):
    symbol: str = ""


class _Execution(Record):
    execution_id: str = ""


class _Details(Record):
    contract: _Instrument = _Instrument()


class _Fields(Record):
    """The few fields that tell what a message is about; all others are passed over."""

    request_id: int | None = None
    order_id: int | None = None
    contract: _Instrument = _Instrument()
    details: _Details = _Details()
    execution: _Execution = _Execution()
    report: _Execution = _Execution()


class _Body(Record):
    fields: _Fields = _Fields()


_BODY = msgspec.json.Decoder(_Body)


class Subjects:
    """Which symbol each request, order and fill is about, learnt from the messages themselves."""

    def __init__(self) -> None:
        self._symbols: dict[int | str, str] = {}

    def learn(self, message: BrokerMessage) -> None:
        """Remember the symbol, if this message tells one."""
        if message.properties.type not in _NAMING:
            return
        fields = _fields(message)
        symbol = fields.contract.symbol
        if not symbol:
            return
        for number in (fields.request_id, fields.order_id, fields.execution.execution_id):
            if number not in (None, "", -1):
                self._symbols[number] = symbol
        while len(self._symbols) > _REMEMBERED:
            del self._symbols[next(iter(self._symbols))]

    def symbol(self, message: BrokerMessage) -> str:
        """The symbol that a message is about; empty when it is about none, or nothing told."""
        fields = _fields(message)
        told = fields.contract.symbol or fields.details.contract.symbol
        return told or self.of(fields.request_id, fields.order_id, fields.report.execution_id)

    def of(self, *numbers: int | str | None) -> str:
        """The symbol that the first known one of these ids is about."""
        known = (self._symbols.get(number) for number in numbers if number is not None)
        return next(filter(None, known), "")


def _fields(message: BrokerMessage) -> _Fields:
    try:
        return _BODY.decode(message.body).fields
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        # The entry itself says what is wrong with the body, when it is looked at.
        return _Fields()


class LogEntries:
    """What the log keeps and shows.

    Args:
        limit: entries that are kept; the oldest go first.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self.subjects = Subjects()
        self.is_paused = False
        self.dropped = 0
        """Messages that were lost at the tap, or had to go because newer ones came."""
        self.filter = ""
        self._limit = limit
        self._next = 0
        self._kept: deque[LogEntry] = deque()
        self._waiting: deque[LogEntry] = deque()
        self._fitting: deque[LogEntry] = deque()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def waiting(self) -> int:
        """Messages that came during the pause."""
        return len(self._waiting)

    @property
    def shown(self) -> Sequence[LogEntry]:
        """The entries that fit the filter, oldest first; not to be changed."""
        return self._fitting if self.filter else self._kept

    def take(self, messages: Iterable[BrokerMessage], lost: int) -> int:
        """Keep what the tap gave.

        Args:
            messages: oldest first.
            lost: how many were lost before them.

        Returns:
            How many entries more are shown now.
        """
        self.dropped += lost
        fresh = []
        for message in messages:
            self.subjects.learn(message)
            fresh.append(LogEntry(self._next, message))
            self._next += 1
        if self.is_paused:
            self._waiting.extend(fresh)
            self.dropped += _shortened(self._waiting, self._limit)
            return 0
        return self._show(fresh)

    def pause(self) -> None:
        """Leave what is shown as it is; what comes waits."""
        self.is_paused = True

    def resume(self) -> int:
        """Show what came meanwhile; says how many entries more are shown."""
        self.is_paused = False
        waiting, self._waiting = self._waiting, deque()
        return self._show(waiting)

    def search(self, text: str) -> None:
        """Show only entries whose key, message or symbol contains a text; empty shows all."""
        self.filter = text.strip().lower()
        fitting = (each for each in self._kept if each.fits(self.filter, self.subjects))
        self._fitting = deque(fitting if self.filter else ())

    def clear(self) -> None:
        """Forget all entries; they do not count as dropped."""
        self._kept.clear()
        self._waiting.clear()
        self._fitting.clear()

    def entry(self, number: int) -> LogEntry | None:
        """An entry by its number; None when it is gone."""
        if not self._kept:
            return None
        index = number - self._kept[0].number
        if 0 <= index < len(self._kept) and self._kept[index].number == number:
            return self._kept[index]
        return next((each for each in self._kept if each.number == number), None)

    def numbers(self) -> list[int]:
        """Numbers of the entries shown, oldest first."""
        return [each.number for each in self.shown]

    def window(self, start: int, count: int) -> list[LogEntry]:
        """Some of the entries shown, from an index on."""
        return list(islice(self.shown, start, start + count))

    def _show(self, fresh: Iterable[LogEntry]) -> int:
        fresh = list(fresh)
        self._kept.extend(fresh)
        self.dropped += _shortened(self._kept, self._limit)
        if not self.filter:
            return len(fresh)
        fitting = [each for each in fresh if each.fits(self.filter, self.subjects)]
        self._fitting.extend(fitting)
        oldest = self._kept[0].number if self._kept else self._next
        while self._fitting and self._fitting[0].number < oldest:
            self._fitting.popleft()
        return len(fitting)


def _shortened(entries: deque[LogEntry], limit: int) -> int:
    """Let the oldest go until no more than the limit are left; says how many went."""
    gone = max(0, len(entries) - limit)
    for _ in range(gone):
        entries.popleft()
    return gone
