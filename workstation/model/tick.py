"""Ticks of the past and the histogram of prices, kept as columns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from workstation.model.data_frame import frame_of_columns
from workstation.model.record import Record

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BidAskTicks", "Histogram", "LastTicks", "MidpointTicks"]


class MidpointTicks(Record):
    """Midpoints as columns of equal length, oldest first; row i of every column is tick i."""

    time: tuple[int, ...] = ()
    """Seconds since 1970."""
    price: tuple[float, ...] = ()
    size: tuple[Decimal | None, ...] = ()

    def __len__(self) -> int:
        return len(self.time)

    def to_frame(self, time_zone: str = "UTC") -> pd.DataFrame:
        """One row a tick, indexed by its time in `time_zone`."""
        return frame_of_columns(self, "time", time_zone, seconds=True)


class BidAskTicks(Record):
    """Changes of bid and ask as columns of equal length, oldest first."""

    time: tuple[int, ...] = ()
    """Seconds since 1970."""
    attributes: tuple[int, ...] = ()
    """Bits: 1 bid below the day's low, 2 ask above the day's high."""
    bid_price: tuple[float, ...] = ()
    ask_price: tuple[float, ...] = ()
    bid_size: tuple[Decimal | None, ...] = ()
    ask_size: tuple[Decimal | None, ...] = ()

    def __len__(self) -> int:
        return len(self.time)

    def to_frame(self, time_zone: str = "UTC") -> pd.DataFrame:
        """One row a tick, indexed by its time in `time_zone`."""
        return frame_of_columns(self, "time", time_zone, seconds=True)


class LastTicks(Record):
    """Trades as columns of equal length, oldest first."""

    time: tuple[int, ...] = ()
    """Seconds since 1970."""
    attributes: tuple[int, ...] = ()
    """Bits: 1 past the daily limit, 2 not reported."""
    price: tuple[float, ...] = ()
    size: tuple[Decimal | None, ...] = ()
    exchange: tuple[str, ...] = ()
    special_conditions: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.time)

    def to_frame(self, time_zone: str = "UTC") -> pd.DataFrame:
        """One row a tick, indexed by its time in `time_zone`."""
        return frame_of_columns(self, "time", time_zone, seconds=True)


class Histogram(Record):
    """How much was traded at each price, as columns of equal length."""

    price: tuple[float, ...] = ()
    size: tuple[Decimal | None, ...] = ()

    def __len__(self) -> int:
        return len(self.price)

    def to_frame(self) -> pd.DataFrame:
        """One row a price, indexed by it, with the size that was traded."""
        import pandas as pd

        sizes = [None if size is None else float(size) for size in self.size]
        return pd.DataFrame(
            {"size": pd.Series(sizes, dtype="float64")},
        ).set_index(pd.Index(self.price, name="price", dtype="float64"))
