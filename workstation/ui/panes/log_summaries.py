"""Log summaries: the important fields of each kind of message, in words.

Owns what a line of the log says about a message: prices, sizes, status, and the symbol where the
message carries only an id. The text is as it came; making it safe is left to who shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from workstation.model import Contract, Order, TickType
from workstation.protocol import catalog
from workstation.protocol.message import Message
from workstation.ui.panes.log_entries import Subjects

__all__ = ["listed", "summary"]

_ENOUGH = 6
"""Fields that a summary without words of its own tells."""


def summary(content: Message, subjects: Subjects) -> str:
    """What a message says, in a line."""
    tell = _SUMMARIES.get(type(content))
    if tell is not None:
        return tell(content, subjects)
    fields = {name: getattr(content, name) for name in content.__struct_fields__}
    symbol = subjects.of(fields.get("request_id"), fields.get("order_id"))
    return _joined(symbol, listed(fields))


def listed(fields: Mapping[str, Any]) -> str:
    """The first plain fields that say something, in a line."""
    told = [
        f"{name.replace('_', ' ')} {_number(value)}".strip()
        for name, value in fields.items()
        if value not in (None, "", False) and isinstance(value, str | int | float | Decimal)
    ]
    return " · ".join(told[:_ENOUGH])


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _number(value: object) -> str:
    """A number without a tail of zeros or rounding dust; `—` for none."""
    if value is None:
        return "—"
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    return f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"


def _order_text(contract: Contract, order: Order) -> str:
    prices = " ".join(
        _number(price) for price in (order.limit_price, order.aux_price) if price is not None
    )
    return _joined(
        # The Bridge answers a question about an order as it answers an order.
        "what-if" if order.what_if else "",
        order.action,
        _number(order.total_quantity),
        str(contract),
        order.order_type,
        prices,
        order.time_in_force,
    )


def _place_order(content: catalog.PlaceOrder, _: Subjects) -> str:
    return f"{_order_text(content.contract, content.order)} #{content.order_id}"


def _open_order(content: catalog.OpenOrder, _: Subjects) -> str:
    order = _order_text(content.contract, content.order)
    return _joined(order, content.state.status, f"#{content.order_id}")


def _cancel_order(content: catalog.CancelOrder, subjects: Subjects) -> str:
    return _joined(subjects.of(content.order_id), f"#{content.order_id}")


def _order_status(content: catalog.OrderStatus, subjects: Subjects) -> str:
    price = f"at {_number(content.average_fill_price)}" if content.filled else ""
    return _joined(
        content.status,
        subjects.of(content.order_id),
        f"filled {_number(content.filled)}, left {_number(content.remaining)}",
        price,
        f"#{content.order_id}",
    )


def _execution_data(content: catalog.ExecutionData, _: Subjects) -> str:
    fill = content.execution
    return _joined(
        fill.side,
        _number(fill.shares),
        str(content.contract),
        f"at {_number(fill.price)}",
        f"on {fill.exchange}" if fill.exchange else "",
        f"#{fill.order_id}",
    )


def _commission_report(content: catalog.CommissionReport, subjects: Subjects) -> str:
    report = content.report
    earned = "" if report.realized_pnl is None else f"· realized {report.realized_pnl:+,.2f}"
    cost = f"commission {report.commission:,.2f} {report.currency}"
    return _joined(subjects.of(report.execution_id), cost, earned)


def _info_message(content: catalog.InfoMessage, subjects: Subjects) -> str:
    about = subjects.of(content.request_id)
    number = f"#{content.request_id}" if content.request_id >= 0 else ""
    return _joined(about, number, f"{content.code}: {content.text}")


def _tick_name(tick_type: int) -> str:
    try:
        return TickType(tick_type).name.lower().replace("_", " ")
    except ValueError:
        return f"tick {tick_type}"


def _tick_price(content: catalog.TickPrice, subjects: Subjects) -> str:
    size = f"× {_number(content.size)}" if content.size is not None else ""
    name, price = _tick_name(content.tick_type), _number(content.price)
    return _joined(subjects.of(content.request_id), name, price, size)


def _tick_size(content: catalog.TickSize, subjects: Subjects) -> str:
    name, size = _tick_name(content.tick_type), _number(content.size)
    return _joined(subjects.of(content.request_id), name, size)


def _tick_value(content: catalog.TickGeneric | catalog.TickString, subjects: Subjects) -> str:
    name, value = _tick_name(content.tick_type), _number(content.value)
    return _joined(subjects.of(content.request_id), name, value)


def _tick_option_computation(content: catalog.TickOptionComputation, subjects: Subjects) -> str:
    volatility = content.implied_volatility
    return _joined(
        subjects.of(content.request_id),
        _tick_name(content.tick_type),
        f"IV {'—' if volatility is None else f'{volatility:.1%}'}",
        f"Δ {'—' if content.delta is None else f'{content.delta:.2f}'}",
        f"price {_number(content.option_price)}",
    )


def _request_about(content: Any, _: Subjects) -> str:
    return _joined(str(content.contract), content.contract.exchange, f"#{content.request_id}")


def _contract_data(content: catalog.ContractData, _: Subjects) -> str:
    details = content.details
    return _joined(str(details.contract), details.long_name, f"tick {_number(details.min_tick)}")


def _position_data(content: catalog.PositionData, _: Subjects) -> str:
    price = f"at {_number(content.average_cost)}"
    return _joined(_number(content.position), str(content.contract), price, content.account)


def _account_value(content: catalog.AccountValue, _: Subjects) -> str:
    return _joined(content.key, content.value, content.currency, content.account)


_SUMMARIES: Mapping[type[Message], Callable[[Any, Subjects], str]] = {
    catalog.PlaceOrder: _place_order,
    catalog.OpenOrder: _open_order,
    catalog.CancelOrder: _cancel_order,
    catalog.OrderStatus: _order_status,
    catalog.ExecutionData: _execution_data,
    catalog.CommissionReport: _commission_report,
    catalog.InfoMessage: _info_message,
    catalog.TickPrice: _tick_price,
    catalog.TickSize: _tick_size,
    catalog.TickGeneric: _tick_value,
    catalog.TickString: _tick_value,
    catalog.TickOptionComputation: _tick_option_computation,
    catalog.RequestMarketData: _request_about,
    catalog.RequestContractData: _request_about,
    catalog.RequestHistoricalData: _request_about,
    catalog.ContractData: _contract_data,
    catalog.PositionData: _position_data,
    catalog.AccountValue: _account_value,
}
"""Messages whose summary has words of its own; the others list their plain fields."""
