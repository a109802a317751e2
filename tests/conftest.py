"""What any test may ask for, and three rules for all of them.

Generated examples are the same in every run, but for --hypothesis-profile=long, which draws thirty
times as many and new ones each time. No test sees the settings of whoever runs it. And where
CI=true nothing is skipped in silence: a skipped test fails there, unless it is marked as one that
asks for input from outside.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("quick", deadline=None, derandomize=True, database=None)
settings.register_profile("long", deadline=None, max_examples=3_000, print_blob=True, database=None)
settings.load_profile("quick")

OF_THE_TESTS = {"WORKSTATION_CAPTURES", "WORKSTATION_TEST_VENV"}
"""Variables that are meant for the tests, not for the workstation."""


@pytest.fixture(scope="session", autouse=True)
def _a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = str(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ.keys() - OF_THE_TESTS:
            if name.startswith("WORKSTATION_"):
                patch.delenv(name)
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, home)
        yield


@pytest.fixture(scope="session")
def captures() -> list[Path]:
    """Files of recorded traffic from the folder in WORKSTATION_CAPTURES; mark `optional_input`."""
    folder = os.environ.get("WORKSTATION_CAPTURES")
    if not folder:
        pytest.skip("no captures given: set WORKSTATION_CAPTURES to a folder with *.jsonl")
    files = sorted(Path(folder).glob("*.jsonl"))
    assert files, f"WORKSTATION_CAPTURES={folder} has no *.jsonl"
    return files


def _may_not_skip() -> bool:
    return os.environ.get("CI") == "true"


def _fail_the_skip(report: Any) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"skipped, which CI=true does not allow: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    expected = hasattr(report, "wasxfail") or item.get_closest_marker("optional_input")
    if report.skipped and _may_not_skip() and not expected:
        _fail_the_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    report = yield
    if report.skipped and _may_not_skip():
        _fail_the_skip(report)
    return report
