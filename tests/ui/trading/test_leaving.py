"""Leaving while orders work or actors run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Static

from workstation.errors import NotConnected
from workstation.model import LimitOrder, Stock
from workstation.ui.leaving import PATIENCE_NS, Leaving, Stage
from workstation.ui.screens.leave import LeaveScreen

AAPL = Stock("AAPL")


class Actors:
    """Actors that do what is asked when the test lets them."""

    def __init__(self, *codes):
        self.codes = codes
        self.asked = []

    def running(self):
        return self.codes

    def pause(self, codes):
        self.asked.append(("pause", codes))

    def resume(self, codes):
        self.asked.append(("resume", codes))


def place(session, quantity=100):
    session.trader.place_order(AAPL, LimitOrder("BUY", quantity, 190.0))
    placed = session.trader.sent[-1]
    session.tell(session.told(placed))
    return placed.order_id


def cancels(session):
    return [each.name for each in session.trader.sent].count("request_global_cancel")


@pytest.fixture
def actors(listed):
    actors = Actors()
    listed.workplace = replace(listed.workplace, actors=actors)
    return actors


@pytest.fixture
def leaving(listed, actors):
    return Leaving(listed.workplace, listed.trading)


def test_nothing_is_asked_when_nothing_works(leaving):
    assert not leaving.is_asked_for


def test_question_says_how_many_orders_and_actors_work(listed, actors, leaving):
    actors.codes = ("MA", "PAIRS")
    assert leaving.is_asked_for
    assert leaving.question[0] == "0 working orders · 2 running actors (MA, PAIRS)"
    place(listed)
    first, account, second, third = leaving.question
    assert first == "1 working order · 2 running actors (MA, PAIRS)"
    assert account == "SIMULATED DSIM1234567"
    assert "may fill" in second
    assert "Actors end" in third


def test_orders_of_other_clients_are_told_apart(listed, leaving):
    place(listed)
    listed.tell(listed.status(3, "Submitted", client_id=9))
    assert leaving.question[0].startswith("2 working orders (1 of other clients) · 0")


def test_orders_are_cancelled_once_the_actors_have_paused(listed, actors, leaving):
    order_id = place(listed)
    actors.codes = ("MA",)
    leaving.cancel()
    assert actors.asked == [("pause", ("MA",))]
    assert cancels(listed) == 0
    assert leaving.outcome == ("MA: pausing",)
    actors.codes = ()
    leaving.advance()
    assert cancels(listed) == 1
    assert leaving.stage is Stage.WAITING
    listed.tell(listed.status(order_id, "Cancelled"))
    leaving.advance()
    assert leaving.stage is Stage.DONE


def test_an_actor_that_does_not_pause_holds_nothing_up(listed, actors, leaving):
    place(listed)
    actors.codes = ("MA",)
    leaving.cancel()
    listed.clock.pass_seconds(2)
    leaving.advance()
    assert cancels(listed) == 1


def test_an_order_that_crossed_the_cancel_is_cancelled_too(listed, leaving):
    first = place(listed)
    leaving.cancel()
    second = place(listed)
    listed.tell(listed.status(first, "Cancelled"))
    leaving.advance()
    assert cancels(listed) == 2
    assert leaving.stage is Stage.WAITING
    listed.tell(listed.status(second, "Cancelled"))
    leaving.advance()
    assert leaving.stage is Stage.DONE


def test_what_stays_open_is_said_after_the_deadline(listed, leaving):
    first, second = place(listed), place(listed)
    leaving.cancel()
    assert leaving.seconds_left == PATIENCE_NS // 1_000_000_000
    listed.tell(listed.status(first, "Cancelled"))
    listed.clock.now_ns += PATIENCE_NS
    leaving.advance()
    assert leaving.stage is Stage.FAILED
    assert leaving.seconds_left == 0
    (line,) = leaving.outcome
    assert line.startswith(f"order {second} BUY 100 AAPL: cancel requested, may still fill")


def test_a_lost_bridge_is_said_at_once_and_cancelling_can_be_tried_again(listed, leaving):
    order_id = place(listed)
    listed.trader.failure = NotConnected("there is no Bridge")
    leaving.cancel()
    assert leaving.stage is Stage.FAILED
    assert "there is no Bridge" in leaving.outcome[0]
    listed.trader.failure = None
    leaving.cancel()
    listed.tell(listed.status(order_id, "Cancelled"))
    leaving.advance()
    assert leaving.stage is Stage.DONE


def test_who_stays_has_the_actors_run_again(listed, actors, leaving):
    place(listed)
    actors.codes = ("MA",)
    leaving.cancel()
    leaving.stay()
    assert actors.asked == [("pause", ("MA",)), ("resume", ("MA",))]
    leaving.advance()
    assert cancels(listed) == 0


# On the screen


def words(app):
    shown = (app.screen.query_one(each, Static) for each in ("#leave-text", "#leave-choices"))
    return "\n".join(str(each.render()) for each in shown)


async def asked(app, pilot):
    """Press `q` until the question stands."""
    await app.has_begun(pilot)
    await pilot.press("q")
    while not isinstance(app.screen, LeaveScreen):
        await pilot.pause()
    await pilot.pause()


async def test_q_leaves_at_once_when_nothing_works(whole, actors):
    app = whole()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.has_begun(pilot)
        await pilot.press("q")
        await pilot.pause()
    assert app.return_value == ""


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_staying_is_what_enter_and_escape_do(listed, actors, whole, key):
    actors.codes = ("MA",)
    app = whole()
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(app, pilot)
        assert "0 working orders · 1 running actor (MA)" in words(app)
        assert words(app).endswith("Esc Enter stay · l leave all as it is")
        await pilot.press("c", "q", key)
        assert not isinstance(app.screen, LeaveScreen)
        assert app.return_value is None
    assert cancels(listed) == 0


async def test_leaving_all_as_it_is_cancels_nothing(listed, actors, whole):
    place(listed)
    app = whole()
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(app, pilot)
        assert "c cancel every order and leave" in words(app)
        await pilot.press("l")
        await pilot.pause()
    assert app.return_value == ""
    assert cancels(listed) == 0


async def test_cancelling_waits_for_the_bridge_and_leaves(listed, actors, whole):
    order_id = place(listed)
    app = whole()
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(app, pilot)
        await pilot.press("c")
        assert "Cancelling; waits 15 s at most" in words(app)
        assert f"order {order_id} BUY 100 AAPL: cancel requested" in words(app)
        assert app.return_value is None
        listed.tell(listed.status(order_id, "Cancelled"))
        while app.return_value is None:
            await pilot.pause(0.02)
    assert app.return_value == ""
    assert cancels(listed) == 1


async def test_orders_that_stay_open_are_named_before_anybody_leaves(listed, actors, whole):
    order_id = place(listed)
    app = whole(**{"leaving.leave": "w"})
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(app, pilot)
        await pilot.press("c")
        listed.clock.now_ns += PATIENCE_NS
        while "Not everything" not in words(app):
            await pilot.pause(0.02)
        assert f"order {order_id} BUY 100 AAPL: cancel requested, may still fill" in words(app)
        assert "c cancel every order again and leave · w leave all as it is" in words(app)
        await pilot.press("w")
        await pilot.pause()
    assert app.return_value == ""
