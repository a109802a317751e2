"""Proposal: one order beside everything that it is measured against.

Owns which of an order's fields are prices, what the market is now, and what the order is worth.
Leaves to `rules` what is too much. The surroundings are looked up once, so that every rule judges
the same moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from workstation.model import (
    Action,
    Contract,
    ContractDetails,
    Order,
    OrderType,
    PriceIncrement,
    SecurityType,
)
from workstation.model.contracts.identity import instrument_key
from workstation.state.picture import Picture
from workstation.state.quote import Quote
from workstation.state.session import Session

__all__ = ["Market", "Proposal"]

_REQUIRED_PRICES: dict[str, tuple[str, ...]] = {
    OrderType.LIMIT: ("limit_price",),
    OrderType.LIMIT_ON_CLOSE: ("limit_price",),
    OrderType.LIMIT_MARKET_COMBO: ("limit_price",),
    OrderType.STOP: ("aux_price",),
    OrderType.STOP_WITH_PROTECTION: ("aux_price",),
    OrderType.STOP_LIMIT: ("limit_price", "aux_price"),
    OrderType.MARKET_IF_TOUCHED: ("aux_price",),
    OrderType.LIMIT_IF_TOUCHED: ("limit_price", "aux_price"),
}
"""Fields that are prices in each type of order, and that it can not do without."""

_OPTIONAL_PRICES: dict[str, tuple[str, ...]] = {
    OrderType.TRAILING_STOP: ("trail_stop_price",),
    OrderType.TRAILING_LIMIT: ("limit_price", "trail_stop_price"),
    OrderType.TRAILING_MARKET_IF_TOUCHED: ("trail_stop_price",),
    OrderType.TRAILING_LIMIT_IF_TOUCHED: ("limit_price", "trail_stop_price"),
    OrderType.MIDPRICE: ("limit_price",),
    OrderType.RELATIVE: ("limit_price",),
    OrderType.RELATIVE_LIMIT_COMBO: ("limit_price",),
    OrderType.PASSIVE_RELATIVE: ("limit_price",),
    OrderType.PEGGED_TO_MARKET: ("limit_price",),
    OrderType.PEGGED_TO_PRIMARY: ("limit_price",),
    OrderType.PEGGED_TO_MIDPOINT: ("limit_price",),
    OrderType.PEGGED_TO_BEST: ("limit_price",),
    OrderType.PEGGED_TO_STOCK: ("starting_price",),
    OrderType.PEGGED_TO_BENCHMARK: ("starting_price",),
}
"""The same for types that may have such a price; in all others the field is an offset or unused."""

_ANY_PRICES = ("limit_price", "aux_price")
"""The same for a type that is not known here: a Bridge knows older and other spellings."""

_KNOWN_TYPES = frozenset(OrderType)

_SNAPSHOT_SECONDS = 15.0
"""How old a quote without a line may be and still be the market."""

_OLD = "old"

_ONE_UNIT = frozenset(
    {
        SecurityType.STOCK,
        SecurityType.FOREX,
        SecurityType.CFD,
        SecurityType.CRYPTO,
        SecurityType.MUTUAL_FUND,
    }
)
"""Kinds whose contract is one unit when no multiplier is told."""


class Market(NamedTuple):
    """Where an instrument trades: between its bid and its ask, as far as they are known."""

    low: float
    high: float
    flaw: str
    """Why it may be otherwise now: old, delayed, frozen, a close; empty when it is so now."""

    @property
    def is_fresh(self) -> bool:
        """Whether it is still told, late or not; else it was so once."""
        return self.flaw != _OLD


@dataclass(frozen=True, slots=True)
class Proposal:
    """One order and its surroundings."""

    contract: Contract
    order: Order
    order_type: str
    """What kind of order it is, in the spelling of `OrderType`."""
    instrument: str
    session: Session
    details: ContractDetails | None
    increments: tuple[PriceIncrement, ...]
    """Price steps on the contract's exchange; empty when they are not known."""
    market: Market | None
    """None when no price was ever told."""

    @classmethod
    def of(cls, contract: Contract, order: Order, picture: Picture, now_ns: int) -> Proposal:
        """Look up what an order is measured against."""
        details = picture.contracts.details(contract)
        instrument = picture.contracts.key(contract)
        if details is not None and contract.contract_id:
            # A Bridge goes by the contract id, whatever else the contract says.
            instrument = instrument_key(details.contract)
        quote = picture.quotes.get(instrument)
        increments = picture.contracts.increments(contract)
        if not increments and quote is not None and quote.min_tick:
            increments = (PriceIncrement(low_edge=0.0, increment=quote.min_tick),)
        return cls(
            contract=contract,
            order=order,
            order_type=" ".join(order.order_type.upper().split()),
            instrument=instrument,
            session=picture.session,
            details=details,
            increments=increments,
            market=None if quote is None else _market(quote, now_ns),
        )

    @property
    def security_type(self) -> str:
        """What kind of instrument it is about; the Bridge's word on it outweighs the order's."""
        known = self.details.contract.security_type if self.details else ""
        return known or self.contract.security_type

    @property
    def required_prices(self) -> tuple[str, ...]:
        """Fields that are prices in this type of order, and that it can not do without."""
        return _REQUIRED_PRICES.get(self.order_type, ())

    @property
    def prices(self) -> dict[str, float]:
        """The order's prices by field, offsets and unused fields left out."""
        kind, required = self.order_type, self.required_prices
        optional = _OPTIONAL_PRICES.get(kind, () if kind in _KNOWN_TYPES else _ANY_PRICES)
        told = {name: getattr(self.order, name) for name in (*required, *optional)}
        # An optional price that is not set may stand there as 0.
        return {
            name: price
            for name, price in told.items()
            if price is not None and (price or name in required)
        }

    @property
    def farthest_prices(self) -> dict[str, float]:
        """The order's prices by field, the limit with what the order may give beyond it."""
        prices = self.prices
        beyond = abs(self.order.discretionary_amount or 0)
        if "limit_price" in prices:
            prices["limit_price"] += beyond if self.order.action == Action.BUY else -beyond
        return prices

    @property
    def own_price(self) -> float | None:
        """The price that the order itself names to trade at; None when it leaves it to the market.

        The limit where there is one, else the price at which it becomes a market order.
        """
        prices = self.farthest_prices
        return prices.get("limit_price", next(iter(prices.values()), None))

    @property
    def is_bounded(self) -> bool:
        """Whether the order alone says what it trades for at most."""
        if self.is_sized_by_money:
            return True
        return self.order.action == Action.BUY and "limit_price" in self.prices

    @property
    def is_sized_by_money(self) -> bool:
        """Whether a sum of money stands in the place of a quantity."""
        return bool(self.order.cash_quantity) and not self.order.total_quantity

    @property
    def units(self) -> Decimal:
        """Shares or contracts that it moves: of a combination, those of its largest leg."""
        ratios = (abs(leg.ratio) for leg in self.contract.combo_legs)
        return Decimal(self.order.total_quantity or 0) * max((1, *ratios))

    @property
    def worth(self) -> float | None:
        """What the order may trade for, in the contract's currency; None when nobody can know.

        Buying at a limit is worth at most that; everything else at least the market's price. A
        combination is worth its net price.
        """
        cash = self.order.cash_quantity or 0.0
        if self.is_sized_by_money:
            return cash
        own, market, multiplier = self.own_price, self.market, self.multiplier
        is_buy = self.order.action == Action.BUY
        at_market = None if market is None else (market.high if is_buy else market.low)
        if own is None:
            price = at_market
        elif self.is_bounded or at_market is None:
            price = own
        else:
            price = max(own, at_market)
        if price is None or multiplier is None:
            return None
        magnifier = (self.details.price_magnifier if self.details else 0) or 1
        quantity = float(self.order.total_quantity or 0)
        return max(abs(price) / magnifier * multiplier * quantity, cash)

    @property
    def multiplier(self) -> float | None:
        """Units in one contract; None when it is not known.

        The Bridge's word on it outweighs the order's, and nothing is less than itself.
        """
        known = self.details.contract.multiplier if self.details else ""
        own = _number(known or self.contract.multiplier)
        if self.security_type in _ONE_UNIT:
            return max(own or 1.0, 1.0)
        return own


def _number(text: str) -> float | None:
    """A multiplier; None when the text is none."""
    try:
        multiplier = Decimal(text)
    except InvalidOperation:
        return None
    return float(multiplier) if multiplier.is_finite() and multiplier > 0 else None


def _market(quote: Quote, now_ns: int) -> Market | None:
    price = quote.price
    sides = [side for side in (quote.bid, quote.ask) if side is not None]
    if len(sides) < 2 and price is not None:
        sides.append(price)
    age = quote.age_seconds(now_ns)
    if not sides or age is None:
        return None
    return Market(min(sides), max(sides), _flaw(quote, age))


def _flaw(quote: Quote, age_seconds: float) -> str:
    if quote.stale or not (quote.has_line or age_seconds <= _SNAPSHOT_SECONDS):
        return _OLD
    if quote.is_delayed:
        return "delayed"
    if quote.is_frozen:
        return "frozen"
    return "a close" if quote.bid is quote.ask is quote.last is None else ""
