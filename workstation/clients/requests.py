"""Requests: every request of the protocol as a typed method, written once.

Owns the methods' names, arguments and defaults, and giving each request its id. Leaves to whoever
mixes this in how a request reaches the Bridge: `ClientApplication` sends it, an actor hands it to
its desk. A method, its message class and its form on the desk share one name.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import msgspec

from workstation.model import Contract, ExecutionFilter, MarketDataType, Order, TagValue
from workstation.protocol import catalog
from workstation.protocol.message import Request

__all__ = ["Requests"]


class Requests(ABC):
    """Requests as methods; each returns the id under which answers will come, where there is one.

    Every method raises NotConnected without a Bridge, EncodeError for a value that can not be
    sent, and `place_order` OrderRefused when the order guard holds the order back.
    """

    @abstractmethod
    def new_id(self) -> int:
        """An id no request or order has had on this connection."""

    @abstractmethod
    def send(self, request: Request) -> None:
        """Bring a request on its way to the Bridge."""

    def _send_keyed(self, cls: type[Request], **fields: object) -> int:
        request_id = self.new_id()
        self.send(cls(request_id=request_id, **fields))
        return request_id

    # Session

    def request_order_ids(self) -> None:
        """Ask for the next valid order id (`next_valid_id`)."""
        self.send(catalog.RequestOrderIds())

    def request_managed_accounts(self) -> None:
        """Ask which accounts this login manages (`managed_accounts`)."""
        self.send(catalog.RequestManagedAccounts())

    def request_current_time(self) -> None:
        """Ask for the Bridge's time (`current_time`)."""
        self.send(catalog.RequestCurrentTime())

    # Market data

    def request_market_data(
        self,
        contract: Contract,
        generic_ticks: str = "",
        *,
        snapshot: bool = False,
        regulatory_snapshot: bool = False,
        options: tuple[TagValue, ...] = (),
    ) -> int:
        """Stream quotes (`tick_price`, `tick_size`, `tick_option_computation`, …).

        Args:
            contract: what to quote.
            generic_ticks: comma-separated numbers of extra ticks.
            snapshot: one set of quotes, ended by `tick_snapshot_end`, instead of a stream.
            regulatory_snapshot: a snapshot that costs a fee.
            options: further named parameters.
        """
        return self._send_keyed(
            catalog.RequestMarketData,
            contract=contract,
            generic_ticks=generic_ticks,
            snapshot=snapshot,
            regulatory_snapshot=regulatory_snapshot,
            options=options,
        )

    def cancel_market_data(self, request_id: int) -> None:
        """End a stream of quotes."""
        self.send(catalog.CancelMarketData(request_id=request_id))

    def request_market_data_type(self, market_data_type: MarketDataType) -> None:
        """Say how fresh quotes must be: live, frozen, delayed."""
        self.send(catalog.RequestMarketDataType(market_data_type=market_data_type))

    def request_market_rule(self, market_rule_id: int) -> None:
        """Ask for a table of price steps (`market_rule`)."""
        self.send(catalog.RequestMarketRule(market_rule_id=market_rule_id))

    # Contracts

    def request_contract_data(self, contract: Contract) -> int:
        """Ask for all contracts that fit (`contract_data`, then `contract_data_end`)."""
        return self._send_keyed(catalog.RequestContractData, contract=contract)

    def request_matching_symbols(self, pattern: str) -> int:
        """Search symbols and names (`symbol_samples`)."""
        return self._send_keyed(catalog.RequestMatchingSymbols, pattern=pattern)

    def request_security_definition_option_parameters(
        self,
        under_symbol: str,
        under_contract_id: int,
        *,
        under_security_type: str = "STK",
        exchange: str = "",
    ) -> int:
        """Ask for expiries and strikes of options (`security_definition_option_parameter`).

        Not every strike exists for every expiry: ask contract data for the ones that do.
        """
        return self._send_keyed(
            catalog.RequestSecurityDefinitionOptionParameters,
            under_symbol=under_symbol,
            exchange=exchange,
            under_security_type=under_security_type,
            under_contract_id=under_contract_id,
        )

    # History

    def request_historical_data(
        self,
        contract: Contract,
        *,
        duration: str,
        bar_size: str,
        end_date_time: str = "",
        what_to_show: str = "TRADES",
        use_regular_hours: bool = True,
        format_date: int = 2,
        keep_up_to_date: bool = False,
    ) -> int:
        """Ask for bars (`historical_data`), oldest first.

        Args:
            contract: what the bars are of.
            duration: how far back, such as `1 D` or `1 Y`.
            bar_size: such as `1 min` or `1 day`.
            end_date_time: `YYYYMMDD hh:mm:ss Zone`; empty is now.
            what_to_show: TRADES, MIDPOINT, BID, ASK, …
            use_regular_hours: leave out what lies outside regular trading hours.
            format_date: 1 for dates as text, 2 for seconds since 1970.
            keep_up_to_date: go on with `historical_data_update`.
        """
        return self._send_keyed(
            catalog.RequestHistoricalData,
            contract=contract,
            end_date_time=end_date_time,
            bar_size=bar_size,
            duration=duration,
            use_regular_hours=use_regular_hours,
            what_to_show=what_to_show,
            format_date=format_date,
            keep_up_to_date=keep_up_to_date,
        )

    def cancel_historical_data(self, request_id: int) -> None:
        """Give up a request for bars, or end its updates."""
        self.send(catalog.CancelHistoricalData(request_id=request_id))

    def request_head_time_stamp(
        self,
        contract: Contract,
        what_to_show: str = "TRADES",
        *,
        use_regular_hours: bool = True,
        format_date: int = 2,
    ) -> int:
        """Ask how far back bars reach (`head_time_stamp`)."""
        return self._send_keyed(
            catalog.RequestHeadTimeStamp,
            contract=contract,
            what_to_show=what_to_show,
            use_regular_hours=use_regular_hours,
            format_date=format_date,
        )

    def cancel_head_time_stamp(self, request_id: int) -> None:
        """Give up the question how far back bars reach."""
        self.send(catalog.CancelHeadTimeStamp(request_id=request_id))

    # Orders

    def place_order(self, contract: Contract, order: Order) -> int:
        """Place an order; gives its id. The order passes the order guard first.

        Raises:
            OrderRefused: the guard held it back; nothing was sent.
        """
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

    def cancel_order(self, order_id: int, manual_cancel_time: str = "") -> None:
        """Ask to cancel an order; it may fill before it is."""
        self.send(catalog.CancelOrder(order_id=order_id, manual_cancel_time=manual_cancel_time))

    def request_global_cancel(self) -> None:
        """Cancel every order of the account, whoever placed it."""
        self.send(catalog.RequestGlobalCancel())

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

    # Account

    def request_account_updates(self, subscribe: bool, account: str = "") -> None:  # noqa: FBT001
        """Start or end account news (`account_value`, `portfolio_value`, …)."""
        self.send(catalog.RequestAccountUpdates(subscribe=subscribe, account=account))

    def request_positions(self) -> None:
        """Stream positions of all accounts (`position_data`, first ended by `position_end`)."""
        self.send(catalog.RequestPositions())

    def cancel_positions(self) -> None:
        """End the stream of positions."""
        self.send(catalog.CancelPositions())

    def request_account_summary(self, group: str = "All", tags: str = "") -> int:
        """Stream account values (`account_summary`, then `account_summary_end`).

        Args:
            group: group of accounts; All is every one.
            tags: comma-separated account tags.
        """
        return self._send_keyed(catalog.RequestAccountSummary, group=group, tags=tags)

    def cancel_account_summary(self, request_id: int) -> None:
        """End a stream of account values."""
        self.send(catalog.CancelAccountSummary(request_id=request_id))

    def request_pnl(self, account: str, model_code: str = "") -> int:
        """Stream the account's profit and loss (`pnl`)."""
        return self._send_keyed(catalog.RequestPnl, account=account, model_code=model_code)

    def cancel_pnl(self, request_id: int) -> None:
        """End a stream of profit and loss."""
        self.send(catalog.CancelPnl(request_id=request_id))

    def request_pnl_single(self, account: str, contract_id: int, model_code: str = "") -> int:
        """Stream one position's profit and loss (`pnl_single`)."""
        return self._send_keyed(
            catalog.RequestPnlSingle,
            account=account,
            model_code=model_code,
            contract_id=contract_id,
        )

    def cancel_pnl_single(self, request_id: int) -> None:
        """End a stream of one position's profit and loss."""
        self.send(catalog.CancelPnlSingle(request_id=request_id))
