"""Codecs: how one value looks as one field of a payload.

Owns the spelling of numbers, flags, text and of what is not set. A codec is two fragments of
source, `$` standing for the token or the value, which the compiler pastes into straight-line
code. Which codec a field has follows from its type.

Facts of the wire: text is NUL-terminated; flags are 1 and 0; not set is the empty field or the
largest number of the type, which Bridges and the Python client spell differently.
"""

from __future__ import annotations

import math
import re
import sys
from decimal import (
    Context,
    Decimal,
    DecimalException,
    Inexact,
    InvalidOperation,
    Overflow,
    Underflow,
)
from enum import Enum
from types import NoneType, UnionType
from typing import Union, get_args, get_origin

import msgspec

__all__ = [
    "ESCAPED",
    "FLAG_WORD",
    "NAMESPACE",
    "WHOLE_NUMBER",
    "Codec",
    "Unset",
    "codec_for",
    "fields_of",
]

UNSET_INT = 2**31 - 1
UNSET_LONG = 2**63 - 1
UNSET_DECIMAL = 2**127 - 1
_LARGEST = sys.float_info.max
_SHORT_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_NOT_PLAIN = re.compile(r"[^ -\[\]-~]")
_ESCAPE = re.compile(
    r"""
    \\ (?: u[dD][89abAB][0-9a-fA-F]{2} \\u[dD][c-fC-F][0-9a-fA-F]{2}  # a pair for one character
        | u[0-9a-fA-F]{4} | U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}
        | x[0-9a-fA-F]{2} | [0-3]?[0-7]{1,2} | [\\'"abfnrtv] )
    """,
    re.VERBOSE,
)
_SIZES = Context(
    prec=200, Emax=999, Emin=-999, traps=[InvalidOperation, Overflow, Underflow, Inexact]
)
"""Any size that means something; 1E999999999 would take a gigabyte as soon as it is written out."""
_size_from = _SIZES.create_decimal
UNSET_DOUBLE_BRIDGE = "1.7976931348623157E308"
UNSET_DOUBLE_CLIENT = "1.7976931348623157e+308"


class Unset(Enum):
    """How a value that is not set is written at one place of one message."""

    EMPTY = "empty"
    LITERAL = "literal"
    """The largest number of the type."""
    ZERO = "zero"


class Codec(msgspec.Struct, frozen=True):
    """How values of one type look on the wire.

    Args:
        name: for error messages: what a field should have been.
        decode: expression over `$`, a token, that gives the value.
        encode: expression over `$`, the value, that gives the text; `UNSET` stands for how a value
            that is not set is written here.
        literal_client: how a client spells not set, when it does so with a literal.
        literal_bridge: how a Bridge does.
    """

    name: str
    decode: str
    encode: str
    optional: bool = False
    literal_client: str = ""
    literal_bridge: str = ""


def text_of_float(value: float) -> str:
    """Spell the floats that `str` spells otherwise than the wire does."""
    if value == math.inf:
        return "Infinity"
    if value == -math.inf:
        return "-Infinity"
    raise ValueError(f"{value!r} is not a number that can be sent")


def text_of_optional_float(value: float) -> str:
    """Spell a float."""
    return str(value) if -_LARGEST < value < _LARGEST else text_of_float(value)


def text_of_decimal(value: Decimal) -> str:
    """Spell a size without an exponent."""
    if value.__class__ is not Decimal:
        raise TypeError(f"a size is a Decimal, not {value.__class__.__name__}")
    text = str(value)
    if text.isdigit():
        return text
    if not value.is_finite():
        raise ValueError(f"{value} is not a size that can be sent")
    return f"{value:f}"


def text_of_whole(value: Decimal) -> str:
    """Spell a size that this version carries only as a whole number."""
    if value.__class__ is not Decimal:
        raise TypeError(f"a size is a Decimal, not {value.__class__.__name__}")
    if value != value.to_integral_value():
        raise ValueError(f"{value} is not a whole number; fractions need server version 101")
    return f"{value:.0f}"


def text_of_escaped(value: str) -> str:
    """Escape what is not printable ASCII, as Bridges do from server version 153.

    They write UTF-16 units, so a character beyond U+FFFF becomes two escapes.
    """
    if value.isascii() and value.isprintable() and "\\" not in value:
        return value
    return _NOT_PLAIN.sub(_escape, value)


def _escape(found: re.Match[str]) -> str:
    short = _SHORT_ESCAPES.get(found[0])
    if short is not None:
        return short
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def fields_of(payload: bytes) -> list[str]:
    """The tokens of a payload, what is no UTF-8 escaped; the last stands after the last NUL."""
    return payload.decode("utf-8", "backslashreplace").split("\0")


