"""Chain view: what the option chain shows at a moment.

Owns the underlying, its classes and expiries with the chosen ones, the rows around the money, and
the words that sum them up. Reads quotes from the picture; knows nothing of loading or painting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from workstation.model import Contract, ContractDetails
from workstation.state.contracts import OptionClass
from workstation.state.picture import Picture
from workstation.ui import formatting
from workstation.ui.panes.chain_cells import (
    MONEY,
    ChainLook,
    chain_cell,
    columns_for,
    line_cell,
    lined_keys,
    side_and_field,
    strike_decimals,
)
from workstation.ui.panes.chain_rows import (
    ChainRow,
    Expiry,
    classes_in_order,
    computation_of,
    expected_move,
    expiries_of,
    nearest_row,
    rows_of,
    settlement_word,
    window,
)
from workstation.ui.widgets.grid import EMPTY, Cell, Column

__all__ = ["ChainView"]


class ChainView:
    """The chain of one underlying after the other.

    Args:
        picture: where quotes are.
        strikes_each_side: how many strikes are shown below and above the money; 0 shows all.
    """

    def __init__(self, picture: Picture, strikes_each_side: int) -> None:
        self._picture = picture
        self._strikes_each_side = strikes_each_side
        self._classes: tuple[OptionClass, ...] = ()
        self.today = date.min
        self._preferred_date = ""
        self._all: tuple[ChainRow, ...] = ()
        self._by_key: dict[str, ChainRow] = {}
        self._instruments: dict[str, str] = {}
        self._columns: dict[str, Column] = {}
        self._is_around_money = False
        self.underlying: Contract | None = None
        self.class_number = 0
        self.expiries: tuple[Expiry, ...] = ()
        self.expiry_number = 0
        self.rows: tuple[ChainRow, ...] = ()
        """The strikes around the money, lowest first."""
        self.keys: list[str] = []
        """Keys of the rows, with the line at the money among them."""
        self.look = ChainLook()

    # What is shown

    @property
    def option_class(self) -> OptionClass | None:
        """The chosen class; None while there is none."""
        return self._classes[self.class_number] if self._classes else None

    @property
    def expiry(self) -> Expiry | None:
        """The chosen expiry; None while there is none."""
        return self.expiries[self.expiry_number] if self.expiries else None

    def row(self, key: str) -> ChainRow | None:
        """A row by its key; None for the line and for rows of another expiry."""
        return self._by_key.get(key)

    def rows_of(self, instruments: Iterable[str]) -> set[str]:
        """Keys of the rows that show these instruments; the line shows the underlying."""
        known = self._instruments
        return {known[each] for each in instruments if each in known}

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns that fit, wide enough for the dearest option there can be."""
        price = self.look.price
        longest = 0
        if price is not None and self.rows:
            dearest = max(abs(each.strike - price) for each in self.rows) * 1.05
            longest = len(formatting.price(dearest))
        columns = columns_for(width, longest)
        self._columns = {each.key: each for each in columns}
        return columns

    def cell(self, key: str, column: str) -> Cell:
        """What stands in a row and one of the columns."""
        if key == MONEY:
            return line_cell(self._columns[column], self.look)
        row = self._by_key.get(key)
        if row is None:
            return EMPTY
        details = row.side(side_and_field(column)[0])
        quote = None if details is None else self._picture.quotes.of(details.contract)
        return chain_cell(row, column, quote, self.look)

    def contracts(self, visible: Iterable[str]) -> tuple[Contract, ...]:
        """Options of the rows with these keys, and those at the money, which tell the move."""
        keys = dict.fromkeys((*visible, self.look.at_the_money))
        rows = (self._by_key[key] for key in keys if key in self._by_key)
        sides = (side for row in rows for side in (row.call, row.put))
        return tuple(side.contract for side in sides if side is not None)

    def facts(self, now_ns: int) -> str:
        """The chain in a line: price, days, expected move, strikes, class."""
        expiry, chosen = self.expiry, self.option_class
        if expiry is None or chosen is None or self.underlying is None:
            return ""
        price = formatting.price(self.look.price, self.look.underlying_decimals)
        shown, known = len(self.rows), len(self._all)
        told = (
            f"{self.underlying.symbol} {price}",
            self._move_words(),
            f"{expiry.days} day{'' if expiry.days == 1 else 's'}",
            self._age_words(now_ns),
            self._class_words(chosen),
            f"{shown} strikes" if shown == known else f"{shown} of {known} strikes",
        )
        return " · ".join(filter(None, told))

    # What comes

    def begin(self, underlying: Contract) -> None:
        """Another underlying; nothing is known of its options yet."""
        self.underlying = underlying
        self._classes = ()
        self.class_number = 0
        self.expiries = ()
        self._empty()

    def take_classes(
        self, underlying: Contract, classes: Iterable[OptionClass], today: date
    ) -> None:
        """The underlying's classes of options came; the standard one is chosen."""
        self.underlying = underlying
        self.today = today
        self._classes = classes_in_order(classes, underlying.symbol)
        self.class_number = 0
        self._take_expiries()

    def pick_class(self, number: int) -> bool:
        """Choose another class; whether there is one."""
        if not 0 <= number < len(self._classes) or number == self.class_number:
            return False
        self.class_number = number
        self._take_expiries()
        return True

    def pick_expiry(self, number: int) -> bool:
        """Choose another expiry; whether there is one."""
        if not 0 <= number < len(self.expiries) or number == self.expiry_number:
            return False
        self.expiry_number = number
        self._preferred_date = self.expiries[number].last_trade_date
        self._empty()
        return True

    def take_options(self, details: Sequence[ContractDetails]) -> None:
        """The options of the chosen expiry came."""
        chosen = self.option_class
        self._empty()
        if chosen is not None:
            self._all = rows_of(details, chosen)
            self._place_rows()

    def move_money(self) -> bool:
        """The underlying's price moved; whether rows, shades or the line are other ones now."""
        before, keys = self.look, self.keys
        if not self._is_around_money:
            self._place_rows()
        else:
            self._look_again()
        return keys != self.keys or before.at_the_money != self.look.at_the_money

    # Inside

    def _empty(self) -> None:
        self._all = self.rows = ()
        self._is_around_money = False
        self.keys, self._by_key, self._instruments = [], {}, {}
        self.look = ChainLook(price=self._price())

    def _take_expiries(self) -> None:
        chosen = self.option_class
        self.expiries = () if chosen is None else expiries_of(chosen, self.today)
        dates = [each.last_trade_date for each in self.expiries]
        # Who compares two underlyings wants the same expiry of both.
        wanted = self._preferred_date
        self.expiry_number = dates.index(wanted) if wanted in dates else 0
        self._empty()

    def _place_rows(self) -> None:
        """Choose the strikes around the money; they stay when the money moves on."""
        price = self._price()
        self._is_around_money = price is not None
        self.rows = window(self._all, price, self._strikes_each_side)
        self._by_key = {row.key: row for row in self.rows}
        key = self._picture.contracts.key
        self._instruments = {
            key(side.contract): row.key
            for row in self.rows
            for side in (row.call, row.put)
            if side is not None
        }
        if self.underlying is not None:
            self._instruments[key(self.underlying)] = MONEY
        self._look_again()

    def _look_again(self) -> None:
        before, price = self.keys, self._price()
        index = nearest_row(self.rows, price, self.look.at_the_money)
        self.keys = lined_keys(self.rows, price, before)
        self.look = ChainLook(
            price=price,
            # Shades and line say the same, also while the price only touches a strike.
            shaded_at=self.look.shaded_at if self.keys == before else price,
            at_the_money="" if index is None else self.rows[index].key,
            strike_decimals=strike_decimals(self.rows),
            underlying_decimals=self._underlying_decimals(),
        )

    def _price(self) -> float | None:
        """The underlying's price; without a quote of it, the one its options were valued at."""
        if self.underlying is None:
            return None
        quote = self._picture.quotes.of(self.underlying)
        if quote is not None and quote.price is not None:
            return quote.price
        for side in (side for row in self.rows for side in (row.call, row.put)):
            option = None if side is None else self._picture.quotes.of(side.contract)
            told = None if option is None else computation_of(option)
            if told is not None and told.underlying_price is not None:
                return told.underlying_price
        return None

    def _underlying_decimals(self) -> int:
        quote = None if self.underlying is None else self._picture.quotes.of(self.underlying)
        return formatting.decimals_of(None if quote is None else quote.min_tick)

    def _move_words(self) -> str:
        row = self._by_key.get(self.look.at_the_money)
        move = None if row is None else expected_move(row, self._picture.quotes.of)
        if move is None or not self.look.price:
            return f"±{formatting.NOTHING}"
        return f"±{formatting.price(move)} ({100 * move / self.look.price:.1f}%)"

    def _age_words(self, now_ns: int) -> str:
        row = self._by_key.get(self.look.at_the_money)
        side = None if row is None else row.call or row.put
        quote = None if side is None else self._picture.quotes.of(side.contract)
        if quote is None or not quote.stale:
            return ""
        return f"STALE {formatting.age(quote.age_seconds(now_ns))}"

    def _class_words(self, chosen: OptionClass) -> str:
        sides = (side for row in self.rows for side in (row.call, row.put) if side is not None)
        first = next(sides, None)
        words = f"{chosen.trading_class} ×{chosen.multiplier}"
        settlement = "" if first is None else settlement_word(first)
        number = f"({self.class_number + 1} of {len(self._classes)})"
        return " ".join(filter(None, (words, settlement, number if len(self._classes) > 1 else "")))
