"""Sectors: the one sector of the Global Industry Classification Standard that a company is in.

Owns the eleven sectors, how one is read from records that mix several schemes of words, and the few
companies whose records name two of them or none. What can not be told stays unclassified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

__all__ = ["SECTORS", "SETTLED", "UNKNOWN_SECTOR", "sector_named"]

UNKNOWN_SECTOR = "Unclassified"

SECTORS = (
    "Communication Services",
    "Consumer Discretionary",
    "Consumer Staples",
    "Energy",
    "Financials",
    "Health Care",
    "Industrials",
    "Information Technology",
    "Materials",
    "Real Estate",
    "Utilities",
)

SETTLED: Mapping[str, str] = MappingProxyType(
    {
        "AES": "Utilities",
        "ATO": "Utilities",
        "CEG": "Utilities",
        "CMS": "Utilities",
        "CPK": "Utilities",
        "DOC": "Real Estate",
        "DUK": "Utilities",
        "ED": "Utilities",
        "EQIX": "Real Estate",
        "EQR": "Real Estate",
        "FRT": "Real Estate",
        "GEV": "Industrials",
        "GRMN": "Consumer Discretionary",
        "MCO": "Financials",
        "MSCI": "Financials",
        "PSA": "Real Estate",
        "STE": "Health Care",
        "ALNY": "Health Care",
        "ARM": "Information Technology",
        "ASML": "Information Technology",
        "CCEP": "Consumer Staples",
        "INSM": "Health Care",
        "MELI": "Consumer Discretionary",
        "MRVL": "Information Technology",
        "MSTR": "Information Technology",
        "PDD": "Consumer Discretionary",
        "SHOP": "Information Technology",
        "TEAM": "Information Technology",
        "TRI": "Industrials",
        "ZS": "Information Technology",
    }
)
"""Symbols of American listings whose records name two sectors (those up to STE) or none."""

_OTHER_SCHEMES = frozenset(
    {
        "Basic Materials",
        "Consumer Cyclical",
        "Consumer Cyclicals",
        "Consumer Defensive",
        "Consumer Non-Cyclicals",
        "Healthcare",
        "Technology",
        "Telecommunications Services",
    }
)
"""Sectors of other schemes. Those share words with ours, such as Industrials, but draw the lines
elsewhere: beside one of these a word is no evidence, unless the whole list is classified by ours.
"""


def sector_named(words: Iterable[str], *, is_classified: bool) -> str:
    """The sector that a record names; empty where it names none, or more than one.

    Args:
        words: the record's words for what the company does.
        is_classified: whether the list it stands in gives the sectors of this standard.
    """
    said = set(words)
    named = said.intersection(SECTORS)
    if len(named) != 1 or (not is_classified and said & _OTHER_SCHEMES):
        return ""
    return named.pop()
