"""Instruments: one door to everything the simulated Bridge trades, stocks and options.

Owns how a request's contract becomes one instrument, or many, or an error. Leaves what there is to
`universe` and `chains`, and prices to `market` and `options`.
"""

from __future__ import annotations

from datetime import date, datetime

from workstation.errors import RequestError
from workstation.model import Contract, ContractDetails, PriceIncrement, SecurityType
from workstation.simulator.chains import OptionChains, OptionListing
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.market import NO_SECURITY, Market
from workstation.simulator.market_rules import MARKET_RULES, OPTION_RULE, STOCK_RULE
from workstation.simulator.universe import StockListing

__all__ = ["NOT_VALID", "Instruments", "Listing"]

Listing = StockListing | OptionListing

NOT_VALID = 321
"""The code for a request that says something impossible."""

_HOUR_NS = 3600 * 1_000_000_000


class Instruments:
    """Stocks and options of a market.

    Args:
        market: the market.
        chains: its options; made here when none are given.
    """

    def __init__(self, market: Market, chains: OptionChains | None = None) -> None:
        self._market = market
        self._chains = chains or OptionChains(market)
        # Days begin with an hour, so the date holds for the hour it was worked out in.
        self._hour = -1
        self._today = date.min

    def today(self) -> date:
        """New York's date by the market's clock."""
        hour = self._market.now() // _HOUR_NS
        if hour != self._hour:
            self._hour = hour
            self._today = datetime.fromtimestamp(hour * 3600, NEW_YORK).date()
        return self._today

    def find(self, contract: Contract) -> tuple[Listing, ...]:
        """Everything that fits.

        Raises:
            RequestError: 200, nothing does; 321, the request says too little to search by.
        """
        if not (contract.contract_id or contract.symbol or contract.local_symbol):
            if not contract.security_id:
                raise RequestError(
                    NOT_VALID, "Please enter a contract id, a symbol or a local symbol"
                )
        elif not (contract.contract_id or contract.security_type):
            raise RequestError(NOT_VALID, "Please enter a valid security type")
        found: tuple[Listing, ...] = (
            *self._market.universe.candidates(contract),
            *self._chains.candidates(contract, self.today()),
        )
        if not found:
            raise RequestError(NO_SECURITY, "No security definition has been found for the request")
        return found

    def resolve(self, contract: Contract) -> Listing:
        """The one instrument that is meant.

        Raises:
            RequestError: 200, none fits or several do; 321, too little is said.
        """
        found = self.find(contract)
        if len(found) > 1:
            raise RequestError(
                NO_SECURITY,
                f"The contract description specified for {contract.symbol} is ambiguous; "
                f"{len(found)} contracts fit it",
            )
        return found[0]

    def remembered(self, contract: Contract) -> Listing:
        """The instrument of a full contract, even if it is listed no more.

        Raises:
            LookupError: nothing like it has ever been listed.
        """
        stock = self._market.universe.by_symbol(contract.symbol)
        if stock is None:
            raise LookupError(f"no stock is called {contract.symbol}")
        if contract.security_type == SecurityType.STOCK:
            return stock
        return OptionListing(
            contract.contract_id,
            stock,
            datetime.strptime(contract.last_trade_date, "%Y%m%d").date(),  # noqa: DTZ007  a day
            contract.strike or 0.0,
            contract.right,
        )

    def contract(self, listing: Listing, exchange: str = "SMART") -> Contract:
        """The full contract."""
        if isinstance(listing, OptionListing):
            return self._chains.contract(listing, exchange)
        return self._market.universe.contract(listing, exchange)

    def details(self, listing: Listing, exchange: str = "SMART") -> ContractDetails:
        """Contract details as of today."""
        if isinstance(listing, OptionListing):
            return self._chains.details(listing, self.today(), exchange)
        return self._market.universe.details(listing, self.today(), exchange)

    def market_rule(self, rule_id: int) -> tuple[PriceIncrement, ...]:
        """The price steps of a market rule.

        Raises:
            RequestError: 321, no such rule.
        """
        if rule_id not in MARKET_RULES:
            known = ", ".join(map(str, MARKET_RULES))
            raise RequestError(NOT_VALID, f"There is no market rule {rule_id}; there are {known}")
        return MARKET_RULES[rule_id]

    def increments(self, listing: Listing) -> tuple[PriceIncrement, ...]:
        """The price steps of an instrument."""
        rule = OPTION_RULE if isinstance(listing, OptionListing) else STOCK_RULE
        return MARKET_RULES[rule]
