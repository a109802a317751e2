"""The official client without a network: what it sends, and what it tells its wrapper.

Owns driving it. It is never connected: its socket is a list, its reader is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from ibapi import (
    common,
    contract,
    execution,
    order,
    order_cancel,
    order_condition,
    scanner,
    tag_value,
)
from ibapi.client import EClient
from ibapi.decoder import Decoder

from witnesses.conversion import UNSET, theirs_from
from workstation import model
from workstation.model import Record, orders
from workstation.protocol import catalog
from workstation.protocol.message import Request

CLASSES: dict[type, Callable[[], Any]] = {
    float: order.OrderComboLeg,
    model.TagValue: tag_value.TagValue,
    model.ComboLeg: contract.ComboLeg,
    model.Contract: contract.Contract,
    model.DeltaNeutralContract: contract.DeltaNeutralContract,
    model.ExecutionFilter: execution.ExecutionFilter,
    model.Order: order.Order,
    model.ScannerSubscription: scanner.ScannerSubscription,
    model.SoftDollarTier: order.SoftDollarTier,
    orders.ExecutionCondition: order_condition.ExecutionCondition,
    orders.MarginCondition: order_condition.MarginCondition,
    orders.PercentChangeCondition: order_condition.PercentChangeCondition,
    orders.PriceCondition: order_condition.PriceCondition,
    orders.TimeCondition: order_condition.TimeCondition,
    orders.VolumeCondition: order_condition.VolumeCondition,
}


class Silence(Exception):
    """The witness sent nothing, or called nobody; its complaints are the arguments."""


class _Socket:
    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def isConnected(self) -> bool:  # noqa: N802  the witness calls it so
        return True

    def sendMsg(self, data: bytes) -> None:  # noqa: N802
        self.sent.append(data)


class _Wrapper:
    """Notes every callback."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments: self.calls.append((name, arguments))


def there(record: Record) -> Any:
    """A record as an object of the official client."""
    return theirs_from(record, CLASSES)


def cancel_there(message: catalog.CancelOrder | catalog.RequestGlobalCancel) -> Any:
    """What goes with a cancel."""
    cancel = order_cancel.OrderCancel()
    cancel.manualOrderCancelTime = getattr(message, "manual_cancel_time", "")
    cancel.extOperator = message.ext_operator
    if message.manual_order_indicator is not None:
        cancel.manualOrderIndicator = message.manual_order_indicator
    return cancel


def _place_order(client: EClient, message: catalog.PlaceOrder) -> None:
    placed = there(message.order)
    if client.serverVersion() < 111 and message.order.cash_quantity is None:
        # Not set counts as set there, and the whole order would be refused.
        placed.cashQty = None
    client.placeOrder(message.order_id, there(message.contract), placed)


def _start_api(client: EClient, message: catalog.StartApi) -> None:
    client.clientId = message.client_id
    client.setOptionalCapabilities(message.optional_capabilities)
    client.startApi()


def _request_executions(client: EClient, message: catalog.RequestExecutions) -> None:
    wanted = there(message.filter)
    wanted.specificDates = wanted.specificDates or None
    client.reqExecutions(message.request_id, wanted)


def _scanner(client: EClient, message: catalog.RequestScannerSubscription) -> None:
    # Below 143 an empty list counts as filters there, and nothing would be sent.
    filters = [there(option) for option in message.filter_options] or None
    options = [there(option) for option in message.options]
    client.reqScannerSubscription(message.request_id, there(message.subscription), options, filters)


def _wsh_event_data(client: EClient, message: catalog.RequestWshEventData) -> None:
    wanted = common.WshEventData()
    unset = UNSET[int]
    wanted.conId = unset if message.contract_id is None else message.contract_id
    wanted.filter = message.filter
    wanted.fillWatchlist = message.fill_watchlist
    wanted.fillPortfolio = message.fill_portfolio
    wanted.fillCompetitors = message.fill_competitors
    wanted.startDate = message.start_date
    wanted.endDate = message.end_date
    wanted.totalLimit = unset if message.total_limit is None else message.total_limit
    client.reqWshEventData(message.request_id, wanted)


