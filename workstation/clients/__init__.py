"""Clients: programs on a Bridge connection, and what they share.

Owns the socket, pacing, the line budget, coming back after a loss, and the requests as methods.
Leaves bytes to `protocol`, the picture to `state` and every rule about orders to `risk`.
"""

from workstation.clients.client_application import ClientApplication
from workstation.clients.lines import Priority
from workstation.clients.options import ClientOptions
from workstation.clients.requests import Requests

__all__ = ["ClientApplication", "ClientOptions", "Priority", "Requests"]
