"""Themes: the shipped ones, and what a broken one is told."""

from __future__ import annotations

import pytest

from workstation import locations
from workstation.errors import ConfigurationError
from workstation.ui.styles import STYLES
from workstation.ui.themes import DEFAULT_THEME, MONOCHROME_THEME, load_themes

SHIPPED = load_themes([locations.themes_directory()])


def test_the_themes_a_trader_may_expect_are_there():
    assert {DEFAULT_THEME, MONOCHROME_THEME, "daylight", "asia", "colorblind", "contrast"} <= set(
        SHIPPED
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_a_theme_has_every_colour_that_styles_name(name):
    needed = {rule.foreground for rule in STYLES.values()}
    needed |= {rule.background for rule in STYLES.values()}
    assert needed - {""} <= set(SHIPPED[name].variables)


def test_up_and_down_change_places_in_asia():
    ours, asia = SHIPPED[DEFAULT_THEME].variables, SHIPPED["asia"].variables
    assert (asia["trade-up"], asia["trade-down"]) == (ours["trade-down"], ours["trade-up"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[colors", "it can not be read"),
        ("[colors]\nprimary = 'nocolour'", r"colors\.primary.*nocolour"),
        ("[colors]\nprimary = 'red'\nsky = 'blue'", r"colors\.sky"),
        ("[colors]\nprimary = 'red'\n[trading]\nx = 'blue'", r"trading\.x"),
        ("[trading]\n", r"colors\.primary"),
        ("colors = 3", "colors"),
        ("dark = 1\n[colors]\nprimary = 'red'", "dark"),
    ],
)
def test_a_broken_theme_is_one_line_that_names_file_and_key(tmp_path, text, told):
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=told) as caught:
        load_themes([locations.themes_directory(), tmp_path])
    assert "mine.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_theme_of_the_user_takes_what_it_does_not_name_from_the_default(tmp_path):
    (tmp_path / "mine.toml").write_text("[colors]\nprimary = '#ff0000'\n[trading]\ntrade-up='#00f'")
    mine = load_themes([locations.themes_directory(), tmp_path])["mine"]
    assert mine.variables["trade-up"] == "#00f"
    assert mine.variables["trade-down"] == SHIPPED[DEFAULT_THEME].variables["trade-down"]


def test_a_folder_that_is_not_there_is_passed_over(tmp_path):
    assert load_themes([tmp_path / "no"]) == {}
