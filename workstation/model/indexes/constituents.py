"""Constituents: the members of an index, read from the package `pytickersymbols`.

Owns the only use of that package (its data comes from Wikipedia) and how its records become ours:
symbols in the form that Bridges use, one sector a company, and an exchange only where the data
names one without contradiction. Nothing is read before somebody asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import version
from typing import Any, NamedTuple

from workstation.model.contracts import Contract, Stock
from workstation.model.enums import SecurityType
from workstation.model.indexes.sectors import SECTORS, SETTLED, UNKNOWN_SECTOR, sector_named
from workstation.model.record import Record

__all__ = ["UNKNOWN_SECTOR", "Constituent", "Source", "constituents", "data_version"]

_PACKAGE = "pytickersymbols"


class Constituent(Record):
    """One member of an index."""

    symbol: str
    """As Bridges write it: `BRK B`, `VOLV.B`; empty where the data has none of the home market."""
    name: str
    sector: str
    """One of the eleven of the Global Industry Classification Standard, or Unclassified."""
    industry: str = ""
    """What it does, in the data's own words; empty where there are none."""
    currency: str = "USD"
    """In which it is traded there."""
    primary_exchange: str = ""
    """The Bridge's word for where it is listed; empty where the data names none or contradicts
    itself: never guessed."""
    isin: str = ""
    """Empty where the data has none, or one for several classes of shares."""

    @property
    def is_identified(self) -> bool:
        """Whether the data says enough to find its stock."""
        return bool(self.symbol or self.isin)

    def stock(self) -> Contract:
        """Its stock, smart-routed; by its ISIN where the data has no symbol.

        Only of a member that is identified.
        """
        if self.symbol:
            return Stock(
                self.symbol, currency=self.currency, primary_exchange=self.primary_exchange
            )
        return Contract(
            security_type=SecurityType.STOCK,
            exchange="SMART",
            currency=self.currency,
            security_id_type="ISIN",
            security_id=self.isin,
        )


class Source(NamedTuple):
    """Where the data keeps an index, and what its symbols mean."""

    name: str
    """Its name in the data."""
    currency: str
    """Of its members' prices: all its exchanges have the same."""
    is_american: bool = False
    home: str = ""
    """For lists whose symbols come from anywhere: the exchange, as the data writes it, whose
    listing proves a symbol."""


_MARKETS: Mapping[str, str] = {
    "AS": "AEB",
    "BR": "ENEXT.BE",
    "DE": "IBIS",
    "HE": "HEX",
    "L": "LSE",
    "MC": "BM",
    "MI": "BVME",
    "PA": "SBF",
    "ST": "SFB",
    "SW": "EBS",
    "T": "TSEJ",
}
"""The Bridge's word for the exchange that the data marks by the end of a symbol, as in SAP.DE."""

_CLASSIFIED = (
    *("S&P 500", "S&P 600", "S&P 100", "EURO STOXX 50"),
    *("OMX Helsinki 25", "OMX Stockholm 30"),
)
"""Lists that give the sectors of the standard itself; where two differ, the first counts."""

_LONGEST_INDUSTRY = 45
"""Longer ones are lists that ran together."""

_SHORT_IN_LONDON = 2
"""London fills symbols of two letters up with a dot: `BP.`."""

_EXCHANGES = {"nyse": "NYSE", "nasdaq": "NASDAQ"}
_TRADED_AS = re.compile(r"\b(NYSE|Nasdaq)\s*:\s*([A-Z][A-Z.]*)", re.IGNORECASE)
"""As in `Nasdaq : AAPL Nasdaq-100 component`."""


@cache
def constituents(source: Source) -> tuple[Constituent, ...]:
    """The members of an index, by symbol; those without one come last, by name.

    A symbol that is listed twice at one exchange counts once.
    """
    found: dict[tuple[str, str], Constituent] = {}
    for record in _records(source.name):
        member = _constituent(record, source)
        found.setdefault((member.symbol or member.name, member.primary_exchange), member)
    return tuple(sorted(found.values(), key=lambda one: (not one.symbol, one.symbol, one.name)))


