"""Scanners: asking for contracts that stand out."""

from __future__ import annotations

from workstation.model import Contract, ScannerRow, ScannerSubscription, TagValue
from workstation.protocol.layout import constant, escaped, repeat, since, tag_text, until
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CancelScannerSubscription",
    "RequestScannerParameters",
    "RequestScannerSubscription",
    "ScannerData",
    "ScannerParameters",
]


@request(22)
class RequestScannerSubscription(Request):
    """Stream what a scanner finds; each message is the whole list."""

    request_id: int
    subscription: ScannerSubscription = ScannerSubscription()
    options: tuple[TagValue, ...] = ()
    filter_options: tuple[TagValue, ...] = ()
    """Filters by their codes in the scanner parameters, such as `priceAbove`."""


lay_out(
    RequestScannerSubscription,
    until(143, constant("4")),
    RequestScannerSubscription.request_id,
    ScannerSubscription.number_of_rows,
    ScannerSubscription.instrument,
    ScannerSubscription.location_code,
    ScannerSubscription.scan_code,
    ScannerSubscription.above_price,
    ScannerSubscription.below_price,
    ScannerSubscription.above_volume,
    ScannerSubscription.market_cap_above,
    ScannerSubscription.market_cap_below,
    ScannerSubscription.moody_rating_above,
    ScannerSubscription.moody_rating_below,
    ScannerSubscription.sp_rating_above,
    ScannerSubscription.sp_rating_below,
    ScannerSubscription.maturity_date_above,
    ScannerSubscription.maturity_date_below,
    ScannerSubscription.coupon_rate_above,
    ScannerSubscription.coupon_rate_below,
    ScannerSubscription.exclude_convertible,
    ScannerSubscription.average_option_volume_above,
    ScannerSubscription.scanner_setting_pairs,
    ScannerSubscription.stock_type_filter,
    since(143, tag_text(RequestScannerSubscription.filter_options)),
    tag_text(RequestScannerSubscription.options),
)


@request(23, constant("1"))
class CancelScannerSubscription(Request):
    """End what a scanner finds."""

    request_id: int


@request(24, constant("1"))
class RequestScannerParameters(Request):
    """Ask which scans, places, instruments and filters there are."""


@inbound(19)
class ScannerParameters(Inbound):
    """Which scans, places, instruments and filters there are."""

    xml: str


lay_out(ScannerParameters, constant("1"), escaped(ScannerParameters.xml))


@inbound(20)
class ScannerData(Inbound):
    """What a scanner found, best first."""

    request_id: int
    rows: tuple[ScannerRow, ...] = ()


lay_out(
    ScannerData,
    constant("3"),
    ScannerData.request_id,
    repeat(
        ScannerData.rows,
        ScannerRow,
        ScannerRow.rank,
        Contract.contract_id,
        Contract.symbol,
        Contract.security_type,
        Contract.last_trade_date,
        Contract.strike,
        Contract.right,
        Contract.exchange,
        Contract.currency,
        Contract.local_symbol,
        ScannerRow.market_name,
        Contract.trading_class,
        ScannerRow.distance,
        ScannerRow.benchmark,
        ScannerRow.projection,
        ScannerRow.legs,
    ),
)
