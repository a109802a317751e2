"""IBKR_API on a simulated Bridge: what people call, and what they get."""

from __future__ import annotations

import asyncio
import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from workstation import IBKR_API, Contract, LimitOrder, MarketOrder, Stock
from workstation.errors import (
    InvalidValue,
    NotConnected,
    OrderRefused,
    RequestError,
    RequestTimeout,
)
from workstation.protocol import catalog
from workstation.state.live_order import OrderStage

NEW_YORK = "America/New_York"


@pytest.fixture
def aapl(api):
    return api.qualify(Stock("AAPL"))


def test_the_session_says_who_and_when(api):
    assert api.is_connected
    assert api.request_managed_accounts() == ("DSIM0001",)
    assert api.request_order_ids() >= 1
    now = api.request_current_time()
    assert now.tzinfo is UTC
    assert datetime(2026, 11, 23, tzinfo=UTC) < now < datetime(2026, 11, 24, tzinfo=UTC)


def test_a_contract_is_filled_in(api, aapl):
    assert aapl.contract_id > 0
    assert aapl.primary_exchange
    assert api.request_contract_data(aapl)[0].contract == aapl


def test_an_ambiguous_contract_names_what_fits(api):
    with pytest.raises(RequestError, match=r"fits \d+ contracts: .*AAPL.* and \d+ more"):
        api.qualify(Contract(symbol="AAPL", security_type="OPT", right="C", exchange="SMART"))


def test_a_refusal_carries_code_text_and_request(api):
    with pytest.raises(RequestError, match="No security definition") as caught:
        api.qualify(Stock("NOSUCHNAME"))
    assert caught.value.code == 200
    assert caught.value.request.contract.symbol == "NOSUCHNAME"
    assert caught.value.request_id == caught.value.request.request_id


def test_bars_are_a_frame_with_a_zoned_index(api, aapl):
    bars = api.request_historical_data(aapl, duration="1 Y", bar_size="1 day")
    frame = bars.to_frame(NEW_YORK)
    assert len(frame) == len(bars) > 240
    assert str(frame.index.tz) == NEW_YORK
    assert frame.index.is_monotonic_increasing
    assert (frame["high"] >= frame["low"]).all()
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "open": "float64",
        "high": "float64",
        "low": "float64",
        "close": "float64",
        "volume": "float64",
        "average": "float64",
        "count": "Int64",
    }


def test_bars_of_a_day_are_moments(api, aapl):
    bars = api.request_historical_data(aapl, duration="1 D", bar_size="5 mins")
    frame = bars.to_frame(NEW_YORK)
    assert frame.index[0].strftime("%Y-%m-%d %H:%M") == "2026-11-23 09:30"


def test_what_is_not_simulated_is_refused_at_once(api, aapl):
    with pytest.raises(RequestError, match="not simulated"):
        api.request_wsh_meta_data()


def test_a_market_order_fills_and_shows_in_positions_and_executions(api, aapl):
    order_id = api.place_order(aapl, MarketOrder("BUY", 10))
    done = api.wait_for_order(order_id)
    assert (done.filled, done.stage) == (Decimal(10), OrderStage.FILLED)
    (position,) = api.request_positions()
    assert (position.contract.symbol, position.position) == ("AAPL", Decimal(10))
    executions = api.request_executions().to_frame(NEW_YORK)
    assert executions["shares"].sum() == 10
    assert str(executions["time"].dt.tz) == NEW_YORK
    assert api.request_account_updates(subscribe=True).portfolio[0].position == Decimal(10)


def test_a_limit_order_works_until_it_is_cancelled(api, aapl):
    order_id = api.place_order(aapl, LimitOrder("BUY", 10, 200.0))
    with pytest.raises(RequestTimeout, match=rf"order {order_id} is \w+ after 0.2 s"):
        api.wait_for_order(order_id, 0.2)
    assert [each.order_id for each in api.request_open_orders()] == [order_id]
    api.cancel_order(order_id)
    assert api.wait_for_order(order_id).status in {"Cancelled", "ApiCancelled"}
    with pytest.raises(InvalidValue, match="order_id"):
        api.order(order_id + 1000)


def test_an_order_passes_the_guard(api, aapl):
    with pytest.raises(OrderRefused):
        api.place_order(aapl, LimitOrder("BUY", 10, 200.001))


def test_a_preview_trades_nothing(api, aapl):
    order = LimitOrder("BUY", 100, 200.0)
    state = api.preview_order(aapl, order)
    assert float(state.initial_margin_change) > 0
    assert state.commission == 1.0
    assert not order.what_if
    assert api.request_open_orders() == []


def test_lists_are_frames_even_when_empty(api):
    frame = api.request_positions().to_frame()
    assert list(frame.columns[:3]) == ["account", "contract_id", "symbol"]
    assert len(frame) == 0


def test_account_values_come_once_and_the_stream_is_ended(api, bridge):
    summary = api.request_account_summary(tags="NetLiquidation,BuyingPower")
    assert {each.tag for each in summary} == {"NetLiquidation", "BuyingPower"}
    assert api.request_current_time()
    assert all(
        type(each) is not catalog.RequestAccountSummary for each in api.client._streams.all()
    )


def test_expiries_and_strikes_of_options(api, aapl):
    rows = api.request_security_definition_option_parameters("AAPL", aapl.contract_id)
    assert all(each.expirations and each.strikes for each in rows)


def test_a_stream_is_iterated_until_it_is_closed(api, aapl):
    with api.request_market_data(aapl) as stream:
        first = list(itertools.islice(stream, 5))
    assert {type(each).__name__ for each in first} & {"TickPrice", "TickRequestParams"}
    assert stream.overflowed == 0
    rest = list(stream)
    assert all(each.request_id == stream.request.request_id for each in [*first, *rest])


def test_a_stream_that_is_refused_raises_where_it_is_read(api):
    stream = api.request_market_data(Stock("NOSUCHNAME"))
    with pytest.raises(RequestError) as caught:
        stream.take(5)
    assert caught.value.code == 200
    assert caught.value.request is stream.request


def test_a_snapshot_is_no_stream(api, aapl):
    with pytest.raises(Exception, match="is answered once"):
        api.request_market_data(aapl, snapshot=True)


def test_threads_ask_at_the_same_time(api):
    symbols = ["AAPL", "MSFT", "IBM", "KO", "JPM", "CAT", "BA", "WMT"] * 3
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda symbol: api.qualify(Stock(symbol)), symbols))
    assert [each.symbol for each in found] == symbols


def test_it_works_where_a_loop_runs_already(bridge):
    async def notebook():
        with IBKR_API(port=bridge.port, client_id=5) as api:
            return api.request_managed_accounts()

    assert asyncio.run(notebook()) == ("DSIM0001",)


def test_without_a_bridge_there_is_one_clear_error():
    with pytest.raises(NotConnected, match="no Bridge at 127"), IBKR_API(port=1):
        pass


def test_after_the_end_everything_says_so(connect, aapl):
    api = connect(client_id=3)
    stream = api.request_market_data(aapl)
    api.disconnect()
    with pytest.raises(NotConnected):
        api.request_current_time()
    with pytest.raises(NotConnected):
        list(stream)


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_a_time_that_is_none_is_refused(timeout):
    with pytest.raises(InvalidValue, match="timeout_seconds"):
        IBKR_API(timeout_seconds=timeout)
