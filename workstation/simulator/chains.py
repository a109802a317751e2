"""Option chains: which options exist.

Owns chains, their contracts and contract details. A chain is a pure function of seed, underlying
and day: monthly expiries and weekly ones near, January expiries years ahead, and strikes around the
prices of the underlying since the expiry was listed, finer near expiry. A listed option stays
listed until it expires. Leaves the rules of listing to `expiries`, contract ids to `option_ids`,
prices to `options`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from workstation.model import Contract, ContractDetails, SecurityType
from workstation.model.trading_calendar import TIME_ZONE
from workstation.simulator.expiries import (
    listed_days,
    listed_expiries,
    strikes,
    week_of,
)
from workstation.simulator.hours import liquid_hours, trading_hours
from workstation.simulator.market import Market
from workstation.simulator.market_rules import OPTION_RULE
from workstation.simulator.noise import key_of
from workstation.simulator.option_ids import FIRST_OPTION_ID, PUT_BIT, OptionIds, OptionTerms
from workstation.simulator.universe import ORDER_TYPES, StockListing

__all__ = ["MULTIPLIER", "OPTION_EXCHANGES", "ChainParameters", "OptionChains", "OptionListing"]

MULTIPLIER = 100
OPTION_EXCHANGES = ("SMART", "AMEX", "BOX", "CBOE", "ISE", "MIAX", "NASDAQOM", "PHLX", "PSE")

_CURRENCY = "USD"
_DOLLARS_FOR_WEEKLIES = 2.5e8
"""Weekly expiries are listed where that much of the stock trades a day."""
_RIGHTS = {"C": "C", "CALL": "C", "P": "P", "PUT": "P", "": "CP", "0": "CP", "?": "CP"}
_LOCAL_SYMBOL = re.compile(r"(.{6})(\d{6})([CP])(\d{8})")
_STRIKE_UNITS = 1000
"""Of a local symbol, in a dollar."""
_CACHED = 4096


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


class _Wanted(NamedTuple):
    """The fields of a request that choose among the options of one stock."""

    expiry: str
    """Beginning of `YYYYMMDD`."""
    strike: float | None
    rights: str


class _Series(NamedTuple):
    """What the options of one stock and expiry share."""

    contract: Contract
    prefix: str
    """Of their local symbols."""


class OptionChains:
    """The option chains on the stocks of a market.

    Args:
        market: whose stocks.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._ids = OptionIds(stock.symbol for stock in market.universe.stocks)
        # Strikes change from week to week alone.
        self._strikes = lru_cache(_CACHED)(self._strikes_in_week)
        self._expiries = lru_cache(_CACHED)(self._listed_expiries)
        self._series = lru_cache(_CACHED)(self._series_of)
        self._series_details = lru_cache(_CACHED)(self._details_of_series)

    def expiries(self, symbol: str, today: date) -> tuple[date, ...]:
        """Expiries listed on that day, nearest first; the day itself counts until it is over."""
        stock = self._market.universe.by_symbol(symbol)
        return self._expiries(stock, today) if stock else ()

    def strikes(self, symbol: str, expiry: date, today: date) -> tuple[float, ...]:
        """Strikes listed for one expiry, lowest first; empty when the expiry is not listed."""
        if expiry not in self.expiries(symbol, today):
            return ()
        return self._strikes(symbol, expiry, week_of(today))

    def parameters(self, symbol: str, today: date) -> tuple[ChainParameters, ...]:
        """One entry for each exchange that trades these options."""
        stock = self._market.universe.by_symbol(symbol)
        if stock is None:
            return ()
        expiries = self.expiries(symbol, today)
        every = {strike for expiry in expiries for strike in self.strikes(symbol, expiry, today)}
        return tuple(
            ChainParameters(
                exchange,
                stock.contract_id,
                _trading_class(stock),
                str(MULTIPLIER),
                tuple(f"{expiry:%Y%m%d}" for expiry in expiries),
                tuple(sorted(every)),
            )
            for exchange in OPTION_EXCHANGES
        )

    def by_id(self, contract_id: int, today: date) -> OptionListing | None:
        """The option with that contract id, None when no such option is listed."""
        if contract_id < FIRST_OPTION_ID:
            return None
        terms = self._ids.terms(contract_id, today)
        if terms is None or terms.strike not in self.strikes(terms.symbol, terms.expiry, today):
            return None
        stock = self._market.universe.by_symbol(terms.symbol)
        return None if stock is None else OptionListing(contract_id, stock, *terms[1:])

    def candidates(self, contract: Contract, today: date) -> tuple[OptionListing, ...]:
        """Every listed option that fits all fields which a request gave, by expiry, strike, right.

        `last_trade_date` may be a day or a month (`YYYYMM`).
        """
        # Before anything is listed: a stock has thousands of options.
        if _kind(contract) != SecurityType.OPTION:
            return ()
        known = [option for option in self._known(contract, today) if option]
        if contract.contract_id or contract.local_symbol:
            wanted = _wanted(contract)
            known = [option for option in known if _fits(option, wanted, contract)]
        stocks = {option.underlying.symbol: option.underlying for option in known}
        fitting = {symbol for symbol, stock in stocks.items() if _fits_stock(stock, contract)}
        return tuple(option for option in known if option.underlying.symbol in fitting)

    def contract(self, listing: OptionListing, exchange: str = "SMART") -> Contract:
        """The full contract, as positions, orders and details show it."""
        series = self._series(listing.underlying.symbol, listing.expiry, exchange)
        return replace(
            series.contract,
            contract_id=listing.contract_id,
            strike=listing.strike,
            right=listing.right,
            local_symbol=_local_symbol(series.prefix, listing.right, listing.strike),
        )

    def details(
        self, listing: OptionListing, today: date, exchange: str = "SMART"
    ) -> ContractDetails:
        """Contract details, with trading hours for the week from `today`."""
        shared = self._series_details(listing.underlying.symbol, listing.expiry, today)
        return replace(shared, contract=self.contract(listing, exchange))

    def _series_of(self, symbol: str, expiry: date, exchange: str) -> _Series:
        stock = self._stock(symbol)
        root = _trading_class(stock)
        contract = Contract(
            symbol=stock.symbol,
            security_type=SecurityType.OPTION,
            last_trade_date=f"{expiry:%Y%m%d}",
            multiplier=str(MULTIPLIER),
            exchange=exchange,
            currency=_CURRENCY,
            trading_class=root,
        )
        return _Series(contract, f"{root:<6}{expiry:%y%m%d}")

    def _details_of_series(self, symbol: str, expiry: date, today: date) -> ContractDetails:
        stock = self._stock(symbol)
        return ContractDetails(
            market_name=_trading_class(stock),
            min_tick=0.01,
            order_types=ORDER_TYPES,
            valid_exchanges=",".join(OPTION_EXCHANGES),
            price_magnifier=1,
            under_contract_id=stock.contract_id,
            long_name=stock.name,
            contract_month=f"{expiry:%Y%m}",
            industry=stock.sector,
            category=stock.industry,
            time_zone_id=TIME_ZONE,
            trading_hours=trading_hours(today),
            liquid_hours=liquid_hours(today),
            aggregation_group=2,
            under_symbol=stock.symbol,
            under_security_type=SecurityType.STOCK,
            market_rule_ids=",".join([str(OPTION_RULE)] * len(OPTION_EXCHANGES)),
            real_expiration_date=f"{expiry:%Y%m%d}",
            min_size=Decimal(1),
            size_increment=Decimal(1),
            suggested_size_increment=Decimal(1),
        )

    def _stock(self, symbol: str) -> StockListing:
        stock = self._market.universe.by_symbol(symbol)
        if stock is None:
            raise LookupError(f"no stock is called {symbol}")
        return stock

    def _known(self, contract: Contract, today: date) -> Iterable[OptionListing | None]:
        if contract.contract_id:
            return (self.by_id(contract.contract_id, today),)
        if contract.local_symbol:
            return self._by_local_symbol(contract.local_symbol, today)
        stock = self._market.universe.by_symbol(contract.symbol.upper())
        return self._listed(stock, _wanted(contract), today) if stock else ()

    def _listed(self, stock: StockListing, wanted: _Wanted, today: date) -> Iterator[OptionListing]:
        for expiry in self.expiries(stock.symbol, today):
            if not f"{expiry:%Y%m%d}".startswith(wanted.expiry):
                continue
            for strike in self.strikes(stock.symbol, expiry, today):
                if wanted.strike is None or wanted.strike == strike:
                    first = self._ids.of(OptionTerms(stock.symbol, expiry, strike, "C"))
                    for right in wanted.rights:
                        number = first | PUT_BIT if right == "P" else first
                        yield OptionListing(number, stock, expiry, strike, right)

    def _by_local_symbol(self, local_symbol: str, today: date) -> Iterator[OptionListing]:
        match = _LOCAL_SYMBOL.fullmatch(local_symbol)
        if match is None:
            return
        root = match[1].rstrip()
        wanted = _Wanted(f"20{match[2]}", int(match[4]) / _STRIKE_UNITS, match[3])
        for stock in self._market.universe.stocks:
            if _trading_class(stock) == root:
                yield from self._listed(stock, wanted, today)

    def _listed_expiries(self, stock: StockListing, today: date) -> tuple[date, ...]:
        return listed_expiries(today, _cycle(stock), weeklies=_has_weeklies(stock))

    def _strikes_in_week(self, symbol: str, expiry: date, week: int) -> tuple[float, ...]:
        """The strikes of an expiry, after all weeks since it was listed."""
        stock = self._market.universe.by_symbol(symbol)
        if stock is None:
            return ()
        days = listed_days(expiry, _cycle(stock), weeklies=_has_weeklies(stock))
        weeks = range(week_of(expiry - timedelta(days=days)), week + 1)
        sessions = self._market.sessions
        # The last session before a week, so that the week's own days change nothing.
        places = [sessions.of(date.fromordinal(each * 7)) for each in weeks]
        prices = self._market.tape(symbol).fair_at_start(np.array(places)).tolist()
        left = [(expiry - sessions.dates[place]).days for place in places]
        return strikes(zip(prices, left, strict=True), stock.character.volatility)


