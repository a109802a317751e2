"""Instrument keys: one readable name for each instrument, whoever describes it.

Owns when two contracts mean the same instrument. A watchlist knows `Stock("AAPL")`, a position
carries contract id, exchange and local symbol; both have the key `AAPL STK USD`, and meet under
it. The key leaves out what only routes (exchange, primary exchange) and what only one side knows
(contract id, local symbol).

Why this is not `==`: whether two partly filled contracts mean one instrument may hang on a third
(a symbol alone equals two different contract ids), and a relation like that puts nothing safely
into a dict or set. Records therefore compare by value, and keys by what they name.
"""

from __future__ import annotations

from workstation.model.contracts.contract import ComboLeg, Contract
from workstation.model.enums import SecurityType

__all__ = ["instrument_key", "same_instrument"]

_WITH_STRIKE = frozenset({SecurityType.OPTION, SecurityType.FUTURE_OPTION, SecurityType.WARRANT})
_WITH_CLASS = _WITH_STRIKE | {SecurityType.FUTURE}
_WITH_DATE = _WITH_CLASS

_COUNTED_SIDE = {"BUY": "+", "SELL": "-", "SSHORT": "-"}


def instrument_key(contract: Contract) -> str:
    """The instrument's key: `AAPL STK USD`, `AAPL OPT 20270115 190 C USD`.

    A derivative's trading class is part of it where it says more than the symbol does
    (`SPX OPT 20270115 6000 P SPXW USD`). A contract known by nothing but its contract id has
    the key `#265598`.
    """
    symbol = contract.symbol or contract.local_symbol
    if not symbol:
        return f"#{contract.contract_id}"
    kind = contract.security_type
    parts = [symbol, kind]
    if kind in _WITH_DATE:
        # Contract data may add a time to the date.
        parts.append(contract.last_trade_date[:8])
    if kind in _WITH_STRIKE:
        parts += (_strike(contract.strike), contract.right[:1])
    if kind in _WITH_CLASS and _squeezed(contract.trading_class) != _squeezed(contract.symbol):
        parts.append(contract.trading_class)
    if kind == SecurityType.COMBO:
        parts += sorted(map(_leg, contract.combo_legs))
    parts.append(contract.currency)
    return " ".join(filter(None, parts))


def same_instrument(first: Contract, second: Contract) -> bool:
    """Whether two contracts mean one instrument, wherever they are routed.

    Contract ids decide where both are known; else keys do.
    """
    if first.contract_id and second.contract_id:
        return first.contract_id == second.contract_id
    return instrument_key(first) == instrument_key(second)


def _strike(strike: float | None) -> str:
    if strike is None:
        return ""
    return str(int(strike)) if strike.is_integer() else repr(strike)


def _squeezed(name: str) -> str:
    """`BRK B`, `BRK.B` and `BRKB` are one name: classes of options have no gap in theirs."""
    return name.replace(" ", "").replace(".", "")


def _leg(leg: ComboLeg) -> str:
    return f"{_COUNTED_SIDE.get(leg.action, leg.action)}{leg.ratio}#{leg.contract_id}"
