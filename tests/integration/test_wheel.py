"""The wheel: built from the checkout, installed elsewhere, and started there."""

from __future__ import annotations

import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from workstation import __version__

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "--target",
            "wheel",
            "--directory",
            str(folder),
        ],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory) -> Path:
    """An environment with the wheel, and with this environment's packages but not its checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, with_pip=False, symlinks=True)
    (site_packages,) = folder.glob("lib/python3*/site-packages")
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    subprocess.run(
        [*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True,
        capture_output=True,
    )
    # Path files in a folder that is added so are not run, so the checkout stays out.
    (site_packages / "borrowed.pth").write_text("\n".join(site.getsitepackages()))
    return folder


def run(elsewhere: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(elsewhere / "bin" / "workstation"), *arguments],
        cwd=elsewhere,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def test_wheel_carries_the_package_and_the_themes_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {"workstation/__init__.py", "workstation/py.typed"} <= set(names)
    themes = {path.name for path in (CHECKOUT / "themes").glob("*.*")}
    assert themes <= {Path(name).name for name in names if name.startswith("workstation/themes/")}
    assert not [name for name in names if name.startswith(("tests", "workstation/tests"))]


def test_installed_package_is_the_wheels_own(elsewhere):
    located = subprocess.run(
        [
            str(elsewhere / "bin" / "python"),
            "-c",
            "import workstation; print(workstation.__file__)",
        ],
        cwd=elsewhere,
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(located.stdout.strip()).is_relative_to(elsewhere)


def test_installed_command_tells_its_version(elsewhere):
    assert run(elsewhere, "--version") == f"workstation {__version__}"


def test_installed_command_finds_its_themes(elsewhere):
    themes = Path(run(elsewhere, "locate", "themes"))
    assert themes.is_relative_to(elsewhere)
    assert themes.is_dir()
