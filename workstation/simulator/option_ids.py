"""Option ids: contract ids of options, which tell the option they mean.

A contract id has 31 bits: 12 for the underlying, 7 for the week of expiry, 11 for the strike, 1 for
the right. So an id stays the same for ever and needs no table; only the underlying's number depends
on which other underlyings there are, and on few of them. Stocks have the ids below 2**27, which no
underlying's number leads to.

Owns these numbers. Leaves to `chains` whether such an option is listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from workstation.simulator.expiries import expiry_of_week, week_of
from workstation.simulator.noise import key_of

__all__ = ["FIRST_OPTION_ID", "PUT_BIT", "OptionIds", "OptionTerms"]

FIRST_OPTION_ID = 1 << 27

PUT_BIT = 1
"""Set in the ids of puts."""
_RIGHT_BITS, _STRIKE_BITS, _WEEK_BITS = 1, 11, 7
_WEEK_SHIFT = _RIGHT_BITS + _STRIKE_BITS
_NUMBER_SHIFT = _WEEK_SHIFT + _WEEK_BITS
_WEEKS = 1 << _WEEK_BITS
_WEEKS_BACK = 10
"""How long an id still means the expiry that is over."""
_FIRST_NUMBER = FIRST_OPTION_ID >> _NUMBER_SHIFT
_NUMBERS = (1 << 31 - _NUMBER_SHIFT) - _FIRST_NUMBER

_BANDS = ((0.0, 200.0, 0.5), (200.0, 1000.0, 2.5), (1000.0, 5000.0, 5.0))
_HIGH_BANDS = ((5000.0, 10_000.0, 25.0), (10_000.0, 25_000.0, 100.0))
"""From which strike to which, in which steps: the finest that are ever listed."""


class OptionTerms(NamedTuple):
    """What an id says."""

    symbol: str
    expiry: date
    strike: float
    right: str


class OptionIds:
    """Contract ids of options on some underlyings.

    Args:
        symbols: all underlyings.
    """

    def __init__(self, symbols: Iterable[str]) -> None:
        self._symbols: dict[int, str] = {}
        for symbol in sorted(symbols):
            number = key_of("options on", symbol) % _NUMBERS
            while number in self._symbols:
                number = (number + 1) % _NUMBERS
            self._symbols[number] = symbol
        self._numbers = {symbol: number for number, symbol in self._symbols.items()}

    def of(self, terms: OptionTerms) -> int:
        """The contract id of an option."""
        number = _FIRST_NUMBER + self._numbers[terms.symbol]
        week = week_of(terms.expiry) % _WEEKS
        place = _strike_place(terms.strike) << _RIGHT_BITS | (PUT_BIT if terms.right == "P" else 0)
        return number << _NUMBER_SHIFT | week << _WEEK_SHIFT | place

    def terms(self, contract_id: int, today: date) -> OptionTerms | None:
        """The option that an id means on a day, None when it means none."""
        symbol = self._symbols.get((contract_id >> _NUMBER_SHIFT) - _FIRST_NUMBER)
        strike = _strike_at(contract_id >> _RIGHT_BITS & (1 << _STRIKE_BITS) - 1)
        if symbol is None or strike is None:
            return None
        first = week_of(today) - _WEEKS_BACK
        week = first + ((contract_id >> _WEEK_SHIFT) - first) % _WEEKS
        return OptionTerms(
            symbol, expiry_of_week(week), strike, "P" if contract_id & PUT_BIT else "C"
        )


def _strike_place(strike: float) -> int:
    """The place of a strike among all that there can be."""
    place = 0
    for low, high, step in (*_BANDS, *_HIGH_BANDS):
        if strike < high:
            return place + round((strike - low) / step)
        place += round((high - low) / step)
    raise AssertionError(f"no strike is as high as {strike}")


def _strike_at(place: int) -> float | None:
    for low, high, step in (*_BANDS, *_HIGH_BANDS):
        count = round((high - low) / step)
        if place < count:
            return low + place * step or None
        place -= count
    return None
