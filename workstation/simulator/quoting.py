"""Quoting: bids, asks and trades around the fair price of one stock.

Around the fair price, in ticks, stand a bid some ticks below and an ask some above: a base spread
that is the same for a whole segment, and at times wider for a slot, though never so wide that a
quote leaves the range of its minute. Trades print at the bid, at the ask or at the fair price. A
minute always has a trade at the ask where its price is highest and one at the bid where it is
lowest. So high and low of any bar follow from the extremes of the fair price, and equal what the
ticks of that stretch show.

Owns these rules, as a pure function of seed, stock and time. Leaves the fair price to `path`, how
much trades to `flow`, bars to `tape`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from workstation.simulator.character import Character
from workstation.simulator.flow import Flows
from workstation.simulator.noise import Floats, Integers, key_of, normal, uniform
from workstation.simulator.path import KNOTS, SLOTS_PER_MINUTE

__all__ = ["TICKS", "Margins", "MinutePlan", "MinuteTape", "Quoting", "in_ticks"]

TICKS = 100
"""In a dollar."""

_LAST_SLOT = SLOTS_PER_MINUTE - 1
_EXTREME_SLOTS = np.array([1, *KNOTS[1:-1], _LAST_SLOT - 1])
"""Where the trade at a minute's highest or lowest knot takes place; the first and the last slot
have trades of their own, the open and the close."""

_SPREAD_FACTORS = np.array([2.0, 1.0, 2.0])
"""By segment."""
_AT_BID, _AT_FAIR = 0.46, 0.54
"""A trade takes place at the bid, below the first; at the fair price, below the second."""
_QUOTE_SLOTS = 2
"""How long sizes and widths of quotes last, in slots."""
_LOTS_SPREAD = 0.6
"""Standard deviation of the logarithm of sizes."""


class Margins(NamedTuple):
    """Ticks from the fair price to the bid and to the ask."""

    below: Integers
    above: Integers


class MinutePlan(NamedTuple):
    """What is settled of a minute before its slots are."""

    number: int
    """Minutes since 1970."""
    knots: Integers
    """Fair prices at its knots, in ticks."""
    below: int
    above: int
    volume: int
    trades: int


class MinuteTape(NamedTuple):
    """Quotes and trades of one minute, a row for each of its 240 slots. Prices are in ticks."""

    bid: Integers
    ask: Integers
    trade: Integers
    """Price of the slot's trade; where none takes place, of the last one before."""
    size: Integers
    """Shares of the slot's trade, 0 where none takes place."""
    bid_lots: Integers
    """Hundreds of shares."""
    ask_lots: Integers


class Quoting:
    """How one stock is quoted and traded.

    Args:
        symbol: names the stock.
        character: its traits.
        seed: names the market.
        flows: the sizes of its trades.
    """

    def __init__(self, symbol: str, character: Character, seed: int, flows: Flows) -> None:
        self._character = character
        self._flows = flows
        self._keys = {
            use: key_of(seed, "quoting", symbol, use)
            for use in ("side", "rank", "width", "bid", "ask")
        }

    def margins(self, price: Floats, segment: Integers) -> Margins:
        """The base spread of segments, by the prices with which their sessions start."""
        usual = price * self._character.spread * TICKS * _SPREAD_FACTORS[segment]
        spread = np.maximum(np.rint(usual), 1.0).astype(np.int64)
        return Margins(spread // 2, spread - spread // 2)

    def sides(self, slot: Integers, below: Integers | int, above: Integers | int) -> Integers:
        """Ticks from the fair price to the trade of slots, unless it marks a minute's extreme."""
        side = uniform(self._keys["side"], slot)
        ticks: Integers = np.where(
            side < _AT_BID, np.negative(below), np.where(side < _AT_FAIR, 0, above)
        )
        return ticks

    def minute(self, plan: MinutePlan, fair: Integers) -> MinuteTape:
        """Every slot of a minute.

        Args:
            plan: what is settled of it.
            fair: the fair price of each slot, in ticks.
        """
        slot = plan.number * SLOTS_PER_MINUTE + np.arange(SLOTS_PER_MINUTE)
        wider = self._wider(slot, fair, plan.below + plan.above)
        trade, size = self._trades(slot, fair, plan)
        return MinuteTape(
            fair - plan.below - wider,
            fair + plan.above + wider,
            trade,
            size,
            self._lots("bid", slot // _QUOTE_SLOTS),
            self._lots("ask", (slot + 1) // _QUOTE_SLOTS),
        )

    def _trades(
        self, slot: Integers, fair: Integers, plan: MinutePlan
    ) -> tuple[Integers, Integers]:
        """Price and size of the trade in each slot."""
        high_slot = _EXTREME_SLOTS[np.argmax(plan.knots)]
        # The last of the lowest knots: in a minute without movement it differs from the first.
        low_slot = _EXTREME_SLOTS[len(KNOTS) - 1 - np.argmin(plan.knots[::-1])]
        rank = uniform(self._keys["rank"], slot)
        rank[[*KNOTS, high_slot, low_slot]] = -1.0
        chosen = np.sort(np.argpartition(rank, plan.trades - 1)[: plan.trades])
        price = fair + self.sides(slot, plan.below, plan.above)
        price[high_slot] = fair[high_slot] + plan.above
        price[low_slot] = fair[low_slot] - plan.below
        size = np.zeros(SLOTS_PER_MINUTE, dtype=np.int64)
        size[chosen] = self._flows.trade_sizes(slot[chosen], plan.volume)
        latest = np.zeros(SLOTS_PER_MINUTE, dtype=np.int64)
        latest[chosen] = chosen
        return price[np.maximum.accumulate(latest)], size

    def _wider(self, slot: Integers, fair: Integers, spread: int) -> Integers:
        """By how many ticks each quote is wider than usual, on either side."""
        chance = uniform(self._keys["width"], slot // _QUOTE_SLOTS)
        wider = np.floor(chance**3 * (1.5 + 0.5 * spread)).astype(np.int64)
        wider[0] = wider[-1] = 0
        room: Integers = np.minimum(wider, np.minimum(fair - fair.min(), fair.max() - fair))
        return room

    def _lots(self, side: str, place: Integers) -> Integers:
        usual = self._character.quote_lots
        lots = np.rint(usual * np.exp(_LOTS_SPREAD * normal(self._keys[side], place)))
        return np.maximum(lots, 1.0).astype(np.int64)


def in_ticks(price: Floats) -> Integers:
    """Prices in dollars as whole ticks."""
    ticks: Integers = np.rint(price * TICKS).astype(np.int64)
    return ticks
