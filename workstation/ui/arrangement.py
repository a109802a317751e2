"""Arrangement: which panes stand where, for each size of the terminal.

Owns the table of layouts and the arithmetic that turns one into rectangles. Knows panes by name
only, and nothing of Textual but the size of a rectangle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

__all__ = [
    "LAYOUTS",
    "SMALLEST",
    "Column",
    "Layout",
    "Rectangle",
    "Row",
    "Slot",
    "fits",
    "layout_for",
]


class Rectangle(NamedTuple):
    """A place on the board, in cells."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that shows one of several panes at a time; the first one at the start."""

    panes: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side, sharing the width by weight."""

    parts: tuple[Part, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """Parts on top of each other, sharing the height by weight."""

    parts: tuple[Part, ...]
    weight: int = 1


Part = Slot | Row | Column


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout, and the smallest terminal it is meant for."""

    name: str
    width: int
    height: int
    root: Part

    def slots(self) -> Iterator[Slot]:
        """Every slot."""
        yield from _slots(self.root)

    def slot_of(self, pane: str) -> Slot:
        """The slot that can show a pane.

        Raises:
            KeyError: none can.
        """
        for slot in self.slots():
            if pane in slot.panes:
                return slot
        raise KeyError(pane)

    def places(self, width: int, height: int) -> dict[Slot, Rectangle]:
        """Where each slot stands on a board of this size."""
        places: dict[Slot, Rectangle] = {}
        _place(self.root, Rectangle(0, 0, width, height), places)
        return places


def layout_for(width: int, height: int) -> Layout:
    """The most roomy layout that a terminal of this size can hold; the first when none fits."""
    fitting = [each for each in LAYOUTS if width >= each.width and height >= each.height]
    return fitting[-1] if fitting else LAYOUTS[0]


def fits(width: int, height: int) -> bool:
    """Whether any layout was meant for so small a terminal."""
    return width >= SMALLEST[0] and height >= SMALLEST[1]


def _slots(part: Part) -> Iterator[Slot]:
    if isinstance(part, Slot):
        yield part
    else:
        for inner in part.parts:
            yield from _slots(inner)


def _place(part: Part, area: Rectangle, places: dict[Slot, Rectangle]) -> None:
    if isinstance(part, Slot):
        places[part] = area
        return
    along = area.width if isinstance(part, Row) else area.height
    start = 0
    for inner, length in zip(part.parts, _shares(part.parts, along), strict=True):
        if isinstance(part, Row):
            _place(inner, Rectangle(area.x + start, area.y, length, area.height), places)
        else:
            _place(inner, Rectangle(area.x, area.y + start, area.width, length), places)
        start += length


def _shares(parts: tuple[Part, ...], length: int) -> list[int]:
    """Whole cells for each part, by weight, adding up to the length."""
    total = sum(part.weight for part in parts)
    edges, sum_so_far = [0], 0
    for part in parts:
        sum_so_far += part.weight
        edges.append(round(length * sum_so_far / total))
    return [end - start for start, end in pairwise(edges)]


SMALLEST = (66, 20)
"""Width and height of a terminal below which a ticket's confirmation would be cut off."""

LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "one",
        *SMALLEST,
        Column(
            (
                Slot(("watchlist",), 11),
                Slot(("ticket", "chain", "log", "orders", "positions", "chart"), 12),
            )
        ),
    ),
    Layout(
        "four",
        110,
        34,
        Column(
            (
                Row(
                    (
                        Column((Slot(("watchlist",), 15), Slot(("chain",), 13)), 66),
                        Column(
                            (Slot(("ticket",), 14), Slot(("orders", "positions", "chart"), 14)), 54
                        ),
                    ),
                    28,
                ),
                Slot(("log",), 10),
            )
        ),
    ),
    Layout(
        "all",
        180,
        50,
        Column(
            (
                Row(
                    (
                        Column((Slot(("watchlist",), 32), Slot(("positions",), 13)), 74),
                        Column((Slot(("chart",), 21), Slot(("chain",), 24)), 66),
                        Column((Slot(("ticket",), 15), Slot(("orders",), 30)), 60),
                    ),
                    45,
                ),
                Slot(("log",), 13),
            )
        ),
    ),
)
"""Smallest first. At 80×24 the watchlist and one other pane; at 120×40 the four panes that matter
at once, with orders, positions and chart a key away; on a wall, everything."""
