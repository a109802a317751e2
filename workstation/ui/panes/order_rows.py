"""Order rows: what the orders pane shows of each order, as text.

Owns the order of the rows, the words and the style names of the cells, and the line of detail under
the table. Knows no live widget. Style names are those of the themes: `order_` and the stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from workstation.model import Contract, PriceIncrement
from workstation.state.changes import OrderKey
from workstation.state.live_order import LiveOrder, OrderStage
from workstation.state.picture import Picture
from workstation.ui.formatting import NOTHING, clock, quantity, safe_text
from workstation.ui.listing import counted
from workstation.ui.panes.ticket_confirmation import order_words
from workstation.ui.panes.ticket_form import price_text
from workstation.ui.widgets.grid import Cell, Column

__all__ = ["COLUMNS", "detail", "order_cell", "sorted_keys", "title"]

COLUMNS = (
    Column("Id", "Id", 4, priority=6),
    Column("Client", "Client", 8, "left", priority=9),
    Column("Time", "Time", 8, priority=12),
    Column("Side", "Side", 4, "left", priority=2),
    Column("Qty", "Qty", 6, priority=3),
    Column("Filled", "Filled", 6, priority=5),
    Column("Rem", "Rem", 6, priority=11),
    Column("Symbol", "Symbol", 9, "left", priority=1, grows=True, keeps_last_word=True),
    Column("Type", "Type", 7, "left", priority=7),
    Column("Limit", "Limit", 8, priority=4),
    Column("Aux", "Aux", 8, priority=10),
    Column("TIF", "TIF", 3, "left", priority=8),
    Column("Status", "Status", 18, "left", priority=0),
)

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


class _Row(NamedTuple):
    """What cells are made of."""

    live: LiveOrder
    increments: tuple[PriceIncrement, ...]
    client_id: int
    zone: ZoneInfo | None


def sorted_keys(orders: Iterable[LiveOrder]) -> tuple[OrderKey, ...]:
    """Open orders first, then finished ones; the newest first in both."""
    ranked = sorted(orders, key=lambda each: (each.is_open, each.placed_ns, each.key), reverse=True)
    return tuple(each.key for each in ranked)


def order_cell(
    live: LiveOrder, column: str, picture: Picture, client_id: int, zone: ZoneInfo | None = None
) -> Cell:
    """One cell of an order's row.

    Args:
        live: the order.
        column: the key of one of `COLUMNS`.
        picture: for the price grid.
        client_id: our own number; the orders of others are marked.
        zone: which time zone its time is told in; None is UTC's.
    """
    row = _Row(live, picture.contracts.increments(live.contract), client_id, zone)
    cell = _CELLS[column](row)
    style = cell.style if live.is_open or column == "Status" else "stale"
    return Cell(safe_text(cell.text), style)


def detail(live: LiveOrder, picture: Picture, client_id: int) -> str:
    """What does not fit the row: fills and their cost, a change on its way, the reason."""
    increments = picture.contracts.increments(live.contract)
    words = order_words(live.order, _symbol(live.contract), increments)
    told = [f"{_number(live.key)} {words}".rstrip()]
    told.append(f"{live.stage} ({live.status})" if live.status else live.stage)
    if live.key.client_id != client_id or not live.key.order_id:
        told.append("not ours: view only, f8 cancels everybody's")
    if live.average_price is not None and live.filled:
        told.append(f"filled at {live.average_price:,.10g}")
    told += _fills(live, picture)
    if live.requested is not None:
        told.append("a change is on its way")
    if live.cancel_asked:
        told.append("may still fill")
    told += filter(None, (live.why_held, live.reason))
    return safe_text(" · ".join(told))


def title(picture: Picture) -> str:
    """How much there is: `Orders · 2 working · 5 done · 7 fills`."""
    everything = picture.orders.all()
    working = sum(each.is_open for each in everything)
    fills = counted(len(picture.executions.all()), "fill")
    return f"Orders · {working} working · {len(everything) - working} done · {fills}"


def _fills(live: LiveOrder, picture: Picture) -> list[str]:
    fills = picture.executions.of_order(live.key)
    if not fills:
        return []
    told = counted(len(fills), "fill")
    reports = [fill.commission for fill in fills if fill.commission is not None]
    currencies = {report.currency for report in reports}
    if reports and len(currencies) == 1:
        paid = sum(report.commission for report in reports)
        more = "" if len(reports) == len(fills) else "+"
        told += f", commission {paid:,.2f}{more} {currencies.pop()}"
    return [told.rstrip()]


def _number(key: OrderKey) -> str:
    return str(key.order_id) if key.order_id else f"#{key.permanent_id}"


def _price(price: float | None, row: _Row) -> str:
    # A Bridge writes 0 for a price that an order does not have.
    return price_text(price, row.increments) if price else NOTHING


def _symbol(contract: Contract) -> str:
    """Empty for an order of which the Bridge has told the status only."""
    return "" if contract == Contract() else str(contract)


def _client(row: _Row) -> Cell:
    """Whose: the reference that an actor puts on its orders, else the client's number."""
    key, reference = row.live.key, row.live.order.order_reference
    if key.client_id == row.client_id and key.order_id:
        return Cell(reference or "own")
    return Cell(f"@{key.client_id} {reference}".rstrip(), "stale")


def _side(row: _Row) -> Cell:
    action = row.live.order.action
    return Cell(action, {"BUY": "buy", "SELL": "sell", "SSHORT": "sell"}.get(action, ""))


def _status(row: _Row) -> Cell:
    stage = row.live.stage
    return Cell(f"{_MARKS[stage]} {stage}", f"order_{stage.replace(' ', '_')}")


_CELLS: dict[str, Callable[[_Row], Cell]] = {
    "Id": lambda row: Cell(_number(row.live.key)),
    "Client": _client,
    "Time": lambda row: Cell(clock(row.live.placed_ns, row.zone)),
    "Side": _side,
    "Qty": lambda row: Cell(quantity(row.live.order.total_quantity)),
    "Filled": lambda row: Cell(quantity(row.live.filled)),
    "Rem": lambda row: Cell(quantity(row.live.remaining)),
    "Symbol": lambda row: Cell(_symbol(row.live.contract) or NOTHING),
    "Type": lambda row: Cell(row.live.order.order_type),
    "Limit": lambda row: Cell(_price(row.live.order.limit_price, row)),
    "Aux": lambda row: Cell(_price(row.live.order.aux_price, row)),
    "TIF": lambda row: Cell(row.live.order.time_in_force),
    "Status": _status,
}
