"""Constructors for orders that take part in the volume of the market.

Each takes the order that is to be worked, and returns another one; what is given stays as it is.
Owns which parameters each algorithm has and what is legal in them; None leaves one to the broker.

Arguments mean the same in all of them:

- order: a market or limit order.
- volume_fraction and the like: part of the day's volume, above 0 and at most 0.5.
- start_time, end_time: `hh:mm:ss Zone`, or `YYYYMMDD-hh:mm:ss` in UTC.
- no_take_liquidity: never trade against the other side's quote.

All raise `InvalidValue` for an argument that is not legal.
"""

from __future__ import annotations

from workstation.model.enums import AlgoStrategy
from workstation.model.orders.algo import part, time, worked
from workstation.model.orders.order import Order
from workstation.model.record import changed

__all__ = [
    "PercentOfVolumeByPriceOrder",
    "PercentOfVolumeBySizeOrder",
    "PercentOfVolumeByTimeOrder",
    "PercentOfVolumeOrder",
]


def PercentOfVolumeOrder(
    order: Order,
    volume_fraction: float,
    *,
    start_time: str | None = None,
    end_time: str | None = None,
    no_take_liquidity: bool | None = None,
) -> Order:
    """Take part in the volume with a constant fraction of it."""
    return worked(
        order,
        AlgoStrategy.PERCENT_OF_VOLUME,
        {
            "pctVol": part("volume_fraction", volume_fraction),
            "startTime": time("start_time", start_time),
            "endTime": time("end_time", end_time),
            "noTakeLiq": no_take_liquidity,
        },
    )


def PercentOfVolumeByPriceOrder(
    order: Order,
    volume_fraction: float,
    *,
    change_of_fraction: float | None = None,
    min_volume_fraction: float | None = None,
    max_volume_fraction: float | None = None,
    start_time: str | None = None,
    end_time: str | None = None,
    no_take_liquidity: bool | None = None,
) -> Order:
    """Take part in the volume with a fraction that grows as the price gets better.

    `change_of_fraction` is by how much, for each standard deviation of the price.
    """
    return worked(
        order,
        AlgoStrategy.PERCENT_OF_VOLUME_BY_PRICE,
        {
            "pctVol": part("volume_fraction", volume_fraction),
            "deltaPctVol": part("change_of_fraction", change_of_fraction),
            "minPctVol4Px": part("min_volume_fraction", min_volume_fraction),
            "maxPctVol4Px": part("max_volume_fraction", max_volume_fraction),
            "startTime": time("start_time", start_time),
            "endTime": time("end_time", end_time),
            "noTakeLiq": no_take_liquidity,
        },
    )


def PercentOfVolumeBySizeOrder(
    order: Order,
    start_volume_fraction: float,
    end_volume_fraction: float,
    *,
    start_time: str | None = None,
    end_time: str | None = None,
    no_take_liquidity: bool | None = None,
) -> Order:
    """Take part in the volume with a fraction that changes as less of the order is left."""
    return worked(
        order,
        AlgoStrategy.PERCENT_OF_VOLUME_BY_SIZE,
        {
            "startPctVol": part("start_volume_fraction", start_volume_fraction),
            "endPctVol": part("end_volume_fraction", end_volume_fraction),
            "startTime": time("start_time", start_time),
            "endTime": time("end_time", end_time),
            "noTakeLiq": no_take_liquidity,
        },
    )


def PercentOfVolumeByTimeOrder(
    order: Order,
    start_volume_fraction: float,
    end_volume_fraction: float,
    *,
    start_time: str | None = None,
    end_time: str | None = None,
    no_take_liquidity: bool | None = None,
) -> Order:
    """Take part in the volume with a fraction that changes from start to end."""
    sized = PercentOfVolumeBySizeOrder(
        order,
        start_volume_fraction,
        end_volume_fraction,
        start_time=start_time,
        end_time=end_time,
        no_take_liquidity=no_take_liquidity,
    )
    return changed(sized, algo_strategy=AlgoStrategy.PERCENT_OF_VOLUME_BY_TIME)
