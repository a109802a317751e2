"""Path: where prices go, as a pure function of seed, stock and time.

Movement is drawn from coarse to fine, each level filling in what the one above left open:

    segments   a random walk over the parts of all sessions, anchored at the start of 2026
    blocks     half hours: a bridge between the ends of a segment
    minutes    a bridge between the ends of a block
    quarters   of a minute: a bridge between its ends
    slots      of 250 ms: a bridge between the ends of a quarter

Each level stays within the extremes that the level above reached at its own points (beyond them it
is reflected). So the high of a day is known from a few dozen half hours, without living through
345,600 slots, and yet is exactly the highest price that any slot of that day shows; the same holds
for each segment, block and minute. Every level has a length, so whatever is asked for costs little:
a year of daily bars needs no minutes, a chart of minutes needs no slots.

Down to minutes a stock moves with the market and its sector; below, by itself.

Owns fair prices. Leaves to `tape` how they are quoted and traded, to `volume` how much.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workstation.simulator.character import Character
from workstation.simulator.noise import Floats, Integers, key_of, normal
from workstation.simulator.sessions import BLOCK_UNITS_PER_YEAR, BlockRows, Segment, Sessions

__all__ = [
    "KNOTS",
    "MINUTES_PER_BLOCK",
    "SLOTS_PER_MINUTE",
    "Blocks",
    "Factors",
    "Minutes",
    "Path",
]

MINUTES_PER_BLOCK = 30
SLOTS_PER_MINUTE = 240
KNOTS = (0, 60, 120, 180, 239)
"""The slots of a minute at which quarters begin, and its last one."""

_ANCHOR_YEAR = 2026
_DRIFT = 0.05
"""Of the logarithm of prices, a year."""
_LOWEST_PRICE = 0.50
_QUARTERS = 4
_SLOTS_PER_QUARTER = 60
_LARGEST_CACHED = 4096
_CACHED_ARRAYS = 256


class Blocks(NamedTuple):
    """Blocks in order of time, as columns."""

    number: Integers
    session: Integers
    segment: Integers
    start: Floats
    end: Floats
    low: Floats
    """Lowest price of the block's segment, which the block may not leave."""
    high: Floats
    deviation: Floats
    """Standard deviation of one minute, in dollars."""
    volume: Floats
    """Share of an average day's volume."""

    def take(self, chosen: object) -> Blocks:
        """The blocks that a mask, slice or index array chooses."""
        return Blocks(*(column[chosen] for column in self))  # type: ignore[call-overload]


class Minutes(NamedTuple):
    """The minutes of blocks; rows are blocks."""

    number: Integers
    """Minutes since 1970, 30 columns."""
    price: Floats
    """31 columns: the start of each minute, and the end of the last."""
    low: Floats
    """Lowest price of each block, which its minutes may not leave; one column."""
    high: Floats
    deviation: Floats
    """Standard deviation of one minute, in dollars; one column."""


