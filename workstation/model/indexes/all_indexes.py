"""All indexes: every stock index that the data keeps, one function each.

Owns their names and where the data has them. An index reads like the name it is: `Dow30().AAPL`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workstation.model.indexes.constituents import Source
from workstation.model.indexes.index import StockIndex

__all__ = [
    "AEX",
    "BEL20",
    "CAC40",
    "DAX",
    "FTSE100",
    "IBEX35",
    "INDEXES",
    "MDAX",
    "SDAX",
    "SP100",
    "SP500",
    "SP600",
    "CACMid60",
    "Dow30",
    "EuroStoxx50",
    "Nasdaq100",
    "Nikkei225",
    "OMXHelsinki25",
    "OMXStockholm30",
    "Switzerland20",
    "TecDAX",
]

_TABLE = (
    ("Dow30", "Dow 30", Source("DOW JONES", "USD", is_american=True)),
    ("SP100", "S&P 100", Source("S&P 100", "USD", is_american=True)),
    ("SP500", "S&P 500", Source("S&P 500", "USD", is_american=True)),
    ("SP600", "S&P SmallCap 600", Source("S&P 600", "USD", is_american=True)),
    ("Nasdaq100", "Nasdaq-100", Source("NASDAQ 100", "USD", is_american=True)),
    ("DAX", "DAX", Source("DAX", "EUR")),
    ("MDAX", "MDAX", Source("MDAX", "EUR")),
    ("SDAX", "SDAX", Source("SDAX", "EUR", home="FRA")),
    ("TecDAX", "TecDAX", Source("TecDAX", "EUR")),
    ("CAC40", "CAC 40", Source("CAC_40", "EUR")),
    ("CACMid60", "CAC Mid 60", Source("CAC Mid 60", "EUR", home="EPA")),
    ("FTSE100", "FTSE 100", Source("FTSE 100", "GBP")),
    ("EuroStoxx50", "EURO STOXX 50", Source("EURO STOXX 50", "EUR")),
    ("IBEX35", "IBEX 35", Source("IBEX 35", "EUR")),
    ("AEX", "AEX", Source("AEX", "EUR")),
    ("BEL20", "BEL 20", Source("BEL 20", "EUR")),
    ("OMXHelsinki25", "OMX Helsinki 25", Source("OMX Helsinki 25", "EUR")),
    ("OMXStockholm30", "OMX Stockholm 30", Source("OMX Stockholm 30", "SEK")),
    ("Switzerland20", "Swiss Market Index", Source("Switzerland 20", "CHF")),
    ("Nikkei225", "Nikkei 225", Source("NIKKEI 225", "JPY")),
)

INDEXES: Mapping[str, StockIndex] = MappingProxyType(
    {word: StockIndex(name, source) for word, name, source in _TABLE}
)
"""Every index by the name of its function: `INDEXES["Dow30"]`."""


def Dow30() -> StockIndex:
    """The Dow Jones Industrial Average: 30 names."""
    return INDEXES["Dow30"]


def SP100() -> StockIndex:
    """The S&P 100, the largest of the S&P 500: 101 names."""
    return INDEXES["SP100"]


def SP500() -> StockIndex:
    """The S&P 500: 503 names, for some companies have two classes of shares."""
    return INDEXES["SP500"]


def SP600() -> StockIndex:
    """The S&P SmallCap 600; hardly any exchange is known."""
    return INDEXES["SP600"]


def Nasdaq100() -> StockIndex:
    """The Nasdaq-100: 101 names."""
    return INDEXES["Nasdaq100"]


def DAX() -> StockIndex:
    """The 40 largest German companies."""
    return INDEXES["DAX"]


def MDAX() -> StockIndex:
    """The 50 German companies after those of the DAX."""
    return INDEXES["MDAX"]


def SDAX() -> StockIndex:
    """Smaller German companies; many are found by ISIN alone, and no exchange is known."""
    return INDEXES["SDAX"]


def TecDAX() -> StockIndex:
    """The 30 largest German companies of technology."""
    return INDEXES["TecDAX"]


def CAC40() -> StockIndex:
    """The 40 largest companies of Paris."""
    return INDEXES["CAC40"]


def CACMid60() -> StockIndex:
    """The 60 companies after those of the CAC 40; all are found by ISIN alone."""
    return INDEXES["CACMid60"]


def FTSE100() -> StockIndex:
    """The 100 largest companies of London."""
    return INDEXES["FTSE100"]


def EuroStoxx50() -> StockIndex:
    """The 50 largest companies of the euro area, each at its home exchange."""
    return INDEXES["EuroStoxx50"]


def IBEX35() -> StockIndex:
    """The 35 largest companies of Madrid."""
    return INDEXES["IBEX35"]


def AEX() -> StockIndex:
    """The 25 largest companies of Amsterdam."""
    return INDEXES["AEX"]


def BEL20() -> StockIndex:
    """The 20 largest companies of Brussels."""
    return INDEXES["BEL20"]


def OMXHelsinki25() -> StockIndex:
    """The 25 most traded companies of Helsinki."""
    return INDEXES["OMXHelsinki25"]


def OMXStockholm30() -> StockIndex:
    """The 30 most traded companies of Stockholm."""
    return INDEXES["OMXStockholm30"]


def Switzerland20() -> StockIndex:
    """The Swiss Market Index: 20 names."""
    return INDEXES["Switzerland20"]


def Nikkei225() -> StockIndex:
    """The 225 companies of Tokyo's best known index; their symbols are numbers."""
    return INDEXES["Nikkei225"]
