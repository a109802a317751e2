"""What an import may bring along: the library stays light, and starting a command stays quick."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys

import pytest

import workstation

SCREEN_AND_BROKER = {"textual", "plotext", "textual_plotext", "pika"}
HEAVY = {"pandas", "numpy", "QuantLib", "exchange_calendars", "pytickersymbols"}
WITNESSES = {"ibapi", "ib_async"}

LOADED = """
import json, sys
{statement}
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""


def loaded_by(statement: str) -> set[str]:
    """The top-level packages in a fresh interpreter after the statement."""
    run = subprocess.run(
        [sys.executable, "-c", LOADED.format(statement=statement)],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_importing_the_package_brings_neither_screen_nor_broker_nor_data():
    loaded = loaded_by("import workstation")
    assert "workstation" in loaded
    assert not loaded & (SCREEN_AND_BROKER | HEAVY | WITNESSES)


LIBRARY = sorted(
    {module.name for module in pkgutil.iter_modules(workstation.__path__)}
    - {"cli", "ui", "__main__"}
)


@pytest.mark.parametrize("layer", LIBRARY)
def test_no_layer_of_the_library_brings_screen_or_broker(layer):
    assert not loaded_by(f"import workstation.{layer}") & (SCREEN_AND_BROKER | WITNESSES)


@pytest.mark.parametrize("layer", sorted({*LIBRARY} - {"backtest", "simulator"}))
def test_only_the_simulated_market_may_bring_heavy_packages(layer):
    assert not loaded_by(f"import workstation.{layer}") & HEAVY


def test_version_is_told_without_settings_screen_or_broker():
    loaded = loaded_by("from workstation.cli import main; main(['--version'])")
    assert "typer" in loaded
    assert not loaded & (SCREEN_AND_BROKER | HEAVY | WITNESSES | {"pydantic_settings", "asyncio"})
