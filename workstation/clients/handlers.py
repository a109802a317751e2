"""Handlers: one method for each message a Bridge can send.

Owns the names and types; every method here does nothing. A program overrides what it cares for. A
test holds these names against the catalog, so that none is missing or misspelt.
"""

from __future__ import annotations

from workstation.protocol import catalog
from workstation.protocol.message import Inbound

__all__ = ["Handlers"]


class Handlers:
    """What a program does with the messages it gets; each handler gets one typed message."""

    def message_received(self, message: Inbound) -> None:
        """Any message, before the handler of its own name."""

    def tick_price(self, message: catalog.TickPrice) -> None:
        """Message `tick_price`."""

    def tick_size(self, message: catalog.TickSize) -> None:
        """Message `tick_size`."""

    def order_status(self, message: catalog.OrderStatus) -> None:
        """Message `order_status`."""

    def info_message(self, message: catalog.InfoMessage) -> None:
        """Message `info_message`."""

    def open_order(self, message: catalog.OpenOrder) -> None:
        """Message `open_order`."""

    def account_value(self, message: catalog.AccountValue) -> None:
        """Message `account_value`."""

    def portfolio_value(self, message: catalog.PortfolioValue) -> None:
        """Message `portfolio_value`."""

    def account_update_time(self, message: catalog.AccountUpdateTime) -> None:
        """Message `account_update_time`."""

    def next_valid_id(self, message: catalog.NextValidId) -> None:
        """Message `next_valid_id`."""

    def contract_data(self, message: catalog.ContractData) -> None:
        """Message `contract_data`."""

    def execution_data(self, message: catalog.ExecutionData) -> None:
        """Message `execution_data`."""

    def managed_accounts(self, message: catalog.ManagedAccounts) -> None:
        """Message `managed_accounts`."""

    def historical_data(self, message: catalog.HistoricalData) -> None:
        """Message `historical_data`."""

    def tick_option_computation(self, message: catalog.TickOptionComputation) -> None:
        """Message `tick_option_computation`."""

    def tick_generic(self, message: catalog.TickGeneric) -> None:
        """Message `tick_generic`."""

    def tick_string(self, message: catalog.TickString) -> None:
        """Message `tick_string`."""

    def current_time(self, message: catalog.CurrentTime) -> None:
        """Message `current_time`."""

    def contract_data_end(self, message: catalog.ContractDataEnd) -> None:
        """Message `contract_data_end`."""

    def open_order_end(self, message: catalog.OpenOrderEnd) -> None:
        """Message `open_order_end`."""

    def account_download_end(self, message: catalog.AccountDownloadEnd) -> None:
        """Message `account_download_end`."""

    def execution_data_end(self, message: catalog.ExecutionDataEnd) -> None:
        """Message `execution_data_end`."""

    def tick_snapshot_end(self, message: catalog.TickSnapshotEnd) -> None:
        """Message `tick_snapshot_end`."""

    def market_data_type(self, message: catalog.MarketDataType) -> None:
        """Message `market_data_type`."""

    def commission_report(self, message: catalog.CommissionReport) -> None:
        """Message `commission_report`."""

    def position_data(self, message: catalog.PositionData) -> None:
        """Message `position_data`."""

    def position_end(self, message: catalog.PositionEnd) -> None:
        """Message `position_end`."""

    def account_summary(self, message: catalog.AccountSummary) -> None:
        """Message `account_summary`."""

    def account_summary_end(self, message: catalog.AccountSummaryEnd) -> None:
        """Message `account_summary_end`."""

    def security_definition_option_parameter(
        self, message: catalog.SecurityDefinitionOptionParameter
    ) -> None:
        """Message `security_definition_option_parameter`."""

    def security_definition_option_parameter_end(
        self, message: catalog.SecurityDefinitionOptionParameterEnd
    ) -> None:
        """Message `security_definition_option_parameter_end`."""

    def symbol_samples(self, message: catalog.SymbolSamples) -> None:
        """Message `symbol_samples`."""

    def tick_request_params(self, message: catalog.TickRequestParams) -> None:
        """Message `tick_request_params`."""

    def head_time_stamp(self, message: catalog.HeadTimeStamp) -> None:
        """Message `head_time_stamp`."""

    def historical_data_update(self, message: catalog.HistoricalDataUpdate) -> None:
        """Message `historical_data_update`."""

    def market_rule(self, message: catalog.MarketRule) -> None:
        """Message `market_rule`."""

    def pnl(self, message: catalog.Pnl) -> None:
        """Message `pnl`."""

    def pnl_single(self, message: catalog.PnlSingle) -> None:
        """Message `pnl_single`."""

    def order_bound(self, message: catalog.OrderBound) -> None:
        """Message `order_bound`."""

    def historical_data_end(self, message: catalog.HistoricalDataEnd) -> None:
        """Message `historical_data_end`."""
