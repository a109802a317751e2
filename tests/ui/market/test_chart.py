from __future__ import annotations

from decimal import Decimal

import pytest

from workstation.errors import NotConnected, RequestError
from workstation.model import Bars, Contract, Stock
from workstation.protocol import catalog
from workstation.state.session import BridgeConnected
from workstation.ui.panes import chart as pane_module
from workstation.ui.panes.chart import ChartPane

AAPL, MSFT = Stock("AAPL"), Stock("MSFT")
SECOND = 1_000_000_000


@pytest.fixture
def app(market, host, monkeypatch):
    monkeypatch.setattr(pane_module, "_REST_SECONDS", 0.01)
    monkeypatch.setattr(pane_module, "_REDRAW_SECONDS", 0.02)
    return host(ChartPane(market.workplace))


def told(market, count=48, first=100.0):
    """Bars of 5 minutes up to now; each closes one higher."""
    now = market.clock() // SECOND
    start = now - now % 300 - 300 * (count - 1)
    prices = [first + index for index in range(count)]
    return Bars(
        date=tuple(str(start + 300 * index) for index in range(count)),
        open=tuple(prices),
        high=tuple(price + 1.5 for price in prices),
        low=tuple(price - 0.5 for price in prices),
        close=tuple(price + 1 for price in prices),
        volume=tuple(Decimal(1000 + 100 * (index % 7)) for index in range(count)),
    )


def answer(call, bars):
    call.future.set_result(
        [catalog.HistoricalData(request_id=1, bars=bars), catalog.HistoricalDataEnd(request_id=1)]
    )


def shown(app):
    content = app.pane.query_one("#chart-drawing").content
    return content.plain


async def until(pilot, condition):
    """Let the loop run until something is so."""
    for _ in range(1000):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError(f"it never came: {shown(pilot.app)!r}")


async def loaded(pilot, market, contract=AAPL, **bars):
    """The pane shows a contract's candles."""
    before = len(market.trader.asked)
    pilot.app.pane.show_instrument(contract)
    await until(pilot, lambda: len(market.trader.asked) > before)
    answer(market.trader.asked[-1], told(market, **bars))
    await until(pilot, lambda: "◂" in shown(pilot.app))


# Asking


async def test_before_a_selection_it_says_what_to_do(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        await pilot.pause(0.05)
        assert shown(app) == "Select an instrument"
        assert market.trader.asked == []


async def test_bars_of_the_selected_instrument_are_asked_for_and_drawn(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        app.pane.show_instrument(AAPL)
        assert shown(app) == "Loading bars …"
        await until(pilot, lambda: market.trader.asked)
        (call,) = market.trader.asked
        assert call.request is catalog.RequestHistoricalData
        assert call.fields == {
            "contract": AAPL,
            "bar_size": "5 mins",
            "duration": "1 D",
            "what_to_show": "TRADES",
            "use_regular_hours": False,
            "format_date": 2,
        }
        answer(call, told(market))
        await until(pilot, lambda: "148.00◂" in shown(app))
        assert app.pane.border_title == "Chart · AAPL · 1 day · 10 min"


async def test_walking_through_a_list_asks_only_for_where_it_rests(app, market, monkeypatch):
    monkeypatch.setattr(pane_module, "_REST_SECONDS", 0.05)
    async with app.run_test(size=(54, 12)) as pilot:
        for symbol in ("IBM", "NVDA", "MSFT", "AAPL"):
            app.pane.show_instrument(Stock(symbol))
            await pilot.pause(0.005)
        await until(pilot, lambda: market.trader.asked)
        await pilot.pause(0.1)
        assert [call.fields["contract"].symbol for call in market.trader.asked] == ["AAPL"]


async def test_time_frames_go_around(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        await loaded(pilot, market)
        frames = [("5 D", "30 mins"), ("1 M", "1 day"), ("1 Y", "1 day")]
        for number, frame in enumerate(frames, 2):
            app.pane.next_time_frame()
            await until(pilot, lambda number=number: len(market.trader.asked) == number)
            fields = market.trader.asked[-1].fields
            assert (fields["duration"], fields["bar_size"]) == frame
        app.pane.next_time_frame()
        await until(pilot, lambda: "148.00◂" in shown(app))
        assert len(market.trader.asked) == 4


async def test_instrument_seen_within_a_minute_is_not_asked_for_again(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        await loaded(pilot, market, AAPL)
        await loaded(pilot, market, MSFT, first=300.0)
        market.clock.pass_seconds(50)
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: "148.00◂" in shown(app))
        await pilot.pause(0.05)
        assert len(market.trader.asked) == 2


async def test_older_bars_are_drawn_at_once_and_asked_for_again(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        await loaded(pilot, market, AAPL)
        await loaded(pilot, market, MSFT, first=300.0)
        market.clock.pass_seconds(70)
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: "148.00◂" in shown(app) and len(market.trader.asked) == 3)
        answer(market.trader.asked[-1], told(market, first=150.0))
        await until(pilot, lambda: "198.00◂" in shown(app))


async def test_hidden_pane_asks_for_nothing_until_it_is_seen(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        app.pane.be_seen(False)
        await pilot.pause()
        app.pane.show_instrument(AAPL)
        await pilot.pause(0.05)
        assert market.trader.asked == []
        app.pane.be_seen(True)
        await until(pilot, lambda: market.trader.asked)


async def test_answer_for_an_instrument_left_meanwhile_is_kept_but_not_shown(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: market.trader.asked)
        first = market.trader.asked[0]
        await loaded(pilot, market, MSFT, first=300.0)
        answer(first, told(market))
        await pilot.pause(0.05)
        assert "348.00◂" in shown(app)
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: "148.00◂" in shown(app))
        assert len(market.trader.asked) == 2


async def test_instrument_without_reported_trades_is_drawn_by_its_middle(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        app.pane.show_instrument(Contract(symbol="EUR", security_type="CASH", currency="USD"))
        await until(pilot, lambda: market.trader.asked)
        assert market.trader.asked[0].fields["what_to_show"] == "MIDPOINT"


async def test_no_more_is_asked_than_a_bridge_allows(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        for number in range(40):
            await loaded(pilot, market, Stock(f"S{number}"))
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: "trying again in" in shown(app))
        assert shown(app) == "Too many requests for bars; trying again in 600 s"
        assert len(market.trader.asked) == 40


# What goes wrong


async def test_refusal_is_told_in_its_own_words_without_control_codes(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: market.trader.asked)
        error = RequestError(162, "no permissions\x1b[2J", 1)
        market.trader.asked[0].future.set_exception(error)
        await until(pilot, lambda: shown(app).startswith("No bars"))
        assert "no permissions" in shown(app)
        assert "\x1b" not in shown(app)


async def test_refusal_is_not_asked_about_again_by_the_notice_that_tells_it(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: market.trader.asked)
        market.trader.asked[0].future.set_exception(RequestError(162, "pacing", 1))
        await until(pilot, lambda: shown(app).startswith("No bars"))
        market.tell(catalog.InfoMessage(request_id=1, code=162, text="pacing"))
        app.drain()
        await pilot.pause(0.05)
        assert len(market.trader.asked) == 1
        market.clock.pass_seconds(21)
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: len(market.trader.asked) == 2)


async def test_without_a_bridge_it_says_so_and_loads_once_there_is_one(app, market):
    market.trader.failure = NotConnected("there is no Bridge")
    async with app.run_test(size=(54, 12)) as pilot:
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: shown(app) == "No bars: not connected")
        market.trader.failure = None
        market.tell(BridgeConnected(server_version=178))
        app.drain()
        await until(pilot, lambda: market.trader.asked)


async def test_answer_that_never_comes_is_given_up_in_words(app, market, monkeypatch):
    monkeypatch.setattr(pane_module, "_ANSWER_SECONDS", 0.05)
    async with app.run_test(size=(54, 12)) as pilot:
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: shown(app) == "No bars: no answer came in time")


async def test_time_without_bars_says_so(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: market.trader.asked)
        answer(market.trader.asked[0], Bars())
        await until(pilot, lambda: shown(app) == "There are no bars of this time")


async def test_pane_without_room_says_so(app, market):
    async with app.run_test(size=(20, 6)) as pilot:
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: market.trader.asked)
        answer(market.trader.asked[0], told(market))
        await until(pilot, lambda: shown(app) == "There is no room for a chart")