def _cycle(stock: StockListing) -> int:
    return key_of("option cycle", stock.symbol) % 3


def _has_weeklies(stock: StockListing) -> bool:
    traits = stock.character
    return traits.daily_volume * traits.base_price >= _DOLLARS_FOR_WEEKLIES


def _wanted(contract: Contract) -> _Wanted:
    return _Wanted(
        # Contract data may add a time to the date.
        contract.last_trade_date[:8],
        contract.strike or None,
        _RIGHTS.get(contract.right.upper(), ""),
    )


def _kind(contract: Contract) -> str:
    """What is asked for; a contract id says enough by itself."""
    return contract.security_type or (SecurityType.OPTION if contract.contract_id else "")


def _fits_stock(stock: StockListing, contract: Contract) -> bool:
    """Whether the options of a stock fit what is the same for all of them."""
    return (
        contract.symbol.upper() in ("", stock.symbol)
        and contract.multiplier in ("", str(MULTIPLIER))
        and contract.currency in ("", _CURRENCY)
        and contract.exchange in ("", *OPTION_EXCHANGES)
        and contract.trading_class in ("", _trading_class(stock))
    )


def _fits(option: OptionListing, wanted: _Wanted, contract: Contract) -> bool:
    """Whether an option that was named by its id or local symbol fits the other fields too."""
    return (
        wanted.strike in (None, option.strike)
        and option.right in wanted.rights
        and f"{option.expiry:%Y%m%d}".startswith(wanted.expiry)
        and (
            not contract.local_symbol
            or contract.local_symbol
            == _local_symbol(
                f"{_trading_class(option.underlying):<6}{option.expiry:%y%m%d}",
                option.right,
                option.strike,
            )
        )
    )


def _trading_class(stock: StockListing) -> str:
    return stock.symbol.replace(" ", "")


def _local_symbol(prefix: str, right: str, strike: float) -> str:
    """`AAPL  270115C00190000`, as the exchanges write it."""
    return f"{prefix}{right}{round(strike * _STRIKE_UNITS):08d}"
