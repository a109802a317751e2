from __future__ import annotations

import pytest

from workstation.clients import Priority
from workstation.model import ContractDetails, Option, PriceIncrement, Stock
from workstation.protocol import catalog
from workstation.state.session import BridgeDisconnected
from workstation.ui.panes import watchlist as pane_module
from workstation.ui.panes.watchlist import WatchlistPane
from workstation.ui.watchlists import Watchlist

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TECH = Watchlist(name="Tech", contracts=tuple(map(Stock, ("AAPL", "MSFT", "NVDA", "IBM"))))
LONG = Watchlist(name="Long", contracts=tuple(Stock(f"{a}{b}") for a in LETTERS for b in "XYZ"))


@pytest.fixture
def app(market, host):
    return host(WatchlistPane(market.workplace, [TECH, LONG]))


def line(app, number):
    """A line of the table as text; 0 is the titles."""
    grid = app.pane.query_one("#watchlist-grid")
    return "".join(segment.text for segment in grid.render_line(number))


async def rested(pilot):
    """Until the pane has asked for its quotes."""
    await pilot.pause(0.15)


# What is shown


async def test_title_says_the_list_its_size_and_the_order(app):
    async with app.run_test(size=(80, 11)) as pilot:
        assert app.pane.border_title == "Watchlist · Tech · 4"
        app.pane.next_sort()
        assert app.pane.border_title == "Watchlist · Tech · 4 · by Chg% ▾"
        app.pane.next_list()
        await pilot.pause()
        assert app.pane.border_title == "Watchlist · Long · 78 · by Chg% ▾"


@pytest.mark.parametrize("width", [66, 80])
async def test_narrow_pane_keeps_what_a_trader_needs_most(app, width):
    async with app.run_test(size=(width, 11)) as pilot:
        app.pane.next_list()
        await pilot.pause()
        titles = line(app, 0).split()
        assert {"Symbol", "Last", "Chg%", "Bid", "Ask", "Trend", "Pos"} <= set(titles)


async def test_wide_pane_shows_every_column(app):
    async with app.run_test(size=(120, 30)):
        titles = "Symbol Last Chg Chg% Bid BidSz Ask AskSz Vol High Low Trend Pos P&L"
        assert line(app, 0).split() == titles.split()


async def test_tick_repaints_its_row_and_no_other(app, market):
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.pause()
        app.drain()
        market.ticks("MSFT", last=410.0)
        grid = app.pane.query_one("#watchlist-grid")
        painted = []
        grid.flush, flush = lambda: painted.append(flush()), grid.flush
        app.drain()
        assert painted == [1]
        assert "410.00" in line(app, 2)


async def test_position_repaints_its_row(app, market):
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.pause()
        assert " 100" not in line(app, 1)
        market.hold("AAPL", 100)
        app.drain()
        assert " 100" in line(app, 1)


async def test_age_grows_while_nothing_changes(app, market):
    market.ticks("MSFT", last=410.0)
    market.tell(BridgeDisconnected())
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.pause()
        assert "stale 0s" in line(app, 2)
        market.clock.pass_seconds(5)
        await pilot.pause(1.1)
        assert "stale 5s" in line(app, 2)


async def test_decimals_follow_a_market_rule_that_comes_later(app, market):
    market.ticks("MSFT", last=0.5)
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.pause()
        assert " 0.50 " in line(app, 2)
        _tell_rule(market, "MSFT", 0.0001)
        app.drain()
        assert " 0.5000 " in line(app, 2)


def _tell_rule(market, symbol, step):
    details = ContractDetails(contract=Stock(symbol), valid_exchanges="SMART", market_rule_ids="26")
    increments = (PriceIncrement(low_edge=0.0, increment=step),)
    market.tell(
        catalog.ContractData(request_id=9, details=details),
        catalog.MarketRule(market_rule_id=26, increments=increments),
    )


# Selecting


async def test_cursor_selects_each_instrument_it_comes_to_once(app):
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.press("down", "down", "up")
        await pilot.pause()
        told = [symbol for (symbol,) in app.of("selected")]
        assert told == ["AAPL", "MSFT", "NVDA", "MSFT"]


async def test_selection_from_elsewhere_moves_the_cursor_without_an_echo(app):
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.pause()
        app.posted.clear()
        app.pane.show_instrument(Stock("NVDA", primary_exchange="NASDAQ"))
        await pilot.pause()
        assert app.pane.query_one("#watchlist-grid").cursor_key.startswith("NVDA")
        assert app.of("selected") == []


