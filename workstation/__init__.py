"""A trading workstation for the terminal, and the library it runs on.

What programs need stands here, imported when it is first asked for: the clients, the indexes, the
message codes, and all that `workstation.model` has (contracts, orders, their vocabularies, and what
comes back).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workstation.clients import ClientApplication as ClientApplication
    from workstation.clients import ClientOptions as ClientOptions
    from workstation.clients.api import IBKR_API as IBKR_API
    from workstation.clients.api import Stream as Stream
    from workstation.desk.multi_client_application import (
        MultiClientApplication as MultiClientApplication,
    )
    from workstation.message_codes import MESSAGE_CODES as MESSAGE_CODES
    from workstation.message_codes import MessageCode as MessageCode
    from workstation.message_codes import MessageSeverity as MessageSeverity
    from workstation.message_codes import message_code as message_code
    from workstation.model import *  # noqa: F403  one list of names, that of the model
    from workstation.model.indexes import AEX as AEX
    from workstation.model.indexes import BEL20 as BEL20
    from workstation.model.indexes import CAC40 as CAC40
    from workstation.model.indexes import DAX as DAX
    from workstation.model.indexes import FTSE100 as FTSE100
    from workstation.model.indexes import IBEX35 as IBEX35
    from workstation.model.indexes import INDEXES as INDEXES
    from workstation.model.indexes import MDAX as MDAX
    from workstation.model.indexes import SDAX as SDAX
    from workstation.model.indexes import SP100 as SP100
    from workstation.model.indexes import SP500 as SP500
    from workstation.model.indexes import SP600 as SP600
    from workstation.model.indexes import CACMid60 as CACMid60
    from workstation.model.indexes import Constituent as Constituent
    from workstation.model.indexes import Dow30 as Dow30
    from workstation.model.indexes import EuroStoxx50 as EuroStoxx50
    from workstation.model.indexes import Nasdaq100 as Nasdaq100
    from workstation.model.indexes import Nikkei225 as Nikkei225
    from workstation.model.indexes import OMXHelsinki25 as OMXHelsinki25
    from workstation.model.indexes import OMXStockholm30 as OMXStockholm30
    from workstation.model.indexes import StockIndex as StockIndex
    from workstation.model.indexes import Switzerland20 as Switzerland20
    from workstation.model.indexes import TecDAX as TecDAX

__version__ = "0.1.0"

_HOMES = {
    "IBKR_API": "clients.api",
    "Stream": "clients.api",
    "ClientApplication": "clients",
    "ClientOptions": "clients",
    "MultiClientApplication": "desk.multi_client_application",
    "AEX": "model.indexes",
    "BEL20": "model.indexes",
    "CAC40": "model.indexes",
    "DAX": "model.indexes",
    "IBEX35": "model.indexes",
    "MESSAGE_CODES": "message_codes",
    "MessageCode": "message_codes",
    "MessageSeverity": "message_codes",
    "message_code": "message_codes",
    "INDEXES": "model.indexes",
    "MDAX": "model.indexes",
    "SDAX": "model.indexes",
    "SP100": "model.indexes",
    "SP500": "model.indexes",
    "SP600": "model.indexes",
    "CACMid60": "model.indexes",
    "Dow30": "model.indexes",
    "EuroStoxx50": "model.indexes",
    "FTSE100": "model.indexes",
    "Nasdaq100": "model.indexes",
    "Nikkei225": "model.indexes",
    "OMXHelsinki25": "model.indexes",
    "OMXStockholm30": "model.indexes",
    "Switzerland20": "model.indexes",
    "TecDAX": "model.indexes",
    "Constituent": "model.indexes",
    "StockIndex": "model.indexes",
}
"""Where names live that the model has not."""


def __getattr__(name: str) -> object:
    if name == "__all__":
        return _names()
    if name not in _HOMES and (name.startswith("_") or name not in _model_names()):
        raise AttributeError(f"module 'workstation' has no attribute {name!r}")
    found = getattr(import_module(f"workstation.{_HOMES.get(name, 'model')}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_names()})


def _names() -> list[str]:
    return sorted({*_HOMES, *_model_names()})


def _model_names() -> list[str]:
    names: list[str] = import_module("workstation.model").__all__
    return names