@cache
def data_version() -> str:
    """Package and version of the data, such as `pytickersymbols 1.17.10`; it has no dates."""
    return f"{_PACKAGE} {version(_PACKAGE)}"


@cache
def _records(index: str) -> tuple[dict[str, Any], ...]:
    from pytickersymbols import PyTickerSymbols

    return tuple(PyTickerSymbols().get_stocks_by_index(index))


def _constituent(record: dict[str, Any], source: Source) -> Constituent:
    if source.is_american:
        symbol, exchange = record["symbol"].replace(".", " "), _american_exchange(record)
    else:
        symbol, exchange = _home_listing(record, source)
    isins = record.get("isins", ())
    words = record.get("industries", ())
    return Constituent(
        symbol=symbol,
        name=record["name"],
        sector=_sector(record, source),
        industry=_industry(words),
        currency=source.currency,
        primary_exchange=exchange,
        isin=isins[0] if len(isins) == 1 else "",
    )


def _home_listing(record: dict[str, Any], source: Source) -> tuple[str, str]:
    """Symbol and exchange at home; both empty where the data has only foreign listings."""
    symbol, *markets = record.get("symbol", "").split(".")
    if not markets:
        proof = f"{source.home}:{symbol}"
        is_proven = any(listing["google"] == proof for listing in _listings(record))
        return (symbol if is_proven else "", "")
    # Two marks, as in AIR.PA.DE, contradict each other.
    exchange = _MARKETS.get(markets[0], "") if len(markets) == 1 else ""
    if exchange == "LSE" and len(symbol) == _SHORT_IN_LONDON:
        symbol += "."
    return symbol.replace("-", "."), exchange


def _sector(record: dict[str, Any], source: Source) -> str:
    """The record's sector; other records of the same company may tell it better."""
    if source.is_american:
        symbol = record["symbol"]
        known = SETTLED.get(symbol) or _sectors_by_symbol().get(symbol)
    else:
        isins = record.get("isins", ())
        known = _sectors_by_isin().get(isins[0]) if len(isins) == 1 else ""
    is_classified = source.name in _CLASSIFIED
    own = sector_named(record.get("industries", ()), is_classified=is_classified)
    return known or own or UNKNOWN_SECTOR


@cache
def _sectors_by_symbol() -> dict[str, str]:
    """Of the S&P 500: other American lists take theirs from here."""
    return {
        record["symbol"]: sector_named(record["industries"], is_classified=True)
        for record in _records("S&P 500")
    }


@cache
def _sectors_by_isin() -> dict[str, str]:
    found: dict[str, str] = {}
    for isin, sector in _classified():
        if sector:
            found.setdefault(isin, sector)
    return found


def _classified() -> Iterator[tuple[str, str]]:
    for name in _CLASSIFIED:
        for record in _records(name):
            isins = record.get("isins", ())
            if len(isins) == 1:
                yield isins[0], sector_named(record.get("industries", ()), is_classified=True)


def _industry(industries: Iterable[str]) -> str:
    telling = (
        words
        for words in sorted(industries)
        if words not in SECTORS and len(words) <= _LONGEST_INDUSTRY
    )
    return next(telling, "")


def _american_exchange(record: dict[str, Any]) -> str:
    """The exchange that all of the record's US listings of this very symbol agree on."""
    symbol = record["symbol"]
    traded_as = record.get("metadata", {}).get("traded_as", "")
    named = {exchange.lower() for exchange, of in _TRADED_AS.findall(traded_as) if of == symbol}
    for listing in _listings(record):
        exchange, _, of = listing["google"].partition(":")
        if listing["currency"] == "USD" and of == symbol:
            named.add(exchange.lower())
    known = named & _EXCHANGES.keys()
    return _EXCHANGES[known.pop()] if len(known) == 1 else ""


def _listings(record: dict[str, Any]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = record.get("symbols", [])
    return found
