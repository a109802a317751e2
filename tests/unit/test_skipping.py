"""The rules in tests/conftest.py, proven on a small suite of their own.

It runs in a process of its own and without plugins: some of them keep state that two sessions in
one process would share.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"

SUITE = {
    "pytest.ini": "[pytest]\nmarkers = optional_input",
    "test_module.py": "import pytest\npytest.importorskip('no_such_module')",
    "test_function.py": """
import pytest

def test_skips():
    pytest.skip("no such server")

@pytest.mark.xfail
def test_fails_as_expected():
    raise AssertionError

@pytest.mark.optional_input
def test_captures(captures):
    assert [file.name for file in captures] == ["one.jsonl"]
""",
}


def outcomes(folder: Path, **environment: str) -> dict[str, str]:
    """Each test of the suite, and each module that got no further, with its outcome."""
    shutil.copy(CONFTEST, folder)
    for name, text in SUITE.items():
        (folder / name).write_text(text)
    base = {name: value for name, value in os.environ.items() if name != "WORKSTATION_CAPTURES"}
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-rA",
            "--continue-on-collection-errors",
            "-p",
            "no:cacheprovider",
        ],
        cwd=folder,
        env=base | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = re.findall(
        r"^([A-Z]+) (?:\[1\] )?test_(\w+)\.py(?:::test_(\w+))?", run.stdout, re.MULTILINE
    )
    assert lines, run.stdout + run.stderr
    return {test or module: outcome for outcome, module, test in lines}


def test_outside_ci_a_skip_is_a_skip(tmp_path):
    found = outcomes(tmp_path, CI="")
    assert found.keys() == {"module", "function", "fails_as_expected"}
    assert found["module"] == found["function"] == "SKIPPED"


def test_under_ci_a_skip_fails_but_where_input_is_optional(tmp_path):
    found = outcomes(tmp_path, CI="true")
    assert found == {
        "module": "ERROR",
        "skips": "FAILED",
        "fails_as_expected": "XFAIL",
        "function": "SKIPPED",
    }


@pytest.mark.parametrize(("name", "outcome"), [("one.jsonl", "PASSED"), ("other.txt", "ERROR")])
def test_captures_are_taken_from_the_folder_that_is_named(tmp_path, name, outcome):
    folder = tmp_path / "captures"
    folder.mkdir()
    (folder / name).touch()
    assert outcomes(tmp_path, WORKSTATION_CAPTURES=str(folder))["captures"] == outcome
