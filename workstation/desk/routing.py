"""Routing: the names of the desk's exchanges and keys, and which key fits which pattern.

Owns the topology's vocabulary: two topic exchanges, keys of the form `<message_type>.<code>`, the
rules for codes, and topic matching as AMQP has it. A broker of any kind follows this module.
"""

from __future__ import annotations

import re
from enum import StrEnum

from workstation.errors import InvalidValue

__all__ = ["CODE", "SCREEN", "Exchange", "MessageType", "checked_code", "matches", "routing_key"]

SCREEN = "SCREEN"
"""Code of the person at the screen; no actor may have it."""

CODE = "[A-Z0-9_]{1,16}"
"""What a code looks like, as a regular expression."""


class Exchange(StrEnum):
    """Where messages are published."""

    TRADING_DESK = "trading_desk"
    """Bound for the desk."""
    ACTOR = "actor"
    """Bound for actors; whoever binds `#` here sees the whole conversation."""


class MessageType(StrEnum):
    """What a message is about; the first word of its routing key."""

    BRIDGE = "bridge"
    """The Bridge: requests, and what comes back for them."""
    MULTI_CLIENT = "multi_client"
    """Desk and actor themselves: pause, report, heartbeat, and the answers."""


def checked_code(code: str) -> str:
    """An actor's code, if it is one.

    Raises:
        InvalidValue: it is not, or it is the screen's.
    """
    if not re.fullmatch(CODE, code):
        raise InvalidValue("code", code, "1 to 16 of A-Z, 0-9 and _")
    if code == SCREEN:
        raise InvalidValue("code", code, "that one is the screen's own")
    return code


def routing_key(message_type: MessageType, code: str) -> str:
    """`<message_type>.<code>`."""
    return f"{message_type}.{code}"


def matches(pattern: str, key: str) -> bool:
    """Whether a topic pattern fits a routing key.

    Both are words between dots; `*` stands for exactly one word (an empty one too) and `#` for any
    number of them. Case counts. A key without characters has no words.
    """
    words = key.split(".") if key else []
    # `places` holds every word position that the pattern so far can have reached.
    places = {0}
    for part in pattern.split(".") if pattern else []:
        if part == "#":
            places = set(range(min(places), len(words) + 1))
        else:
            places = {
                place + 1 for place in places if place < len(words) and part in ("*", words[place])
            }
        if not places:
            return False
    return len(words) in places
