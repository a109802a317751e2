"""Nonfinite: NaN and infinities in JSON, which has no numbers for them.

Owns the words that stand for them and the way back. A word becomes a number only where the
record's own type says float, so a symbol called `NaN` stays a text. Sizes are Decimal and always
finite: one that is not is refused here, before anything reckons with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

__all__ = ["NotFinite", "may_hold_words", "restored", "worded"]

_WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}

_TRACES = (b"nan", b"inf", b"\\u")
"""In lower case; without any of these in it, JSON holds no word for a number."""

_Restore = Callable[[Any, str], Any]


class NotFinite(ValueError):
    """A size is NaN or infinite."""


def worded(value: Any) -> Any:
    """Plain values with words in place of the floats that JSON does not have."""
    if isinstance(value, dict):
        return {key: worded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [worded(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def may_hold_words(json: bytes) -> bool:
    """Whether a word for a number may be in there; False is certain."""
    text = json.lower()
    return any(trace in text for trace in _TRACES)


def restored(value: Any, record: type[msgspec.Struct]) -> Any:
    """Plain values of a record with floats in place of words, ready for `msgspec.convert`.

    What does not fit the record is left as it is: converting it says what is wrong.

    Raises:
        NotFinite: a size is not finite; the error names the field.
    """
    restore = _restorer(record)
    return value if restore is None else restore(value, "")


@cache
def _restorer(kind: Any) -> _Restore | None:
    """What restores values of a type; None when they hold neither floats nor sizes."""
    if kind is float:
        return _float
    if kind is Decimal:
        return _size
    if get_origin(kind) in (Union, UnionType):
        return _union_restorer(get_args(kind))
    if get_origin(kind) is tuple:
        return _column_restorer(get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _record_restorer(kind)
    return None


def _float(value: Any, _place: str) -> Any:
    return _WORDS.get(value, value) if isinstance(value, str) else value


def _size(value: Any, place: str) -> Any:
    if isinstance(value, str):
        try:
            size = Decimal(value)
        except InvalidOperation:
            return value
        if not size.is_finite():
            raise NotFinite(f"{value!r} is no size - at `${place}`")
    return value


def _record_restorer(record: type[msgspec.Struct]) -> _Restore | None:
    hints = get_type_hints(record)
    inner = {name: _restorer(hints[name]) for name in record.__struct_fields__}
    parts = {name: each for name, each in inner.items() if each is not None}
    if not parts:
        return None

    def restore(value: Any, place: str) -> Any:
        if not isinstance(value, dict):
            return value
        return {
            name: parts[name](each, f"{place}.{name}") if name in parts else each
            for name, each in value.items()
        }

    return restore


def _column_restorer(element: Any) -> _Restore | None:
    inner = _restorer(element)
    if inner is None:
        return None

    def restore(value: Any, place: str) -> Any:
        if not isinstance(value, list):
            return value
        return [inner(each, f"{place}[{index}]") for index, each in enumerate(value)]

    return restore


def _union_restorer(kinds: tuple[Any, ...]) -> _Restore | None:
    """For what may be absent, and for records that a tag tells apart."""
    members = [kind for kind in kinds if kind is not NoneType]
    if len(members) == 1:
        return _restorer(members[0])
    tagged = {kind.__struct_config__.tag: _restorer(kind) for kind in members}
    tag_field = members[0].__struct_config__.tag_field

    def restore(value: Any, place: str) -> Any:
        tag = value.get(tag_field) if isinstance(value, dict) else None
        inner = tagged.get(tag) if isinstance(tag, str) else None
        return value if inner is None else inner(value, place)

    return restore
