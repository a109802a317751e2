"""Liquidity: what the simulated market offers behind its best price.

A quote shows the best price of each side and its size. Behind it stand further prices, a tick
apart, whose sizes are a pure function of seed, instrument, price and time, and grow with the
distance. So depth can be shown and a large order can walk through it, and both see the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workstation.model import PriceIncrement
from workstation.risk.ticks import tick_at
from workstation.simulator.noise import hashed_one

__all__ = ["LEVELS", "Level", "levels", "reaches"]

LEVELS = 40
"""Prices on each side; behind the last one there is nothing until the quote changes."""

Level = tuple[float, int]
"""A price, and the size that is offered there."""

_HOLDS_NS = 4_000_000_000
"""How long a size behind the best price stays."""
_GROWTH = 0.15
"""How much more is offered with each tick."""
_PER_32_BITS = 2.0**-32


def levels(
    key: int,
    best: float | None,
    size: int,
    time_ns: int,
    increments: Sequence[PriceIncrement],
    *,
    bids: bool,
) -> Iterator[Level]:
    """What one side offers, best price first.

    Args:
        key: names the seed and the instrument.
        best: its best price; None when there is nobody.
        size: what stands there.
        time_ns: when the quote came to be.
        increments: the price steps.
        bids: whether it is the side of those who buy.
    """
    if best is None or size <= 0:
        return
    yield best, size
    step = float(tick_at(best, increments)) * (-1 if bids else 1)
    for place in range(1, LEVELS):
        price = round(best + step * place, 4)
        if price <= 0:
            return
        yield price, _size_behind(key, size, place, price, time_ns, bids=bids)


def reaches(
    best: float | None, price: float, increments: Sequence[PriceIncrement], *, bids: bool
) -> bool:
    """Whether a price lies within what a side offers, from its best price to its last."""
    if best is None:
        return False
    behind = best - price if bids else price - best
    return 0 <= round(behind, 4) < LEVELS * float(tick_at(best, increments))


def _size_behind(key: int, size: int, place: int, price: float, time_ns: int, *, bids: bool) -> int:
    """What stands some ticks behind the best price, of which `size` is shown."""
    unit = 100 if size % 100 == 0 else 1
    index = round(price * 10_000) * 2 + bids + (time_ns // _HOLDS_NS << 40)
    chance = (hashed_one(key, index) >> 32) * _PER_32_BITS
    wanted = max(size, 2 * unit) * (0.4 + 1.2 * chance) * (1 + _GROWTH * place)
    return max(unit, int(wanted) // unit * unit)