async def test_instrument_of_no_row_leaves_the_cursor_where_it_is(app):
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.press("down")
        app.pane.show_instrument(Option("AAPL", "20270115", 190.0, "C"))
        await pilot.pause()
        assert app.pane.query_one("#watchlist-grid").cursor_key.startswith("MSFT")


async def test_coming_back_to_a_row_selects_it_again_after_something_else_was(app):
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.press("down")
        app.pane.show_instrument(Option("AAPL", "20270115", 190.0, "C"))
        app.posted.clear()
        await pilot.press("enter")
        await pilot.pause()
        assert app.posted[0] == ("selected", "MSFT")
        assert app.posted[1] == ("ticket", "MSFT", "BUY", None)


async def test_next_list_begins_anew_and_comes_around(app):
    async with app.run_test(size=(80, 11)) as pilot:
        app.pane.next_list()
        await pilot.pause()
        assert line(app, 1).split()[0] == "AX"
        assert app.pane.contracts() == LONG.contracts
        app.pane.next_list()
        await pilot.pause()
        assert line(app, 1).split()[0] == "AAPL"


async def test_cursor_stays_in_sight_when_the_list_changes(market, host):
    first = Watchlist(name="One", contracts=(Stock("ZX"),))
    app = host(WatchlistPane(market.workplace, [first, LONG]))
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.pause()
        app.pane.next_list()
        await pilot.pause()
        grid = app.pane.query_one("#watchlist-grid")
        assert grid.cursor_key.startswith("ZX")
        assert grid.cursor_key in grid.visible_keys()


# Order


def shown(app):
    return [key.split()[0] for key in app.pane.query_one("#watchlist-grid").rows]


def open_day(market, **changes):
    for symbol, last in changes.items():
        market.ticks(symbol, close=100.0, last=last)


async def test_sort_key_goes_through_columns_and_directions_and_back(app, market):
    open_day(market, AAPL=101.0, MSFT=103.0, NVDA=99.0)
    async with app.run_test(size=(80, 11)):
        app.pane.next_sort()
        assert shown(app) == ["MSFT", "AAPL", "NVDA", "IBM"]
        app.pane.next_sort()
        assert shown(app) == ["NVDA", "AAPL", "MSFT", "IBM"]
        for _ in range(4):
            app.pane.next_sort()
        assert shown(app) == ["AAPL", "MSFT", "NVDA", "IBM"]
        assert app.pane.query_one("#watchlist-grid").sort_mark is None


async def test_rows_follow_their_values_when_the_hand_rests(app, market, monkeypatch):
    monkeypatch.setattr(pane_module, "_SORT_SECONDS", 0.05)
    open_day(market, AAPL=101.0, MSFT=103.0)
    async with app.run_test(size=(80, 11)) as pilot:
        app.pane.next_sort()
        open_day(market, AAPL=105.0)
        market.clock.pass_seconds(3)
        await pilot.pause(0.2)
        assert shown(app)[:2] == ["AAPL", "MSFT"]


async def test_order_is_frozen_while_the_cursor_moves(app, market, monkeypatch):
    monkeypatch.setattr(pane_module, "_SORT_SECONDS", 0.05)
    open_day(market, AAPL=101.0, MSFT=103.0)
    async with app.run_test(size=(80, 11)) as pilot:
        app.pane.next_sort()
        market.clock.pass_seconds(3)
        open_day(market, AAPL=105.0)
        await pilot.press("down")
        await pilot.pause(0.2)
        assert shown(app)[:2] == ["MSFT", "AAPL"]


async def test_order_is_frozen_while_the_mouse_moves(app, market, monkeypatch):
    monkeypatch.setattr(pane_module, "_SORT_SECONDS", 0.05)
    open_day(market, AAPL=101.0, MSFT=103.0)
    async with app.run_test(size=(80, 11)) as pilot:
        app.pane.next_sort()
        market.clock.pass_seconds(3)
        await pilot.hover("#watchlist-grid", offset=(3, 2))
        open_day(market, AAPL=105.0)
        await pilot.pause(0.2)
        assert shown(app)[:2] == ["MSFT", "AAPL"]


