"""History: bars of any stock over any stretch, computed from the prices that ticks show.

Bars of a day and more are made of segments, bars of half an hour and more of blocks, shorter ones
of minutes, and bars of seconds of slots; the bar that holds the present ends with the newest slot.
All levels agree, so which one is used shows only in the time it takes.

Days are sessions: without regular hours alone, a day reaches from midnight in New York to midnight
before the next trading day. Weeks and months end with their last trading day and carry its date.

Owns which bars answer a request. Leaves to `bar_request` what requests may say, to `tape` the fine
bars, to the server how dates are written and which error codes go out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from workstation.errors import InvalidValue
from workstation.simulator.bar_request import (
    DAY,
    MINUTE,
    BarRequest,
    BarSize,
    Duration,
    parse_bar_size,
    parse_duration,
    parse_end,
    parse_shown,
)
from workstation.simulator.bar_table import HALF_TICKS, NO_BARS, BarTable, joined, merged
from workstation.simulator.market import Market
from workstation.simulator.noise import Integers
from workstation.simulator.sessions import BLOCK_SECONDS, Segment, Sessions
from workstation.simulator.tape import SLOTS_PER_SECOND, Tape

__all__ = ["BarColumns", "BarRequest", "History"]

_HEAD_YEAR = 2006
_MOST_BARS = 50_000
_MOST_SECONDS_OF_SLOTS = 28_800
"""Working out slots costs most."""
_SLOTS_PER_MINUTE = MINUTE * SLOTS_PER_SECOND


class BarColumns(NamedTuple):
    """Bars as columns of equal length, oldest first."""

    starts: list[int]
    """Seconds since 1970. For bars of a day and more: midnight in New York of the (last) day."""
    open: list[float]
    high: list[float]
    low: list[float]
    close: list[float]
    volume: list[int]
    """Shares; -1 for anything but TRADES, as are `average` and `trades`."""
    average: list[float]
    """Average price, weighted by volume."""
    trades: list[int]
    """Number of trades."""
    whole_days: bool
    """Whether dates are days (`YYYYMMDD`) whatever form of dates was asked for."""
    first: int
    """The stretch that was covered, in seconds since 1970."""
    last: int


class _Window(NamedTuple):
    """A request, understood."""

    tape: Tape
    size: BarSize
    shown: str
    segments: tuple[Segment, ...]
    first: int
    """Where bars begin, in seconds since 1970."""
    until: int
    """The first slot that bars do not hold any more, counted since 1970."""


class History:
    """Bars of the stocks of a market.

    Args:
        market: whose prices.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._head = market.sessions.of_year(_HEAD_YEAR)[0]

    def bars(self, request: BarRequest, now_ns: int | None = None) -> BarColumns:
        """The bars, the last one still open when it holds the present.

        Raises:
            InvalidValue: a field is not legal; it names the field, the value and what is.
            RequestError: 200, no such stock.
        """
        window = self._window(request, self._market.now() if now_ns is None else now_ns)
        if window.until <= window.first * SLOTS_PER_SECOND:
            return _columns(NO_BARS, window)
        self._refuse_too_many(request, window)
        if window.size.unit == "intraday":
            return _columns(self._intraday(window), window)
        return _columns(self._days(window), window)

    def current_bar(self, request: BarRequest, now_ns: int | None = None) -> BarColumns:
        """Only the newest bar of a request, for keeping a chart up to date.

        Raises:
            InvalidValue, RequestError: as `bars`.
        """
        size = parse_bar_size(request.bar_size)
        shortest = {"intraday": f"{size.seconds} S", "day": "1 D", "week": "1 W", "month": "1 M"}
        columns = self.bars(request._replace(duration=shortest[size.unit], end=""), now_ns)
        return columns._replace(
            **{name: getattr(columns, name)[-1:] for name in BarColumns._fields[:8]}
        )

    def head(self, symbol: str, *, use_regular_hours: bool = True) -> int:
        """The first instant that bars reach back to, in seconds since 1970.

        Raises:
            RequestError: 200, no such stock.
        """
        self._market.tape(symbol)
        segment = Segment.REGULAR if use_regular_hours else Segment.BEFORE
        return self._market.sessions.start(self._head, segment)

    def _window(self, request: BarRequest, now_ns: int) -> _Window:
        size = parse_bar_size(request.bar_size)
        duration = parse_duration(request.duration)
        shown = parse_shown(request.what_to_show)
        end = parse_end(request.end)
        segments = (Segment.REGULAR,) if request.use_regular_hours else tuple(Segment)
        tape = self._market.tape(request.symbol)
        until = self._market.slot_at(request.symbol, now_ns) + 1
        if end is not None:
            until = min(until, end * SLOTS_PER_SECOND)
        first = self._first(duration, segments, until)
        if size.unit == "intraday":
            first = self._bar_start(first, size, segments)
        return _Window(tape, size, shown, segments, first, until)

    def _first(self, duration: Duration, segments: tuple[Segment, ...], until: int) -> int:
        """Where bars begin: `duration` before the slot `until`, counted in time that trades."""
        sessions = self._market.sessions
        head = sessions.start(self._head, segments[0])
        end = -(-until // SLOTS_PER_SECOND)
        if end <= head:
            return head
        last = sessions.at(end - 1)
        if sessions.start(last, segments[0]) >= end:
            last -= 1
        if duration.unit == "S":
            return max(head, _seconds_back(sessions, segments, end, duration.number))
        first = max(self._head, _session_back(sessions, last, duration))
        return sessions.start(first, segments[0])

    def _bar_start(self, second: int, size: BarSize, segments: tuple[Segment, ...]) -> int:
        """Where the bar that holds an instant begins: bars come whole, counted from midnight."""
        sessions = self._market.sessions
        session = sessions.at(second)
        midnight = sessions.start(session, Segment.BEFORE)
        begin = second - (second - midnight) % size.seconds
        return max(begin, sessions.start(session, segments[0]))

    def _refuse_too_many(self, request: BarRequest, window: _Window) -> None:
        seconds = self._traded_seconds(window)
        most = _MOST_BARS * window.size.seconds
        if window.size.seconds < MINUTE:
            most = min(most, _MOST_SECONDS_OF_SLOTS)
        if seconds > most + window.size.seconds:
            raise InvalidValue(
                "duration",
                request.duration,
                f"bars of {request.bar_size} reach over at most {most} seconds of trading",
            )

    def _traded_seconds(self, window: _Window) -> int:
        sessions = self._market.sessions
        end = -(-window.until // SLOTS_PER_SECOND)
        session = np.arange(sessions.at(window.first), sessions.at(end - 1) + 1)
        starts = sessions.bounds(session, np.full_like(session, window.segments[0]))[0]
        ends = sessions.bounds(session, np.full_like(session, window.segments[-1]))[1]
        traded = np.minimum(ends, end) - np.maximum(starts, window.first)
        return int(np.maximum(traded, 0).sum())

    def _days(self, window: _Window) -> BarTable:
        sessions, tape = self._market.sessions, window.tape
        first = sessions.at(window.first)
        last = sessions.at((window.until - 1) // SLOTS_PER_SECOND)
        over = sessions.end(last, window.segments[-1]) * SLOTS_PER_SECOND <= window.until
        whole = last + 1 if over else last
        parts = [
            tape.segment_bars(window.shown, segment, first, whole)
            for segment in window.segments
            if whole > first
        ]
        if not over:
            parts.append(_running(window))
        table = joined(*parts)
        table = table.take(np.argsort(table.start, kind="stable"))
        days = merged(table, table.session)
        days = merged(days, _periods(sessions, days.session, window.size.unit))
        return days._replace(start=sessions.starts[days.session])

    def _intraday(self, window: _Window) -> BarTable:
        sessions = self._market.sessions
        fine = _slots(window) if window.size.seconds < MINUTE else _minutes(sessions, window)
        midnight = sessions.starts[fine.session]
        start = fine.start - (fine.start - midnight) % window.size.seconds
        if window.segments == (Segment.REGULAR,):
            start = np.maximum(start, sessions.opens[fine.session])
        table = merged(fine._replace(start=start), start)
        return _filled(table, window) if window.size.seconds < MINUTE else table


def _seconds_back(sessions: Sessions, segments: tuple[Segment, ...], end: int, seconds: int) -> int:
    """The instant before `end` since when that many seconds have traded."""
    session = sessions.at(end - 1)
    while session > 0:
        begin = sessions.start(session, segments[0])
        close = min(end, sessions.end(session, segments[-1]))
        if close - begin >= seconds:
            return close - seconds
        seconds -= max(0, close - begin)
        session -= 1
    return sessions.start(0, segments[0])


def _session_back(sessions: Sessions, last: int, duration: Duration) -> int:
    """The first session of a duration that ends with session `last`."""
    if duration.unit == "D":
        return last - duration.number + 1
    day = np.datetime64(sessions.dates[last], "D")
    if duration.unit == "W":
        return sessions.of((day - 7 * duration.number).item()) + 1
    months = duration.number * (12 if duration.unit == "Y" else 1)
    month = day.astype("datetime64[M]")
    start = month - months
    # The same day of an earlier month; the last day of a shorter one.
    earlier = min(
        start.astype("datetime64[D]") + (day - month), (start + 1).astype("datetime64[D]") - 1
    )
    return sessions.of(earlier.item()) + 1


def _periods(sessions: Sessions, session: Integers, unit: str) -> Integers:
    """The number of the day, week or month that each session belongs to."""
    day = sessions.ordinals[session]
    if unit == "day":
        return day
    if unit == "week":
        # Ordinal 1 was a Monday.
        return (day - 1) // 7
    dates = [sessions.dates[one] for one in session.tolist()]
    return np.array([date.year * 12 + date.month for date in dates])


def _running(window: _Window) -> BarTable:
    """Bars that cover the session that is under way, up to the newest slot."""
    minute, slots = divmod(window.until, _SLOTS_PER_MINUTE)
    before = window.tape.bars_until(window.shown, minute, window.segments)
    if not slots or not _is_open(window, minute):
        return before
    return joined(before, window.tape.slot_bars(window.shown, minute, slots))


def _is_open(window: _Window, minute: int) -> bool:
    """Whether a minute lies in a segment that counts."""
    sessions = window.tape.sessions
    session = sessions.at(minute * MINUTE)
    start, end = (
        sessions.start(session, window.segments[0]),
        sessions.end(session, window.segments[-1]),
    )
    return start <= minute * MINUTE < end


def _minutes(sessions: Sessions, window: _Window) -> BarTable:
    """Blocks or minutes, and the slots of the minute under way."""
    tape, shown = window.tape, window.shown
    last_second = (window.until - 1) // SLOTS_PER_SECOND
    blocks = tape.blocks(window.segments, sessions.at(window.first), sessions.at(last_second) + 1)
    running, slots = divmod(window.until, BLOCK_SECONDS * SLOTS_PER_SECOND)
    first = window.first // BLOCK_SECONDS
    whole = blocks.take((blocks.number >= first) & (blocks.number < running))
    coarse = window.size.seconds % BLOCK_SECONDS == 0
    parts = [tape.block_bars(shown, whole) if coarse else tape.minute_bars(shown, whole)]
    rest = blocks.take((blocks.number == running) & (slots > 0))
    if len(rest.number):
        count, slots = divmod(slots, _SLOTS_PER_MINUTE)
        parts.append(tape.minute_bars(shown, rest).take(slice(count)))
        minute = window.until // _SLOTS_PER_MINUTE
        parts.append(tape.slot_bars(shown, minute, slots))
    table = joined(*parts)
    return table.take(table.start >= window.first)


def _slots(window: _Window) -> BarTable:
    """Every slot of every minute of a window."""
    tape, sessions = window.tape, window.tape.sessions
    parts = [NO_BARS]
    last = (window.until - 1) // SLOTS_PER_SECOND
    for session in range(sessions.at(window.first), sessions.at(last) + 1):
        begin = max(window.first, sessions.start(session, window.segments[0]))
        end = min(last + 1, sessions.end(session, window.segments[-1]))
        for minute in range(begin // MINUTE, -(-end // MINUTE)):
            count = min(_SLOTS_PER_MINUTE, window.until - minute * _SLOTS_PER_MINUTE)
            parts.append(tape.slot_bars(window.shown, minute, count))
    table = joined(*parts)
    return table.take(table.start >= window.first)


def _filled(table: BarTable, window: _Window) -> BarTable:
    """With a flat bar for each stretch of seconds in which nothing traded."""
    if not len(table.start):
        return table
    size = window.size.seconds
    minutes = np.unique(table.start // MINUTE)
    starts = (minutes[:, None] * MINUTE + np.arange(0, MINUTE, size)).ravel()
    starts = starts[(starts >= table.start[0]) & (starts * SLOTS_PER_SECOND < window.until)]
    place = np.searchsorted(table.start, starts, side="right") - 1
    missing = table.start[place] != starts
    filled = table.take(place)
    flat = {
        name: np.where(missing, filled.close, getattr(filled, name))
        for name in ("open", "high", "low")
    }
    none = {
        name: np.where(missing, 0, getattr(filled, name))
        for name in ("volume", "trades", "turnover")
    }
    return filled._replace(start=starts, **flat, **none)


def _columns(table: BarTable, window: _Window) -> BarColumns:
    count = len(table.start)
    if window.shown == "TRADES":
        shares = np.maximum(table.volume, 1)
        average = np.where(table.volume > 0, table.turnover / shares, table.close)
        volume, trades = table.volume.tolist(), table.trades.tolist()
        averages = np.round(average / HALF_TICKS, 4).tolist()
    else:
        volume, trades, averages = [-1] * count, [-1] * count, [-1.0] * count
    return BarColumns(
        table.start.tolist(),
        (table.open / HALF_TICKS).tolist(),
        (table.high / HALF_TICKS).tolist(),
        (table.low / HALF_TICKS).tolist(),
        (table.close / HALF_TICKS).tolist(),
        volume,
        averages,
        trades,
        whole_days=window.size.seconds >= DAY,
        first=window.first,
        last=max(window.first, -(-window.until // SLOTS_PER_SECOND)),
    )
