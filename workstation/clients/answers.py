"""Answers: which messages answer which request, and which one ends the answer.

Owns the one table of it. A request that is not in the table has no answer (a cancel), or is a
stream that goes on until it is cancelled; streams have a table of their own here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workstation.protocol import catalog
from workstation.protocol.message import Message, Request

__all__ = [
    "STREAMS",
    "Answer",
    "StreamKind",
    "answer_to",
    "cancel_of",
    "key_of",
    "keys_of",
    "lasts",
]

HISTORY_HAS_AN_END = 196
"""Below this server version the bars themselves end the answer."""


def _always(_message: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Answer:
    """How a request is answered: by these messages, ended by that one.

    Args:
        parts: messages that belong to the answer.
        end: the message that may end it.
        ends: whether that one message does end it.
    """

    parts: tuple[type[Message], ...]
    end: type[Message]
    ends: Callable[[Any], bool] = _always


@dataclass(frozen=True, slots=True)
class StreamKind:
    """What a stream brings, and how it is ended.

    Args:
        parts: messages that belong to it.
        cancel: the request that ends it; its fields are fields of the one that began it.
    """

    parts: tuple[type[Message], ...]
    cancel: type[Request]


def _one(message: type[Message]) -> Answer:
    return Answer((message,), message)


def _list(part: type[Message], end: type[Message]) -> Answer:
    return Answer((part,), end)


_QUOTES = (
    catalog.TickPrice,
    catalog.TickSize,
    catalog.TickString,
    catalog.TickGeneric,
    catalog.TickOptionComputation,
    catalog.TickRequestParams,
    catalog.TickEfp,
    catalog.TickNews,
    catalog.MarketDataType,
    catalog.RerouteMarketDataRequest,
)

ANSWERS: dict[type[Request], Answer] = {
    catalog.RequestContractData: Answer(
        (catalog.ContractData, catalog.BondContractData), catalog.ContractDataEnd
    ),
    catalog.RequestHeadTimeStamp: _one(catalog.HeadTimeStamp),
    catalog.RequestHistogramData: _one(catalog.HistogramData),
    catalog.RequestExecutions: _list(catalog.ExecutionData, catalog.ExecutionDataEnd),
    catalog.RequestAccountSummary: _list(catalog.AccountSummary, catalog.AccountSummaryEnd),
    catalog.RequestAccountUpdatesMulti: _list(
        catalog.AccountUpdateMulti, catalog.AccountUpdateMultiEnd
    ),
    catalog.RequestPositionsMulti: _list(catalog.PositionMulti, catalog.PositionMultiEnd),
    catalog.RequestMatchingSymbols: _one(catalog.SymbolSamples),
    catalog.RequestMarketRule: _one(catalog.MarketRule),
    catalog.RequestSecurityDefinitionOptionParameters: _list(
        catalog.SecurityDefinitionOptionParameter, catalog.SecurityDefinitionOptionParameterEnd
    ),
    catalog.RequestPositions: _list(catalog.PositionData, catalog.PositionEnd),
    catalog.RequestOpenOrders: Answer(
        (catalog.OpenOrder, catalog.OrderStatus), catalog.OpenOrderEnd
    ),
    catalog.RequestAllOpenOrders: Answer(
        (catalog.OpenOrder, catalog.OrderStatus), catalog.OpenOrderEnd
    ),
    catalog.RequestCompletedOrders: _list(catalog.CompletedOrder, catalog.CompletedOrdersEnd),
    catalog.RequestCurrentTime: _one(catalog.CurrentTime),
    catalog.RequestCurrentTimeInMillis: _one(catalog.CurrentTimeInMillis),
    catalog.RequestManagedAccounts: _one(catalog.ManagedAccounts),
    catalog.RequestOrderIds: _one(catalog.NextValidId),
    catalog.RequestUserInfo: _one(catalog.UserInfo),
    catalog.RequestFamilyCodes: _one(catalog.FamilyCodes),
    catalog.RequestSoftDollarTiers: _one(catalog.SoftDollarTiers),
    catalog.RequestFinancialAdvisor: _one(catalog.ReceiveFa),
    catalog.ReplaceFinancialAdvisor: _one(catalog.ReplaceFaEnd),
    catalog.RequestMarketDepthExchanges: _one(catalog.MarketDepthExchanges),
    catalog.RequestSmartComponents: _one(catalog.SmartComponents),
    catalog.RequestNewsProviders: _one(catalog.NewsProviders),
    catalog.RequestNewsArticle: _one(catalog.NewsArticle),
    catalog.RequestHistoricalNews: Answer(
        (catalog.HistoricalNews, catalog.HistoricalNewsEnd), catalog.HistoricalNewsEnd
    ),
    catalog.RequestFundamentalData: _one(catalog.FundamentalData),
    catalog.RequestWshMetaData: _one(catalog.WshMetaData),
    catalog.RequestWshEventData: _one(catalog.WshEventData),
    catalog.RequestScannerParameters: _one(catalog.ScannerParameters),
    catalog.CalculateImpliedVolatility: _one(catalog.TickOptionComputation),
    catalog.CalculateOptionPrice: _one(catalog.TickOptionComputation),
    catalog.QueryDisplayGroups: _one(catalog.DisplayGroupList),
    catalog.VerifyRequest: _one(catalog.VerifyMessageApi),
    catalog.VerifyMessage: _one(catalog.VerifyCompleted),
    catalog.VerifyAndAuthRequest: _one(catalog.VerifyAndAuthMessageApi),
    catalog.VerifyAndAuthMessage: _one(catalog.VerifyAndAuthCompleted),
}
"""Requests that are answered alike whatever they ask."""


def _history(request: catalog.RequestHistoricalData, version: int) -> Answer | None:
    if request.keep_up_to_date:
        return None
    if request.what_to_show == "SCHEDULE":
        return _one(catalog.HistoricalSchedule)
    if version < HISTORY_HAS_AN_END:
        return _one(catalog.HistoricalData)
    return _list(catalog.HistoricalData, catalog.HistoricalDataEnd)


_TICKS: dict[str, type[Message]] = {
    "TRADES": catalog.HistoricalTicksLast,
    "BID_ASK": catalog.HistoricalTicksBidAsk,
    "MIDPOINT": catalog.HistoricalTicks,
}


def _ticks(request: catalog.RequestHistoricalTicks, _version: int) -> Answer | None:
    message = _TICKS.get(request.what_to_show)
    if message is None:
        return None
    return Answer((message,), message, lambda ticks: bool(ticks.done))


def _quote(request: catalog.RequestMarketData, _version: int) -> Answer | None:
    if not (request.snapshot or request.regulatory_snapshot):
        return None
    return Answer(_QUOTES, catalog.TickSnapshotEnd)


def _account(request: catalog.RequestAccountUpdates, _version: int) -> Answer | None:
    if not request.subscribe:
        return None
    parts = (catalog.AccountValue, catalog.PortfolioValue, catalog.AccountUpdateTime)
    account = request.account
    return Answer(parts, catalog.AccountDownloadEnd, lambda end: account in {"", end.account})


def _what_if(request: catalog.PlaceOrder, _version: int) -> Answer | None:
    return _one(catalog.OpenOrder) if request.order.what_if else None


_BY_REQUEST: dict[type[Request], Callable[[Any, int], Answer | None]] = {
    catalog.RequestHistoricalData: _history,
    catalog.RequestHistoricalTicks: _ticks,
    catalog.RequestMarketData: _quote,
    catalog.RequestAccountUpdates: _account,
    catalog.PlaceOrder: _what_if,
}
"""Requests whose answer depends on what they ask."""


def answer_to(request: Request, server_version: int) -> Answer | None:
    """How a request is answered; None when it is not, or never comes to an end."""
    decide = _BY_REQUEST.get(type(request))
    return decide(request, server_version) if decide else ANSWERS.get(type(request))


STREAMS: dict[type[Request], StreamKind] = {
    catalog.RequestMarketData: StreamKind(_QUOTES, catalog.CancelMarketData),
    catalog.RequestMarketDepth: StreamKind(
        (catalog.MarketDepth, catalog.MarketDepthL2, catalog.RerouteMarketDepthRequest),
        catalog.CancelMarketDepth,
    ),
    catalog.RequestTickByTickData: StreamKind(
        (
            catalog.TickByTick,
            catalog.HistoricalTicks,
            catalog.HistoricalTicksBidAsk,
            catalog.HistoricalTicksLast,
        ),
        catalog.CancelTickByTickData,
    ),
    catalog.RequestRealTimeBars: StreamKind((catalog.RealTimeBars,), catalog.CancelRealTimeBars),
    catalog.RequestHistoricalData: StreamKind(
        (catalog.HistoricalData, catalog.HistoricalDataUpdate), catalog.CancelHistoricalData
    ),
    catalog.RequestScannerSubscription: StreamKind(
        (catalog.ScannerData,), catalog.CancelScannerSubscription
    ),
    catalog.RequestPnl: StreamKind((catalog.Pnl,), catalog.CancelPnl),
    catalog.RequestPnlSingle: StreamKind((catalog.PnlSingle,), catalog.CancelPnlSingle),
    catalog.RequestAccountSummary: StreamKind(
        (catalog.AccountSummary,), catalog.CancelAccountSummary
    ),
    catalog.RequestAccountUpdatesMulti: StreamKind(
        (catalog.AccountUpdateMulti,), catalog.CancelAccountUpdatesMulti
    ),
    catalog.RequestPositionsMulti: StreamKind(
        (catalog.PositionMulti,), catalog.CancelPositionsMulti
    ),
    catalog.RequestNewsBulletins: StreamKind((catalog.NewsBulletins,), catalog.CancelNewsBulletins),
    catalog.SubscribeToGroupEvents: StreamKind(
        (catalog.DisplayGroupUpdated,), catalog.UnsubscribeFromGroupEvents
    ),
}
"""Requests that may go on until they are cancelled."""


def lasts(request: Request) -> bool:
    """Whether a request goes on until it is cancelled, be it answered first or not."""
    decide = _BY_REQUEST.get(type(request))
    return type(request) in STREAMS and (decide is None or decide(request, 0) is None)


_CANCELS = frozenset(kind.cancel for kind in STREAMS.values()) | {
    catalog.CancelHeadTimeStamp,
    catalog.CancelHistogramData,
    catalog.CancelFundamentalData,
    catalog.CancelWshMetaData,
    catalog.CancelWshEventData,
    catalog.CancelCalculateImpliedVolatility,
    catalog.CancelCalculateOptionPrice,
}


def is_cancel(request: Request) -> bool:
    """Whether a request gives up another one, named by its request id."""
    return type(request) in _CANCELS and hasattr(request, "request_id")


def cancel_of(request: Request) -> Request:
    """The request that ends a stream."""
    cancel = STREAMS[type(request)].cancel
    return cancel(**{name: getattr(request, name) for name in cancel.__struct_fields__})


_KEYS: dict[type[Message], str] = {
    catalog.RequestMarketRule: "market_rule_id",
    catalog.MarketRule: "market_rule_id",
    catalog.RequestFinancialAdvisor: "data_type",
    catalog.ReceiveFa: "data_type",
    catalog.PlaceOrder: "order_id",
}


def key_of(message: Message) -> object:
    """What ties an answer to its request: an id of the message, or None: only its kind."""
    return getattr(message, _KEYS.get(message.__class__, "request_id"), None)


def keys_of(message: Message) -> tuple[object, ...]:
    """Keys of the requests that a message may answer; an order answers questions for it and all."""
    if message.__class__ is catalog.OpenOrder:
        return (None, message.order_id)
    return (key_of(message),)
