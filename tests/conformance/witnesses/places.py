"""Places: what each field of a payload stands for, found without any compiled coder.

Owns a slow and plain reading of layouts. It says which dotted name every token has, and what of a
message a version carries at all; the compiled coders are held against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from witnesses.conversion import element_kind, field_kinds, is_record, kind_of
from workstation.model import Record
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
    Scalars,
    TagText,
    Test,
    Union,
    When,
)
from workstation.protocol.message import Message

UNUSED = "(unused)"


class Place(NamedTuple):
    """One token of a payload."""

    name: str
    """Dotted, as errors name it."""
    kind: Any
    """Type of the value; int for counts, str for what is never looked at."""
    is_count: bool = False


Holders = dict[type, tuple[Any, str]]
"""For each record class, the record that an item means, and the path to it."""


def places(message: Message, version: int) -> list[Place]:
    """Every token after the message id."""
    return list(_walk(message.declaration.layout, version, holders_of(message, "")))


def carried(message: Message, version: int) -> Any:
    """The message as the other end gets it: what is not on the wire is at its default."""
    layout = message.declaration.layout
    names = {place.name for place in places(message, version)}
    return _pruned(message, "", names, _zeros(layout, version))


def holders_of(record: Record, path: str) -> Holders:
    """A record and those that stand in it directly; the first of a class is meant."""
    found: Holders = {}

    def add(each: Any, where: str) -> None:
        if type(each) in found:
            return
        found[type(each)] = (each, where)
        for name, (kind, optional) in field_kinds(type(each)).items():
            if is_record(kind) and not optional:
                add(getattr(each, name), f"{where}{name}.")

    add(record, path)
    return found


def _walk(layout: tuple[Item, ...], version: int, holders: Holders) -> Iterator[Place]:
    for item in layout:
        match item:
            case Gate():
                if item.since <= version < item.until:
                    yield from _walk(item.items, version, holders)
            case When():
                if _passes(item, holders):
                    yield from _walk(item.items, version, holders)
            case Constant():
                yield Place(UNUSED, str)
            case Refusal():
                pass
            case Expiry():
                yield Place(_name(item.references[0], holders), str)
            case Field() | TagText():
                yield _place(item.reference, holders)
            case _:
                yield from _several(item, version, holders)


def _several(item: Item, version: int, holders: Holders) -> Iterator[Place]:
    reference = item.reference
    name, value = _name(reference, holders), _value(reference, holders)
    flag = isinstance(item, Present)
    yield Place(name, bool if flag else int, is_count=not flag)
    if isinstance(item, Scalars):
        inner, _ = kind_of(element_kind(field_kinds(reference.owner)[reference.name][0]))
        yield from (Place(name, inner) for _ in value)
    elif isinstance(item, Columns):
        for _ in range(len(value)):
            for place in _walk(item.items, version, holders_of(value, f"{name}.")):
                element = element_kind(place.kind)
                yield place if element is None else Place(place.name, kind_of(element)[0])
    elif isinstance(item, Union):
        for each in value:
            yield Place(name, int)
            (branch,) = [it for it in item.branches if it.record is type(each)]
            yield from _walk(branch.items, version, holders_of(each, f"{name}."))
    else:
        for each in (value,) if flag and value is not None else value or ():
            yield from _walk(item.items, version, holders_of(each, f"{name}."))


def _place(reference: Reference, holders: Holders) -> Place:
    return Place(_name(reference, holders), field_kinds(reference.owner)[reference.name][0])


def _name(reference: Reference, holders: Holders) -> str:
    return f"{holders[reference.owner][1]}{reference.name}"


def _value(reference: Reference, holders: Holders) -> Any:
    return getattr(holders[reference.owner][0], reference.name)


def _passes(item: When, holders: Holders) -> bool:
    value = _value(item.reference, holders)
    match item.test:
        case Test.TRUTHY:
            return bool(value)
        case Test.EQUALS:
            return bool(value == item.operand)
        case Test.ONE_OF:
            return value in item.operand
        case Test.ABOVE_ZERO:
            return value is not None and value > 0


def _zeros(layout: tuple[Item, ...], version: int) -> set[Reference]:
    """Fields that are written as 0 when not set, and so are not None at the other end."""
    found: set[Reference] = set()
    for item in layout:
        if isinstance(item, Field) and item.unset is Unset.ZERO:
            found.add(item.reference)
        elif isinstance(item, Gate) and item.since <= version < item.until:
            found |= _zeros(item.items, version)
    return found


def _pruned(record: Any, path: str, names: set[str], zeros: set[Reference]) -> Any:
    values: dict[str, Any] = {}
    for info in msgspec.structs.fields(type(record)):
        kind, optional = field_kinds(type(record))[info.name]
        value = getattr(record, info.name)
        name = f"{path}{info.name}"
        if is_record(kind) and not optional:
            values[info.name] = _pruned(value, f"{name}.", names, zeros)
        elif name not in names and not _beside_the_date(name):
            values[info.name] = info.default
        elif isinstance(value, Record):
            values[info.name] = _pruned(value, f"{name}.", names, zeros)
        elif isinstance(value, tuple) and any(each.startswith(f"{name}.") for each in names):
            values[info.name] = tuple(_pruned(each, f"{name}.", names, zeros) for each in value)
        elif value is None and Reference(type(record), info.name) in zeros:
            values[info.name] = kind(0)
        else:
            values[info.name] = value
    return type(record)(**values)


def _beside_the_date(name: str) -> bool:
    """Whether a value shares the token of an expiry's date."""
    return name in {"details.last_trade_time", "details.last_trade_time_zone"}
