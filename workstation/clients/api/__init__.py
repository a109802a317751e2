"""The API that waits: IBKR_API, its streams and its results."""

from workstation.clients.api.gathering import Gathering
from workstation.clients.api.ibkr_api import IBKR_API
from workstation.clients.api.results import AccountReport
from workstation.clients.api.stream import Stream

__all__ = ["IBKR_API", "AccountReport", "Gathering", "Stream"]
