"""Decoding: from a layout to straight-line code that reads a message.

Owns the generator of decoders. A decoder takes the fields of a payload (text, the id
first) and gives the message. The fast one knows nothing of errors; when it fails, its traced twin,
made from the same layout, reads again and names the field and index.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from decimal import Decimal

from workstation.errors import DecodeError
from workstation.model.record import Record
from workstation.model.tag_value import TagValue
from workstation.protocol.codecs import WHOLE, Codec
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
from workstation.protocol.message import Declaration, Message, field_types
from workstation.protocol.source import (
    Scope,
    Source,
    assigned,
    codec_of,
    default_of,
    defaults_of,
    open_items,
)

__all__ = ["Decoder", "compile_decoder", "decoder_source"]

logger = logging.getLogger(__name__)


_LONGEST_REASON = 200
"""Characters of a reason; a field may be as long as a frame, and reasons quote it."""


class Decoder:
    """Reads one message at one server version; raises DecodeError, and nothing else.

    `fast` reads what is as it should be and raises anything else; who calls it calls the decoder
    itself after that.
    """

    __slots__ = ("_declaration", "_size", "_twin", "_version", "fast")

    def __init__(self, declaration: Declaration, version: int) -> None:
        generator = _Generator(declaration, version, traced=False)
        self.fast: Callable[[list[str]], Message] = generator.build()
        self._size = generator.position if generator.is_plain else None
        self._declaration = declaration
        self._version = version
        self._twin: Callable[[list[str], list[object]], Message] | None = None

    def __call__(self, fields: list[str]) -> Message:
        """Read a message, or say what keeps it from being read."""
        try:
            return self.fast(fields)
        except Exception:  # noqa: BLE001  whatever went wrong, the twin says where
            if self._size is not None and len(fields) > self._size:
                unread(self._declaration.name, len(fields) - self._size)
                return self(fields[: self._size])
            if self._twin is None:
                self._twin = _Generator(self._declaration, self._version, traced=True).build()
            return _trace(self._declaration, self._twin, fields)


def compile_decoder(declaration: Declaration, version: int) -> Decoder:
    """A decoder for one message at one server version."""
    return Decoder(declaration, version)


def decoder_source(declaration: Declaration, version: int) -> str:
    """The source of the fast decoder, for people."""
    generator = _Generator(declaration, version, traced=False)
    generator.build()
    return generator.source.text


def _trace(
    declaration: Declaration,
    twin: Callable[[list[str], list[object]], Message],
    fields: list[str],
) -> Message:
    where: list[object] = [0, "", None]
    try:
        return twin(fields, where)
    except IndexError:
        reason = f"missing, the message ends after {len(fields)} fields"
    except (ValueError, KeyError, OverflowError) as error:
        reason = str(error)[:_LONGEST_REASON]
    index, name, request_id = where
    raise DecodeError(
        declaration.name,
        str(name),
        int(str(index)),
        reason,
        request_id if isinstance(request_id, int) else None,
    )


def element_count(token: str, fields: list[str], index: int) -> int:
    """A count of elements, which must be able to follow in the fields that are left."""
    count = int(token or 0)
    if count > len(fields) - index:
        raise ValueError(f"a count of {count} where {len(fields) - index} fields are left")
    return max(count, 0)


def unread(name: str, count: int) -> None:
    """Tell of fields after the last one, which a newer Bridge may send: they are harmless."""
    logger.debug("%s: %d fields after the last one were not read", name, count)


def split_expiry(token: str) -> tuple[str, str, str]:
    """Date, time and zone of one field; a hyphen between the first two means UTC."""
    if "-" in token:
        date, _, time = token.partition("-")
        return date, time, "UTC"
    date, _, rest = token.strip().partition(" ")
    time, _, zone = rest.strip().partition(" ")
    return date, time, zone.strip()


def tag_values(token: str, separator: str) -> tuple[TagValue, ...]:
    """Named parameters of one field."""
    pairs = (pair.partition("=") for pair in token.split(separator) if pair)
    return tuple(TagValue(tag=tag, value=value) for tag, _, value in pairs)


class _Generator:
    """Writes one decoder.

    Fields in a row are unpacked from one slice; where a message has nothing else, from the whole
    payload, so that one field too many is found without looking for it. As long as nothing of
    variable length came before, positions are numbers in the source; after that they are counted
    in `i`.
    """

    def __init__(self, declaration: Declaration, version: int, *, traced: bool) -> None:
        self.source = Source(declaration, version, traced)
        if traced:
            self.source.names["number_from"] = float
        self.source.names.update(
            element_count=element_count,
            NO_EXPIRY=("", "", ""),
            split_expiry=split_expiry,
            tag_values=tag_values,
            unread=unread,
        )
        self.scope = Scope.of_message(declaration.cls)
        self.position: int | None = 1
        self.seen: set[str] = set()
        self.serial = 0
        items = [
            item
            for item in open_items(declaration.layout, version)
            if not isinstance(item, Gate | Refusal)
        ]
        self.is_plain = bool(items) and all(isinstance(item, Field | Constant) for item in items)

    def build(self) -> Callable[..., Message]:
        source = self.source
        source.lines.append("def coder(f, w):" if source.traced else "def coder(f):")
        self.block(source.declaration.layout, self.scope)
        if source.traced or not self.is_plain:
            source.emit(f"if len(f) > {self.here()}:")
            source.emit(f"    unread({source.declaration.name!r}, len(f) - {self.here()})")
        source.emit(f"return {self.construct(source.declaration.cls, self.scope)}")
        return source.finish("traced decoder" if source.traced else "decoder")

    def block(self, layout: tuple[Item, ...], scope: Scope) -> None:
        """Read the items of a layout."""
        run: list[Field | Constant] = []
        for item in open_items(layout, self.source.version):
            if isinstance(item, Field | Constant):
                run.append(item)
                continue
            if isinstance(item, Gate | Refusal):
                continue
            self.run(run, scope)
            run = []
            self.special(item, scope)
        self.run(run, scope)

    def run(self, items: list[Field | Constant], scope: Scope) -> None:
        """Read plain fields that follow each other."""
        if not items:
            return
        if self.source.traced:
            for item in items:
                self.traced_field(item, scope)
            return
        names = [self.variable(i.reference, scope) if isinstance(i, Field) else "_" for i in items]
        start = self.here()
        size = len(items)
        if self.is_plain:
            self.source.emit(f"(_, {', '.join(names)}) = f")
        elif size == 1:
            self.source.emit(f"{names[0]} = f[{start}]")
        else:
            end = str(self.position + size) if self.position is not None else f"i + {size}"
            self.source.emit(f"({', '.join(names)}) = f[{start}:{end}]")
        self.advance(size)
        for item, name in zip(items, names, strict=True):
            if isinstance(item, Field) and codec_of(item).decode != "$":
                self.source.emit(f"{name} = {self.expecting(item, name)}")

    def expecting(self, item: Field, token: str) -> str:
        """Source that reads a token, which most often says the default: then nothing is read."""
        codec = codec_of(item)
        default = defaults_of(item.reference.owner).get(item.reference.name)
        reading = self.reading(codec, token)
        if codec not in WHOLE or not isinstance(default, int):
            return reading
        return f'{default} if {token} == "{int(default)}" else {reading}'

    def traced_field(self, item: Field | Constant, scope: Scope) -> None:
        """Read one field, noting where."""
        if isinstance(item, Constant):
            self.mark("(unused)")
            self.source.emit(f"f[{self.here()}]")
            self.advance(1)
            return
        name = self.variable(item.reference, scope)
        self.mark(scope.name(item.reference))
        self.source.emit(f"{name} = f[{self.here()}]")
        self.source.emit(f"{name} = {self.reading(codec_of(item), name)}")
        if name == "m_request_id":
            self.source.emit(f"w[2] = {name}")
        self.advance(1)

    def special(self, item: Item, scope: Scope) -> None:
        """Read an item of variable length."""
        match item:
            case When():
                self.conditional(item, scope)
            case Repeat():
                self.repeat(item, scope)
            case Union():
                self.union(item, scope)
            case Present():
                self.present(item, scope)
            case Scalars():
                self.scalars(item, scope)
            case Columns():
                self.columns(item, scope)
            case Expiry():
                self.expiry(item, scope)
            case TagText():
                self.mark(scope.name(item.reference))
                name = self.variable(item.reference, scope)
                self.source.emit(f"{name} = tag_values(f[{self.here()}], {item.separator!r})")
                self.advance(1)
            case _:
                raise TypeError(f"no way to read {item!r}")

    def conditional(self, item: When, scope: Scope) -> None:
        self.count_at_run_time()
        for reference in sorted(assigned(item.items, self.source.version), key=lambda r: r.name):
            if f"{scope.alias(reference)}_{reference.name}" not in self.seen:
                name = self.variable(reference, scope)
                self.source.emit(f"{name} = {self.source.default(reference)}")
        tested = f"{scope.alias(item.reference)}_{item.reference.name}"
        operand = self.source.constant(item.operand)
        self.source.emit(f"if {item.test.value.replace('$', tested).replace('OPERAND', operand)}:")
        self.indented(item.items, scope)

    def indented(self, layout: tuple[Item, ...], scope: Scope) -> None:
        """Read items one level deeper, where positions are counted at run time."""
        self.source.depth += 1
        self.source.emit("pass")
        self.block(layout, scope)
        self.source.depth -= 1

    def repeat(self, item: Repeat, scope: Scope) -> None:
        name = self.elements(item.reference, scope)
        inner = self.inner_scope(item.record, scope.name(item.reference))
        self.source.emit(f"for _ in range(n_{name}):")
        self.indented(item.items, inner)
        self.source.depth += 1
        self.source.emit(f"{name}.append({self.construct(item.record, inner)})")
        self.source.depth -= 1
        self.gathered(name)

    def union(self, item: Union, scope: Scope) -> None:
        name = self.elements(item.reference, scope)
        self.source.emit(f"for _ in range(n_{name}):")
        self.source.depth += 1
        self.mark(scope.name(item.reference))
        self.source.emit("tag = int(f[i])")
        self.source.emit("i += 1")
        word = "if"
        for branch in item.branches:
            inner = self.inner_scope(branch.record, scope.name(item.reference))
            self.source.emit(f"{word} tag == {branch.tag}:")
            self.indented(branch.items, inner)
            self.source.depth += 1
            self.source.emit(f"{name}.append({self.construct(branch.record, inner)})")
            self.source.depth -= 1
            word = "elif"
        self.source.emit("else:")
        self.source.emit("    raise ValueError(f'there is no kind {tag}')")
        self.source.depth -= 1
        self.gathered(name)

    def present(self, item: Present, scope: Scope) -> None:
        self.count_at_run_time()
        name = self.variable(item.reference, scope)
        inner = self.inner_scope(item.record, scope.name(item.reference))
        self.mark(scope.name(item.reference))
        self.source.emit(f"{name} = FLAGS[f[i]]")
        self.source.emit("i += 1")
        self.source.emit(f"if {name}:")
        self.indented(item.items, inner)
        self.source.emit(f"    {name} = {self.construct(item.record, inner)}")
        self.source.emit("else:")
        self.source.emit(f"    {name} = None")

    def scalars(self, item: Scalars, scope: Scope) -> None:
        name = self.elements(item.reference, scope)
        value = self.reading(codec_of(item), "t")
        if self.source.traced:
            self.source.emit(f"for t in f[i:i + n_{name}]:")
            self.source.depth += 1
            self.mark(scope.name(item.reference))
            self.source.emit(f"{name}.append({value})")
            self.source.emit("i += 1")
            self.source.depth -= 1
        else:
            self.source.emit(f"{name} = [{value} for t in f[i:i + n_{name}]]")
            self.source.emit(f"i += n_{name}")
        self.gathered(name)

    def columns(self, item: Columns, scope: Scope) -> None:
        self.count_at_run_time()
        name = self.variable(item.reference, scope)
        self.mark(scope.name(item.reference))
        self.source.emit(f"n_{name} = element_count(f[i], f, i + 1)")
        self.source.emit("i += 1")
        inner = self.inner_scope(item.record, scope.name(item.reference))
        rows = [
            row
            for row in open_items(item.items, self.source.version)
            if isinstance(row, Field | Constant)
        ]
        if self.source.traced:
            self.traced_columns(name, rows, inner)
        else:
            self.fast_columns(name, rows, inner)
        self.source.emit(f"{name} = {self.construct(item.record, inner)}")

    def fast_columns(self, name: str, rows: list[Field | Constant], inner: Scope) -> None:
        """Read each column in one go, from a slice."""
        width = len(rows)
        self.source.emit(f"rows = f[i:i + n_{name} * {width}]")
        self.source.emit(f"if len(rows) != n_{name} * {width}:")
        self.source.emit("    raise IndexError")
        for column, row in enumerate(rows):
            if isinstance(row, Field):
                target, value = self.column(row, inner)
                slice_ = f"rows[{column}::{width}]"
                kind = field_types(row.reference.owner)[row.reference.name].__args__[0]
                each = f"tuple([{value} for t in $])"
                fast = each if row.codec is not None else _WHOLE_COLUMN.get(kind, each)
                self.source.emit(f"{target} = {fast.replace('$', slice_)}")
        self.source.emit(f"i += n_{name} * {width}")

    def traced_columns(self, name: str, rows: list[Field | Constant], inner: Scope) -> None:
        """Read row by row, noting where."""
        columns = {row: self.column(row, inner) for row in rows if isinstance(row, Field)}
        for target, _ in columns.values():
            self.source.emit(f"{target} = []")
        self.source.emit(f"for _ in range(n_{name}):")
        self.source.depth += 1
        for row in rows:
            self.mark(inner.name(row.reference) if isinstance(row, Field) else "(unused)")
            self.source.emit("t = f[i]")
            if isinstance(row, Field):
                target, value = columns[row]
                self.source.emit(f"{target}.append({value})")
            self.source.emit("i += 1")
        self.source.depth -= 1
        for target, _ in columns.values():
            self.source.emit(f"{target} = tuple({target})")

    def column(self, row: Field, inner: Scope) -> tuple[str, str]:
        """Local name of a column, and the source that reads its value from `t`."""
        codec = codec_of(Scalars(row.reference, row.codec))
        return self.variable(row.reference, inner), self.reading(codec, "t")

    def reading(self, codec: Codec, token: str) -> str:
        """Source that reads a token."""
        return codec.decode.replace("$", token)

    def expiry(self, item: Expiry, scope: Scope) -> None:
        names = [self.variable(reference, scope) for reference in item.references]
        self.mark(scope.name(item.references[0]))
        token = f"f[{self.here()}]"
        self.source.emit(f"{', '.join(names)} = split_expiry({token}) if {token} else NO_EXPIRY")
        self.advance(1)

    def elements(self, reference: Reference, scope: Scope) -> str:
        """Read a count into `n_NAME`; most often it is 0, else what follows fills the list NAME."""
        self.count_at_run_time()
        name = self.variable(reference, scope)
        self.mark(scope.name(reference))
        self.source.emit(f"{name} = ()")
        self.source.emit("i += 1")
        self.source.emit('if f[i - 1] != "0":')
        self.source.depth += 1
        self.source.emit(f"n_{name} = element_count(f[i - 1], f, i)")
        self.source.emit(f"{name} = []")
        return name

    def gathered(self, name: str) -> None:
        """The elements are read."""
        self.source.emit(f"{name} = tuple({name})")
        self.source.depth -= 1

    def inner_scope(self, record: type, path: str) -> Scope:
        self.serial += 1
        return Scope.of_record(record, f"r{self.serial}", path)

    def variable(self, reference: Reference, scope: Scope) -> str:
        name = f"{scope.alias(reference)}_{reference.name}"
        self.seen.add(name)
        return name

    def here(self) -> str:
        return "i" if self.position is None else str(self.position)

    def advance(self, size: int) -> None:
        if self.position is None:
            self.source.emit(f"i += {size}")
        else:
            self.position += size

    def count_at_run_time(self) -> None:
        if self.position is not None:
            self.source.emit(f"i = {self.position}")
            self.position = None

    def mark(self, name: str) -> None:
        """Note where reading is, in the traced twin."""
        if self.source.traced:
            self.source.emit(f"w[0] = {self.here()}; w[1] = {name!r}")

    def construct(self, record: type, scope: Scope) -> str:
        """Source that builds a record from what was read, its defaults for the rest."""
        alias = scope.aliases[record]
        class_name = self.source.class_name(record)
        arguments = []
        for name, kind in field_types(record).items():
            variable = f"{alias}_{name}"
            nested = isinstance(kind, type) and issubclass(kind, Record) and kind in scope.aliases
            if variable in self.seen:
                arguments.append(variable)
            elif nested and self.was_read(scope.aliases[kind]):
                arguments.append(self.construct(kind, scope))
            else:
                arguments.append(self.source.constant(default_of(Reference(record, name))))
        return f"{class_name}({', '.join(arguments)})"

    def was_read(self, alias: str) -> bool:
        return any(name.startswith(f"{alias}_") for name in self.seen)


_WHOLE_COLUMN: dict[object, str] = {
    float: "floats_from($)",
    int: "ints_from($)",
    str: "tuple($)",
    Decimal | None: "sizes_from($)",
}
"""Columns whose common case a C loop reads; an odd token falls through to the traced twin."""
