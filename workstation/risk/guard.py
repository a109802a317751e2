"""OrderGuard: the one gate that every order passes, whoever sends it.

Owns applying the rules, letting a person override a precaution, and the rate of orders. Screen,
library, desk and actors all send through a client, and the client asks here before anything leaves.
A change of an order is an order. A cancel needs no leave: it is always allowed, and nothing here is
asked about it.

A what-if question trades nothing: the rules that say what may be sent at all hold for it, the
precautions against trading too much do not, and it does not count towards the rate.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator

from workstation.errors import OrderRefused
from workstation.model import Contract, Order
from workstation.risk.limits import Limit, OrderLimits
from workstation.risk.proposal import Proposal
from workstation.risk.rules import LEAVE_TO_ACT, PRECAUTIONS, RULES, refusal
from workstation.state.picture import Picture

__all__ = ["OrderGuard"]

_SECOND = 1_000_000_000

_NOTHING: frozenset[str] = frozenset()


class OrderGuard:
    """Checks orders against the limits; may be asked from any thread.

    Args:
        limits: the precautions.
        clock_ns: time in nanoseconds, of the clock that stamps what the picture applies.
    """

    def __init__(self, limits: OrderLimits, clock_ns: Callable[[], int]) -> None:
        self.limits = limits
        self._clock_ns = clock_ns
        self._passed: deque[int] = deque()
        self._lock = threading.Lock()

    def check(
        self,
        contract: Contract,
        order: Order,
        *,
        picture: Picture,
        override: frozenset[str] = _NOTHING,
    ) -> None:
        """Let an order pass, or refuse it. One that passes counts towards the rate: send it.

        Args:
            contract: what it trades.
            order: the order, or the change of one.
            picture: what it is measured against.
            override: names of precautions (`OrderRefused.limit`) that a person lets this order
                pass. Rules that are no precautions hold whatever stands here.

        Raises:
            OrderRefused: the first rule that holds it back; nothing was counted.
        """
        now_ns = self._clock_ns()
        proposal = Proposal.of(contract, order, picture, now_ns)
        for refused in self._refused(proposal):
            if not (refused.overridable and refused.limit in override):
                raise refused
        if order.what_if is not True:
            self._count(now_ns, override)

    def check_acting(self, account: str, *, picture: Picture) -> None:
        """Let pass what acts on an account without being an order, such as exercising options.

        Args:
            account: whose, empty for the session's own.
            picture: what it is measured against.

        Raises:
            OrderRefused: the account may not be acted on, or the way to it is broken.
        """
        order = Order(account=account)
        proposal = Proposal.of(Contract(), order, picture, self._clock_ns())
        for rule in LEAVE_TO_ACT:
            refused = rule(proposal, self.limits)
            if refused is not None:
                raise refused

    def refusals(
        self, contract: Contract, order: Order, *, picture: Picture
    ) -> tuple[OrderRefused, ...]:
        """Everything that `check` would hold against an order now, but for the rate.

        For a confirmation that names all of it at once; nothing is counted. After the first rule
        that nobody can override the rest is not looked at.
        """
        found: list[OrderRefused] = []
        for refused in self._refused(Proposal.of(contract, order, picture, self._clock_ns())):
            found.append(refused)
            if not refused.overridable:
                break
        return tuple(found)

    def _refused(self, proposal: Proposal) -> Iterator[OrderRefused]:
        for rule in RULES:
            if proposal.order.what_if is True and rule in PRECAUTIONS:
                continue
            refused = rule(proposal, self.limits)
            if refused is not None:
                yield refused

    def _count(self, now_ns: int, override: frozenset[str]) -> None:
        with self._lock:
            most, passed = self.limits.max_orders_per_second, self._passed
            # A clock set back must not leave orders in the future that never grow old.
            while passed and not 0 <= now_ns - passed[0] < _SECOND:
                passed.popleft()
            if most is not None and len(passed) >= most and Limit.ORDER_RATE not in override:
                told = f"{len(passed) + 1} orders within a second"
                raise refusal(Limit.ORDER_RATE, told, f"at most {most}")
            passed.append(now_ns)