# Staying live


async def test_newest_candle_and_title_follow_the_last_price(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        await loaded(pilot, market)
        market.ticks("AAPL", last=151.25)
        app.drain()
        await until(pilot, lambda: "151.25◂" in shown(app))
        assert app.pane.border_title.endswith("· 10 min · 151.25")


async def test_quotes_of_other_instruments_redraw_nothing(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        await loaded(pilot, market)
        before = app.pane.query_one("#chart-drawing").content
        market.ticks("MSFT", last=410.0)
        app.drain()
        await pilot.pause(0.1)
        assert app.pane.query_one("#chart-drawing").content is before


async def test_bars_are_completed_when_a_new_candle_has_begun(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        await loaded(pilot, market)
        market.clock.pass_seconds(301)
        market.ticks("AAPL", last=151.25)
        app.drain()
        await until(pilot, lambda: len(market.trader.asked) == 2)
        await until(pilot, lambda: "151.25◂" in shown(app))


async def test_new_size_is_filled(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        await loaded(pilot, market)
        await pilot.resize_terminal(100, 30)
        await until(pilot, lambda: len(shown(app).split("\n")) == 28)
        assert {len(line) for line in shown(app).split("\n")} == {98}


async def test_another_theme_changes_the_colours(app, market):
    async with app.run_test(size=(54, 12)) as pilot:
        await loaded(pilot, market)
        before = app.pane.query_one("#chart-drawing").content
        app.theme = "colorblind"
        await until(pilot, lambda: app.pane.query_one("#chart-drawing").content != before)


# Pictures


def day_of(market):
    """A day that goes up and down, always the same."""
    now = market.clock() // SECOND
    start = now - now % 300 - 300 * 101
    price, rows = 240.0, []
    for index in range(102):
        step = ((index * 37) % 23 - 11) / 20 + (0.12 if index < 60 else -0.15)
        rows.append((price, price + step))
        price += step
    return Bars(
        date=tuple(str(start + 300 * index) for index in range(102)),
        open=tuple(round(opened, 2) for opened, _ in rows),
        high=tuple(round(max(row) + 0.2, 2) for row in rows),
        low=tuple(round(min(row) - 0.2, 2) for row in rows),
        close=tuple(round(closed, 2) for _, closed in rows),
        volume=tuple(Decimal(500 + (index * 53) % 700) for index in range(102)),
    )


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        ((54, 12), "midnight"),
        ((80, 12), "midnight"),
        ((72, 21), "midnight"),
        ((120, 38), "daylight"),
        ((72, 21), "monochrome"),
    ],
    ids=["54x12", "80x12", "72x21", "120x38-daylight", "72x21-monochrome"],
)
def test_picture(market, host, snap_compare, size, theme):
    app = host(ChartPane(market.workplace), theme)

    async def settle(pilot):
        market.ticks("AAPL", last=241.37)
        app.pane.show_instrument(AAPL)
        await until(pilot, lambda: market.trader.asked)
        answer(market.trader.asked[0], day_of(market))
        await until(pilot, lambda: "◂" in shown(app))

    assert snap_compare(app, terminal_size=size, run_before=settle)
