"""History: bars of the past, and how far back they reach."""

from __future__ import annotations

from decimal import Decimal

from workstation.model import (
    Bars,
    BidAskTicks,
    ComboLeg,
    Contract,
    Histogram,
    HistoricalSession,
    LastTicks,
    MidpointTicks,
    TagValue,
)
from workstation.protocol.catalog.shared import CONTRACT_WITH_PRIMARY_EXCHANGE, QUOTED_LEG
from workstation.protocol.codecs import Codec
from workstation.protocol.layout import (
    Test,
    columns,
    constant,
    refuse,
    repeat,
    since,
    skip,
    spelled,
    tag_text,
    until,
    when,
)
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CancelHeadTimeStamp",
    "CancelHistogramData",
    "CancelHistoricalData",
    "HeadTimeStamp",
    "HistogramData",
    "HistoricalData",
    "HistoricalDataEnd",
    "HistoricalDataUpdate",
    "HistoricalSchedule",
    "HistoricalTicks",
    "HistoricalTicksBidAsk",
    "HistoricalTicksLast",
    "RequestHeadTimeStamp",
    "RequestHistogramData",
    "RequestHistoricalData",
    "RequestHistoricalTicks",
]

_SWAPPED = Codec(
    "attribute bits",
    "((n := int($ or 0)) & ~3 | (n & 1) << 1 | (n & 2) >> 1)",
    "INT_TEXTS[$ & ~3 | ($ & 1) << 1 | ($ & 2) >> 1]",
)
"""The two bits of past bids and asks stand the other way round than in ticks as they happen."""


@request(20)
class RequestHistoricalData(Request):
    """Ask for bars."""

    request_id: int
    contract: Contract
    end_date_time: str = ""
    """`YYYYMMDD hh:mm:ss Zone`; empty is now."""
    bar_size: str = "1 day"
    duration: str = "1 M"
    use_regular_hours: bool = True
    what_to_show: str = "TRADES"
    format_date: int = 1
    """1 dates as text, 2 seconds since 1970."""
    keep_up_to_date: bool = False
    options: tuple[TagValue, ...] = ()


lay_out(
    RequestHistoricalData,
    until(124, constant("6")),
    RequestHistoricalData.request_id,
    CONTRACT_WITH_PRIMARY_EXCHANGE,
    Contract.include_expired,
    RequestHistoricalData.end_date_time,
    RequestHistoricalData.bar_size,
    RequestHistoricalData.duration,
    RequestHistoricalData.use_regular_hours,
    RequestHistoricalData.what_to_show,
    refuse(RequestHistoricalData.what_to_show, "SCHEDULE", since=165),
    RequestHistoricalData.format_date,
    when(
        Contract.security_type,
        Test.EQUALS,
        repeat(Contract.combo_legs, ComboLeg, QUOTED_LEG),
        operand="BAG",
    ),
    since(124, RequestHistoricalData.keep_up_to_date),
    tag_text(RequestHistoricalData.options),
)


@request(25, constant("1"))
class CancelHistoricalData(Request):
    """Give up a request for bars, or end its updates."""

    request_id: int


@request(87, since=118)
class RequestHeadTimeStamp(Request):
    """Ask how far back bars reach."""

    request_id: int
    contract: Contract
    use_regular_hours: bool = True
    what_to_show: str = "TRADES"
    format_date: int = 1


lay_out(
    RequestHeadTimeStamp,
    RequestHeadTimeStamp.request_id,
    CONTRACT_WITH_PRIMARY_EXCHANGE,
    Contract.include_expired,
    RequestHeadTimeStamp.use_regular_hours,
    RequestHeadTimeStamp.what_to_show,
    RequestHeadTimeStamp.format_date,
)


@request(88, since=119)
class RequestHistogramData(Request):
    """Ask how much was traded at each price."""

    request_id: int
    contract: Contract
    use_regular_hours: bool = True
    time_period: str = "3 days"
    """How far back, such as `3 days`."""


lay_out(
    RequestHistogramData,
    RequestHistogramData.request_id,
    CONTRACT_WITH_PRIMARY_EXCHANGE,
    Contract.include_expired,
    RequestHistogramData.use_regular_hours,
    RequestHistogramData.time_period,
)


@request(89, since=119)
class CancelHistogramData(Request):
    """Give up a histogram."""

    request_id: int


@request(90, since=123)
class CancelHeadTimeStamp(Request):
    """Give up the question how far back bars reach."""

    request_id: int


@request(96, since=130)
class RequestHistoricalTicks(Request):
    """Ask for single ticks of the past."""

    request_id: int
    contract: Contract
    start_date_time: str = ""
    """`YYYYMMDD hh:mm:ss Zone`; give this or the end."""
    end_date_time: str = ""
    number_of_ticks: int = 1000
    what_to_show: str = "TRADES"
    """TRADES, MIDPOINT or BID_ASK."""
    use_regular_hours: bool = True
    ignore_size: bool = False
    """Leave out ticks of BID_ASK in which only sizes changed."""
    options: tuple[TagValue, ...] = ()


