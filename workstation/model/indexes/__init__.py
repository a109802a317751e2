"""Stock indexes: the names that make up the Dow 30, the S&P 500 and all others that are kept."""

from typing import TYPE_CHECKING

from workstation.lazy import reexports

if TYPE_CHECKING:
    from workstation.model.indexes.all_indexes import *  # noqa: F403
    from workstation.model.indexes.constituents import Constituent as Constituent
    from workstation.model.indexes.index import StockIndex as StockIndex

_NAMES = {
    "all_indexes": (
        "AEX BEL20 CAC40 CACMid60 DAX Dow30 EuroStoxx50 FTSE100 IBEX35 INDEXES MDAX Nasdaq100 "
        "Nikkei225 OMXHelsinki25 OMXStockholm30 SDAX SP100 SP500 SP600 Switzerland20 TecDAX"
    ),
    "constituents": "Constituent",
    "index": "StockIndex",
}

__getattr__, __dir__ = reexports(__name__, _NAMES)
