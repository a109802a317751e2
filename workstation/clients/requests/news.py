"""Requests for news, reports and calendars of companies."""

from __future__ import annotations

from workstation.clients.requests.sender import Sender
from workstation.model import Contract, TagValue
from workstation.protocol import catalog

__all__ = ["NewsRequests"]


class NewsRequests(Sender):
    """News and fundamentals."""

    def request_news_bulletins(self, *, all_messages: bool = True) -> None:
        """Stream bulletins of exchanges and the system (`news_bulletins`)."""
        self.send(catalog.RequestNewsBulletins(all_messages=all_messages))

    def cancel_news_bulletins(self) -> None:
        """End the stream of bulletins."""
        self.send(catalog.CancelNewsBulletins())

    def request_news_providers(self) -> None:
        """Ask whose news this login may read (`news_providers`)."""
        self.send(catalog.RequestNewsProviders())

    def request_news_article(
        self, provider_code: str, article_id: str, options: tuple[TagValue, ...] = ()
    ) -> int:
        """Ask for the text behind a headline (`news_article`)."""
        return self._send_keyed(
            catalog.RequestNewsArticle,
            provider_code=provider_code,
            article_id=article_id,
            options=options,
        )

    def request_historical_news(
        self,
        contract_id: int,
        provider_codes: str,
        *,
        start_date_time: str = "",
        end_date_time: str = "",
        total_results: int = 10,
        options: tuple[TagValue, ...] = (),
    ) -> int:
        """Ask for headlines of the past (`historical_news` …, then `historical_news_end`).

        Args:
            contract_id: about which contract.
            provider_codes: whose, joined by `+`.
            start_date_time: headlines after it, `YYYY-MM-DD hh:mm:ss.0`.
            end_date_time: headlines before it.
            total_results: 300 at most.
            options: further named parameters.
        """
        return self._send_keyed(
            catalog.RequestHistoricalNews,
            contract_id=contract_id,
            provider_codes=provider_codes,
            start_date_time=start_date_time,
            end_date_time=end_date_time,
            total_results=total_results,
            options=options,
        )

    def request_fundamental_data(
        self, contract: Contract, report_type: str = "ReportSnapshot"
    ) -> int:
        """Ask for a report about a company (`fundamental_data`)."""
        return self._send_keyed(
            catalog.RequestFundamentalData, contract=contract, report_type=report_type
        )

    def cancel_fundamental_data(self, request_id: int) -> None:
        """Give up a report."""
        self.send(catalog.CancelFundamentalData(request_id=request_id))

    def request_wsh_meta_data(self) -> int:
        """Ask which kinds of company events there are (`wsh_meta_data`)."""
        return self._send_keyed(catalog.RequestWshMetaData)

    def cancel_wsh_meta_data(self, request_id: int) -> None:
        """Give up the kinds of company events."""
        self.send(catalog.CancelWshMetaData(request_id=request_id))

    def request_wsh_event_data(
        self,
        contract_id: int | None = None,
        *,
        filter: str = "",  # noqa: A002  the Bridge's own word
        fill_watchlist: bool = False,
        fill_portfolio: bool = False,
        fill_competitors: bool = False,
        start_date: str = "",
        end_date: str = "",
        total_limit: int | None = None,
    ) -> int:
        """Ask for company events (`wsh_event_data`), of one contract or by a filter.

        Args:
            contract_id: events of this contract.
            filter: JSON, instead of the contract.
            fill_watchlist: also events of the watchlist.
            fill_portfolio: also events of the portfolio.
            fill_competitors: also events of competitors.
            start_date: `YYYYMMDD`.
            end_date: `YYYYMMDD`.
            total_limit: 100 at most.
        """
        return self._send_keyed(
            catalog.RequestWshEventData,
            contract_id=contract_id,
            filter=filter,
            fill_watchlist=fill_watchlist,
            fill_portfolio=fill_portfolio,
            fill_competitors=fill_competitors,
            start_date=start_date,
            end_date=end_date,
            total_limit=total_limit,
        )

    def cancel_wsh_event_data(self, request_id: int) -> None:
        """Give up company events."""
        self.send(catalog.CancelWshEventData(request_id=request_id))
