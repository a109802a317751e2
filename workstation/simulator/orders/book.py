"""OrderBook: who trades with whom in one instrument, by price and then by time.

Orders of users stand in it beside the liquidity that the market offers around its quote. An order
that arrives takes the best prices first: at one price what the market showed before what users had
put there, and of those the displayed before the hidden and the earlier before the later. An order
that rests fills when the market comes to its price: when the other side's quote reaches it, or when
trades print there, once what stood before it in the queue has traded. What is taken is missing from
the book until it grows back, half of it with each new quote.

Owns queues, sizes and fills as plain numbers. Leaves when an order may act to the desk, what its
limit is to `kinds`, and money to the account. It is given views and knows no clock.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from workstation.model import PriceIncrement
from workstation.simulator.orders.life import SimulatedOrder
from workstation.simulator.orders.liquidity import Level, levels, reaches
from workstation.simulator.orders.view import View

__all__ = ["Fill", "OrderBook"]


class Fill(NamedTuple):
    """A trade of a user's order."""

    order: SimulatedOrder
    quantity: int
    price: float
    adds: bool
    """Whether it rested, and so added liquidity."""


class OrderBook:
    """The book of one instrument.

    Args:
        key: names the seed and the instrument, for the sizes behind the best price.
        increments: its price steps.
        view: the market as it is.
    """

    def __init__(self, key: int, increments: Sequence[PriceIncrement], view: View) -> None:
        self.view = view
        self.increments = increments
        self._key = key
        self._resting: dict[bool, list[SimulatedOrder]] = {True: [], False: []}
        self._taken: dict[tuple[bool, float], int] = {}
        self._places = count(1)
        self._printed = 0
        """Size of the trade that the view brought."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing would be lost with it."""
        return not (self._resting[True] or self._resting[False] or self._taken)

    def show(self, view: View) -> None:
        """Let the market move on."""
        before, self.view = self.view, view
        self._taken = {place: left // 2 for place, left in self._taken.items() if left > 1}
        self._printed = view.last_size if view.last_time_ns > before.last_time_ns else 0

    def meet(self) -> Iterator[Fill]:
        """What the move of the market does to the orders that rest.

        Each fill is to be booked before the next is asked for: it may end other orders.
        """
        printed, self._printed = self._printed, 0
        for bids in (True, False):
            yield from self._met(bids=bids)
            if printed and self.view.last is not None:
                yield from self._reached(self.view.last, printed, bids=bids)

    # Orders that arrive

    def available(self, order: SimulatedOrder, limit: float | None, most: int) -> int:
        """How much an order could take at once, at most `most`."""
        found = 0
        for price, size, _ in self._offers(order):
            if not _is_acceptable(price, limit, buys=order.buys):
                break
            found += size
            if found >= most:
                return most
        return found

    def take(self, order: SimulatedOrder, quantity: int, limit: float | None) -> list[Fill]:
        """Trade at once what can be had within the limit.

        Args:
            order: who trades.
            quantity: how much at most.
            limit: the worst price; None is any.
        """
        fills: list[Fill] = []
        for price, size, maker in list(self._within(order, quantity, limit)):
            quantity -= size
            if maker is None:
                place = (not order.buys, price)
                self._taken[place] = self._taken.get(place, 0) + size
            else:
                fills.append(Fill(maker, size, price, adds=True))
            fills.append(Fill(order, size, price, adds=False))
        return fills

    def _within(
        self, order: SimulatedOrder, quantity: int, limit: float | None
    ) -> Iterator[tuple[float, int, SimulatedOrder | None]]:
        for price, size, maker in self._offers(order):
            if quantity <= 0 or not _is_acceptable(price, limit, buys=order.buys):
                return
            got = min(size, quantity)
            quantity -= got
            yield price, got, maker

    def _offers(self, order: SimulatedOrder) -> Iterator[tuple[float, int, SimulatedOrder | None]]:
        """What stands on the other side, best first; an account does not trade with itself."""
        bids = not order.buys
        makers = [
            each
            for each in self._resting[bids]
            if each.order.account != order.order.account and each is not order
        ]
        for price, size in self.offered(bids=bids):
            while makers and _is_better(makers[0].rests_at, price, bids=bids):
                maker = makers.pop(0)
                yield maker.rests_at or 0.0, int(maker.remaining), maker
            yield price, size, None
        for maker in makers:
            yield maker.rests_at or 0.0, int(maker.remaining), maker

    # Orders that rest

    def rest(self, order: SimulatedOrder, price: float) -> None:
        """Put an order into the book, behind what stands at its price."""
        if order.rests_at == price:
            return
        self.remove(order)
        side = self._resting[order.buys]
        order.rests_at, order.place = price, next(self._places)
        order.ahead, order.shown = self._shown_at(price, bids=order.buys), _display_of(order)
        insort(side, order, key=_rank)
        before = bisect_left(side, _rank(order), key=_rank) - 1
        if before >= 0 and side[before].rests_at == price:
            # Who came earlier is never behind.
            order.ahead = max(order.ahead, side[before].ahead)

    def _shown_at(self, price: float, *, bids: bool) -> int:
        """What the market offers at a price."""
        best = self.view.bid if bids else self.view.ask
        if not reaches(best, price, self.increments, bids=bids):
            return 0
        return dict(self.offered(bids=bids)).get(price, 0)

    def remove(self, order: SimulatedOrder) -> None:
        """Take an order out of the book, where it is there."""
        if order.rests_at is not None:
            self._resting[order.buys].remove(order)
            order.rests_at = None

    def resting(self, *, bids: bool) -> Sequence[SimulatedOrder]:
        """A side's orders of users, best first."""
        return self._resting[bids]

    def _met(self, *, bids: bool) -> Iterator[Fill]:
        """Orders whose price the other side's quote has come to; they fill at their own price."""
        for order in list(self._resting[bids]):
            limit = order.rests_at
            if limit is None:
                continue
            left = int(order.remaining)
            for price, size in self.offered(bids=not bids):
                if left <= 0 or not _is_acceptable(price, limit, buys=bids):
                    break
                got = min(size, left)
                left -= got
                place = (not bids, price)
                self._taken[place] = self._taken.get(place, 0) + got
            done = int(order.remaining) - left
            if not done:
                return
            yield Fill(order, done, limit, adds=True)

    def _reached(self, last: float, printed: int, *, bids: bool) -> Iterator[Fill]:
        """Orders that trades at their price, or beyond it, have come to."""
        used = 0
        for order in list(self._resting[bids]):
            price = order.rests_at
            if price is None:
                continue
            if last == price:
                reaches = printed - order.ahead
                order.ahead = max(0, order.ahead - printed)
                visible = order.shown
            elif _is_better(price, last, bids=bids):
                reaches, visible = printed, int(order.remaining)
            else:
                return
            got = min(visible, int(order.remaining), reaches - used, printed - used)
            if got > 0:
                used += got
                yield Fill(order, got, price, adds=True)

    def filled(self, order: SimulatedOrder, quantity: int) -> None:
        """A resting order has filled in part: an iceberg shows its next part, at the back."""
        if order.rests_at is None:
            return
        order.shown -= quantity
        if order.shown <= 0 and order.order.display_size:
            price = order.rests_at
            self.remove(order)
            self.rest(order, price)

    # What is shown

    def offered(self, *, bids: bool) -> Iterator[Level]:
        """What the market offers on one side, less what has been taken; best price first."""
        view = self.view
        best, size = (view.bid, view.bid_size) if bids else (view.ask, view.ask_size)
        for price, there in levels(self._key, best, size, view.time_ns, self.increments, bids=bids):
            left = there - self._taken.get((bids, price), 0)
            if left > 0:
                yield price, left

    def depth(self, rows: int, *, bids: bool) -> list[Level]:
        """What everybody can see on one side: the market's offers and users' displayed orders."""
        found: dict[float, int] = {}
        for price, size in self.offered(bids=bids):
            found[price] = size
            if len(found) >= rows:
                break
        for order in self._resting[bids]:
            if not order.order.hidden:
                price = order.rests_at or 0.0
                found[price] = found.get(price, 0) + min(order.shown, int(order.remaining))
        return sorted(found.items(), reverse=bids)[:rows]


def _rank(order: SimulatedOrder) -> tuple[float, bool, int]:
    price = order.rests_at or 0.0
    return (-price if order.buys else price, order.order.hidden, order.place)


def _display_of(order: SimulatedOrder) -> int:
    return min(order.order.display_size or int(order.remaining), int(order.remaining))


def _is_acceptable(price: float, limit: float | None, *, buys: bool) -> bool:
    if limit is None:
        return True
    if math.isnan(limit):
        return False
    return price <= limit if buys else price >= limit


def _is_better(price: float | None, other: float, *, bids: bool) -> bool:
    """Whether a price of a side comes before another of that side."""
    if price is None:
        return False
    return price > other if bids else price < other
