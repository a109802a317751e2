"""Option quotes: prices and greeks of any listed option at any instant.

A quote is a pure function of seed, option and time, worked out when asked for. Owns spreads, sizes,
volume and open interest of options. Leaves the model to `pricing`, its volatilities to
`volatility`, the underlying's price to `market`.
"""

from __future__ import annotations

from collections.abc import Iterator

from workstation.simulator.chains import OptionListing
from workstation.simulator.market import Market
from workstation.simulator.quote import OptionQuote

__all__ = ["OptionMarket"]


class OptionMarket:
    """Quotes of the options on the stocks of a market."""

    def __init__(self, market: Market) -> None:
        raise NotImplementedError

    def quote(self, option: OptionListing, at_ns: int | None = None) -> OptionQuote:
        """The quote that stands at an instant, by default now.

        After the expiry the option is worth its intrinsic value at the close, without a market.
        """
        raise NotImplementedError

    def watch(self, option: OptionListing) -> None:
        """Have `advance` tell of this option. Counted: every watch needs its own `unwatch`."""
        raise NotImplementedError

    def unwatch(self, option: OptionListing) -> None:
        """Take back one `watch`."""
        raise NotImplementedError

    def advance(
        self, to_ns: int | None = None
    ) -> Iterator[tuple[OptionListing, OptionQuote | None, OptionQuote]]:
        """New quotes of the watched options since the last call: option, previous, quote.

        Each option has a new quote about once a second.
        """
        raise NotImplementedError
