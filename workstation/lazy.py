"""Lazy: packages whose names are found in their modules when they are first asked for.

Owns the two hooks that such a package has (PEP 562), so that who needs one module of a package does
not pay for all of them. A type checker reads the star imports that stand beside the table of names;
a test holds the two together.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module

__all__ = ["EVERYTHING", "reexports"]

EVERYTHING = "*"
"""Stands for every name of a package that is lazy too."""


def reexports(
    package: str, names: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The hooks `__getattr__` and `__dir__` of a package.

    Args:
        package: its name.
        names: for each module below the package the names it has, with spaces between.

    Returns:
        The hooks. `__all__` is a name that the first one knows.
    """
    homes: dict[str, str] = {}

    def found() -> dict[str, str]:
        """Full names of modules, by name; no module is imported for that, but lazy packages."""
        if not homes:
            for module, words in names.items():
                home = f"{package}.{module}"
                listed = import_module(home).__all__ if words == EVERYTHING else words.split()
                homes.update(dict.fromkeys(listed, home))
        return homes

    def attribute(name: str) -> object:
        if name == "__all__":
            return sorted(found())
        home = None if name.startswith("_") else found().get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(home), name)
        setattr(sys.modules[package], name, value)
        return value

    def offered() -> list[str]:
        return sorted({*vars(sys.modules[package]), *found()})

    return attribute, offered
