"""Feed: who streams quotes of what, and telling them what changed.

Owns the subscriptions of all clients and the limit of lines each may have. Looks at the market when
it is told to; each client hears only of what it subscribed to. A client that reads too slowly loses
ticks, never anything else; once it reads again it is told the whole quote, so that nothing stale is
left with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from workstation.errors import RequestError
from workstation.protocol import catalog
from workstation.protocol.message import Inbound
from workstation.simulator.chains import OptionListing
from workstation.simulator.instruments import Instruments, Listing
from workstation.simulator.market import Market
from workstation.simulator.options import OptionMarket
from workstation.simulator.quote import OptionQuote, Quote
from workstation.simulator.ticks import option_ticks, stock_ticks
from workstation.simulator.universe import universe

__all__ = ["Feed", "Subscriber"]

TOO_MANY_LINES = 101
DUPLICATE_REQUEST = 322
NOT_SUBSCRIBED = 300

_OPEN_INTEREST = "101"
_LIVE = 1
_SNAPSHOT_PERMISSIONS = 3
_EXCHANGE_MAP = "9c0001"


class Subscriber(Protocol):
    """A client, as the feed sees it."""

    @property
    def lines(self) -> int:
        """How many instruments it may stream at once."""

    def tell(self, message: Inbound) -> None:
        """Give it a message that must arrive."""

    def tell_ticks(self, messages: Iterable[Inbound]) -> bool:
        """Give it ticks, unless it reads too slowly; gives whether it was given them."""


@dataclass(slots=True, eq=False)
class _Line:
    subscriber: Subscriber
    request_id: int
    listing: Listing
    open_interest: bool
    is_behind: bool = False
    """Whether it lost the last ticks."""


class Feed:
    """All subscriptions.

    Args:
        instruments: finds what a contract means.
        market: quotes of stocks.
        options: quotes of options.
    """

    def __init__(self, instruments: Instruments, market: Market, options: OptionMarket) -> None:
        self._instruments = instruments
        self._market = market
        self._options = options
        self._universe = universe()
        self._lines: dict[tuple[int, int], _Line] = {}
        self._of_instrument: dict[int, list[_Line]] = {}

    def subscribe(self, subscriber: Subscriber, request: catalog.RequestMarketData) -> None:
        """Begin a stream, or give a snapshot.

        Raises:
            RequestError: as TWS would answer.
        """
        if (id(subscriber), request.request_id) in self._lines:
            raise RequestError(DUPLICATE_REQUEST, "Duplicate ticker id", request.request_id)
        listing = self._instruments.resolve(request.contract)
        used = sum(line.subscriber is subscriber for line in self._lines.values())
        if used >= subscriber.lines:
            text = "Max number of tickers has been reached"
            raise RequestError(TOO_MANY_LINES, text, request.request_id)
        wanted = request.generic_ticks.split(",")
        line = _Line(subscriber, request.request_id, listing, _OPEN_INTEREST in wanted)
        for message in self._opening(line):
            subscriber.tell(message)
        if request.snapshot or request.regulatory_snapshot:
            subscriber.tell(catalog.TickSnapshotEnd(request_id=request.request_id))
            return
        self._lines[id(subscriber), request.request_id] = line
        self._of_instrument.setdefault(listing.contract_id, []).append(line)
        self._watch(listing)

    def unsubscribe(self, subscriber: Subscriber, request_id: int) -> None:
        """End a stream.

        Raises:
            RequestError: there is none.
        """
        line = self._lines.pop((id(subscriber), request_id), None)
        if line is None:
            text = f"Can't find EId with tickerId:{request_id}"
            raise RequestError(NOT_SUBSCRIBED, text, request_id)
        self._remove(line)

    def forget(self, subscriber: Subscriber) -> None:
        """A client is gone, and its streams with it."""
        for key, line in list(self._lines.items()):
            if line.subscriber is subscriber:
                del self._lines[key]
                self._remove(line)

    def advance(self) -> None:
        """Tell everybody what changed since the last call."""
        for update in self._market.advance():
            stock = self._universe.by_symbol(update.symbol)
            for line in self._of_instrument.get(stock.contract_id, ()) if stock else ():
                before = None if line.is_behind else update.previous
                ticks = stock_ticks(line.request_id, before, update.quote)
                line.is_behind = not line.subscriber.tell_ticks(ticks)
        for option, previous, now in self._options.advance():
            for line in self._of_instrument.get(option.contract_id, ()):
                told = None if line.is_behind else previous
                greeks = self._option_ticks(line, option, told, now)
                line.is_behind = not line.subscriber.tell_ticks(greeks)

    def _opening(self, line: _Line) -> Iterator[Inbound]:
        """What a stream begins with."""
        request_id, listing = line.request_id, line.listing
        yield catalog.MarketDataType(request_id=request_id, market_data_type=_LIVE)
        yield catalog.TickRequestParams(
            request_id=request_id,
            min_tick=self._instruments.increments(listing)[0].increment,
            bbo_exchange=_EXCHANGE_MAP,
            snapshot_permissions=_SNAPSHOT_PERMISSIONS,
        )
        if isinstance(listing, OptionListing):
            yield from self._option_ticks(line, listing, None, self._options.quote(listing))
        else:
            quote: Quote = self._market.quote(listing.symbol)
            yield from stock_ticks(request_id, None, quote)

    def _option_ticks(
        self, line: _Line, option: OptionListing, before: OptionQuote | None, now: OptionQuote
    ) -> Iterator[Inbound]:
        return option_ticks(
            line.request_id, before, now, right=option.right, open_interest=line.open_interest
        )

    def _watch(self, listing: Listing) -> None:
        if isinstance(listing, OptionListing):
            self._options.watch(listing)
        else:
            self._market.watch(listing.symbol)

    def _remove(self, line: _Line) -> None:
        listing = line.listing
        lines = self._of_instrument[listing.contract_id]
        lines.remove(line)
        if not lines:
            del self._of_instrument[listing.contract_id]
        if isinstance(listing, OptionListing):
            self._options.unwatch(listing)
        else:
            self._market.unwatch(listing.symbol)
