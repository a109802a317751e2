"""Layouts: the grammar in which the catalog says how a message lies on the wire.

Owns the primitives and nothing else: a layout is data. The compiler turns it into coders.
Fields are named by attribute, `Order.limit_price`, never by a string: a rename reaches them and
a typing error is found at import.

The order of a layout is the order on the wire. Versions are those of the server: `since(111, …)`
is on the wire from 111, `until(145, …)` below 145, `between(163, 164, …)` from 163 and below 164.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

import msgspec

from workstation.protocol.codecs import ESCAPED, Codec, Unset

__all__ = [
    "Branch",
    "Columns",
    "Constant",
    "Expiry",
    "Field",
    "Gate",
    "Item",
    "Present",
    "Reference",
    "Refusal",
    "Repeat",
    "Scalars",
    "Test",
    "Union",
    "When",
    "between",
    "columns",
    "constant",
    "escaped",
    "expiry",
    "literal",
    "present",
    "refuse",
    "repeat",
    "scalars",
    "since",
    "skip",
    "spelled",
    "tag_text",
    "union",
    "until",
    "when",
    "zero",
]


class Reference(msgspec.Struct, frozen=True):
    """A field of a record: the record's class and the field's name."""

    owner: type
    name: str

    @classmethod
    def of(cls, attribute: Any) -> Reference:
        """From the attribute of the class, `Order.limit_price`.

        Raises:
            TypeError: it is no field of a record.
        """
        owner = getattr(attribute, "__objclass__", None)
        name = getattr(attribute, "__name__", None)
        if owner is None or name is None:
            raise TypeError(f"{attribute!r} is not a field of a record")
        return cls(owner, name)


class Field(msgspec.Struct, frozen=True):
    """One value, one field of the wire."""

    reference: Reference
    codec: Codec | None = None
    """None: the one that follows from the field's type."""
    unset: Unset = Unset.EMPTY


class Constant(msgspec.Struct, frozen=True):
    """A field nobody reads: always written like this, skipped when read."""

    client: str
    bridge: str


class Gate(msgspec.Struct, frozen=True):
    """Items that are on the wire from version `since` and below version `until`."""

    since: int
    until: int
    items: tuple[Item, ...]

    def is_open(self, version: int) -> bool:
        """Whether `version` has the items."""
        return self.since <= version < self.until


class Test(Enum):
    """What `when` asks of a value, as source over `$`."""

    TRUTHY = "$"
    ONE_OF = "$ in OPERAND"
    EQUALS = "$ == OPERAND"
    ABOVE_ZERO = "($ is not None and $ > 0)"


class Refusal(msgspec.Struct, frozen=True):
    """A value that only versions from `since` and below `until` understand; not on the wire."""

    reference: Reference
    value: object
    since: int
    until: int


class When(msgspec.Struct, frozen=True):
    """Items that are on the wire only if an earlier field passes a test."""

    reference: Reference
    test: Test
    operand: object
    items: tuple[Item, ...]


class Repeat(msgspec.Struct, frozen=True):
    """A count, then that many records."""

    reference: Reference
    record: type
    items: tuple[Item, ...]


class Scalars(msgspec.Struct, frozen=True):
    """A count, then that many values."""

    reference: Reference
    codec: Codec | None = None


class Columns(msgspec.Struct, frozen=True):
    """A count, then that many rows; kept as a record of columns."""

    reference: Reference
    record: type
    items: tuple[Item, ...]


class Present(msgspec.Struct, frozen=True):
    """A flag, then a record if it is set; no record is None."""

    reference: Reference
    record: type
    items: tuple[Item, ...]


class Branch(msgspec.Struct, frozen=True):
    """One kind of a tagged union: the number that stands for it, its record, its fields."""

    tag: int
    record: type
    items: tuple[Item, ...]


class Union(msgspec.Struct, frozen=True):
    """A count, then that many records of several kinds, each after the number of its kind."""

    reference: Reference
    branches: tuple[Branch, ...]


class Expiry(msgspec.Struct, frozen=True):
    """Date, time and zone in one field: `20270115`, `20270115 16:00 Zone`, `20270115-16:00:00`.

    With a hyphen the time is in UTC and no zone is named.
    """

    references: tuple[Reference, Reference, Reference]


