"""A trading workstation for the terminal, and the library it runs on.

What programs need stands here, imported when it is first asked for: the clients, the indexes, the
message codes, the errors, and all that `workstation.model` has (contracts, orders, their
vocabularies, and what comes back).
"""

from typing import TYPE_CHECKING

from workstation.lazy import EVERYTHING, reexports

if TYPE_CHECKING:
    from workstation.clients import ClientApplication as ClientApplication
    from workstation.clients import ClientOptions as ClientOptions
    from workstation.clients.api import IBKR_API as IBKR_API
    from workstation.clients.api import Stream as Stream
    from workstation.desk.actors.actor import Actor as Actor
    from workstation.desk.multi_client_application import (
        MultiClientApplication as MultiClientApplication,
    )
    from workstation.errors import *  # noqa: F403
    from workstation.message_codes import *  # noqa: F403
    from workstation.model import *  # noqa: F403
    from workstation.model.indexes import *  # noqa: F403

__version__ = "0.1.0"

_NAMES = {
    "clients": "ClientApplication ClientOptions",
    "clients.api": "IBKR_API Stream",
    "desk.actors.actor": "Actor",
    "desk.multi_client_application": "MultiClientApplication",
    "model": EVERYTHING,
    "model.indexes": EVERYTHING,
    "message_codes": EVERYTHING,
    "errors": EVERYTHING,
}

__getattr__, __dir__ = reexports(__name__, _NAMES)
