"""Option chains: which options exist.

Owns expiries, strikes, contract ids and contract details of options. A chain is a pure function of
seed, underlying and day: monthly expiries and weekly ones near, January expiries years ahead, and
strikes around the price, finer near expiry. A listed option stays listed until it expires. Leaves
prices to `options`.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from workstation.model import Contract, ContractDetails
from workstation.simulator.market import Market
from workstation.simulator.universe import StockListing

__all__ = ["ChainParameters", "OptionChains", "OptionListing"]


class OptionListing(NamedTuple):
    """One option; 100 shares of its underlying."""

    contract_id: int
    underlying: StockListing
    expiry: date
    strike: float
    right: str
    """C or P."""


class ChainParameters(NamedTuple):
    """What message `security_definition_option_parameter` tells of one exchange."""

    exchange: str
    under_contract_id: int
    trading_class: str
    multiplier: str
    expirations: tuple[str, ...]
    """`YYYYMMDD`, nearest first."""
    strikes: tuple[float, ...]
    """Of all expiries together, so not each with each."""


class OptionChains:
    """The option chains on the stocks of a market."""

    def __init__(self, market: Market) -> None:
        raise NotImplementedError

    def expiries(self, symbol: str, today: date) -> tuple[date, ...]:
        """Expiries listed on that day, nearest first; the day itself counts until it is over."""
        raise NotImplementedError

    def strikes(self, symbol: str, expiry: date, today: date) -> tuple[float, ...]:
        """Strikes listed for one expiry, lowest first; empty when the expiry is not listed."""
        raise NotImplementedError

    def parameters(self, symbol: str, today: date) -> tuple[ChainParameters, ...]:
        """One entry for each exchange that trades these options."""
        raise NotImplementedError

    def by_id(self, contract_id: int, today: date) -> OptionListing | None:
        """The option with that contract id, None when no such option is listed."""
        raise NotImplementedError

    def candidates(self, contract: Contract, today: date) -> tuple[OptionListing, ...]:
        """Every listed option that fits all fields which a request gave, by expiry, strike, right.

        `last_trade_date` may be a day or a month (`YYYYMM`).
        """
        raise NotImplementedError

    def contract(self, listing: OptionListing, exchange: str = "SMART") -> Contract:
        """The full contract, as positions, orders and details show it."""
        raise NotImplementedError

    def details(
        self, listing: OptionListing, today: date, exchange: str = "SMART"
    ) -> ContractDetails:
        """Contract details, with trading hours for the week from `today`."""
        raise NotImplementedError
