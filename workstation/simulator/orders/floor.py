"""Floor: what the order desk needs of the market it trades in.

Owns the door between orders and the simulated market: views, sessions, auctions and opening hours.
Leaves quotes to `market` and `options`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from workstation.simulator.chains import OptionListing
from workstation.simulator.instruments import Listing
from workstation.simulator.market import SLOT_NS, Market
from workstation.simulator.options import OptionMarket
from workstation.simulator.orders.view import View
from workstation.simulator.quote import OptionQuote, Quote
from workstation.simulator.sessions import Segment

__all__ = ["Auction", "Floor", "SimulatedFloor"]

_NS = 1_000_000_000
_EXTENDED_HOURS = (4 * 3600, 20 * 3600)
"""Of a day in New York: when stocks trade outside regular hours too."""


class Auction(StrEnum):
    """Auctions of a trading day."""

    OPENING = "opening"
    CLOSING = "closing"


class Floor(Protocol):
    """What orders meet."""

    def now_ns(self) -> int:
        """Nanoseconds since 1970."""

    def session(self) -> int:
        """Number of the trading session that is on."""

    def view(self, listing: Listing) -> View:
        """The market of an instrument now."""

    def views_since(self, listing: Listing, time_ns: int) -> Sequence[View]:
        """What has been seen of it after a view, oldest first."""

    def auction_ns(self, auction: Auction) -> int:
        """When the next one is held."""

    def auction_price(self, listing: Listing, auction: Auction, time_ns: int) -> float:
        """At what price one was held."""

    def is_open(self, listing: Listing, *, outside_regular_hours: bool) -> bool:
        """Whether orders are traded now."""

    def key(self, listing: Listing) -> int:
        """Names seed and instrument, for what the market offers behind its best price."""


class SimulatedFloor:
    """The simulated market as orders meet it.

    Args:
        market: stocks.
        options: their options.
        always_open: trade at any hour; else regular hours, and stocks outside them when asked to.
    """

    def __init__(self, market: Market, options: OptionMarket, *, always_open: bool = True) -> None:
        self._market = market
        self._options = options
        self._always_open = always_open

    def now_ns(self) -> int:
        """Nanoseconds since 1970."""
        return self._market.now()

    def session(self) -> int:
        """Number of the trading session that is on."""
        return self._market.sessions.at(self._market.now() / _NS)

    def view(self, listing: Listing) -> View:
        """The market of an instrument now."""
        if isinstance(listing, OptionListing):
            return _view(self._options.quote(listing))
        return _view(self._market.quote(listing.symbol))

    def views_since(self, listing: Listing, time_ns: int) -> Sequence[View]:
        """What has been seen of it after a view, oldest first; of options the newest only."""
        if isinstance(listing, OptionListing):
            view = self.view(listing)
            return [view] if view.time_ns > time_ns else []
        return [_view(quote) for quote in self._market.quotes_since(listing.symbol, time_ns)]

    def auction_ns(self, auction: Auction) -> int:
        """When the next auction is held."""
        now, session = self._market.now(), self.session()
        while (moment := self._auction_seconds(session, auction) * _NS) <= now:
            session += 1
        return moment

    def auction_price(self, listing: Listing, auction: Auction, time_ns: int) -> float:
        """At what price one was held: that of the last regular trade, or of the first."""
        # The slot that ends with the bell has the closing trade, the one that begins the first.
        at_ns = time_ns - 1 if auction is Auction.CLOSING else time_ns + SLOT_NS - 1
        return self._market.quote(_symbol(listing), at_ns).last

    def is_open(self, listing: Listing, *, outside_regular_hours: bool) -> bool:
        """Whether orders are traded now."""
        if self._always_open:
            return True
        seconds = self._market.now() // _NS
        sessions, session = self._market.sessions, self.session()
        opens = sessions.start(session, Segment.REGULAR)
        closes = sessions.end(session, Segment.REGULAR)
        if opens <= seconds < closes:
            return True
        if not outside_regular_hours or isinstance(listing, OptionListing):
            return False
        midnight = sessions.start(session, Segment.BEFORE)
        early, late = _EXTENDED_HOURS
        return midnight + early <= seconds < midnight + late

    def key(self, listing: Listing) -> int:
        """Names seed and instrument."""
        return self._market.seed * 1_000_003 + listing.contract_id

    def _auction_seconds(self, session: int, auction: Auction) -> int:
        sessions = self._market.sessions
        if auction is Auction.OPENING:
            return sessions.start(session, Segment.REGULAR)
        return sessions.end(session, Segment.REGULAR)


def _symbol(listing: Listing) -> str:
    return listing.underlying.symbol if isinstance(listing, OptionListing) else listing.symbol


def _view(quote: Quote | OptionQuote) -> View:
    return View(
        quote.time_ns,
        quote.bid,
        quote.ask,
        quote.bid_size,
        quote.ask_size,
        quote.last,
        quote.last_size,
        quote.last_time_ns,
        quote.volume,
        quote.previous_close,
    )
