"""Volatility: what the option market of the simulator expects of each stock.

Owns the implied volatility of any strike and expiry: a level that wanders from day to day, a term
structure that forgets today's level with time, and a smile, steeper below the money than above. A
pure function of seed, stock and time. Leaves what options cost to `pricing`.
"""

from __future__ import annotations

import math

from workstation.simulator.character import Character
from workstation.simulator.noise import key_of, normal_one

__all__ = ["RATE", "VolatilitySurface"]

RATE = 0.04
"""Interest, a year's, continuous."""

_PREMIUM = 1.06
"""Options cost somewhat more than what stocks then move."""
_MARKET_SWING, _OWN_SWING = 0.09, 0.07
"""Standard deviations of the logarithm of the level."""
_MEMORY_YEARS = 0.4
_SKEW, _CURVE = -0.085, 0.035
_WIDEST = 3.0
"""Standard deviations from the money beyond which the smile is flat."""
_CLOSEST_YEARS = 0.02
"""Keeps the smile of the last days from growing infinitely steep."""


class VolatilitySurface:
    """Implied volatilities of one stock.

    Args:
        character: the stock's traits.
        seed: names the market.
    """

    def __init__(self, character: Character, seed: int) -> None:
        self._usual = character.volatility * _PREMIUM
        self._yield = character.dividend_yield
        self._market_key = key_of(seed, "volatility", "market")
        self._own_key = key_of(seed, "volatility", character.key)
        self._days: dict[int, float] = {}

    def implied(self, spot: float, strike: float, years: float, day: float) -> float:
        """The volatility of one strike and expiry, a year's, as a fraction.

        Args:
            spot: price of the underlying.
            strike: strike price.
            years: time to expiry.
            day: days since 1970, with their fraction.
        """
        whole = math.floor(day)
        part = day - whole
        level = (1.0 - part) * self._swing(whole) + part * self._swing(whole + 1)
        at_money = self._usual * math.exp(level * math.exp(-years / _MEMORY_YEARS))
        forward = spot * math.exp((RATE - self._yield) * years)
        width = at_money * math.sqrt(max(years, _CLOSEST_YEARS))
        distance = max(-_WIDEST, min(_WIDEST, math.log(strike / forward) / width))
        return at_money * (1.0 + _SKEW * distance + _CURVE * distance * distance)

    def _swing(self, day: int) -> float:
        """The logarithm of the level at the start of a day."""
        found = self._days.get(day)
        if found is None:
            market = _MARKET_SWING * normal_one(self._market_key, day)
            found = self._days[day] = market + _OWN_SWING * normal_one(self._own_key, day)
        return found
