"""Account: cash and positions of the one simulated account, in Decimal.

Owns what a fill does to cash, average cost and realised profit, and what the account is worth at
given prices. Leaves what positions need to `margin`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from workstation.simulator.chains import OptionListing
from workstation.simulator.instruments import Listing
from workstation.simulator.margin import Position, margin_of

__all__ = ["Account", "Figures", "Holding", "money"]

_CENT = Decimal("0.01")
_STARTING_CASH = Decimal(1_000_000)
_LEVERAGE = 4


def money(value: Decimal) -> Decimal:
    """Rounded to the cent."""
    return value.quantize(_CENT, ROUND_HALF_UP)


@dataclass(slots=True)
class Holding:
    """One position; average cost and realised profit in dollars a unit, the multiplier included."""

    listing: Listing
    quantity: Decimal = Decimal(0)
    average_cost: Decimal = Decimal(0)
    realized: Decimal = Decimal(0)

    @property
    def multiplier(self) -> Decimal:
        """Units of the underlying in one."""
        return multiplier_of(self.listing)

    def value(self, price: Decimal) -> Decimal:
        """Market value at a price."""
        return self.quantity * price * self.multiplier


class Figures(NamedTuple):
    """What the account is worth, in dollars."""

    cash: Decimal
    net_liquidation: Decimal
    gross_position_value: Decimal
    equity_with_loan: Decimal
    """Cash and stocks: options can not be lent against."""
    initial_margin: Decimal
    maintenance_margin: Decimal
    reg_t_margin: Decimal
    realized: Decimal
    unrealized: Decimal

    @property
    def available_funds(self) -> Decimal:
        """What is free for new positions."""
        return self.equity_with_loan - self.initial_margin

    @property
    def excess_liquidity(self) -> Decimal:
        """What is left above maintenance margin."""
        return self.equity_with_loan - self.maintenance_margin

    @property
    def special_memorandum(self) -> Decimal:
        """What Regulation T leaves free at the end of the day (SMA)."""
        return self.equity_with_loan - self.reg_t_margin

    @property
    def cushion(self) -> Decimal:
        """Excess liquidity as a fraction of net liquidation value."""
        if not self.net_liquidation:
            return Decimal(0)
        return (self.excess_liquidity / self.net_liquidation).quantize(Decimal("0.000001"))

    @property
    def leverage(self) -> Decimal:
        """Gross position value by net liquidation value."""
        if not self.net_liquidation:
            return Decimal(0)
        return money(self.gross_position_value / self.net_liquidation)

    @property
    def buying_power(self) -> Decimal:
        """How much stock the free funds could carry."""
        return max(self.available_funds, Decimal(0)) * _LEVERAGE


def multiplier_of(listing: Listing) -> Decimal:
    """Units of the underlying in one unit of an instrument."""
    return Decimal(100) if isinstance(listing, OptionListing) else Decimal(1)


Price = Callable[[Listing], Decimal]


@dataclass(slots=True)
class Account:
    """The account.

    Args:
        name: begins with DSIM, so that everybody knows it is simulated.
        price: what an instrument is worth now.
    """

    name: str
    price: Price
    cash: Decimal = _STARTING_CASH
    starting_value: Decimal = _STARTING_CASH
    """Net liquidation when the day, or the simulation, began."""
    holdings: dict[int, Holding] = field(default_factory=dict)
    realized: Decimal = Decimal(0)

    def fill(
        self, listing: Listing, signed: Decimal, price: Decimal, commission: Decimal
    ) -> Decimal | None:
        """Book a fill; gives the profit it realised, None when it only opened.

        Args:
            listing: what was traded.
            signed: how much, negative when sold.
            price: dollars for one unit of the underlying.
            commission: what this fill cost.
        """
        holding = self.holdings.setdefault(listing.contract_id, Holding(listing))
        unit = price * holding.multiplier
        self.cash -= money(unit * signed) + commission
        before = holding.quantity
        closing = min(abs(signed), abs(before)) if before * signed < 0 else Decimal(0)
        opening = abs(signed) - closing
        realized: Decimal | None = None
        if closing:
            direction = 1 if before > 0 else -1
            realized = money((unit - holding.average_cost) * closing * direction - commission)
            holding.realized += realized
            self.realized += realized
        holding.quantity = before + signed
        if opening:
            kept = abs(before) if not closing else Decimal(0)
            paid = unit * opening + (commission if signed > 0 else -commission) * (not closing)
            holding.average_cost = (holding.average_cost * kept + paid) / (kept + opening)
        elif not holding.quantity:
            holding.average_cost = Decimal(0)
        return realized

    def figures(self, extra: tuple[Listing, Decimal, Decimal] | None = None) -> Figures:
        """What the account is worth now.

        Args:
            extra: an instrument, a signed size and its cost in cash, as if it had been traded.
        """
        quantities = {key: (held.listing, held.quantity) for key, held in self.holdings.items()}
        cash = self.cash
        if extra is not None:
            listing, signed, cost = extra
            _, held = quantities.get(listing.contract_id, (listing, Decimal(0)))
            quantities[listing.contract_id] = (listing, held + signed)
            cash -= cost
        value = stocks = gross = unrealized = Decimal(0)
        positions = []
        for key, (listing, quantity) in quantities.items():
            if not quantity:
                continue
            price = self.price(listing)
            is_option = isinstance(listing, OptionListing)
            under = self.price(listing.underlying) if isinstance(listing, OptionListing) else price
            positions.append(Position(listing, quantity, price, under))
            worth = quantity * price * multiplier_of(listing)
            value += worth
            stocks += Decimal(0) if is_option else worth
            gross += abs(worth)
            known = self.holdings.get(key)
            if known is not None:
                unrealized += known.value(price) - known.quantity * known.average_cost
        needed = margin_of(positions)
        return Figures(
            money(cash),
            money(cash + value),
            money(gross),
            money(cash + stocks),
            money(needed.initial),
            money(needed.maintenance),
            money(needed.reg_t),
            money(self.realized),
            money(unrealized),
        )
