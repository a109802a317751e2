"""README stays true: its map, its commands, its settings and its program."""

from __future__ import annotations

import pkgutil
import re
import tomllib
from pathlib import Path

import pytest

import workstation
from workstation.cli import main
from workstation.clients import ClientApplication
from workstation.config import Settings
from workstation.protocol.description import coverage
from workstation.protocol.message import REQUESTS
from workstation.simulator.answers import ANSWERS

CHECKOUT = Path(__file__).parents[2]
TEXT = (CHECKOUT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_map_shows_what_is_there():
    (tree,) = blocks("text")
    top: Path | None = None
    for line in tree.splitlines():
        name = line.split()[0]
        top = CHECKOUT / name if not line.startswith(" ") else top
        path = top if not line.startswith(" ") else top / name
        assert path.exists(), name
        assert path.is_dir() == name.endswith("/"), name


def test_map_leaves_no_layer_out():
    layers = {module.name for module in pkgutil.iter_modules(workstation.__path__) if module.ispkg}
    (tree,) = blocks("text")
    assert {layer for layer in layers if f"\n  {layer}/ " not in tree} == set()


def test_links_lead_to_files_that_exist():
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", TEXT):
        assert (CHECKOUT / target).exists(), target


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"^\| `workstation (\w+)", TEXT, re.MULTILINE)))
)
def test_commands_exist(command, capsys):
    assert main([command, "--help"]) == 0


def test_coverage_of_the_protocol_is_what_the_catalog_has():
    assert f"The catalog has {coverage()};" in TEXT


def test_what_the_simulated_bridge_refuses_is_what_is_listed():
    refused = {each.name for each in REQUESTS.values() if each.cls not in ANSWERS}
    listed = TEXT.partition("these requests, whole:")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == refused - {"start_api"}


def test_settings_are_real():
    (example,) = blocks("toml")
    settings = tomllib.loads(example)
    assert settings.keys() <= Settings.model_fields.keys()
    assert settings["limits"].keys() <= type(Settings().limits).model_fields.keys()


def test_program_overrides_handlers_that_exist():
    _, program, desk = blocks("python")
    names: dict[str, object] = {"__name__": "readme"}
    exec(compile(program, "README.md", "exec"), names)  # noqa: S102 - it is our own text
    (application,) = (
        value
        for value in names.values()
        if isinstance(value, type)
        and issubclass(value, ClientApplication)
        and value is not ClientApplication
    )
    overridden = [name for name in vars(application) if not name.startswith("_")]
    assert overridden
    assert all(hasattr(ClientApplication, name) for name in overridden)
    exec(compile(desk, "README.md", "exec"), {"__name__": "readme"})  # noqa: S102 - as above
