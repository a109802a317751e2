"""Chain rows: an option chain as rows of calls, strikes and puts.

Owns which expiries and classes there are and in which order, the rows of one expiry, where the
money is, and what follows from the quotes (the expected move). Pure: it is given contract details,
quotes and the date, and asks for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from workstation.model import Contract, ContractDetails, Right
from workstation.protocol.catalog import TickOptionComputation
from workstation.state.contracts import OptionClass
from workstation.state.quote import Quote

__all__ = [
    "CROSSING",
    "ChainRow",
    "Expiry",
    "classes_in_order",
    "computation_of",
    "day_in_new_york",
    "expected_move",
    "expiries_of",
    "gap_at",
    "nearest_row",
    "rows_of",
    "settlement_word",
    "window",
]

_NEW_YORK = ZoneInfo("America/New_York")
_SMART = "SMART"
_STANDARD_MULTIPLIER = "100"
_FRIDAY = 4

CROSSING = 0.05
"""Part of the gap between strikes that a price must go beyond one before rows change places: else
they would do so with every tick around a strike."""

QuoteOf = Callable[[Contract], Quote | None]


class Expiry(NamedTuple):
    """One expiry of a class of options."""

    last_trade_date: str
    """`YYYYMMDD`."""
    day: date
    days: int
    """Calendar days until then; 0 on the day itself."""
    is_weekly: bool
    """Whether it is another day than the month's standard one."""


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One strike; a side that does not exist is None."""

    key: str
    strike: float
    call: ContractDetails | None = None
    put: ContractDetails | None = None

    def side(self, right: str) -> ContractDetails | None:
        """The call or the put."""
        return self.call if right == Right.CALL else self.put

    def is_in_the_money(self, right: str, price: float | None) -> bool:
        """Whether exercising would pay at a price of the underlying."""
        if price is None:
            return False
        return self.strike < price if right == Right.CALL else self.strike > price


def day_in_new_york(time_ns: int) -> date:
    """The day there: the one that counts down to an expiry."""
    return datetime.fromtimestamp(time_ns / 1_000_000_000, _NEW_YORK).date()


def classes_in_order(classes: Iterable[OptionClass], symbol: str) -> tuple[OptionClass, ...]:
    """One entry for each trading class and multiplier, the standard one first.

    A class is told once for each exchange that trades it: SMART stands for all of them.
    """
    chosen: dict[tuple[str, str], OptionClass] = {}
    for each in classes:
        name = (each.trading_class, each.multiplier)
        if name not in chosen or each.exchange == _SMART:
            chosen[name] = each
    plain = symbol.replace(" ", "").replace(".", "")
    return tuple(
        sorted(
            (each for each in chosen.values() if each.expirations),
            key=lambda each: (
                each.trading_class != plain,
                each.multiplier != _STANDARD_MULTIPLIER,
                each.trading_class,
                each.multiplier,
            ),
        )
    )


def expiries_of(chosen: OptionClass, today: date) -> tuple[Expiry, ...]:
    """Expiries that are not over, nearest first; dates that are none are left out."""
    days = {text: day for text in chosen.expirations if (day := _day_or_none(text)) is not None}
    listed = frozenset(days.values())
    return tuple(
        Expiry(text, day, (day - today).days, not _is_standard(day, listed))
        for text, day in sorted(days.items())
        if day >= today
    )


def rows_of(details: Iterable[ContractDetails], chosen: OptionClass) -> tuple[ChainRow, ...]:
    """Rows of one expiry, lowest strike first, from the contracts that exist."""
    sides: dict[float, dict[str, ContractDetails]] = {}
    for each in details:
        contract = each.contract
        if contract.strike is None or not _belongs(contract, chosen):
            continue
        sides.setdefault(contract.strike, {}).setdefault(contract.right[:1], each)
    return tuple(
        ChainRow(f"{strike:.10g}", strike, pair.get(Right.CALL), pair.get(Right.PUT))
        for strike, pair in sorted(sides.items())
    )


def nearest_row(rows: Sequence[ChainRow], price: float | None, stay: str = "") -> int | None:
    """Index of the strike nearest to a price; None without a price.

    Args:
        rows: lowest strike first; of two as near the lower one counts.
        price: of the underlying.
        stay: key of the row that was nearest; it stays so until another is clearly nearer.
    """
    if price is None or not rows:
        return None
    distances = [abs(row.strike - price) for row in rows]
    nearest = min(range(len(rows)), key=lambda index: distances[index])
    for index in (nearest - 1, nearest + 1):
        if 0 <= index < len(rows) and rows[index].key == stay:
            clearly = 2 * CROSSING * gap_at(rows, index)
            return nearest if distances[index] - distances[nearest] > clearly else index
    return nearest


def gap_at(rows: Sequence[ChainRow], index: int) -> float:
    """Distance from a strike to the nearest other one; 0 when it stands alone."""
    near = [rows[other].strike for other in (index - 1, index + 1) if 0 <= other < len(rows)]
    return min((abs(strike - rows[index].strike) for strike in near), default=0.0)


def window(
    rows: Sequence[ChainRow], price: float | None, strikes_each_side: int
) -> tuple[ChainRow, ...]:
    """Strikes around the money.

    Args:
        rows: all strikes.
        price: of the underlying; None takes the middle of the chain for the money.
        strikes_each_side: how many below and above the one at the money; 0 shows all.
    """
    if strikes_each_side <= 0:
        return tuple(rows)
    middle = nearest_row(rows, price)
    if middle is None:
        middle = len(rows) // 2
    return tuple(rows[max(0, middle - strikes_each_side) : middle + strikes_each_side + 1])


def expected_move(row: ChainRow, quote_of: QuoteOf) -> float | None:
    """The move until expiry that the straddle at the money is priced for.

    In the underlying's currency, up or down; None when call or put has no price.
    """
    call, put = (
        None if side is None else _middle(quote_of(side.contract)) for side in (row.call, row.put)
    )
    return None if call is None or put is None else call + put


def computation_of(quote: Quote) -> TickOptionComputation | None:
    """What the Bridge's model says of an option, else what its bid or its ask implies."""
    told = (quote.model_computation, quote.bid_computation, quote.ask_computation)
    return next((each for each in told if each is not None and each.delta is not None), None)


def settlement_word(details: ContractDetails) -> str:
    """`AM` where an index option settles on the morning after its last trading day, else `PM`.

    Empty for options on anything but an index: those are delivered, not settled at a price.
    """
    if details.under_security_type != "IND":
        return ""
    last_day = details.last_trade_date[:8] or details.contract.last_trade_date[:8]
    return "AM" if details.real_expiration_date[:8] > last_day else "PM"


def _middle(quote: Quote | None) -> float | None:
    if quote is None:
        return None
    return quote.mid if quote.mid is not None else quote.last


def _belongs(contract: Contract, chosen: OptionClass) -> bool:
    """Whether a contract is of the class; what the Bridge leaves empty fits any."""
    return contract.trading_class in ("", chosen.trading_class) and contract.multiplier in (
        "",
        chosen.multiplier,
    )


def _is_standard(day: date, listed: frozenset[date]) -> bool:
    """Whether a day is the month's third Friday, or stands in for it when that is a holiday."""
    first = day.replace(day=1)
    third_friday = first + timedelta((_FRIDAY - first.weekday()) % 7 + 14)
    if day == third_friday:
        return True
    return day == third_friday - timedelta(1) and third_friday not in listed


def _day_or_none(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
