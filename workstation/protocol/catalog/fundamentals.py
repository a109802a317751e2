"""Fundamentals: reports about companies, and their calendar of events by Wall Street Horizon."""

from __future__ import annotations

from workstation.model import Contract
from workstation.protocol.layout import constant, escaped, literal, since, skip
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CancelFundamentalData",
    "CancelWshEventData",
    "CancelWshMetaData",
    "FundamentalData",
    "RequestFundamentalData",
    "RequestWshEventData",
    "RequestWshMetaData",
    "WshEventData",
    "WshMetaData",
]


@request(52)
class RequestFundamentalData(Request):
    """Ask for a report about a company."""

    request_id: int
    contract: Contract
    report_type: str = "ReportSnapshot"
    """ReportSnapshot, ReportsFinSummary, ReportRatios, ReportsFinStatements or RESC."""


lay_out(
    RequestFundamentalData,
    constant("2"),
    RequestFundamentalData.request_id,
    Contract.contract_id,
    Contract.symbol,
    Contract.security_type,
    Contract.exchange,
    Contract.primary_exchange,
    Contract.currency,
    Contract.local_symbol,
    RequestFundamentalData.report_type,
    constant("0"),  # how many options
    skip(),  # options for internal use
)


@request(53, constant("1"))
class CancelFundamentalData(Request):
    """Give up a report."""

    request_id: int


@request(100, since=161)
class RequestWshMetaData(Request):
    """Ask which kinds of events there are; to be asked before events are."""

    request_id: int


@request(101, since=161)
class CancelWshMetaData(Request):
    """Give up the kinds of events."""

    request_id: int


@request(102, since=161)
class RequestWshEventData(Request):
    """Ask for events, of one contract or by a filter."""

    request_id: int
    contract_id: int | None = None
    filter: str = ""
    """JSON; instead of the contract."""
    fill_watchlist: bool = False
    fill_portfolio: bool = False
    fill_competitors: bool = False
    start_date: str = ""
    """`YYYYMMDD`."""
    end_date: str = ""
    total_limit: int | None = None
    """100 at most."""


lay_out(
    RequestWshEventData,
    RequestWshEventData.request_id,
    literal(RequestWshEventData.contract_id),
    since(
        171,
        RequestWshEventData.filter,
        RequestWshEventData.fill_watchlist,
        RequestWshEventData.fill_portfolio,
        RequestWshEventData.fill_competitors,
    ),
    since(
        173,
        RequestWshEventData.start_date,
        RequestWshEventData.end_date,
        literal(RequestWshEventData.total_limit),
    ),
)


@request(103, since=161)
class CancelWshEventData(Request):
    """Give up events."""

    request_id: int


@inbound(51)
class FundamentalData(Inbound):
    """A report about a company."""

    request_id: int
    data: str
    """XML."""


lay_out(FundamentalData, constant("1"), FundamentalData.request_id, escaped(FundamentalData.data))


@inbound(104, since=161)
class WshMetaData(Inbound):
    """Which kinds of events there are."""

    request_id: int
    data_json: str


@inbound(105, since=161)
class WshEventData(Inbound):
    """Events."""

    request_id: int
    data_json: str
