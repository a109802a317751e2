"""Order kinds: when an order of each kind begins to work, and at what price.

To add one, write a class and name it in `KINDS`: `prices` are the fields that must hold a price on
the tick grid, `waits` tells that something has to be reached first, `reached` whether it has been,
and `limit` the worst price that is acceptable now (None is any). Whatever follows the market is
asked anew at each view.

Owns these rules and nothing else: quantities and who trades with whom stand in `book`.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from workstation.model import Order, OrderType, PriceIncrement, TriggerMethod, changed
from workstation.risk.ticks import nearest_legal
from workstation.simulator.orders.life import SimulatedOrder
from workstation.simulator.orders.view import View

__all__ = ["KINDS", "Kind", "adjusted", "is_beyond", "kind_of"]

Increments = Sequence[PriceIncrement]

_TWICE = frozenset({TriggerMethod.DOUBLE_BID_ASK, TriggerMethod.DOUBLE_LAST})
_BY_QUOTE = frozenset({TriggerMethod.DOUBLE_BID_ASK, TriggerMethod.BID_ASK})


class Kind:
    """A market order, and what the others have in common with it."""

    prices: tuple[str, ...] = ()
    """Fields that must hold a price on the tick grid."""
    waits = False
    """Whether something must be reached before it works."""
    follows = False
    """Whether its limit moves with the market."""
    needs_trail = False
    """Whether it needs a distance to the market."""

    def begin(self, order: SimulatedOrder, view: View) -> None:
        """Called once, when the order is taken or changed."""

    def reached(self, order: SimulatedOrder, view: View) -> bool:
        """Whether what it waits for has come; by itself an order waits for nothing."""
        return True

    def limit(self, order: SimulatedOrder, view: View, increments: Increments) -> float | None:
        """The worst price it takes now; None is any, NaN is none at all."""
        return None


class _Limit(Kind):
    prices: tuple[str, ...] = ("limit_price",)

    def limit(self, order: SimulatedOrder, view: View, increments: Increments) -> float | None:
        return order.order.limit_price


class _Stop(Kind):
    prices: tuple[str, ...] = ("aux_price",)
    waits = True
    rises_to_buy = True
    """Whether a buy waits for the price to rise; a sale then waits for it to fall."""

    def reached(self, order: SimulatedOrder, view: View) -> bool:
        rising = order.buys if self.rises_to_buy else not order.buys
        return _is_reached(order, view, self._stop(order), rising=rising)

    def _stop(self, order: SimulatedOrder) -> float | None:
        return order.order.aux_price


class _StopLimit(_Stop, _Limit):
    prices = ("limit_price", "aux_price")


class _Touched(_Stop):
    rises_to_buy = False


class _LimitTouched(_Touched, _Limit):
    prices = ("limit_price", "aux_price")


class _Trailing(_Stop):
    prices = ()
    needs_trail = True

    def begin(self, order: SimulatedOrder, view: View) -> None:
        order.stop = order.order.trail_stop_price
        self._follow(order, view)

    def reached(self, order: SimulatedOrder, view: View) -> bool:
        self._follow(order, view)
        return super().reached(order, view)

    def _stop(self, order: SimulatedOrder) -> float | None:
        return order.stop

    def _follow(self, order: SimulatedOrder, view: View) -> None:
        if view.last is None:
            return
        percent = order.order.trailing_percent
        distance = order.order.aux_price if percent is None else view.last * percent / 100
        wanted = round(view.last + (distance or 0.0) * (1 if order.buys else -1), 4)
        if order.stop is None:
            order.stop = wanted
        else:
            order.stop = min(order.stop, wanted) if order.buys else max(order.stop, wanted)


class _TrailingLimit(_Trailing):
    def limit(self, order: SimulatedOrder, view: View, increments: Increments) -> float | None:
        if order.limit is None:
            offset = order.order.limit_price_offset or 0.0
            wanted = (order.stop or 0.0) + (offset if order.buys else -offset)
            order.limit = _on_grid(wanted, increments, buys=order.buys)
        return order.limit


class _MarketToLimit(Kind):
    """Takes the best price there is; what is left stays there as a limit order."""

    def limit(self, order: SimulatedOrder, view: View, increments: Increments) -> float | None:
        if order.limit is None:
            order.limit = view.opposite(buys=order.buys)
        return math.nan if order.limit is None else order.limit


class _Pegged(Kind, ABC):
    follows = True
    on_grid = True
    """Whether it may rest at legal prices alone."""

    def limit(self, order: SimulatedOrder, view: View, increments: Increments) -> float | None:
        price = self._peg(order, view)
        if price is None:
            return math.nan
        if self.on_grid:
            price = _on_grid(price, increments, buys=order.buys)
        worst = order.order.limit_price
        if worst:
            price = min(price, worst) if order.buys else max(price, worst)
        return price

    @abstractmethod
    def _peg(self, order: SimulatedOrder, view: View) -> float | None:
        """Where the market puts it; None is nowhere."""


class _Relative(_Pegged):
    """Better than the best price of its own side, and never so good that it would trade at once."""

    def _peg(self, order: SimulatedOrder, view: View) -> float | None:
        own, other = (view.bid, view.ask) if order.buys else (view.ask, view.bid)
        if own is None:
            return None
        percent = order.order.percent_offset
        offset = (order.order.aux_price or 0.0) if percent is None else own * percent
        price = own + (offset if order.buys else -offset)
        if other is not None and (price >= other if order.buys else price <= other):
            return own
        return price


class _PeggedToMarket(_Pegged):
    def _peg(self, order: SimulatedOrder, view: View) -> float | None:
        other = view.opposite(buys=order.buys)
        offset = order.order.aux_price or 0.0
        return None if other is None else other + (-offset if order.buys else offset)


class _PeggedToMidpoint(_Pegged):
    on_grid = False

    def _peg(self, order: SimulatedOrder, view: View) -> float | None:
        middle = view.middle
        offset = order.order.aux_price or 0.0
        return None if middle is None else round(middle + (-offset if order.buys else offset), 4)


class _OnClose(Kind):
    """Waits for the closing auction; the desk holds it."""

    waits = True

    def reached(self, order: SimulatedOrder, view: View) -> bool:
        return False


class _LimitOnClose(_OnClose, _Limit):
    prices = ("limit_price",)


KINDS: Mapping[str, Kind] = {
    OrderType.MARKET: Kind(),
    OrderType.LIMIT: _Limit(),
    OrderType.STOP: _Stop(),
    OrderType.STOP_LIMIT: _StopLimit(),
    OrderType.MARKET_IF_TOUCHED: _Touched(),
    OrderType.LIMIT_IF_TOUCHED: _LimitTouched(),
    OrderType.TRAILING_STOP: _Trailing(),
    OrderType.TRAILING_LIMIT: _TrailingLimit(),
    OrderType.MARKET_ON_CLOSE: _OnClose(),
    OrderType.LIMIT_ON_CLOSE: _LimitOnClose(),
    OrderType.MARKET_TO_LIMIT: _MarketToLimit(),
    OrderType.RELATIVE: _Relative(),
    OrderType.PEGGED_TO_PRIMARY: _Relative(),
    OrderType.PEGGED_TO_MARKET: _PeggedToMarket(),
    OrderType.PEGGED_TO_MIDPOINT: _PeggedToMidpoint(),
}
"""Order types that are simulated; all others are refused."""


def kind_of(order: Order) -> Kind:
    """The rules of an order that has been taken."""
    return KINDS[order.order_type]


def adjusted(order: SimulatedOrder, view: View) -> Order | None:
    """What an adjustable stop becomes, once the market has come to its trigger; else None."""
    asked = order.order
    if not asked.adjusted_order_type or asked.trigger_price is None or view.last is None:
        return None
    # A stop to sell is moved up when the price has risen, one to buy down when it has fallen.
    if not is_beyond(view.last, asked.trigger_price, rising=not order.buys):
        return None
    trails = asked.adjusted_order_type in (OrderType.TRAILING_STOP, OrderType.TRAILING_LIMIT)
    in_percent = trails and asked.adjustable_trailing_unit != 0
    amount = asked.adjusted_trailing_amount
    stop, limit = asked.adjusted_stop_price, asked.adjusted_stop_limit_price
    offset = None if stop is None or limit is None else abs(stop - limit)
    return changed(
        asked,
        order_type=asked.adjusted_order_type,
        adjusted_order_type="",
        trigger_price=None,
        aux_price=(None if in_percent else amount) if trails else stop,
        trailing_percent=amount if in_percent else None,
        trail_stop_price=stop if trails else None,
        limit_price=None if trails else limit,
        limit_price_offset=offset if trails else None,
    )


def is_beyond(price: float, level: float, *, rising: bool) -> bool:
    """Whether a price has reached a level from below (rising), or from above."""
    return price >= level if rising else price <= level


def _is_reached(order: SimulatedOrder, view: View, stop: float | None, *, rising: bool) -> bool:
    if stop is None:
        return False
    method = order.order.trigger_method
    seen = any(is_beyond(price, stop, rising=rising) for price in _watched(order, view, method))
    order.seen_beyond = order.seen_beyond + 1 if seen else 0
    return order.seen_beyond >= (2 if method in _TWICE else 1)


def _watched(order: SimulatedOrder, view: View, method: int) -> list[float]:
    """The prices that a trigger method looks at."""
    quoted = view.opposite(buys=order.buys)
    if method == TriggerMethod.MIDPOINT:
        found = [view.middle]
    elif method in _BY_QUOTE:
        found = [quoted]
    elif method == TriggerMethod.LAST_OR_BID_ASK:
        found = [view.last, quoted]
    else:
        found = [view.last]
    return [price for price in found if price is not None]


def _on_grid(price: float, increments: Increments, *, buys: bool) -> float:
    """The nearest legal price that is no worse."""
    low, high = nearest_legal(round(price, 6), increments)
    return low if buys else high
