"""Keys, palette and help of the whole app, made from the one table."""

from __future__ import annotations

import re

import pytest
from textual.command import CommandList
from textual.containers import VerticalScroll
from textual.widgets import Static

from workstation.model import LimitOrder, Stock
from workstation.ui.actions import ACTIONS, SCOPES
from workstation.ui.panes.message_log import MessageLogPane
from workstation.ui.panes.ticket import TicketPane
from workstation.ui.screens.help import HelpScreen


def commands_of(app):
    return {each.title: each for each in app.get_system_commands(app.screen)}


async def test_palette_has_every_action_that_needs_no_focus(whole):
    app = whole()
    async with app.run_test(size=(120, 40)):
        titles = set(commands_of(app))
    wanted = {
        f"{SCOPES[each.scope].title}: {each.title}" if each.scope else each.title
        for each in ACTIONS
        if SCOPES[each.scope].in_palette
    }
    assert wanted <= titles
    assert "Order ticket: Quantity 500" in titles
    assert "Option chain: Earlier expiry" in titles
    assert not any(title.startswith("Every table") for title in titles)


async def test_palette_fills_the_ticket(whole):
    app = whole()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.has_begun(pilot)
        commands = commands_of(app)
        await commands["Order ticket: Quantity 500"].callback()
        await commands["Order ticket: Price at the ask"].callback()
        await pilot.pause()
        form = app.pane(TicketPane).form
        assert app.board.is_shown("ticket")
        assert (form.quantity, form.limit_price) == ("500", "190.10")


async def from_palette(app, pilot, words):
    """Open the palette, write something, and take the first that is found."""
    await pilot.press("ctrl+p")
    palette = app.screen
    await pilot.press(*("space" if each == " " else each for each in words))
    commands = palette.query_one(CommandList)
    while not commands.option_count or commands.highlighted is None:
        await pilot.pause(0.02)
    await pilot.press("enter")
    while app.screen is palette:
        await pilot.pause(0.02)
    await pilot.pause()


async def test_palette_does_by_name_what_keys_do_in_a_pane(whole):
    app = whole()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.has_begun(pilot)
        await from_palette(app, pilot, "quantity 500")
        assert app.pane(TicketPane).form.quantity == "500"
        assert app.focused_pane() is app.pane(TicketPane)


async def test_palette_changes_no_pane_behind_a_question(whole, listed):
    listed.trader.place_order(Stock("AAPL"), LimitOrder("BUY", 100, 190.0))
    app = whole()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.has_begun(pilot)
        await pilot.press("f8")
        question = app.screen
        await from_palette(app, pilot, "quantity 500")
        assert app.screen is question
        assert app.pane(TicketPane).form.quantity != "500"


async def test_palette_changes_no_order_that_is_being_confirmed(whole):
    app = whole()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.has_begun(pilot)
        await pilot.press("B", "1", "enter")
        await from_palette(app, pilot, "quantity 500")
        assert app.pane(TicketPane).form.quantity == "1"
        assert app.query_one("#prompt-order").display


async def test_palette_pauses_the_log(whole):
    app = whole()
    async with app.run_test(size=(120, 40)) as pilot:
        await app.has_begun(pilot)
        await commands_of(app)["Message log: Pause, or go on"].callback()
        assert app.pane(MessageLogPane).entries.is_paused


async def test_changed_key_of_a_pane_works_and_is_told(whole):
    app = whole(**{"log.pause": "f5", "next_watchlist": "ctrl+t", "ticket.mid": "alt+x"})
    async with app.run_test(size=(120, 40)) as pilot:
        await app.has_begun(pilot)
        assert app.board.panes["watchlist"].border_subtitle == "ctrl+t next list · o sort"
        await pilot.press("B")
        words = app.query_one("#words-limit_price", Static)
        assert str(words.render()) == "alt+x/i/a mid/bid/ask"
        await pilot.press("escape")
        await pilot.press("l", "space")
        assert not app.pane(MessageLogPane).entries.is_paused
        await pilot.press("f5")
        assert app.pane(MessageLogPane).entries.is_paused


@pytest.mark.parametrize(
    ("key", "title", "first"),
    [
        ("c", "Option chain", "Option chain"),
        ("l", "Message log", "Message log"),
        ("g", "Chart", "Trade"),
    ],
)
async def test_help_begins_with_the_pane_that_has_the_focus(whole, key, title, first):
    app = whole(**{"chain.reload": "f5"})
    async with app.run_test(size=(120, 40)) as pilot:
        await app.has_begun(pilot)
        await pilot.press(key, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        lines = str(app.screen.query_one(Static).render()).splitlines()
        assert lines[0] == first
        assert app.screen.query_one(VerticalScroll).border_title == f"Keys · {title}"
        assert any(re.fullmatch("  F5 +Load again", line) for line in lines)
        for action in ACTIONS:
            assert any(line.endswith(f"  {action.title}") for line in lines), action.id
        await pilot.press("escape")
        assert not isinstance(app.screen, HelpScreen)


async def test_dialogues_tell_the_changed_keys(whole, listed):
    order = LimitOrder("BUY", 100, 190.0)
    listed.trader.place_order(Stock("AAPL"), order)
    app = whole(**{"confirm.accept": "y", "confirm.decline": "n,escape"})
    async with app.run_test(size=(80, 24)) as pilot:
        await app.has_begun(pilot)
        await pilot.press("f8")
        hint = app.screen.query_one("#hint", Static)
        assert str(hint.render()) == "y goes ahead · n goes back"
        await pilot.press("n", "f8", "y")
        await pilot.pause()
    assert [each.name for each in listed.trader.sent].count("request_global_cancel") == 1
