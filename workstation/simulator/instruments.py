"""Instruments: one door to everything the simulated Bridge trades, stocks and options.

Owns how a request's contract becomes one instrument, or many, or an error. Leaves what there is to
`universe` and `chains`, and prices to `market` and `options`.
"""

from __future__ import annotations

from datetime import date

from workstation.model import Contract, ContractDetails, PriceIncrement
from workstation.simulator.chains import OptionListing
from workstation.simulator.market import Market
from workstation.simulator.universe import StockListing

__all__ = ["Instruments", "Listing"]

Listing = StockListing | OptionListing


class Instruments:
    """Stocks and options of a market."""

    def __init__(self, market: Market) -> None:
        raise NotImplementedError

    def today(self) -> date:
        """New York's date by the market's clock."""
        raise NotImplementedError

    def find(self, contract: Contract) -> tuple[Listing, ...]:
        """Everything that fits.

        Raises:
            RequestError: 200, nothing does; 321, the request says too little to search by.
        """
        raise NotImplementedError

    def resolve(self, contract: Contract) -> Listing:
        """The one instrument that is meant.

        Raises:
            RequestError: 200, none fits or several do.
        """
        raise NotImplementedError

    def contract(self, listing: Listing, exchange: str = "SMART") -> Contract:
        """The full contract."""
        raise NotImplementedError

    def details(self, listing: Listing, exchange: str = "SMART") -> ContractDetails:
        """Contract details as of today."""
        raise NotImplementedError

    def market_rule(self, rule_id: int) -> tuple[PriceIncrement, ...]:
        """The price steps of a market rule.

        Raises:
            RequestError: 321, no such rule.
        """
        raise NotImplementedError

    def increments(self, listing: Listing) -> tuple[PriceIncrement, ...]:
        """The price steps of an instrument."""
        raise NotImplementedError
