"""Present ticks against the fold: who is told them knows what the quote knows."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

import pytest

from workstation.model import Call, MarketDataType, Stock, TickType
from workstation.protocol import catalog
from workstation.state.picture import Picture
from workstation.state.present_ticks import present_ticks
from workstation.state.quote import Quote

OPTION = Call("AAPL", "20260619", 200)
LIVE = {
    "price": (1, 2, 4, 6, 7, 9, 14),
    "size": (8, 27),
    "string": (45,),
    "halted": 49,
    "computation": (10, 11, 12, 13),
}
DELAYED = {
    "price": (66, 67, 68, 72, 73, 75, 76),
    "size": (74,),
    "string": (88,),
    "halted": 90,
    "computation": (80, 81, 82, 83),
}
NOT_TOLD = {"spark", "spark_due_ns", "time_ns", "streams", "stale", "problem"}
"""History and bookkeeping, which ticks do not carry."""


def _ticks(types, number):
    for place, kind in enumerate(types["price"]):
        yield catalog.TickPrice(
            request_id=number, tick_type=kind, price=10.5 + place, size=Decimal(100 + place)
        )
    for kind in (*types["size"], TickType.SHORTABLE_SHARES):
        yield catalog.TickSize(request_id=number, tick_type=kind, size=Decimal(7000 + kind))
    yield catalog.TickPrice(request_id=number, tick_type=TickType.MARK_PRICE, price=12.25)
    yield catalog.TickString(request_id=number, tick_type=types["string"][0], value="1760000000")
    for kind in (23, 24, types["halted"]):
        yield catalog.TickGeneric(request_id=number, tick_type=kind, value=0.25 + kind)
    yield catalog.TickRequestParams(request_id=number, min_tick=0.05, bbo_exchange="9c0001")
    for kind in types["computation"]:
        yield catalog.TickOptionComputation(
            request_id=number, tick_type=kind, implied_volatility=0.2 + kind / 1000, delta=0.5
        )


def _watching(number):
    picture = Picture()
    picture.apply(catalog.RequestMarketData(request_id=number, contract=OPTION), 0)
    return picture, picture.quotes.of_request(number)


def _told(quote):
    found = {each.name: getattr(quote, each.name) for each in fields(Quote)}
    found = {name: value for name, value in found.items() if name not in NOT_TOLD}
    for name in [name for name in found if name.endswith("computation")]:
        found[name] = (found[name].tick_type, found[name].implied_volatility, found[name].delta)
    return found


@pytest.mark.parametrize("types", [LIVE, DELAYED], ids=["live", "delayed"])
def test_who_is_told_the_present_ticks_knows_what_the_quote_knows(types):
    first, quote = _watching(5)
    for tick in _ticks(types, 5):
        first.apply(tick, 1)
    second, learned = _watching(9)
    for tick in present_ticks(quote, 9):
        second.apply(tick, 2)
    assert _told(learned) == _told(quote)
    unset = {name for name, value in _told(quote).items() if value is None}
    assert unset == {"put_open_interest"} | ({"call_open_interest", "open_interest"} & unset)
    expected = MarketDataType.LIVE if types is LIVE else MarketDataType.DELAYED
    assert learned.market_data_type == expected


def test_a_quote_without_ticks_tells_nothing():
    picture = Picture()
    picture.apply(catalog.RequestMarketData(request_id=1, contract=Stock("AAPL")), 0)
    assert list(present_ticks(picture.quotes.of_request(1), 2)) == []
