"""Conditions: whether what an order is made to wait for has come about.

Owns how each of the six kinds is judged and how they are joined, from left to right. Leaves quotes,
margin and executions to whoever knows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import Protocol

from workstation.errors import InvalidValue, RequestError
from workstation.model.moment import moment_from
from workstation.model.orders.conditions import (
    Condition,
    ExecutionCondition,
    MarginCondition,
    PercentChangeCondition,
    PriceCondition,
    TimeCondition,
    VolumeCondition,
)
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.orders.view import View

__all__ = ["World", "are_met"]


class World(Protocol):
    """What conditions are judged by."""

    def now_ns(self) -> int:
        """The time."""

    def view_of(self, contract_id: int) -> View:
        """The market of an instrument.

        Raises:
            RequestError: there is no such contract.
        """

    def cushion(self) -> float:
        """Excess liquidity in percent of net liquidation value."""

    def has_traded(self, symbol: str, security_type: str, since_ns: int) -> bool:
        """Whether an order for that symbol has filled since then."""


_WithSide = (
    PriceCondition | TimeCondition | MarginCondition | VolumeCondition | PercentChangeCondition
)


def are_met(conditions: Sequence[Condition], world: World, since_ns: int) -> bool:
    """Whether all of them together hold.

    Args:
        conditions: each says how it is joined to the next.
        world: what they are judged by.
        since_ns: when the order came; executions count from then on.

    Raises:
        RequestError: one can not be judged.
    """
    joined, result = "a", True
    for condition in conditions:
        holds = _is_met(condition, world, since_ns)
        result = result and holds if joined == "a" else result or holds
        joined = condition.conjunction
    return result


@singledispatch
def _is_met(condition: Condition, world: World, since_ns: int) -> bool:
    raise TypeError(f"{type(condition).__name__} is no condition")


@_is_met.register
def _(condition: PriceCondition, world: World, since_ns: int) -> bool:
    view = world.view_of(condition.contract_id)
    price = view.middle if condition.trigger_method == _MIDPOINT else view.last
    return price is not None and _reaches(condition, price, condition.price)


@_is_met.register
def _(condition: TimeCondition, world: World, since_ns: int) -> bool:
    try:
        moment = moment_from(condition.time, NEW_YORK).timestamp()
    except InvalidValue as error:
        raise RequestError(_NOT_VALID, f"Error validating request: {error}") from error
    return _reaches(condition, world.now_ns() / 1e9, moment)


@_is_met.register
def _(condition: MarginCondition, world: World, since_ns: int) -> bool:
    return _reaches(condition, world.cushion(), condition.percent)


@_is_met.register
def _(condition: ExecutionCondition, world: World, since_ns: int) -> bool:
    return world.has_traded(condition.symbol, condition.security_type, since_ns)


@_is_met.register
def _(condition: VolumeCondition, world: World, since_ns: int) -> bool:
    return _reaches(condition, world.view_of(condition.contract_id).volume, condition.volume)


@_is_met.register
def _(condition: PercentChangeCondition, world: World, since_ns: int) -> bool:
    view = world.view_of(condition.contract_id)
    if view.last is None or not view.previous_close:
        return False
    change = 100 * (view.last / view.previous_close - 1)
    return _reaches(condition, change, condition.change_percent)


_NOT_VALID = 321
_MIDPOINT = 8


def _reaches(condition: _WithSide, value: float, level: float) -> bool:
    return value >= level if condition.is_more else value <= level
