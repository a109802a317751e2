"""The common strategies with options and futures, as combinations.

Owns which legs make each one, and on which side each leg is when a unit of it is bought. Legs are
qualified contracts; what fits no strategy here is a `Combo` of its own legs.
"""

from __future__ import annotations

from collections.abc import Callable

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.contracts.combos import Combo, Leg
from workstation.model.contracts.contract import Contract
from workstation.model.enums import Action, Right, SecurityType

__all__ = [
    "Butterfly",
    "CalendarSpread",
    "Condor",
    "CoveredWrite",
    "IronCondor",
    "RatioSpread",
    "Straddle",
    "Strangle",
    "VerticalSpread",
]

Trait = Callable[[Contract], object]

_OPTIONS = frozenset({SecurityType.OPTION, SecurityType.FUTURE_OPTION})
_EXPIRING = _OPTIONS | {SecurityType.FUTURE}


def VerticalSpread(bought: Contract, sold: Contract, exchange: str = "SMART") -> Contract:
    """Two options that differ in their strikes only.

    Raises:
        InvalidValue: the contracts do not make one, or are not qualified.
    """
    both = (bought, sold)
    _alike("vertical spread", both, _OPTIONS, right=_right, expiry=_expiry)
    _apart("vertical spread", both, strike=_strike)
    return _combo(exchange, (bought, 1), (sold, -1))


def RatioSpread(
    bought: Contract,
    sold: Contract,
    *,
    bought_ratio: int = 1,
    sold_ratio: int = 2,
    exchange: str = "SMART",
) -> Contract:
    """Two options that differ in their strikes only, in different numbers.

    Raises:
        InvalidValue: the contracts do not make one, or are not qualified.
    """
    both = (bought, sold)
    _alike("ratio spread", both, _OPTIONS, right=_right, expiry=_expiry)
    _apart("ratio spread", both, strike=_strike)
    if legal.count("sold_ratio", sold_ratio) == legal.count("bought_ratio", bought_ratio):
        raise InvalidValue("sold_ratio", sold_ratio, "give another than bought_ratio")
    return _combo(exchange, (bought, bought_ratio), (sold, -sold_ratio))


def CalendarSpread(near: Contract, far: Contract, exchange: str = "SMART") -> Contract:
    """Two options or futures that differ in their expiries only; the far one is bought.

    Raises:
        InvalidValue: the contracts do not make one, or are not qualified.
    """
    both = (near, far)
    _alike("calendar spread", both, _EXPIRING, right=_right, strike=_strike)
    _rising("calendar spread", both, "expiries", _expiry)
    return _combo(exchange, (near, -1), (far, 1))


def Straddle(call: Contract, put: Contract, exchange: str = "SMART") -> Contract:
    """A call and a put with one strike and expiry; both are bought.

    Raises:
        InvalidValue: the contracts do not make one, or are not qualified.
    """
    _alike("straddle", (call, put), _OPTIONS, strike=_strike, expiry=_expiry)
    _rights("straddle", (call, put), "CP")
    return _combo(exchange, (call, 1), (put, 1))


def Strangle(call: Contract, put: Contract, exchange: str = "SMART") -> Contract:
    """A call and a put with one expiry, the call's strike above the put's; both are bought.

    Raises:
        InvalidValue: the contracts do not make one, or are not qualified.
    """
    _alike("strangle", (call, put), _OPTIONS, expiry=_expiry)
    _rights("strangle", (call, put), "CP")
    _rising("strangle", (put, call), "strikes, the put's and the call's,", _strike)
    return _combo(exchange, (call, 1), (put, 1))


def Butterfly(low: Contract, middle: Contract, high: Contract, exchange: str = "SMART") -> Contract:
    """Three options of one right and expiry; two of the middle strike are sold.

    Raises:
        InvalidValue: the contracts do not make one, or are not qualified.
    """
    legs = (low, middle, high)
    _alike("butterfly", legs, _OPTIONS, right=_right, expiry=_expiry)
    _rising("butterfly", legs, "strikes", _strike)
    return _combo(exchange, (low, 1), (middle, -2), (high, 1))


