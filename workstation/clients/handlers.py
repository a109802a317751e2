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
        """A price, with the size that stood at it."""

    def tick_size(self, message: catalog.TickSize) -> None:
        """A size."""

    def order_status(self, message: catalog.OrderStatus) -> None:
        """How far an order has come; repeats are normal."""

    def info_message(self, message: catalog.InfoMessage) -> None:
        """What the Bridge remarks: an error of a request, or a notice when `request_id` is -1."""

    def open_order(self, message: catalog.OpenOrder) -> None:
        """An order as the Bridge has it, with its stage; repeats are normal."""

    def account_value(self, message: catalog.AccountValue) -> None:
        """One value of an account."""

    def portfolio_value(self, message: catalog.PortfolioValue) -> None:
        """One position with its value."""

    def account_update_time(self, message: catalog.AccountUpdateTime) -> None:
        """When the account's values were last updated."""

    def next_valid_id(self, message: catalog.NextValidId) -> None:
        """The lowest id that a new order may have."""

    def contract_data(self, message: catalog.ContractData) -> None:
        """One contract that fits, with what the Bridge knows about it."""

    def execution_data(self, message: catalog.ExecutionData) -> None:
        """One fill."""

    def market_depth(self, message: catalog.MarketDepth) -> None:
        """A change of one level of a book without names."""

    def market_depth_l2(self, message: catalog.MarketDepthL2) -> None:
        """A change of one level of a book with names."""

    def news_bulletins(self, message: catalog.NewsBulletins) -> None:
        """One bulletin."""

    def managed_accounts(self, message: catalog.ManagedAccounts) -> None:
        """The accounts this login manages."""

    def receive_fa(self, message: catalog.ReceiveFa) -> None:
        """An advisor's configuration."""

    def historical_data(self, message: catalog.HistoricalData) -> None:
        """Bars, oldest first; from server version 196 `historical_data_end` follows."""

    def bond_contract_data(self, message: catalog.BondContractData) -> None:
        """One bond that fits, with what the Bridge knows about it."""

    def scanner_parameters(self, message: catalog.ScannerParameters) -> None:
        """Which scans, places, instruments and filters there are."""

    def scanner_data(self, message: catalog.ScannerData) -> None:
        """What a scanner found, best first."""

    def tick_option_computation(self, message: catalog.TickOptionComputation) -> None:
        """Greeks and implied volatility of an option; None where nothing was computed."""

    def tick_generic(self, message: catalog.TickGeneric) -> None:
        """A number that is neither price nor size."""

    def tick_string(self, message: catalog.TickString) -> None:
        """A text: times, exchanges, packed values."""

    def tick_efp(self, message: catalog.TickEfp) -> None:
        """The price of exchanging a future for its stock."""

    def current_time(self, message: catalog.CurrentTime) -> None:
        """The Bridge's time."""

    def real_time_bars(self, message: catalog.RealTimeBars) -> None:
        """One bar of five seconds."""

    def fundamental_data(self, message: catalog.FundamentalData) -> None:
        """A report about a company."""

    def contract_data_end(self, message: catalog.ContractDataEnd) -> None:
        """No more contracts fit."""

    def open_order_end(self, message: catalog.OpenOrderEnd) -> None:
        """All working orders have been told once."""

    def account_download_end(self, message: catalog.AccountDownloadEnd) -> None:
        """All values and positions of an account have been told once."""

    def execution_data_end(self, message: catalog.ExecutionDataEnd) -> None:
        """No more fills; a Bridge has been seen not to send it."""

    def delta_neutral_validation(self, message: catalog.DeltaNeutralValidation) -> None:
        """The contract that will hedge the delta of an order."""

    def tick_snapshot_end(self, message: catalog.TickSnapshotEnd) -> None:
        """A snapshot is complete."""

    def market_data_type(self, message: catalog.MarketDataType) -> None:
        """How fresh the quotes of a request are from now on."""

    def commission_report(self, message: catalog.CommissionReport) -> None:
        """What one fill cost and earned."""

    def position_data(self, message: catalog.PositionData) -> None:
        """One position; 0 when it was closed."""

    def position_end(self, message: catalog.PositionEnd) -> None:
        """All positions have been told once."""

    def account_summary(self, message: catalog.AccountSummary) -> None:
        """One value of an account."""

    def account_summary_end(self, message: catalog.AccountSummaryEnd) -> None:
        """All values have been told once."""

    def verify_message_api(self, message: catalog.VerifyMessageApi) -> None:
        """A challenge."""

    def verify_completed(self, message: catalog.VerifyCompleted) -> None:
        """Whether the program was believed."""

    def display_group_list(self, message: catalog.DisplayGroupList) -> None:
        """Which groups there are."""

    def display_group_updated(self, message: catalog.DisplayGroupUpdated) -> None:
        """What a followed group shows."""

    def verify_and_auth_message_api(self, message: catalog.VerifyAndAuthMessageApi) -> None:
        """Two challenges."""

    def verify_and_auth_completed(self, message: catalog.VerifyAndAuthCompleted) -> None:
        """Whether program and user were believed."""

    def position_multi(self, message: catalog.PositionMulti) -> None:
        """One position of an account or model."""

    def position_multi_end(self, message: catalog.PositionMultiEnd) -> None:
        """All positions of an account or model have been told once."""

    def account_update_multi(self, message: catalog.AccountUpdateMulti) -> None:
        """One value of an account or model."""

    def account_update_multi_end(self, message: catalog.AccountUpdateMultiEnd) -> None:
        """All values of an account or model have been told once."""

    def security_definition_option_parameter(
        self, message: catalog.SecurityDefinitionOptionParameter
    ) -> None:
        """Expiries and strikes of one class of options on one exchange."""

    def security_definition_option_parameter_end(
        self, message: catalog.SecurityDefinitionOptionParameterEnd
    ) -> None:
        """No more classes of options."""

    def soft_dollar_tiers(self, message: catalog.SoftDollarTiers) -> None:
        """The soft dollar tiers that orders may name."""

    def family_codes(self, message: catalog.FamilyCodes) -> None:
        """Which accounts belong to which families."""

    def symbol_samples(self, message: catalog.SymbolSamples) -> None:
        """Contracts whose symbol or name fits a search."""

    def market_depth_exchanges(self, message: catalog.MarketDepthExchanges) -> None:
        """The exchanges that show their books."""

    def tick_request_params(self, message: catalog.TickRequestParams) -> None:
        """Tick size and exchange map of a stream that just began."""

    def smart_components(self, message: catalog.SmartComponents) -> None:
        """Which exchanges stand behind the bits of an exchange map."""

    def news_article(self, message: catalog.NewsArticle) -> None:
        """The text behind a headline."""

    def tick_news(self, message: catalog.TickNews) -> None:
        """A headline that just came, of a market data stream with generic tick 292."""

    def news_providers(self, message: catalog.NewsProviders) -> None:
        """Whose news this login may read."""

    def historical_news(self, message: catalog.HistoricalNews) -> None:
        """One headline of the past."""

    def historical_news_end(self, message: catalog.HistoricalNewsEnd) -> None:
        """No more headlines in this answer."""

    def head_time_stamp(self, message: catalog.HeadTimeStamp) -> None:
        """The earliest moment there are bars of."""

    def histogram_data(self, message: catalog.HistogramData) -> None:
        """How much was traded at each price."""

    def historical_data_update(self, message: catalog.HistoricalDataUpdate) -> None:
        """The bar under way; the order of its fields on the wire is its own."""

    def reroute_market_data_request(self, message: catalog.RerouteMarketDataRequest) -> None:
        """Quotes of a CFD are those of its underlying: ask for this contract instead."""

    def reroute_market_depth_request(self, message: catalog.RerouteMarketDepthRequest) -> None:
        """The book of a CFD is that of its underlying: ask for this contract instead."""

    def market_rule(self, message: catalog.MarketRule) -> None:
        """A table of price steps, lowest first."""

    def pnl(self, message: catalog.Pnl) -> None:
        """An account's profit and loss."""

    def pnl_single(self, message: catalog.PnlSingle) -> None:
        """One position's profit and loss."""

    def historical_ticks(self, message: catalog.HistoricalTicks) -> None:
        """Midpoints of the past."""

    def historical_ticks_bid_ask(self, message: catalog.HistoricalTicksBidAsk) -> None:
        """Bids and asks of the past."""

    def historical_ticks_last(self, message: catalog.HistoricalTicksLast) -> None:
        """Trades of the past."""

    def tick_by_tick(self, message: catalog.TickByTick) -> None:
        """One tick; which fields it has depends on its type."""

    def order_bound(self, message: catalog.OrderBound) -> None:
        """An order got an id of this API client."""

    def completed_order(self, message: catalog.CompletedOrder) -> None:
        """An order that filled or was cancelled, with when and why in its state."""

    def completed_orders_end(self, message: catalog.CompletedOrdersEnd) -> None:
        """All completed orders have been told."""

    def replace_fa_end(self, message: catalog.ReplaceFaEnd) -> None:
        """An advisor's configuration was replaced."""

    def wsh_meta_data(self, message: catalog.WshMetaData) -> None:
        """Which kinds of events there are."""

    def wsh_event_data(self, message: catalog.WshEventData) -> None:
        """Events."""

    def historical_schedule(self, message: catalog.HistoricalSchedule) -> None:
        """Trading sessions of the past: the answer to bars of SCHEDULE."""

    def user_info(self, message: catalog.UserInfo) -> None:
        """By whom this login is branded."""

    def historical_data_end(self, message: catalog.HistoricalDataEnd) -> None:
        """The bars are complete."""

    def current_time_in_millis(self, message: catalog.CurrentTimeInMillis) -> None:
        """The Bridge's time to the millisecond."""
