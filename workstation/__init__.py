"""A trading workstation for the terminal, and the library it runs on.

What programs need stands here, imported when it is first asked for: the clients, the indexes, and
all that `workstation.model` has (contracts, orders, their vocabularies, and what comes back).
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
    from workstation.model import *  # noqa: F403  one list of names, that of the model
    from workstation.model.indexes import SP500 as SP500
    from workstation.model.indexes import Dow30 as Dow30

__version__ = "0.1.0"

_HOMES = {
    "IBKR_API": "clients.api",
    "Stream": "clients.api",
    "ClientApplication": "clients",
    "ClientOptions": "clients",
    "MultiClientApplication": "desk.multi_client_application",
    "Dow30": "model.indexes",
    "SP500": "model.indexes",
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
