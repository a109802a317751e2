"""Encoding: from a layout to straight-line code that writes a message.

Owns the generator of encoders and the rule that what a version can not carry is refused, not
dropped: a field behind a closed gate that is not at its default raises UnsupportedByVersion
before a byte is sent. That holds for requests; a Bridge leaves out what its client is too old
for, since that is what Bridges do.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from workstation.errors import EncodeError, UnsupportedByVersion
from workstation.model.tag_value import TagValue
from workstation.protocol.codecs import WHOLE, Codec, Unset
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
from workstation.protocol.message import Declaration, Direction, Message
from workstation.protocol.source import (
    Scope,
    Source,
    assigned,
    codec_of,
    default_of,
    defaults_of,
    open_items,
    references,
)

__all__ = ["Encoder", "compile_encoder", "encoder_source"]

Encoder = Callable[[Message], bytes]

_LEGAL = bytes([*range(32, 127), *b"\t\n\r"])
"""What a field of a request may hold; the Bridge would misread anything else (client error 579)."""

_ANYTHING = bytes(range(1, 256))
"""What a field of a Bridge's may hold."""

_ILLEGAL = re.compile(r"[^\x20-\x7e\t\n\r]").search


def compile_encoder(declaration: Declaration, version: int, unset: Unset | None = None) -> Encoder:
    """An encoder for one message at one server version; it gives the payload, id first.

    Args:
        declaration: the message.
        version: the server version.
        unset: how to write every value that is not set, instead of as the layout says; clients
            differ in that.

    It raises EncodeError (or its UnsupportedByVersion), and nothing else.
    """
    legal = _LEGAL if declaration.direction is Direction.OUT else _ANYTHING
    fast = _Generator(declaration, version, unset, traced=False).build()
    twin: list[Callable[..., list[str]]] = []

    def encode(message: Message) -> bytes:
        try:
            fields = fast(message)
            payload = ("\0".join(fields) + "\0").encode()
            # What is left of good fields is the NUL after each.
            if payload.translate(None, legal) == bytes(len(fields)):
                return payload
        except UnsupportedByVersion:
            raise
        except Exception:  # noqa: BLE001, S110  whatever went wrong, the twin says where
            pass
        if not twin:
            twin.append(_Generator(declaration, version, unset, traced=True).build())
        return _trace(declaration, twin[0], message)

    def refuse(_: Message) -> bytes:
        raise UnsupportedByVersion(declaration.name, "", declaration.since, version)

    return refuse if version < declaration.since else encode


def encoder_source(declaration: Declaration, version: int) -> str:
    """The source of the fast encoder, for people."""
    generator = _Generator(declaration, version, None, traced=False)
    generator.build()
    return generator.source.text


def _trace(declaration: Declaration, twin: Callable[..., list[str]], message: Message) -> bytes:
    where = [""]
    try:
        fields = twin(message, where)
    except EncodeError:
        raise
    except Exception as error:
        raise EncodeError(declaration.name, where[0], str(error)) from error
    return "".join(f"{each}\0" for each in fields).encode("utf-8", "backslashreplace")


def checked(text: str, *, outbound: bool) -> str:
    """Text of one field, once it is known to be text and to hold nothing illegal."""
    if not isinstance(text, str):
        raise TypeError(f"{text!r} is not text")
    if "\0" in text:
        raise ValueError("text may not hold the character NUL, which ends a field")
    found = _ILLEGAL(text) if outbound else None
    if found:
        raise ValueError(f"text may not hold {found.group()!r}, only printable ASCII")
    return text


def join_expiry(date: str, time: str, zone: str) -> str:
    """Date, time and zone in one field."""
    if time and zone == "UTC":
        return f"{date}-{time}"
    return " ".join(part for part in (date, time, zone) if part)


def tag_text(values: tuple[TagValue, ...], separator: str) -> str:
    """Named parameters in one field."""
    for each in values:
        if separator in each.tag or separator in each.value or "=" in each.tag:
            raise ValueError(f"{each.tag}={each.value} would be read as other parameters")
    return "".join(f"{each.tag}={each.value}{separator}" for each in values)


