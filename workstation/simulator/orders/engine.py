"""OrderEngine: what the orders that have been taken do as the market moves.

Owns when an order works, what it trades, what that means for the orders that hang on it, and how it
ends; and the books and views that it happens in. Leaves which orders are taken, changed and
cancelled to the desk, when and at what price an order works to `kinds`, who trades with whom to
`book`, the words to `reports`, money to the accounts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal

import msgspec

from workstation.model import (
    Contract,
    Order,
    OrderStatusName,
    OrderType,
    TimeInForce,
)
from workstation.protocol import catalog
from workstation.protocol.message import Inbound
from workstation.simulator.account import Account, multiplier_of
from workstation.simulator.chains import OptionListing
from workstation.simulator.instruments import Instruments, Listing
from workstation.simulator.orders import reports
from workstation.simulator.orders.algos import let_go
from workstation.simulator.orders.book import Fill, OrderBook
from workstation.simulator.orders.commissions import order_commission
from workstation.simulator.orders.conditions import are_met
from workstation.simulator.orders.floor import Auction, Floor
from workstation.simulator.orders.groups import Groups
from workstation.simulator.orders.kinds import adjusted, kind_of
from workstation.simulator.orders.life import SimulatedOrder
from workstation.simulator.orders.liquidity import Level
from workstation.simulator.orders.records import Records
from workstation.simulator.orders.rules import (
    times_of,
)
from workstation.simulator.orders.store import Store
from workstation.simulator.orders.view import View

__all__ = ["Notify", "OrderEngine"]

Notify = Callable[[int, Inbound], None]
"""Gives a message to a client, by its id."""

CANCELLED = 202

_GROWN_BACK_NS = 5_000_000_000
"""After that long nothing is missing any more from a book that nobody has an order in."""
_ON_CLOSE = (OrderType.MARKET_ON_CLOSE, OrderType.LIMIT_ON_CLOSE)


class OrderEngine:
    """The life of all orders of the simulated Bridge.

    Args:
        instruments: what can be traded.
        accounts: whose orders they are, by name; an order that names none is the first one's.
        floor: the market that they meet.
        notify: hands a message to a client.
        traded: told the account and contract id of every position that a fill changed.
        store: where orders and executions are kept; None keeps them as long as this lives.
    """

    def __init__(
        self,
        instruments: Instruments,
        accounts: Mapping[str, Account],
        floor: Floor,
        notify: Notify,
        traded: Callable[[str, int], None],
        store: Store | None = None,
    ) -> None:
        self.instruments = instruments
        self.accounts = accounts
        self.floor = floor
        self.notify = notify
        self._traded = traded
        self.records = Records(instruments, store)
        self._books: dict[int, OrderBook] = {}
        self.groups = Groups()
        self._restore()

    def book(self, listing: Listing) -> OrderBook:
        """The book of an instrument."""
        book = self._books.get(listing.contract_id)
        if book is None:
            increments = self.instruments.increments(listing)
            book = OrderBook(self.floor.key(listing), increments, self.floor.view(listing))
            self._books[listing.contract_id] = book
        return book

    def depth(self, listing: Listing, rows: int, *, bids: bool) -> list[Level]:
        """What everybody can see of one side of an instrument's book, best price first."""
        self.catch_up(listing)
        return self.book(listing).depth(rows, bids=bids)

    def advance(self) -> None:
        """Let the market work on what is open."""
        for orders in self.records.open_by_instrument():
            listing = orders[0].listing
            for order in list(orders):
                if self._is_over(order):
                    self.cancelled(order)
            self.catch_up(listing)
        grown_back = self.floor.now_ns() - _GROWN_BACK_NS
        for contract_id, book in list(self._books.items()):
            if self.records.open_of(contract_id):
                continue
            if book.is_idle or book.view.time_ns < grown_back:
                del self._books[contract_id]

    def catch_up(self, listing: Listing) -> None:
        """Let the market of an instrument move to the present, and work on its orders."""
        orders = self.records.open_of(listing.contract_id)
        if listing.contract_id not in self._books:
            # They were restored: nothing has been seen since.
            for order in list(orders):
                self.work(order)
        book = self.book(listing)
        for view in self.floor.views_since(listing, book.view.time_ns):
            book.show(view)
            for order in orders:
                self._follow(order, book)
            for fill in book.meet():
                self._book_fill(fill)
            for order in list(orders):
                if order.rests_at is None or _is_restless(order):
                    self.work(order)

    def _follow(self, order: SimulatedOrder, book: OrderBook) -> None:
        """Move a pegged order with the market, before anybody can trade at its old price."""
        kind = kind_of(order.order)
        if kind.follows and order.rests_at is not None:
            limit = kind.limit(order, book.view, book.increments)
            if limit is None or math.isnan(limit):
                book.remove(order)
            else:
                book.rest(order, limit)

    def _is_over(self, order: SimulatedOrder) -> bool:
        """Whether an order's time has passed: a day order's with its session."""
        asked, listing = order.order, order.listing
        if asked.time_in_force == TimeInForce.DAY and order.session < self.floor.session():
            return not order.auction_ns
        if order.expires_ns and self.floor.now_ns() >= order.expires_ns:
            return True
        return isinstance(listing, OptionListing) and listing.expiry < self.instruments.today()

    def now_ns(self) -> int:
        """The time."""
        return self.floor.now_ns()

    def view_of(self, contract_id: int) -> View:
        """The market of an instrument, by its contract id."""
        return self.floor.view(self.instruments.resolve(Contract(contract_id=contract_id)))

    def cushion(self) -> float:
        """Of the first account."""
        figures = next(iter(self.accounts.values())).figures()
        return 100 * float(figures.excess_liquidity / figures.net_liquidation)

    def has_traded(self, symbol: str, security_type: str, since_ns: int) -> bool:
        """Whether an order for a symbol has filled since then."""
        return any(
            order.filled and order.contract.symbol == symbol and order.traded_ns >= since_ns
            for order in self.records
            if security_type in ("", order.contract.security_type)
        )

    def prepare(self, order: SimulatedOrder) -> None:
        """Read an order's times, and judge its conditions once, so that none is a surprise.

        Raises:
            RequestError: one can not be read.
        """
        order.begins_ns, order.expires_ns = times_of(order.order, order.accepted_ns)
        are_met(order.order.conditions, self, order.accepted_ns)
        auction = _auction_of(order.order)
        order.auction_ns = self.floor.auction_ns(auction) if auction else 0
        order.triggered = order.conditions_met = False
        order.stop = order.limit = None
        order.seen_beyond = 0
        kind_of(order.order).begin(order, self.book(order.listing).view)

    def first_status(self, order: SimulatedOrder) -> str:
        """The stage an order begins with: what waits for something is not submitted yet."""
        waits = (
            kind_of(order.order).waits
            or order.auction_ns
            or order.order.conditions
            or not self._may_work(order)
        )
        order.why_held = self._why_held(order) if waits else ""
        return OrderStatusName.PRE_SUBMITTED if waits else OrderStatusName.SUBMITTED

    def _why_held(self, order: SimulatedOrder) -> str:
        words = []
        if self._waits_for_parent(order):
            words.append("child")
        if kind_of(order.order).waits and not order.auction_ns:
            words.append("trigger")
        return ",".join(words)

    def _waits_for_parent(self, order: SimulatedOrder) -> bool:
        parent = self.records.parent(order)
        return parent is not None and parent.status != OrderStatusName.FILLED

    def _may_work(self, order: SimulatedOrder) -> bool:
        """Whether an order's time has come: its parent, hours, conditions."""
        asked = order.order
        if self._waits_for_parent(order) or self.floor.now_ns() < order.begins_ns:
            return False
        if not order.auction_ns and not self.floor.is_open(
            order.listing, outside_regular_hours=asked.outside_regular_hours
        ):
            return False
        if not asked.conditions or asked.conditions_cancel_order:
            return True
        order.conditions_met |= are_met(asked.conditions, self, order.accepted_ns)
        return order.conditions_met

    def work(self, order: SimulatedOrder) -> None:
        """Let an order do what it can in the present view."""
        if not order.is_open or order.is_held_back:
            return
        asked = order.order
        if asked.conditions_cancel_order and are_met(asked.conditions, self, order.accepted_ns):
            self.cancelled(order)
            return
        if not self._may_work(order):
            self.book(order.listing).remove(order)
            return
        if order.auction_ns:
            self._hold_auction(order)
            return
        book = self.book(order.listing)
        self._adjust(order, book.view)
        kind = kind_of(order.order)
        if kind.waits and not order.triggered:
            if not kind.reached(order, book.view):
                return
            order.triggered = True
        if order.status == OrderStatusName.PRE_SUBMITTED:
            order.status, order.why_held = OrderStatusName.SUBMITTED, ""
            self.tell(order)
        limit = kind.limit(order, book.view, book.increments)
        self._take(order, book, limit)
        if order.is_open:
            self._keep(order, book, limit)

    def _take(self, order: SimulatedOrder, book: OrderBook, limit: float | None) -> None:
        """Trade what can be had at once."""
        asked = order.order
        quantity = min(int(order.remaining), let_go(order, self.floor.now_ns()) - int(order.filled))
        if quantity <= 0:
            return
        reach = limit
        if limit is not None and asked.discretionary_amount:
            further = asked.discretionary_amount
            reach = round(limit + (further if order.buys else -further), 4)
        least = quantity if order.wants_all_at_once else 1
        if asked.minimum_quantity and not order.filled:
            least = max(least, min(asked.minimum_quantity, quantity))
        if book.available(order, reach, least) < least:
            return
        for fill in book.take(order, quantity, reach):
            self._book_fill(fill)

    def _keep(self, order: SimulatedOrder, book: OrderBook, limit: float | None) -> None:
        """Leave what has not filled where it belongs."""
        asked = order.order
        if asked.time_in_force in (TimeInForce.IMMEDIATE_OR_CANCEL, TimeInForce.FILL_OR_KILL):
            self.cancelled(order)
        elif (
            limit is None
            or math.isnan(limit)
            or order.wants_all_at_once
            or asked.algo_strategy
            or (asked.minimum_quantity and not order.filled)
        ):
            book.remove(order)
        else:
            book.rest(order, limit)

    def _hold_auction(self, order: SimulatedOrder) -> None:
        """Fill an order in its auction, at the price of the auction, or cancel it after it."""
        if self.floor.now_ns() < order.auction_ns:
            return
        auction = _auction_of(order.order) or Auction.CLOSING
        price = self.floor.auction_price(order.listing, auction, order.auction_ns)
        asked = order.order
        has_limit = asked.order_type in (OrderType.LIMIT, OrderType.LIMIT_ON_CLOSE)
        limit = asked.limit_price if has_limit else None
        if limit is None or (price <= limit if order.buys else price >= limit):
            self._book_fill(Fill(order, int(order.remaining), price, adds=False))
        else:
            self.cancelled(order)

    def _adjust(self, order: SimulatedOrder, view: View) -> None:
        """Make of an adjustable stop what it becomes at its trigger."""
        changed = adjusted(order, view)
        if changed is None:
            return
        order.order = changed
        order.triggered, order.seen_beyond = False, 0
        order.stop = order.limit = None
        kind_of(changed).begin(order, view)
        self.tell(order)

    def _book_fill(self, fill: Fill) -> None:
        order = fill.order
        quantity = min(Decimal(fill.quantity), order.remaining)
        if not order.is_open or quantity <= 0:
            return
        account, listing = self.account(order), order.listing
        exact = Decimal(str(fill.price))
        order.filled += quantity
        order.value += quantity * exact
        order.last_price, order.traded_ns = fill.price, self.floor.now_ns()
        commission = self._commission(order)
        signed = quantity if order.buys else -quantity
        realized = account.fill(listing, signed, exact, commission)
        if order.remaining == 0:
            self.end(order, OrderStatusName.FILLED)
        number, now = len(self.records.executions) + 1, self.floor.now_ns()
        execution = reports.execution(order, number, quantity, now, adds=fill.adds)
        report = reports.commission_report(execution.execution.execution_id, commission, realized)
        self.records.keep(order, (execution, report))
        self.notify(order.client_id, execution)
        self.tell(order)
        self.notify(order.client_id, report)
        self._traded(account.name, listing.contract_id)
        self.book(listing).filled(order, int(quantity))
        self._follow_up(order, quantity)

    def _commission(self, order: SimulatedOrder) -> Decimal:
        """What the latest fill adds to an order's commission."""
        is_option = isinstance(order.listing, OptionListing)
        value = order.value * multiplier_of(order.listing)
        total = order_commission(order.filled, value, is_option=is_option)
        added, order.commission = total - order.commission, total
        return added

    def _follow_up(self, order: SimulatedOrder, quantity: Decimal) -> None:
        """What a fill means for the orders that hang on the one that filled."""
        for other, left in list(self.groups.after_fill(order, quantity)):
            if not other.is_open or left == other.total:
                continue
            if left:
                other.order = msgspec.structs.replace(other.order, total_quantity=left)
                self.tell(other)
            else:
                self.cancelled(other)
        if order.status == OrderStatusName.FILLED:
            self.groups.remove(order)
            for child in self.groups.children(order):
                self.work(child)

    def end(self, order: SimulatedOrder, status: str) -> None:
        """Nothing more can happen to an order; nobody is told."""
        order.status, order.why_held, order.is_held_back = status, "", False
        order.ended_ns, order.ended_in = self.floor.now_ns(), self.floor.session()
        self.book(order.listing).remove(order)
        self.records.end(order)

    def cancelled(self, order: SimulatedOrder, status: str = OrderStatusName.CANCELLED) -> None:
        """End an order, and the children that waited for it."""
        children = self.groups.children(order)
        self.end(order, status)
        self.groups.remove(order)
        self.records.keep(order)
        self.notify(order.client_id, reports.status(order))
        text = "Order Canceled - reason:"
        self.refuse(order.client_id, order.order_id, CANCELLED, text)
        for child in children:
            if child.is_open:
                self.cancelled(child)

    def tell(self, order: SimulatedOrder) -> None:
        """Tell its client how an order stands, once that is written down."""
        self.records.keep(order)
        for message in (reports.open_order(order), reports.status(order)):
            self.notify(order.client_id, message)

    def refuse(self, client_id: int, order_id: int, code: int, text: str) -> None:
        """Send a remark about an order."""
        self.notify(client_id, catalog.InfoMessage(request_id=order_id, code=code, text=text))

    def _restore(self) -> None:
        """Take up where a Bridge before this one ended: positions follow from its executions."""
        for order in self.records.open():
            self.groups.add(order)
        for data, report in self.records.executions:
            done = data.execution
            shares = done.shares or Decimal(0)
            self.accounts[done.account].fill(
                self.instruments.remembered(data.contract),
                shares if done.side == "BOT" else -shares,
                Decimal(str(done.price)),
                Decimal(str(report.report.commission)),
            )

    def account(self, order: SimulatedOrder) -> Account:
        """Whose order it is."""
        return self.accounts[order.order.account]


def _auction_of(order: Order) -> Auction | None:
    """The auction an order is for, if it is."""
    if order.time_in_force == TimeInForce.AT_THE_OPENING:
        return Auction.OPENING
    return Auction.CLOSING if order.order_type in _ON_CLOSE else None


def _is_restless(order: SimulatedOrder) -> bool:
    """Whether an order that rests has to be looked at with each view."""
    asked = order.order
    return bool(
        kind_of(asked).follows
        or asked.discretionary_amount
        or asked.conditions_cancel_order
        or asked.adjusted_order_type
    )
