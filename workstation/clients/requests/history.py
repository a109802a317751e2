"""Requests for the past: bars, ticks, histograms, sessions."""

from __future__ import annotations

from workstation.clients.requests.sender import Sender
from workstation.model import Contract, TagValue
from workstation.protocol import catalog

__all__ = ["HistoryRequests"]


class HistoryRequests(Sender):
    """Bars, ticks and histograms of the past."""

    def request_historical_data(
        self,
        contract: Contract,
        *,
        duration: str,
        bar_size: str,
        end_date_time: str = "",
        what_to_show: str = "TRADES",
        use_regular_hours: bool = True,
        format_date: int = 2,
        keep_up_to_date: bool = False,
        options: tuple[TagValue, ...] = (),
    ) -> int:
        """Ask for bars (`historical_data`), oldest first.

        Args:
            contract: what the bars are of.
            duration: how far back, such as `1 D` or `1 Y`.
            bar_size: such as `1 min` or `1 day`.
            end_date_time: `YYYYMMDD hh:mm:ss Zone`; empty is now.
            what_to_show: TRADES, MIDPOINT, BID, ASK, …
            use_regular_hours: leave out what lies outside regular trading hours.
            format_date: 1 for dates as text, 2 for seconds since 1970.
            keep_up_to_date: go on with `historical_data_update`.
            options: further named parameters.
        """
        return self._send_keyed(
            catalog.RequestHistoricalData,
            contract=contract,
            end_date_time=end_date_time,
            bar_size=bar_size,
            duration=duration,
            use_regular_hours=use_regular_hours,
            what_to_show=what_to_show,
            format_date=format_date,
            keep_up_to_date=keep_up_to_date,
            options=options,
        )

    def cancel_historical_data(self, request_id: int) -> None:
        """Give up a request for bars, or end its updates."""
        self.send(catalog.CancelHistoricalData(request_id=request_id))

    def request_head_time_stamp(
        self,
        contract: Contract,
        what_to_show: str = "TRADES",
        *,
        use_regular_hours: bool = True,
        format_date: int = 2,
    ) -> int:
        """Ask how far back bars reach (`head_time_stamp`)."""
        return self._send_keyed(
            catalog.RequestHeadTimeStamp,
            contract=contract,
            what_to_show=what_to_show,
            use_regular_hours=use_regular_hours,
            format_date=format_date,
        )

    def cancel_head_time_stamp(self, request_id: int) -> None:
        """Give up the question how far back bars reach."""
        self.send(catalog.CancelHeadTimeStamp(request_id=request_id))

    def request_historical_ticks(
        self,
        contract: Contract,
        *,
        start_date_time: str = "",
        end_date_time: str = "",
        number_of_ticks: int = 1000,
        what_to_show: str = "TRADES",
        use_regular_hours: bool = True,
        ignore_size: bool = False,
        options: tuple[TagValue, ...] = (),
    ) -> int:
        """Ask for single ticks (`historical_ticks_last`, `…_bid_ask`, or `historical_ticks`).

        Args:
            contract: whose ticks.
            start_date_time: `YYYYMMDD hh:mm:ss Zone`; give this or the end.
            end_date_time: ticks up to then.
            number_of_ticks: 1000 at most.
            what_to_show: TRADES, BID_ASK or MIDPOINT, which decides which message answers.
            use_regular_hours: leave out what lies outside regular trading hours.
            ignore_size: leave out ticks of BID_ASK in which only sizes changed.
            options: further named parameters.
        """
        return self._send_keyed(
            catalog.RequestHistoricalTicks,
            contract=contract,
            start_date_time=start_date_time,
            end_date_time=end_date_time,
            number_of_ticks=number_of_ticks,
            what_to_show=what_to_show,
            use_regular_hours=use_regular_hours,
            ignore_size=ignore_size,
            options=options,
        )

    def request_histogram_data(
        self, contract: Contract, time_period: str = "3 days", *, use_regular_hours: bool = True
    ) -> int:
        """Ask how much was traded at each price (`histogram_data`)."""
        return self._send_keyed(
            catalog.RequestHistogramData,
            contract=contract,
            use_regular_hours=use_regular_hours,
            time_period=time_period,
        )

    def cancel_histogram_data(self, request_id: int) -> None:
        """Give up a histogram."""
        self.send(catalog.CancelHistogramData(request_id=request_id))
