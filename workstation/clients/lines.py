"""Lines: which instruments stream, when a Bridge lets only so many stream at once.

Owns the budget of market data lines (a Bridge refuses one too many with error 101). Everybody who
wants quotes says so here, with how much it matters; the budget decides who has a line, and takes
the rest in turn by snapshot. Sends nothing: it says what to start and what to stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from workstation.model import Contract

__all__ = ["Line", "LineBudget", "Plan", "Priority"]


class Priority(IntEnum):
    """Who gets a line first."""

    POSITION = 0
    """Positions and working orders: money is at stake."""
    ACTOR = 1
    SELECTED = 2
    CHAIN = 3
    """Visible rows of an option chain."""
    VISIBLE = 4
    """Visible rows of a watchlist."""
    REST = 5


class Line(NamedTuple):
    """A stream or a snapshot under way."""

    request_id: int
    contract: Contract


class Plan(NamedTuple):
    """What to do next, in this order."""

    stop: tuple[Line, ...]
    start: tuple[Contract, ...]
    snapshots: tuple[Contract, ...]


class LineBudget:
    """Divides the lines among those who want quotes.

    Args:
        lines: how many instruments may stream at once.
        key: what tells instruments apart.
        snapshots_at_once: how many lines are kept for snapshots while there are more wishes
            than lines.
    """

    def __init__(
        self, lines: int, key: Callable[[Contract], str], snapshots_at_once: int = 5
    ) -> None:
        self.lines = lines
        self.snapshots_at_once = min(snapshots_at_once, max(lines - 1, 0))
        self._key = key
        self._wishes: dict[str, tuple[Priority, tuple[Contract, ...]]] = {}
        self._streams: dict[str, Line] = {}
        self._snapshots: dict[str, Line] = {}
        self._by_request: dict[int, str] = {}
        self._refused: set[str] = set()
        self._turn: dict[str, int] = {}
        self._turns = 0

    def want(self, owner: str, priority: Priority, contracts: Sequence[Contract]) -> None:
        """Say which instruments `owner` wants now, instead of what it wanted before."""
        if contracts:
            self._wishes[owner] = (priority, tuple(contracts))
        else:
            self._wishes.pop(owner, None)

    def wanted(self) -> dict[str, Contract]:
        """Every instrument somebody wants, the most important first."""
        found: dict[str, Contract] = {}
        for _, contracts in sorted(self._wishes.values(), key=lambda wish: wish[0]):
            for contract in contracts:
                found.setdefault(self._key(contract), contract)
        return found

    def plan(self) -> Plan:
        """What to stop and start so that the lines serve the wishes best."""
        wanted = {k: c for k, c in self.wanted().items() if k not in self._refused}
        crowded = len(wanted) > self.lines
        room = self.lines - self.snapshots_at_once if crowded else self.lines
        chosen = dict(_first(wanted.items(), room))
        stop = tuple(line for key, line in self._streams.items() if key not in chosen)
        kept = len(self._streams) - len(stop)
        missing = [contract for key, contract in chosen.items() if key not in self._streams]
        start = tuple(missing[: max(self.lines - kept - len(self._snapshots), 0)])
        rest = [key for key in wanted if key not in chosen and key not in self._snapshots]
        rest.sort(key=lambda key: self._turn.get(key, 0))
        free = self.snapshots_at_once - len(self._snapshots) if crowded else 0
        return Plan(stop, start, tuple(wanted[key] for key in rest[: max(free, 0)]))

    def started(self, contract: Contract, request_id: int, *, snapshot: bool = False) -> None:
        """A stream or snapshot of `contract` is under way under `request_id`."""
        key = self._key(contract)
        held = self._snapshots if snapshot else self._streams
        held[key] = Line(request_id, contract)
        self._by_request[request_id] = key
        if snapshot:
            self._turns += 1
            self._turn[key] = self._turns

    def ended(self, request_id: int) -> None:
        """A stream or snapshot is over, whoever ended it."""
        key = self._by_request.pop(request_id, None)
        if key is None:
            return
        for held in (self._streams, self._snapshots):
            line = held.get(key)
            if line is not None and line.request_id == request_id:
                del held[key]

    def refused(self, request_id: int) -> None:
        """The Bridge will not give quotes for this instrument; do not ask again."""
        key = self._by_request.get(request_id)
        self.ended(request_id)
        if key is not None:
            self._refused.add(key)

    def too_many(self, request_id: int) -> None:
        """The Bridge refused a line as one too many: believe it, and keep to fewer."""
        self.ended(request_id)
        in_use = len(self._streams) + len(self._snapshots)
        self.lines = max(min(self.lines, in_use), 1)
        self.snapshots_at_once = min(self.snapshots_at_once, self.lines - 1)

    def forget_lines(self) -> None:
        """The connection is gone and every line with it; the wishes stay."""
        self._streams.clear()
        self._snapshots.clear()
        self._by_request.clear()
        self._refused.clear()

    def key_of(self, request_id: int) -> str | None:
        """The instrument that a stream or snapshot is about; None for other requests."""
        return self._by_request.get(request_id)

    def has_line(self, key: str) -> bool:
        """Whether an instrument streams."""
        return key in self._streams

    @property
    def in_use(self) -> int:
        """Lines in use, snapshots included."""
        return len(self._streams) + len(self._snapshots)


def _first(pairs: Iterable[tuple[str, Contract]], count: int) -> Iterable[tuple[str, Contract]]:
    for index, pair in enumerate(pairs):
        if index >= count:
            return
        yield pair
