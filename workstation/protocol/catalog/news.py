"""News: bulletins of the Bridge, headlines and articles."""

from __future__ import annotations

from workstation.model import NewsProvider, TagValue
from workstation.protocol.layout import constant, escaped, repeat, since, tag_text
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CancelNewsBulletins",
    "HistoricalNews",
    "HistoricalNewsEnd",
    "NewsArticle",
    "NewsBulletins",
    "NewsProviders",
    "RequestHistoricalNews",
    "RequestNewsArticle",
    "RequestNewsBulletins",
    "RequestNewsProviders",
    "TickNews",
]


@request(12, constant("1"))
class RequestNewsBulletins(Request):
    """Stream bulletins about exchanges and the system."""

    all_messages: bool = True
    """Also those of today that came before."""


@request(13, constant("1"))
class CancelNewsBulletins(Request):
    """End the stream of bulletins."""


@request(84, since=116)
class RequestNewsArticle(Request):
    """Ask for the text behind a headline."""

    request_id: int
    provider_code: str
    article_id: str
    options: tuple[TagValue, ...] = ()


lay_out(
    RequestNewsArticle,
    RequestNewsArticle.request_id,
    RequestNewsArticle.provider_code,
    RequestNewsArticle.article_id,
    since(128, tag_text(RequestNewsArticle.options)),
)


@request(85, since=115)
class RequestNewsProviders(Request):
    """Ask whose news this login may read."""


@request(86, since=117)
class RequestHistoricalNews(Request):
    """Ask for headlines of the past."""

    request_id: int
    contract_id: int
    provider_codes: str
    """Joined by `+`."""
    start_date_time: str = ""
    """`YYYY-MM-DD hh:mm:ss.0`; headlines after it."""
    end_date_time: str = ""
    """Headlines before it."""
    total_results: int = 10
    """300 at most."""
    options: tuple[TagValue, ...] = ()


lay_out(
    RequestHistoricalNews,
    RequestHistoricalNews.request_id,
    RequestHistoricalNews.contract_id,
    RequestHistoricalNews.provider_codes,
    RequestHistoricalNews.start_date_time,
    RequestHistoricalNews.end_date_time,
    RequestHistoricalNews.total_results,
    since(128, tag_text(RequestHistoricalNews.options)),
)


@inbound(14)
class NewsBulletins(Inbound):
    """One bulletin."""

    message_id: int
    message_type: int
    """1 a bulletin, 2 an exchange closed, 3 an exchange is open again."""
    text: str
    exchange: str = ""


lay_out(
    NewsBulletins,
    constant("1"),
    NewsBulletins.message_id,
    NewsBulletins.message_type,
    escaped(NewsBulletins.text),
    escaped(NewsBulletins.exchange),
)


@inbound(83, since=116)
class NewsArticle(Inbound):
    """The text behind a headline."""

    request_id: int
    article_type: int
    """0 text or HTML, 1 a PDF in base 64."""
    text: str


@inbound(84, since=113)
class TickNews(Inbound):
    """A headline that just came, of a market data stream with generic tick 292."""

    request_id: int
    time_ms: int
    """Milliseconds since 1970."""
    provider_code: str
    article_id: str
    headline: str
    extra_data: str = ""


@inbound(85, since=115)
class NewsProviders(Inbound):
    """Whose news this login may read."""

    providers: tuple[NewsProvider, ...] = ()


lay_out(
    NewsProviders,
    repeat(NewsProviders.providers, NewsProvider, NewsProvider.code, NewsProvider.name),
)


@inbound(86, since=117)
class HistoricalNews(Inbound):
    """One headline of the past."""

    request_id: int
    time: str
    """`YYYY-MM-DD hh:mm:ss.0`."""
    provider_code: str
    article_id: str
    headline: str


@inbound(87, since=117)
class HistoricalNewsEnd(Inbound):
    """No more headlines in this answer."""

    request_id: int
    has_more: bool
    """Whether there are earlier ones."""
