"""The tick grid: which prices an instrument may trade at, computed exactly.

Owns the arithmetic of price steps: the step at a price, the nearest legal prices, moving by ticks.
Everything is done in Decimal on the shortest text of a float, so 190.05 is on a grid of 0.01 and
190.05000000000001 is not. Leaves to `workstation.state.contracts` which increments apply.

Increments are a market rule's: from each `low_edge` upward prices move in `increment`, and a legal
price is a multiple of it. Negative prices (spreads) mirror the positive ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import NamedTuple

from workstation.errors import InvalidValue
from workstation.model import PriceIncrement

__all__ = ["decimals", "is_on_grid", "nearest_legal", "step", "tick_at"]

_LESS_THAN_ANY_TICK = Decimal("1e-12")


class _Band(NamedTuple):
    """Prices from `low` up to the next band move in `tick`."""

    low: Decimal
    tick: Decimal


def tick_at(price: float, increments: Sequence[PriceIncrement]) -> Decimal:
    """The step at a price, on its way up.

    Raises:
        InvalidValue: there are no increments, or the price is not finite.
    """
    bands = _bands(tuple(increments))
    return bands[_band_of(abs(_exact(price)), bands)].tick


def is_on_grid(price: float, increments: Sequence[PriceIncrement]) -> bool:
    """Whether the price is legal, to the last digit.

    Raises:
        InvalidValue: as `tick_at`.
    """
    exact = _exact(price)
    return _at_or_below(exact, _bands(tuple(increments))) == exact


def nearest_legal(price: float, increments: Sequence[PriceIncrement]) -> tuple[float, float]:
    """The legal prices at or next below, and at or next above; twice the same on the grid.

    Raises:
        InvalidValue: as `tick_at`.
    """
    exact, bands = _exact(price), _bands(tuple(increments))
    return float(_at_or_below(exact, bands)), float(_at_or_above(exact, bands))


def step(price: float, count: int, increments: Sequence[PriceIncrement]) -> float:
    """The price `count` ticks up (down when negative); no ticks round nothing.

    From a price off the grid the first tick goes to the next legal price.

    Raises:
        InvalidValue: as `tick_at`.
    """
    exact, bands = _exact(price), _bands(tuple(increments))
    for _ in range(abs(count)):
        exact = _above(exact, bands) if count > 0 else -_above(-exact, bands)
    return float(exact)


def decimals(increments: Sequence[PriceIncrement], price: float = 0.0) -> int:
    """How many decimals show every legal price near `price`, at least 2 for money's sake.

    Raises:
        InvalidValue: as `tick_at`.
    """
    exponent = tick_at(price, increments).normalize().as_tuple().exponent
    return max(2, -int(exponent))


def _exact(price: float) -> Decimal:
    if not math.isfinite(price):
        raise InvalidValue("price", price, "a price is a finite number")
    return Decimal(repr(float(price)))


@lru_cache(maxsize=256)
def _bands(increments: tuple[PriceIncrement, ...]) -> tuple[_Band, ...]:
    """Bands from low to high; the lowest reaches down to zero."""
    usable = sorted(
        (max(increment.low_edge, 0.0), increment.increment)
        for increment in increments
        if math.isfinite(increment.low_edge)
        and math.isfinite(increment.increment)
        and increment.increment > 0
    )
    if not usable:
        raise InvalidValue("increments", increments, "give at least one price step above zero")
    bands = [_Band(_exact(low), _exact(tick)) for low, tick in usable]
    bands[0] = bands[0]._replace(low=Decimal(0))
    return tuple(bands)


def _band_of(price: Decimal, bands: tuple[_Band, ...]) -> int:
    """Index of the band that a price of zero or more lies in."""
    return max(index for index, band in enumerate(bands) if band.low <= price)


def _at_or_below(price: Decimal, bands: tuple[_Band, ...]) -> Decimal:
    if price < 0:
        return -_at_or_above(-price, bands)
    index = _band_of(price, bands)
    legal = _multiple(price, bands[index].tick, ROUND_FLOOR)
    while legal < bands[index].low:
        # Rounding down left the band: the highest legal price below its edge counts.
        edge, index = bands[index].low, index - 1
        legal = _multiple(edge, bands[index].tick, ROUND_CEILING) - bands[index].tick
    return legal


def _at_or_above(price: Decimal, bands: tuple[_Band, ...]) -> Decimal:
    if price < 0:
        return -_at_or_below(-price, bands)
    index = _band_of(price, bands)
    legal = _multiple(price, bands[index].tick, ROUND_CEILING)
    while index + 1 < len(bands) and legal >= bands[index + 1].low:
        # Rounding up reached the next band: the lowest legal price there counts.
        index += 1
        legal = _multiple(bands[index].low, bands[index].tick, ROUND_CEILING)
    return legal


def _above(price: Decimal, bands: tuple[_Band, ...]) -> Decimal:
    """The lowest legal price above `price`."""
    return _at_or_above(price + _LESS_THAN_ANY_TICK, bands)


def _multiple(price: Decimal, tick: Decimal, rounding: str) -> Decimal:
    return (price / tick).to_integral_value(rounding) * tick