lay_out(
    RequestHistoricalTicks,
    RequestHistoricalTicks.request_id,
    CONTRACT_WITH_PRIMARY_EXCHANGE,
    Contract.include_expired,
    RequestHistoricalTicks.start_date_time,
    RequestHistoricalTicks.end_date_time,
    RequestHistoricalTicks.number_of_ticks,
    RequestHistoricalTicks.what_to_show,
    RequestHistoricalTicks.use_regular_hours,
    RequestHistoricalTicks.ignore_size,
    tag_text(RequestHistoricalTicks.options),
)


@inbound(17)
class HistoricalData(Inbound):
    """Bars, oldest first; from server version 196 `historical_data_end` follows."""

    request_id: int
    start: str = ""
    """Below server version 196, as `end` is; after that the end message tells."""
    end: str = ""
    bars: Bars = Bars()


lay_out(
    HistoricalData,
    until(124, constant("3")),
    HistoricalData.request_id,
    until(196, HistoricalData.start, HistoricalData.end),
    columns(
        HistoricalData.bars,
        Bars,
        Bars.date,
        Bars.open,
        Bars.high,
        Bars.low,
        Bars.close,
        Bars.volume,
        Bars.average,
        until(124, constant("false")),  # whether there are gaps
        Bars.count,
    ),
)


@inbound(88, since=118)
class HeadTimeStamp(Inbound):
    """The earliest moment there are bars of."""

    request_id: int
    time: str


@inbound(89, since=119)
class HistogramData(Inbound):
    """How much was traded at each price."""

    request_id: int
    histogram: Histogram = Histogram()


lay_out(
    HistogramData,
    HistogramData.request_id,
    columns(HistogramData.histogram, Histogram, Histogram.price, Histogram.size),
)


@inbound(90, since=124)
class HistoricalDataUpdate(Inbound):
    """The bar under way; the order of its fields on the wire is its own."""

    request_id: int
    count: int = 0
    date: str = ""
    open: float = 0.0
    close: float = 0.0
    high: float = 0.0
    low: float = 0.0
    average: Decimal | None = None
    volume: Decimal | None = None


@inbound(96, since=130)
class HistoricalTicks(Inbound):
    """Midpoints of the past."""

    request_id: int
    ticks: MidpointTicks = MidpointTicks()
    done: bool = True
    """Whether these are all."""


lay_out(
    HistoricalTicks,
    HistoricalTicks.request_id,
    columns(
        HistoricalTicks.ticks,
        MidpointTicks,
        MidpointTicks.time,
        skip(),  # attributes, which midpoints have none of
        MidpointTicks.price,
        MidpointTicks.size,
    ),
    HistoricalTicks.done,
)


@inbound(97, since=130)
class HistoricalTicksBidAsk(Inbound):
    """Bids and asks of the past."""

    request_id: int
    ticks: BidAskTicks = BidAskTicks()
    done: bool = True


lay_out(
    HistoricalTicksBidAsk,
    HistoricalTicksBidAsk.request_id,
    columns(
        HistoricalTicksBidAsk.ticks,
        BidAskTicks,
        BidAskTicks.time,
        spelled(BidAskTicks.attributes, _SWAPPED),
        BidAskTicks.bid_price,
        BidAskTicks.ask_price,
        BidAskTicks.bid_size,
        BidAskTicks.ask_size,
    ),
    HistoricalTicksBidAsk.done,
)


@inbound(98, since=130)
class HistoricalTicksLast(Inbound):
    """Trades of the past."""

    request_id: int
    ticks: LastTicks = LastTicks()
    done: bool = True


lay_out(
    HistoricalTicksLast,
    HistoricalTicksLast.request_id,
    columns(
        HistoricalTicksLast.ticks,
        LastTicks,
        LastTicks.time,
        LastTicks.attributes,
        LastTicks.price,
        LastTicks.size,
        LastTicks.exchange,
        LastTicks.special_conditions,
    ),
    HistoricalTicksLast.done,
)


@inbound(106, since=165)
class HistoricalSchedule(Inbound):
    """Trading sessions of the past: the answer to bars of SCHEDULE."""

    request_id: int
    start: str = ""
    """`YYYYMMDD-hh:mm:ss` in `time_zone`."""
    end: str = ""
    time_zone: str = ""
    sessions: tuple[HistoricalSession, ...] = ()


lay_out(
    HistoricalSchedule,
    HistoricalSchedule.request_id,
    HistoricalSchedule.start,
    HistoricalSchedule.end,
    HistoricalSchedule.time_zone,
    repeat(
        HistoricalSchedule.sessions,
        HistoricalSession,
        HistoricalSession.start,
        HistoricalSession.end,
        HistoricalSession.reference_date,
    ),
)


@inbound(108, since=196)
class HistoricalDataEnd(Inbound):
    """The bars are complete."""

    request_id: int
    start: str = ""
    end: str = ""
