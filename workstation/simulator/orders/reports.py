"""Reports: what is told of an order, its fills and its end, in TWS's messages."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from workstation.model import CommissionReport, Execution, OrderState, OrderStatusName
from workstation.protocol import catalog
from workstation.simulator.chains import OptionListing
from workstation.simulator.orders.life import SimulatedOrder
from workstation.simulator.wire_dates import moment_text

__all__ = ["commission_report", "completed_order", "execution", "moment_of", "open_order", "status"]

_ADDED, _REMOVED = 1, 2


def moment_of(time_ns: int) -> str:
    """A moment in New York's time."""
    return moment_text(time_ns / 1e9)


def open_order(order: SimulatedOrder) -> catalog.OpenOrder:
    """The whole order, as it stands."""
    asked = order.order
    if order.stop is not None and order.stop != asked.trail_stop_price:
        asked = msgspec.structs.replace(asked, trail_stop_price=order.stop)
    return catalog.OpenOrder(
        order_id=order.order_id,
        contract=order.contract,
        order=asked,
        state=OrderState(status=order.status),
    )


def status(order: SimulatedOrder) -> catalog.OrderStatus:
    """How far it has come."""
    return catalog.OrderStatus(
        order_id=order.order_id,
        status=order.status,
        filled=order.filled,
        remaining=order.remaining,
        average_fill_price=order.average_price,
        permanent_id=order.permanent_id,
        parent_id=order.order.parent_id,
        last_fill_price=order.last_price,
        client_id=order.client_id,
        why_held=order.why_held,
    )


def execution(
    order: SimulatedOrder, number: int, quantity: Decimal, time_ns: int, *, adds: bool
) -> catalog.ExecutionData:
    """One fill, which `order` has counted already.

    Args:
        order: the order.
        number: of the execution among all, which makes its id.
        quantity: how much.
        time_ns: when.
        adds: whether it added liquidity.
    """
    return catalog.ExecutionData(
        request_id=-1,
        contract=order.contract,
        execution=Execution(
            order_id=order.order_id,
            execution_id=f"0000{order.permanent_id:x}.{number:08x}.01.01",
            time=moment_text(time_ns / 1e9),
            account=order.order.account,
            exchange="CBOE" if isinstance(order.listing, OptionListing) else "ISLAND",
            side="BOT" if order.buys else "SLD",
            shares=quantity,
            price=order.last_price,
            permanent_id=order.permanent_id,
            client_id=order.client_id,
            cumulative_quantity=order.filled,
            average_price=order.average_price,
            order_reference=order.order.order_reference,
            last_liquidity=_ADDED if adds else _REMOVED,
        ),
    )


def commission_report(
    execution_id: str, commission: Decimal, realized: Decimal | None
) -> catalog.CommissionReport:
    """What a fill cost, and what it earned when it closed something."""
    return catalog.CommissionReport(
        report=CommissionReport(
            execution_id=execution_id,
            commission=float(commission),
            currency="USD",
            realized_pnl=None if realized is None else float(realized),
        )
    )


def completed_order(order: SimulatedOrder) -> catalog.CompletedOrder:
    """An order that has ended."""
    return catalog.CompletedOrder(
        contract=order.contract,
        order=msgspec.structs.replace(order.order, filled_quantity=order.filled),
        state=OrderState(
            status=order.status,
            completed_time=moment_text(order.ended_ns / 1e9),
            completed_status=_ended(order),
        ),
    )


def _ended(order: SimulatedOrder) -> str:
    """How an order ended, in TWS's words."""
    if order.status == OrderStatusName.FILLED:
        return f"Filled Size: {order.filled:f}"
    return "Cancelled by Trader"
