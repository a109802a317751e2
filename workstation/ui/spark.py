"""Spark lines: the course of a price in a few characters."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["spark_line"]

_BARS = "▁▂▃▄▅▆▇█"


def spark_line(values: Iterable[float], width: int) -> str:
    """The values as bars of eight heights, the newest to the right.

    Args:
        values: oldest first.
        width: most characters to take; more values than that are taken evenly.
    """
    numbers = list(values)
    if len(numbers) < 2:
        return ""
    if len(numbers) > width:
        last = len(numbers) - 1
        numbers = [numbers[round(place * last / (width - 1))] for place in range(width)]
    low, high = min(numbers), max(numbers)
    if high == low:
        return _BARS[3] * len(numbers)
    top = len(_BARS) - 1
    return "".join(_BARS[round((number - low) / (high - low) * top)] for number in numbers)
