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

__all__ = ["LEVELS", "Level", "levels"]

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
    period = time_ns // _HOLDS_NS
    unit = 100 if size % 100 == 0 else 1
    typical = max(size, 2 * unit)
    for place in range(1, LEVELS):
        price = round(best + step * place, 4)
        if price <= 0:
            return
        chance = (hashed_one(key, round(price * 10_000) * 2 + bids + (period << 40)) >> 32) * (
            _PER_32_BITS
        )
        wanted = typical * (0.4 + 1.2 * chance) * (1 + _GROWTH * place)
        yield price, max(unit, int(wanted) // unit * unit)
