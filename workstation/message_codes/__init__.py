"""Message codes: what the numbers in info messages (message 4) mean, and what to do about them.

The codes are facts of the API; the words are this package's own. `workstation wire codes` prints
them.
"""

from workstation.message_codes.code import MessageCode, MessageSeverity
from workstation.message_codes.table import MESSAGE_CODES, message_code

__all__ = ["MESSAGE_CODES", "MessageCode", "MessageSeverity", "message_code"]
