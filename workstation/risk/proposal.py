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
from workstation.state.picture import Picture
from workstation.state.quote import Quote
from workstation.state.session import Session

__all__ = ["REQUIRED_PRICES", "Market", "Proposal"]

REQUIRED_PRICES: dict[str, tuple[str, ...]] = {
    OrderType.LIMIT: ("limit_price",),
    OrderType.LIMIT_ON_CLOSE: ("limit_price",),
    OrderType.STOP: ("aux_price",),
    OrderType.STOP_LIMIT: ("limit_price", "aux_price"),
    OrderType.MARKET_IF_TOUCHED: ("aux_price",),
    OrderType.LIMIT_IF_TOUCHED: ("limit_price", "aux_price"),
}
"""Fields that are prices in each type of order, and that it can not do without."""

_OPTIONAL_PRICES: dict[str, tuple[str, ...]] = {
    OrderType.TRAILING_STOP: ("trail_stop_price",),
    OrderType.TRAILING_LIMIT: ("limit_price", "trail_stop_price"),
    OrderType.MIDPRICE: ("limit_price",),
    OrderType.RELATIVE: ("limit_price",),
    OrderType.PEGGED_TO_MIDPOINT: ("limit_price",),
    OrderType.PEGGED_TO_BEST: ("limit_price",),
}
"""The same for types that may have such a price; in all others the field is an offset or unused."""

_SNAPSHOT_SECONDS = 15.0
"""How old a quote without a line may be and still be the market."""

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
    is_fresh: bool
    """Whether it is so now; else it was so once."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One order and its surroundings."""

    contract: Contract
    order: Order
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
        instrument = picture.contracts.key(contract)
        quote = picture.quotes.get(instrument)
        increments = picture.contracts.increments(contract)
        if not increments and quote is not None and quote.min_tick:
            increments = (PriceIncrement(low_edge=0.0, increment=quote.min_tick),)
        return cls(
            contract=contract,
            order=order,
            instrument=instrument,
            session=picture.session,
            details=picture.contracts.details(contract),
            increments=increments,
            market=None if quote is None else _market(quote, now_ns),
        )

    @property
    def security_type(self) -> str:
        """What kind of instrument it is about."""
        known = self.details.contract.security_type if self.details else ""
        return self.contract.security_type or known

    @property
    def prices(self) -> dict[str, float]:
        """The order's prices by field, offsets and unused fields left out."""
        order = self.order
        required = REQUIRED_PRICES.get(order.order_type, ())
        optional = _OPTIONAL_PRICES.get(order.order_type, ())
        told = {name: getattr(order, name) for name in (*required, *optional)}
        # An optional price that is not set may stand there as 0.
        return {
            name: price
            for name, price in told.items()
            if price is not None and (price or name in required)
        }

    @property
    def own_price(self) -> float | None:
        """The price that the order itself names to trade at; None when it leaves it to the market.

        The limit where there is one, else the price at which it becomes a market order.
        """
        prices = self.prices
        return prices.get("limit_price", next(iter(prices.values()), None))

    @property
    def worth(self) -> float | None:
        """What the order may trade for, in the contract's currency; None when nobody can know.

        Buying is worth at most its own price, selling at least; without one, the market's.
        """
        if self.order.cash_quantity:
            return abs(self.order.cash_quantity)
        own, market, multiplier = self.own_price, self.market, self.multiplier
        is_buy = self.order.action == Action.BUY
        at_market = None if market is None else (market.high if is_buy else market.low)
        if own is None:
            price = at_market
        elif is_buy or at_market is None:
            price = own
        else:
            price = max(own, at_market)
        if price is None or multiplier is None:
            return None
        magnifier = (self.details.price_magnifier if self.details else 0) or 1
        quantity = float(self.order.total_quantity or 0)
        return abs(price) / magnifier * multiplier * quantity

    @property
    def multiplier(self) -> float | None:
        """Units in one contract; None when it is not known."""
        known = self.details.contract.multiplier if self.details else ""
        text = self.contract.multiplier or known
        if not text:
            return 1.0 if self.security_type in _ONE_UNIT else None
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
    is_fresh = not quote.stale and (quote.has_line or age <= _SNAPSHOT_SECONDS)
    return Market(min(sides), max(sides), is_fresh)
