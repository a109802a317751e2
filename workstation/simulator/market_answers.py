"""Answers about market data: books, single ticks, bars of five seconds, histograms, sessions, news.

The part of the table in `answers` that is about the market, in its own module for its size.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workstation.errors import InvalidValue, RequestError
from workstation.model import (
    BidAskTicks,
    Contract,
    Histogram,
    HistoricalSession,
    LastTicks,
    SmartComponent,
)
from workstation.model.trading_calendar import TIME_ZONE
from workstation.protocol import catalog
from workstation.protocol.message import Inbound, Request
from workstation.simulator.client_session import ClientSession
from workstation.simulator.depth import DEPTH_EXCHANGES
from workstation.simulator.history import BarRequest
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.news import PROVIDERS
from workstation.simulator.past_ticks import Ticks
from workstation.simulator.sessions import Segment

if TYPE_CHECKING:
    from workstation.simulator.bridge import Bridge

__all__ = ["MARKET_ANSWERS", "schedule"]

HISTORY_ERROR = 162
_HISTORY = "Historical Market Data Service error message:"
_SHORT_PERIODS = ("1 D", "2 D", "3 D")
_MOST_SCHEDULE_DAYS = 366

_EXCHANGES = (("ARCA", "P"), ("BATS", "Z"), ("IEX", "V"), ("ISLAND", "Q"), ("NYSE", "N"))


def _depth(bridge: Bridge, client: ClientSession, request: catalog.RequestMarketDepth) -> None:
    bridge.depth.subscribe(client, request)


def _cancel_depth(
    bridge: Bridge, client: ClientSession, request: catalog.CancelMarketDepth
) -> None:
    bridge.depth.unsubscribe(client, request.request_id)


def _depth_exchanges(_bridge: Bridge, client: ClientSession, _request: Request) -> None:
    client.tell(catalog.MarketDepthExchanges(exchanges=DEPTH_EXCHANGES))


def _tick_by_tick(
    bridge: Bridge, client: ClientSession, request: catalog.RequestTickByTickData
) -> None:
    symbol = _stock(bridge, request.contract, 10189, "Failed to request tick-by-tick data:")
    bridge.ticks.subscribe(client, request, symbol)


def _cancel_tick_by_tick(
    bridge: Bridge, client: ClientSession, request: catalog.CancelTickByTickData
) -> None:
    bridge.ticks.unsubscribe(client, request.request_id)


def _real_time_bars(
    bridge: Bridge, client: ClientSession, request: catalog.RequestRealTimeBars
) -> None:
    symbol = _stock(bridge, request.contract, 420, "Invalid Real-time Query:")
    bridge.real_time_bars.subscribe(client, request, symbol)


def _cancel_real_time_bars(
    bridge: Bridge, client: ClientSession, request: catalog.CancelRealTimeBars
) -> None:
    bridge.real_time_bars.unsubscribe(client, request.request_id)


def _historical_ticks(
    bridge: Bridge, client: ClientSession, request: catalog.RequestHistoricalTicks
) -> None:
    symbol = _stock(bridge, request.contract, 10187, "Failed to request historical ticks:")
    wanted = bridge.past_ticks.wanted(
        symbol,
        request.start_date_time,
        request.end_date_time,
        request.number_of_ticks,
        request.what_to_show,
        regular_hours=request.use_regular_hours,
        ignore_size=request.ignore_size,
    )
    client.tell(_ticks_message(request.request_id, bridge.past_ticks.ticks(wanted)))


def _ticks_message(request_id: int, ticks: Ticks) -> Inbound:
    if isinstance(ticks, LastTicks):
        return catalog.HistoricalTicksLast(request_id=request_id, ticks=ticks)
    if isinstance(ticks, BidAskTicks):
        return catalog.HistoricalTicksBidAsk(request_id=request_id, ticks=ticks)
    return catalog.HistoricalTicks(request_id=request_id, ticks=ticks)


def _histogram(
    bridge: Bridge, client: ClientSession, request: catalog.RequestHistogramData
) -> None:
    """What was traded at each price: the volume of each bar stands at its close."""
    symbol = _stock(bridge, request.contract, HISTORY_ERROR, _HISTORY)
    duration = _duration(request.time_period)
    size = "1 min" if duration in _SHORT_PERIODS else "30 mins"
    wanted = BarRequest(symbol, size, duration, use_regular_hours=request.use_regular_hours)
    try:
        bars = bridge.history.bars(wanted)
    except InvalidValue as error:
        raise RequestError(HISTORY_ERROR, f"{_HISTORY}{error}", request.request_id) from error
    found: Counter[float] = Counter()
    for price, volume in zip(bars.close, bars.volume, strict=True):
        found[price] += volume
    prices = tuple(sorted(found))
    histogram = Histogram(price=prices, size=tuple(Decimal(found[each]) for each in prices))
    client.tell(catalog.HistogramData(request_id=request.request_id, histogram=histogram))


def _duration(period: str) -> str:
    """`3 days` in the words of history: `3 D`."""
    count, _, unit = period.strip().partition(" ")
    letter = unit[:1].upper()
    return f"{count} {'S' if unit.startswith('second') else letter}"


def schedule(bridge: Bridge, client: ClientSession, request: catalog.RequestHistoricalData) -> None:
    """The regular sessions of the past, which bars of SCHEDULE ask for.

    Raises:
        RequestError: 162, not so many days.
    """
    count, _, unit = request.duration.partition(" ")
    days = {"D": 1, "W": 7, "M": 30, "Y": 365}.get(unit, 0)
    if not count.isdecimal() or not 0 < int(count) * days <= _MOST_SCHEDULE_DAYS:
        text = f"{_HISTORY}duration {request.duration!r} of a schedule; up to 365 D is legal"
        raise RequestError(HISTORY_ERROR, text, request.request_id)
    sessions = bridge.market.sessions
    last = sessions.at(bridge.clock_ns() / 1e9)
    first = sessions.at(bridge.clock_ns() / 1e9 - int(count) * days * 86_400)
    rows = tuple(
        HistoricalSession(
            start=_local(int(sessions.opens[place])),
            end=_local(sessions.end(place, Segment.REGULAR)),
            reference_date=f"{sessions.dates[place]:%Y%m%d}",
        )
        for place in range(first + 1, last + 1)
    )
    client.tell(
        catalog.HistoricalSchedule(
            request_id=request.request_id,
            start=rows[0].start if rows else "",
            end=rows[-1].end if rows else "",
            time_zone=TIME_ZONE,
            sessions=rows,
        )
    )


def _local(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, NEW_YORK).strftime("%Y%m%d-%H:%M:%S")


def _smart_components(
    _bridge: Bridge, client: ClientSession, request: catalog.RequestSmartComponents
) -> None:
    components = tuple(
        SmartComponent(bit_number=bit, exchange=name, exchange_letter=letter)
        for bit, (name, letter) in enumerate(_EXCHANGES)
    )
    client.tell(catalog.SmartComponents(request_id=request.request_id, components=components))


def _news_providers(_bridge: Bridge, client: ClientSession, _request: Request) -> None:
    client.tell(catalog.NewsProviders(providers=PROVIDERS))


def _historical_news(
    bridge: Bridge, client: ClientSession, request: catalog.RequestHistoricalNews
) -> None:
    headlines, has_more = bridge.news.headlines(
        request.contract_id,
        request.provider_codes,
        request.start_date_time,
        request.end_date_time,
        request.total_results,
    )
    for each in headlines:
        moment = datetime.fromtimestamp(each.seconds, UTC)
        client.tell(
            catalog.HistoricalNews(
                request_id=request.request_id,
                time=f"{moment:%Y-%m-%d %H:%M:%S}.0",
                provider_code=PROVIDERS[0].code,
                article_id=each.article_id,
                headline=each.text,
            )
        )
    client.tell(catalog.HistoricalNewsEnd(request_id=request.request_id, has_more=has_more))


def _news_article(
    bridge: Bridge, client: ClientSession, request: catalog.RequestNewsArticle
) -> None:
    text = bridge.news.article(request.provider_code, request.article_id)
    client.tell(catalog.NewsArticle(request_id=request.request_id, article_type=0, text=text))


def _user_info(_bridge: Bridge, client: ClientSession, request: catalog.RequestUserInfo) -> None:
    """No brand but the broker's own."""
    client.tell(catalog.UserInfo(request_id=request.request_id, white_branding_id=""))


