"""The universe: every stock of the simulated Bridge, and how a request finds it.

Owns contract ids, listing exchanges, contract details and look-up of stocks. Leaves prices to
`market`, options to `chains`, and which error a failed look-up becomes on the wire to whoever asks.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from workstation.model import Contract, ContractDescription, ContractDetails

__all__ = ["StockListing", "Universe", "universe"]


class StockListing(NamedTuple):
    """One stock as the simulated Bridge knows it."""

    contract_id: int
    symbol: str
    """As Bridges write it: `BRK B`."""
    name: str
    sector: str
    primary_exchange: str


class Universe:
    """All stocks, found by contract id, symbol, or a partly filled contract."""

    stocks: tuple[StockListing, ...]
    """By symbol."""

    def by_id(self, contract_id: int) -> StockListing | None:
        """The stock with that contract id, None when it is none of ours."""
        raise NotImplementedError

    def by_symbol(self, symbol: str) -> StockListing | None:
        """The stock with that symbol (`BRK B`), None when it is none of ours."""
        raise NotImplementedError

    def candidates(self, contract: Contract) -> tuple[StockListing, ...]:
        """Every stock that fits all fields which a request gave; empty when none does.

        A contract id alone suffices. `security_type` other than STK fits nothing.
        """
        raise NotImplementedError

    def contract(self, listing: StockListing, exchange: str = "SMART") -> Contract:
        """The full contract, as positions, orders and details show it."""
        raise NotImplementedError

    def details(
        self, listing: StockListing, today: date, exchange: str = "SMART"
    ) -> ContractDetails:
        """Contract details, with trading hours for the week from `today` (New York's date)."""
        raise NotImplementedError

    def matching(self, pattern: str, limit: int = 16) -> tuple[ContractDescription, ...]:
        """Stocks whose symbol or name fits a typed pattern, best first."""
        raise NotImplementedError


def universe() -> Universe:
    """The universe, made at the first call and shared: it never changes."""
    raise NotImplementedError
