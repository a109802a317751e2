"""Order rows: what the orders pane shows of each order, as text.

Owns the order of the rows, the words and the style names of the cells, and the line of detail under
the table. Knows no widget. Style names are those of the themes: `order_` and the stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import NamedTuple

from workstation.model import PriceIncrement
from workstation.state.changes import OrderKey
from workstation.state.live_order import LiveOrder, OrderStage
from workstation.state.picture import Picture
from workstation.ui.panes.ticket_form import price_text

__all__ = ["COLUMNS", "OrderCell", "detail", "order_cell", "sorted_keys", "title"]

COLUMNS = (
    "Id",
    "Client",
    "Time",
    "Side",
    "Qty",
    "Filled",
    "Rem",
    "Symbol",
    "Type",
    "Limit",
    "Aux",
    "TIF",
    "Status",
)

_NOTHING = "—"

_MARKS: dict[OrderStage, str] = {
    OrderStage.NOT_SENT: "○",
    OrderStage.SENT: "→",
    OrderStage.ACCEPTED: "◔",
    OrderStage.WORKING: "●",
    OrderStage.SUSPENDED: "‖",
    OrderStage.INACTIVE: "‖",
    OrderStage.CANCEL_REQUESTED: "…",
    OrderStage.CANCELLED: "×",
    OrderStage.REJECTED: "!",
    OrderStage.FILLED: "✓",
    OrderStage.UNKNOWN: "?",
}
"""A sign before the word, so that stages differ without colour at a glance."""


class OrderCell(NamedTuple):
    """One cell: its text, and the style variable it is painted with (empty for plain)."""

    text: str
    style: str = ""


class _Row(NamedTuple):
    """What cells are made of."""

    live: LiveOrder
    increments: tuple[PriceIncrement, ...]
    client_id: int
    zone: tzinfo | None


def sorted_keys(orders: Iterable[LiveOrder]) -> tuple[OrderKey, ...]:
    """Open orders first, then finished ones; the newest first in both."""
    ranked = sorted(orders, key=lambda each: (each.is_open, each.placed_ns, each.key), reverse=True)
    return tuple(each.key for each in ranked)


def order_cell(
    live: LiveOrder, column: str, picture: Picture, client_id: int, zone: tzinfo | None = None
) -> OrderCell:
    """One cell of an order's row.

    Args:
        live: the order.
        column: a word of `COLUMNS`.
        picture: for the price grid.
        client_id: our own number; the orders of others are marked.
        zone: which time zone its time is told in; None is UTC's.
    """
    row = _Row(live, picture.contracts.increments(live.contract), client_id, zone)
    cell = _CELLS[column](row)
    if not live.is_open and column != "Status":
        return cell._replace(style="stale")
    return cell


def detail(live: LiveOrder, picture: Picture, client_id: int) -> str:
    """What does not fit the row: fills and their cost, a change on its way, the reason."""
    told = [f"order {_number(live.key)}: {live.stage}"]
    if live.status:
        told[0] += f" ({live.status})"
    if live.key.client_id != client_id or not live.key.order_id:
        told.append("not this client's: view only, f8 cancels everybody's")
    if live.average_price is not None and live.filled:
        told.append(f"filled at {live.average_price:,.10g}")
    told += _fills(live, picture)
    if live.requested is not None:
        told.append("a change is on its way")
    if live.cancel_asked:
        told.append("may still fill")
    told += filter(None, (live.why_held, live.reason))
    return " · ".join(told)


def title(picture: Picture) -> str:
    """How much there is: `Orders · 2 working · 5 done · 7 fills`."""
    everything = picture.orders.all()
    working = sum(each.is_open for each in everything)
    fills = len(picture.executions.all())
    return f"Orders · {working} working · {len(everything) - working} done · {fills} fills"


def _fills(live: LiveOrder, picture: Picture) -> list[str]:
    fills = picture.executions.of_order(live.key)
    if not fills:
        return []
    told = f"{len(fills)} fill" if len(fills) == 1 else f"{len(fills)} fills"
    reports = [fill.commission for fill in fills if fill.commission is not None]
    currencies = {report.currency for report in reports}
    if reports and len(currencies) == 1:
        paid = sum(report.commission for report in reports)
        more = "" if len(reports) == len(fills) else "+"
        told += f", commission {paid:,.2f}{more} {currencies.pop()}"
    return [told.rstrip()]


def _number(key: OrderKey) -> str:
    return str(key.order_id) if key.order_id else f"#{key.permanent_id}"


def _size(size: Decimal | None) -> str:
    return _NOTHING if size is None else f"{size:,f}"


def _price(price: float | None, row: _Row) -> str:
    # A Bridge writes 0 for a price that an order does not have.
    return price_text(price, row.increments) if price else _NOTHING


def _client(row: _Row) -> OrderCell:
    """Whose: the reference that an actor puts on its orders, else the client's number."""
    key, reference = row.live.key, row.live.order.order_reference
    if key.client_id == row.client_id and key.order_id:
        return OrderCell(reference or "own")
    return OrderCell(f"@{key.client_id} {reference}".rstrip(), "stale")


def _time(row: _Row) -> OrderCell:
    if not row.live.placed_ns:
        return OrderCell(_NOTHING)
    from datetime import UTC

    placed = datetime.fromtimestamp(row.live.placed_ns / 1e9, row.zone or UTC)
    return OrderCell(f"{placed:%H:%M:%S}")


def _side(row: _Row) -> OrderCell:
    action = row.live.order.action
    return OrderCell(action, {"BUY": "buy", "SELL": "sell", "SSHORT": "sell"}.get(action, ""))


def _status(row: _Row) -> OrderCell:
    stage = row.live.stage
    return OrderCell(f"{_MARKS[stage]} {stage}", f"order_{stage.replace(' ', '_')}")


_CELLS: dict[str, Callable[[_Row], OrderCell]] = {
    "Id": lambda row: OrderCell(_number(row.live.key)),
    "Client": _client,
    "Time": _time,
    "Side": _side,
    "Qty": lambda row: OrderCell(_size(row.live.order.total_quantity)),
    "Filled": lambda row: OrderCell(_size(row.live.filled)),
    "Rem": lambda row: OrderCell(_size(row.live.remaining)),
    "Symbol": lambda row: OrderCell(str(row.live.contract)),
    "Type": lambda row: OrderCell(row.live.order.order_type),
    "Limit": lambda row: OrderCell(_price(row.live.order.limit_price, row)),
    "Aux": lambda row: OrderCell(_price(row.live.order.aux_price, row)),
    "TIF": lambda row: OrderCell(row.live.order.time_in_force),
    "Status": _status,
}
