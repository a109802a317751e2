"""Margin: what positions need to be held, in the manner of IBKR's margin accounts.

Stocks need 25 % of their value when held long; sold short 30 %, or for cheap ones a floor a share.
Options are matched into strategies, underlying by underlying: shorts against stock that covers
them, then against longs of the same right that last as long (a spread, which needs what it can
lose), and what is left stands naked. Short calls and puts of one underlying are taken for
straddles and strangles: only the dearer side is needed in full. Regulation T, which counts at the
end of the day, wants half of what stocks are worth, whichever side.

Pure; leaves positions and prices to the account. Amounts are dollars. Equity with loan value does
not count options, so long ones need no margin on top, and shorts need what they are worth too.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from workstation.simulator.chains import MULTIPLIER, OptionListing
from workstation.simulator.instruments import Listing

__all__ = ["Margin", "Position", "margin_of"]

_LONG = Decimal("0.25")
_SHORT = Decimal("0.30")
_REG_T = Decimal("0.5")
_CHEAP, _CHEAPER, _CHEAPEST = Decimal("16.67"), Decimal(5), Decimal("2.5")
"""Below these prices a share sold short needs 5 dollars, its whole price, and 2.50."""
_NAKED = Decimal("0.2")
_NAKED_LEAST = Decimal("0.1")
_NOTHING = Decimal(0)


class Position(NamedTuple):
    """One position, priced."""

    listing: Listing
    quantity: Decimal
    """Negative when short."""
    price: Decimal
    """Of one share."""
    underlying_price: Decimal
    """The same for a stock."""


class Margin(NamedTuple):
    """What positions need."""

    initial: Decimal
    maintenance: Decimal
    reg_t: Decimal


@dataclass(slots=True)
class _Book:
    """The positions on one underlying."""

    price: Decimal
    shares: Decimal = _NOTHING
    longs: list[_Option] = field(default_factory=list)
    shorts: list[_Option] = field(default_factory=list)


@dataclass(slots=True)
class _Option:
    """Contracts of one option that are not matched yet."""

    right: str
    expiry: date
    strike: Decimal
    price: Decimal
    count: Decimal


def margin_of(positions: Iterable[Position]) -> Margin:
    """What all positions together need."""
    books: dict[int, _Book] = {}
    for position in positions:
        _put(books, position)
    stocks = sum((_stock(book.shares, book.price) for book in books.values()), _NOTHING)
    reg_t = sum((abs(book.shares) * book.price * _REG_T for book in books.values()), _NOTHING)
    options = sum((_options(book) for book in books.values()), _NOTHING)
    return Margin(stocks + options, stocks + options, reg_t + options)


def _put(books: dict[int, _Book], position: Position) -> None:
    listing, quantity = position.listing, position.quantity
    if not isinstance(listing, OptionListing):
        book = books.setdefault(listing.contract_id, _Book(position.underlying_price))
        book.shares += quantity
        return
    book = books.setdefault(listing.underlying.contract_id, _Book(position.underlying_price))
    option = _Option(
        listing.right,
        listing.expiry,
        Decimal(str(listing.strike)),
        position.price,
        abs(quantity),
    )
    (book.longs if quantity > 0 else book.shorts).append(option)


def _stock(shares: Decimal, price: Decimal) -> Decimal:
    if shares >= 0:
        return shares * price * _LONG
    return -shares * _short_share(price)


def _short_share(price: Decimal) -> Decimal:
    """What one share sold short needs."""
    if price >= _CHEAP:
        return price * _SHORT
    return _CHEAPER if price >= _CHEAPER else max(price, _CHEAPEST)


def _options(book: _Book) -> Decimal:
    """What the options on one underlying need, matched in the way that needs least."""
    if not book.shorts:
        return _NOTHING
    # A short that is half of a strangle may need less without the long that could cover it.
    choices = ("CP", "C", "P", "")
    return min(_needed(deepcopy(book), spread_rights) for spread_rights in choices)


def _needed(book: _Book, spread_rights: str) -> Decimal:
    covered = {"C": book.shares // MULTIPLIER, "P": -book.shares // MULTIPLIER}
    needed = _NOTHING
    naked = {"C": _NOTHING, "P": _NOTHING}
    # The deepest in the money first: they need cover most.
    for short in sorted(book.shorts, key=_depth, reverse=True):
        by_stock = max(_NOTHING, min(short.count, Decimal(covered[short.right])))
        covered[short.right] -= by_stock
        short.count -= by_stock
        needed += by_stock * short.price * MULTIPLIER
        if short.right in spread_rights:
            needed += _spreads(short, book.longs)
        naked[short.right] += short.count * _naked(short, book.price)
    calls, puts = naked["C"], naked["P"]
    return needed + max(calls, puts) + _other_side(book.shorts, calls, puts)


def _spreads(short: _Option, longs: list[_Option]) -> Decimal:
    """Match a short with longs that cover it, and give what the spreads need."""
    needed = _NOTHING
    fitting = [o for o in longs if o.right == short.right and o.expiry >= short.expiry]
    for long in sorted(fitting, key=lambda o: _loss(short, o)):
        count = min(short.count, long.count)
        if not count or _loss(short, long) >= short.strike * _NAKED + short.price:
            continue
        short.count -= count
        long.count -= count
        needed += count * MULTIPLIER * _loss(short, long)
    return needed


def _loss(short: _Option, long: _Option) -> Decimal:
    """The most a share of a spread can lose at expiry, premiums aside."""
    apart = long.strike - short.strike if short.right == "C" else short.strike - long.strike
    return max(_NOTHING, apart)


def _naked(short: _Option, price: Decimal) -> Decimal:
    """What one short contract by itself needs."""
    outside = short.strike - price if short.right == "C" else price - short.strike
    least = price if short.right == "C" else short.strike
    share = max(price * _NAKED - max(_NOTHING, outside), least * _NAKED_LEAST)
    return (short.price + share) * MULTIPLIER


def _other_side(shorts: list[_Option], calls: Decimal, puts: Decimal) -> Decimal:
    """The side of a strangle that needs less counts with its price alone."""
    right = "P" if calls >= puts else "C"
    return sum(
        (each.count * each.price * MULTIPLIER for each in shorts if each.right == right), _NOTHING
    )


def _depth(option: _Option) -> Decimal:
    return -option.strike if option.right == "C" else option.strike
