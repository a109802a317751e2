"""What values people and programs may give, checked where a contract or an order is made.

Owns the checks and how they word a refusal: each names the field, the value and what is legal.
Leaves to the constructors which field has to pass which check, and to the order guard whether a
legal value is a wise one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import IntEnum, StrEnum
from operator import index
from typing import SupportsFloat, SupportsIndex, TypeVar

from workstation.errors import InvalidValue

__all__ = [
    "Quantity",
    "above_zero",
    "code",
    "count",
    "currency_code",
    "day",
    "exchange",
    "finite",
    "fraction",
    "month_or_day",
    "optional",
    "size",
    "text",
    "word",
]

Quantity = Decimal | int | str
"""What may be given as a size; floats may not, since 0.1 is none of them exactly."""

Word = TypeVar("Word", bound=StrEnum)
Value = TypeVar("Value")
Code = TypeVar("Code", bound=IntEnum)

_DAY = re.compile(r"[0-9]{8}")
_MONTH = re.compile(r"[0-9]{6}")
_CURRENCY = re.compile(r"[A-Z]{3}")


def text(field: str, value: object, legal: str) -> str:
    """Text that says something; whoever shows it makes it safe to show."""
    if not isinstance(value, str) or not value or value != value.strip():
        raise InvalidValue(field, value, legal)
    return value


def exchange(value: object) -> str:
    """Where orders go; empty asks for a contract wherever it is traded, and takes no orders."""
    return "" if value == "" else text("exchange", value, "give an exchange such as 'SMART'")


def word(field: str, value: object, vocabulary: type[Word]) -> Word:
    """A word of a vocabulary, in upper or lower case."""
    for each in vocabulary:
        if isinstance(value, str) and each.value.casefold() == value.casefold():
            return each
    raise InvalidValue(field, value, f"give one of {', '.join(vocabulary)}")


def code(field: str, value: object, vocabulary: type[Code]) -> Code:
    """A code of a vocabulary."""
    for each in vocabulary:
        if each == value and not isinstance(value, bool):
            return each
    known = ", ".join(f"{each.value} ({each.name})" for each in vocabulary)
    raise InvalidValue(field, value, f"give one of {known}")


def finite(field: str, value: object) -> float:
    """A price or an offset; combinations and some futures trade below zero."""
    number = math.nan
    if isinstance(value, SupportsFloat) and not isinstance(value, bool):
        number = float(value)
    if not math.isfinite(number):
        raise InvalidValue(field, value, "give a finite number")
    return number


def above_zero(field: str, value: object) -> float:
    """A number above zero."""
    number = finite(field, value)
    if number <= 0:
        raise InvalidValue(field, value, "give a number above zero")
    return number


def fraction(field: str, value: object, most: float = 1.0) -> float:
    """A part of a whole: above zero, and not above `most`."""
    number = finite(field, value)
    if not 0 < number <= most:
        raise InvalidValue(field, value, f"give a number above 0 and at most {most:g}")
    return number


def count(field: str, value: object, least: int = 1) -> int:
    """A whole number."""
    number = _whole(value)
    if number is None or number < least:
        raise InvalidValue(field, value, f"give a whole number, at least {least}")
    return number


def size(field: str, value: object) -> Decimal:
    """A quantity above zero, exactly as it was given."""
    if isinstance(value, float | bool):
        raise InvalidValue(field, value, "give an int, a Decimal or text, not a float")
    given = value if isinstance(value, Decimal | str) else _whole(value)
    try:
        exact = Decimal(0 if given is None else given)
    except InvalidOperation:
        exact = Decimal(0)
    if not (exact.is_finite() and exact > 0):
        raise InvalidValue(field, value, "a size is a positive number")
    return exact


def day(field: str, value: object) -> str:
    """A date that the calendar has, as `YYYYMMDD`."""
    if not (isinstance(value, str) and _DAY.fullmatch(value) and _exists(value)):
        raise InvalidValue(field, value, "give a date as YYYYMMDD")
    return value


def month_or_day(field: str, value: object) -> str:
    """A date as `YYYYMMDD`, or a contract month as `YYYYMM`."""
    if isinstance(value, str):
        whole = f"{value}01" if _MONTH.fullmatch(value) else value
        if _DAY.fullmatch(whole) and _exists(whole):
            return value
    raise InvalidValue(field, value, "give a date as YYYYMMDD, or a month as YYYYMM")


def currency_code(field: str, value: object) -> str:
    """The three letters of a currency."""
    if not (isinstance(value, str) and _CURRENCY.fullmatch(value)):
        raise InvalidValue(field, value, "give three capital letters such as USD")
    return value


def optional(
    check: Callable[[str, object], Value], field: str, value: object | None
) -> Value | None:
    """A value that need not be given, checked when it is."""
    return None if value is None else check(field, value)


def _whole(value: object) -> int | None:
    """A whole number of any kind that counts, such as those of a DataFrame; None if it is none."""
    if isinstance(value, bool) or not isinstance(value, SupportsIndex):
        return None
    return index(value)


def _exists(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
