"""Stock index: a named set of stocks, looked up by symbol or name.

Owns look-up, by item, attribute and iteration, and how a wrong symbol is refused. Leaves to
`constituents` where the members come from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from workstation.errors import InvalidValue
from workstation.model.contracts import Contract
from workstation.model.data_frame import frame_of_rows
from workstation.model.indexes.constituents import (
    Constituent,
    Source,
    constituents,
    data_version,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["StockIndex"]

_NEAR_MATCHES = 5
_MARKS = re.compile(r"[^0-9A-Z]")


class StockIndex:
    """A stock index. Its members are read at the first look.

    A member is found by its symbol, with a dot, a dash or a gap, in capitals or not, or by its
    whole name: `index["BRK B"]`, `index["brk.b"]`, `index["Berkshire Hathaway"]`.

    Its stock is also an attribute: the symbol with an underscore for whatever is neither letter nor
    digit (`index.BRK_B`), and with one in front where it begins with a digit (`index._7203`).

    Where two members share a symbol at two exchanges, the exchange tells them apart:
    `EuroStoxx50()["SAN BM"]`, `EuroStoxx50().SAN_BM`; the symbol alone is refused.

    Args:
        name: the name people use.
        source: where the data keeps it.
    """

    def __init__(self, name: str, source: Source) -> None:
        self.name = name
        self._source = source

    @property
    def currency(self) -> str:
        """In which its members are priced."""
        return self._source.currency

    @property
    def version(self) -> str:
        """Package and version of the data: who is a member is as old as that."""
        return data_version()

    @property
    def members(self) -> tuple[Constituent, ...]:
        """All members, by symbol; those whose symbol is not known come last."""
        return constituents(self._source)

    @property
    def symbols(self) -> tuple[str, ...]:
        """All known symbols as Bridges write them (`BRK B`), sorted."""
        return tuple(member.symbol for member in self.members if member.symbol)

    @property
    def sectors(self) -> tuple[str, ...]:
        """All sectors, sorted."""
        return tuple(sorted({member.sector for member in self.members}))

    @property
    def unidentified(self) -> tuple[Constituent, ...]:
        """Members of whom the data has neither symbol nor ISIN: `stocks` leaves them out."""
        return tuple(member for member in self.members if not member.is_identified)

    def stocks(self) -> tuple[Contract, ...]:
        """A smart-routed contract for each identified member, by symbol.

        With a primary exchange where the data names one; by ISIN where it has no symbol.
        """
        return tuple(member.stock() for member in self.members if member.is_identified)

    def sector(self, symbol: str) -> str:
        """The sector of a member.

        Raises:
            InvalidValue: no member has that symbol or name.
        """
        return self[symbol].sector

    def in_sector(self, sector: str) -> tuple[Constituent, ...]:
        """The members of a sector, by symbol.

        Raises:
            InvalidValue: no member is in such a sector.
        """
        found = tuple(member for member in self.members if member.sector == sector)
        if not found:
            raise InvalidValue("sector", sector, f"the sectors are {', '.join(self.sectors)}")
        return found

    def matching(self, text: str) -> tuple[Constituent, ...]:
        """The members whose symbol begins with a text or whose name holds it; by symbol."""
        wanted, typed = _squeezed(text), text.strip().casefold()
        return tuple(
            member
            for member in self.members
            if wanted
            and (_squeezed(member.symbol).startswith(wanted) or typed in member.name.casefold())
        )

    def to_frame(self) -> pd.DataFrame:
        """One row a member, one column a fact, in the order of `members`."""
        return frame_of_rows(self.members, Constituent)

    def __getitem__(self, symbol: str) -> Constituent:
        """The member with that symbol, or that whole name.

        Raises:
            InvalidValue: there is none; the nearest are named.
        """
        member = self._found(symbol)
        if member is None:
            raise InvalidValue("symbol", symbol, self._advice(symbol))
        return member

    def __getattr__(self, name: str) -> Contract:
        """The stock of a member: `Dow30().AAPL`, `SP500().BRK_B`, `Nikkei225()._7203`."""
        if name.startswith("_") and not name[1:2].isdigit():
            # No symbol begins so; copying and pickling ask before there are any attributes.
            raise AttributeError(name)
        member = self._found(name)
        if member is None:
            raise AttributeError(f"{name!r}: {self._advice(name)}", name=name, obj=self)
        return member.stock()

    def __dir__(self) -> list[str]:
        """Attributes and members, for completion at a prompt."""
        return [*super().__dir__(), *map(_attribute, _spellings(self._source))]

    def __contains__(self, symbol: object) -> bool:
        return isinstance(symbol, str) and self._found(symbol) is not None

    def __iter__(self) -> Iterator[Constituent]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def _found(self, text: str) -> Constituent | None:
        return _looked_up(self._source).get(_squeezed(text))

    def _advice(self, text: str) -> str:
        twins = [
            spelling
            for spelling, member in _spellings(self._source).items()
            if _squeezed(member.symbol) == _squeezed(text)
        ]
        if twins:
            return f"several members of the {self.name} have it: {', '.join(twins)}"
        names = {member.name.casefold(): member for member in self.members}
        close = get_close_matches(text.casefold(), names, n=_NEAR_MATCHES, cutoff=0.6)
        similar = (*self.matching(text), *(names[name] for name in close))
        near = [
            *(f"{member.symbol} ({member.name})".strip() for member in similar[:2]),
            *get_close_matches(text.upper(), self.symbols, n=_NEAR_MATCHES, cutoff=0.5),
        ]
        named = ", ".join(list(dict.fromkeys(near))[:_NEAR_MATCHES])
        where = f"near it are {named}" if named else "nothing is near it"
        return f"it is no member of the {self.name}; {where}"


@cache
def _looked_up(source: Source) -> dict[str, Constituent]:
    """Members by symbol and by name; a symbol goes before a name that reads the same."""
    spellings = _spellings(source)
    names = {_squeezed(member.name): member for member in constituents(source)}
    ambiguous = {_squeezed(member.symbol) for member in spellings.values()}
    by_name = {name: each for name, each in names.items() if name and name not in ambiguous}
    return by_name | {_squeezed(spelling): member for spelling, member in spellings.items()}


@cache
def _spellings(source: Source) -> dict[str, Constituent]:
    """Members by what names them alone: the symbol, with the exchange where two share it."""
    members = [member for member in constituents(source) if member.symbol]
    counts = Counter(member.symbol for member in members)
    return {
        member.symbol
        if counts[member.symbol] == 1
        else f"{member.symbol} {member.primary_exchange}": member
        for member in members
    }


def _attribute(symbol: str) -> str:
    spelled = _MARKS.sub("_", symbol.upper())
    return f"_{spelled}" if spelled[0].isdigit() else spelled


def _squeezed(text: str) -> str:
    """`BRK B`, `brk.b` and `BRK_B` are one symbol."""
    return _MARKS.sub("", text.upper())
