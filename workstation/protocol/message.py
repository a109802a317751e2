"""Message: the base of everything that travels, and the registry of what there is.

Owns ids, names, directions and which versions have a message. A message class is declared once,
in the catalog, with its layout; encoders and decoders for both ends, its JSON form and its pretty
form all come from that one declaration.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, TypeVar, get_type_hints

from workstation.model.record import Record
from workstation.protocol.layout import Field, Item, Reference, items

__all__ = [
    "INBOUND",
    "REQUESTS",
    "Declaration",
    "Direction",
    "Inbound",
    "Message",
    "Request",
    "inbound",
    "lay_out",
    "request",
]

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Direction(StrEnum):
    """Which way a message travels, seen from the client."""

    OUT = "out"
    IN = "in"


class Message(Record):
    """One typed protocol message."""

    declaration: ClassVar[Declaration]

    @property
    def name(self) -> str:
        """Name of the message, which is also the name of its handler or request method."""
        return self.declaration.name


class Request(Message):
    """A message to the Bridge."""


class Inbound(Message):
    """A message from the Bridge."""


@dataclass(slots=True)
class Declaration:
    """All that is known of one message class.

    Args:
        cls: the class.
        message_id: its number on the wire.
        name: its name, snake case.
        direction: which way it travels.
        since: the lowest server version that has it.
        layout: its fields in wire order, after the id.
    """

    cls: type[Message]
    message_id: int
    name: str
    direction: Direction
    since: int
    layout: tuple[Item, ...] = ()
    keyed: bool = field(default=False)
    """Whether the message carries the id of the request it belongs to, in `request_id`."""


REQUESTS: dict[int, Declaration] = {}
"""Messages to the Bridge, by id."""

INBOUND: dict[int, Declaration] = {}
"""Messages from the Bridge, by id."""

MessageType = TypeVar("MessageType", bound=type[Message])


def request(message_id: int, *header: Any, since: int = 0) -> Callable[[MessageType], MessageType]:
    """Declare a message to the Bridge.

    Args:
        message_id: its number.
        header: items that stand before its own fields, such as a per-message version.
        since: the lowest server version that has it.
    """
    return _declare(REQUESTS, Direction.OUT, message_id, header, since)


def inbound(message_id: int, *header: Any, since: int = 0) -> Callable[[MessageType], MessageType]:
    """Declare a message from the Bridge; arguments as for `request`."""
    return _declare(INBOUND, Direction.IN, message_id, header, since)


def lay_out(cls: type[Message], *layout: Any) -> None:
    """Say how a message lies on the wire, where that is more than its fields in order."""
    cls.declaration.layout = items(*layout)


def _declare(
    registry: dict[int, Declaration],
    direction: Direction,
    message_id: int,
    header: tuple[Any, ...],
    since: int,
) -> Callable[[MessageType], MessageType]:
    def decorate(cls: MessageType) -> MessageType:
        if message_id in registry:
            taken = registry[message_id].cls.__name__
            raise ValueError(f"{direction} message {message_id} is {taken} already")
        own = tuple(Field(Reference(cls, name)) for name in cls.__struct_fields__)
        declaration = Declaration(
            cls,
            message_id,
            _BOUNDARY.sub("_", cls.__name__).lower(),
            direction,
            since,
            (*items(*header), *own),
            "request_id" in cls.__struct_fields__,
        )
        registry[message_id] = declaration
        cls.declaration = declaration
        return cls

    return decorate


@cache
def field_types(cls: type) -> dict[str, Any]:
    """Types of a record's fields, resolved, in order."""
    hints = get_type_hints(cls)
    names: tuple[str, ...] = cls.__struct_fields__  # type: ignore[attr-defined]
    return {name: hints[name] for name in names}
