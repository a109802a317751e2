"""Constituents: the members of an index, read from the package `pytickersymbols`.

Owns the only use of that package (its data comes from Wikipedia) and how its records become ours:
symbols in the form that Bridges use, one sector a company, and a primary exchange only where the
data names one without contradiction. Nothing is read before somebody asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from workstation.model.record import Record

__all__ = ["UNKNOWN_SECTOR", "Constituent", "constituents"]

UNKNOWN_SECTOR = "Unclassified"


class Constituent(Record):
    """One member of an index."""

    symbol: str
    """As Bridges write it: `BRK B`."""
    name: str
    sector: str
    """One of the eleven sectors of the Global Industry Classification Standard."""
    industry: str = ""
    """What it does, in the data's own words; empty where there are none."""
    primary_exchange: str = ""
    """NYSE or NASDAQ; empty where the data names none or contradicts itself: never guessed."""
    isin: str = ""
    """Empty where the data has none, or one for several classes of shares."""


# Records mix sectors with other words for the same trade. Of two sectors the narrower one counts
# (a trust is more Real Estate than it is Financials), so the broad ones come last.
_SECTORS = (
    "Health Care",
    "Real Estate",
    "Utilities",
    "Consumer Discretionary",
    "Consumer Staples",
    "Information Technology",
    "Communication Services",
    "Materials",
    "Financials",
    "Industrials",
    "Energy",
)

_LONGEST_INDUSTRY = 45
"""Longer ones are lists that ran together."""

_EXCHANGES = {"nyse": "NYSE", "nasdaq": "NASDAQ"}
_TRADED_AS = re.compile(r"\b(NYSE|Nasdaq)\s*:\s*([A-Z][A-Z.]*)", re.IGNORECASE)
"""As in `Nasdaq : AAPL Nasdaq-100 component`."""


@cache
def constituents(index: str) -> tuple[Constituent, ...]:
    """The members of an index, by symbol.

    Args:
        index: its name in the data, such as `S&P 500`.
    """
    return tuple(
        sorted((_constituent(record) for record in _records(index)), key=lambda one: one.symbol)
    )


@cache
def _records(index: str) -> tuple[dict[str, Any], ...]:
    from pytickersymbols import PyTickerSymbols

    return tuple(PyTickerSymbols().get_stocks_by_index(index))


def _constituent(record: dict[str, Any]) -> Constituent:
    isins = record.get("isins", ())
    return Constituent(
        symbol=record["symbol"].replace(".", " "),
        name=record["name"],
        sector=_sector(record),
        industry=_industry(record["industries"]),
        primary_exchange=_primary_exchange(record),
        isin=isins[0] if len(isins) == 1 else "",
    )


def _sector(record: dict[str, Any]) -> str:
    """The record's sector; records of other indexes often lack it, those of the S&P 500 have it."""
    classified = _sectors_by_symbol().get(record["symbol"])
    return classified or _first_sector(record["industries"]) or UNKNOWN_SECTOR


@cache
def _sectors_by_symbol() -> dict[str, str]:
    return {record["symbol"]: _first_sector(record["industries"]) for record in _records("S&P 500")}


def _first_sector(industries: Iterable[str]) -> str:
    words = set(industries)
    return next((sector for sector in _SECTORS if sector in words), "")


def _industry(industries: Iterable[str]) -> str:
    telling = (
        words
        for words in sorted(industries)
        if words not in _SECTORS and len(words) <= _LONGEST_INDUSTRY
    )
    return next(telling, "")


def _primary_exchange(record: dict[str, Any]) -> str:
    """The exchange that all of the record's US listings of this very symbol agree on."""
    symbol = record["symbol"]
    traded_as = record.get("metadata", {}).get("traded_as", "")
    named = {exchange.lower() for exchange, of in _TRADED_AS.findall(traded_as) if of == symbol}
    for listing in record["symbols"]:
        exchange, _, of = listing["google"].partition(":")
        if listing["currency"] == "USD" and of == symbol:
            named.add(exchange.lower())
    known = named & _EXCHANGES.keys()
    return _EXCHANGES[known.pop()] if len(known) == 1 else ""
