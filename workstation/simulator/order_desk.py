"""OrderDesk: orders from the moment they arrive until nothing more can happen to them.

Owns ids, stages, fills and cancels, and the messages TWS would send for each of them. Leaves what
an order may ask for to `order_rules`, prices to the market, the arithmetic of a fill to `matching`,
money to `account`, and who gets a message to its owner: it hands out (client id, message) pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import msgspec

from workstation.errors import RequestError
from workstation.model import (
    CommissionReport,
    Contract,
    Execution,
    ExecutionFilter,
    Order,
    OrderState,
    OrderStatusName,
    OrderType,
    TimeInForce,
)
from workstation.protocol import catalog
from workstation.protocol.message import Inbound
from workstation.simulator.account import Account, multiplier_of
from workstation.simulator.chains import OptionListing
from workstation.simulator.commissions import order_commission
from workstation.simulator.execution_query import ExecutionQuery
from workstation.simulator.instruments import Instruments, Listing
from workstation.simulator.matching import Market, match
from workstation.simulator.order_rules import NOT_SAME_ORDER, check_change, check_order
from workstation.simulator.wire_dates import moment_text

__all__ = ["OrderDesk", "SimulatedOrder"]

Notify = Callable[[int, Inbound], None]
"""Gives a message to a client, by its id."""


DUPLICATE_ID = 103
NOT_CANCELLABLE = 161
REJECTED = 201
CANCELLED = 202
CANCEL_NOT_FOUND = 10147
NOT_CHANGEABLE = 104

_FIRST_PERMANENT_ID = 1_700_000_000


@dataclass(slots=True, eq=False)
class SimulatedOrder:
    """One order at the simulated Bridge."""

    client_id: int
    order_id: int
    permanent_id: int
    listing: Listing
    contract: Contract
    order: Order
    session: int
    """The trading session it came in, which a day order does not outlive."""
    status: str = OrderStatusName.SUBMITTED
    filled: Decimal = Decimal(0)
    value: Decimal = Decimal(0)
    """Price times quantity of all fills."""
    commission: Decimal = Decimal(0)
    last_price: float = 0.0
    triggered: bool = False
    ended_ns: int = 0
    """When it filled or was cancelled, and in which session."""
    ended_in: int = 0
    taken_ns: int = 0
    """The quote whose liquidity it has taken: a change of the order brings no more of it."""
    executions: list[catalog.ExecutionData] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """The whole size."""
        return self.order.total_quantity or Decimal(0)

    @property
    def remaining(self) -> Decimal:
        """What is still to fill."""
        return self.total - self.filled

    @property
    def average_price(self) -> float:
        """Of what has filled."""
        return float(self.value / self.filled) if self.filled else 0.0

    @property
    def is_open(self) -> bool:
        """Whether it can still fill."""
        return self.status in (OrderStatusName.SUBMITTED, OrderStatusName.PRE_SUBMITTED)

    def wait_or_work(self) -> None:
        """Take the stage that the order's type begins with: a stop waits to be triggered."""
        waits = self.order.order_type in (OrderType.STOP, OrderType.STOP_LIMIT)
        self.status = OrderStatusName.PRE_SUBMITTED if waits else OrderStatusName.SUBMITTED