class _Generator:
    """Writes one encoder.

    It gives the list of fields. Fields in a row are added as one tuple; joining them finds what is
    no text, and counting the NULs of the payload one that stands inside of a text.
    """

    def __init__(
        self, declaration: Declaration, version: int, unset: Unset | None, *, traced: bool
    ) -> None:
        self.unset = unset
        self.source = Source(declaration, version, traced)
        self.outbound = declaration.direction is Direction.OUT
        self.scope = Scope.of_message(declaration.cls)
        self.on_wire = assigned(declaration.layout, version, deep=True)
        self.serial = 0
        self.source.names.update(
            checked=checked,
            join_expiry=join_expiry,
            tag_text=tag_text,
            UnsupportedByVersion=UnsupportedByVersion,
            EncodeError=EncodeError,
        )

    def build(self) -> Callable[..., list[str]]:
        source = self.source
        source.lines.append("def coder(m, w):" if source.traced else "def coder(m):")
        self.bind(self.scope)
        source.emit(f"o = ['{source.declaration.message_id}']")
        self.block(source.declaration.layout, self.scope)
        source.emit("return o")
        return source.finish("traced encoder" if source.traced else "encoder")

    def block(self, layout: tuple[Item, ...], scope: Scope) -> None:
        """Write the items of a layout."""
        run: list[Field | Constant] = []
        for item in open_items(layout, self.source.version):
            if isinstance(item, Field | Constant):
                run.append(item)
            elif isinstance(item, Gate):
                self.refuse(item, scope)
            elif isinstance(item, Refusal):
                self.refuse_value(item, scope)
            else:
                self.run(run, scope)
                run = []
                self.special(item, scope)
        self.run(run, scope)

    def run(self, items: list[Field | Constant], scope: Scope) -> None:
        """Write plain fields that follow each other."""
        if not items:
            return
        if self.source.traced or len(items) == 1:
            for item in items:
                name = scope.name(item.reference) if isinstance(item, Field) else "(unused)"
                self.append(self.field(item, scope), name)
            return
        fields = ",\n        ".join(self.field(item, scope) for item in items)
        self.source.emit(f"o += ({fields})")

    def append(self, expression: str, name: str) -> None:
        """Write one field."""
        if self.source.traced:
            self.source.emit(f"w[0] = {name!r}")
            expression = f"checked({expression}, outbound={self.outbound})"
        self.source.emit(f"o.append({expression})")

    def field(self, item: Field | Constant, scope: Scope) -> str:
        """Source of the text of one field."""
        if isinstance(item, Constant):
            return repr(item.client if self.outbound else item.bridge)
        value = self.value_of(item.reference, scope)
        text = self.value(codec_of(item), item.unset, value)
        default = defaults_of(item.reference.owner).get(item.reference.name)
        if self.source.traced or codec_of(item) not in WHOLE or not isinstance(default, int):
            return text
        # Most often it is the default, which is compared faster than it is looked up.
        test = f"is {default}" if isinstance(default, bool) else f"== {default}"
        return f'"{int(default)}" if {value} {test} else {text}'

    def value(self, codec: Codec, unset: Unset, value: str) -> str:
        literal = codec.literal_client if self.outbound else codec.literal_bridge
        word = {Unset.EMPTY: "", Unset.ZERO: "0", Unset.LITERAL: literal}[self.unset or unset]
        return codec.encode.replace("UNSET", f'"{word}"').replace("$", value)

    def special(self, item: Item, scope: Scope) -> None:
        """Write an item of variable length."""
        match item:
            case When():
                self.conditional(item, scope)
            case Repeat() | Union():
                self.each(item, scope)
            case Present():
                self.present(item, scope)
            case Scalars():
                value = self.counted(item.reference, scope)
                self.source.emit(f"for t in {value}:")
                self.source.depth += 1
                text = self.value(codec_of(item), Unset.EMPTY, "t")
                self.append(text, scope.name(item.reference))
                self.source.depth -= 1
            case Columns():
                self.columns(item, scope)
            case Expiry():
                pieces = [self.value_of(each, scope) for each in item.references]
                self.append(f"join_expiry({', '.join(pieces)})", scope.name(item.references[0]))
            case TagText():
                value = self.value_of(item.reference, scope)
                self.append(f"tag_text({value}, {item.separator!r})", scope.name(item.reference))
            case _:
                raise TypeError(f"no way to write {item!r}")

    def conditional(self, item: When, scope: Scope) -> None:
        value = self.value_of(item.reference, scope)
        operand = self.source.constant(item.operand)
        self.source.emit(f"if {item.test.value.replace('$', value).replace('OPERAND', operand)}:")
        self.indented(item.items, scope)

    def bind(self, scope: Scope) -> None:
        """Give the records inside of a record their local names."""
        for alias, owner, name in scope.nested():
            self.source.emit(f"{alias} = {owner}.{name}")

    def value_of(self, reference: Reference, scope: Scope) -> str:
        """Source of a field's value."""
        return f"{scope.alias(reference)}.{reference.name}"

    def element(self, layout: tuple[Item, ...], scope: Scope) -> None:
        """Write one record of a list, one level deeper."""
        self.source.depth += 1
        self.bind(scope)
        self.source.depth -= 1
        self.indented(layout, scope)

    def indented(self, layout: tuple[Item, ...], scope: Scope) -> None:
        self.source.depth += 1
        self.source.emit("pass")
        self.block(layout, scope)
        self.source.depth -= 1

    def counted(self, reference: Reference, scope: Scope) -> str:
        """Write the number of elements; gives the source of the elements."""
        value = self.value_of(reference, scope)
        self.append(f"INT_TEXTS[len({value})]", scope.name(reference))
        return value

    def each(self, item: Repeat | Union, scope: Scope) -> None:
        value = self.counted(item.reference, scope)
        path = scope.name(item.reference)
        self.serial += 1
        alias = f"r{self.serial}"
        self.source.emit(f"for {alias} in {value}:")
        if isinstance(item, Repeat):
            self.element(item.items, Scope.of_record(item.record, alias, path))
            return
        self.source.depth += 1
        word = "if"
        for branch in item.branches:
            self.source.emit(
                f"{word} {alias}.__class__ is {self.source.class_name(branch.record)}:"
            )
            self.source.depth += 1
            self.append(f"'{branch.tag}'", path)
            self.source.depth -= 1
            self.element(branch.items, Scope.of_record(branch.record, alias, path))
            word = "elif"
        self.source.emit("else:")
        self.source.emit(f"    raise TypeError(f'no kind of {path} is {{{alias}!r}}')")
        self.source.depth -= 1

    def present(self, item: Present, scope: Scope) -> None:
        path = scope.name(item.reference)
        self.serial += 1
        alias = f"r{self.serial}"
        self.source.emit(f"{alias} = {self.value_of(item.reference, scope)}")
        self.append(f"'0' if {alias} is None else '1'", path)
        self.source.emit(f"if {alias} is not None:")
        self.element(item.items, Scope.of_record(item.record, alias, path))

    def columns(self, item: Columns, scope: Scope) -> None:
        """Write rows from columns."""
        self.serial += 1
        alias = f"r{self.serial}"
        inner = Scope.of_record(item.record, alias, scope.name(item.reference))
        rows = [
            row
            for row in open_items(item.items, self.source.version)
            if isinstance(row, Field | Constant)
        ]
        fields = [row for row in rows if isinstance(row, Field)]
        columns = [f"{alias}.{row.reference.name}" for row in fields]
        self.source.emit(f"{alias} = {self.value_of(item.reference, scope)}")
        self.append(f"INT_TEXTS[len({columns[0]})]", scope.name(item.reference))
        names = [f"t_{row.reference.name}" for row in fields]
        self.source.emit(f"for {', '.join(names)} in zip({', '.join(columns)}, strict=True):")
        self.source.depth += 1
        for row in rows:
            if isinstance(row, Constant):
                self.append(repr(row.client if self.outbound else row.bridge), "(unused)")
                continue
            codec = codec_of(Scalars(row.reference, row.codec))
            text = self.value(codec, row.unset, f"t_{row.reference.name}")
            self.append(text, inner.name(row.reference))
        self.source.depth -= 1

    def refuse(self, gate: Gate, scope: Scope) -> None:
        """Refuse values that stand behind a closed gate, unless they are at their default."""
        if not self.outbound:
            return
        for inner in gate.items:
            if isinstance(inner, Gate):
                self.refuse(inner, scope)
                continue
            for reference in references(inner):
                # The id of a request is ours, no wish of the caller's: it may stay unsaid.
                if reference not in self.on_wire and reference.name != "request_id":
                    self.refuse_field(reference, gate, scope)

    def refuse_value(self, item: Refusal, scope: Scope) -> None:
        """Refuse one value that the version does not understand."""
        version = self.source.version
        if not self.outbound or item.since <= version < item.until:
            return
        value = self.value_of(item.reference, scope)
        constant = self.source.constant(item.value)
        self.source.emit(f"if {value} == {constant}:")
        name = scope.name(item.reference)
        if version < item.since:
            self.unsupported(item.since, name)
        else:
            self.departed(item.until, name, f"{item.value!r} ")

    def unsupported(self, since: int, name: str) -> None:
        """Raise, one level deeper, that a field or its value came with version `since`."""
        arguments = f"{self.source.declaration.name!r}, {name!r}, {since}, {self.source.version}"
        self.source.emit(f"    raise UnsupportedByVersion({arguments})")

    def departed(self, until: int, name: str, what: str = "") -> None:
        """Raise, one level deeper, that a field or its value left with version `until`."""
        version = self.source.version
        reason = f"{what}left the protocol with server version {until}, this is {version}"
        arguments = f"{self.source.declaration.name!r}, {name!r}, {reason!r}"
        self.source.emit(f"    raise EncodeError({arguments})")

    def refuse_field(self, reference: Reference, gate: Gate, scope: Scope) -> None:
        value = self.value_of(reference, scope)
        default = default_of(reference)
        unequal = "is not None" if default is None else f"!= {self.source.constant(default)}"
        name = scope.name(reference)
        self.source.emit(f"if {value} {unequal}:")
        if self.source.version < gate.since:
            self.unsupported(gate.since, name)
        else:
            self.departed(gate.until, name)
