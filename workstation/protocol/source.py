"""Source: what the generators of coders share.

Owns the lines of a function under construction, the names its code refers to, the walk over a
layout at one version, and turning finished source into a function that debuggers can show.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

import msgspec

from workstation.model.record import Record
from workstation.protocol.codecs import NAMESPACE, Codec, codec_for
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
    Union,
    When,
)
from workstation.protocol.message import Declaration, field_types

__all__ = ["Scope", "Source", "assigned", "default_of", "defaults_of", "references", "thresholds"]


@dataclass(slots=True)
class Scope:
    """Where the fields of records stand in generated code.

    `aliases` gives each record class the local name that stands for its record; `paths` gives
    the dotted name that people know it by.
    """

    aliases: dict[type, str]
    paths: dict[type, str]

    @classmethod
    def of_message(cls, message: type) -> Scope:
        """The message itself as `m`, and the records inside of it."""
        scope = cls({message: "m"}, {message: ""})
        scope._add_records_of(message)
        return scope

    @classmethod
    def of_record(cls, record: type, alias: str, path: str) -> Scope:
        """One record inside of a list, on its own."""
        scope = cls({record: alias}, {record: f"{path}."})
        scope._add_records_of(record)
        return scope

    def nested(self) -> Iterator[tuple[str, str, str]]:
        """Records inside of the outermost: local name, its owner's local name, field."""
        for alias in list(self.aliases.values())[1:]:
            owner = max((a for a in self.aliases.values() if alias.startswith(f"{a}_")), key=len)
            yield alias, owner, alias.removeprefix(f"{owner}_")

    def _add_records_of(self, owner: type) -> None:
        for name, kind in field_types(owner).items():
            if isinstance(kind, type) and issubclass(kind, Record) and kind not in self.aliases:
                self.aliases[kind] = f"{self.aliases[owner]}_{name}"
                self.paths[kind] = f"{self.paths[owner]}{name}."
                self._add_records_of(kind)

    def name(self, reference: Reference) -> str:
        """Dotted name of a field, for people."""
        return f"{self.paths[reference.owner]}{reference.name}"

    def alias(self, reference: Reference) -> str:
        """Local name of the record that has the field."""
        try:
            return self.aliases[reference.owner]
        except KeyError:
            owner = reference.owner.__name__
            raise TypeError(f"{owner}.{reference.name} is no field of this message") from None


@dataclass(slots=True)
class Source:
    """A function under construction."""

    declaration: Declaration
    version: int
    traced: bool
    lines: list[str] = field(default_factory=list)
    names: dict[str, object] = field(default_factory=lambda: dict(NAMESPACE))
    depth: int = 1

    def emit(self, line: str) -> None:
        """Add a line at the present depth."""
        self.lines.append("    " * self.depth + line)

    def constant(self, value: object) -> str:
        """Source that stands for `value`: literal where that is exact, else a name."""
        if value is None or value.__class__ in (bool, int, str) or value == ():
            return repr(value)
        name = f"c{len(self.names)}"
        self.names[name] = value
        return name

    def class_name(self, record: type) -> str:
        """Name that stands for a class; classes of one name in two modules get two."""
        name = f"K{record.__name__}"
        while self.names.setdefault(name, record) is not record:
            name += "_"
        return name

    def default(self, reference: Reference) -> str:
        """Source of a field's default."""
        return self.constant(default_of(reference))

    @property
    def text(self) -> str:
        """The lines for people, after comments on the constants that they name."""
        constants = [
            f"# {name} = {value!r}\n"
            for name, value in self.names.items()
            if name[0] == "c" and name[1:].isdigit()
        ]
        return "".join(constants) + "\n".join(self.lines) + "\n"

    def finish(self, title: str) -> Callable[..., Any]:
        """Compile the lines into the function they define; tracebacks will show them."""
        text = "\n".join(self.lines) + "\n"
        filename = f"<{self.declaration.name} {title} at {self.version}>"
        linecache.cache[filename] = (
            len(text),
            None,
            text.splitlines(keepends=True),
            filename,
        )
        exec(compile(text, filename, "exec"), self.names)  # noqa: S102  this is the compiler
        return cast("Callable[..., Any]", self.names["coder"])


@cache
def defaults_of(record: type) -> dict[str, object]:
    """Defaults of a record's fields, by name; a field that must be given is missing."""
    return {
        info.name: info.default
        for info in msgspec.structs.fields(record)
        if info.default is not msgspec.NODEFAULT
    }


def default_of(reference: Reference) -> object:
    """A field's default.

    Raises:
        TypeError: the field has none.
    """
    defaults = defaults_of(reference.owner)
    if reference.name in defaults:
        return defaults[reference.name]
    raise TypeError(f"{reference.owner.__name__}.{reference.name} has no default")


def codec_of(item: Field | Scalars) -> Codec:
    """The codec of an item: its own, else the one of its field's type."""
    if item.codec is not None:
        return item.codec
    kind = field_types(item.reference.owner)[item.reference.name]
    if isinstance(item, Scalars):
        kind = kind.__args__[0]
    return codec_for(kind)


def open_items(layout: tuple[Item, ...], version: int) -> Iterator[Item]:
    """The items that `version` has, gates dissolved; closed gates stay, to be refused."""
    for item in layout:
        if isinstance(item, Gate) and item.is_open(version):
            yield from open_items(item.items, version)
        else:
            yield item


def references(item: Item) -> Iterator[Reference]:
    """Fields that an item stands for, those of list elements excepted."""
    match item:
        case Field() | Scalars() | Repeat() | Columns() | Present() | Union() | TagText():
            yield item.reference
        case Expiry():
            yield from item.references
        case Gate() | When():
            for inner in item.items:
                yield from references(inner)
        case Constant() | Refusal():
            return


def assigned(layout: tuple[Item, ...], version: int, *, deep: bool = False) -> set[Reference]:
    """Fields that are on the wire at `version`, if only under a condition.

    Args:
        layout: the items to look at.
        version: the server version.
        deep: whether to count the fields of list elements too.
    """
    found: set[Reference] = set()
    for item in open_items(layout, version):
        if isinstance(item, When):
            found |= assigned(item.items, version, deep=deep)
        elif not isinstance(item, Gate):
            found.update(references(item))
            if deep and isinstance(item, Repeat | Columns | Present):
                found |= assigned(item.items, version, deep=True)
            elif deep and isinstance(item, Union):
                for branch in item.branches:
                    found |= assigned(branch.items, version, deep=True)
    return found


def thresholds(layout: tuple[Item, ...]) -> set[int]:
    """Every version at which the layout changes."""
    found: set[int] = set()
    for item in layout:
        match item:
            case Gate():
                found |= {item.since, item.until} | thresholds(item.items)
            case Refusal():
                found.add(item.since)
            case When() | Repeat() | Columns() | Present():
                found |= thresholds(item.items)
            case Union():
                for branch in item.branches:
                    found |= thresholds(branch.items)
            case _:
                pass
    return found
