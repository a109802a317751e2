"""Rows: messages made to tell their fields apart.

Owns three kinds. A full row has a different value in every field that its version carries. A
one-hot row has one field set and the rest as they are by default. A one-flag row is a full row in
which a single flag is up: where all flags are up, two neighbours could be swapped unseen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Any

import msgspec

from witnesses.conversion import CONDITIONS, element_kind, field_kinds, is_record, kind_of
from workstation.model import (
    Bars,
    BidAskTicks,
    Contract,
    ContractDetails,
    Histogram,
    LastTicks,
    MidpointTicks,
    Order,
    Record,
    orders,
)
from workstation.protocol import catalog
from workstation.protocol.layout import Reference
from workstation.protocol.message import Message
from workstation.protocol.source import assigned

SPECIAL: dict[tuple[type, str], Any] = {
    (Contract, "last_trade_date"): "20270115",
    (ContractDetails, "last_trade_time"): "16:30:00",
    (ContractDetails, "last_trade_time_zone"): "US/Eastern",
    (ContractDetails, "fund_distribution_policy"): "Y",
    (ContractDetails, "fund_asset_type"): "003",
    (Order, "compete_against_best_offset"): 0.02,
    (ContractDetails, "maturity"): "20320115",
    (catalog.TickByTick, "tick_type"): 2,
} | {(condition, "conjunction"): "o" for condition in CONDITIONS}
"""Values of fields that can not have just any."""

OTHERS: dict[Any, tuple[Any, ...]] = {
    int: (0, -1),
    float: (0.0, -1.5, 1e-07, 123456789.0625),
    Decimal: (Decimal(0), Decimal("-0.000001"), Decimal("9007199254740993.5")),
}
"""Values that optional numbers are tried with besides an ordinary one."""

ONE_BAR = Bars(
    date=("",),
    open=(0.0,),
    high=(0.0,),
    low=(0.0,),
    close=(0.0,),
    volume=(None,),
    average=(None,),
    count=(0,),
)
"""What one-hot bars differ from: columns must be equally long."""

ONE_ROW: dict[type[Record], Record] = {
    Bars: ONE_BAR,
    Histogram: Histogram(price=(0.0,), size=(None,)),
    MidpointTicks: MidpointTicks(time=(0,), price=(0.0,), size=(None,)),
    BidAskTicks: BidAskTicks(
        time=(0,),
        attributes=(0,),
        bid_price=(0.0,),
        ask_price=(0.0,),
        bid_size=(None,),
        ask_size=(None,),
    ),
    LastTicks: LastTicks(
        time=(0,),
        attributes=(0,),
        price=(0.0,),
        size=(None,),
        exchange=("",),
        special_conditions=("",),
    ),
}
"""What one-hot columns differ from, by the kind of columns."""

Path = str


def on_wire(message: type[Message], version: int) -> set[Reference]:
    """The fields that a version carries, conditional ones and those of list elements included."""
    return assigned(message.declaration.layout, version, deep=True)


class Filler:
    """Gives out values, no two alike."""

    def __init__(self, carried: set[Reference], *, flags: bool = True) -> None:
        self.carried = carried
        self.flags = flags
        self.numbers = count(1001)

    def fill(self, record: type[Record], fixed: Mapping[tuple[type, str], Any]) -> Any:
        """A record with every carried field set, and the fixed ones as given."""
        values = {}
        for name, (kind, _) in field_kinds(record).items():
            if self.carries(record, name, kind):
                value = fixed.get((record, name), self)
                values[name] = self.value(record, name, kind, fixed) if value is self else value
        return record(**values)

    def carries(self, record: type[Record], name: str, kind: Any) -> bool:
        return Reference(record, name) in self.carried or self.carries_any(kind)

    def carries_any(self, kind: Any) -> bool:
        return is_record(kind) and any(
            self.carries(kind, name, inner) for name, (inner, _) in field_kinds(kind).items()
        )

    def value(
        self, record: type[Record], name: str, kind: Any, fixed: Mapping[tuple[type, str], Any]
    ) -> Any:
        if (record, name) in SPECIAL:
            return SPECIAL[record, name]
        if is_record(kind):
            return self.fill(kind, fixed)
        element = element_kind(kind)
        if element is orders.Condition:
            return tuple(self.fill(each, fixed) for each in CONDITIONS)
        if element is not None:
            inner, _ = kind_of(element)
            return tuple(
                self.fill(inner, fixed) if is_record(inner) else self.scalar(inner)
                for _ in range(2)
            )
        return self.scalar(kind)

    def scalar(self, kind: Any) -> Any:
        number = next(self.numbers)
        if kind is bool:
            return self.flags
        if kind is float:
            return number + 0.25
        if kind is Decimal:
            return Decimal(number) + Decimal("0.125")
        return f"word {number}" if kind is str else number


def bare(message: type[Record]) -> Any:
    """A record with nothing set but what must be, and that to nothing."""
    values: dict[str, Any] = {}
    for info in msgspec.structs.fields(message):
        if info.required:
            kind, optional = field_kinds(message)[info.name]
            if is_record(kind):
                values[info.name] = kind()
            elif element_kind(kind) is not None:
                values[info.name] = ()
            else:
                values[info.name] = None if optional else kind()
    return message(**values)


def one_hots(record: Any, carried: set[Reference], path: Path = "") -> Iterator[tuple[Path, Any]]:
    """Every record that differs from `record` in one field; values that are falsy included."""
    cls = type(record)
    for name, (kind, optional) in field_kinds(cls).items():
        for deeper, value in _one_hot_values(record, name, (kind, optional), carried):
            yield f"{path}{name}{deeper}", msgspec.structs.replace(record, **{name: value})


def _one_hot_values(
    record: Any, name: str, kind: tuple[Any, bool], carried: set[Reference]
) -> Iterator[tuple[Path, Any]]:
    """Other values of one field, each with the path to what differs below it."""
    reference = Reference(type(record), name)
    element = element_kind(kind[0])
    inner = kind_of(element)[0] if element is not None else kind[0]
    if inner is orders.Condition:
        if reference in carried:
            for each in CONDITIONS:
                for deeper, made in one_hots(each(), carried, f".{each.__name__}."):
                    yield deeper, (made,)
    elif is_record(inner):
        present = getattr(record, name) if element is None else None
        start = ONE_ROW.get(inner) or present or inner()
        for deeper, made in one_hots(start, carried, "."):
            yield deeper, (made if element is None else (made,))
    elif reference in carried:
        for value in values_to_try(reference, inner, kind[1]):
            wrapped = value if element is None else (value,)
            if wrapped != getattr(record, name):
                yield "", wrapped


def values_to_try(reference: Reference, kind: Any, optional: Any) -> Iterator[Any]:
    """An ordinary value, and for numbers that may be unset also odd ones."""
    if kind is bool:
        yield True
        if optional:
            yield False
        return
    special = SPECIAL.get((reference.owner, reference.name))
    yield Filler(set()).scalar(kind) if special is None else special
    if optional:
        yield from OTHERS.get(kind, ())


def one_flags(record: Any, carried: set[Reference], path: Path = "") -> Iterator[tuple[Path, Any]]:
    """Every record that differs from `record` in one carried flag, which is down and goes up."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        here = f"{path}{name}"
        if value is False and Reference(type(record), name) in carried:
            yield here, msgspec.structs.replace(record, **{name: True})
        elif isinstance(value, Record):
            for deeper, made in one_flags(value, carried, f"{here}."):
                yield deeper, msgspec.structs.replace(record, **{name: made})
        elif isinstance(value, tuple):
            for index, each in enumerate(value):
                if isinstance(each, Record):
                    for deeper, made in one_flags(each, carried, f"{here}[{index}]."):
                        changed = (*value[:index], made, *value[index + 1 :])
                        yield deeper, msgspec.structs.replace(record, **{name: changed})


def in_order(message: Any) -> Any:
    """A message whose sets, which have no order at the witness, are sorted."""
    if isinstance(message, catalog.SecurityDefinitionOptionParameter):
        return msgspec.structs.replace(
            message,
            expirations=tuple(sorted(set(message.expirations), key=str)),
            strikes=tuple(sorted(set(message.strikes), key=str)),
        )
    return message