async def test_sorting_leaves_the_cursor_on_its_instrument_and_selects_nothing(app, market):
    open_day(market, AAPL=101.0, MSFT=103.0, NVDA=99.0)
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.pause()
        app.posted.clear()
        app.pane.next_sort()
        await pilot.pause()
        assert app.pane.query_one("#watchlist-grid").cursor_key.startswith("AAPL")
        assert app.of("selected") == []


# Quotes


async def test_quotes_of_visible_rows_are_wanted_first_and_the_rest_after(app):
    async with app.run_test(size=(80, 11)) as pilot:
        app.pane.next_list()
        await rested(pilot)
        (visible, rest) = app.of("quotes")[-2:]
        assert visible[:2] == ("watchlist.visible", Priority.VISIBLE)
        assert visible[2] == [str(each) for each in LONG.contracts[:8]]
        assert rest[:2] == ("watchlist.rest", Priority.REST)
        assert rest[2] == [str(each) for each in LONG.contracts]


async def test_scrolling_asks_for_where_it_ends_and_seldom_on_the_way(app):
    async with app.run_test(size=(80, 11)) as pilot:
        app.pane.next_list()
        await rested(pilot)
        app.posted.clear()
        for _ in range(20):
            await pilot.press("down")
        await rested(pilot)
        asked = app.of("quotes")
        # Once, when the keys come faster than the pane waits; a busy machine may be slower.
        assert 1 <= len(asked) < 10
        assert {owner for owner, _, _ in asked} == {"watchlist.visible"}
        assert asked[-1][2] == [str(each) for each in LONG.contracts[13:21]]


async def test_nothing_is_asked_again_while_the_same_rows_can_be_seen(app, market):
    open_day(market, AAPL=101.0, MSFT=103.0)
    async with app.run_test(size=(80, 11)) as pilot:
        await rested(pilot)
        app.posted.clear()
        app.pane.next_sort()
        await pilot.press("down")
        market.ticks("AAPL", last=102.0)
        app.drain()
        await rested(pilot)
        assert app.of("quotes") == []


async def test_hidden_pane_gives_its_rows_lines_back_and_asks_again_when_seen(app):
    async with app.run_test(size=(80, 11)) as pilot:
        await rested(pilot)
        app.posted.clear()
        app.pane.be_seen(False)
        await rested(pilot)
        assert app.of("quotes") == [("watchlist.visible", Priority.VISIBLE, [])]
        app.pane.be_seen(True)
        await rested(pilot)
        assert app.of("quotes")[-1][2] == ["AAPL", "MSFT", "NVDA", "IBM"]


# Pictures


def fill(market):
    """A quiet moment of a lively market, always the same."""
    for number, contract in enumerate(TECH.contracts + LONG.contracts):
        symbol, start = contract.symbol, 20.0 + 37.5 * (number % 30)
        market.ticks(symbol, close=start)
        quote = market.picture.quotes.of(contract)
        for step in range(12):
            quote.spark_due_ns = 0
            swing = ((number * 7 + step * 5) % 11 - 5) / 400
            market.ticks(symbol, last=round(start * (1 + swing), 2))
        last = quote.last
        market.ticks(symbol, bid=last - 0.02, bid_size=100 * (number % 9 + 1))
        market.ticks(symbol, ask=last + 0.03, ask_size=40 * (number % 7 + 1))
        market.ticks(symbol, high=start * 1.02, low=start * 0.98, volume=123_457 * (number + 1))
    market.hold("MSFT", 300, 50.0)
    market.hold("BX", -1_250, 700.0)
    market.clock.pass_seconds(12)
    market.end_line("AY")
    market.tell(catalog.MarketDataType(request_id=market.requests["AX"], market_data_type=3))
    market.end_line("NVDA")


@pytest.mark.parametrize("size", [(66, 15), (80, 11), (120, 31)], ids=["66x15", "80x11", "120x31"])
def test_picture(market, host, snap_compare, size):
    fill(market)
    app = host(WatchlistPane(market.workplace, [LONG, TECH]))

    async def settle(pilot):
        await pilot.press("down", "down")
        await rested(pilot)

    assert snap_compare(app, terminal_size=size, run_before=settle)


def test_picture_sorted(market, host, snap_compare):
    fill(market)
    app = host(WatchlistPane(market.workplace, [TECH, LONG]))

    async def settle(pilot):
        app.pane.next_sort()
        await rested(pilot)

    assert snap_compare(app, terminal_size=(120, 9), run_before=settle)
