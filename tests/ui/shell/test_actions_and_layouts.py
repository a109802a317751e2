"""The table of actions, and the places of panes."""

from __future__ import annotations

import pytest

from workstation.errors import ConfigurationError
from workstation.ui.actions import ACTIONS, keys_of
from workstation.ui.app import WorkstationApp
from workstation.ui.arrangement import LAYOUTS, layout_for

PANES = {"watchlist", "ticket", "chain", "orders", "positions", "chart", "log"}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_does_something(action):
    assert callable(getattr(WorkstationApp, f"action_{action.id}"))


def test_no_key_stands_for_two_actions():
    keys = [key for action in ACTIONS for key in action.keys.split(",")]
    assert len(keys) == len(set(keys))


def test_keys_can_be_changed():
    assert keys_of({"cancel_all": "f8,ctrl+t"})["cancel_all"] == "f8,ctrl+t"


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"fly": "f"}, r"keys\.fly"), ({"buy": "s"}, "stands for buy already")],
    ids=["unknown action", "key taken"],
)
def test_changes_that_can_not_be_are_refused(changes, told):
    with pytest.raises(ConfigurationError, match=told):
        keys_of(changes)


def test_the_ways_out_of_the_market_work_everywhere():
    everywhere = {action.id for action in ACTIONS if action.everywhere}
    assert everywhere == {"cancel_all", "flatten"}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout_has_a_place_for_every_pane(layout):
    placed = [pane for slot in layout.slots() for pane in slot.panes]
    assert sorted(placed) == sorted(PANES)


@pytest.mark.parametrize("size", [(80, 23), (110, 33), (120, 39), (200, 59), (251, 77)])
def test_places_fill_the_board_without_gap_or_overlap(size):
    width, height = size
    cells = [
        (x, y)
        for place in layout_for(width, height + 1).places(width, height).values()
        for x in range(place.x, place.x + place.width)
        for y in range(place.y, place.y + place.height)
    ]
    assert len(cells) == len(set(cells)) == width * height


def test_at_80_by_24_the_watchlist_has_eight_rows():
    layout = layout_for(80, 24)
    places = layout.places(80, 23)
    border_and_titles = 3
    assert places[layout.slot_of("watchlist")].height - border_and_titles >= 8
    assert len(places) == 2


def test_at_120_by_40_the_four_panes_stand_at_once():
    layout = layout_for(120, 40)
    first = {slot.panes[0] for slot in layout.slots()}
    assert {"watchlist", "ticket", "chain", "log"} <= first
