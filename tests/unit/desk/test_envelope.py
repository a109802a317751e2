"""The form of messages on the desk."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from workstation.desk.envelope import MESSAGES, EnvelopeError, fields_of, opened, sealed
from workstation.model import LimitOrder, Order, Stock, TagValue
from workstation.model.orders import PriceCondition
from workstation.protocol.catalog import PlaceOrder, TickPrice


def round_trip(message):
    body, _ = sealed(
        message.name, message, code="A02", sequence=3, time_ns=5, message_id="m", send_before=9
    )
    envelope = opened(body)
    assert (envelope.code, envelope.sequence, envelope.time_ns) == ("A02", 3, 5)
    assert envelope.send_before == 9
    return fields_of(envelope)


@pytest.mark.parametrize(
    "message",
    [
        TickPrice(request_id=1, tick_type=2, price=190.05, size=Decimal(100)),
        TickPrice(request_id=1, tick_type=2, price=None),
        PlaceOrder(order_id=4, contract=Stock("BRK B"), order=LimitOrder("BUY", "0.5", 190.05)),
        PlaceOrder(
            order_id=4,
            contract=Stock("AAPL"),
            order=Order(
                compete_against_best_offset=math.inf,
                delta=-math.inf,
                leg_prices=(1.5, None),
                algo_parameters=(TagValue(tag="a", value="b"),),
                conditions=(PriceCondition(price=1.0),),
            ),
        ),
    ],
)
def test_a_message_is_read_back_equal(message):
    assert round_trip(message) == message


def test_nan_survives():
    message = PlaceOrder(order_id=1, contract=Stock("A"), order=Order(limit_price=math.nan))
    assert math.isnan(round_trip(message).order.limit_price)


def test_orders_outlive_the_broker_and_ticks_do_not():
    order = PlaceOrder(order_id=1, contract=Stock("A"), order=Order())
    tick = TickPrice(request_id=1, tick_type=1, price=1.0)
    modes = [
        sealed(each.name, each, code="A", sequence=1, time_ns=1, message_id="m")[1].delivery_mode
        for each in (order, tick)
    ]
    assert modes == [2, 1]


def test_the_body_is_readable_json():
    tick = TickPrice(request_id=1, tick_type=1, price=1.5, size=Decimal(3))
    body, properties = sealed("tick_price", tick, code="A", sequence=1, time_ns=1, message_id="m")
    assert b'"price":1.5' in body
    assert (properties.type, properties.content_type) == ("tick_price", "application/json")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"{}",
        b'{"message":1}',
        b"[" * 100_000,
        b'{"message":"a","fields":{},"code":"A","sequence":1,"time_ns":1,"more":1}',
        b"\xff",
        b"x" * 5_000_000,
    ],
    ids=["empty", "null", "bare", "wrong type", "deep", "more", "no UTF-8", "huge"],
)
def test_what_is_no_envelope_is_refused(body):
    with pytest.raises(EnvelopeError):
        opened(body)


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("no_such_message", b"{}", "no_such_message"),
        ("tick_price", b"{}", "request_id"),
        ("tick_price", b'{"request_id":"x","tick_type":1,"price":1}', "request_id"),
        ("tick_price", b'{"request_id":1,"tick_type":1,"price":"Infinite"}', "price"),
        ("place_order", b'{"order_id":1,"contract":' + b"[" * 2000 + b"]" * 2000 + b"}", "body"),
    ],
    ids=["unknown", "missing", "wrong type", "no number", "deep"],
)
def test_fields_that_do_not_fit_are_refused_with_the_reason(name, fields, told):
    body = (
        b'{"message":"%s","fields":%s,"code":"A","sequence":1,"time_ns":1,"send_before":null}'
        % (name.encode(), fields)
    )
    with pytest.raises(EnvelopeError, match=told):
        fields_of(opened(body))


def test_every_message_of_the_catalog_is_known_by_name():
    assert {"place_order", "tick_price", "order_status"} <= set(MESSAGES)
