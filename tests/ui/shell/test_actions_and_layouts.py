"""The table of actions, and the places of panes."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from textual.dom import DOMNode

import workstation.ui
from workstation.errors import ConfigurationError
from workstation.ui.actions import ACTIONS, BY_ID, keys_of
from workstation.ui.arrangement import LAYOUTS, layout_for

PANES = {"watchlist", "ticket", "chain", "orders", "positions", "chart", "log"}


def bound():
    """Every class of the screen with bindings of its own, and these."""
    for module in pkgutil.walk_packages(workstation.ui.__path__, "workstation.ui."):
        importlib.import_module(module.name)
    classes, found = [DOMNode], {}
    while classes:
        cls = classes.pop()
        classes += cls.__subclasses__()
        if cls.__module__.startswith("workstation.ui.") and "BINDINGS" in vars(cls):
            found[cls] = list(vars(cls)["BINDINGS"])
    return found


def test_every_binding_of_the_screen_comes_from_the_table():
    for cls, bindings in bound().items():
        assert [BY_ID[each.id].binding for each in bindings] == bindings, cls


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_one_widget_that_does_it(action):
    (owner,) = (cls for cls, bindings in bound().items() if action.binding in bindings)
    method = action.binding.action.partition("(")[0]
    assert callable(getattr(owner, f"action_{method}"))


def test_no_key_stands_for_two_actions_in_one_place():
    assert keys_of({}) == {action.id: action.keys for action in ACTIONS}


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("cancel_all", "f8,ctrl+t"),
        ("chain.reload", "f5"),
        ("positions.close", "space"),
        ("message.close", "x"),
    ],
)
def test_keys_can_be_changed(name, keys):
    assert keys_of({name: keys})[name] == keys


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"fly": "f"}, r"keys\.fly"),
        ({"buy": "s"}, r"keys\.buy.*stands for sell already"),
        ({"chain.reload": "full_stop"}, r"stands for chain\.centre already"),
        ({"chain.reload": "b"}, "stands for buy already"),
        ({"buy": "f"}, r"stands for log\.filter already"),
        ({"chain.reload": "pageup"}, r"stands for table\.page_up already"),
        ({"message.close": "f9"}, "stands for flatten already"),
    ],
    ids=[
        "unknown action",
        "key taken",
        "in one pane",
        "by the screen",
        "by a pane",
        "by its table",
        "in a dialogue",
    ],
)
def test_changes_that_can_not_be_are_refused(changes, told):
    with pytest.raises(ConfigurationError, match=told):
        keys_of(changes)


def test_the_ways_out_of_the_market_work_everywhere():
    everywhere = {action.id for action in ACTIONS if action.everywhere}
    assert {"cancel_all", "flatten"} <= everywhere


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
