"""Description: what the catalog declares, in words and numbers for people and programs.

Owns the walk over a layout that tells, for every field in wire order, its name, its type, the
versions that have it and what it depends on, and the sentence that counts the catalog. Leaves how
that is printed to the command line.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from workstation.protocol import catalog as _catalog  # noqa: F401  declares every message
from workstation.protocol.codecs import Unset
from workstation.protocol.layout import (
    Columns,
    Constant,
    Expiry,
    Field,
    Gate,
    Item,
    Present,
    Reference,
    Refusal,
    Repeat,
    Scalars,
    TagText,
    Test,
    Union,
    When,
)
from workstation.protocol.message import INBOUND, REQUESTS, Declaration, field_types
from workstation.protocol.source import Scope
from workstation.protocol.versions import HIGHEST_VERSION, LOWEST_VERSION

__all__ = ["FieldDescription", "MessageDescription", "coverage", "describe", "describe_all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDescription:
    """One field of the wire, or of each element of a list (its name has `[]`).

    `since` is the first server version that has it, `until` the first that has it no more; None
    means that no version speaks against it.
    """

    name: str
    """Dotted; empty for a field that nobody reads."""
    type: str
    optional: bool = False
    since: int | None = None
    until: int | None = None
    condition: str = ""
    """What must hold for the field to be there, empty when nothing must."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDescription:
    """One message; `fields` stand in wire order, after the id."""

    id: int
    direction: str
    name: str
    since: int
    about: str
    fields: tuple[FieldDescription, ...]


def describe_all() -> list[MessageDescription]:
    """Every message: those to the Bridge, then those from it, by id."""
    return [
        describe(registry[message_id])
        for registry in (REQUESTS, INBOUND)
        for message_id in sorted(registry)
    ]


def describe(declaration: Declaration) -> MessageDescription:
    """One message."""
    scope = Scope.of_message(declaration.cls)
    return MessageDescription(
        id=declaration.message_id,
        direction=str(declaration.direction),
        name=declaration.name,
        since=max(declaration.since, LOWEST_VERSION),
        about=inspect.getdoc(declaration.cls) or "",
        fields=tuple(_merged(_walk(declaration.layout, _Place(scope)))),
    )