class TagText(msgspec.Struct, frozen=True):
    """Named parameters in one field: `tag=value;tag=value;`."""

    reference: Reference
    separator: str = ";"


Item = (
    Field
    | Constant
    | Gate
    | Refusal
    | When
    | Repeat
    | Scalars
    | Columns
    | Present
    | Union
    | Expiry
    | TagText
)

_LAST = 2**31


def _items(values: tuple[Any, ...]) -> tuple[Item, ...]:
    """Items as they are; attributes as plain fields; tuples of either spliced in."""

    def each() -> Iterator[Item]:
        for value in values:
            if isinstance(value, tuple):
                yield from _items(value)
            elif isinstance(value, Item):
                yield value
            else:
                yield Field(Reference.of(value))

    return tuple(each())


def items(*values: Any) -> tuple[Item, ...]:
    """A run of fields that several layouts share."""
    return _items(values)


def since(version: int, *values: Any) -> Gate:
    """On the wire from `version`."""
    return Gate(version, _LAST, _items(values))


def until(version: int, *values: Any) -> Gate:
    """On the wire below `version`."""
    return Gate(0, version, _items(values))


def between(first: int, until_version: int, *values: Any) -> Gate:
    """On the wire from `first` and below `until_version`."""
    return Gate(first, until_version, _items(values))


def refuse(attribute: Any, value: object, *, since: int = 0, until: int = _LAST) -> Refusal:
    """A value that only some versions understand; with others it raises on our side."""
    return Refusal(Reference.of(attribute), value, since, until)


def constant(text: str, bridge: str | None = None) -> Constant:
    """A field that is always written like this and never looked at."""
    return Constant(text, text if bridge is None else bridge)


def skip() -> Constant:
    """A field without meaning, written empty."""
    return Constant("", "")


def literal(attribute: Any) -> Field:
    """A field that is written as the largest number of its type when not set."""
    return Field(Reference.of(attribute), unset=Unset.LITERAL)


def zero(attribute: Any) -> Field:
    """A field that is written as 0 when not set."""
    return Field(Reference.of(attribute), unset=Unset.ZERO)


def spelled(attribute: Any, codec: Codec, unset: Unset = Unset.EMPTY) -> Field:
    """A field with a codec of its own."""
    return Field(Reference.of(attribute), codec, unset)


def escaped(attribute: Any) -> tuple[Item, ...]:
    """Text that comes with its non-ASCII characters escaped from version 153."""
    return (until(153, attribute), since(153, spelled(attribute, ESCAPED)))


def when(attribute: Any, test: Test, *values: Any, operand: object = None) -> When:
    """Items that follow only if the field passes the test."""
    return When(Reference.of(attribute), test, operand, _items(values))


def repeat(attribute: Any, record: type, *values: Any) -> Repeat:
    """A count, then that many records."""
    return Repeat(Reference.of(attribute), record, _items(values))


def scalars(attribute: Any, codec: Codec | None = None) -> Scalars:
    """A count, then that many values."""
    return Scalars(Reference.of(attribute), codec)


def columns(attribute: Any, record: type, *values: Any) -> Columns:
    """A count, then that many rows, kept as columns."""
    return Columns(Reference.of(attribute), record, _items(values))


def present(attribute: Any, record: type, *values: Any) -> Present:
    """A flag, then the record if it is set."""
    return Present(Reference.of(attribute), record, _items(values))


def union(attribute: Any, *branches: Branch) -> Union:
    """A count, then that many records, each after the number of its kind."""
    return Union(Reference.of(attribute), branches)


def branch(tag: int, record: type, *values: Any) -> Branch:
    """One kind of a union."""
    return Branch(tag, record, _items(values))


def expiry(date: Any, time: Any, zone: Any) -> Expiry:
    """Date, time and zone in one field."""
    return Expiry((Reference.of(date), Reference.of(time), Reference.of(zone)))


def tag_text(attribute: Any) -> TagText:
    """Named parameters in one field."""
    return TagText(Reference.of(attribute))