class Factors:
    """The noise that stocks share: the market's and each sector's.

    Args:
        seed: names the market.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._cache: dict[tuple[str, str, bytes], Floats] = {}

    def noise(self, name: str, level: str, index: Integers) -> Floats:
        """Standard normal numbers of a factor at one level."""
        if index.size > _LARGEST_CACHED:
            return normal(key_of(self.seed, name, level), index)
        place = (name, level, index.tobytes())
        found = self._cache.get(place)
        if found is None:
            if len(self._cache) >= _CACHED_ARRAYS:
                del self._cache[next(iter(self._cache))]
            found = self._cache[place] = normal(key_of(self.seed, name, level), index)
        return found.reshape(index.shape)


class Path:
    """The fair price of one stock.

    Args:
        character: the stock's traits.
        factors: what it shares with others; names the seed.
        sessions: the division of time.
    """

    def __init__(self, character: Character, factors: Factors, sessions: Sessions) -> None:
        self._character = character
        self._factors = factors
        self._sessions = sessions
        self._keys = {
            level: key_of(factors.seed, "stock", character.key, level)
            for level in ("segment", "block", "minute", "quarter", "slot")
        }
        self._years: dict[int, Floats] = {}

    def segment_ends(self, session: Integers, segment: Integers) -> tuple[Floats, Floats]:
        """Logarithms of the prices at start and end of segments, which are in order of time."""
        years = self._sessions.years
        first, last = int(years[session[0]]), int(years[session[-1]])
        walks = [self._year(year) for year in range(first, last + 1)]
        # The last point of a year is the first of the next.
        walk = np.concatenate([*(part[:-1] for part in walks[:-1]), walks[-1]])
        place = (session - self._sessions.of_year(first)[0]) * len(Segment) + segment
        return walk[place], walk[place + 1]

    def points(self, rows: BlockRows) -> Floats:
        """Prices at the ends of blocks, a row for each of `rows`.

        Column 0 is the start of the segment; rows are padded with their last price.
        """
        noise = np.sqrt(rows.variance) * self._shared_noise("block", rows.number)
        ends = self.segment_ends(rows.session, rows.segment)
        start, end = (column[:, None] for column in ends)
        done = np.cumsum(rows.variance, axis=1)
        done /= done[:, -1:]
        walk = np.cumsum(noise, axis=1)
        bridge = walk - done * walk[:, -1:]
        scale = self._character.volatility / math.sqrt(BLOCK_UNITS_PER_YEAR)
        inner = start + (end - start) * done + scale * bridge
        # The last block ends where the next segment starts, to the last bit.
        logarithms = np.concatenate((start, np.where(done < 1.0, inner, end)), axis=1)
        prices: Floats = np.maximum(np.exp(logarithms), _LOWEST_PRICE)
        return prices

    def blocks(self, rows: BlockRows) -> Blocks:
        """The blocks of some segments, in order of time."""
        points = self.points(rows)
        inside = rows.inside
        start = points[:, :-1]
        scale = self._character.volatility / math.sqrt(BLOCK_UNITS_PER_YEAR * MINUTES_PER_BLOCK)

        def spread(column: NDArray[Any]) -> NDArray[Any]:
            return np.broadcast_to(column[:, None], inside.shape)[inside]

        return Blocks(
            rows.number[inside],
            spread(rows.session),
            spread(rows.segment),
            start[inside],
            points[:, 1:][inside],
            spread(points.min(axis=1)),
            spread(points.max(axis=1)),
            (scale * start * np.sqrt(rows.variance))[inside],
            rows.volume[inside],
        )

    def minutes(self, blocks: Blocks) -> Minutes:
        """The minutes of some blocks."""
        index = blocks.number[:, None] * MINUTES_PER_BLOCK + np.arange(MINUTES_PER_BLOCK)
        deviation = blocks.deviation[:, None]
        steps = deviation * self._shared_noise("minute", index)
        price = _fill(blocks.start, blocks.end, steps, blocks.low, blocks.high)
        return Minutes(
            index,
            price,
            price.min(axis=1, keepdims=True),
            price.max(axis=1, keepdims=True),
            deviation,
        )

    def quarters(self, minutes: Minutes) -> Floats:
        """Prices at the knots of each minute: shape (blocks, 30, 5)."""
        index = minutes.number[:, :, None] * _QUARTERS + np.arange(_QUARTERS)
        steps = normal(self._keys["quarter"], index)
        steps *= (minutes.deviation / math.sqrt(_QUARTERS))[:, :, None]
        shape = minutes.number.shape
        flat = _fill(
            minutes.price[:, :-1].ravel(),
            minutes.price[:, 1:].ravel(),
            steps.reshape(-1, _QUARTERS),
            np.broadcast_to(minutes.low, shape).ravel(),
            np.broadcast_to(minutes.high, shape).ravel(),
        )
        return flat.reshape(*shape, _QUARTERS + 1)

    def slots(self, minute: int, knots: Floats, deviation: float) -> Floats:
        """The price in each of the 240 slots of a minute.

        Args:
            minute: minutes since 1970.
            knots: its five knots.
            deviation: standard deviation of one minute, in dollars.
        """
        place = minute * SLOTS_PER_MINUTE + np.arange(SLOTS_PER_MINUTE)
        steps = normal(self._keys["slot"], place).reshape(_QUARTERS, _SLOTS_PER_QUARTER)
        steps *= deviation / math.sqrt(SLOTS_PER_MINUTE)
        low = np.full(_QUARTERS, knots.min())
        high = np.full(_QUARTERS, knots.max())
        price = _fill(knots[:-1], knots[1:], steps, low, high)[:, :-1].ravel()
        price[KNOTS[-1]] = knots[-1]
        # A minute's first and last price stand for two slots, room for a trade on either side.
        price[1], price[-2] = price[0], price[-1]
        return price

    def _year(self, year: int) -> Floats:
        """Logarithms of the prices at the starts of a year's segments, and of the next year's."""
        found = self._years.get(year)
        if found is not None:
            return found
        steps = np.cumsum(self._year_steps(year))
        if year == _ANCHOR_YEAR:
            start = math.log(self._character.base_price)
        elif year > _ANCHOR_YEAR:
            start = float(self._year(year - 1)[-1])
        else:
            start = float(self._year(year + 1)[0]) - float(steps[-1])
        walk = np.concatenate(((start,), start + steps))
        if year < _ANCHOR_YEAR:
            walk[-1] = self._year(year + 1)[0]
        self._years[year] = walk
        return walk

    def _year_steps(self, year: int) -> Floats:
        first, last = self._sessions.of_year(year)
        place = self._sessions.ordinals[first:last, None] * len(Segment) + np.arange(len(Segment))
        years = (self._sessions.variance[first:last] / BLOCK_UNITS_PER_YEAR).ravel()
        noise = self._shared_noise("segment", place).ravel()
        result: Floats = _DRIFT * years + self._character.volatility * np.sqrt(years) * noise
        return result

    def _shared_noise(self, level: str, index: Integers) -> Floats:
        """Unit noise of the stock: market, sector and its own."""
        traits, factors = self._character, self._factors
        return (
            traits.market_share * factors.noise("market", level, index)
            + traits.sector_share * factors.noise(f"sector {traits.sector}", level, index)
            + traits.own_share * normal(self._keys[level], index)
        )


def _fill(start: Floats, end: Floats, steps: Floats, low: Floats, high: Floats) -> Floats:
    """Bridges from `start` to `end` within `low` and `high`, one a row, ends included."""
    count = steps.shape[1]
    done = np.arange(1, count + 1) / count
    walk = np.cumsum(steps, axis=1)
    path = start[:, None] + (end - start)[:, None] * done + walk - done * walk[:, -1:]
    inner = _reflected(path[:, :-1], low[:, None], high[:, None])
    return np.concatenate((start[:, None], inner, end[:, None]), axis=1)


def _reflected(path: Floats, low: Floats, high: Floats) -> Floats:
    """The path folded back into its bounds wherever it leaves them."""
    width = np.maximum(high - low, 1e-9)
    folded = low + width - np.abs(np.mod(path - low, 2.0 * width) - width)
    result: Floats = np.clip(folded, low, high)
    return result
