"""Properties: only what every broker can carry."""

from __future__ import annotations

import dataclasses

import pytest

from workstation.desk.broker import Properties
from workstation.errors import InvalidValue


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("message_id", "m" * 256),
        ("correlation_id", "ä" * 128),
        ("reply_to", "\ud800"),
        ("type", "t" * 256),
        ("app_id", "a" * 256),
        ("user_id", "u" * 256),
        ("content_type", "c" * 256),
        ("delivery_mode", 0),
        ("delivery_mode", 3),
        ("timestamp", -1),
        ("headers", {"price": 1.5}),
        ("headers", {"nothing": None}),
        ("headers", {"h" * 256: 1}),
    ],
)
def test_what_amqp_can_not_carry_is_refused_by_name(name, value):
    with pytest.raises(InvalidValue, match="header" if name == "headers" else name):
        Properties(**{name: value})


def test_the_longest_texts_are_carried():
    assert Properties(message_id="m" * 255, type="ä" * 127).type == "ä" * 127


def test_properties_are_values():
    one = Properties(message_id="m", headers={"a": 1})
    assert one == Properties(message_id="m", headers={"a": 1})
    assert one != Properties(message_id="m", headers={"a": 2})
    assert len({one, Properties(message_id="m", headers={"a": 1})}) == 1
    assert dataclasses.replace(one, message_id="n").headers == {"a": 1}
    with pytest.raises(TypeError):
        one.headers["a"] = 2
