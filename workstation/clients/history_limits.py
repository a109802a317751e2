"""History limits: how many requests for the past a Bridge takes, and when the next may leave.

Owns the table of the limits that Interactive Brokers documents; beyond them it answers with error
162 and, when that goes on, closes the connection. Reads no clock: times are passed in.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from workstation.model import Contract
from workstation.protocol.catalog import RequestHistoricalData, RequestHistoricalTicks
from workstation.protocol.message import Request

__all__ = ["Full", "HistoryLimits"]

SMALL_BARS = frozenset(
    {"1 secs", "1 sec", "5 secs", "10 secs", "15 secs", "30 secs"},
)
"""Bars of half a minute and less are few a time; ticks count among them."""

SMALL_BARS_AT_MOST = 60
SMALL_BARS_SECONDS = 600.0
SAME_INSTRUMENT_AT_MOST = 5
SAME_INSTRUMENT_SECONDS = 2.0
IDENTICAL_SECONDS = 15.0
OPEN_AT_MOST = 50

_LONGEST_SECONDS = SMALL_BARS_SECONDS


class Full(NamedTuple):
    """A limit that a request would exceed now.

    Args:
        limit: what is limited, in words.
        frees_in: seconds until the request may leave; None when an answer has to come first.
    """

    limit: str
    frees_in: float | None


class _Sent(NamedTuple):
    time: float
    weight: int
    small: bool
    instrument: tuple[object, ...]
    whole: Request


class HistoryLimits:
    """What was asked of the past, and what may be asked next."""

    def __init__(self) -> None:
        self._sent: deque[_Sent] = deque()
        self._open: set[int] = set()

    def full(self, request: Request, now: float) -> Full | None:
        """The limit that a request would exceed at `now` (seconds); None when it may leave."""
        if not isinstance(request, RequestHistoricalData | RequestHistoricalTicks):
            return None
        if len(self._open) >= OPEN_AT_MOST:
            return Full(f"{OPEN_AT_MOST} requests for history open at once", None)
        self._forget(now)
        asked = _noted(request, now)
        found = [
            full
            for full in (
                self._identical(asked, now),
                self._same_instrument(asked, now),
                self._small(asked, now),
            )
            if full is not None
        ]
        return max(found, key=lambda full: full.frees_in or 0.0) if found else None

    def sent(self, request: Request, now: float) -> None:
        """A request leaves."""
        if isinstance(request, RequestHistoricalData | RequestHistoricalTicks):
            self._sent.append(_noted(request, now))
            self._open.add(request.request_id)

    def over(self, request_id: int) -> None:
        """A request was answered, refused or given up."""
        self._open.discard(request_id)

    def connection_lost(self) -> None:
        """Nothing is open any more; what was asked still counts."""
        self._open.clear()

    def _identical(self, asked: _Sent, now: float) -> Full | None:
        for each in reversed(self._sent):
            if now - each.time >= IDENTICAL_SECONDS:
                return None
            if each.whole == asked.whole:
                words = f"an identical request for history every {IDENTICAL_SECONDS:g} s"
                return Full(words, each.time + IDENTICAL_SECONDS - now)
        return None

    def _same_instrument(self, asked: _Sent, now: float) -> Full | None:
        recent = [
            each
            for each in self._sent
            if each.instrument == asked.instrument and now - each.time < SAME_INSTRUMENT_SECONDS
        ]
        frees_in = _frees(recent, asked.weight, SAME_INSTRUMENT_AT_MOST, SAME_INSTRUMENT_SECONDS)
        if frees_in is None:
            return None
        words = (
            f"{SAME_INSTRUMENT_AT_MOST} requests for history of one instrument "
            f"in {SAME_INSTRUMENT_SECONDS:g} s"
        )
        return Full(words, frees_in - now)

    def _small(self, asked: _Sent, now: float) -> Full | None:
        if not asked.small:
            return None
        recent = [each for each in self._sent if each.small]
        frees_in = _frees(recent, asked.weight, SMALL_BARS_AT_MOST, SMALL_BARS_SECONDS)
        if frees_in is None:
            return None
        words = f"{SMALL_BARS_AT_MOST} requests for small bars or ticks in ten minutes"
        return Full(words, frees_in - now)

    def _forget(self, now: float) -> None:
        while self._sent and now - self._sent[0].time >= _LONGEST_SECONDS:
            self._sent.popleft()


def _frees(recent: list[_Sent], weight: int, at_most: int, seconds: float) -> float | None:
    """When so many of `recent`, oldest first, are old that `weight` more fit; None: now."""
    used = sum(each.weight for each in recent)
    for each in recent:
        if used + weight <= at_most:
            return None
        used -= each.weight
        if used + weight <= at_most:
            return each.time + seconds
    return None


def _noted(request: RequestHistoricalData | RequestHistoricalTicks, now: float) -> _Sent:
    contract: Contract = request.contract
    bar_size = getattr(request, "bar_size", "1 secs")
    return _Sent(
        time=now,
        weight=2 if request.what_to_show == "BID_ASK" else 1,
        small=bar_size in SMALL_BARS,
        instrument=(contract, request.what_to_show),
        whole=_without_id(request),
    )


def _without_id(request: Request) -> Request:
    fields = {name: getattr(request, name) for name in request.__struct_fields__}
    return type(request)(**(fields | {"request_id": 0}))
