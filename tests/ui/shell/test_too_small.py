"""A terminal without room for the panes."""

from __future__ import annotations

import pytest
from whole_screen import settled, shows, text_of, until

from workstation.ui.arrangement import LAYOUTS, SMALLEST, fits
from workstation.ui.screens.confirm import ConfirmScreen
from workstation.ui.screens.too_small import TooSmallScreen

WORDS = "is too small: make the terminal 66×20 or larger."


def is_small(app):
    return isinstance(app.screen, TooSmallScreen)


@pytest.mark.parametrize(
    ("size", "expected"),
    [(SMALLEST, True), ((65, 20), False), ((66, 19), False), ((200, 19), False), ((80, 24), True)],
)
def test_smallest_layout_says_what_fits(size, expected):
    assert fits(*size) is expected
    assert (LAYOUTS[0].width, LAYOUTS[0].height) == SMALLEST


async def test_it_is_said_in_plain_words_with_the_ways_out(whole, busy):
    app = whole(busy)
    async with app.run_test(size=(60, 12)) as pilot:
        await shows(pilot, f"60×12 {WORDS}")
        await shows(pilot, "F8  Cancel every order")
        assert "Watchlist" not in text_of(app)
        await pilot.resize_terminal(64, 19)
        await shows(pilot, f"64×19 {WORDS}")


async def test_panes_come_back_as_they_were_left(whole, busy):
    app = whole(busy)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, busy)
        await pilot.press("b", "7")
        await pilot.resize_terminal(50, 24)
        await until(pilot, lambda: is_small(app))
        await pilot.press("9", "b", "w", "enter")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not is_small(app))
        assert (app.focused.id, app.focused.value) == ("quantity", "7")
        await shows(pilot, "Watchlist · Dow 30 · 30")
        assert len(busy.picture.orders.open()) == 3


async def test_questions_stand_over_it_and_outlast_a_larger_terminal(whole, busy):
    app = whole(busy)
    async with app.run_test(size=(60, 18)) as pilot:
        await until(pilot, lambda: is_small(app))
        await pilot.press("f8")
        await shows(pilot, "Enter goes ahead")
        await pilot.resize_terminal(120, 40)
        await shows(pilot, "Enter goes ahead")
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("escape")
        await until(pilot, lambda: len(app.screen_stack) == 1)


async def test_it_can_be_left_by_the_usual_key(whole, desk):
    app = whole(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        await until(pilot, lambda: is_small(app))
        await pilot.press("q")
        await until(pilot, lambda: app._exit)
    assert app.return_code == 0
