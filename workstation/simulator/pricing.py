"""Pricing: what an American option is worth, and its greeks.

Owns the only use of QuantLib, which is imported when the first price is asked for. Its
approximation of Bjerksund and Stensland takes microseconds, where a tree takes milliseconds. Leaves
volatilities to `volatility`, quotes to `options`.

QuantLib counts time in whole days, which would leave an option no value on its last day. Price
depends on volatility, rate and yield only as multiplied with time, so time is held at ten years and
they are scaled instead. Price is also proportional to spot and strike together, so the strike is
held at 100: two instruments, one call and one put, serve for all options.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any, NamedTuple

__all__ = ["ImpliedValue", "OptionValue", "american_value", "implied_value", "intrinsic_value"]

_YEARS = 10.0
_DAYS = 3650
_STRIKE = 100.0
_SHORTEST = 1.0 / (365.0 * 24.0 * 3600.0)
"""A second: less time is no time."""
_LOWEST_VOLATILITY, _HIGHEST_VOLATILITY = 0.001, 10.0
_PRICE_TOLERANCE = 1e-4
_MOST_STEPS = 40


class OptionValue(NamedTuple):
    """What the model says, for one share."""

    price: float
    delta: float
    gamma: float
    vega: float
    """Price change for volatility one whole (1.00) higher."""
    theta: float
    """Price change in a year."""


class ImpliedValue(NamedTuple):
    """A volatility, and the option's value at it."""

    volatility: float
    value: OptionValue


def intrinsic_value(right: str, spot: float, strike: float) -> float:
    """What exercising at once brings."""
    return max(0.0, spot - strike if right == "C" else strike - spot)


def american_value(
    right: str,
    spot: float,
    strike: float,
    years: float,
    volatility: float,
    rate: float,
    dividend_yield: float,
) -> OptionValue:
    """The value of an American option.

    Args:
        right: C or P.
        spot: price of the underlying.
        strike: strike price.
        years: time to expiry; nothing or less makes it its intrinsic value.
        volatility: a year's, as a fraction.
        rate: a year's, continuous.
        dividend_yield: a year's, continuous.
    """
    least = intrinsic_value(right, spot, strike)
    if years < _SHORTEST:
        delta = 0.0 if not least else 1.0 if right == "C" else -1.0
        return OptionValue(least, delta, 0.0, 0.0, 0.0)
    model = _model()
    shrink = years / _YEARS
    root = math.sqrt(shrink)
    model.rate.setValue(rate * shrink)
    model.dividend_yield.setValue(dividend_yield * shrink)
    model.volatility.setValue(volatility * root)
    model.spot.setValue(_STRIKE * spot / strike)
    option = model.options[right]
    scale = strike / _STRIKE
    return OptionValue(
        max(least, option.NPV() * scale),
        option.delta(),
        option.gamma() / scale,
        option.vega() * scale * root,
        option.theta() * scale / shrink,
    )


def implied_value(
    price: float,
    right: str,
    spot: float,
    strike: float,
    years: float,
    rate: float,
    dividend_yield: float,
    guess: float,
) -> ImpliedValue | None:
    """The volatility at which the model gives a price; None where no volatility does.

    Newton's method, kept within a bracket that halves where a step would leave it.

    Args:
        price: of the option, for one share.
        guess: where to begin; the nearer, the fewer the steps.
    """
    if years < _SHORTEST or price <= intrinsic_value(right, spot, strike):
        return None
    low, high = _LOWEST_VOLATILITY, _HIGHEST_VOLATILITY
    volatility = min(high, max(low, guess))
    for _ in range(_MOST_STEPS):
        value = american_value(right, spot, strike, years, volatility, rate, dividend_yield)
        excess = value.price - price
        if abs(excess) < _PRICE_TOLERANCE:
            return ImpliedValue(volatility, value)
        low, high = (low, volatility) if excess > 0 else (volatility, high)
        step = volatility - excess / value.vega if value.vega > _PRICE_TOLERANCE else low
        volatility = step if low < step < high else (low + high) / 2.0
    return None


class _Model(NamedTuple):
    """QuantLib's pieces: what can be set, and the options that follow."""

    spot: Any
    rate: Any
    dividend_yield: Any
    volatility: Any
    options: dict[str, Any]


@cache
def _model() -> _Model:
    import QuantLib as ql  # noqa: N813  as its own manual has it

    # Fixed dates, far from any today: QuantLib's global evaluation date is left alone.
    start = ql.Date(1, ql.January, 2150)
    days = ql.Actual365Fixed()
    spot, rate, dividend_yield, volatility = (ql.SimpleQuote(1.0) for _ in range(4))

    def curve(quote: Any) -> Any:
        return ql.YieldTermStructureHandle(ql.FlatForward(start, ql.QuoteHandle(quote), days))

    process = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(spot),
        curve(dividend_yield),
        curve(rate),
        ql.BlackVolTermStructureHandle(
            ql.BlackConstantVol(start, ql.NullCalendar(), ql.QuoteHandle(volatility), days)
        ),
    )
    engine = ql.BjerksundStenslandApproximationEngine(process)
    options = {}
    for right, kind in (("C", ql.Option.Call), ("P", ql.Option.Put)):
        option = ql.VanillaOption(
            ql.PlainVanillaPayoff(kind, _STRIKE), ql.AmericanExercise(start, start + _DAYS)
        )
        option.setPricingEngine(engine)
        options[right] = option
    return _Model(spot, rate, dividend_yield, volatility, options)
