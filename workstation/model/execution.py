"""Executions: fills, the filter that asks for them, and what they cost."""

from __future__ import annotations

from decimal import Decimal

from workstation.model.record import Record

__all__ = ["CommissionReport", "Execution", "ExecutionFilter"]


class Execution(Record):
    """One fill.

    `execution_id` ends in a part that counts corrections: the same id with a higher last part
    replaces the earlier one, a repeat changes nothing.
    """

    order_id: int = 0
    execution_id: str = ""
    time: str = ""
    """`YYYYMMDD hh:mm:ss Zone`."""
    account: str = ""
    exchange: str = ""
    side: str = ""
    """BOT or SLD."""
    shares: Decimal | None = None
    price: float = 0.0
    permanent_id: int = 0
    client_id: int = 0
    liquidation: int = 0
    cumulative_quantity: Decimal | None = None
    average_price: float = 0.0
    order_reference: str = ""
    ev_rule: str = ""
    ev_multiplier: float | None = None
    model_code: str = ""
    last_liquidity: int = 0
    """1 added, 2 removed, 3 routed out; 0 not told."""
    pending_price_revision: bool = False
    submitter: str = ""


class ExecutionFilter(Record):
    """Which executions are asked for; an empty field asks for all."""

    client_id: int = 0
    account: str = ""
    time: str = ""
    """Executions since then: `YYYYMMDD-hh:mm:ss` in UTC."""
    symbol: str = ""
    security_type: str = ""
    exchange: str = ""
    side: str = ""
    last_n_days: int | None = None
    specific_dates: tuple[int, ...] = ()
    """Days as numbers: 20261123."""


class CommissionReport(Record):
    """What one execution cost and earned."""

    execution_id: str = ""
    commission: float = 0.0
    currency: str = ""
    realized_pnl: float | None = None
    """None when the execution opened a position."""
    yield_: float | None = None
    yield_redemption_date: int = 0
    """YYYYMMDD as a number; 0 when there is none."""