def decimal_from(token: str) -> Decimal:
    """Read a size."""
    if not token.isascii():
        raise ValueError(f"{token!r} is not a size")
    try:
        value = _size_from(token)
    except InvalidOperation:
        value = _lenient_size_from(token)
    except DecimalException:
        raise ValueError(f"{token!r} is not a size") from None
    if not value.is_finite():
        raise ValueError(f"{token!r} is not a size")
    return value


def _lenient_size_from(token: str) -> Decimal:
    """Read a size with spaces around it or underscores in it, as other numbers may have."""
    try:
        return _SIZES.plus(Decimal(token))
    except DecimalException:
        raise ValueError(f"{token!r} is not a size") from None


def unescaped_from(token: str) -> str:
    """Read text that came escaped; what is no legal escape stays as it is."""
    return _ESCAPE.sub(_unescape, token) if "\\" in token else token


def _unescape(found: re.Match[str]) -> str:
    text = found[0].encode("ascii").decode("unicode-escape")
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        # Half of a pair is no character: it could not be stored, sent or shown.
        return found[0]


def flag_word_from(token: str) -> bool:
    """Read a flag that is a word."""
    word = token.lower()
    if word not in {"true", "false"}:
        raise ValueError(f"{token!r} is neither true nor false")
    return word == "true"


class _Flags(dict[str, bool]):
    def __missing__(self, token: str) -> bool:
        return int(token) != 0


_KEPT = 4096
"""How many tokens or numbers of a kind are remembered; markets repeat themselves."""

_SHORT = 8
"""Longer tokens are not remembered: times and permanent ids come once."""


class _Ints(dict[str, int]):
    """Whole numbers by their token; an empty one is 0."""

    def __missing__(self, token: str) -> int:
        value = int(token or 0)
        if len(token) < _SHORT and len(self) < _KEPT:
            self[token] = value
        return value


class _Sizes(dict[str, "Decimal | None"]):
    """Sizes by their token; every spelling of not set is None."""

    def __missing__(self, token: str) -> Decimal | None:
        value = None if token in UNSET_DECIMALS else decimal_from(token)
        if len(token) < _SHORT and len(self) < _KEPT:
            self[token] = value
        return value


class _IntTexts(dict[int, str]):
    """Whole numbers spelled; a flag is 1 or 0, anything else is no whole number."""

    def __missing__(self, value: int) -> str:
        text = f"{value:d}"
        if len(text) < _SHORT and len(self) < _KEPT:
            self[int(value)] = text
        return text


def sizes_from(tokens: list[str]) -> tuple[Decimal | None, ...]:
    """A column of sizes."""
    text = "".join(tokens)
    if (
        UNSET_DECIMALS.isdisjoint(tokens)
        and text.isascii()
        and not text.encode().translate(None, _DIGITS)
    ):
        return tuple(map(_size_from, tokens))
    return tuple([SIZES[token] for token in tokens])


def floats_from(tokens: list[str]) -> tuple[float, ...]:
    """A column of numbers; a reader of JSON reads plain ones four times as fast as `float`."""
    try:
        found = _json_floats(f"[{','.join(tokens)}]")
    except msgspec.DecodeError:
        return tuple(map(float, tokens))
    if len(found) != len(tokens):
        raise ValueError("a number has a comma in it")
    return found


def ints_from(tokens: list[str]) -> tuple[int, ...]:
    """A column of whole numbers; likewise."""
    text = ",".join(tokens)
    if _NOT_WHOLE(text):
        return tuple(map(int, tokens))
    try:
        found = _json_ints(f"[{text}]")
    except msgspec.DecodeError:
        return tuple(map(int, tokens))
    if len(found) != len(tokens):
        raise ValueError("a whole number has a comma in it")
    return found


UNSET_DECIMALS = frozenset(
    {
        "",
        str(UNSET_INT),
        str(UNSET_LONG),
        str(-(2**63)),
        str(UNSET_DECIMAL),
        UNSET_DOUBLE_BRIDGE,
        UNSET_DOUBLE_CLIENT,
    }
)
_DIGITS = b"0123456789.-"
_NOT_WHOLE = re.compile(r"[.eE]").search
_json_float = msgspec.json.Decoder(float).decode
"""Reads plain numbers three times as fast as `float`; others, as `+1` and `.5`, it does not read:
the fast decoder fails on them, and its traced twin reads them with `float`."""
_json_floats = msgspec.json.Decoder(tuple[float, ...]).decode
_json_ints = msgspec.json.Decoder(tuple[int, ...]).decode
INTS = _Ints()
SIZES = _Sizes()

