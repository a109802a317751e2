"""Requests: every request of the protocol as a typed method, written once.

Owns the methods' names, arguments and defaults, and giving each request its id; one module a
subject. Leaves to whoever mixes this in how a request reaches the Bridge: `ClientApplication`
sends it, an actor hands it to its desk. A method, its message class and its form on the desk share
one name.
"""

from __future__ import annotations

from workstation.clients.requests.account import AccountRequests
from workstation.clients.requests.contracts import ContractRequests
from workstation.clients.requests.history import HistoryRequests
from workstation.clients.requests.market_data import MarketDataRequests
from workstation.clients.requests.news import NewsRequests
from workstation.clients.requests.orders import OrderRequests
from workstation.clients.requests.session import SessionRequests

__all__ = ["Requests"]


class Requests(
    SessionRequests,
    MarketDataRequests,
    ContractRequests,
    HistoryRequests,
    OrderRequests,
    AccountRequests,
    NewsRequests,
):
    """Requests as methods; each returns the id under which answers will come, where there is one.

    Every method raises NotConnected without a Bridge, EncodeError for a value that can not be
    sent, and `place_order` OrderRefused when the order guard holds the order back.
    """
