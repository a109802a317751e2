"""Bodies: any message of the catalog survives the desk, and no body breaks it."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import get_args, get_origin

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workstation.desk.envelope import (
    LARGEST_BODY,
    MESSAGES,
    EnvelopeError,
    fields_of,
    opened,
    sealed,
)
from workstation.model import Contract, Order
from workstation.model.orders import PriceCondition, TimeCondition
from workstation.protocol.catalog import PlaceOrder, TickPrice, TickString
from workstation.protocol.message import field_types

TEXTS = st.sampled_from(["", "NaN", "Infinity", "-Infinity", "null", "nan\\u"]) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=8
)
PLAIN = {
    str: TEXTS,
    float: st.floats(),
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    NoneType: st.none(),
}


@cache
def values(kind):
    """Any value of a type, most fields of a large record left at their defaults."""
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) is tuple:
        return st.lists(st.deferred(lambda: values(get_args(kind)[0])), max_size=2).map(tuple)
    if not isinstance(kind, type):
        return st.one_of([values(each) for each in get_args(kind)])
    types = field_types(kind)
    required = [field.name for field in msgspec.structs.fields(kind) if field.required]
    names = st.lists(st.sampled_from([*types, None]), max_size=8, unique=True)
    return names.flatmap(
        lambda chosen: st.fixed_dictionaries(
            {name: values(types[name]) for name in {*chosen, *required} - {None}}
        )
    ).map(lambda fields: kind(**fields))


MESSAGES_OF_ALL_KINDS = st.sampled_from(sorted(MESSAGES)).flatmap(
    lambda name: values(MESSAGES[name])
)


def body_of(message):
    return sealed(message.name, message, code="A", sequence=1, time_ns=1, message_id="m")[0]


def envelope_of(name, fields):
    body = b'{"message":"%s","fields":%s,"code":"A","sequence":1,"time_ns":1}'
    return body % (name.encode(), fields)


@given(MESSAGES_OF_ALL_KINDS)
@settings(max_examples=400, deadline=None)
@example(TickString(request_id=1, tick_type=1, value="NaN"))
@example(PlaceOrder(order_id=1, contract=Contract(symbol="NaN"), order=Order(limit_price=math.nan)))
@example(
    PlaceOrder(
        order_id=1,
        contract=Contract(),
        order=Order(conditions=(TimeCondition(), PriceCondition(price=math.inf))),
    )
)
def test_any_message_is_read_back_equal(message):
    # Texts of both, since NaN equals nothing.
    assert repr(fields_of(opened(body_of(message)))) == repr(message)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(MESSAGES_OF_ALL_KINDS, st.data())
@settings(max_examples=200, deadline=None)
def test_fields_of_wrong_kinds_raise_nothing_but_envelope_errors(message, data):
    fields = msgspec.to_builtins(message)
    for name in data.draw(st.lists(st.sampled_from(sorted(fields) or ["more"]), max_size=3)):
        fields[name] = data.draw(JSON)
    body = envelope_of(message.name, msgspec.json.encode(fields))
    try:
        read = fields_of(opened(body))
    except EnvelopeError as error:
        assert message.name in str(error)  # noqa: PT017  either outcome is right
    else:
        assert type(read) is type(message)


@given(MESSAGES_OF_ALL_KINDS, st.data())
@settings(max_examples=200, deadline=None)
def test_damaged_bodies_raise_nothing_but_envelope_errors(message, data):
    body = bytearray(body_of(message))
    for _ in range(data.draw(st.integers(1, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        envelope = opened(bytes(body))
        msgspec.json.format(bytes(envelope.fields)).decode()
        fields_of(envelope)
    except EnvelopeError as error:
        assert str(error)  # noqa: PT017  either outcome is right


@pytest.mark.parametrize(
    ("size", "word"),
    [("NaN", "NaN"), ("sNaN", "sNaN"), (" -infinity", "infinity"), ("\\u004eaN", "NaN")],
)
def test_a_size_that_is_not_finite_is_refused_by_place(size, word):
    fields = b'{"order_id":1,"contract":{},"order":{"total_quantity":"%s"}}' % size.encode()
    with pytest.raises(EnvelopeError, match=rf"{word}' is no size - at `\$\.order\.total_quantity"):
        fields_of(opened(envelope_of("place_order", fields)))


def test_text_that_is_no_unicode_is_refused_before_anybody_reads_the_fields():
    with pytest.raises(EnvelopeError, match="utf-8"):
        opened(envelope_of("report", b'{"state":"\xff"}'))


def test_text_that_is_no_unicode_is_not_sent():
    with pytest.raises(EnvelopeError, match="place_order"):
        body_of(PlaceOrder(order_id=1, contract=Contract(symbol="\ud800"), order=Order()))


def test_what_is_too_large_is_neither_sent_nor_read():
    largest = b" " * (LARGEST_BODY - len(envelope_of("a", b"{}"))) + envelope_of("a", b"{}")
    assert opened(largest).message == "a"
    with pytest.raises(EnvelopeError, match="larger"):
        opened(b" " + largest)
    with pytest.raises(EnvelopeError, match="larger"):
        body_of(TickString(request_id=1, tick_type=1, value="x" * LARGEST_BODY))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("message", ""),
        ("message", "m" * 101),
        ("code", "A B"),
        ("code", "a"),
        ("code", ""),
        ("code", "A\n"),
        ("sequence", -1),
        ("sequence", 2**63),
        ("sequence", 1.5),
        ("time_ns", -1),
        ("time_ns", 2**63),
        ("send_before", -1),
    ],
)
def test_a_part_of_the_envelope_that_is_not_legal_is_named(part, value):
    parts = {"message": "a", "fields": {}, "code": "A", "sequence": 1, "time_ns": 1}
    opened(msgspec.json.encode(parts))
    with pytest.raises(EnvelopeError, match=rf"\$\.{part}"):
        opened(msgspec.json.encode({**parts, part: value}))


def test_everything_about_an_order_outlives_the_broker():
    about_orders = {
        name for name, cls in MESSAGES.items() if {"order_id", "order"} & {*cls.__struct_fields__}
    }
    assert {"place_order", "open_order", "order_bound", "next_valid_id"} <= about_orders
    for name in about_orders - {"next_valid_id"}:
        properties = sealed(name, {}, code="A", sequence=1, time_ns=1, message_id="m")[1]
        assert properties.delivery_mode == 2, name


def test_properties_say_what_is_in_the_body_and_whence():
    tick = TickPrice(request_id=1, tick_type=1, price=1.0)
    _, properties = sealed(
        "tick_price",
        tick,
        code="A02",
        sequence=1,
        time_ns=1_999_999_999,
        message_id="m",
        correlation_id="c",
        reply_to="bridge.A02",
    )
    assert (properties.type, properties.app_id, properties.timestamp) == ("tick_price", "A02", 1)
    assert (properties.message_id, properties.correlation_id) == ("m", "c")
    assert properties.reply_to == "bridge.A02"
