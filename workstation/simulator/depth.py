"""Depth: books that clients look into.

Owns who looks into which book and telling each what changed, level by level. The book itself, which
orders walk through, is the order desk's; so what is shown is what can be had.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from workstation.errors import RequestError
from workstation.model import DepthExchange
from workstation.protocol import catalog
from workstation.protocol.message import Inbound
from workstation.simulator.chains import OptionListing
from workstation.simulator.client_session import ClientSession
from workstation.simulator.instruments import Instruments, Listing
from workstation.simulator.noise import hashed_one
from workstation.simulator.orders.desk import OrderDesk
from workstation.simulator.orders.liquidity import Level

__all__ = ["DEPTH_EXCHANGES", "DepthFeed"]

DUPLICATE_REQUEST = 322
TOO_MANY_BOOKS = 309
NO_BOOK = 10092
NOT_SHOWN = 310

_MOST_BOOKS = 3
_MOST_ROWS = 20
_INSERT, _UPDATE, _DELETE = 0, 1, 2
_MAKERS = ("ARCA", "BATS", "IEX", "ISLAND", "NYSE")

DEPTH_EXCHANGES = tuple(
    DepthExchange(exchange=name, security_type="STK", service_data_type="Deep2") for name in _MAKERS
)
"""Exchanges that show their books."""


@dataclass(slots=True, eq=False)
class _Look:
    listing: Listing
    rows: int
    is_smart: bool
    told: dict[bool, list[Level]] = field(default_factory=lambda: {True: [], False: []})


class DepthFeed:
    """All looks into books.

    Args:
        instruments: finds what a contract means.
        desk: has the books.
    """

    def __init__(self, instruments: Instruments, desk: OrderDesk) -> None:
        self._instruments = instruments
        self._desk = desk
        self._looks: dict[ClientSession, dict[int, _Look]] = {}

    def subscribe(self, client: ClientSession, request: catalog.RequestMarketDepth) -> None:
        """Begin to show a book.

        Raises:
            RequestError: the id is in use, there are too many, or there is no such book.
        """
        looks = self._looks.setdefault(client, {})
        number = request.request_id
        if number in looks:
            raise RequestError(DUPLICATE_REQUEST, "Duplicate ticker id", number)
        if len(looks) >= _MOST_BOOKS:
            text = f"Max number ({_MOST_BOOKS}) of market depth requests has been reached"
            raise RequestError(TOO_MANY_BOOKS, text, number)
        listing = self._instruments.resolve(request.contract)
        if request.contract.exchange in ("", "SMART") and not request.is_smart_depth:
            text = (
                "Deep market data is not supported for this combination of security type/exchange"
            )
            raise RequestError(NO_BOOK, text, number)
        rows = max(1, min(request.number_of_rows, _MOST_ROWS))
        looks[number] = _Look(listing, rows, request.is_smart_depth)
        self._tell(client, number, looks[number])

    def unsubscribe(self, client: ClientSession, request_id: int) -> None:
        """Show it no longer.

        Raises:
            RequestError: it was not shown.
        """
        if self._looks.get(client, {}).pop(request_id, None) is None:
            text = f"Can't find the subscribed market depth with tickerId:{request_id}"
            raise RequestError(NOT_SHOWN, text, request_id)

    def forget(self, client: ClientSession) -> None:
        """A client has left."""
        self._looks.pop(client, None)

    def advance(self) -> None:
        """Tell everybody what changed."""
        for client, looks in self._looks.items():
            for number, look in looks.items():
                self._tell(client, number, look)

    def _tell(self, client: ClientSession, number: int, look: _Look) -> None:
        depth = {
            bids: self._desk.depth(look.listing, look.rows, bids=bids) for bids in (True, False)
        }
        changes = [
            change
            for bids in (True, False)
            for change in self._changes(number, look, depth[bids], bids=bids)
        ]
        # What could not be told is told next time: nothing is noted before it has left.
        if changes and client.tell_ticks(changes):
            look.told = depth

    def _changes(
        self, number: int, look: _Look, levels: list[Level], *, bids: bool
    ) -> Iterator[Inbound]:
        told = look.told[bids]
        for place, level in enumerate(levels):
            if place >= len(told):
                yield self._row(number, look, place, _INSERT, level, bids=bids)
            elif told[place] != level:
                yield self._row(number, look, place, _UPDATE, level, bids=bids)
        for place in range(len(told) - 1, len(levels) - 1, -1):
            yield self._row(number, look, place, _DELETE, (0.0, 0), bids=bids)

    def _row(
        self, number: int, look: _Look, place: int, operation: int, level: Level, *, bids: bool
    ) -> Inbound:
        price, size = level
        if not look.is_smart:
            return catalog.MarketDepth(
                request_id=number,
                position=place,
                operation=operation,
                side=int(bids),
                price=price,
                size=Decimal(size),
            )
        return catalog.MarketDepthL2(
            request_id=number,
            position=place,
            market_maker=_maker(look.listing, price),
            operation=operation,
            side=int(bids),
            price=price,
            size=Decimal(size),
            is_smart_depth=True,
        )


def _maker(listing: Listing, price: float) -> str:
    """The exchange where a level stands."""
    if isinstance(listing, OptionListing):
        return "CBOE"
    return _MAKERS[hashed_one(listing.contract_id, round(price * 100)) % len(_MAKERS)]