def _verify(client: EClient, message: catalog.VerifyRequest | catalog.VerifyAndAuthRequest) -> None:
    client.extraAuth = True
    if isinstance(message, catalog.VerifyRequest):
        client.verifyRequest(message.api_name, message.api_version)
    else:
        client.verifyAndAuthRequest(message.api_name, message.api_version, message.opaque_isv_key)


def _keyed(name: str) -> Callable[[EClient, Any], None]:
    """A call whose only argument is the id of the request."""
    return lambda client, message: getattr(client, name)(message.request_id)


def _plain(name: str) -> Callable[[EClient, Any], None]:
    """A call without arguments."""
    return lambda client, _: getattr(client, name)()


CALLS: dict[type[Request], Callable[[EClient, Any], None]] = {
    catalog.RequestMarketData: lambda c, m: c.reqMktData(
        m.request_id,
        there(m.contract),
        m.generic_ticks,
        m.snapshot,
        m.regulatory_snapshot,
        [there(option) for option in m.options],
    ),
    catalog.CancelMarketData: lambda c, m: c.cancelMktData(m.request_id),
    catalog.PlaceOrder: _place_order,
    catalog.CancelOrder: lambda c, m: c.cancelOrder(m.order_id, cancel_there(m)),
    catalog.RequestOpenOrders: lambda c, _: c.reqOpenOrders(),
    catalog.RequestAccountUpdates: lambda c, m: c.reqAccountUpdates(m.subscribe, m.account),
    catalog.RequestExecutions: _request_executions,
    catalog.RequestOrderIds: lambda c, m: c.reqIds(m.count),
    catalog.RequestContractData: lambda c, m: c.reqContractDetails(m.request_id, there(m.contract)),
    catalog.RequestAutoOpenOrders: lambda c, m: c.reqAutoOpenOrders(m.auto_bind),
    catalog.RequestAllOpenOrders: lambda c, _: c.reqAllOpenOrders(),
    catalog.RequestManagedAccounts: lambda c, _: c.reqManagedAccts(),
    catalog.RequestHistoricalData: lambda c, m: c.reqHistoricalData(
        m.request_id,
        there(m.contract),
        m.end_date_time,
        m.duration,
        m.bar_size,
        m.what_to_show,
        int(m.use_regular_hours),
        m.format_date,
        m.keep_up_to_date,
        [there(option) for option in m.options],
    ),
    catalog.CancelHistoricalData: lambda c, m: c.cancelHistoricalData(m.request_id),
    catalog.RequestCurrentTime: lambda c, _: c.reqCurrentTime(),
    catalog.RequestGlobalCancel: lambda c, m: c.reqGlobalCancel(cancel_there(m)),
    catalog.RequestMarketDataType: lambda c, m: c.reqMarketDataType(m.market_data_type),
    catalog.RequestPositions: lambda c, _: c.reqPositions(),
    catalog.RequestAccountSummary: lambda c, m: c.reqAccountSummary(m.request_id, m.group, m.tags),
    catalog.CancelAccountSummary: lambda c, m: c.cancelAccountSummary(m.request_id),
    catalog.CancelPositions: lambda c, _: c.cancelPositions(),
    catalog.StartApi: _start_api,
    catalog.RequestSecurityDefinitionOptionParameters: lambda c, m: c.reqSecDefOptParams(
        m.request_id, m.under_symbol, m.exchange, m.under_security_type, m.under_contract_id
    ),
    catalog.RequestMatchingSymbols: lambda c, m: c.reqMatchingSymbols(m.request_id, m.pattern),
    catalog.RequestHeadTimeStamp: lambda c, m: c.reqHeadTimeStamp(
        m.request_id,
        there(m.contract),
        m.what_to_show,
        int(m.use_regular_hours),
        m.format_date,
    ),
    catalog.CancelHeadTimeStamp: lambda c, m: c.cancelHeadTimeStamp(m.request_id),
    catalog.RequestMarketRule: lambda c, m: c.reqMarketRule(m.market_rule_id),
    catalog.RequestPnl: lambda c, m: c.reqPnL(m.request_id, m.account, m.model_code),
    catalog.CancelPnl: lambda c, m: c.cancelPnL(m.request_id),
    catalog.RequestPnlSingle: lambda c, m: c.reqPnLSingle(
        m.request_id, m.account, m.model_code, m.contract_id
    ),
    catalog.CancelPnlSingle: lambda c, m: c.cancelPnLSingle(m.request_id),
    catalog.RequestHistoricalTicks: lambda c, m: c.reqHistoricalTicks(
        m.request_id,
        there(m.contract),
        m.start_date_time,
        m.end_date_time,
        m.number_of_ticks,
        m.what_to_show,
        int(m.use_regular_hours),
        m.ignore_size,
        [there(option) for option in m.options],
    ),
    catalog.RequestMarketDepth: lambda c, m: c.reqMktDepth(
        m.request_id, there(m.contract), m.number_of_rows, m.is_smart_depth, []
    ),
    catalog.CancelMarketDepth: lambda c, m: c.cancelMktDepth(m.request_id, m.is_smart_depth),
    catalog.RequestMarketDepthExchanges: _plain("reqMktDepthExchanges"),
    catalog.RequestNewsBulletins: lambda c, m: c.reqNewsBulletins(m.all_messages),
    catalog.CancelNewsBulletins: _plain("cancelNewsBulletins"),
    catalog.SetServerLogLevel: lambda c, m: c.setServerLogLevel(m.log_level),
    catalog.RequestFinancialAdvisor: lambda c, m: c.requestFA(m.data_type),
    catalog.ReplaceFinancialAdvisor: lambda c, m: c.replaceFA(m.request_id, m.data_type, m.xml),
    catalog.ExerciseOptions: lambda c, m: c.exerciseOptions(
        m.request_id,
        there(m.contract),
        m.exercise_action,
        m.exercise_quantity,
        m.account,
        int(m.override),
        m.manual_order_time,
        m.customer_account,
        m.professional_customer,
    ),
    catalog.RequestScannerSubscription: _scanner,
    catalog.CancelScannerSubscription: _keyed("cancelScannerSubscription"),
    catalog.RequestScannerParameters: _plain("reqScannerParameters"),
    catalog.RequestRealTimeBars: lambda c, m: c.reqRealTimeBars(
        m.request_id,
        there(m.contract),
        m.bar_size,
        m.what_to_show,
        m.use_regular_hours,
        [there(option) for option in m.options],
    ),
    catalog.CancelRealTimeBars: _keyed("cancelRealTimeBars"),
    catalog.CalculateImpliedVolatility: lambda c, m: c.calculateImpliedVolatility(
        m.request_id, there(m.contract), m.option_price, m.under_price, []
    ),
    catalog.CalculateOptionPrice: lambda c, m: c.calculateOptionPrice(
        m.request_id, there(m.contract), m.volatility, m.under_price, []
    ),
    catalog.CancelCalculateImpliedVolatility: _keyed("cancelCalculateImpliedVolatility"),
    catalog.CancelCalculateOptionPrice: _keyed("cancelCalculateOptionPrice"),
    catalog.VerifyRequest: _verify,
    catalog.VerifyMessage: lambda c, m: c.verifyMessage(m.api_data),
    catalog.VerifyAndAuthRequest: _verify,
    catalog.VerifyAndAuthMessage: lambda c, m: c.verifyAndAuthMessage(m.api_data, m.xyz_response),
    catalog.QueryDisplayGroups: _keyed("queryDisplayGroups"),
    catalog.SubscribeToGroupEvents: lambda c, m: c.subscribeToGroupEvents(m.request_id, m.group_id),
    catalog.UpdateDisplayGroup: lambda c, m: c.updateDisplayGroup(m.request_id, m.contract_info),
    catalog.UnsubscribeFromGroupEvents: _keyed("unsubscribeFromGroupEvents"),
    catalog.RequestPositionsMulti: lambda c, m: c.reqPositionsMulti(
        m.request_id, m.account, m.model_code
    ),
    catalog.CancelPositionsMulti: _keyed("cancelPositionsMulti"),
    catalog.RequestAccountUpdatesMulti: lambda c, m: c.reqAccountUpdatesMulti(
        m.request_id, m.account, m.model_code, m.ledger_and_net_liquidation
    ),
    catalog.CancelAccountUpdatesMulti: _keyed("cancelAccountUpdatesMulti"),
    catalog.RequestSoftDollarTiers: _keyed("reqSoftDollarTiers"),
    catalog.RequestFamilyCodes: _plain("reqFamilyCodes"),
    catalog.RequestSmartComponents: lambda c, m: c.reqSmartComponents(m.request_id, m.bbo_exchange),
    catalog.RequestNewsArticle: lambda c, m: c.reqNewsArticle(
        m.request_id, m.provider_code, m.article_id, [there(option) for option in m.options]
    ),
    catalog.RequestNewsProviders: _plain("reqNewsProviders"),
    catalog.RequestHistoricalNews: lambda c, m: c.reqHistoricalNews(
        m.request_id,
        m.contract_id,
        m.provider_codes,
        m.start_date_time,
        m.end_date_time,
        m.total_results,
        [there(option) for option in m.options],
    ),
    catalog.RequestHistogramData: lambda c, m: c.reqHistogramData(
        m.request_id, there(m.contract), m.use_regular_hours, m.time_period
    ),
    catalog.CancelHistogramData: _keyed("cancelHistogramData"),
    catalog.RequestTickByTickData: lambda c, m: c.reqTickByTickData(
        m.request_id, there(m.contract), m.tick_type, m.number_of_ticks, m.ignore_size
    ),
    catalog.CancelTickByTickData: _keyed("cancelTickByTickData"),
    catalog.RequestCompletedOrders: lambda c, m: c.reqCompletedOrders(m.api_only),
    catalog.RequestWshMetaData: _keyed("reqWshMetaData"),
    catalog.CancelWshMetaData: _keyed("cancelWshMetaData"),
    catalog.RequestWshEventData: _wsh_event_data,
    catalog.CancelWshEventData: _keyed("cancelWshEventData"),
    catalog.RequestUserInfo: _keyed("reqUserInfo"),
    catalog.RequestCurrentTimeInMillis: _plain("reqCurrentTimeInMillis"),
}
"""How each request of ours is made there."""