def _soft_dollar_tiers(
    _bridge: Bridge, client: ClientSession, request: catalog.RequestSoftDollarTiers
) -> None:
    """A private account has none."""
    client.tell(catalog.SoftDollarTiers(request_id=request.request_id))


def _stock(bridge: Bridge, contract: Contract, code: int, prefix: str) -> str:
    """The symbol of a stock.

    Raises:
        RequestError: `code`, it is none; or as `Instruments.resolve`.
    """
    listing = bridge.instruments.resolve(contract)
    stock = bridge.universe.by_id(listing.contract_id)
    if stock is None:
        raise RequestError(code, f"{prefix}that of options is not simulated")
    return stock.symbol


MARKET_ANSWERS: dict[type[Request], Any] = {
    catalog.RequestMarketDepth: _depth,
    catalog.CancelMarketDepth: _cancel_depth,
    catalog.RequestMarketDepthExchanges: _depth_exchanges,
    catalog.RequestTickByTickData: _tick_by_tick,
    catalog.CancelTickByTickData: _cancel_tick_by_tick,
    catalog.RequestRealTimeBars: _real_time_bars,
    catalog.CancelRealTimeBars: _cancel_real_time_bars,
    catalog.RequestHistoricalTicks: _historical_ticks,
    catalog.RequestHistogramData: _histogram,
    catalog.RequestSmartComponents: _smart_components,
    catalog.RequestNewsProviders: _news_providers,
    catalog.RequestHistoricalNews: _historical_news,
    catalog.RequestNewsArticle: _news_article,
    catalog.RequestUserInfo: _user_info,
    catalog.RequestSoftDollarTiers: _soft_dollar_tiers,
}
"""What is simulated of market data."""
