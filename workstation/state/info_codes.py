"""Info codes: what the code of an info message (message 4) says about what was asked.

Owns which codes only warn, which tell news of an order, and that all others refuse. Leaves to each
reader what it does about it.
"""

from __future__ import annotations

__all__ = ["ORDER_CANCELLED", "ORDER_HELD", "is_refusal", "is_warning"]

ORDER_CANCELLED = 202
"""An order is cancelled, as somebody asked."""

ORDER_HELD = 404
"""The Bridge keeps an order but does not work it: there are no shares to borrow."""

_WARNINGS = frozenset({399, 1100, 1101, 1102, 10090, 10167, 10197})
"""Besides 2100 to 2199: an order that waits for the market to open, the Bridge's own connection,
and quotes that come delayed or in part."""


def is_warning(code: int) -> bool:
    """Whether this leaves the order or request it names as it is."""
    return 2100 <= code < 2200 or code in _WARNINGS


def is_refusal(code: int) -> bool:
    """Whether this refuses what was asked."""
    return not is_warning(code) and code not in (ORDER_CANCELLED, ORDER_HELD)
