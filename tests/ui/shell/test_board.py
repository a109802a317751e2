"""The board tells panes whether they are seen."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.widgets import Static

from workstation.state.picture import Picture
from workstation.ui.board import Board
from workstation.ui.panes.pane import Pane
from workstation.ui.workplace import Workplace

NAMES = ("watchlist", "ticket", "chain", "orders", "positions", "chart", "log")


class Noting(Pane):
    """Notes when it is seen and hidden, and refreshes itself meanwhile."""

    TITLE = "noting"

    def __init__(self, name):
        self.NAME = name
        super().__init__(Workplace(Picture(), None, 7, lambda: 0))
        self.told = []
        self.text = Static("nothing yet")

    def compose(self):
        yield self.text

    def seen_changed(self):
        self.told.append(self.is_seen)


class Screen(App):
    def compose(self):
        self.board = Board([Noting(name) for name in NAMES])
        yield self.board

    @property
    def seen(self):
        return {name for name, pane in self.board.panes.items() if pane.is_seen}


@pytest.fixture
def app():
    return Screen()


async def test_panes_that_the_layout_shows_are_told_once(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.seen == {name for name, pane in app.board.panes.items() if pane.told == [True]}
        assert app.seen == {name for name in NAMES if app.board.panes[name].is_on_screen}
        assert len(app.seen) == 2
        assert all(not pane.told for name, pane in app.board.panes.items() if name not in app.seen)


async def test_a_pane_that_was_updated_while_hidden_hears_that_it_is_seen(app):
    async with app.run_test(size=(80, 24)) as pilot:
        (before,) = app.seen - {"watchlist"}
        pane = app.board.panes["log"]
        pane.text.update("something")
        await pilot.pause()
        app.board.show("log")
        assert app.seen == {"watchlist", "log"}
        assert pane.told == [True]
        assert app.board.panes[before].told == [True, False]


async def test_a_maximised_pane_hides_all_others_until_it_is_put_back(app):
    async with app.run_test(size=(120, 40)) as pilot:
        before = app.seen
        app.board.maximise("watchlist")
        assert app.seen == {"watchlist"}
        app.board.show("chart")
        assert app.seen == {"chart"}
        app.board.maximise("chart")
        await pilot.pause()
        assert app.seen - before == {"chart"}
        assert app.seen == {name for name in NAMES if app.board.panes[name].is_on_screen}
