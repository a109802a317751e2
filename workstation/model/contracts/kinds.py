"""Constructors for the kinds of contract.

Owns which fields each kind needs and their defaults. Each returns a plain `Contract`.
"""

from __future__ import annotations

import math
import re

from workstation.errors import InvalidValue
from workstation.model.contracts.contract import Contract
from workstation.model.enums import Right, SecurityType

__all__ = ["Option", "Stock"]

_DATE = re.compile(r"\d{8}")
_RIGHTS = {"C": Right.CALL, "CALL": Right.CALL, "P": Right.PUT, "PUT": Right.PUT}


def Stock(  # noqa: N802  a constructor: kinds read like classes
    symbol: str,
    exchange: str = "SMART",
    currency: str = "USD",
    *,
    primary_exchange: str = "",
) -> Contract:
    """A stock, smart-routed unless said otherwise.

    Raises:
        InvalidValue: `symbol` is empty.
    """
    if not symbol:
        raise InvalidValue("symbol", symbol, "a stock needs a symbol such as 'AAPL'")
    return Contract(
        symbol=symbol,
        security_type=SecurityType.STOCK,
        exchange=exchange,
        currency=currency,
        primary_exchange=primary_exchange,
    )


def Option(  # noqa: N802  a constructor: kinds read like classes
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

    Raises:
        InvalidValue: one of the above is not legal.
    """
    if not symbol:
        raise InvalidValue("symbol", symbol, "an option needs its underlying's symbol")
    if not _DATE.fullmatch(last_trade_date):
        raise InvalidValue("last_trade_date", last_trade_date, "give it as YYYYMMDD")
    if not (math.isfinite(strike) and strike > 0):
        raise InvalidValue("strike", strike, "a strike is a positive number")
    if right.upper() not in _RIGHTS:
        raise InvalidValue("right", right, "give C or P")
    return Contract(
        symbol=symbol,
        security_type=SecurityType.OPTION,
        last_trade_date=last_trade_date,
        strike=strike,
        right=_RIGHTS[right.upper()],
        multiplier=multiplier,
        exchange=exchange,
        currency=currency,
        trading_class=trading_class,
    )
