"""Constructors for the kinds of contract that never expire.

Owns which fields each kind needs and their defaults. Each returns a plain `Contract`, partly
filled: `qualify` of the client fills in the rest. Leaves to `derivatives` what expires, and to
`combos` what is made of several legs.
"""

from __future__ import annotations

import re

import msgspec

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.contracts.contract import Contract
from workstation.model.enums import SecurityType

__all__ = [
    "CFD",
    "Bond",
    "Commodity",
    "Crypto",
    "Forex",
    "Index",
    "MutualFund",
    "Stock",
]

_PAIR = re.compile(r"([A-Z]{3})[./]?([A-Z]{3})")


def Stock(
    symbol: str,
    exchange: str = "SMART",
    currency: str = "USD",
    *,
    primary_exchange: str = "",
) -> Contract:
    """A stock or exchange-traded fund, smart-routed unless said otherwise.

    Args:
        symbol: such as `AAPL`; classes have a gap, as in `BRK B`.
        exchange: where orders go; empty looks it up wherever it is traded.
        currency: in which it is traded.
        primary_exchange: where it is listed, which tells two stocks of one symbol apart.

    Raises:
        InvalidValue: an argument is not legal.
    """
    if primary_exchange == "SMART":
        raise InvalidValue("primary_exchange", primary_exchange, "give where it is listed")
    contract = _plain(SecurityType.STOCK, symbol, exchange, currency, "AAPL")
    return msgspec.structs.replace(contract, primary_exchange=primary_exchange)


def Index(symbol: str, exchange: str, currency: str = "USD") -> Contract:
    """An index, which has prices but is not traded: `Index("SPX", "CBOE")`.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return _plain(SecurityType.INDEX, symbol, exchange, currency, "SPX")


def Forex(pair: str, exchange: str = "IDEALPRO") -> Contract:
    """A pair of currencies: `Forex("EURUSD")` is a euro, priced in dollars.

    Args:
        pair: `EURUSD`, `EUR.USD` or `EUR/USD`.
        exchange: IDEALPRO, or FXCONV to convert without trading.

    Raises:
        InvalidValue: `pair` is not one, or both its currencies are the same.
    """
    match = _PAIR.fullmatch(pair)
    if match is None or match[1] == match[2]:
        raise InvalidValue("pair", pair, "give two currencies such as EURUSD")
    return _plain(SecurityType.FOREX, match[1], exchange, match[2], "EUR")


def Bond(symbol: str, exchange: str = "SMART", currency: str = "USD") -> Contract:
    """A bond.

    Args:
        symbol: its CUSIP or ISIN, which tells the one bond; an issuer's symbol fits many.
        exchange: where orders go.
        currency: in which it is traded.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return _plain(SecurityType.BOND, symbol, exchange, currency, "912828C57")


def CFD(symbol: str, exchange: str = "SMART", currency: str = "USD") -> Contract:
    """A contract for difference on a stock, an index or a currency.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return _plain(SecurityType.CFD, symbol, exchange, currency, "IBM")


def Crypto(symbol: str, exchange: str = "PAXOS", currency: str = "USD") -> Contract:
    """A cryptocurrency.

    Args:
        symbol: such as `BTC`.
        exchange: PAXOS or ZEROHASH, as the account's country has it.
        currency: in which it is priced.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return _plain(SecurityType.CRYPTO, symbol, exchange, currency, "BTC")


def MutualFund(symbol: str, exchange: str = "FUNDSERV", currency: str = "USD") -> Contract:
    """A mutual fund, bought and sold at its net asset value.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return _plain(SecurityType.MUTUAL_FUND, symbol, exchange, currency, "VINIX")


def Commodity(symbol: str, exchange: str = "SMART", currency: str = "USD") -> Contract:
    """A commodity at its spot price, such as London gold: `Commodity("XAUUSD")`.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return _plain(SecurityType.COMMODITY, symbol, exchange, currency, "XAUUSD")


def _plain(kind: SecurityType, symbol: str, exchange: str, currency: str, example: str) -> Contract:
    return Contract(
        symbol=legal.text("symbol", symbol, f"give a symbol such as {example!r}"),
        security_type=kind,
        exchange=legal.exchange(exchange),
        currency=legal.currency_code("currency", currency),
    )