NAMESPACE: dict[str, object] = {
    "Decimal": Decimal,
    "FLAGS": _Flags({"": False, "0": False, "1": True}),
    "FLAG_TEXTS": {True: "1", False: "0"},
    "INTS": INTS,
    "INT_TEXTS": _IntTexts(),
    "LARGEST": _LARGEST,
    "SIZES": SIZES,
    "UNSET_INTS": frozenset({"", str(UNSET_INT), str(UNSET_LONG)}),
    "UNSET_FLOATS": frozenset({"", UNSET_DOUBLE_BRIDGE, UNSET_DOUBLE_CLIENT}),
    "UNSET_DECIMALS": UNSET_DECIMALS,
    "floats_from": floats_from,
    "number_from": _json_float,
    "ints_from": ints_from,
    "sizes_from": sizes_from,
    "unescaped_from": unescaped_from,
    "decimal_from": decimal_from,
    "flag_word_from": flag_word_from,
    "text_of_decimal": text_of_decimal,
    "text_of_escaped": text_of_escaped,
    "text_of_float": text_of_float,
    "text_of_optional_float": text_of_optional_float,
    "text_of_whole": text_of_whole,
}
"""What the fragments refer to."""

_INT = Codec("whole number", "INTS[$]", "INT_TEXTS[$]")
_OPTIONAL_INT = Codec(
    "whole number",
    "(None if $ in UNSET_INTS else int($)) if $ else None",
    "UNSET if $ is None else INT_TEXTS[$]",
    optional=True,
    literal_client=str(UNSET_INT),
    literal_bridge=str(UNSET_INT),
)
_FLOAT = Codec(
    "number",
    "number_from($) if $ else 0.0",
    "str($) if -LARGEST < $ < LARGEST else text_of_float($)",
)
_OPTIONAL_FLOAT = Codec(
    "number",
    "(None if $ in UNSET_FLOATS else number_from($)) if $ else None",
    "UNSET if $ is None else text_of_optional_float($)",
    optional=True,
    literal_client=UNSET_DOUBLE_CLIENT,
    literal_bridge=UNSET_DOUBLE_BRIDGE,
)
_OPTIONAL_DECIMAL = Codec(
    "size",
    "SIZES[$]",
    "UNSET if $ is None else text_of_decimal($)",
    optional=True,
    literal_client=str(UNSET_DECIMAL),
    literal_bridge=str(UNSET_DECIMAL),
)
_DECIMAL = Codec("size", "decimal_from($)", "text_of_decimal($)")
_BOOL = Codec("flag", "FLAGS[$]", "FLAG_TEXTS[$]")
WHOLE = frozenset({_INT, _BOOL})
"""Codecs of numbers and flags that are always set; one text stands for each value."""
_OPTIONAL_BOOL = Codec(
    "flag",
    "(None if $ in UNSET_INTS else FLAGS[$]) if $ else None",
    "UNSET if $ is None else FLAG_TEXTS[$]",
    optional=True,
)
_TEXT = Codec("text", "$", "$")

ESCAPED = Codec("text", 'unescaped_from($) if "\\\\" in $ else $', "text_of_escaped($)")
"""Text in which a Bridge escapes what is not ASCII (server version 153)."""

FLAG_WORD = Codec("flag", "flag_word_from($)", '"true" if $ else "false"')
"""A flag that is the word true or false."""

WHOLE_NUMBER = Codec(
    "whole number",
    "None if $ in UNSET_DECIMALS else decimal_from($)",
    "UNSET if $ is None else text_of_whole($)",
    optional=True,
    literal_client=str(UNSET_DECIMAL),
    literal_bridge=str(UNSET_DECIMAL),
)
"""A size at versions that carry whole numbers only."""

_BY_TYPE: dict[tuple[type, bool], Codec] = {
    (int, False): _INT,
    (int, True): _OPTIONAL_INT,
    (float, False): _FLOAT,
    (float, True): _OPTIONAL_FLOAT,
    (Decimal, False): _DECIMAL,
    (Decimal, True): _OPTIONAL_DECIMAL,
    (bool, False): _BOOL,
    (bool, True): _OPTIONAL_BOOL,
    (str, False): _TEXT,
}


def codec_for(annotation: object) -> Codec:
    """The codec of a field with this type (`int`, `float | None`, …).

    Raises:
        TypeError: no codec carries values of that type.
    """
    optional = False
    if get_origin(annotation) in (Union, UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
        optional = len(kinds) < len(get_args(annotation))
        annotation = kinds[0] if len(kinds) == 1 else annotation
    codec = _BY_TYPE.get((annotation, optional)) if isinstance(annotation, type) else None
    if codec is None:
        raise TypeError(f"no codec carries {annotation!r} (optional: {optional})")
    return codec