class OrderDesk:
    """All orders of the simulated Bridge.

    Args:
        instruments: what can be traded.
        account: whose orders they are.
        market_of: the quote of an instrument now, with the time it came to be.
        clock_ns: nanoseconds since 1970.
        session: number of the trading session that is on.
        notify: hands a message to a client.
        traded: told the contract id of every position that a fill changed.
    """

    def __init__(
        self,
        instruments: Instruments,
        account: Account,
        market_of: Callable[[Listing], tuple[int, Market]],
        clock_ns: Callable[[], int],
        session: Callable[[], int],
        notify: Notify,
        traded: Callable[[int], None],
    ) -> None:
        self._traded = traded
        self._instruments = instruments
        self.account = account
        self._market_of = market_of
        self._clock_ns = clock_ns
        self._session = session
        self._notify = notify
        self._orders: dict[tuple[int, int], SimulatedOrder] = {}
        self._executions: list[tuple[catalog.ExecutionData, catalog.CommissionReport]] = []
        self.next_order_id: dict[int, int] = {}

    # What clients ask

    def place(self, client_id: int, message: catalog.PlaceOrder) -> None:
        """Take a new order, a change of one, or a question what one would cost."""
        known = self._orders.get((client_id, message.order_id))
        if known is not None and not message.order.what_if:
            self._change(known, message)
            return
        if not message.order.what_if and message.order_id < self.next_order_id.get(client_id, 1):
            self._refuse(client_id, message.order_id, DUPLICATE_ID, "Duplicate order id")
            return
        try:
            listing = self._instruments.resolve(message.contract)
            self._check(listing, message.order)
            if not message.order.what_if:
                self._check_funds(listing, _signed(message.order))
        except RequestError as error:
            self._refuse(client_id, message.order_id, error.code, error.text)
            return
        order = self._accepted(client_id, message, listing)
        if message.order.what_if:
            self._answer_what_if(order)
            return
        self._orders[client_id, message.order_id] = order
        self.next_order_id[client_id] = message.order_id + 1
        order.wait_or_work()
        self._tell(order)
        self._work(order)

    def cancel(self, client_id: int, order_id: int) -> None:
        """Cancel one order of a client."""
        order = self._orders.get((client_id, order_id))
        if order is None:
            text = f"OrderId {order_id} that needs to be cancelled is not found."
            self._refuse(client_id, order_id, CANCEL_NOT_FOUND, text)
        elif not order.is_open:
            text = f"Cancel attempted when order is not in a cancellable state: {order.status}"
            self._refuse(client_id, order_id, NOT_CANCELLABLE, text)
        else:
            self._cancelled(order)

    def cancel_all(self) -> None:
        """Cancel every order of every client."""
        for order in self.open_orders():
            self._cancelled(order)

    def open_orders(self, client_id: int | None = None) -> list[SimulatedOrder]:
        """Orders that can still fill, of one client or of all."""
        return [
            order
            for order in self._orders.values()
            if order.is_open and client_id in (None, order.client_id)
        ]

    def completed_orders(self) -> Iterator[catalog.CompletedOrder]:
        """Orders of all clients that ended in this session, in the order in which they came."""
        for order in self._orders.values():
            if not order.is_open and order.ended_in == self._session():
                yield catalog.CompletedOrder(
                    contract=order.contract,
                    order=msgspec.structs.replace(order.order, filled_quantity=order.filled),
                    state=OrderState(
                        status=order.status,
                        completed_time=moment_text(order.ended_ns / 1e9),
                        completed_status=_ended(order),
                    ),
                )

    def describe(self, order: SimulatedOrder) -> tuple[catalog.OpenOrder, catalog.OrderStatus]:
        """The two messages that say how an order stands."""
        return self._open_order(order), self._status(order)

    def executions(
        self, client_id: int, wanted: ExecutionFilter
    ) -> list[tuple[catalog.ExecutionData, catalog.CommissionReport]]:
        """Fills that fit a filter, oldest first; client 0 sees everybody's.

        Raises:
            RequestError: the filter can not be read.
        """
        query = ExecutionQuery(wanted, self._clock_ns() / 1e9)
        return [
            pair
            for pair in self._executions
            if client_id in (0, pair[0].execution.client_id) and query.fits(pair[0])
        ]

    # What time brings

    def advance(self) -> None:
        """Let the market work on what is open."""
        for order in self.open_orders():
            if self._is_over(order):
                self._cancelled(order)
            else:
                self._work(order)

    def _is_over(self, order: SimulatedOrder) -> bool:
        """Whether an order's time has passed: a day order's with its session."""
        if order.order.time_in_force == TimeInForce.DAY and order.session != self._session():
            return True
        listing = order.listing
        return isinstance(listing, OptionListing) and listing.expiry < self._instruments.today()

    # Inside

    def _accepted(
        self, client_id: int, message: catalog.PlaceOrder, listing: Listing
    ) -> SimulatedOrder:
        permanent_id = _FIRST_PERMANENT_ID + len(self._orders) + 1
        order = msgspec.structs.replace(
            message.order,
            order_id=message.order_id,
            client_id=client_id,
            permanent_id=permanent_id,
            account=message.order.account or self.account.name,
            time_in_force=message.order.time_in_force or "DAY",
        )
        exchange = message.contract.exchange or "SMART"
        contract = self._instruments.contract(listing, exchange)
        return SimulatedOrder(
            client_id,
            message.order_id,
            permanent_id,
            listing,
            contract,
            order,
            session=self._session(),
        )

    def _change(self, order: SimulatedOrder, message: catalog.PlaceOrder) -> None:
        if not order.is_open:
            text = "Cannot modify a filled order" if order.remaining == 0 else "Duplicate order id"
            code = NOT_CHANGEABLE if order.remaining == 0 else DUPLICATE_ID
            self._refuse(order.client_id, order.order_id, code, text)
            return
        try:
            self._check_same(order, message.contract)
            self._check(order.listing, message.order)
            check_change(order.order, message.order, order.filled)
            self._check_funds(order.listing, _signed(message.order, order.filled))
        except RequestError as error:
            self._refuse(order.client_id, order.order_id, error.code, error.text)
            return
        another_type = message.order.order_type != order.order.order_type
        order.order = msgspec.structs.replace(
            message.order,
            order_id=order.order_id,
            client_id=order.client_id,
            permanent_id=order.permanent_id,
            account=order.order.account,
            time_in_force=message.order.time_in_force or "DAY",
        )
        order.session = self._session()
        if another_type:
            order.triggered = False
            order.wait_or_work()
        if order.remaining == 0:
            self._end(order, OrderStatusName.FILLED)
        self._tell(order)
        if order.is_open:
            self._work(order)

    def _check(self, listing: Listing, order: Order) -> None:
        check_order(order, self.account.name, self._instruments.increments(listing))

    def _check_same(self, order: SimulatedOrder, contract: Contract) -> None:
        if self._instruments.resolve(contract).contract_id != order.listing.contract_id:
            text = "Order being modified does not match original order: another contract"
            raise RequestError(NOT_SAME_ORDER, text)

    def _check_funds(self, listing: Listing, signed: Decimal) -> None:
        price = self.account.price(listing)
        cost = signed * price * multiplier_of(listing)
        before = self.account.figures()
        after = self.account.figures((listing, signed, cost))
        if after.initial_margin > before.initial_margin and after.available_funds < 0:
            text = (
                "Order rejected - reason:YOUR ORDER IS NOT ACCEPTED. IN ORDER TO OBTAIN THE "
                f"DESIRED POSITION YOUR EQUITY WITH LOAN VALUE [{after.net_liquidation} USD] MUST "
                f"EXCEED THE INITIAL MARGIN [{after.initial_margin} USD]"
            )
            raise RequestError(REJECTED, text)

    def _answer_what_if(self, order: SimulatedOrder) -> None:
        signed = _signed(order.order)
        price = self.account.price(order.listing)
        limit = order.order.limit_price
        paid = Decimal(str(limit)) if limit is not None else price
        value = abs(signed) * paid * multiplier_of(order.listing)
        commission = order_commission(abs(signed), value, is_option=_is_option(order.listing))
        before = self.account.figures()
        cost = signed * paid * multiplier_of(order.listing) + commission
        after = self.account.figures((order.listing, signed, cost))
        state = OrderState(
            status=OrderStatusName.PRE_SUBMITTED,
            initial_margin_before=str(before.initial_margin),
            maintenance_margin_before=str(before.maintenance_margin),
            equity_with_loan_before=str(before.net_liquidation),
            initial_margin_change=str(after.initial_margin - before.initial_margin),
            maintenance_margin_change=str(after.maintenance_margin - before.maintenance_margin),
            equity_with_loan_change=str(after.net_liquidation - before.net_liquidation),
            initial_margin_after=str(after.initial_margin),
            maintenance_margin_after=str(after.maintenance_margin),
            equity_with_loan_after=str(after.net_liquidation),
            commission=float(commission),
            minimum_commission=float(commission),
            maximum_commission=float(commission),
            commission_currency="USD",
            warning_text="" if after.available_funds >= 0 else "insufficient funds",
        )
        self._notify(
            order.client_id,
            catalog.OpenOrder(
                order_id=order.order_id, contract=order.contract, order=order.order, state=state
            ),
        )

    def _work(self, order: SimulatedOrder) -> None:
        """Let an order take what the present quote offers, once for each quote."""
        time_ns, market = self._market_of(order.listing)
        if time_ns != order.taken_ns:
            was_triggered = order.triggered
            got = match(order.order, order.remaining, market, triggered=order.triggered)
            order.triggered = got.triggered
            began = got.triggered and not was_triggered
            if began and order.status == OrderStatusName.PRE_SUBMITTED:
                order.status = OrderStatusName.SUBMITTED
                self._tell(order)
            if got.quantity:
                order.taken_ns = time_ns
                self._fill(order, got.quantity, got.price)
        if order.is_open and order.order.time_in_force in ("IOC", "FOK"):
            self._cancelled(order)

    def _fill(self, order: SimulatedOrder, quantity: Decimal, price: float) -> None:
        exact = Decimal(str(price))
        is_option = _is_option(order.listing)
        order.filled += quantity
        order.value += quantity * exact
        total = order_commission(
            order.filled, order.value * multiplier_of(order.listing), is_option=is_option
        )
        commission, order.commission = total - order.commission, total
        order.last_price = price
        signed = quantity if order.order.action == "BUY" else -quantity
        realized = self.account.fill(order.listing, signed, exact, commission)
        if order.remaining == 0:
            self._end(order, OrderStatusName.FILLED)
        execution = self._execution(order, quantity, price)
        report = catalog.CommissionReport(
            report=CommissionReport(
                execution_id=execution.execution.execution_id,
                commission=float(commission),
                currency="USD",
                realized_pnl=None if realized is None else float(realized),
            )
        )
        self._executions.append((execution, report))
        self._notify(order.client_id, execution)
        self._tell(order)
        self._notify(order.client_id, report)
        self._traded(order.listing.contract_id)

    def _execution(
        self, order: SimulatedOrder, quantity: Decimal, price: float
    ) -> catalog.ExecutionData:
        number = len(self._executions) + 1
        return catalog.ExecutionData(
            request_id=-1,
            contract=order.contract,
            execution=Execution(
                order_id=order.order_id,
                execution_id=f"0000{order.permanent_id:x}.{number:08x}.01.01",
                time=moment_text(self._clock_ns() / 1e9),
                account=order.order.account,
                exchange="ISLAND" if not _is_option(order.listing) else "CBOE",
                side="BOT" if order.order.action == "BUY" else "SLD",
                shares=quantity,
                price=price,
                permanent_id=order.permanent_id,
                client_id=order.client_id,
                cumulative_quantity=order.filled,
                average_price=order.average_price,
                order_reference=order.order.order_reference,
                last_liquidity=2,
            ),
        )

    def _end(self, order: SimulatedOrder, status: str) -> None:
        order.status = status
        order.ended_ns, order.ended_in = self._clock_ns(), self._session()

    def _cancelled(self, order: SimulatedOrder) -> None:
        self._end(order, OrderStatusName.CANCELLED)
        self._notify(order.client_id, self._status(order))
        text = "Order Canceled - reason:"
        self._refuse(order.client_id, order.order_id, CANCELLED, text)

    def _refuse(self, client_id: int, order_id: int, code: int, text: str) -> None:
        self._notify(client_id, catalog.InfoMessage(request_id=order_id, code=code, text=text))

    def _tell(self, order: SimulatedOrder) -> None:
        for message in self.describe(order):
            self._notify(order.client_id, message)

    def _open_order(self, order: SimulatedOrder) -> catalog.OpenOrder:
        return catalog.OpenOrder(
            order_id=order.order_id,
            contract=order.contract,
            order=order.order,
            state=OrderState(status=order.status),
        )

    def _status(self, order: SimulatedOrder) -> catalog.OrderStatus:
        return catalog.OrderStatus(
            order_id=order.order_id,
            status=order.status,
            filled=order.filled,
            remaining=order.remaining,
            average_fill_price=order.average_price,
            permanent_id=order.permanent_id,
            parent_id=order.order.parent_id,
            last_fill_price=order.last_price,
            client_id=order.client_id,
        )


def _signed(order: Order, filled: Decimal = Decimal(0)) -> Decimal:
    """What is still to trade, negative when it sells."""
    quantity = (order.total_quantity or Decimal(0)) - filled
    return quantity if order.action == "BUY" else -quantity


def _ended(order: SimulatedOrder) -> str:
    """How an order ended, in TWS's words."""
    if order.status == OrderStatusName.FILLED:
        return f"Filled Size: {order.filled:f}"
    return "Cancelled by Trader"


def _is_option(listing: Listing) -> bool:
    return isinstance(listing, OptionListing)
