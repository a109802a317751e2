"""The keys that cancel and flatten, pressed as people in a hurry press them."""

from __future__ import annotations

import pytest
from whole_screen import until

from workstation.ui.screens.confirm import ConfirmScreen

AT_120 = (120, 40)


class Actors:
    """Two actors that do as they are told at once."""

    def __init__(self):
        self.codes = {"MA1": True, "PT1": True}
        self.handed_over = False

    def running(self):
        return tuple(code for code, runs in self.codes.items() if runs)

    def pause(self, codes):
        self.codes.update(dict.fromkeys(codes, False))

    def resume(self, codes):
        self.codes.update(dict.fromkeys(codes, True))

    def hand_over(self):
        self.pause(self.codes)
        self.handed_over = True


@pytest.mark.parametrize("pressed", [("f8", "f8"), ("f8", "f9"), ("f8", "f8", "f9", "f8")])
async def test_pressing_again_does_not_take_the_question_away(whole, busy, pressed):
    app = whole(busy)
    async with app.run_test(size=AT_120) as pilot:
        await until(pilot, busy.picture.orders.open)
        await pilot.press(*pressed)
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")
        await until(pilot, lambda: not busy.picture.orders.open())
        assert busy.picture.positions.open()


async def test_flattening_pauses_the_actors_first_and_a_key_lets_them_run_again(whole, busy):
    app = whole(busy)
    actors = Actors()
    object.__setattr__(app.workplace, "actors", actors)
    async with app.run_test(size=AT_120) as pilot:
        await until(pilot, busy.picture.positions.open)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert actors.running() == ("MA1", "PT1")
        assert not actors.handed_over
        await pilot.press("enter")
        await until(pilot, lambda: not actors.running())
        assert actors.handed_over
        await pilot.press("f7")
        await until(pilot, lambda: actors.running() == ("MA1", "PT1"))
        await pilot.press("f7")
        await until(pilot, lambda: not actors.running())
