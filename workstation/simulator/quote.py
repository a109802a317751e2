"""Quote: everything the simulated market shows of one instrument at one instant.

Owns the value and nothing else. Sizes and volumes are whole shares (contracts for options) as int:
the market makes thousands of them a second, and the server turns them into Decimal where they
leave the simulator.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["MarketUpdate", "OptionGreeks", "OptionQuote", "Quote"]


class Quote(NamedTuple):
    """One stock at one instant. Prices are in dollars, on the tick grid."""

    time_ns: int
    """When this quote came to be: at or before the instant asked for."""
    bid: float
    ask: float
    bid_size: int
    ask_size: int
    last: float
    last_size: int
    last_time_ns: int
    """When the last trade took place; a new value means a new trade."""
    volume: int
    """Shares traded since the session began."""
    trades: int
    """Number of trades since the session began."""
    open: float
    """First trade of the session."""
    high: float
    low: float
    previous_close: float
    """Official close of the session before: its last trade in regular hours."""


class OptionGreeks(NamedTuple):
    """What the model says of one option, for one share of the underlying."""

    implied_volatility: float
    """A year's, as a fraction."""
    price: float
    """Unrounded, at least the intrinsic value."""
    delta: float
    gamma: float
    vega: float
    """Price change for one point (0.01) of volatility."""
    theta: float
    """Price change in one calendar day."""
    present_value_dividend: float
    """Dividends until expiry, discounted, in dollars."""
    underlying_price: float


class OptionQuote(NamedTuple):
    """One option at one instant; sizes are contracts."""

    time_ns: int
    bid: float | None
    """None when nobody bids."""
    ask: float | None
    """None when nobody offers, which is when the option has expired."""
    bid_size: int
    ask_size: int
    last: float | None
    """None when it has not traded in this session."""
    last_size: int
    last_time_ns: int
    """0 when it has not traded in this session."""
    volume: int
    open_interest: int
    previous_close: float
    model: OptionGreeks
    bid_model: OptionGreeks | None
    """The greeks that the bid implies; None without a bid or below intrinsic value."""
    ask_model: OptionGreeks | None
    """The greeks that the ask implies."""


class MarketUpdate(NamedTuple):
    """A watched stock has a new quote."""

    symbol: str
    previous: Quote | None
    """What the last update told; None at the first one."""
    quote: Quote