def coverage() -> str:
    """The sentence that says how much of the protocol is spoken."""
    return (
        f"{len(REQUESTS)} requests and {len(INBOUND)} inbound messages, "
        f"server versions {LOWEST_VERSION} to {HIGHEST_VERSION}"
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a layout the walk is."""

    scope: Scope
    since: int = 0
    until: int = 2**31
    condition: str = ""

    def gated(self, gate: Gate) -> _Place:
        """Inside of a gate."""
        return replace(self, since=max(self.since, gate.since), until=min(self.until, gate.until))

    def given(self, condition: str) -> _Place:
        """Where one more thing must hold."""
        return replace(
            self, condition=f"{self.condition} and {condition}" if self.condition else condition
        )

    def inside(self, record: type, path: str) -> _Place:
        """Inside of a record in a list."""
        return replace(self, scope=Scope.of_record(record, "r", path))

    def field(self, name: str, kind: Any, note: str = "") -> FieldDescription:
        """A field that stands here."""
        word, optional = (kind, False) if isinstance(kind, str) else _type_of(kind)
        return FieldDescription(
            name=name,
            type=word,
            optional=optional,
            since=self.since if self.since > LOWEST_VERSION else None,
            until=self.until if self.until <= HIGHEST_VERSION else None,
            condition=self.condition,
            note=note,
        )


def _walk(layout: tuple[Item, ...], place: _Place) -> Iterator[FieldDescription]:
    for item in layout:
        match item:
            case Gate():
                inner = place.gated(item)
                if inner.since < inner.until and inner.until > LOWEST_VERSION:
                    yield from _walk(item.items, inner)
            case When():
                yield from _walk(item.items, place.given(_condition(item, place.scope)))
            case Repeat() | Columns() | Present() | Union() | Scalars():
                yield from _several(item, place)
            case _:
                yield _single(item, place)


def _single(item: Item, place: _Place) -> FieldDescription:
    match item:
        case Field():
            return place.field(
                place.scope.name(item.reference), _kind_of(item.reference), _UNSET[item.unset]
            )
        case Constant():
            if item.client == item.bridge:
                return place.field("", "constant", f"written {item.client!r}")
            note = f"a client writes {item.client!r}, a Bridge {item.bridge!r}"
            return place.field("", "constant", note)
        case TagText():
            kind = f"tag=value{item.separator}…"
            return place.field(place.scope.name(item.reference), kind)
        case Expiry():
            names = ", ".join(map(place.scope.name, item.references))
            return place.field(names, "date, time and zone in one field")
        case Refusal():
            note = f"the value {item.value!r}; not on the wire"
            return replace(place, since=item.since, until=item.until).field(
                place.scope.name(item.reference), "value", note
            )
        case _:
            raise TypeError(f"no words for {item!r}")


def _several(
    item: Repeat | Columns | Present | Union | Scalars, place: _Place
) -> Iterator[FieldDescription]:
    name = place.scope.name(item.reference)
    element = f"{name}[]"
    if isinstance(item, Present):
        yield place.field(name, "flag", "whether the record follows")
        given = place.given(f"{name} is there").inside(item.record, name)
        yield from _walk(item.items, given)
        return
    yield place.field(name, "count")
    if isinstance(item, Scalars):
        yield place.field(element, _element_of(_kind_of(item.reference)))
    elif isinstance(item, Union):
        yield place.field(element, "kind", "which of the following records it is")
        for branch in item.branches:
            given = place.given(f"the kind is {branch.tag}")
            yield from _walk(branch.items, given.inside(branch.record, element))
    else:
        inner = _walk(item.items, place.inside(item.record, element))
        yield from _columns(inner) if isinstance(item, Columns) else inner


def _columns(rows: Iterator[FieldDescription]) -> Iterator[FieldDescription]:
    for row in rows:
        yield replace(row, note="; ".join(filter(None, (row.note, "kept as a column"))))


def _merged(fields: Iterator[FieldDescription]) -> Iterator[FieldDescription]:
    """Fields, what differs only in how a version spells it told once.

    A text that is escaped from some version on stands in the layout twice, one after the other.
    """
    last: FieldDescription | None = None
    for each in fields:
        if last is not None and last.until is not None and last.until == each.since:
            joined = replace(last, until=each.until)
            if joined == replace(each, since=last.since):
                last = joined
                continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _condition(item: When, scope: Scope) -> str:
    name = scope.name(item.reference)
    match item.test:
        case Test.TRUTHY:
            return f"{name} is set"
        case Test.ABOVE_ZERO:
            return f"{name} is above 0"
        case Test.EQUALS:
            return f"{name} is {item.operand}"
        case Test.ONE_OF:
            operand: Any = item.operand
            return f"{name} is one of {', '.join(sorted(map(str, operand)))}"


def _kind_of(reference: Reference) -> Any:
    kind = field_types(reference.owner)[reference.name]
    # The rows of columns: each field of theirs holds one tuple, each row has one value of it.
    return _element_of(kind) if get_origin(kind) is tuple else kind


def _element_of(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is tuple else kind


def _type_of(kind: Any) -> tuple[str, bool]:
    """A type in one word, and whether a value may be absent."""
    if isinstance(kind, UnionType):
        kinds = [each for each in get_args(kind) if each is not NoneType]
        words = " or ".join(each.__name__ for each in kinds)
        return _WORDS.get(words, words), len(kinds) < len(get_args(kind))
    return _WORDS.get(kind.__name__, kind.__name__), False


_WORDS = {"str": "text", "int": "int", "float": "float", "bool": "flag", "Decimal": "size"}

_UNSET = {
    Unset.EMPTY: "",
    Unset.LITERAL: "not set is the largest number",
    Unset.ZERO: "not set is 0",
}
