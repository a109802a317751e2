"""The table of message codes: everything that is known of them, in one place.

Owns joining the ranges, and what is said of a code that no range has.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workstation.message_codes import (
    client_side,
    first_hundreds,
    system,
    ten_thousands,
    third_and_fourth_hundreds,
)
from workstation.message_codes.code import MessageCode, MessageSeverity, Rows

__all__ = ["MESSAGE_CODES", "message_code"]

_PARTS: tuple[tuple[MessageSeverity, Rows], ...] = (
    (MessageSeverity.ERROR, first_hundreds.ERRORS),
    (MessageSeverity.INFORMATION, first_hundreds.INFORMATION),
    (MessageSeverity.ERROR, third_and_fourth_hundreds.ERRORS),
    (MessageSeverity.WARNING, third_and_fourth_hundreds.WARNINGS),
    (MessageSeverity.ERROR, client_side.ERRORS),
    (MessageSeverity.CONNECTIVITY, system.CONNECTIVITY),
    (MessageSeverity.WARNING, system.WARNINGS),
    (MessageSeverity.ERROR, ten_thousands.ERRORS),
    (MessageSeverity.WARNING, ten_thousands.WARNINGS),
)

_ALL_WARN = range(2100, 2200)
"""Codes that never refuse, also those that are not in the table."""


def _joined(parts: tuple[tuple[MessageSeverity, Rows], ...]) -> dict[int, MessageCode]:
    found: dict[int, MessageCode] = {}
    for severity, rows in parts:
        for code, (meaning, advice) in rows.items():
            if code in found:
                raise ValueError(f"message code {code} stands twice in the table")
            found[code] = MessageCode(code, severity, meaning, advice)
    return dict(sorted(found.items()))


MESSAGE_CODES: Mapping[int, MessageCode] = MappingProxyType(_joined(_PARTS))
"""Every known code, ascending."""


def message_code(code: int) -> MessageCode:
    """What is known of a code.

    One that is not in the table has neither meaning nor advice: it is an error, unless its number
    alone says that it only warns.
    """
    known = MESSAGE_CODES.get(code)
    if known is not None:
        return known
    severity = MessageSeverity.WARNING if code in _ALL_WARN else MessageSeverity.ERROR
    return MessageCode(code, severity, "", "")
