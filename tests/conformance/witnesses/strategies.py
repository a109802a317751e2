"""Strategies: any message that a version can carry.

Owns which values are legal where. Most fields of a message stay at their defaults, as most fields
of real ones do; a handful is drawn.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, partial
from typing import Any

import msgspec
from hypothesis import strategies as st

from witnesses.conversion import CONDITIONS, element_kind, field_kinds, is_record, kind_of
from witnesses.rows import ONE_ROW
from workstation.model import Contract, Order, Record, TagValue, orders
from workstation.protocol import catalog
from workstation.protocol.layout import Gate, Item, Reference, TagText, When
from workstation.protocol.message import REQUESTS, Direction, Message


def tag_texts(layout: tuple[Item, ...]) -> Iterator[Reference]:
    """Fields with named parameters in one text."""
    for item in layout:
        if isinstance(item, TagText):
            yield item.reference
        elif isinstance(item, Gate | When):
            yield from tag_texts(item.items)


PRINTABLE = "".join(map(chr, range(32, 127))) + "\t\n\r"

MOST_FIELDS = 9
"""How many fields of one record are drawn at most."""

words = st.text(PRINTABLE, max_size=12)
"""What a client may write."""

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
"""What a Bridge may write."""

whole = st.integers(-(2**62), 2**62).filter(lambda number: number != 2**31 - 1)
numbers = st.floats(allow_nan=False, width=64).filter(
    lambda number: abs(number) != sys.float_info.max
)
sizes = st.decimals(allow_nan=False, allow_infinity=False).filter(
    lambda size: size not in {2**31 - 1, 2**63 - 1, -(2**63), 2**127 - 1}
)
whole_sizes = st.integers(0, 10**12).filter(lambda size: size != 2**31 - 1).map(Decimal)
dates = st.dates().map(lambda date: f"{date:%Y%m%d}")
times = st.times().map(lambda time: f"{time:%H:%M:%S}")

_POSITIVE = st.floats(0, allow_nan=False).filter(lambda number: number != sys.float_info.max)
_GREEK = st.none() | numbers.filter(lambda number: number != -2)
_COMPUTED = st.none() | numbers.filter(lambda number: number != -1)
_PARAMETER = st.text(PRINTABLE.replace(";", "").replace("=", ""), max_size=8)

SPECIAL: dict[tuple[type, str], st.SearchStrategy[Any]] = {
    (catalog.TickOptionComputation, "implied_volatility"): st.none() | _POSITIVE,
    **{
        (catalog.TickOptionComputation, name): _GREEK
        for name in ("delta", "gamma", "vega", "theta")
    },
    **{
        (catalog.TickOptionComputation, name): _COMPUTED
        for name in ("option_price", "present_value_dividend", "underlying_price")
    },
    (catalog.ManagedAccounts, "accounts"): st.lists(
        st.text("DU0123456789", min_size=1), max_size=3
    ).map(tuple),
    (catalog.TickByTick, "tick_type"): st.sampled_from([0, 1, 2, 3, 4]),
    **{
        (made, "data_type"): st.sampled_from([1, 3])
        for made in (catalog.RequestFinancialAdvisor, catalog.ReplaceFinancialAdvisor)
    },
    (catalog.RequestHistoricalData, "what_to_show"): st.sampled_from(["TRADES", "BID"]),
    (Contract, "security_type"): st.sampled_from(["STK", "OPT", "BAG", "FUND", ""]),
    (Contract, "exchange"): st.sampled_from(["SMART", "IBKRATS", ""]),
    (Order, "order_type"): st.sampled_from(
        ["LMT", "PEG BENCH", "PEG BEST", "PEGBEST", "PEG MID", "PEGMID", ""]
    ),
    (Order, "compete_against_best_offset"): st.sampled_from([None, 0.02, math.inf]),
}
"""Fields that can not hold just any value of their type, or that open others."""

_PARAMETERS = st.lists(st.builds(TagValue, tag=_PARAMETER, value=_PARAMETER), max_size=2).map(tuple)

SPECIAL |= {
    (reference.owner, reference.name): _PARAMETERS
    for declaration in REQUESTS.values()
    for reference in tag_texts(declaration.layout)
}


@cache
def messages(message: type[Message], version: int) -> st.SearchStrategy[Any]:
    """Any message of a class that a version can carry."""
    text = words if message.declaration.direction is Direction.OUT else texts
    made = records(message, text, version)
    if message is catalog.ContractData:
        return made.flatmap(partial(_with_expiry, maturity=False))
    if message is catalog.BondContractData:
        return made.flatmap(partial(_with_expiry, maturity=True))
    return made


@cache
def records(record: type[Record], text: Any, version: int) -> st.SearchStrategy[Any]:
    """Any record of a class, a few of its fields drawn."""
    if record in ONE_ROW:
        return columns(record, text, version)
    each = {name: values(record, name, text, version) for name in field_kinds(record)}
    required = [info.name for info in msgspec.structs.fields(record) if info.required]
    if len(each) <= MOST_FIELDS:
        return st.fixed_dictionaries(each).map(lambda drawn: record(**drawn))
    some = st.lists(st.sampled_from(sorted(each)), max_size=MOST_FIELDS, unique=True)
    return some.flatmap(
        lambda names: st.fixed_dictionaries({name: each[name] for name in [*required, *names]})
    ).map(lambda drawn: record(**drawn))


def values(record: type[Record], name: str, text: Any, version: int) -> st.SearchStrategy[Any]:
    """Any value of one field."""
    if (record, name) == (Order, "total_quantity"):
        return st.none() | (whole_sizes if version < 101 else sizes)
    if (record, name) in SPECIAL:
        return SPECIAL[record, name]
    kind, optional = field_kinds(record)[name]
    element = element_kind(kind)
    if element is orders.Condition:
        each = st.one_of([records(condition, text, version) for condition in CONDITIONS])
        return st.lists(each, max_size=3).map(tuple)
    if element is not None:
        inner, may_be_none = kind_of(element)
        return st.lists(plain(inner, text, version, may_be_none), max_size=3).map(tuple)
    return plain(kind, text, version, optional)


def plain(kind: Any, text: Any, version: int, optional: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that is no list."""
    if is_record(kind):
        found = records(kind, text, version)
    else:
        found = {bool: st.booleans(), int: whole, float: numbers, Decimal: sizes, str: text}[kind]
    return st.none() | found if optional else found


def columns(record: type[Record], text: Any, version: int) -> st.SearchStrategy[Any]:
    """Columns that are equally long."""
    names = record.__struct_fields__
    kinds = [kind_of(element_kind(field_kinds(record)[name][0])) for name in names]
    row = st.tuples(*(plain(kind, text, version, optional) for kind, optional in kinds))
    return st.lists(row, max_size=3).map(
        lambda rows: record(
            **dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))
        )
    )


def _with_expiry(data: Any, *, maturity: bool) -> st.SearchStrategy[Any]:
    """The same with any expiry; a zone stands only after a time."""
    details = data.details
    parts = st.tuples(st.just(""), st.just("")) | st.tuples(
        times, st.sampled_from(["", "UTC", "US/Eastern"])
    )

    def with_date(date: str, part: tuple[str, str]) -> Any:
        contract = msgspec.structs.replace(details.contract, last_trade_date=date)
        day = {"maturity": date} if maturity else {"contract": contract}
        clock = {"last_trade_time": part[0], "last_trade_time_zone": part[1]}
        return msgspec.structs.replace(
            data, details=msgspec.structs.replace(details, **day, **clock)
        )

    return st.builds(with_date, dates, parts)
