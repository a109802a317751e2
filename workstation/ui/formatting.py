"""Formatting: numbers, times and text as a trader reads them.

Owns how a value becomes text: decimals by the contract's tick, a dash where there is no value,
signs on changes, thousands apart, K and M on sizes, and text from outside made harmless.
"""

from __future__ import annotations

import math
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

__all__ = [
    "NOTHING",
    "age",
    "change",
    "clock",
    "decimals_of",
    "money",
    "percent",
    "price",
    "quantity",
    "safe_lines",
    "safe_text",
    "short",
]

NOTHING = "—"
"""Where there is no value."""

_MOST_DECIMALS = 8
_UNITS = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K"))
_SHORTENED = 10_000
_DECIMALS = ((2, 9.995), (1, 99.95))
"""Decimals of a shortened size below an edge, so that it takes five characters at most."""


_LARGEST = 10**15
"""What is larger is no price or size, but a way to say that there is none."""


def _is_number(value: float | Decimal | None) -> bool:
    return value is not None and math.isfinite(value) and -_LARGEST < value < _LARGEST


def decimals_of(min_tick: float | None) -> int:
    """Decimals that show every step of a tick: 2 for 0.01, 3 for 0.005, 2 when not known."""
    if min_tick is None or not math.isfinite(min_tick) or min_tick <= 0:
        return 2
    exponent = Decimal(str(min_tick)).normalize().as_tuple().exponent
    return min(max(-int(exponent), 0), _MOST_DECIMALS)


def price(value: float | None, decimals: int = 2) -> str:
    """A price; the dash for none."""
    return f"{value:,.{decimals}f}" if _is_number(value) else NOTHING


def change(value: float | None, decimals: int = 2) -> str:
    """A change, with its sign."""
    if value is None or not _is_number(value):
        return NOTHING
    text = f"{value:+,.{decimals}f}"
    return text[1:] if float(text.replace(",", "")) == 0 else text


def percent(value: float | None) -> str:
    """A change in percent, with its sign."""
    text = change(value, 2)
    return text if text == NOTHING else f"{text}%"


def money(value: float | Decimal | None, decimals: int = 2) -> str:
    """An amount, with its thousands apart."""
    return f"{value:,.{decimals}f}" if _is_number(value) else NOTHING


def quantity(value: Decimal | float | None) -> str:
    """A size in full, without decimals that say nothing."""
    if value is None or not _is_number(value):
        return NOTHING
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def short(value: Decimal | float | None) -> str:
    """A size in few characters: `950`, `12.3K`, `4.56M`."""
    if value is None or not _is_number(value):
        return NOTHING
    number = float(value)
    if abs(number) < _SHORTENED:
        return quantity(value)
    for size, letter in _UNITS:
        # Rounded first, or 999,999 would be 1000K.
        if abs(number) >= size * 0.9995:
            scaled = number / size
            decimals = next((each for each, edge in _DECIMALS if abs(scaled) < edge), 0)
            return f"{scaled:.{decimals}f}{letter}"
    return quantity(value)


def age(seconds: float | None) -> str:
    """How long ago: `4s`, `12m`, `3h`, `2d`."""
    if seconds is None or not math.isfinite(seconds):
        return NOTHING
    for size, letter in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds >= size:
            return f"{int(seconds // size)}{letter}"
    return f"{max(int(seconds), 0)}s"


def clock(time_ns: int, zone: ZoneInfo | None = None, *, milliseconds: bool = False) -> str:
    """A time of day in a zone, UTC when none is given; the dash for 0."""
    if time_ns <= 0:
        return NOTHING
    moment = datetime.fromtimestamp(time_ns // 1_000_000_000, UTC)
    if zone is not None:
        moment = moment.astimezone(zone)
    text = f"{moment:%H:%M:%S}"
    return f"{text}.{time_ns // 1_000_000 % 1000:03d}" if milliseconds else text


def safe_text(text: str, most: int = 500) -> str:
    """Text from outside, made harmless for a terminal.

    Control codes, escape sequences, line breaks and characters that turn the direction of writing
    are replaced by a mark; nothing in it is read as markup where cells are painted.
    """
    cut = text[:most]
    return "".join("�" if unicodedata.category(each) in _UNSAFE else each for each in cut)


def safe_lines(text: str, most: int = 500) -> str:
    """Several lines from outside, each made harmless and cut by itself."""
    return "\n".join(safe_text(line, most) for line in text.split("\n"))


_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of characters that do something instead of being seen."""
