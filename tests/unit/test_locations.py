"""Where things lie: user folders, and the themes in a checkout or a wheel."""

from __future__ import annotations

from pathlib import Path

from workstation import locations


def test_settings_file_is_the_one_that_is_named():
    found = locations.config_file({"WORKSTATION_CONFIG": "~/mine.toml"})
    assert found == Path.home() / "mine.toml"


def test_settings_file_lies_in_a_folder_of_the_workstation_unless_named():
    found = locations.config_file({"WORKSTATION_CONFIG": ""})
    assert found.parts[-2:] == ("workstation", "config.toml")


def test_data_lies_in_a_folder_of_the_workstation():
    assert "workstation" in locations.data_directory().parts


def test_looking_for_a_place_makes_no_folder():
    assert not locations.config_file({}).parent.exists()
    assert not locations.data_directory().exists()


def test_themes_lie_in_the_package_or_else_beside_it(monkeypatch, tmp_path):
    package = tmp_path / "workstation"
    package.mkdir()
    monkeypatch.setattr(locations, "__file__", str(package / "locations.py"))
    assert locations.themes_directory() == tmp_path / "themes"
    (package / "themes").mkdir()
    assert locations.themes_directory() == package / "themes"
