"""Requests for what happens now: quotes, depth, ticks, bars of five seconds."""

from __future__ import annotations

from workstation.clients.requests.sender import Sender
from workstation.model import Contract, MarketDataType, TagValue
from workstation.protocol import catalog

__all__ = ["MarketDataRequests"]


class MarketDataRequests(Sender):
    """Quotes, depth, ticks and bars as they happen."""

    def request_market_data(
        self,
        contract: Contract,
        generic_ticks: str = "",
        *,
        snapshot: bool = False,
        regulatory_snapshot: bool = False,
        options: tuple[TagValue, ...] = (),
    ) -> int:
        """Stream quotes (`tick_price`, `tick_size`, `tick_option_computation`, …).

        Args:
            contract: what to quote.
            generic_ticks: comma-separated numbers of extra ticks.
            snapshot: one set of quotes, ended by `tick_snapshot_end`, instead of a stream.
            regulatory_snapshot: a snapshot that costs a fee.
            options: further named parameters.
        """
        return self._send_keyed(
            catalog.RequestMarketData,
            contract=contract,
            generic_ticks=generic_ticks,
            snapshot=snapshot,
            regulatory_snapshot=regulatory_snapshot,
            options=options,
        )

    def cancel_market_data(self, request_id: int) -> None:
        """End a stream of quotes."""
        self.send(catalog.CancelMarketData(request_id=request_id))

    def request_market_data_type(self, market_data_type: MarketDataType) -> None:
        """Say how fresh quotes must be: live, frozen, delayed."""
        self.send(catalog.RequestMarketDataType(market_data_type=market_data_type))

    def request_market_depth(
        self, contract: Contract, number_of_rows: int = 5, *, is_smart_depth: bool = False
    ) -> int:
        """Stream a book (`market_depth`, or `market_depth_l2` when it tells who quotes).

        Args:
            contract: whose book.
            number_of_rows: levels of each side.
            is_smart_depth: the books of all exchanges as one.
        """
        return self._send_keyed(
            catalog.RequestMarketDepth,
            contract=contract,
            number_of_rows=number_of_rows,
            is_smart_depth=is_smart_depth,
        )

    def cancel_market_depth(self, request_id: int, *, is_smart_depth: bool = False) -> None:
        """End the stream of a book; smart or not as it was asked for."""
        self.send(catalog.CancelMarketDepth(request_id=request_id, is_smart_depth=is_smart_depth))

    def request_market_depth_exchanges(self) -> None:
        """Ask which exchanges show their books (`market_depth_exchanges`)."""
        self.send(catalog.RequestMarketDepthExchanges())

    def request_smart_components(self, bbo_exchange: str) -> int:
        """Ask what the bits of an exchange map stand for (`smart_components`).

        Args:
            bbo_exchange: the map, as `tick_request_params` told it.
        """
        return self._send_keyed(catalog.RequestSmartComponents, bbo_exchange=bbo_exchange)

    def request_tick_by_tick_data(
        self,
        contract: Contract,
        tick_type: str = "Last",
        *,
        number_of_ticks: int = 0,
        ignore_size: bool = False,
    ) -> int:
        """Stream every single tick (`tick_by_tick`, after any of the past `historical_ticks…`).

        Args:
            contract: whose ticks.
            tick_type: Last, AllLast, BidAsk or MidPoint.
            number_of_ticks: ticks of the past to begin with.
            ignore_size: leave out ticks of BidAsk in which only sizes changed.
        """
        return self._send_keyed(
            catalog.RequestTickByTickData,
            contract=contract,
            tick_type=tick_type,
            number_of_ticks=number_of_ticks,
            ignore_size=ignore_size,
        )

    def cancel_tick_by_tick_data(self, request_id: int) -> None:
        """End a stream of single ticks."""
        self.send(catalog.CancelTickByTickData(request_id=request_id))

    def request_real_time_bars(
        self,
        contract: Contract,
        what_to_show: str = "TRADES",
        *,
        use_regular_hours: bool = True,
        options: tuple[TagValue, ...] = (),
    ) -> int:
        """Stream bars of five seconds (`real_time_bars`).

        Args:
            contract: what the bars are of.
            what_to_show: TRADES, MIDPOINT, BID or ASK.
            use_regular_hours: nothing outside regular trading hours.
            options: further named parameters.
        """
        return self._send_keyed(
            catalog.RequestRealTimeBars,
            contract=contract,
            what_to_show=what_to_show,
            use_regular_hours=use_regular_hours,
            options=options,
        )

    def cancel_real_time_bars(self, request_id: int) -> None:
        """End a stream of bars."""
        self.send(catalog.CancelRealTimeBars(request_id=request_id))
