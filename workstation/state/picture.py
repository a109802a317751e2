"""Picture: everything known of market, orders and accounts, in one place.

Owns which fold each message goes to. Panes, guard, actors and replay read it; it changes only by
`apply`. It knows no clock and does no I/O: the same messages with the same times make the same
picture.

Requests are applied too, when they are sent: they say which instrument a request's ticks are about,
which order is on its way, and that a list of open orders or positions is about to be told. The
connection's coming and going is applied as `BridgeConnecting`, `BridgeConnected` and
`BridgeDisconnected`. Messages that change nothing here are welcome and ignored.

Threads: one thread applies. Any thread may read: orders, positions, fills and details are records
that are replaced whole, and lists are handed out as tuples of their own; a `Quote`, the `Session`
and an `Account` change in place, so two of their fields may be a tick apart. One thread, the
painter, takes `changes`; see there why that needs no lock.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workstation.protocol import catalog
from workstation.protocol.message import Message
from workstation.state.accounts import Accounts
from workstation.state.changes import Changes
from workstation.state.contracts import Contracts
from workstation.state.executions import Executions
from workstation.state.orders import Orders
from workstation.state.positions import Positions
from workstation.state.quotes import Quotes
from workstation.state.session import (
    BridgeConnected,
    BridgeConnecting,
    BridgeDisconnected,
    Session,
)

__all__ = ["ConnectionEvent", "Picture"]

ConnectionEvent = BridgeConnecting | BridgeConnected | BridgeDisconnected

Folds = dict[type, Callable[[Any, int], None]]
"""What folds each kind of message."""

_FEED_LOST = frozenset({1100, 1101, 2103, 2110})
"""After these a quote may be wrong until its next tick."""

_LINES_LOST = 1101

_TOO_FAST = 100
"""The Bridge refused a message as one too many; it does not say which."""

_NO_REQUEST = -1


class Picture:
    """The live picture; see the module for who may read and who may write."""

    def __init__(self) -> None:
        self.changes = Changes()
        self.contracts = Contracts(self.changes)
        key_of = self.contracts.key
        self.session = Session(self.changes.session)
        self.quotes = Quotes(self.changes.quotes, key_of)
        self.orders = Orders(self.changes, key_of)
        self.executions = Executions(self.changes.executions)
        self.positions = Positions(self.changes, key_of)
        self.accounts = Accounts(self.changes.accounts)
        self._folds: Folds = {
            **self._session_folds(),
            **self._market_folds(),
            **self._order_folds(),
            **self._account_folds(),
        }

    def apply(self, message: Message | ConnectionEvent, time_ns: int) -> None:
        """Fold one message in.

        Args:
            message: a message from the Bridge, a request as it is sent, or a connection event.
            time_ns: when it came or went, in nanoseconds since 1970.
        """
        fold = self._folds.get(message.__class__)
        if fold is not None:
            fold(message, time_ns)

    def _session_folds(self) -> Folds:
        return {
            BridgeConnecting: self.session.bridge_connecting,
            BridgeConnected: self.session.bridge_connected,
            BridgeDisconnected: self._disconnected,
            catalog.StartApi: self._start_api,
            catalog.ManagedAccounts: self.session.managed_accounts,
            catalog.InfoMessage: self._info_message,
        }

    def _market_folds(self) -> Folds:
        quotes, contracts = self.quotes, self.contracts
        return {
            catalog.TickPrice: quotes.tick_price,
            catalog.TickSize: quotes.tick_size,
            catalog.TickOptionComputation: quotes.tick_option_computation,
            catalog.TickGeneric: quotes.tick_generic,
            catalog.TickString: quotes.tick_string,
            catalog.TickRequestParams: quotes.tick_request_params,
            catalog.TickSnapshotEnd: quotes.tick_snapshot_end,
            catalog.MarketDataType: quotes.market_data_type,
            catalog.RequestMarketData: quotes.request_market_data,
            catalog.CancelMarketData: quotes.cancel_market_data,
            catalog.ContractData: contracts.contract_data,
            catalog.MarketRule: contracts.market_rule,
            catalog.SecurityDefinitionOptionParameter: (
                contracts.security_definition_option_parameter
            ),
        }

    def _order_folds(self) -> Folds:
        orders = self.orders
        return {
            catalog.PlaceOrder: orders.place_order,
            catalog.CancelOrder: orders.cancel_order,
            catalog.RequestGlobalCancel: orders.request_global_cancel,
            catalog.RequestOpenOrders: orders.request_open_orders,
            catalog.RequestAllOpenOrders: orders.request_all_open_orders,
            catalog.OpenOrder: orders.open_order,
            catalog.OpenOrderEnd: orders.open_order_end,
            catalog.OrderStatus: orders.order_status,
            catalog.OrderBound: orders.order_bound,
            catalog.ExecutionData: self._execution_data,
            catalog.CommissionReport: self.executions.commission_report,
        }

    def _account_folds(self) -> Folds:
        positions, accounts = self.positions, self.accounts
        return {
            catalog.RequestPositions: positions.request_positions,
            catalog.PositionData: positions.position_data,
            catalog.PositionEnd: positions.position_end,
            catalog.PortfolioValue: positions.portfolio_value,
            catalog.RequestPnlSingle: positions.request_pnl_single,
            catalog.CancelPnlSingle: positions.cancel_pnl_single,
            catalog.PnlSingle: positions.pnl_single,
            catalog.AccountValue: accounts.account_value,
            catalog.AccountSummary: accounts.account_summary,
            catalog.AccountDownloadEnd: accounts.account_download_end,
            catalog.AccountUpdateTime: accounts.account_update_time,
            catalog.RequestPnl: accounts.request_pnl,
            catalog.CancelPnl: accounts.cancel_pnl,
            catalog.Pnl: accounts.pnl,
        }

    def _disconnected(self, event: BridgeDisconnected, time_ns: int) -> None:
        self.session.bridge_disconnected(event, time_ns)
        self.quotes.forget_lines()
        self.quotes.mark_stale()
        self.orders.connection_lost(time_ns)
        self.positions.connection_lost()
        self.accounts.connection_lost()

    def _start_api(self, message: catalog.StartApi, time_ns: int) -> None:
        self.session.start_api(message, time_ns)
        self.orders.start_api(message, time_ns)

    def _info_message(self, message: catalog.InfoMessage, time_ns: int) -> None:
        self.session.info_message(message, time_ns)
        if message.code in _FEED_LOST:
            self.quotes.mark_stale()
        if message.code == _LINES_LOST:
            self.quotes.forget_lines()
        if message.code == _TOO_FAST:
            self.orders.too_fast(message, time_ns)
        if message.request_id != _NO_REQUEST:
            self.quotes.info_message(message, time_ns)
            self.orders.info_message(message, time_ns)

    def _execution_data(self, message: catalog.ExecutionData, time_ns: int) -> None:
        fill = self.executions.execution_data(
            message, time_ns, self.contracts.key(message.contract)
        )
        if fill is not None:
            executed = self.executions.executed(fill.order)
            self.orders.filled(fill, executed, time_ns)
