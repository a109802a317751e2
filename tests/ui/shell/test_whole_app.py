"""The whole app under keys: what acts where, and what follows from it on the screen."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from textual.widgets import Input
from textual.widgets._toast import Toast
from textual.worker import WorkerFailed
from whole_screen import settled, shows, text_of, until

from workstation.errors import NotConnected
from workstation.model import Stock, TickType
from workstation.protocol import catalog
from workstation.ui.panes.ticket import TicketPane
from workstation.ui.panes.watchlist import WatchlistPane
from workstation.ui.screens.confirm import ConfirmScreen
from workstation.ui.screens.help import HelpScreen
from workstation.ui.watchlists import Watchlist, load_watchlist, named_watchlist

FOCUS_KEYS = {
    "watchlist": "v",
    "chain": "c",
    "log": "l",
    "orders": "e",
    "positions": "p",
    "chart": "g",
}
SMALL = (80, 24)
MIDDLING = (120, 40)
EVERY_LIST = (
    named_watchlist("dow30"),
    named_watchlist("sp500"),
    Watchlist("Mine", tuple(map(Stock, ("IBM", "AAPL", "KO")))),
)


def list_title(app):
    return app.board.panes["watchlist"].border_title


def toasts(app):
    return "\n".join(str(each._notification.message) for each in app.screen.query(Toast))


# Keys and focus


async def test_keys_go_to_each_pane_and_act_in_each(whole, desk):
    app = whole(desk)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot, desk)
        assert app.focused_pane().NAME == "watchlist"
        assert app.selected.symbol == "AAPL"
        titles = [list_title(app)]
        for name, key in FOCUS_KEYS.items():
            await pilot.press(key)
            focused = [app.focused_pane().NAME]
            await pilot.press("w")
            titles.append(list_title(app))
            focused.append(app.focused_pane().NAME)
            assert focused == [name, name]
            await pilot.press("b")
            assert app.focused_pane().NAME == "ticket"
            await pilot.press("escape")
            assert app.focused_pane().NAME == "watchlist"
        assert all(one != other for one, other in pairwise(titles))


async def test_ways_out_open_from_every_focus(whole, busy):
    app = whole(busy)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot, busy)
        for steps in (["v"], ["c"], ["e"], ["g"], ["b"], ["l", "f"], ["f1"]):
            await pilot.press(*steps)
            for key, title in (("f8", "Cancel every order"), ("f9", "Flatten")):
                await pilot.press(key)
                await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
                assert app.screen.query_one("Vertical").border_title == title
                await pilot.press("escape")
                await until(pilot, lambda: not isinstance(app.screen, ConfirmScreen))
            await pilot.press("escape")
        assert len(busy.picture.orders.open()) == 3


async def test_letters_are_letters_in_a_text_field(whole, desk):
    app = whole(desk)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot, desk)
        before = list_title(app)
        await pilot.press("l", "f", *"wbsqxzt?cge")
        field = app.focused
        assert isinstance(field, Input)
        assert field.value == "wbsqxzt?cge"
        assert app.screen_stack[-1] is app.screen_stack[0]
        assert (list_title(app), app.board.is_shown("log")) == (before, True)
        await pilot.press("escape", "w")
        assert list_title(app) != before
        await pilot.press("b", "w", "q", "s")
        assert app.focused.id == "quantity"
        assert "‹ BUY" in text_of(app)


async def test_dialogue_takes_no_keys_of_the_panes(whole, busy):
    app = whole(busy)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot, busy)
        before = list_title(app)
        for opening, screen in (("f1", HelpScreen), ("f9", ConfirmScreen)):
            await pilot.press(opening)
            await until(pilot, lambda screen=screen: isinstance(app.screen, screen))
            await pilot.press("w", "b", "g", "z", "x", "X", "c", "f2")
            assert isinstance(app.screen, screen)
            assert (list_title(app), app.board.is_shown("ticket")) == (before, True)
            assert app.theme == "midnight"
            assert len(busy.picture.orders.open()) == 3
            await pilot.press("escape")


async def test_one_question_stands_at_a_time(whole, busy):
    app = whole(busy)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await shows(pilot, "found 3 working orders · 3 positions")
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("f9", "f8", "f9")
        assert len(app.screen_stack) == 2


# Trading by keys


async def test_bought_by_keys_it_stands_in_orders_positions_and_log(whole, desk):
    app = whole(desk)
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot, desk)
        await pilot.press("b", "1", "0", "0", "alt+a", "enter")
        await shows(pilot, "commission ≈ $1.00")
        await pilot.press("enter")
        await until(pilot, desk.picture.executions.all)
        await shows(pilot, "✓ filled")
        await shows(pilot, "BOT 100 AAPL")
        (position,) = desk.picture.positions.open()
        assert (position.contract.symbol, position.quantity) == ("AAPL", 100)
        await shows(pilot, "Orders · 0 working · 1 done · 1 fill")


async def test_flattening_leaves_nothing_and_tells_of_each(whole, busy):
    app = whole(busy)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot, busy)
        await pilot.press("f9")
        await shows(pilot, "SIMULATED DSIM0001")
        await pilot.press("enter")
        last = r"DSIM0001 AAPL 20261218 220C: order \d+ filled 2 at"
        await until(pilot, lambda: re.search(last, toasts(app)))
        told = toasts(app)
        for words in (
            r"order 36 BUY 100 IBM: cancelled",
            r"DSIM0001 AAPL: order \d+ filled 200 at 218\.67",
            r"DSIM0001 MSFT: order \d+ filled 50 at 548\.59",
        ):
            assert re.search(words, told)
        assert busy.picture.orders.open() == ()
        assert busy.picture.positions.open() == ()


async def test_read_only_session_sends_no_order(whole, live):
    app = whole(live)
    async with app.run_test(size=MIDDLING, notifications=True) as pilot:
        await settled(pilot, live)
        await pilot.press("b", "1", "0", "0", "alt+a", "enter")
        await shows(pilot, "LIVE U1234567 · not sent")
        await pilot.press("enter", "enter")
        assert not any(isinstance(each, catalog.PlaceOrder) for each in live.sent)


# Watchlists and selection


async def test_one_key_goes_through_the_lists(whole, desk):
    app = whole(desk, lists=EVERY_LIST)
    async with app.run_test(size=MIDDLING, notifications=True) as pilot:
        for title, count in (("Dow 30 · 30", 30), ("S&P 500 · 503", 503), ("Mine · 3", 3)):
            await shows(pilot, f"Watchlist · {title}")
            await until(
                pilot, lambda count=count: len(desk.watched.get("watchlist.rest", ())) == count
            )
            await settled(pilot, desk)
            await pilot.press("w")
        await shows(pilot, "Watchlist · Dow 30 · 30")


async def test_visible_rows_of_a_long_list_are_asked_for_first(whole, desk):
    app = whole(desk, lists=EVERY_LIST)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, desk)
        await pilot.press("w", "end")
        last = app.pane(WatchlistPane).contracts()[-8:]
        await until(pilot, lambda: set(desk.watched["watchlist.visible"]) >= set(last[-4:]))
        assert len(desk.watched["watchlist.visible"]) < 12


async def test_own_file_is_a_list_like_any_other(whole, desk, tmp_path):
    file = tmp_path / "energy.csv"
    file.write_text("Symbol,Note\nCVX,oil\nXOM,more oil\n")
    app = whole(desk, lists=[load_watchlist(file)])
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await shows(pilot, "Watchlist · energy · 2")
        await settled(pilot, desk)
        assert app.selected.symbol == "CVX"
        assert {str(each) for each in desk.watched["watchlist.rest"]} == {"CVX", "XOM"}


async def test_selected_symbol_drives_every_pane(whole, desk):
    app = whole(desk)
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot, desk)
        await pilot.press("down", "down")
        for words in ("Ticket · AMZN", "Chart · AMZN", "AMZN 261.48 · ±"):
            await shows(pilot, words)
        assert desk.watched["selected"] == (app.selected,)
        await until(pilot, lambda: {each.symbol for each in desk.watched["chain"]} == {"AMZN"})


async def test_symbol_of_the_palette_is_selected(whole, desk):
    app = whole(desk)
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot, desk)
        await pilot.press("slash", *"NVDA")
        await shows(pilot, "NVDA")
        await pilot.press("enter")
        await until(pilot, lambda: app.selected.symbol == "NVDA")
        await shows(pilot, "Ticket · NVDA")
        assert app.board.panes["watchlist"]._grid.cursor_key.startswith("NVDA")


# Panes in their places


async def test_maximised_pane_has_the_board_until_it_is_put_back(whole, desk):
    app = whole(desk)
    async with app.run_test(size=MIDDLING, notifications=True) as pilot:
        await settled(pilot, desk)
        await pilot.press("c", "z")
        await until(pilot, lambda: app.board.panes["chain"].size.width > 110)
        assert not app.board.is_shown("watchlist")
        await pilot.press("z")
        await until(pilot, lambda: app.board.panes["chain"].size.width < 70)
        assert app.board.is_shown("watchlist")
        assert app.focused_pane().NAME == "chain"


async def test_other_size_takes_neither_focus_nor_cursor(whole, desk):
    app = whole(desk)
    async with app.run_test(size=MIDDLING, notifications=True) as pilot:
        await settled(pilot, desk)
        await pilot.press("down", "down", "down")
        for width, height, name in ((80, 24, "one"), (200, 60, "all"), (120, 40, "four")):
            await pilot.resize_terminal(width, height)
            await until(pilot, lambda name=name: app.board.arrangement.name == name)
            assert app.focused_pane().NAME == "watchlist"
            assert app.focused.cursor_key.startswith("AXP")
            await until(pilot, lambda: "AXP" in text_of(app))


# Feed, theme, beginning


async def test_a_thousand_ticks_reach_each_pane_as_one_change(whole, desk):
    app = whole(desk)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot, desk)
        told = []
        app.board.panes["watchlist"].changed = told.append
        number = desk._streams[desk.picture.contracts.key(Stock("AAPL"))]
        for step in range(1000):
            price = 200 + step / 100
            desk.tell_ticks(
                [catalog.TickPrice(request_id=number, tick_type=TickType.LAST, price=price)]
            )
        app._feed.drain()
        app._feed.drain()
        assert len(told) == 1
        assert desk.picture.contracts.key(Stock("AAPL")) in told[0].quotes


async def test_themes_follow_one_another_and_begin_again(whole, desk):
    app = whole(desk)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot, desk)
        seen, colours = [], set()
        for _ in app.look.themes:
            await pilot.press("f2")
            await shows(pilot, f"Theme: {app.theme}")
            seen.append(app.theme)
            colours.add(app.screen.styles.background.hex)
        assert sorted(seen) == sorted(app.look.themes)
        assert seen[-1] == "midnight"
        assert len(colours) > 1


async def test_screen_ends_with_the_reason_when_nothing_can_be_connected(whole, desk):
    def fail():
        raise NotConnected("no Bridge at 127.0.0.1:7497")

    app = whole(desk, boot=fail)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await until(pilot, lambda: app._exit)
    assert app.return_value == "no Bridge at 127.0.0.1:7497"
    assert app.return_code == 1


async def test_ticket_that_is_taken_down_part_by_part_follows_no_quote(whole, desk):
    app = whole(desk)
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot, desk)
        others = app.pane(WatchlistPane).contracts()[1:]
        parts = ("#ticket-quote", "#words-limit_price", "#quantity")
        for part, other in zip(parts, others, strict=False):
            await app.query_one(part).remove()
            app.pane(TicketPane)._entry.follow()
            app.select(other)
        assert app.selected.symbol == "AXP"


async def test_fault_of_the_start_ends_the_screen_and_is_told(whole, desk):
    def fail():
        raise RuntimeError("a fault of the program")

    app = whole(desk, boot=fail)
    with pytest.raises(WorkerFailed, match="a fault of the program"):
        async with app.run_test(size=SMALL, notifications=True) as pilot:
            await until(pilot, lambda: app._exit)
    assert app.return_code == 1
