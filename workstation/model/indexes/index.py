"""Index: a named set of stocks, looked up by symbol.

Owns look-up, by item, attribute and iteration, and how a wrong symbol is refused. Leaves to
`constituents` where the members come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from workstation.errors import InvalidValue
from workstation.model.contracts import Contract, Stock
from workstation.model.indexes.constituents import Constituent, constituents

__all__ = ["SP500", "Dow30", "Index"]

_NEAR_MATCHES = 3


class Index:
    """A stock index. Its members are read at the first look.

    A member is found as `index["BRK B"]`, with a dot or a gap, in capitals or not; its stock also
    as an attribute, with an underscore: `index.BRK_B`.

    Args:
        name: the name people use.
        source_name: its name in the data.
    """

    def __init__(self, name: str, source_name: str) -> None:
        self.name = name
        self._source_name = source_name

    @property
    def members(self) -> tuple[Constituent, ...]:
        """All members, by symbol."""
        return constituents(self._source_name)

    @property
    def symbols(self) -> tuple[str, ...]:
        """All symbols as Bridges write them (`BRK B`), sorted."""
        return tuple(member.symbol for member in self.members)

    @property
    def sectors(self) -> tuple[str, ...]:
        """All sectors, sorted."""
        return tuple(sorted({member.sector for member in self.members}))

    def stocks(self) -> tuple[Contract, ...]:
        """A smart-routed contract for each member, by symbol.

        With a primary exchange where the data names one.
        """
        return tuple(map(_stock, self.members))

    def sector(self, symbol: str) -> str:
        """The sector of a member.

        Raises:
            InvalidValue: no member has that symbol.
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

    def __getitem__(self, symbol: str) -> Constituent:
        """The member with that symbol.

        Raises:
            InvalidValue: there is none; the nearest symbols are named.
        """
        member = self._by_symbol.get(_squeezed(symbol))
        if member is None:
            raise InvalidValue("symbol", symbol, self._advice(symbol))
        return member

    def __getattr__(self, name: str) -> Contract:
        """The stock of a member: `Dow30().AAPL`, `SP500().BRK_B`."""
        if name.startswith("_"):
            # No symbol begins so; copying and pickling ask before there are any attributes.
            raise AttributeError(name)
        member = self._by_symbol.get(_squeezed(name))
        if member is None:
            raise AttributeError(f"{name!r}: {self._advice(name)}", name=name, obj=self)
        return _stock(member)

    def __dir__(self) -> list[str]:
        """Attributes and members, for completion at a prompt."""
        return [*super().__dir__(), *(symbol.replace(" ", "_") for symbol in self.symbols)]

    def __contains__(self, symbol: object) -> bool:
        return isinstance(symbol, str) and _squeezed(symbol) in self._by_symbol

    def __iter__(self) -> Iterator[Constituent]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)

    def __repr__(self) -> str:
        return f"<{self.name}>"

    @property
    def _by_symbol(self) -> dict[str, Constituent]:
        return _members_by_symbol(self._source_name)

    def _advice(self, symbol: str) -> str:
        near = get_close_matches(symbol.upper(), self.symbols, n=_NEAR_MATCHES, cutoff=0.5)
        named = f"near it are {', '.join(near)}" if near else "nothing is near it"
        return f"it is no member of the {self.name}; {named}"


@cache
def Dow30() -> Index:  # noqa: N802  an index reads like the name it is
    """The Dow Jones Industrial Average: 30 names."""
    return Index("Dow 30", "DOW JONES")


@cache
def SP500() -> Index:  # noqa: N802  as above
    """The S&P 500: 503 names, for some companies have two classes of shares."""
    return Index("S&P 500", "S&P 500")


@cache
def _members_by_symbol(source_name: str) -> dict[str, Constituent]:
    return {_squeezed(member.symbol): member for member in constituents(source_name)}


def _stock(member: Constituent) -> Contract:
    return Stock(member.symbol, primary_exchange=member.primary_exchange)


def _squeezed(symbol: str) -> str:
    """`BRK B`, `brk.b` and `BRK_B` are one symbol."""
    return symbol.upper().replace(" ", "").replace(".", "").replace("_", "").replace("-", "")
