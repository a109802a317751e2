from __future__ import annotations

from enum import IntEnum, StrEnum

import pytest

from workstation.errors import InvalidValue
from workstation.model import enums
from workstation.model.enums import (
    BarSize,
    DurationUnit,
    OrderStatusName,
    OrderType,
    SecurityType,
    TickType,
    known,
    name_of,
)
from workstation.simulator.bar_request import BAR_SIZES, parse_duration

VOCABULARIES = [each for each in vars(enums).values() if isinstance(each, type)]


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda each: each.__name__)
def test_vocabulary_equals_plain_values_and_says_each_once(vocabulary):
    assert issubclass(vocabulary, (StrEnum, IntEnum))
    assert vocabulary.__name__ in enums.__all__
    assert vocabulary.__doc__
    plain = str if issubclass(vocabulary, StrEnum) else int
    for name, member in vocabulary.__members__.items():
        assert member.name == name, f"{name} is a second name of {member.name}"
        assert member == plain(member.value)


def test_known_value_becomes_its_member():
    assert known(TickType, 46) is TickType.SHORTABLE
    assert known(OrderType, "STP LMT") is OrderType.STOP_LIMIT


def test_unknown_value_stays_what_it_is():
    assert known(TickType, 9999) == 9999
    assert known(SecurityType, "MOON") == "MOON"


def test_values_are_named_for_people():
    assert name_of(TickType, 24) == "option implied volatility"
    assert name_of(TickType, 9999) == "9999"
    assert name_of(OrderType, "NEW KIND") == "NEW KIND"


def test_order_is_done_only_in_its_last_stages():
    done = {each for each in OrderStatusName if each.is_done}

    assert done == {"ApiCancelled", "Cancelled", "Filled", "Inactive"}


def test_simulated_bridge_knows_the_same_bar_sizes():
    assert set(BarSize) == set(BAR_SIZES)


@pytest.mark.parametrize("unit", DurationUnit)
def test_duration_is_written_as_requests_want_it(unit):
    duration = parse_duration(unit.times(3))

    assert (duration.number, duration.unit) == (3, unit)


def test_duration_of_nothing_is_refused():
    with pytest.raises(InvalidValue, match="number"):
        DurationUnit.DAYS.times(0)
