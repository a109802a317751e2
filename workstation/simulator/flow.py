"""Flow: how many shares trade, in how many trades, as a pure function of seed, stock and time.

What a half hour trades is drawn first; its minutes, and then the trades of a minute, are parts of
that, cut so that nothing is lost to rounding. Volumes of coarse bars are therefore exactly the sums
of finer ones. Leaves prices to `path`, and which slots trade to `tape`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from workstation.simulator.character import Character
from workstation.simulator.noise import Floats, Integers, key_of, normal, uniform
from workstation.simulator.path import MINUTES_PER_BLOCK

__all__ = ["Flow", "Flows"]

_FEWEST_TRADES_A_MINUTE = 8
"""Enough for the trades that a minute's bar needs: its open, close, high, low and quarters."""
_FEWEST_TRADES = _FEWEST_TRADES_A_MINUTE * MINUTES_PER_BLOCK
_MOST_TRADES = 90 * MINUTES_PER_BLOCK
"""Of a block; its busiest minute then has fewer trades than it has slots."""
_FEWEST_SHARES_A_TRADE = 4
_DAY_SPREAD, _BLOCK_SPREAD = 0.3, 0.25
"""Standard deviations of the logarithm of volume."""


class Flow(NamedTuple):
    """Shares and trades, as columns of equal shape."""

    volume: Integers
    trades: Integers


class Flows:
    """The volume of one stock.

    Args:
        character: the stock's traits.
        seed: names the market.
        symbol: names the stock; classes of shares trade apart, though their prices move together.
    """

    def __init__(self, character: Character, seed: int, symbol: str) -> None:
        self._daily_volume = character.daily_volume
        self._shares_per_trade = character.shares_per_trade
        self._keys = {
            level: key_of(seed, "flow", symbol, level)
            for level in ("day", "block", "minute", "slot")
        }

    def blocks(self, number: Integers, day: Integers, share: Floats) -> Flow:
        """What blocks trade.

        Args:
            number: numbers of the blocks.
            day: ordinals of their sessions' dates, in any shape that fits.
            share: usual shares of a day's volume; nothing trades where it is 0.
        """
        mood = _DAY_SPREAD * normal(self._keys["day"], day)
        mood = mood + _BLOCK_SPREAD * normal(self._keys["block"], number)
        volume = np.rint(self._daily_volume * share * np.exp(mood)).astype(np.int64)
        trades = np.clip(
            np.rint(volume / self._shares_per_trade).astype(np.int64), _FEWEST_TRADES, _MOST_TRADES
        )
        volume = np.maximum(volume, _FEWEST_SHARES_A_TRADE * trades)
        return Flow(np.where(share > 0.0, volume, 0), np.where(share > 0.0, trades, 0))

    def minutes(self, number: Integers, blocks: Flow) -> Flow:
        """What the minutes of blocks trade: one row a block, 30 columns.

        Args:
            number: minutes since 1970, of that shape.
            blocks: what their blocks trade.
        """
        weight = 0.6 + 0.8 * uniform(self._keys["minute"], number)
        trades = _FEWEST_TRADES_A_MINUTE + _parts(blocks.trades - _FEWEST_TRADES, weight)
        volume = trades + _parts(blocks.volume - blocks.trades, weight * trades)
        return Flow(volume, trades)

    def trade_sizes(self, place: Integers, volume: int) -> Integers:
        """The sizes of a minute's trades, which add up to its volume.

        Args:
            place: the slots they take place in, counted since 1970.
            volume: shares of the minute, at least one for each trade.
        """
        weight = np.exp(0.9 * normal(self._keys["slot"], place))
        parts = _parts(np.array([volume - len(place)]), weight[None, :])
        sizes: Integers = 1 + parts[0]
        return sizes


def _parts(total: Integers, weight: Floats) -> Integers:
    """Whole numbers in proportion to weights, which add up to each row's total exactly."""
    reached = np.cumsum(weight, axis=1)
    reached /= reached[:, -1:]
    marks = np.floor(total[:, None] * reached).astype(np.int64)
    return np.diff(marks, axis=1, prepend=0)
