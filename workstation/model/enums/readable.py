"""Values of a vocabulary, whether this release knows them or not.

Owns the step from a plain value of a record to a member. A Bridge may be newer than this package:
what it says then stays what it is.
"""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from typing import TypeVar, overload

__all__ = ["known", "name_of"]

Word = TypeVar("Word", bound=StrEnum)
Code = TypeVar("Code", bound=IntEnum)


@overload
def known(vocabulary: type[Word], value: str) -> Word | str: ...
@overload
def known(vocabulary: type[Code], value: int) -> Code | int: ...
def known(vocabulary: type[Enum], value: str | int) -> Enum | str | int:
    """The member with a value, or the value itself when the vocabulary has none."""
    try:
        return vocabulary(value)
    except ValueError:
        return value


def name_of(vocabulary: type[Enum], value: str | int) -> str:
    """A value in words for people: `option implied volatility`; an unknown one as it is."""
    try:
        return vocabulary(value).name.replace("_", " ").lower()
    except ValueError:
        return str(value)