def sent(message: Request, version: int) -> bytes:
    """The payload that the official client sends for a request.

    Raises:
        Silence: it sent nothing.
    """
    wrapper = _Wrapper()
    client = EClient(wrapper)
    client.conn = _Socket()
    client.setConnState(EClient.CONNECTED)
    client.serverVersion_ = version
    CALLS[type(message)](client, message)
    if len(client.conn.sent) != 1:
        raise Silence(wrapper.calls)
    (data,) = client.conn.sent
    if int.from_bytes(data[:4], "big") != len(data) - 4:
        raise Silence("the length does not fit the payload")
    return data[4:]


class _Fields(tuple[bytes, ...]):
    """Fields that know how many of them were read."""

    __slots__ = ()
    unread = 0

    def __iter__(self) -> Iterator[bytes]:
        _Fields.unread = len(self)
        for value in super().__iter__():
            _Fields.unread -= 1
            yield value


@cache
def _decoder() -> Decoder:
    return Decoder(None, 0)


def heard(payload: bytes, version: int) -> tuple[list[tuple[str, tuple[Any, ...]]], int]:
    """What the official client tells its wrapper about a message.

    Returns:
        The callbacks, each with its arguments, in order; and how many fields at the end nobody
        looked at.

    Raises:
        Silence: there was no callback, or the message broke its reader.
    """
    fields = payload.split(b"\0")[:-1]
    decoder = _decoder()
    decoder.wrapper = wrapper = _Wrapper()
    decoder.serverVersion = version
    _Fields.unread = 0
    try:
        decoder.interpret(_Fields(fields[1:]), int(fields[0]))
    except Exception as error:
        raise Silence(repr(error)) from error
    if not wrapper.calls:
        raise Silence("no callback")
    return wrapper.calls, _Fields.unread
