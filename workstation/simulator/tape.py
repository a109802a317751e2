"""Tape: the bars of one stock at every level, and the slots they are made of.

Owns what connects the fair price, the volume and the quoting of a stock: bars of segments, blocks
and minutes straight from those levels, slots of single minutes, and what is kept of the session
under way so that the next question costs less. What is kept only saves work: every answer is the
same when it is worked out anew.

Leaves the fair price to `path`, quotes and trades to `quoting`, how much trades to `flow`, who
looks to `market` and `history`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from workstation.simulator.bar_table import NO_BARS, BarTable, joined
from workstation.simulator.character import Character
from workstation.simulator.flow import Flow, Flows
from workstation.simulator.noise import Floats, Integers
from workstation.simulator.path import (
    KNOTS,
    MINUTES_PER_BLOCK,
    SLOTS_PER_MINUTE,
    Blocks,
    Factors,
    Path,
)
from workstation.simulator.quoting import (
    TICKS,
    Margins,
    MinutePlan,
    MinuteTape,
    Quoting,
    in_ticks,
)
from workstation.simulator.sessions import BLOCK_SECONDS, Segment, Sessions

__all__ = ["SHOWN", "SLOTS_PER_SECOND", "Tape"]

SHOWN = ("TRADES", "MIDPOINT", "BID", "ASK")
"""What bars can show."""

SLOTS_PER_SECOND = 4

_MINUTE = 60


class _Stretch(NamedTuple):
    """Fair prices over stretches of time, in ticks, as columns."""

    start: Integers
    end: Integers
    session: Integers
    first: Integers
    highest: Integers
    lowest: Integers
    last: Integers
    typical: Floats


class _Day(NamedTuple):
    """What is kept of one session."""

    session: int
    blocks: Blocks
    flow: Flow
    margins: Margins
    """Of each block."""


class _Block(NamedTuple):
    """What the minutes of one block need."""

    number: int
    knots: Floats
    """30 rows."""
    deviation: float
    flow: Flow
    below: int
    above: int


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
        self.sessions = sessions
        self._path = Path(character, factors, sessions)
        self._flows = Flows(character, factors.seed, symbol)
        self._quoting = Quoting(symbol, character, factors.seed, self._flows)
        self._day: _Day | None = None
        self._block: _Block | None = None

    def segment_bars(self, shown: str, segment: Segment, first: int, last: int) -> BarTable:
        """One bar for that segment of each session from `first` to before `last`."""
        rows = self.sessions.block_rows((segment,), first, last)
        flow = self._flows.blocks(
            rows.number, self.sessions.ordinals[rows.session, None], rows.volume
        )
        edges = self.sessions.bounds(rows.session, rows.segment)
        points = self._path.points(rows)
        # Rows are padded, with their last price; no padding may weigh in the typical one.
        ends = np.where(rows.inside, in_ticks(points[:, 1:]), 0)
        stretch = _stretch(*edges, rows.session, points)
        return self._bars(
            shown,
            stretch._replace(typical=ends.sum(axis=1) / rows.inside.sum(axis=1)),
            Flow(flow.volume.sum(axis=1), flow.trades.sum(axis=1)),
            self._margins_of(rows.session, rows.segment),
        )

    def block_bars(self, shown: str, blocks: Blocks) -> BarTable:
        """A bar for each of some blocks."""
        starts = blocks.number * BLOCK_SECONDS
        prices = self._path.minutes(blocks).price
        return self._bars(
            shown,
            _stretch(starts, starts + BLOCK_SECONDS, blocks.session, prices),
            self._block_flow(blocks),
            self._margins_of(blocks.session, blocks.segment),
        )

    def minute_bars(self, shown: str, blocks: Blocks) -> BarTable:
        """A bar for each minute of some blocks."""
        minutes = self._path.minutes(blocks)
        flow = self._flows.minutes(minutes.number, self._block_flow(blocks))
        margins = self._margins_of(blocks.session, blocks.segment)
        starts = minutes.number.ravel() * _MINUTE
        knots = self._path.quarters(minutes).reshape(-1, len(KNOTS))
        session = np.repeat(blocks.session, MINUTES_PER_BLOCK)
        return self._bars(
            shown,
            _stretch(starts, starts + _MINUTE, session, knots),
            Flow(flow.volume.ravel(), flow.trades.ravel()),
            Margins(*(np.repeat(column, MINUTES_PER_BLOCK) for column in margins)),
        )

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
        session = np.full(SLOTS_PER_MINUTE, self.sessions.at(minute * _MINUTE))
        start = minute * _MINUTE + place // SLOTS_PER_SECOND
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
        day = self._day_of(self.sessions.at(minute * _MINUTE))
        current = minute // MINUTES_PER_BLOCK - int(day.blocks.number[0])
        running = Segment(int(day.blocks.segment[current]))
        parts = [
            self._segment_bar(shown, day, segment) for segment in segments if segment < running
        ]
        if running in segments:
            first = int(np.searchsorted(day.blocks.segment, running))
            parts.append(self.block_bars(shown, day.blocks.take(slice(first, current))))
            parts.append(self._minutes_until(shown, day.session, minute))
        return joined(*parts) if parts else NO_BARS

    def blocks(self, segments: tuple[Segment, ...], first: int, last: int) -> Blocks:
        """The blocks of some segments of sessions `first` to before `last`."""
        return self._path.blocks(self.sessions.block_rows(segments, first, last))

    def fair_at_start(self, session: Integers) -> Floats:
        """The fair prices, in dollars, with which sessions start, which are in order of time."""
        prices: Floats = np.exp(self._path.segment_ends(session, np.zeros_like(session))[0])
        return prices

    def middle(self, minute: int) -> float:
        """The middle of the quote with which a minute starts, in dollars."""
        day = self._day_of(self.sessions.at(minute * _MINUTE))
        place = minute // MINUTES_PER_BLOCK - int(day.blocks.number[0])
        prices = self._path.minutes(day.blocks.take(slice(place, place + 1))).price
        fair = int(in_ticks(prices)[0, minute % MINUTES_PER_BLOCK])
        below, above = (int(column[place]) for column in day.margins)
        return (fair + (above - below) / 2) / TICKS

    def official_close(self, session: int) -> int:
        """The last trade of a session's regular hours, in ticks."""
        place = np.array([session]), np.array([int(Segment.REGULAR)])
        end = self.sessions.bounds(*place)[1] * SLOTS_PER_SECOND - 1
        fair = in_ticks(np.exp(self._path.segment_ends(*place)[1]))
        return int((fair + self._quoting.sides(end, *self._margins_of(*place)))[0])

    def minute(self, minute: int) -> MinuteTape:
        """Every slot of a minute."""
        block = self._block_of(minute // MINUTES_PER_BLOCK)
        row = minute % MINUTES_PER_BLOCK
        knots = block.knots[row]
        plan = MinutePlan(
            minute,
            in_ticks(knots),
            block.below,
            block.above,
            int(block.flow.volume[row]),
            int(block.flow.trades[row]),
        )
        return self._quoting.minute(
            plan, in_ticks(self._path.slots(minute, knots, block.deviation))
        )

    def _segment_bar(self, shown: str, day: _Day, segment: Segment) -> BarTable:
        """A segment of the day that is kept, as `segment_bars` would make it."""
        first, end = np.searchsorted(day.blocks.segment, (segment, segment + 1)).tolist()
        blocks = day.blocks.take(slice(first, end))
        prices = np.stack((blocks.start[0], blocks.low[0], blocks.high[0], blocks.end[-1]))
        start, last = blocks.number[:1] * BLOCK_SECONDS, blocks.number[-1:] * BLOCK_SECONDS
        stretch = _stretch(start, last + BLOCK_SECONDS, blocks.session[:1], prices[None, :])
        return self._bars(
            shown,
            stretch._replace(typical=in_ticks(blocks.end).mean(keepdims=True)),
            Flow(*(column[first:end].sum(keepdims=True) for column in day.flow)),
            Margins(*(column[first : first + 1] for column in day.margins)),
        )

    def _minutes_until(self, shown: str, session: int, minute: int) -> BarTable:
        """The minutes of a block before one of its minutes."""
        block = self._block_of(minute // MINUTES_PER_BLOCK)
        count = minute % MINUTES_PER_BLOCK
        starts = np.arange(minute - count, minute) * _MINUTE
        return self._bars(
            shown,
            _stretch(starts, starts + _MINUTE, np.full(count, session), block.knots[:count]),
            Flow(*(column[:count] for column in block.flow)),
            Margins(np.full(count, block.below), np.full(count, block.above)),
        )

    def _bars(self, shown: str, stretch: _Stretch, flow: Flow, margins: Margins) -> BarTable:
        below, above = margins
        if shown == "TRADES":
            opened = 2 * (
                stretch.first + self._quoting.sides(stretch.start * SLOTS_PER_SECOND, *margins)
            )
            closed = 2 * (
                stretch.last + self._quoting.sides(stretch.end * SLOTS_PER_SECOND - 1, *margins)
            )
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

    def _margins_of(self, session: Integers, segment: Integers) -> Margins:
        """Of segments of sessions, which are in order of time."""
        if not len(session):
            return Margins(session, session)
        return self._quoting.margins(self.fair_at_start(session), segment)

    def _block_flow(self, blocks: Blocks) -> Flow:
        return self._flows.blocks(
            blocks.number, self.sessions.ordinals[blocks.session], blocks.volume
        )

    def _day_of(self, session: int) -> _Day:
        if self._day is None or self._day.session != session:
            blocks = self.blocks(tuple(Segment), session, session + 1)
            flow = self._block_flow(blocks)
            self._day = _Day(
                session, blocks, flow, self._margins_of(blocks.session, blocks.segment)
            )
        return self._day

    def _block_of(self, number: int) -> _Block:
        if self._block is None or self._block.number != number:
            day = self._day_of(self.sessions.at(number * BLOCK_SECONDS))
            place = number - int(day.blocks.number[0])
            minutes = self._path.minutes(day.blocks.take(slice(place, place + 1)))
            flow = self._flows.minutes(
                minutes.number, Flow(*(column[[place]] for column in day.flow))
            )
            self._block = _Block(
                number,
                self._path.quarters(minutes)[0],
                float(day.blocks.deviation[place]),
                Flow(flow.volume[0], flow.trades[0]),
                int(day.margins.below[place]),
                int(day.margins.above[place]),
            )
        return self._block


def _stretch(start: Integers, end: Integers, session: Integers, prices: Floats) -> _Stretch:
    """From fair prices at points in order of time, one row a stretch."""
    ticks = in_ticks(prices)
    return _Stretch(
        start,
        end,
        session,
        ticks[:, 0],
        ticks.max(axis=1),
        ticks.min(axis=1),
        ticks[:, -1],
        ticks.mean(axis=1),
    )
