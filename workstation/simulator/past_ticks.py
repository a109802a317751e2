"""PastTicks: single trades, quotes and midpoints of a stock at any time.

Owns which ticks answer a request. They are the very slots that quotes stream and bars are made of,
so all three agree. Times are whole seconds, as on the wire.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from workstation.errors import InvalidValue, RequestError
from workstation.model import BidAskTicks, LastTicks, MidpointTicks
from workstation.model.moment import moment_from
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.market import SLOT_NS, Market
from workstation.simulator.quote import Quote
from workstation.simulator.sessions import Segment

__all__ = ["PastTicks", "Ticks", "Wanted"]

MOST_TICKS = 1000
NOT_VALID = 10187
"""The code for a request of ticks that says something impossible."""

_NS = 1_000_000_000
_MOST_SLOTS = 240 * 60 * 24
"""How far a search goes: a day."""

Ticks = LastTicks | BidAskTicks | MidpointTicks
Seen = tuple[int, Quote]


class Wanted(NamedTuple):
    """A request, understood."""

    symbol: str
    start_ns: int
    """0 when it is the end that was given."""
    end_ns: int
    most: int
    shown: str
    regular_hours: bool
    ignore_size: bool


class PastTicks:
    """The ticks of a market.

    Args:
        market: whose quotes.
    """

    def __init__(self, market: Market) -> None:
        self._market = market

    def wanted(
        self, symbol: str, start: str, end: str, count: int, shown: str, **how: bool
    ) -> Wanted:
        """Read a request.

        Raises:
            RequestError: it says something impossible.
        """
        if bool(start) == bool(end):
            raise _refused("Please enter either a start or an end date and time")
        if not 1 <= count <= MOST_TICKS:
            raise _refused(f"Number of ticks {count}; 1 to {MOST_TICKS} is legal")
        if shown not in _READERS:
            raise _refused(f"What to show {shown!r}; {', '.join(_READERS)} are legal")
        try:
            moment = int(moment_from(start or end, NEW_YORK).timestamp()) * _NS
        except InvalidValue as error:
            raise _refused(str(error)) from error
        now = self._market.now()
        first, last = (moment, now) if start else (0, min(moment, now))
        return Wanted(symbol, first, last, count, shown, **how)

    def ticks(self, wanted: Wanted) -> Ticks:
        """The ticks, oldest first."""
        differs = _DIFFERS[wanted.shown]
        found: list[Seen] = []
        first, step = wanted.start_ns // SLOT_NS, 1
        last = wanted.end_ns // SLOT_NS - 1
        if not wanted.start_ns:
            first, last, step = last, last - _MOST_SLOTS, -1
        else:
            last = min(last, first + _MOST_SLOTS)
        slot = first
        while slot != last + step and len(found) < wanted.most:
            # A slot shows a little after it begins, each stock at its own moment.
            at_ns = slot * SLOT_NS + SLOT_NS - 1
            if not wanted.regular_hours or self._is_regular(at_ns):
                quote = self._market.quote(wanted.symbol, at_ns)
                before = self._market.quote(wanted.symbol, at_ns - SLOT_NS)
                if differs(before, quote, wanted.ignore_size):
                    found.append((quote.time_ns // _NS, quote))
            slot += step
        return _READERS[wanted.shown](found[::step])

    def _is_regular(self, at_ns: int) -> bool:
        sessions, seconds = self._market.sessions, at_ns / _NS
        session = sessions.at(seconds)
        opens = sessions.start(session, Segment.REGULAR)
        return opens <= seconds < sessions.end(session, Segment.REGULAR)


def traded(before: Quote, now: Quote, _ignore_size: bool = False) -> bool:  # noqa: FBT001, FBT002  one of a table
    """Whether a quote brings a trade."""
    return now.last_time_ns > before.last_time_ns


def quoted(before: Quote, now: Quote, ignore_size: bool = False) -> bool:  # noqa: FBT001, FBT002
    """Whether bid or ask have changed."""
    prices = (before.bid, before.ask) != (now.bid, now.ask)
    sizes = (before.bid_size, before.ask_size) != (now.bid_size, now.ask_size)
    return prices or (sizes and not ignore_size)


def moved(before: Quote, now: Quote, _ignore_size: bool = False) -> bool:  # noqa: FBT001, FBT002
    """Whether the midpoint has changed."""
    return before.bid + before.ask != now.bid + now.ask


_DIFFERS: dict[str, Callable[[Quote, Quote, bool], bool]] = {
    "TRADES": traded,
    "BID_ASK": quoted,
    "MIDPOINT": moved,
}


def _trades(found: list[Seen]) -> Ticks:
    return LastTicks(
        time=tuple(time for time, _ in found),
        attributes=(0,) * len(found),
        price=tuple(quote.last for _, quote in found),
        size=tuple(Decimal(quote.last_size) for _, quote in found),
        exchange=("ISLAND",) * len(found),
        special_conditions=("",) * len(found),
    )


def _quotes(found: list[Seen]) -> Ticks:
    return BidAskTicks(
        time=tuple(time for time, _ in found),
        attributes=(0,) * len(found),
        bid_price=tuple(quote.bid for _, quote in found),
        ask_price=tuple(quote.ask for _, quote in found),
        bid_size=tuple(Decimal(quote.bid_size) for _, quote in found),
        ask_size=tuple(Decimal(quote.ask_size) for _, quote in found),
    )


def _midpoints(found: list[Seen]) -> Ticks:
    return MidpointTicks(
        time=tuple(time for time, _ in found),
        price=tuple(round((quote.bid + quote.ask) / 2, 4) for _, quote in found),
        size=(Decimal(0),) * len(found),
    )


_READERS: dict[str, Callable[[list[Seen]], Ticks]] = {
    "TRADES": _trades,
    "BID_ASK": _quotes,
    "MIDPOINT": _midpoints,
}


def _refused(text: str) -> RequestError:
    return RequestError(NOT_VALID, f"Failed to request historical ticks:{text}")
