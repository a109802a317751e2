"""Our records as objects of the witness, and its objects as our records.

Owns values: what is not set, what is nested, what is a list. Names come from `names`. The witness
is duck-typed, so one conversion serves every witness whose attributes have these names.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from witnesses.names import NAMES
from workstation.model import Record, orders

UNSET: dict[type, Any] = {
    int: 2**31 - 1,
    float: sys.float_info.max,
    Decimal: Decimal(2**127 - 1),
}
"""What the witness holds where we hold None."""

CONDITIONS: dict[type, int] = {
    orders.PriceCondition: 1,
    orders.TimeCondition: 3,
    orders.MarginCondition: 4,
    orders.ExecutionCondition: 5,
    orders.VolumeCondition: 6,
    orders.PercentChangeCondition: 7,
}


@cache
def field_kinds(record: type[Record]) -> dict[str, tuple[Any, bool]]:
    """Each field's type without None, and whether None is legal."""
    hints = get_type_hints(record)
    return {name: kind_of(hints[name]) for name in record.__struct_fields__}


def kind_of(hint: Any) -> tuple[Any, bool]:
    """A type without None, and whether None is legal."""
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        optional = len(kinds) < len(get_args(hint))
        return (kinds[0] if len(kinds) == 1 else hint), optional
    return hint, False


def element_kind(kind: Any) -> Any:
    """The type of a tuple's elements, None when it is no tuple type."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def is_record(kind: Any) -> bool:
    """Whether a type is one record class."""
    return isinstance(kind, type) and issubclass(kind, Record)


def theirs_from(record: Record, classes: Mapping[type, Callable[[], Any]]) -> Any:
    """An object of the witness with the values of `record`."""
    made = classes[type(record)]()
    for ours, name in NAMES[type(record)].items():
        value = getattr(record, ours)
        kind, _ = field_kinds(type(record))[ours]
        if name == "conjunction":
            made.isConjunctionConnection = value == "a"
        elif name == "orderComboLegs":
            made.orderComboLegs = [_leg_price(price, classes) for price in value]
        elif "." not in name:
            setattr(made, name, _value_there(value, kind, classes))
    return made


def _leg_price(price: float | None, classes: Mapping[type, Callable[[], Any]]) -> Any:
    leg = classes[float]()
    leg.price = UNSET[float] if price is None else price
    return leg


def _value_there(value: Any, kind: Any, classes: Mapping[type, Callable[[], Any]]) -> Any:
    if isinstance(value, Record):
        return theirs_from(value, classes)
    if isinstance(value, tuple):
        return [theirs_from(each, classes) if isinstance(each, Record) else each for each in value]
    return UNSET.get(kind) if value is None else value


def ours_from(made: Any, record: type[Record]) -> Record:
    """A record of ours with the values of an object of the witness."""
    values = {}
    for ours, name in NAMES[record].items():
        kind, optional = field_kinds(record)[ours]
        if name == "conjunction":
            values[ours] = "a" if made.isConjunctionConnection else "o"
        elif name == "orderComboLegs":
            prices = [leg.price for leg in made.orderComboLegs or ()]
            values[ours] = tuple(value_here(price, float, optional=True) for price in prices)
        else:
            holder = made
            *path, last = name.split(".")
            for step in path:
                holder = getattr(holder, step)
            values[ours] = value_here(getattr(holder, last), kind, optional=optional)
    return record(**values)


def value_here(value: Any, kind: Any, *, optional: bool = False) -> Any:
    """A value of the witness as we hold it."""
    element = element_kind(kind)
    if element is not None:
        if element is orders.Condition:
            return tuple(ours_from(each, _condition(each)) for each in value or ())
        inner, optional = kind_of(element)
        return tuple(value_here(each, inner, optional=optional) for each in value or ())
    if is_record(kind):
        return None if value is None else ours_from(value, kind)
    if optional and kind in UNSET and value == UNSET[kind]:
        return None
    if hasattr(value, "value") and isinstance(value.value, tuple):
        # The two fund words are enumerations there, named by what stands on the wire.
        word = value.value[0]
        return "" if word == "None" else word
    return value


def _condition(made: Any) -> type[Record]:
    return next(kind for kind, number in CONDITIONS.items() if number == made.type())