def Condor(
    lowest: Contract, low: Contract, high: Contract, highest: Contract, exchange: str = "SMART"
) -> Contract:
    """Four options of one right and expiry; the two inner strikes are sold.

    Raises:
        InvalidValue: the contracts do not make one, or are not qualified.
    """
    legs = (lowest, low, high, highest)
    _alike("condor", legs, _OPTIONS, right=_right, expiry=_expiry)
    _rising("condor", legs, "strikes", _strike)
    return _combo(exchange, (lowest, 1), (low, -1), (high, -1), (highest, 1))


def IronCondor(
    lowest_put: Contract,
    low_put: Contract,
    high_call: Contract,
    highest_call: Contract,
    exchange: str = "SMART",
) -> Contract:
    """Two puts below two calls of one expiry; the two inner strikes are sold.

    Buying one unit pays, so its price is below zero.

    Raises:
        InvalidValue: the contracts do not make one, or are not qualified.
    """
    legs = (lowest_put, low_put, high_call, highest_call)
    _alike("iron condor", legs, _OPTIONS, expiry=_expiry)
    _rights("iron condor", legs, "PPCC")
    _rising("iron condor", legs, "strikes", _strike)
    return _combo(exchange, (lowest_put, 1), (low_put, -1), (high_call, -1), (highest_call, 1))


def CoveredWrite(stock: Contract, option: Contract, exchange: str = "SMART") -> Contract:
    """An option sold against its stock: a call with the stock bought, a put with it sold.

    As many shares as the option's multiplier cover one option.

    Raises:
        InvalidValue: the contracts do not make one, or are not qualified.
    """
    _is("stock", stock, frozenset({SecurityType.STOCK}))
    _is("option", option, frozenset({SecurityType.OPTION}))
    if stock.symbol != option.symbol:
        raise InvalidValue("option", str(option), f"give one on {stock.symbol}")
    shares = legal.size("multiplier", option.multiplier or "100")
    side = 1 if _right(option) == Right.CALL else -1
    return _combo(exchange, (stock, side * int(shares)), (option, -1))


def _combo(exchange: str, *counted: tuple[Contract, int]) -> Contract:
    first = counted[0][0]
    legs = tuple(
        Leg(contract, Action.BUY if number > 0 else Action.SELL, abs(number), exchange)
        for contract, number in counted
    )
    return Combo(first.symbol, legs, exchange, first.currency or "USD")


def _alike(
    kind: str, legs: tuple[Contract, ...], types: frozenset[SecurityType], **traits: Trait
) -> None:
    """Every leg is of one type that is allowed, and of one symbol, currency and further traits."""
    for leg in legs:
        _is("leg", leg, types)
    shared: dict[str, Trait] = {
        "security type": lambda leg: leg.security_type,
        "symbol": lambda leg: leg.symbol,
        "currency": lambda leg: leg.currency,
        **traits,
    }
    for name, trait in shared.items():
        if len({trait(leg) for leg in legs}) > 1:
            raise InvalidValue("legs", _shown(legs), f"legs of a {kind} have one {name}")


def _apart(kind: str, legs: tuple[Contract, ...], **traits: Trait) -> None:
    for name, trait in traits.items():
        if len({trait(leg) for leg in legs}) < len(legs):
            raise InvalidValue("legs", _shown(legs), f"legs of a {kind} differ in {name}")


def _rising(
    kind: str,
    legs: tuple[Contract, ...],
    name: str,
    trait: Callable[[Contract], float | str],
) -> None:
    values = [trait(leg) for leg in legs]
    if values != sorted(set(values)):
        raise InvalidValue("legs", _shown(legs), f"{name} of a {kind} rise from leg to leg")


def _rights(kind: str, legs: tuple[Contract, ...], rights: str) -> None:
    if "".join(map(_right, legs)) != rights:
        words = ", ".join("a call" if right == Right.CALL else "a put" for right in rights)
        raise InvalidValue("legs", _shown(legs), f"a {kind} is made of {words}")


def _is(field: str, contract: Contract, types: frozenset[SecurityType]) -> None:
    if contract.security_type not in types:
        raise InvalidValue(field, str(contract), f"give one of type {' or '.join(sorted(types))}")


def _shown(legs: tuple[Contract, ...]) -> str:
    return ", ".join(map(str, legs))


def _right(contract: Contract) -> str:
    return contract.right[:1]


def _strike(contract: Contract) -> float:
    return contract.strike or 0.0


def _expiry(contract: Contract) -> str:
    # Contract data may add a time to the date.
    return contract.last_trade_date[:8]
