"""Algos: orders that a broker's algorithm works in slices over time.

Owns how much of an order an algorithm lets go by a given moment, and which parameters are legal.
To add one, name it in `ALGOS`. Leaves trading the slices to the desk.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from workstation.errors import InvalidValue, RequestError
from workstation.model import AdaptivePriority, AlgoStrategy, Order
from workstation.model.moment import moment_from
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.orders.life import SimulatedOrder

__all__ = ["ALGOS", "check_algo", "let_go"]

_NS = 1_000_000_000
_SLICES = 10
_ADAPTIVE_SECONDS = {
    AdaptivePriority.URGENT: 10,
    AdaptivePriority.NORMAL: 40,
    AdaptivePriority.PATIENT: 120,
}
_TWAP_SECONDS = 1800
"""How long a time-weighted order takes when it does not say when it ends."""
_NOT_VALID = 321

Span = tuple[int, int]
"""First and last moment of an algorithm's work, nanoseconds since 1970."""


def let_go(order: SimulatedOrder, now_ns: int) -> int:
    """How much of the whole order may have been traded by now; all of one without algorithm."""
    total = int(order.total)
    if not order.order.algo_strategy:
        return total
    start, end = ALGOS[order.order.algo_strategy](order.order, order.accepted_ns)
    if now_ns < start:
        return 0
    if now_ns >= end:
        return total
    slices = math.floor(_SLICES * (now_ns - start) / (end - start)) + 1
    return min(total, math.ceil(total * slices / _SLICES))


def check_algo(order: Order, now_ns: int) -> None:
    """Refuse an algorithm, or parameters, that are not simulated.

    Raises:
        RequestError: 321, it names what is wrong and what is legal.
    """
    if not order.algo_strategy:
        return
    span = ALGOS.get(order.algo_strategy)
    if span is None:
        raise _refused(
            f"algo strategy {order.algo_strategy} is not simulated; {', '.join(ALGOS)} are"
        )
    start, end = span(order, now_ns)
    if end <= start:
        raise _refused("the algorithm would end before it starts")


def _adaptive(order: Order, accepted_ns: int) -> Span:
    given = _parameters(order, "adaptivePriority")
    priority = given.get("adaptivePriority", AdaptivePriority.NORMAL)
    if priority not in _ADAPTIVE_SECONDS:
        raise _refused(f"adaptivePriority {priority!r}; {', '.join(_ADAPTIVE_SECONDS)} are legal")
    return accepted_ns, accepted_ns + _ADAPTIVE_SECONDS[AdaptivePriority(priority)] * _NS


def _twap(order: Order, accepted_ns: int) -> Span:
    given = _parameters(order, "strategyType", "startTime", "endTime", "allowPastEndTime")
    start = max(accepted_ns, _moment_ns(given.get("startTime", "")) or 0)
    return start, _moment_ns(given.get("endTime", "")) or start + _TWAP_SECONDS * _NS


ALGOS: Mapping[str, Callable[[Order, int], Span]] = {
    AlgoStrategy.ADAPTIVE: _adaptive,
    AlgoStrategy.TWAP: _twap,
}
"""Algorithms that are simulated, and from when to when they work an order that came at a time."""


def _parameters(order: Order, *known: str) -> dict[str, str]:
    given = {each.tag: each.value for each in order.algo_parameters}
    for name in given:
        if name not in known:
            raise _refused(f"algo parameter {name}; {', '.join(known)} are legal")
    return given


def _moment_ns(text: str) -> int | None:
    if not text:
        return None
    try:
        return int(moment_from(text, NEW_YORK).timestamp()) * _NS
    except InvalidValue as error:
        raise _refused(str(error)) from error


def _refused(text: str) -> RequestError:
    return RequestError(_NOT_VALID, f"Error validating request: {text}")
