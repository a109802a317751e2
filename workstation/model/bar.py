"""Bars: open, high, low and close over stretches of time, kept as columns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from workstation.model.data_frame import frame_of_columns
from workstation.model.record import Record

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Bars"]


class Bars(Record):
    """Bars as columns of equal length, oldest first.

    A column is a tuple; row i of every column is bar i. A bar without trades has volume and
    average -1. Dates are as the Bridge wrote them: `YYYYMMDD`, `YYYYMMDD hh:mm:ss Zone` or
    seconds since 1970, by what was asked for.
    """

    date: tuple[str, ...] = ()
    open: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    close: tuple[float, ...] = ()
    volume: tuple[Decimal | None, ...] = ()
    average: tuple[Decimal | None, ...] = ()
    """Volume-weighted average price."""
    count: tuple[int, ...] = ()
    """Number of trades."""

    def __len__(self) -> int:
        return len(self.date)

    def to_frame(self, time_zone: str = "UTC") -> pd.DataFrame:
        """One row a bar, indexed by its start.

        Args:
            time_zone: the zone of the index; days are midnight there.
        """
        return frame_of_columns(self, "date", time_zone)
