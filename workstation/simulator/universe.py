"""The universe: every stock of the simulated Bridge, and how a request finds it.

Owns contract ids, listing exchanges, contract details and look-up of stocks. Leaves prices to
`market`, options to `chains`, and which error a failed look-up becomes to `instruments`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from workstation.model import Contract, ContractDescription, ContractDetails, SecurityType, TagValue
from workstation.model.indexes import SP500, Constituent, Dow30
from workstation.model.trading_calendar import TIME_ZONE
from workstation.simulator.character import Character, character
from workstation.simulator.hours import liquid_hours, trading_hours
from workstation.simulator.market_rules import STOCK_RULE
from workstation.simulator.noise import key_of

__all__ = ["ORDER_TYPES", "STOCK_EXCHANGES", "StockListing", "Universe", "universe"]

ORDER_TYPES = "DAY,GTC,LMT,MKT,STP,STPLMT,WHATIF"
STOCK_EXCHANGES = (
    *("SMART", "AMEX", "NYSE", "CHX", "ARCA", "NASDAQ", "DRCTEDGE", "BEX", "BATS", "EDGEA"),
    *("BYX", "IEX", "PSX", "MEMX"),
)

_CURRENCY = "USD"
_OTHER_NAMES = {"ISLAND": "NASDAQ"}
"""Older names of exchanges that clients still send."""

_ALPHABET = " ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_SYMBOL_LENGTH = 5
_FIRST_ID = 1_000_000
_IDS_BY_SPELLING: int = len(_ALPHABET) ** _SYMBOL_LENGTH
_OTHER_IDS = 50_000_000
"""Room for symbols that the spelling does not hold; all ids stay below 2**27."""


class StockListing(NamedTuple):
    """One stock as the simulated Bridge knows it."""

    contract_id: int
    symbol: str
    """As Bridges write it: `BRK B`."""
    name: str
    sector: str
    industry: str
    primary_exchange: str
    isin: str
    """Empty where it is not known."""

    @property
    def character(self) -> Character:
        """What kind of stock it is."""
        return character(self.symbol, self.sector)


class Universe:
    """All stocks, found by contract id, symbol, or a partly filled contract.

    Args:
        members: the companies to list; repeats are listed once.
    """

    def __init__(self, members: Iterable[Constituent]) -> None:
        by_symbol = {member.symbol: member for member in members}
        self.stocks = tuple(_listing(by_symbol[symbol]) for symbol in sorted(by_symbol))
        """By symbol."""
        self._by_symbol = {stock.symbol: stock for stock in self.stocks}
        self._by_id = {stock.contract_id: stock for stock in self.stocks}

    def by_id(self, contract_id: int) -> StockListing | None:
        """The stock with that contract id, None when it is none of ours."""
        return self._by_id.get(contract_id)

    def by_symbol(self, symbol: str) -> StockListing | None:
        """The stock with that symbol (`BRK B`), None when it is none of ours."""
        return self._by_symbol.get(symbol)

    def candidates(self, contract: Contract) -> tuple[StockListing, ...]:
        """Every stock that fits all fields which a request gave; empty when none does.

        A contract id alone suffices. A security type other than STK fits nothing.
        """
        known: Iterable[StockListing | None]
        if contract.contract_id:
            known = (self._by_id.get(contract.contract_id),)
        elif contract.security_id:
            known = (stock for stock in self.stocks if _has_security_id(stock, contract))
        else:
            symbol = contract.symbol or contract.local_symbol
            known = (self._by_symbol.get(symbol.upper()),)
        return tuple(stock for stock in known if stock and _fits(stock, contract))

    def contract(self, listing: StockListing, exchange: str = "SMART") -> Contract:
        """The full contract, as positions, orders and details show it."""
        return Contract(
            contract_id=listing.contract_id,
            symbol=listing.symbol,
            security_type=SecurityType.STOCK,
            exchange=exchange,
            primary_exchange=listing.primary_exchange,
            currency=_CURRENCY,
            local_symbol=listing.symbol,
            trading_class=_trading_class(listing),
        )

    def details(
        self, listing: StockListing, today: date, exchange: str = "SMART"
    ) -> ContractDetails:
        """Contract details, with trading hours for the week from `today` (New York's date)."""
        isin = (TagValue(tag="ISIN", value=listing.isin),) if listing.isin else ()
        return ContractDetails(
            contract=self.contract(listing, exchange),
            market_name=_trading_class(listing),
            min_tick=0.01,
            order_types=ORDER_TYPES,
            valid_exchanges=",".join(STOCK_EXCHANGES),
            price_magnifier=1,
            long_name=listing.name,
            industry=listing.sector,
            category=listing.industry,
            time_zone_id=TIME_ZONE,
            trading_hours=trading_hours(today),
            liquid_hours=liquid_hours(today),
            aggregation_group=1,
            market_rule_ids=",".join([str(STOCK_RULE)] * len(STOCK_EXCHANGES)),
            security_ids=isin,
            stock_type="COMMON",
            min_size=Decimal(1),
            size_increment=Decimal(1),
            suggested_size_increment=Decimal(100),
        )

    def matching(self, pattern: str, limit: int = 16) -> tuple[ContractDescription, ...]:
        """Stocks whose symbol or name fits a typed pattern, best first."""
        typed = pattern.strip().casefold()
        if not typed:
            return ()
        ranked = ((_rank(stock, typed), stock) for stock in self.stocks)
        found = sorted((rank, stock.symbol, stock) for rank, stock in ranked if rank is not None)
        return tuple(
            ContractDescription(
                contract=Contract(
                    contract_id=stock.contract_id,
                    symbol=stock.symbol,
                    security_type=SecurityType.STOCK,
                    primary_exchange=stock.primary_exchange,
                    currency=_CURRENCY,
                    description=stock.name,
                ),
                derivative_security_types=(SecurityType.OPTION,),
            )
            for _, _, stock in found[:limit]
        )


@cache
def universe() -> Universe:
    """The members of both indexes, read at the first call and shared: it never changes."""
    return Universe((*Dow30(), *SP500()))


def _listing(member: Constituent) -> StockListing:
    return StockListing(
        contract_id=_contract_id(member.symbol),
        symbol=member.symbol,
        name=member.name,
        sector=member.sector,
        industry=member.industry,
        primary_exchange=member.primary_exchange or _imagined_exchange(member.symbol),
        isin=member.isin,
    )


def _contract_id(symbol: str) -> int:
    """A number that spells the symbol: the same in every version of the data, and its own."""
    if len(symbol) > _SYMBOL_LENGTH or not set(symbol) <= set(_ALPHABET):
        return _FIRST_ID + _IDS_BY_SPELLING + key_of("contract id", symbol) % _OTHER_IDS
    spelled = 0
    for letter in symbol.ljust(_SYMBOL_LENGTH):
        spelled = spelled * len(_ALPHABET) + _ALPHABET.index(letter)
    return _FIRST_ID + int(spelled)


def _imagined_exchange(symbol: str) -> str:
    """Where the data names no exchange: by the old custom, NYSE symbols are the short ones."""
    return "NYSE" if len(symbol.partition(" ")[0]) <= len("NYS") else "NASDAQ"


def _trading_class(listing: StockListing) -> str:
    return "NMS" if listing.primary_exchange == "NASDAQ" else listing.symbol


def _has_security_id(stock: StockListing, contract: Contract) -> bool:
    return contract.security_id_type == "ISIN" and stock.isin == contract.security_id


def _fits(stock: StockListing, contract: Contract) -> bool:
    primary = _OTHER_NAMES.get(contract.primary_exchange, contract.primary_exchange)
    exchange = _OTHER_NAMES.get(contract.exchange, contract.exchange)
    kind = contract.security_type or (SecurityType.STOCK if contract.contract_id else "")
    return (
        kind == SecurityType.STOCK
        and contract.symbol.upper() in ("", stock.symbol)
        and contract.local_symbol.upper() in ("", stock.symbol)
        and contract.currency in ("", _CURRENCY)
        and primary in ("", stock.primary_exchange)
        and exchange in ("", *STOCK_EXCHANGES)
        and contract.trading_class in ("", stock.symbol, _trading_class(stock))
    )


def _rank(stock: StockListing, typed: str) -> int | None:
    """How well a stock fits what was typed, 0 best; None when it does not."""
    symbol, name = stock.symbol.casefold(), stock.name.casefold()
    tests = (
        symbol == typed,
        symbol.startswith(typed),
        name.startswith(typed),
        f" {typed}" in name,
        typed in name,
    )
    return next((rank for rank, passed in enumerate(tests) if passed), None)
