"""Scanners: what to look for, and what was found."""

from __future__ import annotations

from workstation.model.contracts import Contract
from workstation.model.record import Record

__all__ = ["ScannerRow", "ScannerSubscription"]


class ScannerSubscription(Record):
    """What a scanner looks for; codes are those of the scanner parameters."""

    number_of_rows: int = -1
    """-1 leaves the number to the Bridge, which sends 50 at most."""
    instrument: str = ""
    """Such as STK or ETF.EQ.US."""
    location_code: str = ""
    """Such as STK.US.MAJOR."""
    scan_code: str = ""
    """Such as TOP_PERC_GAIN."""
    above_price: float | None = None
    below_price: float | None = None
    above_volume: int | None = None
    market_cap_above: float | None = None
    market_cap_below: float | None = None
    moody_rating_above: str = ""
    moody_rating_below: str = ""
    sp_rating_above: str = ""
    sp_rating_below: str = ""
    maturity_date_above: str = ""
    """`YYYYMMDD`."""
    maturity_date_below: str = ""
    coupon_rate_above: float | None = None
    coupon_rate_below: float | None = None
    exclude_convertible: bool = False
    average_option_volume_above: int | None = None
    scanner_setting_pairs: str = ""
    stock_type_filter: str = ""
    """ALL, STOCK, ETF, …"""


class ScannerRow(Record):
    """One contract that a scanner found."""

    rank: int = 0
    """0 is the best."""
    contract: Contract = Contract()
    market_name: str = ""
    distance: str = ""
    benchmark: str = ""
    projection: str = ""
    legs: str = ""
    """The legs of a combination, as text."""
