"""What a witness told its wrapper, as the message of ours that it heard.

Owns which callbacks make which message. Works for any witness that calls like the official client.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter
from typing import Any

from witnesses.conversion import element_kind, field_kinds, kind_of, ours_from, value_here
from workstation.model import (
    Bars,
    BidAskTicks,
    Contract,
    Histogram,
    LastTicks,
    MidpointTicks,
    Record,
    ScannerRow,
)
from workstation.protocol import catalog
from workstation.protocol.message import Inbound

Call = tuple[str, tuple[Any, ...]]

SIZE_OF_PRICE = {1: 0, 2: 3, 4: 5, 66: 69, 67: 70, 68: 71}
"""The size that a price of some type brings along, by type."""


class Unheard(ValueError):
    """The callbacks are not those of the message."""


def plain(message: type[Inbound], name: str, *fields: str) -> Callable[[list[Call]], Inbound]:
    """A reader of one callback whose arguments are fields of ours, in the order given."""

    def read(calls: list[Call]) -> Inbound:
        if [call[0] for call in calls] != [name]:
            raise Unheard(calls)
        return made(message, dict(zip(fields, calls[0][1], strict=True)))

    return read


def made(message: type[Inbound], values: dict[str, Any]) -> Inbound:
    """A message of ours from values of the witness."""
    kinds = field_kinds(message)
    return message(
        **{
            field: value_here(value, kinds[field][0], optional=kinds[field][1])
            for field, value in values.items()
            if field
        }
    )


def read_tick_price(calls: list[Call]) -> Inbound:
    name, (request_id, tick_type, price, attributes) = calls[0]
    size = None
    if tick_type in SIZE_OF_PRICE:
        (_, (size_id, size_type, size)) = calls[1]
        if (size_id, size_type) != (request_id, SIZE_OF_PRICE[tick_type]):
            raise Unheard(calls)
    if name != "tickPrice" or len(calls) != 1 + (tick_type in SIZE_OF_PRICE):
        raise Unheard(calls)
    mask = attributes.canAutoExecute + 2 * attributes.pastLimit + 4 * attributes.preOpen
    return made(
        catalog.TickPrice,
        {
            "request_id": request_id,
            "tick_type": tick_type,
            "price": price,
            "size": size,
            "attributes": mask,
        },
    )


def read_historical_data(calls: list[Call]) -> Inbound:
    bars = [call for call in calls if call[0] == "historicalData"]
    ends = [call for call in calls if call[0] == "historicalDataEnd"]
    if bars + ends != calls or len({call[1][0] for call in calls}) != 1 or len(ends) > 1:
        raise Unheard(calls)
    start, end = ends[0][1][1:] if ends else ("", "")
    rows = [call[1][1] for call in bars]
    return catalog.HistoricalData(
        request_id=calls[0][1][0], start=start, end=end, bars=columns_of(rows)
    )


def columns_of(rows: list[Any]) -> Bars:
    """Bars of the witness as columns."""

    def column(name: str, *, optional: bool = False) -> tuple[Any, ...]:
        kind = Decimal if optional else float
        return tuple(value_here(getattr(row, name), kind, optional=optional) for row in rows)

    return Bars(
        date=column("date"),
        open=column("open"),
        high=column("high"),
        low=column("low"),
        close=column("close"),
        volume=column("volume", optional=True),
        average=column("wap", optional=True),
        count=column("barCount"),
    )


def read_historical_data_update(calls: list[Call]) -> Inbound:
    ((name, (request_id, bar)),) = calls
    if name != "historicalDataUpdate":
        raise Unheard(calls)
    return made(
        catalog.HistoricalDataUpdate,
        {
            "request_id": request_id,
            "count": bar.barCount,
            "date": bar.date,
            "open": bar.open,
            "close": bar.close,
            "high": bar.high,
            "low": bar.low,
            "average": bar.wap,
            "volume": bar.volume,
        },
    )


def read_managed_accounts(calls: list[Call]) -> Inbound:
    ((name, (accounts,)),) = calls
    if name != "managedAccounts":
        raise Unheard(calls)
    return catalog.ManagedAccounts(accounts=tuple(filter(None, accounts.split(","))))


def read_option_parameters(calls: list[Call]) -> Inbound:
    ((name, (*head, expirations, strikes)),) = calls
    if name != "securityDefinitionOptionParameter":
        raise Unheard(calls)
    # Sets there: their order is lost, ours is compared after sorting.
    fields = ("request_id", "exchange", "under_contract_id", "trading_class", "multiplier")
    return catalog.SecurityDefinitionOptionParameter(
        **dict(zip(fields, head, strict=True)),
        expirations=tuple(sorted(expirations, key=str)),
        strikes=tuple(sorted(strikes, key=str)),
    )


def read_scanner_data(calls: list[Call]) -> Inbound:
    *found, (end, (request_id,)) = calls
    if end != "scannerDataEnd" or any(
        (name, values[0]) != ("scannerData", request_id) for name, values in found
    ):
        raise Unheard(calls)
    return catalog.ScannerData(
        request_id=request_id,
        rows=tuple(
            ScannerRow(
                rank=rank,
                contract=ours_from(details.contract, Contract),
                market_name=details.marketName,
                distance=distance,
                benchmark=benchmark,
                projection=projection,
                legs=legs,
            )
            for _, (_, rank, details, distance, benchmark, projection, legs) in found
        ),
    )


def read_tick_by_tick(calls: list[Call]) -> Inbound:
    ((name, (request_id, *values)),) = calls
    if name == "tickByTickAllLast":
        kind, time, price, size, bits, exchange, conditions = values
        found = {"price": price, "size": size, "exchange": exchange}
        found["special_conditions"] = conditions
        found["attributes"] = bits.pastLimit + 2 * bits.unreported
    elif name == "tickByTickBidAsk":
        time, bid, ask, bid_size, ask_size, bits = values
        kind = 3
        found = {"bid_price": bid, "ask_price": ask, "bid_size": bid_size, "ask_size": ask_size}
        found["attributes"] = bits.bidPastLow + 2 * bits.askPastHigh
    elif name == "tickByTickMidPoint":
        time, midpoint = values
        kind, found = 4, {"midpoint": midpoint}
    else:
        raise Unheard(calls)
    return made(
        catalog.TickByTick,
        {"request_id": request_id, "tick_type": kind, "time": time, **found},
    )


def _bid_ask_bits(tick: Any) -> int:
    return int(tick.tickAttribBidAsk.bidPastLow) + 2 * int(tick.tickAttribBidAsk.askPastHigh)


def _last_bits(tick: Any) -> int:
    return int(tick.tickAttribLast.pastLimit) + 2 * int(tick.tickAttribLast.unreported)


COLUMNS: dict[type[Record], dict[str, str | Callable[[Any], Any]]] = {
    Histogram: {"price": "price", "size": "size"},
    MidpointTicks: {"time": "time", "price": "price", "size": "size"},
    BidAskTicks: {
        "time": "time",
        "attributes": _bid_ask_bits,
        "bid_price": "priceBid",
        "ask_price": "priceAsk",
        "bid_size": "sizeBid",
        "ask_size": "sizeAsk",
    },
    LastTicks: {
        "time": "time",
        "attributes": _last_bits,
        "price": "price",
        "size": "size",
        "exchange": "exchange",
        "special_conditions": "specialConditions",
    },
}
"""Where each column of ours stands in a row of the witness."""


def rows_as_columns(columns: type[Record], rows: list[Any]) -> Record:
    """Rows of the witness as columns of ours."""
    values = {}
    for field, place in COLUMNS[columns].items():
        kind, optional = kind_of(element_kind(field_kinds(columns)[field][0]))
        read = place if callable(place) else attrgetter(place)
        values[field] = tuple(value_here(read(row), kind, optional=optional) for row in rows)
    return columns(**values)


def in_columns(
    message: type[Inbound], name: str, columns: type[Record], field: str
) -> Callable[[list[Call]], Inbound]:
    """A reader of one callback: the id, rows that are columns here, and what else there is."""

    def read(calls: list[Call]) -> Inbound:
        if [call[0] for call in calls] != [name]:
            raise Unheard(calls)
        request_id, rows, *rest = calls[0][1]
        done = {"done": rest[0]} if rest else {}
        return message(request_id=request_id, **{field: rows_as_columns(columns, rows)}, **done)

    return read


def verified(message: type[Inbound], name: str) -> Callable[[list[Call]], Inbound]:
    """A reader of a callback that begins with a word for yes or no, which stays text there."""

    def read(calls: list[Call]) -> Inbound:
        ((called, (word, text)),) = calls
        if called != name or word not in {"true", "false"}:
            raise Unheard(calls)
        return message(is_successful=word == "true", error_text=text)

    return read


READERS: dict[type[Inbound], Callable[[list[Call]], Inbound]] = {
    catalog.TickPrice: read_tick_price,
    catalog.HistoricalData: read_historical_data,
    catalog.HistoricalDataUpdate: read_historical_data_update,
    catalog.ManagedAccounts: read_managed_accounts,
    catalog.SecurityDefinitionOptionParameter: read_option_parameters,
    catalog.ScannerData: read_scanner_data,
    catalog.TickByTick: read_tick_by_tick,
    catalog.HistogramData: in_columns(
        catalog.HistogramData, "histogramData", Histogram, "histogram"
    ),
    catalog.HistoricalTicks: in_columns(
        catalog.HistoricalTicks, "historicalTicks", MidpointTicks, "ticks"
    ),
    catalog.HistoricalTicksBidAsk: in_columns(
        catalog.HistoricalTicksBidAsk, "historicalTicksBidAsk", BidAskTicks, "ticks"
    ),
    catalog.HistoricalTicksLast: in_columns(
        catalog.HistoricalTicksLast, "historicalTicksLast", LastTicks, "ticks"
    ),
    catalog.VerifyCompleted: verified(catalog.VerifyCompleted, "verifyCompleted"),
    catalog.VerifyAndAuthCompleted: verified(
        catalog.VerifyAndAuthCompleted, "verifyAndAuthCompleted"
    ),
} | {
    message: plain(message, name, *fields)
    for message, name, fields in (
        (catalog.TickSize, "tickSize", ("request_id", "tick_type", "size")),
        (
            catalog.OrderStatus,
            "orderStatus",
            (
                "order_id",
                "status",
                "filled",
                "remaining",
                "average_fill_price",
                "permanent_id",
                "parent_id",
                "last_fill_price",
                "client_id",
                "why_held",
                "market_cap_price",
            ),
        ),
        (
            catalog.InfoMessage,
            "error",
            ("request_id", "time_ms", "code", "text", "advanced_order_reject_json"),
        ),
        (catalog.OpenOrder, "openOrder", ("order_id", "contract", "order", "state")),
        (catalog.OpenOrderEnd, "openOrderEnd", ()),
        (catalog.OrderBound, "orderBound", ("permanent_id", "client_id", "order_id")),
        (
            catalog.AccountValue,
            "updateAccountValue",
            ("key", "value", "currency", "account"),
        ),
        (
            catalog.PortfolioValue,
            "updatePortfolio",
            (
                "contract",
                "position",
                "market_price",
                "market_value",
                "average_cost",
                "unrealized_pnl",
                "realized_pnl",
                "account",
            ),
        ),
        (catalog.AccountUpdateTime, "updateAccountTime", ("time",)),
        (catalog.AccountDownloadEnd, "accountDownloadEnd", ("account",)),
        (
            catalog.PositionData,
            "position",
            ("account", "contract", "position", "average_cost"),
        ),
        (catalog.PositionEnd, "positionEnd", ()),
        (
            catalog.AccountSummary,
            "accountSummary",
            ("request_id", "account", "tag", "value", "currency"),
        ),
        (catalog.AccountSummaryEnd, "accountSummaryEnd", ("request_id",)),
        (
            catalog.Pnl,
            "pnl",
            ("request_id", "daily_pnl", "unrealized_pnl", "realized_pnl"),
        ),
        (
            catalog.PnlSingle,
            "pnlSingle",
            (
                "request_id",
                "position",
                "daily_pnl",
                "unrealized_pnl",
                "realized_pnl",
                "value",
            ),
        ),
        (catalog.NextValidId, "nextValidId", ("order_id",)),
        (catalog.CurrentTime, "currentTime", ("time",)),
        (catalog.ContractData, "contractDetails", ("request_id", "details")),
        (catalog.ContractDataEnd, "contractDetailsEnd", ("request_id",)),
        (
            catalog.SecurityDefinitionOptionParameterEnd,
            "securityDefinitionOptionParameterEnd",
            ("request_id",),
        ),
        (catalog.SymbolSamples, "symbolSamples", ("request_id", "contracts")),
        (catalog.MarketRule, "marketRule", ("market_rule_id", "increments")),
        (catalog.ExecutionData, "execDetails", ("request_id", "contract", "execution")),
        (catalog.ExecutionDataEnd, "execDetailsEnd", ("request_id",)),
        (catalog.CommissionReport, "commissionAndFeesReport", ("report",)),
        (catalog.HeadTimeStamp, "headTimestamp", ("request_id", "time")),
        (catalog.HistoricalDataEnd, "historicalDataEnd", ("request_id", "start", "end")),
        (
            catalog.TickOptionComputation,
            "tickOptionComputation",
            (
                "request_id",
                "tick_type",
                "attribute",
                "implied_volatility",
                "delta",
                "option_price",
                "present_value_dividend",
                "gamma",
                "vega",
                "theta",
                "underlying_price",
            ),
        ),
        (catalog.TickGeneric, "tickGeneric", ("request_id", "tick_type", "value")),
        (catalog.TickString, "tickString", ("request_id", "tick_type", "value")),
        (catalog.TickSnapshotEnd, "tickSnapshotEnd", ("request_id",)),
        (catalog.MarketDataType, "marketDataType", ("request_id", "market_data_type")),
        (
            catalog.TickRequestParams,
            "tickReqParams",
            ("request_id", "min_tick", "bbo_exchange", "snapshot_permissions"),
        ),
        (
            catalog.MarketDepth,
            "updateMktDepth",
            ("request_id", "position", "operation", "side", "price", "size"),
        ),
        (
            catalog.MarketDepthL2,
            "updateMktDepthL2",
            (
                "request_id",
                "position",
                "market_maker",
                "operation",
                "side",
                "price",
                "size",
                "is_smart_depth",
            ),
        ),
        (catalog.MarketDepthExchanges, "mktDepthExchanges", ("exchanges",)),
        (
            catalog.RerouteMarketDepthRequest,
            "rerouteMktDepthReq",
            ("request_id", "contract_id", "exchange"),
        ),
        (
            catalog.RerouteMarketDataRequest,
            "rerouteMktDataReq",
            ("request_id", "contract_id", "exchange"),
        ),
        (catalog.SmartComponents, "smartComponents", ("request_id", "components")),
        (
            catalog.TickEfp,
            "tickEFP",
            (
                "request_id",
                "tick_type",
                "basis_points",
                "formatted_basis_points",
                "implied_future_price",
                "hold_days",
                "future_last_trade_date",
                "dividend_impact",
                "dividends_to_last_trade_date",
            ),
        ),
        (
            catalog.NewsBulletins,
            "updateNewsBulletin",
            ("message_id", "message_type", "text", "exchange"),
        ),
        (catalog.NewsArticle, "newsArticle", ("request_id", "article_type", "text")),
        (
            catalog.TickNews,
            "tickNews",
            ("request_id", "time_ms", "provider_code", "article_id", "headline", "extra_data"),
        ),
        (catalog.NewsProviders, "newsProviders", ("providers",)),
        (
            catalog.HistoricalNews,
            "historicalNews",
            ("request_id", "time", "provider_code", "article_id", "headline"),
        ),
        (catalog.HistoricalNewsEnd, "historicalNewsEnd", ("request_id", "has_more")),
        (catalog.ReceiveFa, "receiveFA", ("data_type", "xml")),
        (catalog.ReplaceFaEnd, "replaceFAEnd", ("request_id", "text")),
        (catalog.SoftDollarTiers, "softDollarTiers", ("request_id", "tiers")),
        (catalog.FamilyCodes, "familyCodes", ("codes",)),
        (catalog.BondContractData, "bondContractDetails", ("request_id", "details")),
        (catalog.FundamentalData, "fundamentalData", ("request_id", "data")),
        (catalog.ScannerParameters, "scannerParameters", ("xml",)),
        (
            catalog.RealTimeBars,
            "realtimeBar",
            (
                "request_id",
                "time",
                "open",
                "high",
                "low",
                "close",
                "volume",
                "average",
                "count",
            ),
        ),
        (
            catalog.DeltaNeutralValidation,
            "deltaNeutralValidation",
            ("request_id", "contract"),
        ),
        (catalog.VerifyMessageApi, "verifyMessageAPI", ("api_data",)),
        (
            catalog.VerifyAndAuthMessageApi,
            "verifyAndAuthMessageAPI",
            ("api_data", "xyz_challenge"),
        ),
        (catalog.DisplayGroupList, "displayGroupList", ("request_id", "groups")),
        (
            catalog.DisplayGroupUpdated,
            "displayGroupUpdated",
            ("request_id", "contract_info"),
        ),
        (
            catalog.PositionMulti,
            "positionMulti",
            ("request_id", "account", "model_code", "contract", "position", "average_cost"),
        ),
        (catalog.PositionMultiEnd, "positionMultiEnd", ("request_id",)),
        (
            catalog.AccountUpdateMulti,
            "accountUpdateMulti",
            ("request_id", "account", "model_code", "key", "value", "currency"),
        ),
        (catalog.AccountUpdateMultiEnd, "accountUpdateMultiEnd", ("request_id",)),
        (catalog.CompletedOrder, "completedOrder", ("contract", "order", "state")),
        (catalog.CompletedOrdersEnd, "completedOrdersEnd", ()),
        (catalog.WshMetaData, "wshMetaData", ("request_id", "data_json")),
        (catalog.WshEventData, "wshEventData", ("request_id", "data_json")),
        (
            catalog.HistoricalSchedule,
            "historicalSchedule",
            ("request_id", "start", "end", "time_zone", "sessions"),
        ),
        (catalog.UserInfo, "userInfo", ("request_id", "white_branding_id")),
        (catalog.CurrentTimeInMillis, "currentTimeInMillis", ("time_ms",)),
    )
}
"""How each message of ours is heard there."""
