"""OrderDesk: orders from the moment they arrive until nothing more can happen to them.

Owns ids, stages, fills and cancels, and which messages are sent when. Leaves what an order may ask
for to `rules`, when and at what price it works to `kinds`, who trades with whom to `book`, which
orders hang together to `groups`, the words to `reports`, money to the accounts, and who gets a
message to its owner: it hands out (client id, message) pairs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

import msgspec

from workstation.errors import RequestError
from workstation.model import (
    Contract,
    ExecutionFilter,
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
from workstation.simulator.orders.execution_query import ExecutionQuery
from workstation.simulator.orders.floor import Auction, Floor
from workstation.simulator.orders.funds import REJECTED, check_funds, what_if
from workstation.simulator.orders.groups import Groups
from workstation.simulator.orders.kinds import adjusted, kind_of
from workstation.simulator.orders.life import SimulatedOrder
from workstation.simulator.orders.liquidity import Level
from workstation.simulator.orders.records import Records
from workstation.simulator.orders.rules import (
    NOT_SAME_ORDER,
    check_change,
    check_order,
    times_of,
)
from workstation.simulator.orders.store import Pair, Store
from workstation.simulator.orders.view import View

__all__ = ["OrderDesk"]

Notify = Callable[[int, Inbound], None]
"""Gives a message to a client, by its id."""

DUPLICATE_ID = 103
NOT_CHANGEABLE = 104
NO_PARENT = 135
NOT_CANCELLABLE = 161
CANCELLED = 202
HELD = 399
CANCEL_NOT_FOUND = 10147

_FIRST_PERMANENT_ID = 1_700_000_000
_GROWN_BACK_NS = 5_000_000_000
"""After that long nothing is missing any more from a book that nobody has an order in."""
_ON_CLOSE = (OrderType.MARKET_ON_CLOSE, OrderType.LIMIT_ON_CLOSE)


class OrderDesk:
    """All orders of the simulated Bridge.

    Args:
        instruments: what can be traded.
        accounts: whose orders they are, by name; an order that names none is the first one's.
        floor: the market that they meet.
        notify: hands a message to a client.
        traded: told the account and contract id of every position that a fill changed.
        store: where orders and executions are kept; None keeps them as long as the desk lives.
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
        self._instruments = instruments
        self._accounts = accounts
        self._floor = floor
        self._notify = notify
        self._traded = traded
        self._records = Records(instruments, store)
        self._books: dict[int, OrderBook] = {}
        self._groups = Groups()
        self._restore()

    @property
    def next_order_id(self) -> Mapping[int, int]:
        """The lowest id that the next order of a client may have."""
        return self._records.next_order_id

    # What clients ask

    def place(self, client_id: int, message: catalog.PlaceOrder) -> None:
        """Take a new order, a change of one, or a question what one would cost."""
        order_id, asked = message.order_id, message.order
        known = self._records.find(client_id, order_id)
        if known is not None and not asked.what_if:
            self._change(known, message)
            return
        if not asked.what_if and order_id < self.next_order_id.get(client_id, 1):
            self._refuse(client_id, order_id, DUPLICATE_ID, "Duplicate order id")
            return
        try:
            listing = self._instruments.resolve(message.contract)
            self._catch_up(listing)
            order = self._accepted(client_id, message, listing)
            if not asked.what_if:
                check_funds(self._account(order), listing, order.order, Decimal(0))
        except RequestError as error:
            self._rejected(client_id, message, error)
            return
        if asked.what_if:
            state = what_if(self._account(order), listing, order.order)
            told = msgspec.structs.replace(reports.open_order(order), state=state)
            self._notify(client_id, told)
            return
        self._records.add(order)
        self._groups.add(order)
        self._send_on(order)

    def cancel(self, client_id: int, order_id: int) -> None:
        """Cancel one order of a client."""
        order = self._records.find(client_id, order_id)
        if order is not None:
            self._catch_up(order.listing)
        if order is None:
            text = f"OrderId {order_id} that needs to be cancelled is not found."
            self._refuse(client_id, order_id, CANCEL_NOT_FOUND, text)
        elif not order.is_open:
            text = f"Cancel attempted when order is not in a cancellable state: {order.status}"
            self._refuse(client_id, order_id, NOT_CANCELLABLE, text)
        else:
            self._cancel_as_asked(order)

    def cancel_all(self) -> None:
        """Cancel every order of every client."""
        for order in self.open_orders():
            if order.is_open:
                self._cancel_as_asked(order)

    def open_orders(self, client_id: int | None = None) -> list[SimulatedOrder]:
        """Orders that can still fill, of one client or of all, as they came."""
        return self._records.open(client_id)

    def completed_orders(self) -> Iterator[catalog.CompletedOrder]:
        """Orders of all clients that ended in this session, in the order in which they came."""
        session = self._floor.session()
        for order in self._records:
            if not order.is_open and order.ended_in == session:
                yield reports.completed_order(order)

    def describe(self, order: SimulatedOrder) -> tuple[catalog.OpenOrder, catalog.OrderStatus]:
        """The two messages that say how an order stands."""
        return reports.open_order(order), reports.status(order)

    def executions(self, client_id: int, wanted: ExecutionFilter) -> list[Pair]:
        """Fills that fit a filter, oldest first; client 0 sees everybody's.

        Raises:
            RequestError: the filter can not be read.
        """
        query = ExecutionQuery(wanted, self._floor.now_ns() / 1e9)
        return [
            pair
            for pair in self._records.executions
            if client_id in (0, pair[0].execution.client_id) and query.fits(pair[0])
        ]

    def book(self, listing: Listing) -> OrderBook:
        """The book of an instrument."""
        book = self._books.get(listing.contract_id)
        if book is None:
            increments = self._instruments.increments(listing)
            book = OrderBook(self._floor.key(listing), increments, self._floor.view(listing))
            self._books[listing.contract_id] = book
        return book

    def depth(self, listing: Listing, rows: int, *, bids: bool) -> list[Level]:
        """What everybody can see of one side of an instrument's book, best price first."""
        self._catch_up(listing)
        return self.book(listing).depth(rows, bids=bids)

    # What time brings

    def advance(self) -> None:
        """Let the market work on what is open."""
        for orders in self._records.open_by_instrument():
            listing = orders[0].listing
            for order in list(orders):
                if self._is_over(order):
                    self._cancelled(order)
            self._catch_up(listing)
        grown_back = self._floor.now_ns() - _GROWN_BACK_NS
        for contract_id, book in list(self._books.items()):
            if self._records.open_of(contract_id):
                continue
            if book.is_idle or book.view.time_ns < grown_back:
                del self._books[contract_id]

    def _catch_up(self, listing: Listing) -> None:
        """Let the market of an instrument move to the present, and work on its orders."""
        orders = self._records.open_of(listing.contract_id)
        if listing.contract_id not in self._books:
            # They were restored: nothing has been seen since.
            for order in list(orders):
                self._work(order)
        book = self.book(listing)
        for view in self._floor.views_since(listing, book.view.time_ns):
            book.show(view)
            for order in orders:
                self._follow(order, book)
            for fill in book.meet():
                self._book_fill(fill)
            for order in list(orders):
                if order.rests_at is None or _is_restless(order):
                    self._work(order)

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
        if asked.time_in_force == TimeInForce.DAY and order.session < self._floor.session():
            return not order.auction_ns
        if order.expires_ns and self._floor.now_ns() >= order.expires_ns:
            return True
        return isinstance(listing, OptionListing) and listing.expiry < self._instruments.today()

    # World, for conditions

    def now_ns(self) -> int:
        """The time."""
        return self._floor.now_ns()

    def view_of(self, contract_id: int) -> View:
        """The market of an instrument, by its contract id."""
        return self._floor.view(self._instruments.resolve(Contract(contract_id=contract_id)))

    def cushion(self) -> float:
        """Of the first account."""
        figures = next(iter(self._accounts.values())).figures()
        return 100 * float(figures.excess_liquidity / figures.net_liquidation)

    def has_traded(self, symbol: str, security_type: str, since_ns: int) -> bool:
        """Whether an order for a symbol has filled since then."""
        return any(
            order.filled and order.contract.symbol == symbol and order.traded_ns >= since_ns
            for order in self._records
            if security_type in ("", order.contract.security_type)
        )

    # Taking, changing

    def _accepted(
        self, client_id: int, message: catalog.PlaceOrder, listing: Listing
    ) -> SimulatedOrder:
        """A new order, once it is known to be legal.

        Raises:
            RequestError: it is not.
        """
        asked, now = message.order, self._floor.now_ns()
        self._check(listing, asked)
        permanent_id = _FIRST_PERMANENT_ID + len(self._records) + 1
        order = SimulatedOrder(
            client_id,
            message.order_id,
            permanent_id,
            listing,
            self._instruments.contract(listing, message.contract.exchange or "SMART"),
            msgspec.structs.replace(
                asked,
                order_id=message.order_id,
                client_id=client_id,
                permanent_id=permanent_id,
                account=asked.account or next(iter(self._accounts)),
                time_in_force=asked.time_in_force or TimeInForce.DAY,
            ),
            session=self._floor.session(),
            accepted_ns=now,
            is_held_back=not asked.transmit and not asked.what_if,
        )
        self._check_parent(order)
        self._prepare(order)
        return order

    def _prepare(self, order: SimulatedOrder) -> None:
        """Read an order's times, and judge its conditions once, so that none is a surprise.

        Raises:
            RequestError: one can not be read.
        """
        order.begins_ns, order.expires_ns = times_of(order.order, order.accepted_ns)
        are_met(order.order.conditions, self, order.accepted_ns)
        auction = _auction_of(order.order)
        order.auction_ns = self._floor.auction_ns(auction) if auction else 0
        order.triggered = order.conditions_met = False
        order.stop = order.limit = None
        order.seen_beyond = 0
        kind_of(order.order).begin(order, self.book(order.listing).view)

    def _check_parent(self, order: SimulatedOrder) -> None:
        parent_id = order.order.parent_id
        if not parent_id:
            return
        parent = self._records.parent(order)
        if parent is None:
            raise RequestError(NO_PARENT, f"Can't find order with id = {parent_id}")
        if not parent.is_open and parent.status != OrderStatusName.FILLED:
            text = "Order rejected - reason:Parent order is being cancelled."
            raise RequestError(REJECTED, text)

    def _change(self, order: SimulatedOrder, message: catalog.PlaceOrder) -> None:
        self._catch_up(order.listing)
        if not order.is_open:
            whole = order.remaining == 0
            text = "Cannot modify a filled order" if whole else "Duplicate order id"
            code = NOT_CHANGEABLE if whole else DUPLICATE_ID
            self._refuse(order.client_id, order.order_id, code, text)
            return
        try:
            self._check_same(order, message.contract)
            self._check(order.listing, message.order)
            check_change(order.order, message.order, order.filled)
            are_met(message.order.conditions, self, order.accepted_ns)
            check_funds(self._account(order), order.listing, message.order, order.filled)
        except RequestError as error:
            self._refuse(order.client_id, order.order_id, error.code, error.text)
            return
        before = order.order
        order.order = msgspec.structs.replace(
            message.order,
            order_id=order.order_id,
            client_id=order.client_id,
            permanent_id=order.permanent_id,
            account=before.account,
            time_in_force=message.order.time_in_force or TimeInForce.DAY,
        )
        order.session = self._floor.session()
        if order.is_held_back:
            order.is_held_back = not message.order.transmit
            self._prepare(order)
            self._send_on(order)
            return
        if _is_another(before, order.order):
            self.book(order.listing).remove(order)
            self._prepare(order)
            order.status = self._first_status(order)
        if order.remaining == 0:
            self._end(order, OrderStatusName.FILLED)
        self._tell(order)
        self._work(order)

    def _check(self, listing: Listing, order: Order) -> None:
        check_order(
            order,
            self._accounts,
            self._instruments.increments(listing),
            self._floor.now_ns(),
            is_stock=not isinstance(listing, OptionListing),
        )

    def _check_same(self, order: SimulatedOrder, contract: Contract) -> None:
        if self._instruments.resolve(contract).contract_id != order.listing.contract_id:
            text = "Order being modified does not match original order: another contract"
            raise RequestError(NOT_SAME_ORDER, text)

    # Working

    def _send_on(self, order: SimulatedOrder) -> None:
        """Let an order begin, and those that were held back for it; or hold it back."""
        if order.is_held_back:
            order.status = OrderStatusName.INACTIVE
            self._tell(order)
            return
        family = self._family(order)
        for member in family:
            member.is_held_back = False
            member.status = self._first_status(member)
            self._tell(member)
            self._warn_of_hours(member)
        # Only then: what one of them does may end another.
        for member in family:
            self._work(member)

    def _family(self, order: SimulatedOrder) -> list[SimulatedOrder]:
        """An order, and its parent, siblings and children that are held back; parents first."""
        parent = self._records.parent(order)
        top = parent if parent is not None and parent.is_held_back else None
        siblings = self._groups.children(parent) if parent is not None else [order]
        family = [top, *siblings, *self._groups.children(order)]
        return [
            each for each in family if each is not None and (each is order or each.is_held_back)
        ]

    def _first_status(self, order: SimulatedOrder) -> str:
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
        parent = self._records.parent(order)
        return parent is not None and parent.status != OrderStatusName.FILLED

    def _may_work(self, order: SimulatedOrder) -> bool:
        """Whether an order's time has come: its parent, hours, conditions."""
        asked = order.order
        if self._waits_for_parent(order) or self._floor.now_ns() < order.begins_ns:
            return False
        if not order.auction_ns and not self._floor.is_open(
            order.listing, outside_regular_hours=asked.outside_regular_hours
        ):
            return False
        if not asked.conditions or asked.conditions_cancel_order:
            return True
        order.conditions_met |= are_met(asked.conditions, self, order.accepted_ns)
        return order.conditions_met

    def _warn_of_hours(self, order: SimulatedOrder) -> None:
        asked, contract = order.order, order.contract
        if order.auction_ns or self._floor.is_open(
            order.listing, outside_regular_hours=asked.outside_regular_hours
        ):
            return
        opens = reports.moment_of(self._floor.auction_ns(Auction.OPENING))
        text = (
            f"Order Message:\n{asked.action} {order.total:f} {contract.symbol} "
            f"{contract.exchange}\nWarning: Your order will not be placed at the exchange until "
            f"{opens}."
        )
        self._refuse(order.client_id, order.order_id, HELD, text)

    def _work(self, order: SimulatedOrder) -> None:
        """Let an order do what it can in the present view."""
        if not order.is_open or order.is_held_back:
            return
        asked = order.order
        if asked.conditions_cancel_order and are_met(asked.conditions, self, order.accepted_ns):
            self._cancelled(order)
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
            self._tell(order)
        limit = kind.limit(order, book.view, book.increments)
        self._take(order, book, limit)
        if order.is_open:
            self._keep(order, book, limit)

    def _take(self, order: SimulatedOrder, book: OrderBook, limit: float | None) -> None:
        """Trade what can be had at once."""
        asked = order.order
        quantity = min(
            int(order.remaining), let_go(order, self._floor.now_ns()) - int(order.filled)
        )
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
            self._cancelled(order)
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
        if self._floor.now_ns() < order.auction_ns:
            return
        auction = _auction_of(order.order) or Auction.CLOSING
        price = self._floor.auction_price(order.listing, auction, order.auction_ns)
        asked = order.order
        has_limit = asked.order_type in (OrderType.LIMIT, OrderType.LIMIT_ON_CLOSE)
        limit = asked.limit_price if has_limit else None
        if limit is None or (price <= limit if order.buys else price >= limit):
            self._book_fill(Fill(order, int(order.remaining), price, adds=False))
        else:
            self._cancelled(order)

    def _adjust(self, order: SimulatedOrder, view: View) -> None:
        """Make of an adjustable stop what it becomes at its trigger."""
        changed = adjusted(order, view)
        if changed is None:
            return
        order.order = changed
        order.triggered, order.seen_beyond = False, 0
        order.stop = order.limit = None
        kind_of(changed).begin(order, view)
        self._tell(order)

    # Fills and ends

    def _book_fill(self, fill: Fill) -> None:
        order = fill.order
        quantity = min(Decimal(fill.quantity), order.remaining)
        if not order.is_open or quantity <= 0:
            return
        account, listing = self._account(order), order.listing
        exact = Decimal(str(fill.price))
        order.filled += quantity
        order.value += quantity * exact
        order.last_price, order.traded_ns = fill.price, self._floor.now_ns()
        commission = self._commission(order)
        signed = quantity if order.buys else -quantity
        realized = account.fill(listing, signed, exact, commission)
        if order.remaining == 0:
            self._end(order, OrderStatusName.FILLED)
        number, now = len(self._records.executions) + 1, self._floor.now_ns()
        execution = reports.execution(order, number, quantity, now, adds=fill.adds)
        report = reports.commission_report(execution.execution.execution_id, commission, realized)
        self._records.keep(order, (execution, report))
        self._notify(order.client_id, execution)
        self._tell(order)
        self._notify(order.client_id, report)
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
        for other, left in list(self._groups.after_fill(order, quantity)):
            if not other.is_open or left == other.total:
                continue
            if left:
                other.order = msgspec.structs.replace(other.order, total_quantity=left)
                self._tell(other)
            else:
                self._cancelled(other)
        if order.status == OrderStatusName.FILLED:
            self._groups.remove(order)
            for child in self._groups.children(order):
                self._work(child)

    def _end(self, order: SimulatedOrder, status: str) -> None:
        order.status, order.why_held, order.is_held_back = status, "", False
        order.ended_ns, order.ended_in = self._floor.now_ns(), self._floor.session()
        self.book(order.listing).remove(order)
        self._records.end(order)

    def _cancel_as_asked(self, order: SimulatedOrder) -> None:
        if order.is_held_back:
            self._cancelled(order, OrderStatusName.API_CANCELLED)
            return
        order.status = OrderStatusName.PENDING_CANCEL
        self._notify(order.client_id, reports.status(order))
        self._cancelled(order)

    def _cancelled(self, order: SimulatedOrder, status: str = OrderStatusName.CANCELLED) -> None:
        """End an order, and the children that waited for it."""
        children = self._groups.children(order)
        self._end(order, status)
        self._groups.remove(order)
        self._records.keep(order)
        self._notify(order.client_id, reports.status(order))
        text = "Order Canceled - reason:"
        self._refuse(order.client_id, order.order_id, CANCELLED, text)
        for child in children:
            if child.is_open:
                self._cancelled(child)

    def _rejected(self, client_id: int, message: catalog.PlaceOrder, error: RequestError) -> None:
        """Say why an order is not taken; what the broker rejects is told as an order too."""
        self._refuse(client_id, message.order_id, error.code, error.text)
        if error.code == REJECTED:
            self._records.take_id(client_id, message.order_id)
            told = catalog.OrderStatus(
                order_id=message.order_id,
                status=OrderStatusName.INACTIVE,
                filled=Decimal(0),
                remaining=message.order.total_quantity,
                parent_id=message.order.parent_id,
                client_id=client_id,
            )
            self._notify(client_id, told)

    def _refuse(self, client_id: int, order_id: int, code: int, text: str) -> None:
        self._notify(client_id, catalog.InfoMessage(request_id=order_id, code=code, text=text))

    def _tell(self, order: SimulatedOrder) -> None:
        self._records.keep(order)
        for message in self.describe(order):
            self._notify(order.client_id, message)

    def _restore(self) -> None:
        """Take up where a Bridge before this one ended: positions follow from its executions."""
        for order in self._records.open():
            self._groups.add(order)
        for data, report in self._records.executions:
            done = data.execution
            shares = done.shares or Decimal(0)
            self._accounts[done.account].fill(
                self._instruments.remembered(data.contract),
                shares if done.side == "BOT" else -shares,
                Decimal(str(done.price)),
                Decimal(str(report.report.commission)),
            )

    def _account(self, order: SimulatedOrder) -> Account:
        return self._accounts[order.order.account]


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


_SIZE_ONLY = {"total_quantity", "transmit", "order_reference"}


def _is_another(before: Order, after: Order) -> bool:
    """Whether a change costs an order its place: all but making it smaller does."""
    if (after.total_quantity or 0) > (before.total_quantity or 0):
        return True
    return any(
        getattr(before, name) != getattr(after, name)
        for name in Order.__struct_fields__
        if name not in _SIZE_ONLY
    )
