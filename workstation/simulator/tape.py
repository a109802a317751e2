"""Tape: how one stock's fair price is quoted and traded.

Around the fair price, in ticks, stand a bid some ticks below and an ask some above: a base spread
that is the same for a whole segment, and at times wider for a slot, though never so wide that a
quote leaves the range of its minute. Trades print at the bid, at the ask or at the fair price. A
minute always has a trade at the ask where its price is highest and one at the bid where it is
lowest. So high and low of any bar follow from the extremes of the fair price, at each level of
`path`, and equal what the ticks of that stretch show.

Owns quotes, trades and bars of one stock. Leaves the fair price to `path`, how much trades to
`flow`, who looks to `market` and `history`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from workstation.simulator.bar_table import NO_BARS, BarTable, joined
from workstation.simulator.character import Character
from workstation.simulator.flow import Flow, Flows
from workstation.simulator.noise import Floats, Integers, key_of, normal, uniform
from workstation.simulator.path import (
    KNOTS,
    MINUTES_PER_BLOCK,
    SLOTS_PER_MINUTE,
    Blocks,
    Factors,
    Path,
)
from workstation.simulator.sessions import BLOCK_SECONDS, Segment, Sessions

__all__ = ["SHOWN", "SLOTS_PER_SECOND", "TICKS", "MinuteTape", "Tape"]

SHOWN = ("TRADES", "MIDPOINT", "BID", "ASK")
"""What bars can show."""

TICKS = 100
"""In a dollar."""
SLOTS_PER_SECOND = 4

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


class _Margins(NamedTuple):
    """Ticks from the fair price to the bid and to the ask."""

    below: Integers
    above: Integers


class _Stretch(NamedTuple):
    """Fair prices over stretches of time, in ticks, as columns."""

    start: Integers
    end: Integers
    segment: Integers
    session: Integers
    first: Integers
    highest: Integers
    lowest: Integers
    last: Integers
    typical: Floats


class _Block(NamedTuple):
    """What the minutes of one block need."""

    number: int
    knots: Floats
    """30 rows."""
    deviation: float
    flow: Flow
    margins: _Margins


class Tape:
    """The quotes, trades and bars of one stock.

    Args:
        symbol: names the stock.
        character: its traits.
        factors: what it shares with others; names the seed.
        sessions: the division of time.
    """

    def __init__(
        self, symbol: str, character: Character, factors: Factors, sessions: Sessions
    ) -> None:
        self._character = character
        self._sessions = sessions
        self._path = Path(character, factors, sessions)
        self._flows = Flows(character, factors.seed, symbol)
        self._keys = {
            use: key_of(factors.seed, "tape", symbol, use)
            for use in ("side", "rank", "width", "bid", "ask")
        }
        self._session: tuple[int, Blocks] | None = None
        self._block: _Block | None = None

    def segment_bars(self, shown: str, segment: Segment, first: int, last: int) -> BarTable:
        """One bar for that segment of each session from `first` to before `last`."""
        points = self._path.points(segment, first, last)
        rows = self._sessions.block_rows(segment, first, last)
        flow = self._flows.blocks(
            rows.number, self._sessions.ordinals[first:last, None], rows.volume
        )
        starts, ends = (edge[first:last] for edge in self._sessions.bounds(segment))
        session = np.arange(first, last)
        segments = np.full(last - first, int(segment))
        # Rows are padded with their last price, which may weigh in the typical one.
        stretch = _stretch(starts, ends, segments, session, points.price)
        return self._bars(shown, stretch, Flow(flow.volume.sum(axis=1), flow.trades.sum(axis=1)))

    def block_bars(self, shown: str, blocks: Blocks) -> BarTable:
        """A bar for each of some blocks."""
        starts = blocks.number * BLOCK_SECONDS
        prices = self._path.minutes(blocks).price
        stretch = _stretch(starts, starts + BLOCK_SECONDS, blocks.segment, blocks.session, prices)
        return self._bars(shown, stretch, self._block_flow(blocks))

    def minute_bars(self, shown: str, blocks: Blocks) -> BarTable:
        """A bar for each minute of some blocks."""
        minutes = self._path.minutes(blocks)
        flow = self._flows.minutes(minutes.number, self._block_flow(blocks))
        starts = minutes.number.ravel() * 60
        session = np.repeat(blocks.session, MINUTES_PER_BLOCK)
        segment = np.repeat(blocks.segment, MINUTES_PER_BLOCK)
        knots = self._path.quarters(minutes).reshape(-1, len(KNOTS))
        stretch = _stretch(starts, starts + 60, segment, session, knots)
        return self._bars(shown, stretch, Flow(flow.volume.ravel(), flow.trades.ravel()))

    def slot_bars(self, shown: str, minute: int, slots: int = SLOTS_PER_MINUTE) -> BarTable:
        """A bar for each of the first `slots` slots of a minute; for TRADES, where it trades."""
        tape = self.minute(minute)
        price = {
            "TRADES": 2 * tape.trade,
            "MIDPOINT": tape.bid + tape.ask,
            "BID": 2 * tape.bid,
            "ASK": 2 * tape.ask,
        }[shown]
        place = np.arange(SLOTS_PER_MINUTE)
        session = np.full(SLOTS_PER_MINUTE, self._sessions.at(minute * 60))
        start = minute * 60 + place // SLOTS_PER_SECOND
        traded = tape.size > 0
        chosen = (place < slots) & (traded | (shown != "TRADES"))
        turnover = (price * tape.size).astype(np.float64)
        return BarTable(
            start, session, price, price, price, price, tape.size, traded.astype(np.int64), turnover
        ).take(chosen)

    def bars_until(
        self, shown: str, minute: int, segments: tuple[Segment, ...] = tuple(Segment)
    ) -> BarTable:
        """Bars of many lengths that together cover the session of a minute, up to that minute.

        Args:
            segments: the segments that count.
        """
        session = self._sessions.at(minute * 60)
        blocks = self.blocks(session)
        number = minute // MINUTES_PER_BLOCK
        current = blocks.take(blocks.number == number)
        running = Segment(int(current.segment[0]))
        parts = [
            self.segment_bars(shown, segment, session, session + 1)
            for segment in segments
            if segment < running
        ]
        if running in segments:
            before = (blocks.segment == running) & (blocks.number < number)
            parts.append(self.block_bars(shown, blocks.take(before)))
            parts.append(self.minute_bars(shown, current).take(slice(minute % MINUTES_PER_BLOCK)))
        return joined(*parts) if parts else NO_BARS

    def blocks(self, session: int) -> Blocks:
        """The blocks of one session."""
        if self._session is None or self._session[0] != session:
            self._session = session, self._path.blocks(session, session + 1)
        return self._session[1]

    def blocks_between(self, first: int, last: int) -> Blocks:
        """The blocks of sessions `first` to before `last`."""
        return self._path.blocks(first, last)

    def minute(self, minute: int) -> MinuteTape:
        """Every slot of a minute."""
        block = self._block_of(minute // MINUTES_PER_BLOCK)
        row = minute % MINUTES_PER_BLOCK
        knots = block.knots[row]
        fair = _ticks(self._path.slots(minute, knots, block.deviation))
        below, above = int(block.margins.below[0]), int(block.margins.above[0])
        number = minute * SLOTS_PER_MINUTE + np.arange(SLOTS_PER_MINUTE)
        wider = np.minimum(self._widths(number, below + above), _room(fair))
        trade, size = self._trades(
            number,
            fair,
            _ticks(knots),
            block.margins,
            int(block.flow.volume[row]),
            int(block.flow.trades[row]),
        )
        lots = self._character.quote_lots
        return MinuteTape(
            fair - below - wider,
            fair + above + wider,
            trade,
            size,
            _lots(lots, self._keys["bid"], number // _QUOTE_SLOTS),
            _lots(lots, self._keys["ask"], (number + 1) // _QUOTE_SLOTS),
        )

    def _trades(
        self,
        number: Integers,
        fair: Integers,
        knots: Integers,
        margins: _Margins,
        volume: int,
        count: int,
    ) -> tuple[Integers, Integers]:
        """Price and size of the trade in each slot."""
        high_slot = _EXTREME_SLOTS[np.argmax(knots)]
        # The last of the lowest knots: in a minute without movement it differs from the first.
        low_slot = _EXTREME_SLOTS[len(KNOTS) - 1 - np.argmin(knots[::-1])]
        rank = uniform(self._keys["rank"], number)
        rank[[*KNOTS, high_slot, low_slot]] = -1.0
        chosen = np.sort(np.argpartition(rank, count - 1)[:count])
        price = fair + self._sides(number, margins)
        price[high_slot] = fair[high_slot] + margins.above[0]
        price[low_slot] = fair[low_slot] - margins.below[0]
        size = np.zeros(SLOTS_PER_MINUTE, dtype=np.int64)
        size[chosen] = self._flows.trade_sizes(number[chosen], volume)
        latest = np.zeros(SLOTS_PER_MINUTE, dtype=np.int64)
        latest[chosen] = chosen
        return price[np.maximum.accumulate(latest)], size

    def _sides(self, number: Integers, margins: _Margins) -> Integers:
        """Ticks from the fair price to the trade, where a slot's trade is not at an extreme."""
        side = uniform(self._keys["side"], number)
        return np.where(side < _AT_BID, -margins.below, np.where(side < _AT_FAIR, 0, margins.above))

    def _widths(self, number: Integers, spread: int) -> Integers:
        """By how many ticks a quote is wider than usual, on each side."""
        chance = uniform(self._keys["width"], number // _QUOTE_SLOTS)
        width = np.floor(chance**3 * (1.5 + 0.5 * spread)).astype(np.int64)
        width[0] = width[-1] = 0
        return width

    def _bars(self, shown: str, stretch: _Stretch, flow: Flow) -> BarTable:
        margins = self._margins(stretch.segment, stretch.session)
        below, above = margins
        if shown == "TRADES":
            opened = 2 * (stretch.first + self._sides(stretch.start * SLOTS_PER_SECOND, margins))
            closed = 2 * (stretch.last + self._sides(stretch.end * SLOTS_PER_SECOND - 1, margins))
            high, low = 2 * (stretch.highest + above), 2 * (stretch.lowest - below)
        else:
            shift = {"MIDPOINT": above - below, "BID": -2 * below, "ASK": 2 * above}[shown]
            opened, closed = 2 * stretch.first + shift, 2 * stretch.last + shift
            high, low = 2 * stretch.highest + shift, 2 * stretch.lowest + shift
        typical = np.clip(2.0 * stretch.typical + above - below, low, high)
        return BarTable(
            stretch.start,
            stretch.session,
            opened,
            high,
            low,
            closed,
            flow.volume,
            flow.trades,
            typical * flow.volume,
        )

    def _margins(self, segment: Integers, session: Integers) -> _Margins:
        """Of segments of sessions, which are in order of time."""
        if not len(session):
            return _Margins(session, session)
        first, last = int(session[0]), int(session[-1]) + 1
        price = np.exp(self._path.segment_ends(Segment.BEFORE, first, last)[0])
        usual = price[:, None] * self._character.spread * TICKS * _SPREAD_FACTORS
        spread = np.maximum(np.rint(usual), 1.0).astype(np.int64)[session - first, segment]
        return _Margins(spread // 2, spread - spread // 2)

    def _block_flow(self, blocks: Blocks) -> Flow:
        return self._flows.blocks(
            blocks.number, self._sessions.ordinals[blocks.session], blocks.volume
        )

    def _block_of(self, number: int) -> _Block:
        if self._block is None or self._block.number != number:
            blocks = self.blocks(self._sessions.at(number * BLOCK_SECONDS))
            block = blocks.take(blocks.number == number)
            minutes = self._path.minutes(block)
            flow = self._flows.minutes(minutes.number, self._block_flow(block))
            self._block = _Block(
                number,
                self._path.quarters(minutes)[0],
                float(block.deviation[0]),
                Flow(flow.volume[0], flow.trades[0]),
                self._margins(block.segment, block.session),
            )
        return self._block


def _stretch(
    start: Integers, end: Integers, segment: Integers, session: Integers, prices: Floats
) -> _Stretch:
    """From fair prices at points in order of time, one row a stretch."""
    ticks = _ticks(prices)
    return _Stretch(
        start,
        end,
        segment,
        session,
        ticks[:, 0],
        ticks.max(axis=1),
        ticks.min(axis=1),
        ticks[:, -1],
        ticks.mean(axis=1),
    )


def _ticks(price: Floats) -> Integers:
    ticks: Integers = np.rint(price * TICKS).astype(np.int64)
    return ticks


def _room(fair: Integers) -> Integers:
    """How far each slot's price is from the nearer extreme of its minute."""
    room: Integers = np.minimum(fair - fair.min(), fair.max() - fair)
    return room


def _lots(usual: float, key: int, place: Integers) -> Integers:
    lots: Integers = np.maximum(np.rint(usual * np.exp(0.6 * normal(key, place))), 1.0).astype(
        np.int64
    )
    return lots
