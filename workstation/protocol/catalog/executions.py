"""Executions: fills and what they cost."""

from __future__ import annotations

from workstation.model import CommissionReport as Commission
from workstation.model import Contract, Execution, ExecutionFilter
from workstation.protocol.catalog.shared import RECEIVED_CONTRACT
from workstation.protocol.layout import constant, literal, scalars, since, until
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = ["CommissionReport", "ExecutionData", "ExecutionDataEnd", "RequestExecutions"]


@request(7)
class RequestExecutions(Request):
    """Ask for fills."""

    request_id: int
    filter: ExecutionFilter = ExecutionFilter()


lay_out(
    RequestExecutions,
    constant("3"),
    RequestExecutions.request_id,
    ExecutionFilter.client_id,
    ExecutionFilter.account,
    ExecutionFilter.time,
    ExecutionFilter.symbol,
    ExecutionFilter.security_type,
    ExecutionFilter.exchange,
    ExecutionFilter.side,
    since(
        200,
        literal(ExecutionFilter.last_n_days),
        scalars(ExecutionFilter.specific_dates),
    ),
)


@inbound(11)
class ExecutionData(Inbound):
    """One fill."""

    request_id: int
    """-1 when nobody asked: the fill just happened."""
    contract: Contract = Contract()
    execution: Execution = Execution()


lay_out(
    ExecutionData,
    until(136, constant("10")),
    ExecutionData.request_id,
    Execution.order_id,
    RECEIVED_CONTRACT,
    Execution.execution_id,
    Execution.time,
    Execution.account,
    Execution.exchange,
    Execution.side,
    Execution.shares,
    Execution.price,
    Execution.permanent_id,
    Execution.client_id,
    Execution.liquidation,
    Execution.cumulative_quantity,
    Execution.average_price,
    Execution.order_reference,
    Execution.ev_rule,
    Execution.ev_multiplier,
    since(103, Execution.model_code),
    since(136, Execution.last_liquidity),
    since(178, Execution.pending_price_revision),
    since(198, Execution.submitter),
)


@inbound(55, constant("1"))
class ExecutionDataEnd(Inbound):
    """No more fills; a Bridge has been seen not to send it."""

    request_id: int


@inbound(59)
class CommissionReport(Inbound):
    """What one fill cost and earned."""

    report: Commission = Commission()


lay_out(
    CommissionReport,
    constant("1"),
    Commission.execution_id,
    Commission.commission,
    Commission.currency,
    literal(Commission.realized_pnl),
    literal(Commission.yield_),
    Commission.yield_redemption_date,
)
