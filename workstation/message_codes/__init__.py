"""Message codes: what the numbers in info messages (message 4) mean, and what to do about them.

The codes are facts of the API; the words are this package's own. `workstation wire codes` prints
them.
"""

from typing import TYPE_CHECKING

from workstation.lazy import reexports

if TYPE_CHECKING:
    from workstation.message_codes.code import MessageCode as MessageCode
    from workstation.message_codes.code import MessageSeverity as MessageSeverity
    from workstation.message_codes.table import *  # noqa: F403

_NAMES = {
    "code": "MessageCode MessageSeverity",
    "table": "MESSAGE_CODES message_code",
}

__getattr__, __dir__ = reexports(__name__, _NAMES)
