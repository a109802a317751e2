"""IBKR_API: call and wait.

Owns which request gives what. Every method has the name, arguments and documentation of the request
it makes; `ClientApplication` and actors have the same methods, and get answers as messages instead.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

import msgspec

from workstation.clients.api import results
from workstation.clients.api.connection import ApiConnection
from workstation.clients.api.downloads import Downloads
from workstation.clients.api.methods import answered, ordered, sent, streamed
from workstation.clients.options import ClientOptions
from workstation.clients.requests import Requests
from workstation.errors import InvalidValue, RequestTimeout
from workstation.model import (
    Contract,
    ContractDescription,
    DepthExchange,
    FamilyCode,
    Histogram,
    NewsProvider,
    Order,
    OrderState,
    PriceIncrement,
    SmartComponent,
    SoftDollarTier,
)
from workstation.protocol import catalog
from workstation.protocol.message import Inbound
from workstation.state.live_order import LiveOrder
from workstation.state.picture import Picture

__all__ = ["IBKR_API"]


class IBKR_API(Downloads):  # noqa: N801  the name by which the interface is known
    """A connection to a Bridge whose methods wait for their answers.

    Use it as a context manager, from any number of threads, in scripts and in notebooks::

        with IBKR_API(port=4002) as api:
            bars = api.request_historical_data(Stock("XOM"), duration="1 Y", bar_size="1 day")
            print(bars.to_frame())

    A method raises RequestError when the Bridge refuses (with code and text), RequestTimeout when
    no answer comes in time, NotConnected when there is no Bridge, and EncodeError for what the
    Bridge's version can not carry. Orders pass the order guard, which raises OrderRefused.

    Args:
        host: where the Bridge is.
        port: its port.
        client_id: this program's number; two with one number are refused.
        timeout_seconds: how long a method waits for its answer.
        options: how to behave towards the Bridge.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 7497,
        client_id: int = 1,
        timeout_seconds: float = 10.0,
        *,
        options: ClientOptions = ClientOptions(),  # noqa: B008  frozen
    ) -> None:
        if not timeout_seconds > 0:
            raise InvalidValue("timeout_seconds", timeout_seconds, "legal is a time above 0")
        self.timeout_seconds = timeout_seconds
        self.client = ApiConnection(host, port, client_id, options=options)

    # Life

    def connect(self) -> None:
        """Connect; entering the context does it.

        Raises:
            NotConnected: there is no Bridge, or it would not have this client.
        """
        self.client.start(self.timeout_seconds)

    def disconnect(self) -> None:
        """End; leaving the context does it. Streams end too."""
        self.client.stop()
        self.client.fail_streams("the program disconnected")

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.disconnect()

    @property
    def is_connected(self) -> bool:
        """Whether requests can be made."""
        return self.client.is_connected

    @property
    def picture(self) -> Picture:
        """The live picture of market, orders and account."""
        return self.client.picture

    # Session

    request_current_time = answered(
        Requests.request_current_time, results.moment, "The time, in UTC."
    )
    request_current_time_in_millis = answered(
        Requests.request_current_time_in_millis, results.milliseconds, "The time, in UTC."
    )
    request_managed_accounts = answered(
        Requests.request_managed_accounts,
        results.field("accounts", tuple[str, ...]),
        "Names of accounts.",
    )
    request_order_ids = answered(
        Requests.request_order_ids, results.field("order_id", int), "The next valid order id."
    )
    request_user_info = answered(
        Requests.request_user_info, results.field("white_branding_id", str), "The brand's id."
    )
    set_server_log_level = sent(Requests.set_server_log_level)
    verify_request = answered(
        Requests.verify_request, results.field("api_data", str), "The challenge."
    )
    verify_message = answered(
        Requests.verify_message, results.only(catalog.VerifyCompleted), "Whether it was believed."
    )
    verify_and_auth_request = answered(
        Requests.verify_and_auth_request,
        results.only(catalog.VerifyAndAuthMessageApi),
        "The challenges.",
    )
    verify_and_auth_message = answered(
        Requests.verify_and_auth_message,
        results.only(catalog.VerifyAndAuthCompleted),
        "Whether it was believed.",
    )
    query_display_groups = answered(
        Requests.query_display_groups, results.groups, "Numbers of groups, the most used first."
    )
    subscribe_to_group_events = streamed(
        Requests.subscribe_to_group_events, catalog.DisplayGroupUpdated
    )
    update_display_group = sent(Requests.update_display_group)
    unsubscribe_from_group_events = sent(Requests.unsubscribe_from_group_events)

    # Market data

    request_market_data = streamed(Requests.request_market_data, Inbound)
    cancel_market_data = sent(Requests.cancel_market_data)
    request_market_data_type = sent(Requests.request_market_data_type)
    request_market_depth = streamed(Requests.request_market_depth, Inbound)
    cancel_market_depth = sent(Requests.cancel_market_depth)
    request_market_depth_exchanges = answered(
        Requests.request_market_depth_exchanges,
        results.field("exchanges", tuple[DepthExchange, ...]),
        "Exchanges that show their books.",
    )
    request_smart_components = answered(
        Requests.request_smart_components,
        results.field("components", tuple[SmartComponent, ...]),
        "One exchange for each bit.",
    )
    request_tick_by_tick_data = streamed(Requests.request_tick_by_tick_data, catalog.TickByTick)
    cancel_tick_by_tick_data = sent(Requests.cancel_tick_by_tick_data)
    request_real_time_bars = streamed(Requests.request_real_time_bars, catalog.RealTimeBars)
    cancel_real_time_bars = sent(Requests.cancel_real_time_bars)

    # Contracts

    request_contract_data = answered(
        Requests.request_contract_data, results.details, "All contracts that fit."
    )
    request_matching_symbols = answered(
        Requests.request_matching_symbols,
        results.field("contracts", tuple[ContractDescription, ...]),
        "Contracts whose symbol or name fits.",
    )
    request_security_definition_option_parameters = answered(
        Requests.request_security_definition_option_parameters,
        results.rows(catalog.SecurityDefinitionOptionParameter),
        "Expiries and strikes, one row an exchange and trading class.",
    )
    request_market_rule = answered(
        Requests.request_market_rule,
        results.field("increments", tuple[PriceIncrement, ...]),
        "Price steps, lowest first.",
    )
    request_scanner_parameters = answered(
        Requests.request_scanner_parameters, results.field("xml", str), "XML."
    )
    request_scanner_subscription = streamed(
        Requests.request_scanner_subscription, catalog.ScannerData
    )
    cancel_scanner_subscription = sent(Requests.cancel_scanner_subscription)

    # History

    request_historical_data = answered(
        Requests.request_historical_data, results.bars, "Bars, oldest first."
    )
    cancel_historical_data = sent(Requests.cancel_historical_data)
    request_head_time_stamp = answered(
        Requests.request_head_time_stamp, results.moment, "The earliest moment there are bars of."
    )
    cancel_head_time_stamp = sent(Requests.cancel_head_time_stamp)
    request_historical_ticks = answered(
        Requests.request_historical_ticks,
        results.ticks,
        "Ticks, oldest first: LastTicks, BidAskTicks or MidpointTicks.",
    )
    request_histogram_data = answered(
        Requests.request_histogram_data,
        results.field("histogram", Histogram),
        "Sizes by price.",
    )
    cancel_histogram_data = sent(Requests.cancel_histogram_data)

    def request_schedule(
        self, contract: Contract, duration: str, *, end_date_time: str = ""
    ) -> catalog.HistoricalSchedule:
        """Ask for trading sessions of the past.

        Args:
            contract: whose sessions.
            duration: how far back, such as `1 M`.
            end_date_time: `YYYYMMDD hh:mm:ss Zone`; empty is now.
        """
        messages = self.client.answer(
            self.timeout_seconds,
            Requests.request_historical_data,
            contract,
            duration=duration,
            bar_size="1 day",
            end_date_time=end_date_time,
            what_to_show="SCHEDULE",
        )
        found: catalog.HistoricalSchedule = messages[0]
        return found

    # Orders

    place_order = ordered(Requests.place_order)
    modify_order = sent(Requests.modify_order)
    cancel_order = sent(Requests.cancel_order)
    request_global_cancel = sent(Requests.request_global_cancel)
    exercise_options = sent(Requests.exercise_options)
    request_auto_open_orders = sent(Requests.request_auto_open_orders)
    request_open_orders = answered(
        Requests.request_open_orders,
        results.latest(catalog.OpenOrder, "order.permanent_id", "order_id"),
        "Working orders.",
    )
    request_all_open_orders = answered(
        Requests.request_all_open_orders,
        results.latest(catalog.OpenOrder, "order.permanent_id", "order_id"),
        "Working orders of all clients.",
    )
    request_completed_orders = answered(
        Requests.request_completed_orders,
        results.rows(catalog.CompletedOrder),
        "Orders that filled or were cancelled.",
    )
    request_executions = answered(
        Requests.request_executions, results.rows(catalog.ExecutionData, "time"), "Fills."
    )
    calculate_implied_volatility = answered(
        Requests.calculate_implied_volatility,
        results.only(catalog.TickOptionComputation),
        "The volatility, and greeks.",
    )
    cancel_calculate_implied_volatility = sent(Requests.cancel_calculate_implied_volatility)
    calculate_option_price = answered(
        Requests.calculate_option_price,
        results.only(catalog.TickOptionComputation),
        "The price, and greeks.",
    )
    cancel_calculate_option_price = sent(Requests.cancel_calculate_option_price)

    def preview_order(self, contract: Contract, order: Order) -> OrderState:
        """Ask what an order would do to margin and what it would cost; nothing is traded."""
        asked = _what_if(order)
        messages = self.client.answer(self.timeout_seconds, Requests.place_order, contract, asked)
        state: OrderState = messages[0].state
        return state

    def order(self, order_id: int) -> LiveOrder:
        """An order of this program as it stands now.

        Raises:
            InvalidValue: there is no such order.
        """
        found = self.picture.orders.own(order_id)
        if found is None:
            raise InvalidValue("order_id", order_id, "legal are ids that place_order gave")
        return found

    def wait_for_order(self, order_id: int, timeout_seconds: float | None = None) -> LiveOrder:
        """Wait until an order is filled, cancelled or refused; its `stage` says which.

        `status` is the Bridge's last word, which may lag behind the last fill.

        Raises:
            RequestTimeout: it still works.
            InvalidValue: there is no such order.
        """
        allowed = self.timeout_seconds if timeout_seconds is None else timeout_seconds
        done = self.client.wait_until(lambda: not self.order(order_id).is_open, allowed)
        found = self.order(order_id)
        if not done:
            text = f"order {order_id} is {found.status or found.stage} after {allowed:g} s"
            raise RequestTimeout(-1, text, order_id)
        return found

    # Account

    request_account_updates = answered(
        Requests.request_account_updates, results.account, "Values and portfolio."
    )
    request_account_summary = answered(
        Requests.request_account_summary,
        results.latest(catalog.AccountSummary, "account", "tag", "currency"),
        "One row an account and tag.",
    )
    cancel_account_summary = sent(Requests.cancel_account_summary)
    request_account_updates_multi = answered(
        Requests.request_account_updates_multi,
        results.latest(catalog.AccountUpdateMulti, "account", "model_code", "key", "currency"),
        "One row a key and currency.",
    )
    cancel_account_updates_multi = sent(Requests.cancel_account_updates_multi)
    request_positions = answered(
        Requests.request_positions,
        results.latest(catalog.PositionData, "account", "contract.contract_id"),
        "Positions.",
    )
    cancel_positions = sent(Requests.cancel_positions)
    request_positions_multi = answered(
        Requests.request_positions_multi,
        results.latest(catalog.PositionMulti, "account", "model_code", "contract.contract_id"),
        "Positions.",
    )
    cancel_positions_multi = sent(Requests.cancel_positions_multi)
    request_pnl = streamed(Requests.request_pnl, catalog.Pnl)
    cancel_pnl = sent(Requests.cancel_pnl)
    request_pnl_single = streamed(Requests.request_pnl_single, catalog.PnlSingle)
    cancel_pnl_single = sent(Requests.cancel_pnl_single)
    request_family_codes = answered(
        Requests.request_family_codes,
        results.field("codes", tuple[FamilyCode, ...]),
        "Accounts and their families.",
    )
    request_soft_dollar_tiers = answered(
        Requests.request_soft_dollar_tiers,
        results.field("tiers", tuple[SoftDollarTier, ...]),
        "Tiers.",
    )
    request_financial_advisor = answered(
        Requests.request_financial_advisor, results.field("xml", str), "XML."
    )
    replace_financial_advisor = answered(
        Requests.replace_financial_advisor, results.field("text", str), "What the Bridge says."
    )

    # News

    request_news_bulletins = streamed(Requests.request_news_bulletins, catalog.NewsBulletins)
    cancel_news_bulletins = sent(Requests.cancel_news_bulletins)
    request_news_providers = answered(
        Requests.request_news_providers,
        results.field("providers", tuple[NewsProvider, ...]),
        "Whose news may be read.",
    )
    request_news_article = answered(
        Requests.request_news_article, results.only(catalog.NewsArticle), "The article."
    )
    request_historical_news = answered(
        Requests.request_historical_news,
        results.rows(catalog.HistoricalNews, "time"),
        "Headlines, newest first.",
    )
    request_fundamental_data = answered(
        Requests.request_fundamental_data, results.field("data", str), "XML."
    )
    cancel_fundamental_data = sent(Requests.cancel_fundamental_data)
    request_wsh_meta_data = answered(
        Requests.request_wsh_meta_data, results.field("data_json", str), "JSON."
    )
    cancel_wsh_meta_data = sent(Requests.cancel_wsh_meta_data)
    request_wsh_event_data = answered(
        Requests.request_wsh_event_data, results.field("data_json", str), "JSON."
    )
    cancel_wsh_event_data = sent(Requests.cancel_wsh_event_data)


def _what_if(order: Order) -> Order:
    return msgspec.structs.replace(order, what_if=True)
