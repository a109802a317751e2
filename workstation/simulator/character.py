"""Character: what kind of stock each one is.

Owns the lasting traits of every stock: about what price, how volatile, how much it follows market
and sector, how much of it trades, how wide it is quoted. They depend on symbol and sector alone,
never on the seed, so that a name feels the same in every run. Leaves to `path` where the price
goes.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

from workstation.simulator.noise import key_of, normal, uniform

__all__ = ["Character", "character"]


class Character(NamedTuple):
    """The traits of one stock."""

    key: str
    """Names its own noise; two classes of one company's shares have the same."""
    sector: str
    base_price: float
    """Dollars at the start of 2026, wherever the seed has taken it since."""
    volatility: float
    """A year's, as a fraction."""
    market_share: float
    """Loadings of market, sector and own noise; their squares sum up to 1."""
    sector_share: float
    own_share: float
    daily_volume: float
    """Shares on an average day."""
    shares_per_trade: float
    spread: float
    """Bid to ask in regular hours, as a fraction of the price."""
    quote_lots: float
    """Usual size at the bid and at the ask, in hundreds."""
    dividend_yield: float
    """Continuous, a year's."""


class _Known(NamedTuple):
    price: float
    volatility: float
    million_shares: float


# About what people expect of names they know, so that the market looks familiar; nothing depends
# on these being right.
_KNOWN = {
    "AAPL": _Known(270, 0.27, 48),
    "AMD": _Known(215, 0.50, 38),
    "AMZN": _Known(230, 0.31, 42),
    "AVGO": _Known(345, 0.45, 26),
    "AZO": _Known(3400, 0.23, 0.15),
    "BA": _Known(217, 0.34, 8),
    "BAC": _Known(55, 0.26, 36),
    "BKNG": _Known(5350, 0.28, 0.25),
    "BRK B": _Known(500, 0.17, 4.5),
    "CAT": _Known(580, 0.31, 3.2),
    "COST": _Known(865, 0.22, 2.4),
    "CVX": _Known(152, 0.24, 9),
    "DIS": _Known(113, 0.28, 9),
    "F": _Known(13.2, 0.36, 60),
    "GE": _Known(310, 0.30, 5),
    "GOOG": _Known(314, 0.30, 21),
    "GOOGL": _Known(313, 0.30, 34),
    "GS": _Known(880, 0.29, 2.0),
    "IBM": _Known(296, 0.27, 4.5),
    "INTC": _Known(37, 0.52, 90),
    "JNJ": _Known(207, 0.17, 8),
    "JPM": _Known(322, 0.25, 9),
    "KO": _Known(70, 0.16, 16),
    "LLY": _Known(1075, 0.34, 3.5),
    "META": _Known(660, 0.34, 14),
    "MSFT": _Known(484, 0.25, 22),
    "NFLX": _Known(94, 0.34, 38),
    "NVDA": _Known(186, 0.43, 180),
    "NVR": _Known(7300, 0.26, 0.03),
    "ORCL": _Known(195, 0.46, 24),
    "PFE": _Known(25, 0.25, 50),
    "PG": _Known(143, 0.18, 9),
    "PLTR": _Known(178, 0.58, 50),
    "T": _Known(24.8, 0.22, 38),
    "TSLA": _Known(450, 0.55, 85),
    "UNH": _Known(330, 0.36, 9),
    "V": _Known(350, 0.22, 6.5),
    "VZ": _Known(40.7, 0.20, 20),
    "WMT": _Known(111, 0.22, 18),
    "XOM": _Known(120, 0.24, 15),
}

_CLASSES_OF = {"FOX": "FOXA", "GOOG": "GOOGL", "NWS": "NWSA"}
"""Second classes of shares, which move with the first."""

_SECTOR_VOLATILITY = {
    "Communication Services": 0.30,
    "Consumer Discretionary": 0.33,
    "Consumer Staples": 0.22,
    "Energy": 0.30,
    "Financials": 0.27,
    "Health Care": 0.28,
    "Industrials": 0.27,
    "Information Technology": 0.38,
    "Materials": 0.28,
    "Real Estate": 0.25,
    "Utilities": 0.21,
}
_OTHER_VOLATILITY = 0.30

_SECTOR_YIELD = {
    "Communication Services": 0.010,
    "Consumer Discretionary": 0.009,
    "Consumer Staples": 0.027,
    "Energy": 0.033,
    "Financials": 0.019,
    "Health Care": 0.014,
    "Industrials": 0.013,
    "Information Technology": 0.006,
    "Materials": 0.019,
    "Real Estate": 0.036,
    "Utilities": 0.030,
}

_MEDIAN_PRICE, _PRICE_SPREAD = 125.0, 0.75
_MEDIAN_VOLUME, _VOLUME_SPREAD = 3.0e6, 0.8
_DOLLARS_PER_TRADE = 18_000.0


@cache
def character(symbol: str, sector: str) -> Character:
    """The traits of a stock."""
    key = _CLASSES_OF.get(symbol, symbol)
    dice = normal(key_of("character", key), range(6)).clip(-2.2, 2.2).tolist()
    known = _KNOWN.get(symbol) or _imagined(sector, *dice[:3])
    market, own_sector = 0.58 + 0.06 * dice[3], 0.34 + 0.03 * dice[4]
    daily_volume = known.million_shares * 1e6
    per_trade = min(300.0, max(8.0, _DOLLARS_PER_TRADE / known.price))
    return Character(
        key=key,
        sector=sector,
        base_price=known.price,
        volatility=known.volatility,
        market_share=market,
        sector_share=own_sector,
        own_share=math.sqrt(1.0 - market**2 - own_sector**2),
        daily_volume=daily_volume,
        shares_per_trade=per_trade,
        spread=2.4e-4 * (5e8 / (daily_volume * known.price)) ** 0.4,
        quote_lots=max(1.0, min(40.0, daily_volume / 1.5e6)),
        dividend_yield=_SECTOR_YIELD.get(sector, 0.01) * float(uniform(key_of("yield", key), 0)[0]),
    )


def _imagined(sector: str, price: float, volatility: float, volume: float) -> _Known:
    """Traits drawn for a name that is in no table; the arguments are normal numbers."""
    usual = _SECTOR_VOLATILITY.get(sector, _OTHER_VOLATILITY)
    # Dearer shares are traded in smaller numbers.
    shares = _MEDIAN_VOLUME * math.exp(_VOLUME_SPREAD * volume - 0.5 * _PRICE_SPREAD * price)
    return _Known(
        price=round(_MEDIAN_PRICE * math.exp(_PRICE_SPREAD * price), 2),
        volatility=min(0.7, max(0.14, usual * math.exp(0.22 * volatility))),
        million_shares=shares / 1e6,
    )
