"""Info codes: what the code of an info message (message 4) says about what was asked.

Owns which codes tell news of an order, and derives from the table of message codes which ones only
warn and which refuse. Leaves to each reader what it does about it.
"""

from __future__ import annotations

from workstation.message_codes import MessageSeverity, message_code

__all__ = ["ORDER_CANCELLED", "ORDER_HELD", "is_refusal", "is_warning"]

ORDER_CANCELLED = 202
"""An order is cancelled, as somebody asked."""

ORDER_HELD = 404
"""The Bridge keeps an order but does not work it: there are no shares to borrow."""


def is_warning(code: int) -> bool:
    """Whether this leaves the order or request it names as it is."""
    return not is_refusal(code) and code not in (ORDER_CANCELLED, ORDER_HELD)


def is_refusal(code: int) -> bool:
    """Whether this refuses what was asked."""
    return message_code(code).severity is MessageSeverity.ERROR
