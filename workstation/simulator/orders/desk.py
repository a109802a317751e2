"""OrderDesk: what clients ask about orders.

Owns ids, and which orders, changes and cancels are taken. Leaves what an order may ask for to
`rules`, what becomes of it to the engine, and who gets a message to its owner: (client id, message)
pairs are handed out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from workstation.errors import RequestError
from workstation.model import (
    Contract,
    ExecutionFilter,
    Order,
    OrderStatusName,
    TimeInForce,
)
from workstation.protocol import catalog
from workstation.simulator.chains import OptionListing
from workstation.simulator.instruments import Listing
from workstation.simulator.orders import reports
from workstation.simulator.orders.book import OrderBook
from workstation.simulator.orders.conditions import are_met
from workstation.simulator.orders.engine import OrderEngine
from workstation.simulator.orders.execution_query import ExecutionQuery
from workstation.simulator.orders.floor import Auction
from workstation.simulator.orders.funds import REJECTED, check_funds, what_if
from workstation.simulator.orders.life import SimulatedOrder
from workstation.simulator.orders.liquidity import Level
from workstation.simulator.orders.rules import (
    NOT_SAME_ORDER,
    check_change,
    check_order,
)
from workstation.simulator.orders.store import Pair

__all__ = ["OrderDesk"]

DUPLICATE_ID = 103
NOT_CHANGEABLE = 104
NO_PARENT = 135
NOT_CANCELLABLE = 161
HELD = 399
CANCEL_NOT_FOUND = 10147

_FIRST_PERMANENT_ID = 1_700_000_000


class OrderDesk:
    """All orders of the simulated Bridge.

    Args:
        engine: lives the lives of orders that are taken.
    """

    def __init__(self, engine: OrderEngine) -> None:
        self._engine = engine

    @property
    def next_order_id(self) -> Mapping[int, int]:
        """The lowest id that the next order of a client may have."""
        return self._engine.records.next_order_id

    def place(self, client_id: int, message: catalog.PlaceOrder) -> None:
        """Take a new order, a change of one, or a question what one would cost."""
        order_id, asked = message.order_id, message.order
        known = self._engine.records.find(client_id, order_id)
        if known is not None and not asked.what_if:
            self._change(known, message)
            return
        if not asked.what_if and order_id < self.next_order_id.get(client_id, 1):
            self._engine.refuse(client_id, order_id, DUPLICATE_ID, "Duplicate order id")
            return
        try:
            listing = self._engine.instruments.resolve(message.contract)
            self._engine.catch_up(listing)
            order = self._accepted(client_id, message, listing)
            if not asked.what_if:
                check_funds(self._engine.account(order), listing, order.order, Decimal(0))
        except RequestError as error:
            self._rejected(client_id, message, error)
            return
        if asked.what_if:
            state = what_if(self._engine.account(order), listing, order.order)
            told = msgspec.structs.replace(reports.open_order(order), state=state)
            self._engine.notify(client_id, told)
            return
        self._engine.records.add(order)
        self._engine.groups.add(order)
        self._send_on(order)

    def cancel(self, client_id: int, order_id: int) -> None:
        """Cancel one order of a client."""
        order = self._engine.records.find(client_id, order_id)
        if order is not None:
            self._engine.catch_up(order.listing)
        if order is None:
            text = f"OrderId {order_id} that needs to be cancelled is not found."
            self._engine.refuse(client_id, order_id, CANCEL_NOT_FOUND, text)
        elif not order.is_open:
            text = f"Cancel attempted when order is not in a cancellable state: {order.status}"
            self._engine.refuse(client_id, order_id, NOT_CANCELLABLE, text)
        else:
            self._cancel_as_asked(order)

    def cancel_all(self) -> None:
        """Cancel every order of every client."""
        for order in self.open_orders():
            if order.is_open:
                self._cancel_as_asked(order)

    def open_orders(self, client_id: int | None = None) -> list[SimulatedOrder]:
        """Orders that can still fill, of one client or of all, as they came."""
        return self._engine.records.open(client_id)

    def completed_orders(self) -> Iterator[catalog.CompletedOrder]:
        """Orders of all clients that ended in this session, in the order in which they came."""
        session = self._engine.floor.session()
        for order in self._engine.records:
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
        query = ExecutionQuery(wanted, self._engine.floor.now_ns() / 1e9)
        return [
            pair
            for pair in self._engine.records.executions
            if client_id in (0, pair[0].execution.client_id) and query.fits(pair[0])
        ]

    def _accepted(
        self, client_id: int, message: catalog.PlaceOrder, listing: Listing
    ) -> SimulatedOrder:
        """A new order, once it is known to be legal.

        Raises:
            RequestError: it is not.
        """
        asked, now = message.order, self._engine.floor.now_ns()
        self._check(listing, asked)
        permanent_id = _FIRST_PERMANENT_ID + len(self._engine.records) + 1
        order = SimulatedOrder(
            client_id,
            message.order_id,
            permanent_id,
            listing,
            self._engine.instruments.contract(listing, message.contract.exchange or "SMART"),
            msgspec.structs.replace(
                asked,
                order_id=message.order_id,
                client_id=client_id,
                permanent_id=permanent_id,
                account=asked.account or next(iter(self._engine.accounts)),
                time_in_force=asked.time_in_force or TimeInForce.DAY,
            ),
            session=self._engine.floor.session(),
            accepted_ns=now,
            is_held_back=not asked.transmit and not asked.what_if,
        )
        self._check_parent(order)
        self._engine.prepare(order)
        return order

    def _check_parent(self, order: SimulatedOrder) -> None:
        parent_id = order.order.parent_id
        if not parent_id:
            return
        parent = self._engine.records.parent(order)
        if parent is None:
            raise RequestError(NO_PARENT, f"Can't find order with id = {parent_id}")
        if not parent.is_open and parent.status != OrderStatusName.FILLED:
            text = "Order rejected - reason:Parent order is being cancelled."
            raise RequestError(REJECTED, text)

    def _change(self, order: SimulatedOrder, message: catalog.PlaceOrder) -> None:
        self._engine.catch_up(order.listing)
        if not order.is_open:
            whole = order.remaining == 0
            text = "Cannot modify a filled order" if whole else "Duplicate order id"
            code = NOT_CHANGEABLE if whole else DUPLICATE_ID
            self._engine.refuse(order.client_id, order.order_id, code, text)
            return
        try:
            self._check_same(order, message.contract)
            self._check(order.listing, message.order)
            check_change(order.order, message.order, order.filled)
            are_met(message.order.conditions, self._engine, order.accepted_ns)
            check_funds(self._engine.account(order), order.listing, message.order, order.filled)
        except RequestError as error:
            self._engine.refuse(order.client_id, order.order_id, error.code, error.text)
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
        order.session = self._engine.floor.session()
        if order.is_held_back:
            order.is_held_back = not message.order.transmit
            self._engine.prepare(order)
            self._send_on(order)
            return
        if _is_another(before, order.order):
            self._engine.book(order.listing).remove(order)
            self._engine.prepare(order)
            order.status = self._engine.first_status(order)
        if order.remaining == 0:
            self._engine.end(order, OrderStatusName.FILLED)
        self._engine.tell(order)
        self._engine.work(order)

    def _check(self, listing: Listing, order: Order) -> None:
        check_order(
            order,
            self._engine.accounts,
            self._engine.instruments.increments(listing),
            self._engine.floor.now_ns(),
            is_stock=not isinstance(listing, OptionListing),
        )

    def _check_same(self, order: SimulatedOrder, contract: Contract) -> None:
        if self._engine.instruments.resolve(contract).contract_id != order.listing.contract_id:
            text = "Order being modified does not match original order: another contract"
            raise RequestError(NOT_SAME_ORDER, text)

    def _send_on(self, order: SimulatedOrder) -> None:
        """Let an order begin, and those that were held back for it; or hold it back."""
        if order.is_held_back:
            order.status = OrderStatusName.INACTIVE
            self._engine.tell(order)
            return
        family = self._family(order)
        for member in family:
            member.is_held_back = False
            member.status = self._engine.first_status(member)
            self._engine.tell(member)
            self._warn_of_hours(member)
        # Only then: what one of them does may end another.
        for member in family:
            self._engine.work(member)

    def _family(self, order: SimulatedOrder) -> list[SimulatedOrder]:
        """An order, and its parent, siblings and children that are held back; parents first."""
        parent = self._engine.records.parent(order)
        top = parent if parent is not None and parent.is_held_back else None
        siblings = self._engine.groups.children(parent) if parent is not None else [order]
        family = [top, *siblings, *self._engine.groups.children(order)]
        return [
            each for each in family if each is not None and (each is order or each.is_held_back)
        ]

    def _warn_of_hours(self, order: SimulatedOrder) -> None:
        asked, contract = order.order, order.contract
        if order.auction_ns or self._engine.floor.is_open(
            order.listing, outside_regular_hours=asked.outside_regular_hours
        ):
            return
        opens = reports.moment_of(self._engine.floor.auction_ns(Auction.OPENING))
        text = (
            f"Order Message:\n{asked.action} {order.total:f} {contract.symbol} "
            f"{contract.exchange}\nWarning: Your order will not be placed at the exchange until "
            f"{opens}."
        )
        self._engine.refuse(order.client_id, order.order_id, HELD, text)

    def _cancel_as_asked(self, order: SimulatedOrder) -> None:
        if order.is_held_back:
            self._engine.cancelled(order, OrderStatusName.API_CANCELLED)
            return
        order.status = OrderStatusName.PENDING_CANCEL
        self._engine.notify(order.client_id, reports.status(order))
        self._engine.cancelled(order)

    def _rejected(self, client_id: int, message: catalog.PlaceOrder, error: RequestError) -> None:
        """Say why an order is not taken; what the broker rejects is told as an order too."""
        self._engine.refuse(client_id, message.order_id, error.code, error.text)
        if error.code == REJECTED:
            self._engine.records.take_id(client_id, message.order_id)
            told = catalog.OrderStatus(
                order_id=message.order_id,
                status=OrderStatusName.INACTIVE,
                filled=Decimal(0),
                remaining=message.order.total_quantity,
                parent_id=message.order.parent_id,
                client_id=client_id,
            )
            self._engine.notify(client_id, told)

    # What the engine does, and others need

    def book(self, listing: Listing) -> OrderBook:
        """The book of an instrument."""
        return self._engine.book(listing)

    def depth(self, listing: Listing, rows: int, *, bids: bool) -> list[Level]:
        """What everybody can see of one side of an instrument's book, best price first."""
        return self._engine.depth(listing, rows, bids=bids)

    def advance(self) -> None:
        """Let the market work on what is open."""
        self._engine.advance()


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
