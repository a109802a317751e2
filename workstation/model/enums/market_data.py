"""Vocabularies of market data."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from workstation.errors import InvalidValue

__all__ = [
    "BarSize",
    "DepthOperation",
    "DepthSide",
    "DurationUnit",
    "GenericTick",
    "HaltedStatus",
    "HistoricalTickKind",
    "MarketDataType",
    "NewsBulletinType",
    "ShortableLevel",
    "TickByTickCode",
    "TickByTickKind",
    "WhatToShow",
]


class MarketDataType(IntEnum):
    """How fresh quotes are."""

    LIVE = 1
    FROZEN = 2
    """The last ones before the market closed."""
    DELAYED = 3
    """About 15 minutes old, free of charge."""
    DELAYED_FROZEN = 4


class GenericTick(IntEnum):
    """Ticks that come only when a market data request asks for them."""

    OPTION_VOLUME = 100
    OPTION_OPEN_INTEREST = 101
    HISTORICAL_VOLATILITY = 104
    AVERAGE_OPTION_VOLUME = 105
    IMPLIED_VOLATILITY = 106
    INDEX_FUTURE_PREMIUM = 162
    MISCELLANEOUS = 165
    """Highs and lows of 13, 26 and 52 weeks, and the average volume."""
    MARK_PRICE = 221
    AUCTION = 225
    RT_VOLUME = 233
    SHORTABLE = 236
    NEWS = 292
    TRADE_COUNT = 293
    TRADE_RATE = 294
    VOLUME_RATE = 295
    LAST_RTH_TRADE = 318
    RT_TRADE_VOLUME = 375
    RT_HISTORICAL_VOLATILITY = 411
    IB_DIVIDENDS = 456
    BOND_FACTOR_MULTIPLIER = 460
    ETF_NAV_BID_ASK = 576
    ETF_NAV_LAST = 577
    ETF_NAV_CLOSE = 578
    IPO_PRICE = 586
    FUTURES_OPEN_INTEREST = 588
    SHORT_TERM_VOLUME = 595
    ETF_NAV_HIGH_LOW = 614
    ETF_FROZEN_NAV_LAST = 623


class WhatToShow(StrEnum):
    """What bars are made of."""

    TRADES = "TRADES"
    """Adjusted for splits, not for dividends."""
    MIDPOINT = "MIDPOINT"
    BID = "BID"
    ASK = "ASK"
    BID_ASK = "BID_ASK"
    """Time average of the bid as open, of the ask as close; highest ask, lowest bid."""
    ADJUSTED_LAST = "ADJUSTED_LAST"
    """Adjusted for splits and dividends."""
    HISTORICAL_VOLATILITY = "HISTORICAL_VOLATILITY"
    """A fraction a year, as is the implied one."""
    OPTION_IMPLIED_VOLATILITY = "OPTION_IMPLIED_VOLATILITY"
    REBATE_RATE = "REBATE_RATE"
    FEE_RATE = "FEE_RATE"
    """Of borrowing the stock, in percent a year."""
    YIELD_BID = "YIELD_BID"
    YIELD_ASK = "YIELD_ASK"
    YIELD_BID_ASK = "YIELD_BID_ASK"
    YIELD_LAST = "YIELD_LAST"
    SCHEDULE = "SCHEDULE"
    """Trading sessions, and no bars at all (server version 165)."""
    AGGTRADES = "AGGTRADES"
    """Trades of a cryptocurrency over all its exchanges."""


class BarSize(StrEnum):
    """How long a bar is."""

    SECOND_1 = "1 secs"
    SECONDS_5 = "5 secs"
    SECONDS_10 = "10 secs"
    SECONDS_15 = "15 secs"
    SECONDS_30 = "30 secs"
    MINUTE_1 = "1 min"
    MINUTES_2 = "2 mins"
    MINUTES_3 = "3 mins"
    MINUTES_5 = "5 mins"
    MINUTES_10 = "10 mins"
    MINUTES_15 = "15 mins"
    MINUTES_20 = "20 mins"
    MINUTES_30 = "30 mins"
    HOUR_1 = "1 hour"
    HOURS_2 = "2 hours"
    HOURS_3 = "3 hours"
    HOURS_4 = "4 hours"
    HOURS_8 = "8 hours"
    DAY_1 = "1 day"
    WEEK_1 = "1 week"
    MONTH_1 = "1 month"


class DurationUnit(StrEnum):
    """In what the length of a history is counted."""

    SECONDS = "S"
    DAYS = "D"
    WEEKS = "W"
    MONTHS = "M"
    YEARS = "Y"

    def times(self, number: int) -> str:
        """A duration as requests want it, such as `2 W`.

        Raises:
            InvalidValue: `number` is not above zero.
        """
        if number < 1:
            raise InvalidValue("number", number, "a duration is a whole number above zero")
        return f"{number} {self.value}"


class HistoricalTickKind(StrEnum):
    """What ticks of the past tell."""

    TRADES = "TRADES"
    MIDPOINT = "MIDPOINT"
    BID_ASK = "BID_ASK"


class TickByTickKind(StrEnum):
    """What a tick-by-tick stream is asked for."""

    LAST = "Last"
    ALL_LAST = "AllLast"
    """With trades that do not make a last price, such as odd lots and combinations."""
    BID_ASK = "BidAsk"
    MIDPOINT = "MidPoint"


class TickByTickCode(IntEnum):
    """What one tick of a tick-by-tick stream is."""

    NONE = 0
    LAST = 1
    ALL_LAST = 2
    BID_ASK = 3
    MIDPOINT = 4


class DepthOperation(IntEnum):
    """What happens to a row of a book."""

    INSERT = 0
    UPDATE = 1
    DELETE = 2


class DepthSide(IntEnum):
    """Which side of a book a row is on."""

    ASK = 0
    BID = 1


class HaltedStatus(IntEnum):
    """Value of the tick HALTED."""

    UNKNOWN = -1
    NOT_HALTED = 0
    GENERAL_HALT = 1
    """For reasons of regulation."""
    VOLATILITY_HALT = 2


class ShortableLevel(IntEnum):
    """Value of the tick SHORTABLE, which is a float a little to either side of these."""

    NOT_AVAILABLE = 1
    TO_BE_LOCATED = 2
    AVAILABLE = 3
    """At least 1000 shares."""


class NewsBulletinType(IntEnum):
    """What a bulletin of the broker is about; sources disagree on which of 2 and 3 is which."""

    BULLETIN = 1
    EXCHANGE_CLOSED = 2
    EXCHANGE_OPEN = 3
