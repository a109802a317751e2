"""Bar tables: bars as columns of whole numbers, and how fine ones become coarse ones.

Prices count half ticks (0.005 dollars), so that a midpoint is a whole number too and merging bars
loses nothing. Leaves to `tape` where bars come from, to `history` which are asked for.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from workstation.simulator.noise import Floats, Integers

__all__ = ["HALF_TICKS", "NO_BARS", "BarTable", "joined", "merged"]

HALF_TICKS = 200
"""In a dollar."""


class BarTable(NamedTuple):
    """Bars as columns of equal length, oldest first."""

    start: Integers
    """Seconds since 1970."""
    session: Integers
    """Index of the session they belong to."""
    open: Integers
    high: Integers
    low: Integers
    close: Integers
    volume: Integers
    trades: Integers
    turnover: Floats
    """Sum of price times shares, prices in half ticks."""

    def take(self, chosen: object) -> BarTable:
        """The bars that a mask, slice or index array chooses."""
        return BarTable(*(column[chosen] for column in self))  # type: ignore[call-overload]


_EMPTY = np.array([], dtype=np.int64)
NO_BARS = BarTable(
    _EMPTY, _EMPTY, _EMPTY, _EMPTY, _EMPTY, _EMPTY, _EMPTY, _EMPTY, np.array([], dtype=np.float64)
)


def joined(*tables: BarTable) -> BarTable:
    """Tables one after the other."""
    return BarTable(*map(np.concatenate, zip(*tables, strict=True)))


def merged(table: BarTable, group: Integers) -> BarTable:
    """One bar for each run of equal group numbers; it starts where its first bar does."""
    if not len(group):
        return table
    first = np.flatnonzero(np.diff(group, prepend=group[0] - 1))
    last = np.append(first[1:], len(group)) - 1
    return BarTable(
        table.start[first],
        table.session[last],
        table.open[first],
        np.maximum.reduceat(table.high, first),
        np.minimum.reduceat(table.low, first),
        table.close[last],
        np.add.reduceat(table.volume, first),
        np.add.reduceat(table.trades, first),
        np.add.reduceat(table.turnover, first),
    )
