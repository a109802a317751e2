"""Conditional orders: conditions made from what people know, and orders that wait for them.

Owns how conditions are made, joined and attached. The records stand in `conditions`.
"""

from __future__ import annotations

import re

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.contracts import Contract
from workstation.model.enums import Conjunction, TriggerMethod
from workstation.model.orders.conditions import (
    Condition,
    ExecutionCondition,
    MarginCondition,
    PercentChangeCondition,
    PriceCondition,
    TimeCondition,
    VolumeCondition,
)
from workstation.model.orders.order import Order
from workstation.model.record import changed

__all__ = [
    "ConditionalOrder",
    "all_of",
    "any_of",
    "change_above",
    "change_below",
    "margin_cushion_above",
    "margin_cushion_below",
    "price_above",
    "price_below",
    "time_after",
    "time_before",
    "trade_in",
    "volume_above",
    "volume_below",
]

_TIME = re.compile(r"\d{8}(-| )\d{2}:\d{2}:\d{2}( \S+)?")
_KINDS = (
    PriceCondition,
    TimeCondition,
    MarginCondition,
    ExecutionCondition,
    VolumeCondition,
    PercentChangeCondition,
)


def ConditionalOrder(
    order: Order,
    *conditions: Condition,
    cancel: bool = False,
    ignore_regular_hours: bool = False,
) -> Order:
    """An order that waits until its conditions hold.

    Args:
        order: what waits; what is given stays as it is.
        conditions: each says how it joins the next one: `all_of` and `any_of` set that.
        cancel: cancel a working order when they hold, instead of placing it then.
        ignore_regular_hours: whether they may come to hold outside regular hours.

    Raises:
        InvalidValue: there is no condition.
    """
    if not conditions or not all(isinstance(each, _KINDS) for each in conditions):
        raise InvalidValue("conditions", conditions, "give conditions such as price_above(…)")
    return changed(
        order,
        conditions=conditions,
        conditions_cancel_order=cancel,
        conditions_ignore_regular_hours=ignore_regular_hours,
    )


def all_of(*conditions: Condition) -> tuple[Condition, ...]:
    """Conditions that must all hold: `ConditionalOrder(order, *all_of(first, second))`."""
    return tuple(changed(each, conjunction=Conjunction.AND) for each in conditions)


def any_of(*conditions: Condition) -> tuple[Condition, ...]:
    """Conditions of which one must hold."""
    return tuple(changed(each, conjunction=Conjunction.OR) for each in conditions)


def price_above(
    contract: Contract, price: float, trigger_method: int = TriggerMethod.DEFAULT
) -> PriceCondition:
    """The price of a qualified contract is at `price` or above."""
    return _price(contract, price, trigger_method, is_more=True)


def price_below(
    contract: Contract, price: float, trigger_method: int = TriggerMethod.DEFAULT
) -> PriceCondition:
    """The price of a qualified contract is at `price` or below."""
    return _price(contract, price, trigger_method, is_more=False)


def time_after(time: str) -> TimeCondition:
    """It is later than `time`: `YYYYMMDD hh:mm:ss Zone`, or `YYYYMMDD-hh:mm:ss` in UTC."""
    return TimeCondition(is_more=True, time=_moment(time))


def time_before(time: str) -> TimeCondition:
    """It is earlier than `time`, which is written as that of `time_after`."""
    return TimeCondition(is_more=False, time=_moment(time))


def margin_cushion_above(percent: float) -> MarginCondition:
    """The account's margin cushion is above so many percent."""
    return MarginCondition(is_more=True, percent=legal.finite("percent", percent))


def margin_cushion_below(percent: float) -> MarginCondition:
    """The account's margin cushion is below so many percent."""
    return MarginCondition(is_more=False, percent=legal.finite("percent", percent))


def trade_in(contract: Contract) -> ExecutionCondition:
    """The account trades in a symbol, at the contract's exchange or, with `*`, at any."""
    return ExecutionCondition(
        security_type=legal.text("security_type", contract.security_type, "give a contract's"),
        exchange=contract.exchange or "*",
        symbol=legal.text("symbol", contract.symbol, "give a contract with a symbol"),
    )


def volume_above(contract: Contract, volume: int) -> VolumeCondition:
    """The day's volume of a qualified contract is above `volume`."""
    return _volume(contract, volume, is_more=True)


def volume_below(contract: Contract, volume: int) -> VolumeCondition:
    """The day's volume of a qualified contract is below `volume`."""
    return _volume(contract, volume, is_more=False)


def change_above(contract: Contract, percent: float) -> PercentChangeCondition:
    """The day's change of a qualified contract is above so many percent."""
    return _change(contract, percent, is_more=True)


def change_below(contract: Contract, percent: float) -> PercentChangeCondition:
    """The day's change of a qualified contract is below so many percent, such as -2.5."""
    return _change(contract, percent, is_more=False)


def _price(
    contract: Contract, price: float, trigger_method: int, *, is_more: bool
) -> PriceCondition:
    return PriceCondition(
        is_more=is_more,
        price=legal.finite("price", price),
        contract_id=_known(contract),
        exchange=contract.exchange or "SMART",
        trigger_method=legal.code("trigger_method", trigger_method, TriggerMethod),
    )


def _volume(contract: Contract, volume: int, *, is_more: bool) -> VolumeCondition:
    return VolumeCondition(
        is_more=is_more,
        volume=legal.count("volume", volume),
        contract_id=_known(contract),
        exchange=contract.exchange or "SMART",
    )


def _change(contract: Contract, percent: float, *, is_more: bool) -> PercentChangeCondition:
    return PercentChangeCondition(
        is_more=is_more,
        change_percent=legal.finite("percent", percent),
        contract_id=_known(contract),
        exchange=contract.exchange or "SMART",
    )


def _known(contract: Contract) -> int:
    if contract.contract_id <= 0:
        raise InvalidValue("contract", str(contract), "qualify it: a condition needs its id")
    return contract.contract_id


def _moment(time: str) -> str:
    if not _TIME.fullmatch(time):
        raise InvalidValue(
            "time", time, "give 'YYYYMMDD hh:mm:ss Zone', or 'YYYYMMDD-hh:mm:ss' in UTC"
        )
    return time
