"""Where things lie on this machine: the settings file, the themes, the data.

Owns the paths and nothing in them. Creates no folder; whoever writes there does.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

__all__ = ["CONFIG_VARIABLE", "config_file", "data_directory", "themes_directory"]

CONFIG_VARIABLE = "WORKSTATION_CONFIG"
"""The environment variable that names another settings file."""

_APPLICATION = "workstation"


def config_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The settings file of this user, whether it exists or not."""
    if named := environment.get(CONFIG_VARIABLE):
        return Path(named).expanduser()
    # platformdirs takes 20 ms to import, and is asked for paths alone.
    from platformdirs import user_config_path

    return user_config_path(_APPLICATION, appauthor=False) / "config.toml"


def data_directory() -> Path:
    """Where journals and cached data go, whether it exists or not."""
    from platformdirs import user_data_path

    return user_data_path(_APPLICATION, appauthor=False)


def themes_directory() -> Path:
    """The folder of theme files that came with the package: in the wheel, else in the checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "themes"
    return installed if installed.is_dir() else package.parent / "themes"
