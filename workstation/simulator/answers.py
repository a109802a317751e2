"""Answers: what the simulated Bridge says to each request.

Owns the table from a request's class to what is done about it. Each answer is short: it asks the
market, the account or the order desk, and tells the client. What is not in the table is refused
with TWS's error; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from workstation.errors import InvalidValue, RequestError
from workstation.model import Bars, FamilyCode
from workstation.protocol import catalog
from workstation.protocol.message import Request
from workstation.simulator.client_session import ClientSession
from workstation.simulator.history import BarColumns, BarRequest
from workstation.simulator.market_answers import MARKET_ANSWERS, schedule
from workstation.simulator.wire_dates import date_text, moment_text

if TYPE_CHECKING:
    from workstation.simulator.bridge import Bridge

__all__ = ["ANSWERS"]

HISTORY_ERROR = 162
NOT_CLIENT_ZERO = 327
NOT_VALID = 321

Answer = Callable[["Bridge", ClientSession, Any], None]


def _market_data(bridge: Bridge, client: ClientSession, request: catalog.RequestMarketData) -> None:
    bridge.feed.subscribe(client, request)


def _cancel_market_data(
    bridge: Bridge, client: ClientSession, request: catalog.CancelMarketData
) -> None:
    bridge.feed.unsubscribe(client, request.request_id)


def _nothing(_bridge: Bridge, _client: ClientSession, _request: Request) -> None:
    """Accepted, and nothing has to be said or done."""


def _place_order(bridge: Bridge, client: ClientSession, request: catalog.PlaceOrder) -> None:
    bridge.orders.place(client.client_id or 0, request)


def _cancel_order(bridge: Bridge, client: ClientSession, request: catalog.CancelOrder) -> None:
    bridge.orders.cancel(client.client_id or 0, request.order_id)


def _global_cancel(
    bridge: Bridge, _client: ClientSession, _request: catalog.RequestGlobalCancel
) -> None:
    bridge.orders.cancel_all()


def _open_orders(bridge: Bridge, client: ClientSession, request: Request) -> None:
    own = isinstance(request, catalog.RequestOpenOrders)
    for order in bridge.orders.open_orders(client.client_id if own else None):
        for message in bridge.orders.describe(order):
            client.tell(message)
    client.tell(catalog.OpenOrderEnd())


def _completed_orders(
    bridge: Bridge, client: ClientSession, _request: catalog.RequestCompletedOrders
) -> None:
    """Of every client; nobody trades by hand here, so all of them came through the API."""
    for message in bridge.orders.completed_orders():
        client.tell(message)
    client.tell(catalog.CompletedOrdersEnd())


def _executions(bridge: Bridge, client: ClientSession, request: catalog.RequestExecutions) -> None:
    for data, report in bridge.orders.executions(client.client_id or 0, request.filter):
        client.tell(msgspec.structs.replace(data, request_id=request.request_id))
        client.tell(report)
    client.tell(catalog.ExecutionDataEnd(request_id=request.request_id))


def _auto_open_orders(
    _bridge: Bridge, client: ClientSession, _request: catalog.RequestAutoOpenOrders
) -> None:
    """Nobody trades by hand at this Bridge, so client 0 has nothing to bind."""
    if client.client_id != 0:
        raise RequestError(NOT_CLIENT_ZERO, "Only the default client (i.e 0) can auto bind orders.")


def _order_ids(bridge: Bridge, client: ClientSession, _request: catalog.RequestOrderIds) -> None:
    client.tell(catalog.NextValidId(order_id=bridge.next_order_id(client)))


def _managed_accounts(
    bridge: Bridge, client: ClientSession, _request: catalog.RequestManagedAccounts
) -> None:
    client.tell(catalog.ManagedAccounts(accounts=(bridge.account.name,)))


def _current_time(
    bridge: Bridge, client: ClientSession, _request: catalog.RequestCurrentTime
) -> None:
    client.tell(catalog.CurrentTime(time=bridge.clock_ns() // 1_000_000_000))


def _current_time_in_millis(
    bridge: Bridge, client: ClientSession, _request: catalog.RequestCurrentTimeInMillis
) -> None:
    client.tell(catalog.CurrentTimeInMillis(time_ms=bridge.clock_ns() // 1_000_000))


def _contract_data(
    bridge: Bridge, client: ClientSession, request: catalog.RequestContractData
) -> None:
    exchange = request.contract.exchange or "SMART"
    for listing in bridge.instruments.find(request.contract):
        details = bridge.instruments.details(listing, exchange)
        client.tell(catalog.ContractData(request_id=request.request_id, details=details))
    client.tell(catalog.ContractDataEnd(request_id=request.request_id))


def _matching_symbols(
    bridge: Bridge, client: ClientSession, request: catalog.RequestMatchingSymbols
) -> None:
    found = bridge.universe.matching(request.pattern)
    client.tell(catalog.SymbolSamples(request_id=request.request_id, contracts=found))


def _market_rule(bridge: Bridge, client: ClientSession, request: catalog.RequestMarketRule) -> None:
    increments = bridge.instruments.market_rule(request.market_rule_id)
    client.tell(catalog.MarketRule(market_rule_id=request.market_rule_id, increments=increments))


def _option_parameters(
    bridge: Bridge,
    client: ClientSession,
    request: catalog.RequestSecurityDefinitionOptionParameters,
) -> None:
    stock = bridge.universe.by_id(request.under_contract_id) or bridge.universe.by_symbol(
        request.under_symbol
    )
    if stock is not None and request.under_security_type == "STK":
        for each in bridge.chains.parameters(stock.symbol, bridge.instruments.today()):
            client.tell(
                catalog.SecurityDefinitionOptionParameter(
                    request_id=request.request_id,
                    exchange=each.exchange,
                    under_contract_id=each.under_contract_id,
                    trading_class=each.trading_class,
                    multiplier=each.multiplier,
                    expirations=each.expirations,
                    strikes=each.strikes,
                )
            )
    client.tell(catalog.SecurityDefinitionOptionParameterEnd(request_id=request.request_id))


def _historical_data(
    bridge: Bridge, client: ClientSession, request: catalog.RequestHistoricalData
) -> None:
    if request.what_to_show == "SCHEDULE":
        schedule(bridge, client, request)
        return
    wanted = _bar_request(bridge, request)
    try:
        columns = bridge.history.bars(wanted)
    except InvalidValue as error:
        text = f"Historical Market Data Service error message:{error}"
        raise RequestError(HISTORY_ERROR, text, request.request_id) from error
    request_id = request.request_id
    start, end = moment_text(columns.first), moment_text(columns.last)
    bars = bars_of(columns, request.format_date)
    client.tell(catalog.HistoricalData(request_id=request_id, start=start, end=end, bars=bars))
    if client.server_version >= catalog.HistoricalDataEnd.declaration.since:
        client.tell(catalog.HistoricalDataEnd(request_id=request_id, start=start, end=end))
    if request.keep_up_to_date:
        bridge.live_bars.add(client, request_id, wanted, request.format_date)


def _bar_request(bridge: Bridge, request: catalog.RequestHistoricalData) -> BarRequest:
    listing = bridge.instruments.resolve(request.contract)
    stock = bridge.universe.by_id(listing.contract_id)
    if stock is None:
        text = (
            "Historical Market Data Service error message:"
            "No historical data of options is simulated"
        )
        raise RequestError(HISTORY_ERROR, text, request.request_id)
    return BarRequest(
        symbol=stock.symbol,
        bar_size=request.bar_size,
        duration=request.duration,
        what_to_show=request.what_to_show,
        use_regular_hours=request.use_regular_hours,
        end=request.end_date_time,
    )


def _cancel_historical_data(
    bridge: Bridge, client: ClientSession, request: catalog.CancelHistoricalData
) -> None:
    bridge.live_bars.remove(client, request.request_id)


def _head_time_stamp(
    bridge: Bridge, client: ClientSession, request: catalog.RequestHeadTimeStamp
) -> None:
    listing = bridge.instruments.resolve(request.contract)
    stock = bridge.universe.by_id(listing.contract_id)
    if stock is None:
        text = "Historical Market Data Service error message:No head time stamp"
        raise RequestError(HISTORY_ERROR, text, request.request_id)
    seconds = bridge.history.head(stock.symbol, use_regular_hours=request.use_regular_hours)
    client.tell(
        catalog.HeadTimeStamp(
            request_id=request.request_id, time=date_text(seconds, request.format_date)
        )
    )


def _account_updates(
    bridge: Bridge, client: ClientSession, request: catalog.RequestAccountUpdates
) -> None:
    _check_account(bridge, request.account)
    bridge.books.follow_account(client, subscribe=request.subscribe)


def _positions(bridge: Bridge, client: ClientSession, _request: catalog.RequestPositions) -> None:
    bridge.books.follow_positions(client, subscribe=True)


def _cancel_positions(
    bridge: Bridge, client: ClientSession, _request: catalog.CancelPositions
) -> None:
    bridge.books.follow_positions(client, subscribe=False)


def _account_summary(
    bridge: Bridge, client: ClientSession, request: catalog.RequestAccountSummary
) -> None:
    bridge.books.follow_summary(client, request)


def _cancel_by_id(bridge: Bridge, client: ClientSession, request: Any) -> None:
    bridge.books.forget(client, request.request_id)


def _account_updates_multi(
    bridge: Bridge, client: ClientSession, request: catalog.RequestAccountUpdatesMulti
) -> None:
    _check_account(bridge, request.account)
    bridge.books.follow_values(client, request)


def _positions_multi(
    bridge: Bridge, client: ClientSession, request: catalog.RequestPositionsMulti
) -> None:
    _check_account(bridge, request.account)
    bridge.books.follow_positions_of(client, request)


def _family_codes(
    bridge: Bridge, client: ClientSession, _request: catalog.RequestFamilyCodes
) -> None:
    """One account, in no family."""
    client.tell(catalog.FamilyCodes(codes=(FamilyCode(account=bridge.account.name),)))


def _scanner_parameters(
    bridge: Bridge, client: ClientSession, _request: catalog.RequestScannerParameters
) -> None:
    client.tell(catalog.ScannerParameters(xml=bridge.scanner.parameters()))


def _scanner_subscription(
    bridge: Bridge, client: ClientSession, request: catalog.RequestScannerSubscription
) -> None:
    bridge.scanner.follow(client, request)


def _cancel_scanner_subscription(
    bridge: Bridge, client: ClientSession, request: catalog.CancelScannerSubscription
) -> None:
    bridge.scanner.forget(client, request.request_id)


def _pnl(bridge: Bridge, client: ClientSession, request: catalog.RequestPnl) -> None:
    _check_account(bridge, request.account)
    bridge.books.follow_pnl(client, request)


def _pnl_single(bridge: Bridge, client: ClientSession, request: catalog.RequestPnlSingle) -> None:
    _check_account(bridge, request.account)
    bridge.books.follow_pnl_single(client, request)


def _check_account(bridge: Bridge, account: str) -> None:
    if account not in ("", bridge.account.name):
        raise RequestError(NOT_VALID, f"Error validating request: invalid account code {account!r}")


def bars_of(columns: BarColumns, format_date: int) -> Bars:
    """Bars as the protocol has them."""
    return Bars(
        date=tuple(
            date_text(each, format_date, whole_day=columns.whole_days) for each in columns.starts
        ),
        open=tuple(columns.open),
        high=tuple(columns.high),
        low=tuple(columns.low),
        close=tuple(columns.close),
        volume=tuple(map(Decimal, columns.volume)),
        average=tuple(Decimal(str(each)) for each in columns.average),
        count=tuple(columns.trades),
    )


ANSWERS: dict[type[Request], Answer] = {
    **MARKET_ANSWERS,
    catalog.RequestMarketData: _market_data,
    catalog.CancelMarketData: _cancel_market_data,
    catalog.RequestMarketDataType: _nothing,
    catalog.PlaceOrder: _place_order,
    catalog.CancelOrder: _cancel_order,
    catalog.RequestGlobalCancel: _global_cancel,
    catalog.RequestOpenOrders: _open_orders,
    catalog.RequestAllOpenOrders: _open_orders,
    catalog.RequestAutoOpenOrders: _auto_open_orders,
    catalog.RequestCompletedOrders: _completed_orders,
    catalog.RequestExecutions: _executions,
    catalog.RequestOrderIds: _order_ids,
    catalog.RequestManagedAccounts: _managed_accounts,
    catalog.RequestCurrentTime: _current_time,
    catalog.RequestCurrentTimeInMillis: _current_time_in_millis,
    catalog.SetServerLogLevel: _nothing,
    catalog.RequestContractData: _contract_data,
    catalog.RequestMatchingSymbols: _matching_symbols,
    catalog.RequestMarketRule: _market_rule,
    catalog.RequestSecurityDefinitionOptionParameters: _option_parameters,
    catalog.RequestHistoricalData: _historical_data,
    catalog.CancelHistoricalData: _cancel_historical_data,
    catalog.RequestHeadTimeStamp: _head_time_stamp,
    catalog.CancelHeadTimeStamp: _nothing,
    catalog.CancelHistogramData: _nothing,
    catalog.RequestAccountUpdates: _account_updates,
    catalog.RequestPositions: _positions,
    catalog.CancelPositions: _cancel_positions,
    catalog.RequestAccountSummary: _account_summary,
    catalog.CancelAccountSummary: _cancel_by_id,
    catalog.RequestAccountUpdatesMulti: _account_updates_multi,
    catalog.CancelAccountUpdatesMulti: _cancel_by_id,
    catalog.RequestPositionsMulti: _positions_multi,
    catalog.CancelPositionsMulti: _cancel_by_id,
    catalog.RequestFamilyCodes: _family_codes,
    catalog.RequestScannerParameters: _scanner_parameters,
    catalog.RequestScannerSubscription: _scanner_subscription,
    catalog.CancelScannerSubscription: _cancel_scanner_subscription,
    catalog.RequestPnl: _pnl,
    catalog.CancelPnl: _cancel_by_id,
    catalog.RequestPnlSingle: _pnl_single,
    catalog.CancelPnlSingle: _cancel_by_id,
}
"""What is modelled."""
