"""Position rows: what the positions pane shows of each position, and the totals below.

Owns where each figure comes from, the totals in each currency, and what they leave out. A live
quote values a position; without one the Bridge's last valuation does, marked as old. Knows no
widget. Style names are those of the themes.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from workstation.model import Order, PriceIncrement
from workstation.risk.proposal import Proposal
from workstation.state.picture import Picture
from workstation.state.positions import Position
from workstation.ui.formatting import NOTHING, age, change, money, quantity, safe_text
from workstation.ui.panes.ticket_form import Rules, price_text
from workstation.ui.widgets.grid import Cell, Column

__all__ = [
    "COLUMNS",
    "PositionRow",
    "Totals",
    "position_row",
    "row_cell",
    "sorted_rows",
    "total_cell",
    "totals",
]

COLUMNS = (
    Column("Symbol", "Symbol", 9, "left", priority=0, grows=True, keeps_last_word=True),
    Column("Position", "Position", 8, priority=1),
    Column("Avg cost", "Avg cost", 10, priority=5),
    Column("Last", "Last", 12, priority=2),
    Column("Market value", "Market value", 15, priority=6),
    Column("Unrealised", "Unrealised", 13, priority=3),
    Column("Realised", "Realised", 13, priority=7),
    Column("Daily P&L", "Daily P&L", 13, priority=4),
    Column("Account", "Account", 12, "left", priority=8),
)

_FIGURES = {
    "Market value": "value",
    "Unrealised": "unrealized",
    "Realised": "realized",
    "Daily P&L": "daily",
}
"""Columns that add up, and the figures they show."""

_SECOND = 1_000_000_000


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One position in figures; money is in the contract's currency, None is not known.

    Args:
        position: what the Bridge told.
        increments: for the decimals of its prices.
        cost: average cost for one unit, comparable with the price.
        price: what it is valued at.
        age_seconds: how old that price is; None when it is live, or when there is none.
    """

    position: Position
    increments: tuple[PriceIncrement, ...]
    cost: float | None
    price: float | None
    age_seconds: float | None
    value: float | None
    unrealized: float | None
    realized: float | None
    daily: float | None

    @property
    def currency(self) -> str:
        """What its money is counted in."""
        return self.position.contract.currency

    @property
    def is_old(self) -> bool:
        """Whether its figures are not of now."""
        return self.age_seconds is not None


@dataclass(frozen=True, slots=True)
class Totals:
    """What the positions in one currency add up to.

    Args:
        currency: of the sums.
        sums: by column; None where no position told a figure.
        missing: by column, the positions that the sum leaves out.
        old: positions that are in the sums with figures that are not of now.
    """

    currency: str
    sums: dict[str, float | None]
    missing: dict[str, tuple[str, ...]]
    old: tuple[str, ...]

    def remark(self, shown: Container[str]) -> str:
        """What a reader must know about the sums; empty when they are whole and of now.

        Args:
            shown: columns that can be seen.
        """
        parts: dict[tuple[str, ...], list[str]] = {}
        for column, names in self.missing.items():
            # A sum of nothing is shown as none, and leaves nothing out.
            if names and column in shown and self.sums[column] is not None:
                parts.setdefault(names, []).append(column)
        told = [f"* {', '.join(each)} without {', '.join(names)}" for names, each in parts.items()]
        if self.old:
            told.insert(0, f"~ with old prices of {', '.join(self.old)}")
        return " · ".join(told)


