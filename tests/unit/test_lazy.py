"""Lazy packages: their tables of names against their modules, and what an import costs."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

PACKAGES = (
    "workstation",
    "workstation.message_codes",
    "workstation.model",
    "workstation.model.contracts",
    "workstation.model.enums",
    "workstation.model.indexes",
    "workstation.model.orders",
)
INTERNAL = {
    "algo",
    "sectors",
    "constituents",
    "index",
    "indexes",
    "data_frame",
    "legal",
    "moment",
    "trading_calendar",
}
"""Modules of which not every name is for everybody."""


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_is_found(package):
    module = import_module(package)
    assert module.__all__ == sorted(set(module.__all__))
    assert all(getattr(module, name) is not None for name in module.__all__)
    assert set(module.__all__) <= set(dir(module))


@pytest.mark.parametrize("package", [each for each in PACKAGES if "model" in each])
def test_tables_know_every_name_of_their_modules(package):
    module = import_module(package)
    for found in pkgutil.iter_modules(module.__path__):
        home = import_module(f"{package}.{found.name}")
        names = set(home.__all__) if found.name not in INTERNAL else set()
        assert names <= set(module.__all__), found.name
        assert all(getattr(module, name) is getattr(home, name) for name in names)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_name_that_is_not_there_is_named(package):
    with pytest.raises(AttributeError, match="Nothing"):
        _ = import_module(package).Nothing


def test_who_needs_the_protocol_imports_no_vocabularies():
    code = "import sys, workstation.protocol.connection; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = done.stdout.split()
    assert "workstation.model.contracts.contract" in loaded
    assert "workstation.model.enums.scanner" not in loaded
    assert "workstation.model.contracts.spreads" not in loaded
    assert "workstation.message_codes.table" not in loaded
