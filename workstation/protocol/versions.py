"""Server versions: which ones this package speaks, and how two ends agree on one.

Owns the advertised range. Which field belongs to which version stands on the field, in the
catalog.
"""

from __future__ import annotations

__all__ = ["HIGHEST_VERSION", "LOWEST_VERSION", "agree"]

LOWEST_VERSION = 100
"""The first version that agrees on a version at all; older Bridges are long gone."""

HIGHEST_VERSION = 200
"""The last version whose messages are all text. From 201 message ids are raw integers and
bodies may be Protocol Buffers, which this package does not speak; a Bridge that is offered 200
answers in text, however new it is."""


def agree(
    offered: tuple[int, int],
    spoken: tuple[int, int] = (LOWEST_VERSION, HIGHEST_VERSION),
) -> int | None:
    """The highest version in both ranges, None when they do not meet."""
    version = min(offered[1], spoken[1])
    return version if version >= max(offered[0], spoken[0]) else None
