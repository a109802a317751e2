"""Pictures of the whole screen: each layout, dialogue and theme, on a frozen and seeded market."""

from __future__ import annotations

import pytest
from pytest_textual_snapshot import SVGImageExtension
from whole_screen import settled, shows, stands_still, until

PANES = {
    "ticket": "t",
    "chain": "c",
    "log": "l",
    "orders": "e",
    "positions": "p",
    "chart": "g",
}


@pytest.fixture
def compare(snapshot, tmp_path):
    """Compares the screen with a picture that was looked at and found good."""
    pictures = snapshot.use_extension(SVGImageExtension)

    def check(app, name):
        picture = app.export_screenshot()
        seen = tmp_path / f"{name}.svg"
        seen.write_text(picture, encoding="utf-8")
        is_same = pictures(name=name) == picture
        assert is_same, f"this is not the picture {name}: {seen}; --snapshot-update takes it"

    return check


DIALOGUES = {
    "help": ("question_mark", "Keys · Watchlist"),
    "flatten": ("f9", "Enter goes ahead"),
}


async def test_small_terminal_shows_each_pane_under_the_watchlist(whole, busy, compare):
    app = whole(busy)
    async with app.run_test(size=(80, 24)) as pilot:
        for name, key in PANES.items():
            await pilot.press("escape", key)
            await settled(pilot, busy)
            compare(app, f"80x24-{name}")


async def test_questions_stand_whole_in_a_small_terminal(whole, busy, compare):
    app = whole(busy)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, busy)
        for name, (key, words) in DIALOGUES.items():
            await pilot.press(key)
            await shows(pilot, words)
            await stands_still(pilot)
            compare(app, f"80x24-{name}")
            await pilot.press("escape")
        await pilot.press("b", "1", "0", "0", "alt+a", "enter")
        await shows(pilot, "commission ≈ $1.00")
        await settled(pilot, busy)
        compare(app, "80x24-confirmation")


async def test_middling_terminal_shows_four_panes_and_others_a_key_away(whole, busy, compare):
    app = whole(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, busy)
        compare(app, "120x40")
        for name, (key, words) in DIALOGUES.items():
            await pilot.press(key)
            await shows(pilot, words)
            await stands_still(pilot)
            compare(app, f"120x40-{name}")
            await pilot.press("escape")
        for name in ("positions", "chart"):
            await pilot.press("escape", PANES[name])
            await settled(pilot, busy)
            compare(app, f"120x40-{name}")
        await pilot.press("escape", "c", "z")
        await until(pilot, lambda: app.board.panes["chain"].size.width > 110)
        await settled(pilot, busy)
        compare(app, "120x40-chain-alone")


async def test_wall_shows_everything(whole, busy, compare):
    app = whole(busy)
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot, busy)
        compare(app, "200x60")


async def test_every_theme(whole, busy, compare):
    app = whole(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, busy)
        for theme in sorted(set(app.look.themes) - {"midnight"}):
            app.theme = theme
            await settled(pilot, busy)
            compare(app, f"120x40-{theme}")


async def test_connection_lost_with_real_money_at_stake(whole, compare, live):
    app = whole(live)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, live)
        compare(app, "80x24-live")
        live.lose()
        live.clock.now_ns += 90_000_000_000
        await shows(pilot, "disconnected")
        await shows(pilot, "stale 1m")
        await settled(pilot, live)
        compare(app, "80x24-disconnected")
