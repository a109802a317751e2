"""Requests about orders: placing, changing, cancelling, asking, exercising."""

from __future__ import annotations

import msgspec

from workstation.clients.requests.sender import Sender
from workstation.model import Contract, ExecutionFilter, Order
from workstation.protocol import catalog

__all__ = ["OrderRequests"]


class OrderRequests(Sender):
    """Orders, executions and what options can do."""

    def place_order(self, contract: Contract, order: Order) -> int:
        """Place an order; gives its id. The order passes the order guard first.

        Raises:
            OrderRefused: the guard held it back; nothing was sent.
        """
        with self.turn:
            order_id = self.new_id()
            self.modify_order(order_id, contract, order)
        return order_id

    def modify_order(self, order_id: int, contract: Contract, order: Order) -> None:
        """Place an order again under its id, with what has changed.

        Raises:
            OrderRefused: the guard held it back; the order works on unchanged.
        """
        numbered = msgspec.structs.replace(order, order_id=order_id)
        self.send(catalog.PlaceOrder(order_id=order_id, contract=contract, order=numbered))

    def cancel_order(
        self,
        order_id: int,
        manual_cancel_time: str = "",
        *,
        ext_operator: str = "",
        manual_order_indicator: int | None = None,
    ) -> None:
        """Ask to cancel an order; it may fill before it is.

        Args:
            order_id: which order.
            manual_cancel_time: when a customer asked for it.
            ext_operator: who enters it, at some exchanges.
            manual_order_indicator: 1 by hand, 0 by a program.
        """
        self.send(
            catalog.CancelOrder(
                order_id=order_id,
                manual_cancel_time=manual_cancel_time,
                ext_operator=ext_operator,
                manual_order_indicator=manual_order_indicator,
            )
        )

    def request_global_cancel(
        self, *, ext_operator: str = "", manual_order_indicator: int | None = None
    ) -> None:
        """Cancel every order of the account, whoever placed it."""
        self.send(
            catalog.RequestGlobalCancel(
                ext_operator=ext_operator, manual_order_indicator=manual_order_indicator
            )
        )

    def request_open_orders(self) -> None:
        """Ask for this client's working orders (`open_order` …, then `open_order_end`)."""
        self.send(catalog.RequestOpenOrders())

    def request_all_open_orders(self) -> None:
        """Ask for the working orders of all clients, once."""
        self.send(catalog.RequestAllOpenOrders())

    def request_auto_open_orders(self, auto_bind: bool) -> None:  # noqa: FBT001  one flag is all
        """Client 0: bind orders placed by hand in TWS, so that they can be changed here."""
        self.send(catalog.RequestAutoOpenOrders(auto_bind=auto_bind))

    def request_executions(self, filter: ExecutionFilter = ExecutionFilter()) -> int:  # noqa: A002, B008
        """Ask for fills (`execution_data`, `commission_report`, then `execution_data_end`)."""
        return self._send_keyed(catalog.RequestExecutions, filter=filter)

    def request_completed_orders(self, *, api_only: bool = False) -> None:
        """Ask for filled and cancelled orders (`completed_order` …, `completed_orders_end`)."""
        self.send(catalog.RequestCompletedOrders(api_only=api_only))

    def exercise_options(
        self,
        contract: Contract,
        exercise_action: int = 1,
        exercise_quantity: int = 1,
        *,
        account: str = "",
        override: bool = False,
        manual_order_time: str = "",
        customer_account: str = "",
        professional_customer: bool = False,
    ) -> int:
        """Exercise options, or let them lapse. The order guard is asked first.

        Args:
            contract: which option.
            exercise_action: 1 exercise, 2 lapse.
            exercise_quantity: contracts.
            account: whose options.
            override: do what the system would not do by itself.
            manual_order_time: when a customer asked for it.
            customer_account: for whom, at brokers.
            professional_customer: whether that customer is a professional.

        Raises:
            OrderRefused: the guard held it back; nothing was sent.
        """
        return self._send_keyed(
            catalog.ExerciseOptions,
            contract=contract,
            exercise_action=exercise_action,
            exercise_quantity=exercise_quantity,
            account=account,
            override=override,
            manual_order_time=manual_order_time,
            customer_account=customer_account,
            professional_customer=professional_customer,
        )

    def calculate_implied_volatility(
        self, contract: Contract, option_price: float, under_price: float
    ) -> int:
        """Ask which volatility an option price implies (`tick_option_computation`)."""
        return self._send_keyed(
            catalog.CalculateImpliedVolatility,
            contract=contract,
            option_price=option_price,
            under_price=under_price,
        )

    def cancel_calculate_implied_volatility(self, request_id: int) -> None:
        """Give up the question for an implied volatility."""
        self.send(catalog.CancelCalculateImpliedVolatility(request_id=request_id))

    def calculate_option_price(
        self, contract: Contract, volatility: float, under_price: float
    ) -> int:
        """Ask what an option is worth at a volatility (`tick_option_computation`).

        Args:
            contract: which option.
            volatility: annual, as a fraction.
            under_price: price of the underlying.
        """
        return self._send_keyed(
            catalog.CalculateOptionPrice,
            contract=contract,
            volatility=volatility,
            under_price=under_price,
        )

    def cancel_calculate_option_price(self, request_id: int) -> None:
        """Give up the question for an option price."""
        self.send(catalog.CancelCalculateOptionPrice(request_id=request_id))
