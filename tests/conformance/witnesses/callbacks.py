"""What a witness told its wrapper, as the message of ours that it heard.

Owns which callbacks make which message. Works for any witness that calls like the official client.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from witnesses.conversion import field_kinds, value_here
from workstation.model import Bars
from workstation.protocol import catalog
from workstation.protocol.message import Inbound

Call = tuple[str, tuple[Any, ...]]

SIZE_OF_PRICE = {1: 0, 2: 3, 4: 5, 66: 69, 67: 70, 68: 71}
"""The size that a price of some type brings along, by type."""


class Unheard(Exception):
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


READERS: dict[type[Inbound], Callable[[list[Call]], Inbound]] = {
    catalog.TickPrice: read_tick_price,
    catalog.HistoricalData: read_historical_data,
    catalog.HistoricalDataUpdate: read_historical_data_update,
    catalog.ManagedAccounts: read_managed_accounts,
    catalog.SecurityDefinitionOptionParameter: read_option_parameters,
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
    )
}
"""How each message of ours is heard there."""
