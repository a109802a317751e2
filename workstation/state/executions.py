"""Executions: fills, each with what it cost.

Owns when two reports are one fill: the id without its last part names the fill, a higher last part
is a correction and replaces, a repeat or a lower one changes nothing. A commission report joins its
fill, whichever comes first.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from workstation.model import CommissionReport, Contract, Execution, Record, SecurityType
from workstation.protocol import catalog
from workstation.state.changes import OrderKey

__all__ = ["Executions", "Fill"]


class Fill(Record):
    """One execution, corrected and with its commission."""

    fill_id: str
    """The execution's id without its last part."""
    revision: int
    """The last part; corrections count it up."""
    contract: Contract
    instrument: str
    """The instrument's key, see `instrument_key`."""
    execution: Execution
    order: OrderKey
    """The order as the execution names it."""
    commission: CommissionReport | None = None
    """None until it came."""
    time_ns: int = 0
    """When it was first heard of here; `execution.time` says when it happened."""


class Executions:
    """Every fill that was told.

    Args:
        dirty: where the ids of changed fills go.
    """

    def __init__(self, dirty: set[str]) -> None:
        self._dirty = dirty
        self._fills: dict[str, Fill] = {}
        self._of_order: dict[OrderKey, dict[str, None]] = {}
        self._shares: dict[tuple[OrderKey, bool], Decimal] = {}
        """Sums by order, those of whole combinations apart from all others."""
        self._early: dict[str, tuple[int, CommissionReport]] = {}
        """Commissions whose execution has not come yet."""

    def get(self, fill_id: str) -> Fill | None:
        """A fill by its id; None when it was not told."""
        return self._fills.get(fill_id)

    def all(self) -> tuple[Fill, ...]:
        """Every fill, in the order first told."""
        return tuple(self._fills.values())

    def of_order(self, key: OrderKey) -> tuple[Fill, ...]:
        """The fills of an order, in the order first told."""
        return tuple(self._fills[fill_id] for fill_id in tuple(self._of_order.get(key, ())))

    def executed(self, key: OrderKey) -> Decimal:
        """How much of an order its fills add up to; fills of a combination's legs do not count."""
        whole = self._shares.get((key, True))
        return self._shares.get((key, False), Decimal(0)) if whole is None else whole

    # Folding

    def execution_data(
        self, message: catalog.ExecutionData, time_ns: int, instrument: str
    ) -> Fill | None:
        """Keep a fill or its correction; the fill when something changed, else None."""
        execution = message.execution
        fill_id, revision = split_execution_id(execution.execution_id)
        known = self._fills.get(fill_id)
        if known is not None and revision <= known.revision:
            return None
        manual = execution.permanent_id if execution.order_id == 0 else 0
        fill = Fill(
            fill_id=fill_id,
            revision=revision,
            contract=message.contract,
            instrument=instrument,
            execution=execution,
            order=OrderKey(execution.client_id, execution.order_id, manual),
            commission=known.commission if known else None,
            time_ns=known.time_ns if known else time_ns,
        )
        early = self._early.pop(fill_id, None)
        if early is not None:
            fill = replace(fill, commission=early[1])
        self._fills[fill_id] = fill
        self._of_order.setdefault(fill.order, {})[fill_id] = None
        if known is not None:
            self._add_up(known, -1)
        self._add_up(fill, 1)
        self._dirty.add(fill_id)
        return fill

    def commission_report(self, message: catalog.CommissionReport, _time_ns: int) -> None:
        """Join a commission to its fill, or keep it until the fill comes."""
        report = message.report
        fill_id, revision = split_execution_id(report.execution_id)
        fill = self._fills.get(fill_id)
        if fill is None:
            if revision >= self._early.get(fill_id, (revision, report))[0]:
                self._early[fill_id] = (revision, report)
            return
        known = fill.commission
        if known is not None and split_execution_id(known.execution_id)[1] > revision:
            return
        if known != report:
            self._fills[fill_id] = replace(fill, commission=report)
            self._dirty.add(fill_id)

    def _add_up(self, fill: Fill, sign: int) -> None:
        kind = (fill.order, fill.contract.security_type == SecurityType.COMBO)
        shares = fill.execution.shares or Decimal(0)
        self._shares[kind] = self._shares.get(kind, Decimal(0)) + sign * shares


def split_execution_id(execution_id: str) -> tuple[str, int]:
    """The id of the fill and the number of its correction: `e0d5.65.02` is `e0d5.65` and 2."""
    fill_id, dot, last = execution_id.rpartition(".")
    if dot and last.isdecimal():
        return fill_id, int(last)
    return execution_id, 0
