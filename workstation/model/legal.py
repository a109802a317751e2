"""What values people and programs may give, checked where a contract or an order is made.

Owns the checks and how they word a refusal: each names the field, the value and what is legal.
Leaves to the constructors which field has to pass which check, and to the order guard whether a
legal value is a wise one.
"""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import IntEnum, StrEnum
from typing import TypeVar

from workstation.errors import InvalidValue

__all__ = [
    "Quantity",
    "above_zero",
    "code",
    "count",
    "currency_code",
    "day",
    "finite",
    "fraction",
    "month_or_day",
    "size",
    "text",
    "word",
]

Quantity = Decimal | int | str
"""What may be given as a size; floats may not, since 0.1 is none of them exactly."""

Word = TypeVar("Word", bound=StrEnum)
Code = TypeVar("Code", bound=IntEnum)

_DAY = re.compile(r"\d{8}")
_MONTH = re.compile(r"\d{6}")
_CURRENCY = re.compile(r"[A-Z]{3}")


def text(field: str, value: str, legal: str) -> str:
    """Text that says something, and can be printed."""
    if not value or value != value.strip() or not value.isprintable():
        raise InvalidValue(field, value, legal)
    return value


def word(field: str, value: str, vocabulary: type[Word]) -> Word:
    """A word of a vocabulary, in upper or lower case."""
    for each in vocabulary:
        if each.value.casefold() == value.casefold():
            return each
    raise InvalidValue(field, value, f"give one of {', '.join(vocabulary)}")


def code(field: str, value: int, vocabulary: type[Code]) -> Code:
    """A code of a vocabulary."""
    try:
        return vocabulary(value)
    except ValueError:
        known = ", ".join(f"{each.value} ({each.name})" for each in vocabulary)
        raise InvalidValue(field, value, f"give one of {known}") from None


def finite(field: str, value: float) -> float:
    """A price or an offset; combinations and some futures trade below zero."""
    if isinstance(value, bool) or not math.isfinite(value):
        raise InvalidValue(field, value, "give a finite number")
    return value


def above_zero(field: str, value: float) -> float:
    """A number above zero."""
    if not (finite(field, value) > 0):
        raise InvalidValue(field, value, "give a number above zero")
    return value


def fraction(field: str, value: float, most: float = 1.0) -> float:
    """A part of a whole: above zero, and not above `most`."""
    if not 0 < finite(field, value) <= most:
        raise InvalidValue(field, value, f"give a fraction above 0 and at most {most:g}")
    return value


def count(field: str, value: int, least: int = 1) -> int:
    """A whole number."""
    if type(value) is not int or value < least:
        raise InvalidValue(field, value, f"give a whole number, at least {least}")
    return value


def size(field: str, value: Quantity) -> Decimal:
    """A quantity above zero, exactly as it was given."""
    if isinstance(value, float | bool):
        raise InvalidValue(field, value, "give an int, a Decimal or text, not a float")
    try:
        exact = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        exact = Decimal(0)
    if not (exact.is_finite() and exact > 0):
        raise InvalidValue(field, value, "a size is a positive number")
    return exact


def day(field: str, value: str) -> str:
    """A date that the calendar has, as `YYYYMMDD`."""
    if not (_DAY.fullmatch(value) and _exists(value)):
        raise InvalidValue(field, value, "give a date as YYYYMMDD")
    return value


def month_or_day(field: str, value: str) -> str:
    """A date as `YYYYMMDD`, or a contract month as `YYYYMM`."""
    whole = f"{value}01" if _MONTH.fullmatch(value) else value
    if not (_DAY.fullmatch(whole) and _exists(whole)):
        raise InvalidValue(field, value, "give a date as YYYYMMDD, or a month as YYYYMM")
    return value


def currency_code(field: str, value: str) -> str:
    """The three letters of a currency."""
    if not _CURRENCY.fullmatch(value):
        raise InvalidValue(field, value, "give three capital letters such as USD")
    return value


def _exists(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
