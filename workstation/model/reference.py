"""Reference data: exchanges, news providers, trading sessions, families of accounts."""

from __future__ import annotations

from workstation.model.record import Record

__all__ = ["DepthExchange", "FamilyCode", "HistoricalSession", "NewsProvider", "SmartComponent"]


class DepthExchange(Record):
    """An exchange that shows its book."""

    exchange: str = ""
    security_type: str = ""
    listing_exchange: str = ""
    """This and what follows: server version 120."""
    service_data_type: str = ""
    """Deep for many levels, Deep2 with market makers."""
    aggregation_group: int | None = None
    """Books of one group are told as one."""


class SmartComponent(Record):
    """An exchange behind one bit of the exchange maps of quotes."""

    bit_number: int = 0
    exchange: str = ""
    exchange_letter: str = ""
    """How the exchange is written in ticks of exchanges."""


class NewsProvider(Record):
    """Somebody who writes news."""

    code: str = ""
    name: str = ""


class FamilyCode(Record):
    """The family that an account belongs to."""

    account: str = ""
    family_code: str = ""


class HistoricalSession(Record):
    """One trading session of the past."""

    start: str = ""
    """`YYYYMMDD-hh:mm:ss` in the schedule's zone."""
    end: str = ""
    reference_date: str = ""
    """`YYYYMMDD` of the day it counts for."""