def position_row(position: Position, picture: Picture, now_ns: int) -> PositionRow:
    """A position in figures, as far as they are known now."""
    contract = position.contract
    proposal = Proposal.of(contract, Order(), picture, now_ns)
    quote = picture.quotes.of(contract)
    multiplier = proposal.multiplier
    magnifier = (proposal.details.price_magnifier if proposal.details else 0) or 1
    cost, quantity = position.average_cost, float(position.quantity)
    price, value, unrealized = (
        position.market_price,
        position.market_value,
        position.unrealized_pnl,
    )
    age: float | None = (now_ns - position.updated_ns) / _SECOND
    if quote is not None and quote.price is not None:
        price = quote.price
        is_live = proposal.market is not None and proposal.market.is_fresh
        age = None if is_live else quote.age_seconds(now_ns)
        if multiplier is not None:
            value = quantity * price / magnifier * multiplier
            unrealized = None if cost is None else value - quantity * cost
    if not position.is_open:
        value, unrealized = None, None
    return PositionRow(
        position=position,
        increments=Rules.of(contract, picture).increments,
        cost=None if cost is None or multiplier is None else cost * magnifier / multiplier,
        price=price,
        age_seconds=None if price is None else age,
        value=value,
        unrealized=unrealized,
        realized=position.realized_pnl,
        daily=position.daily_pnl,
    )


def sorted_rows(rows: Iterable[PositionRow]) -> tuple[PositionRow, ...]:
    """What is held first, by symbol; then what was closed."""
    return tuple(
        sorted(rows, key=lambda row: (not row.position.is_open, str(row.position.contract)))
    )


def totals(rows: Iterable[PositionRow]) -> tuple[Totals, ...]:
    """The sums in each currency, in the order of the rows."""
    by_currency: dict[str, list[PositionRow]] = {}
    for row in rows:
        by_currency.setdefault(row.currency, []).append(row)
    return tuple(_totals(currency, each) for currency, each in by_currency.items())


def row_cell(row: PositionRow, column: str) -> Cell:
    """One cell of a position's row."""
    cell = _CELLS[column](row)
    dim = not row.position.is_open or (row.is_old and column in _PRICED)
    return Cell(safe_text(cell.text), "stale" if dim else cell.style)


def total_cell(total: Totals, column: str) -> Cell:
    """One cell of a row of totals."""
    if column == "Symbol":
        return Cell(f"Total {total.currency}".rstrip())
    if column not in _FIGURES:
        return Cell("")
    amount = total.sums[column]
    cell = Cell(money(amount)) if column == "Market value" else _signed(amount)
    marks = "*" if total.missing[column] and amount is not None else ""
    if total.old and column in _PRICED and amount is not None:
        marks += "~"
    return cell._replace(text=f"{marks}{cell.text}")


_PRICED = frozenset({"Last", "Market value", "Unrealised"})
"""Columns that follow from the price."""


def _totals(currency: str, rows: list[PositionRow]) -> Totals:
    sums: dict[str, float | None] = {}
    missing: dict[str, tuple[str, ...]] = {}
    for column, figure in _FIGURES.items():
        counted = [row for row in rows if row.position.is_open or figure in ("realized", "daily")]
        told = [(str(row.position.contract), getattr(row, figure)) for row in counted]
        known = [value for _, value in told if value is not None]
        sums[column] = sum(known) if known else None
        missing[column] = tuple(dict.fromkeys(name for name, value in told if value is None))
    old = tuple(str(row.position.contract) for row in rows if row.position.is_open and row.is_old)
    return Totals(currency, sums, missing, old)


def _signed(amount: float | None) -> Cell:
    text = change(amount)
    style = {"+": "up", "-": "down"}.get(text[0], "unchanged")
    return Cell(text, "" if text == NOTHING else style)


def _last(row: PositionRow) -> Cell:
    if row.price is None:
        return Cell(NOTHING)
    text = price_text(row.price, row.increments)
    return Cell(text if row.age_seconds is None else f"{text} {age(row.age_seconds)}")


_CELLS: dict[str, Callable[[PositionRow], Cell]] = {
    "Symbol": lambda row: Cell(str(row.position.contract)),
    "Position": lambda row: Cell(quantity(row.position.quantity)),
    "Avg cost": lambda row: Cell(money(row.cost) if row.position.is_open else NOTHING),
    "Last": _last,
    "Market value": lambda row: Cell(money(row.value)),
    "Unrealised": lambda row: _signed(row.unrealized),
    "Realised": lambda row: _signed(row.realized),
    "Daily P&L": lambda row: _signed(row.daily),
    "Account": lambda row: Cell(row.position.key.account),
}
