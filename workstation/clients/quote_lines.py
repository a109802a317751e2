"""Quote lines: who streams now, as the line budget says.

Owns carrying out the budget's plan: starting and ending market data, and planning anew when the
Bridge refuses a line. Leaves who comes first to `lines`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from workstation.clients.lines import LineBudget, Priority
from workstation.errors import EncodeError
from workstation.model import Contract, SecurityType
from workstation.protocol.catalog import CancelMarketData, InfoMessage, RequestMarketData
from workstation.protocol.message import Request

__all__ = ["QuoteLines"]

logger = logging.getLogger(__name__)

_GENERIC_TICKS: dict[str, str] = {SecurityType.OPTION: "100,101"}
"""Extra ticks to ask for: volume and open interest of options come only on request."""

TOO_MANY_LINES = 101
NO_SUCH_QUOTE = frozenset({200, 203, 354, 10089, 10168, 10186})
"""Codes that say an instrument will get no quotes, however often one asks."""


class QuoteLines:
    """The streams that the budget allows.

    Args:
        budget: who wants quotes, and who gets a line.
        new_id: gives an id that no request has had.
        dispatch: sends a request past what a program's own requests go through.
        plan_soon: has `apply` called on the client's thread, where there is a connection.
    """

    def __init__(
        self,
        budget: LineBudget,
        new_id: Callable[[], int],
        dispatch: Callable[[Request], None],
        plan_soon: Callable[[], bool],
    ) -> None:
        self.budget = budget
        self._new_id = new_id
        self._dispatch = dispatch
        self._plan_soon = plan_soon
        self._is_planned = False

    def watch(self, owner: str, priority: Priority, contracts: Sequence[Contract]) -> None:
        """Take note of what `owner` wants quotes of now."""
        self.budget.want(owner, priority, contracts)
        self.plan()

    def plan(self) -> None:
        """Have the budget's plan carried out soon, once for however many reasons."""
        if not self._is_planned:
            self._is_planned = self._plan_soon()

    def forget(self) -> None:
        """Every line is gone, as the Bridge said or the connection shows."""
        self.budget.forget_lines()
        self._is_planned = False

    def remarked(self, message: InfoMessage) -> bool:
        """The Bridge remarked something; whether it refused a line."""
        if message.code == TOO_MANY_LINES:
            self.budget.too_many(message.request_id)
        elif message.code in NO_SUCH_QUOTE:
            self.budget.refused(message.request_id)
        else:
            return False
        self.plan()
        return True

    def ended(self, request_id: int) -> None:
        """A snapshot is complete."""
        self.budget.ended(request_id)
        self.plan()

    def apply(self, *, is_connected: bool) -> None:
        """Carry the plan out; on the client's thread, its lock held."""
        self._is_planned = False
        if not is_connected:
            return
        plan = self.budget.plan()
        for line in plan.stop:
            self._dispatch(CancelMarketData(request_id=line.request_id))
            self.budget.ended(line.request_id)
        for contract in plan.start:
            self._start(contract, snapshot=False)
        for contract in plan.snapshots:
            self._start(contract, snapshot=True)

    def _start(self, contract: Contract, *, snapshot: bool) -> None:
        request_id = self._new_id()
        request = RequestMarketData(
            request_id=request_id,
            contract=contract,
            generic_ticks="" if snapshot else _GENERIC_TICKS.get(contract.security_type, ""),
            snapshot=snapshot,
        )
        self.budget.started(contract, request_id, snapshot=snapshot)
        try:
            self._dispatch(request)
        except EncodeError as error:
            # One contract that can not be sent must not cost the others their lines.
            logger.warning("no quotes of %s: %s", contract, error)
            self.budget.refused(request_id)
