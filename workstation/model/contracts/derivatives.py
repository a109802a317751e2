"""Constructors for contracts that expire: options, futures and warrants.

Owns which fields each kind needs and their defaults. Each returns a plain `Contract`, partly
filled: `qualify` of the client fills in the rest.
"""

from __future__ import annotations

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.contracts.contract import Contract
from workstation.model.enums import Right, SecurityType

__all__ = ["Call", "ContinuousFuture", "Future", "FutureOption", "Option", "Put", "Warrant"]

_RIGHTS = {"C": Right.CALL, "CALL": Right.CALL, "P": Right.PUT, "PUT": Right.PUT}


def Option(
    symbol: str,
    last_trade_date: str,
    strike: float,
    right: str,
    exchange: str = "SMART",
    *,
    currency: str = "USD",
    multiplier: str = "100",
    trading_class: str = "",
) -> Contract:
    """An option on a stock or index.

    Args:
        symbol: symbol of the underlying.
        last_trade_date: `YYYYMMDD`.
        strike: strike price in `currency`.
        right: C, P, CALL or PUT.
        exchange: where orders go.
        currency: in which it is traded.
        multiplier: units of the underlying in one option.
        trading_class: tells two series of one underlying apart, such as `SPX` and `SPXW`.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return Contract(
        symbol=_underlying(symbol),
        security_type=SecurityType.OPTION,
        last_trade_date=legal.day("last_trade_date", last_trade_date),
        strike=_strike(strike),
        right=_right(right),
        multiplier=_multiplier(multiplier),
        exchange=legal.exchange(exchange),
        currency=legal.currency_code("currency", currency),
        trading_class=trading_class,
    )


def Call(
    symbol: str,
    last_trade_date: str,
    strike: float,
    exchange: str = "SMART",
    *,
    currency: str = "USD",
    multiplier: str = "100",
    trading_class: str = "",
) -> Contract:
    """An option to buy; arguments as those of `Option`."""
    return Option(
        symbol,
        last_trade_date,
        strike,
        Right.CALL,
        exchange,
        currency=currency,
        multiplier=multiplier,
        trading_class=trading_class,
    )


def Put(
    symbol: str,
    last_trade_date: str,
    strike: float,
    exchange: str = "SMART",
    *,
    currency: str = "USD",
    multiplier: str = "100",
    trading_class: str = "",
) -> Contract:
    """An option to sell; arguments as those of `Option`."""
    return Option(
        symbol,
        last_trade_date,
        strike,
        Right.PUT,
        exchange,
        currency=currency,
        multiplier=multiplier,
        trading_class=trading_class,
    )


def FutureOption(
    symbol: str,
    last_trade_date: str,
    strike: float,
    right: str,
    exchange: str,
    *,
    currency: str = "USD",
    multiplier: str = "",
    trading_class: str = "",
) -> Contract:
    """An option on a future: `FutureOption("ES", "20261218", 6000, "C", "CME")`.

    Args:
        symbol: symbol of the underlying future.
        last_trade_date: `YYYYMMDD`.
        strike: strike price, in the unit in which the future is quoted.
        right: C, P, CALL or PUT.
        exchange: futures are not smart-routed.
        currency: in which it is traded.
        multiplier: value of one point; empty leaves it to the Bridge.
        trading_class: tells two series of one future apart.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return Contract(
        symbol=_underlying(symbol),
        security_type=SecurityType.FUTURE_OPTION,
        last_trade_date=legal.day("last_trade_date", last_trade_date),
        strike=_strike(strike),
        right=_right(right),
        multiplier=_multiplier(multiplier),
        exchange=legal.exchange(exchange),
        currency=legal.currency_code("currency", currency),
        trading_class=trading_class,
    )


def Warrant(
    symbol: str,
    last_trade_date: str,
    strike: float,
    right: str,
    exchange: str,
    *,
    currency: str = "EUR",
    multiplier: str = "",
) -> Contract:
    """A warrant, for which arguments are those of `FutureOption`.

    Several issuers may have written the same one: `qualify` then names them.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return Contract(
        symbol=_underlying(symbol),
        security_type=SecurityType.WARRANT,
        last_trade_date=legal.day("last_trade_date", last_trade_date),
        strike=_strike(strike),
        right=_right(right),
        multiplier=_multiplier(multiplier),
        exchange=legal.exchange(exchange),
        currency=legal.currency_code("currency", currency),
    )


def Future(
    symbol: str,
    last_trade_date: str,
    exchange: str,
    currency: str = "USD",
    *,
    multiplier: str = "",
    trading_class: str = "",
    include_expired: bool = False,
) -> Contract:
    """A future: `Future("ES", "202612", "CME")`.

    Args:
        symbol: symbol of the family, not the local one of a month.
        last_trade_date: `YYYYMMDD`, or `YYYYMM` for a contract month.
        exchange: futures are not smart-routed.
        currency: in which it is traded.
        multiplier: value of one point, where two futures differ by nothing else.
        trading_class: tells two futures of one symbol apart.
        include_expired: whether data of one that is over may be asked for.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return Contract(
        symbol=_underlying(symbol),
        security_type=SecurityType.FUTURE,
        last_trade_date=legal.month_or_day("last_trade_date", last_trade_date),
        multiplier=_multiplier(multiplier),
        exchange=legal.exchange(exchange),
        currency=legal.currency_code("currency", currency),
        trading_class=trading_class,
        include_expired=include_expired,
    )


def ContinuousFuture(
    symbol: str,
    exchange: str,
    currency: str = "USD",
    *,
    multiplier: str = "",
    trading_class: str = "",
) -> Contract:
    """Whichever month of a future leads, for its history; it takes no orders.

    Raises:
        InvalidValue: an argument is not legal.
    """
    return Contract(
        symbol=_underlying(symbol),
        security_type=SecurityType.CONTINUOUS_FUTURE,
        multiplier=_multiplier(multiplier),
        exchange=legal.exchange(exchange),
        currency=legal.currency_code("currency", currency),
        trading_class=trading_class,
    )


def _underlying(symbol: str) -> str:
    return legal.text("symbol", symbol, "give the symbol of the underlying")


def _strike(strike: float) -> float:
    return legal.above_zero("strike", strike)


def _right(right: str) -> Right:
    found = _RIGHTS.get(str(right).upper())
    if found is None:
        raise InvalidValue("right", right, "give C or P")
    return found


def _multiplier(multiplier: str) -> str:
    if multiplier:
        legal.size("multiplier", multiplier)
    return multiplier
