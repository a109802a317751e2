"""A trading workstation for the terminal, and the library it runs on.

What programs need stands here, imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workstation.clients import ClientApplication, ClientOptions
    from workstation.clients.api import IBKR_API, Stream
    from workstation.desk.multi_client_application import MultiClientApplication
    from workstation.model import (
        Contract,
        LimitOrder,
        MarketOrder,
        Option,
        Order,
        Stock,
        StopLimitOrder,
        StopOrder,
    )
    from workstation.model.indexes import SP500, Dow30

__version__ = "0.1.0"

_HOMES = {
    "IBKR_API": "clients.api",
    "Stream": "clients.api",
    "ClientApplication": "clients",
    "ClientOptions": "clients",
    "MultiClientApplication": "desk.multi_client_application",
    "Dow30": "model.indexes",
    "SP500": "model.indexes",
    **dict.fromkeys(
        (
            "Contract",
            "LimitOrder",
            "MarketOrder",
            "Option",
            "Order",
            "Stock",
            "StopLimitOrder",
            "StopOrder",
        ),
        "model",
    ),
}

__all__ = [
    "IBKR_API",
    "SP500",
    "ClientApplication",
    "ClientOptions",
    "Contract",
    "Dow30",
    "LimitOrder",
    "MarketOrder",
    "MultiClientApplication",
    "Option",
    "Order",
    "Stock",
    "StopLimitOrder",
    "StopOrder",
    "Stream",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'workstation' has no attribute {name!r}")
    found = getattr(import_module(f"workstation.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
