"""Changes: what moved since the screen last looked.

Owns the dirty sets between the thread that folds messages in and the one that paints. Holds keys
only; the values are read from the picture when they are painted, so a hundred ticks of one quote
cost the painter one row.

Threads: one thread marks, one thread takes. No lock is needed under the interpreter's own, because
every step is one operation that it does not divide: the writer changes the value first and then
adds its key; the reader pops the key first and then reads the value. A change that comes between
the two is either in the value already or has put the key back. The sets are emptied by popping and
never exchanged for new ones: a writer interrupted between looking a set up and adding to it would
add to one that nobody reads any more.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeVar

__all__ = ["ChangeSet", "Changes", "OrderKey", "PositionKey", "SessionFacet"]

Key = TypeVar("Key", bound=Hashable)


class OrderKey(NamedTuple):
    """What tells orders apart: the order id is the client's own.

    Orders typed into the Bridge itself have no order id (0); only their `permanent_id` tells them
    apart, so it stands here for those, and is 0 for all others.
    """

    client_id: int
    order_id: int
    permanent_id: int = 0


class PositionKey(NamedTuple):
    """What tells positions apart."""

    account: str
    instrument: str
    """The instrument's key, see `instrument_key`."""


class SessionFacet(StrEnum):
    """Parts of the session that a screen shows apart."""

    CONNECTION = "connection"
    ACCOUNTS = "accounts"
    FARMS = "farms"
    NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Keys of what changed since the last taking; false when nothing did."""

    quotes: frozenset[str]
    orders: frozenset[OrderKey]
    what_ifs: frozenset[OrderKey]
    executions: frozenset[str]
    positions: frozenset[PositionKey]
    accounts: frozenset[str]
    contracts: frozenset[str]
    """Instruments whose details came; rules and chains come under their own ids below."""
    market_rules: frozenset[int]
    option_chains: frozenset[int]
    """Contract ids of the underlyings."""
    session: frozenset[SessionFacet]

    def __bool__(self) -> bool:
        return any(getattr(self, topic) for topic in self.__slots__)


@dataclass(frozen=True, slots=True)
class Changes:
    """The dirty sets, one a topic; the folds add to them."""

    quotes: set[str] = field(default_factory=set)
    orders: set[OrderKey] = field(default_factory=set)
    what_ifs: set[OrderKey] = field(default_factory=set)
    executions: set[str] = field(default_factory=set)
    positions: set[PositionKey] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    contracts: set[str] = field(default_factory=set)
    market_rules: set[int] = field(default_factory=set)
    option_chains: set[int] = field(default_factory=set)
    session: set[SessionFacet] = field(default_factory=set)

    def take(self) -> ChangeSet:
        """What changed since the last call; for the one reader, before it reads the values."""
        return ChangeSet(
            quotes=_drained(self.quotes),
            orders=_drained(self.orders),
            what_ifs=_drained(self.what_ifs),
            executions=_drained(self.executions),
            positions=_drained(self.positions),
            accounts=_drained(self.accounts),
            contracts=_drained(self.contracts),
            market_rules=_drained(self.market_rules),
            option_chains=_drained(self.option_chains),
            session=_drained(self.session),
        )


def _drained(dirty: set[Key]) -> frozenset[Key]:
    # No more than there are now: a busy writer must not keep the reader here.
    return frozenset([dirty.pop() for _ in range(len(dirty))])
