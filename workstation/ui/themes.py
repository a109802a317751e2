"""Themes: colours from TOML files, one file a theme.

Owns reading and checking them. A theme names the colours of Textual's own parts and of trading
(`trade-up`, `order-working`, `mode-live`, …); every one it does not name is taken from the default
theme. A broken file gives one clear line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from textual.color import Color, ColorParseError
from textual.theme import Theme

from workstation.errors import ConfigurationError

__all__ = ["DEFAULT_THEME", "MONOCHROME_THEME", "load_themes"]

DEFAULT_THEME = "midnight"
MONOCHROME_THEME = "monochrome"
"""Taken when NO_COLOR is set and no theme was asked for."""

_PARTS = frozenset(
    {
        "primary",
        "secondary",
        "accent",
        "foreground",
        "background",
        "surface",
        "panel",
        "success",
        "warning",
        "error",
    }
)


def load_themes(folders: Iterable[Path]) -> dict[str, Theme]:
    """Themes by name; of two with one name the later folder's counts.

    Args:
        folders: where the files are; one that does not exist is passed over.

    Raises:
        ConfigurationError: a file is broken; names the file, the key and what is legal.
    """
    files = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    contents = [(path, _read(path)) for path in files]
    base = next(
        (dict(each["trading"]) for path, each in contents if path.stem == DEFAULT_THEME), {}
    )
    return {path.stem: _theme(path, content, base) for path, content in contents}


def _read(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigurationError("theme", path.name, f"it can not be read: {error}") from error
    for table in ("colors", "trading"):
        if not isinstance(content.setdefault(table, {}), dict):
            raise ConfigurationError(table, content[table], "it must be a table", str(path))
    return content


def _theme(path: Path, content: dict[str, Any], base: dict[str, str]) -> Theme:
    colors: dict[str, str] = {}
    for key, value in content["colors"].items():
        if key not in _PARTS:
            legal = f"it is one of {', '.join(sorted(_PARTS))}"
            raise ConfigurationError(f"colors.{key}", value, legal, str(path))
        colors[key] = _checked(path, f"colors.{key}", value)
    if "primary" not in colors:
        raise ConfigurationError("colors.primary", None, "a theme needs one", str(path))
    variables = dict(base)
    for key, value in content["trading"].items():
        if base and key not in base:
            legal = f"it is one of {', '.join(sorted(base))}"
            raise ConfigurationError(f"trading.{key}", value, legal, str(path))
        variables[key] = _checked(path, f"trading.{key}", value)
    dark = content.get("dark", True)
    if not isinstance(dark, bool):
        raise ConfigurationError("dark", dark, "true or false", str(path))
    primary = colors.pop("primary")
    return Theme(path.stem, primary, dark=dark, variables=variables, **cast("Any", colors))


def _checked(path: Path, key: str, value: object) -> str:
    try:
        Color.parse(str(value))
    except ColorParseError:
        raise ConfigurationError(key, value, 'a colour such as "#1e90ff"', str(path)) from None
    return str(value)
