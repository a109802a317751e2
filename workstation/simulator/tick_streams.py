"""TickStreams: every single tick, and bars of five seconds, as they come about.

Owns who follows what. The ticks are the slots that quotes are made of, so nothing is left out and
nothing is said twice; the bars are history's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from workstation.errors import InvalidValue, RequestError
from workstation.protocol import catalog
from workstation.protocol.message import Inbound
from workstation.simulator.client_session import ClientSession
from workstation.simulator.history import BarRequest, History
from workstation.simulator.market import Market
from workstation.simulator.past_ticks import moved, quoted, traded
from workstation.simulator.quote import Quote

__all__ = ["RealTimeBarStreams", "TickStreams"]

DUPLICATE_REQUEST = 322
NOT_SUBSCRIBED = 300
TOO_MANY = 10190
NOT_POSSIBLE = 10189

_NS = 1_000_000_000
_BAR_SECONDS = 5
_LINES_A_STREAM = 20
"""One stream of ticks for so many lines, and at least 3."""

_LAST, _ALL_LAST, _BID_ASK, _MIDPOINT = 1, 2, 3, 4


def _trade(request_id: int, code: int, quote: Quote) -> Inbound:
    return catalog.TickByTick(
        request_id=request_id,
        tick_type=code,
        time=quote.time_ns // _NS,
        price=quote.last,
        size=Decimal(quote.last_size),
        exchange="ISLAND",
    )


def _quote(request_id: int, code: int, quote: Quote) -> Inbound:
    return catalog.TickByTick(
        request_id=request_id,
        tick_type=code,
        time=quote.time_ns // _NS,
        bid_price=quote.bid,
        ask_price=quote.ask,
        bid_size=Decimal(quote.bid_size),
        ask_size=Decimal(quote.ask_size),
    )


def _middle(request_id: int, code: int, quote: Quote) -> Inbound:
    return catalog.TickByTick(
        request_id=request_id,
        tick_type=code,
        time=quote.time_ns // _NS,
        midpoint=round((quote.bid + quote.ask) / 2, 4),
    )


Differs = Callable[[Quote, Quote, bool], bool]
Told = Callable[[int, int, Quote], Inbound]

_KINDS: dict[str, tuple[int, Differs, Told]] = {
    "Last": (_LAST, traded, _trade),
    "AllLast": (_ALL_LAST, traded, _trade),
    "BidAsk": (_BID_ASK, quoted, _quote),
    "MidPoint": (_MIDPOINT, moved, _middle),
}


@dataclass(slots=True, eq=False)
class _Stream:
    symbol: str
    kind: tuple[int, Differs, Told]
    ignore_size: bool
    told: Quote


class TickStreams:
    """Streams of single ticks.

    Args:
        market: whose.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._streams: dict[ClientSession, dict[int, _Stream]] = {}

    def subscribe(
        self, client: ClientSession, request: catalog.RequestTickByTickData, symbol: str
    ) -> None:
        """Begin to tell ticks, from now on.

        Raises:
            RequestError: the id is in use, there are too many, or there are no such ticks.
        """
        streams, number = self._streams.setdefault(client, {}), request.request_id
        if number in streams:
            raise RequestError(DUPLICATE_REQUEST, "Duplicate ticker id", number)
        if len(streams) >= max(3, client.lines // _LINES_A_STREAM):
            text = "Max number of tick-by-tick requests has been reached"
            raise RequestError(TOO_MANY, text, number)
        if request.tick_type not in _KINDS:
            text = (
                f"Failed to request tick-by-tick data:tick type {request.tick_type!r}; "
                f"{', '.join(_KINDS)} are legal"
            )
            raise RequestError(NOT_POSSIBLE, text, number)
        streams[number] = _Stream(
            symbol, _KINDS[request.tick_type], request.ignore_size, self._market.quote(symbol)
        )

    def unsubscribe(self, client: ClientSession, request_id: int) -> None:
        """Tell them no longer.

        Raises:
            RequestError: they were not told.
        """
        if self._streams.get(client, {}).pop(request_id, None) is None:
            text = f"Can't find EId with tickerId:{request_id}"
            raise RequestError(NOT_SUBSCRIBED, text, request_id)

    def forget(self, client: ClientSession) -> None:
        """A client has left."""
        self._streams.pop(client, None)

    def advance(self) -> None:
        """Tell every tick since the last call."""
        for client, streams in self._streams.items():
            for number, stream in streams.items():
                for message in self._new(number, stream):
                    client.tell(message)

    def _new(self, number: int, stream: _Stream) -> Iterator[Inbound]:
        code, differs, told = stream.kind
        for quote in self._market.quotes_since(stream.symbol, stream.told.time_ns):
            if differs(stream.told, quote, stream.ignore_size):
                yield told(number, code, quote)
            stream.told = quote


class RealTimeBarStreams:
    """Streams of bars of five seconds.

    Args:
        history: where bars come from.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self._bars: dict[ClientSession, dict[int, BarRequest]] = {}
        self._told = 0
        """Where the bars that were told last end, in seconds since 1970."""

    def subscribe(
        self, client: ClientSession, request: catalog.RequestRealTimeBars, symbol: str
    ) -> None:
        """Begin to tell bars, from the next one on.

        Raises:
            RequestError: the id is in use, or there are no such bars.
        """
        bars, number = self._bars.setdefault(client, {}), request.request_id
        if number in bars:
            raise RequestError(DUPLICATE_REQUEST, "Duplicate ticker id", number)
        wanted = BarRequest(
            symbol,
            "5 secs",
            "30 S",
            request.what_to_show,
            request.use_regular_hours,
        )
        try:
            self._history.bars(wanted)
        except InvalidValue as error:
            text = f"Error processing request: {error}"
            raise RequestError(321, text, number) from error
        bars[number] = wanted

    def unsubscribe(self, client: ClientSession, request_id: int) -> None:
        """Tell them no longer.

        Raises:
            RequestError: they were not told.
        """
        if self._bars.get(client, {}).pop(request_id, None) is None:
            text = f"Can't find EId with tickerId:{request_id}"
            raise RequestError(NOT_SUBSCRIBED, text, request_id)

    def forget(self, client: ClientSession) -> None:
        """A client has left."""
        self._bars.pop(client, None)

    def advance(self, now_ns: int) -> None:
        """Tell the bars that are complete: a second later no slot of them is still to come."""
        ended = (now_ns // _NS - 1) // _BAR_SECONDS * _BAR_SECONDS
        if ended <= self._told:
            return
        self._told = ended
        for client, bars in self._bars.items():
            for number, wanted in bars.items():
                message = self._bar(number, wanted, ended - _BAR_SECONDS)
                if message is not None:
                    client.tell(message)

    def _bar(self, number: int, wanted: BarRequest, start: int) -> Inbound | None:
        found = self._history.bars(wanted)
        if start not in found.starts:
            return None
        row = found.starts.index(start)
        return catalog.RealTimeBars(
            request_id=number,
            time=start,
            open=found.open[row],
            high=found.high[row],
            low=found.low[row],
            close=found.close[row],
            volume=Decimal(found.volume[row]),
            average=Decimal(str(found.average[row])),
            count=found.trades[row],
        )
