"""Watchlists: named lists of instruments.

Owns where a list comes from: a built-in index by its word, or a file with one symbol a line.
"""

from __future__ import annotations

import re
from pathlib import Path

from workstation.errors import InvalidValue
from workstation.model import Contract, Record, Stock
from workstation.model.indexes import SP500, Dow30

__all__ = ["Watchlist", "load_watchlist", "named_watchlist"]

_SYMBOL = re.compile(r"[A-Z0-9][A-Z0-9 .\-]{0,11}")
_HEADINGS = frozenset({"SYMBOL", "SYMBOLS", "TICKER"})
"""What may stand above the first column."""
_MOST_ROWS = 5000


class Watchlist(Record):
    """A list of instruments under a name."""

    name: str
    contracts: tuple[Contract, ...] = ()


def named_watchlist(word: str) -> Watchlist:
    """A built-in list.

    Args:
        word: dow30 or sp500.

    Raises:
        InvalidValue: there is no such list.
    """
    if word == "dow30":
        return Watchlist(name="Dow 30", contracts=tuple(Dow30().stocks()))
    if word == "sp500":
        return Watchlist(name="S&P 500", contracts=tuple(SP500().stocks()))
    raise InvalidValue("watchlist", word, "built in are dow30 and sp500")


def load_watchlist(path: Path) -> Watchlist:
    """A list from a file: one symbol a line, or the first column of a CSV file.

    Empty lines, what follows a `#` and a heading are passed over; a symbol named twice is listed
    once.

    Raises:
        InvalidValue: the file can not be read, or a line holds no symbol; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue("watchlist", str(path), f"it can not be read: {error}") from error
    symbols: dict[str, None] = {}
    for number, line in enumerate(lines, 1):
        symbol = line.partition("#")[0].partition(",")[0].strip().strip('"').upper()
        if not symbol or (symbol in _HEADINGS and not symbols):
            continue
        if not _SYMBOL.fullmatch(symbol):
            where = f"{path}, line {number}"
            raise InvalidValue(where, symbol[:40], "a symbol such as AAPL or BRK B")
        symbols[symbol.replace(".", " ")] = None
    if not symbols:
        raise InvalidValue("watchlist", str(path), "it names no symbol")
    if len(symbols) > _MOST_ROWS:
        raise InvalidValue("watchlist", str(path), f"at most {_MOST_ROWS} symbols")
    return Watchlist(name=path.stem, contracts=tuple(map(Stock, symbols)))
