"""Numbers and text as a trader reads them."""

from __future__ import annotations

import math
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.ui import formatting

NONE = [None, math.nan, math.inf, -math.inf, 1.7976931348623157e308]


@pytest.mark.parametrize("value", NONE)
@pytest.mark.parametrize(
    "write",
    [
        formatting.price,
        formatting.change,
        formatting.percent,
        formatting.money,
        formatting.quantity,
        formatting.short,
    ],
)
def test_no_value_is_a_dash(write, value):
    assert write(value) == "—"


@pytest.mark.parametrize(
    ("tick", "decimals"),
    [(0.01, 2), (0.005, 3), (0.25, 2), (1.0, 0), (0.0001, 4), (None, 2), (0.0, 2), (math.nan, 2)],
)
def test_decimals_follow_the_tick(tick, decimals):
    assert formatting.decimals_of(tick) == decimals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (formatting.price(1234.5, 2), "1,234.50"),
        (formatting.change(0.5), "+0.50"),
        (formatting.change(-0.5), "-0.50"),
        (formatting.change(-0.001), "0.00"),
        (formatting.change(0.0), "0.00"),
        (formatting.percent(-1.234), "-1.23%"),
        (formatting.quantity(Decimal("100.00")), "100"),
        (formatting.quantity(Decimal("0.5")), "0.5"),
        (formatting.quantity(Decimal(1000)), "1,000"),
        (formatting.short(950), "950"),
        (formatting.short(9_999), "9,999"),
        (formatting.short(12_345), "12.3K"),
        (formatting.short(999_999), "1.00M"),
        (formatting.short(4_560_000), "4.56M"),
        (formatting.short(-2_000_000_000), "-2.00B"),
        (formatting.age(4.9), "4s"),
        (formatting.age(720), "12m"),
        (formatting.age(None), "—"),
        (formatting.clock(0), "—"),
        (formatting.clock(1_795_440_000_123_000_000, milliseconds=True), "13:20:00.123"),
    ],
)
def test_values_are_written_as_the_trade_writes_them(text, expected):
    assert text == expected


@given(st.text())
def test_text_from_outside_can_do_nothing(text):
    safe = formatting.safe_text(text)
    assert all(unicodedata.category(each)[0] != "C" for each in safe.replace("�", ""))
    assert "\x1b" not in safe
    assert "\n" not in safe


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\rb", "a\u202eb", "a\u200bb", "\x9b31m"])
def test_escape_sequences_and_hidden_marks_are_shown_as_what_they_are(text):
    assert "�" in formatting.safe_text(text)


def test_ordinary_text_is_left_alone():
    assert formatting.safe_text("Crédit [b]Agricole[/b] 日本") == "Crédit [b]Agricole[/b] 日本"
