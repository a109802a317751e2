"""Chart drawing: candles as text, made away from the screen's loop.

Owns turning candles into a picture of given size: which half of which character cell a candle
fills, the price scale and the times below. Plotext draws the axes and puts the pieces in their
places; every drawing has a figure of its own, so it may run on any thread.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from rich.text import Text

from workstation.ui import formatting
from workstation.ui.panes.chart_bars import DAY, Candle, TimeFrame, moment

__all__ = ["Look", "draw", "room_for"]

Rgb = tuple[int, int, int]


class Look(NamedTuple):
    """Size and colours of a drawing.

    Args:
        width: in cells, as is the next.
        height: with the times below.
        decimals: of prices.
        up: colour of candles that closed no lower than they opened.
        down: of the others.
        axes: of the scale and the times.
        volume: of what was traded.
    """

    width: int
    height: int
    decimals: int
    up: Rgb
    down: Rgb
    axes: Rgb
    volume: Rgb


class Piece(NamedTuple):
    """One character cell; rows count from the bottom."""

    column: int
    row: int
    glyph: str
    color: Rgb


_MARK = "◂"
"""Stands behind the last price."""
_BESIDE_LABELS = 2
"""The axis, and a gap before its labels."""
_BELOW_ROWS = 2
"""The axis and the times."""
_VOLUME_FROM_ROWS = 12
"""Less high drawings leave the volume out."""
_WIDEST_PITCH = 3
_ROWS_A_LABEL = 2

_BODY, _WICK, _NOTHING = "body", "wick", ""

_GLYPHS = {
    (_BODY, _BODY): "┃",
    (_BODY, _WICK): "╽",
    (_BODY, _NOTHING): "╻",
    (_WICK, _BODY): "╿",
    (_NOTHING, _BODY): "╹",
    (_WICK, _WICK): "│",
    (_WICK, _NOTHING): "╷",
    (_NOTHING, _WICK): "╵",
}
"""What stands in a cell by its lower and upper half."""

_FALLING_GREY = "┇"
"""The full cell of a falling candle where both colours are grey and say too little."""

_EIGHTHS = " ▁▂▃▄▅▆▇█"


def room_for(width: int, candles: Sequence[Candle], decimals: int) -> int:
    """How many candles fit beside the prices; these are at least one, merged or not."""
    edges = (min(each.low for each in candles), max(each.high for each in candles))
    longest = max(len(formatting.price(edge, decimals)) for edge in edges)
    return max(width - longest - len(_MARK) - _BESIDE_LABELS, 1)


def draw(candles: Sequence[Candle], frame: TimeFrame, look: Look) -> Text:
    """Candles with prices to the right and times below, and the volume if there is height.

    Args:
        candles: at least one, and no more than `room_for` says.
        frame: what they show, for the words of the times.
        look: size and colours.
    """
    rows = max(look.height - _BELOW_ROWS, 1)
    volume_rows = rows // 5 if rows >= _VOLUME_FROM_ROWS else 0
    scale = _Scale.of(candles, rows - volume_rows, volume_rows)
    labels = _price_labels(scale, candles[-1].close, look.decimals)
    label_width = max(len(label) for label in labels.values())
    columns = max(look.width - label_width - _BESIDE_LABELS, 1)
    places = _places(len(candles), columns)
    pieces = [
        *_volumes(candles, places, volume_rows, look),
        *_bodies(candles, places, scale, look),
    ]
    times = _times(candles, places, frame)
    return _composed(pieces, labels, times, (columns, rows), look)


class _Scale(NamedTuple):
    """Prices to rows, in halves; `first_row` is the lowest row that shows prices."""

    low: float
    high: float
    rows: int
    first_row: int

    @classmethod
    def of(cls, candles: Iterable[Candle], rows: int, first_row: int) -> _Scale:
        low = min(candle.low for candle in candles)
        high = max(candle.high for candle in candles)
        if high <= low:
            pad = abs(high) * 0.001 or 1.0
            low, high = low - pad, high + pad
        return cls(low, high, rows, first_row)

    def half(self, price: float) -> int:
        """Which half row, counted from the lowest."""
        share = (price - self.low) / (self.high - self.low)
        return min(max(round(share * (2 * self.rows - 1)), 0), 2 * self.rows - 1)

    def row(self, price: float) -> int:
        """Which row of the drawing."""
        return self.first_row + self.half(price) // 2


def _places(count: int, columns: int) -> list[int]:
    """A column for each candle, the newest to the right."""
    pitch = min(max(columns // max(count, 1), 1), _WIDEST_PITCH)
    return [columns - 1 - pitch * (count - 1 - index) for index in range(count)]


def _bodies(
    candles: Iterable[Candle], places: Iterable[int], scale: _Scale, look: Look
) -> Iterable[Piece]:
    grey = all(len(set(color)) == 1 for color in (look.up, look.down))
    for candle, column in zip(candles, places, strict=True):
        falls = candle.close < candle.open
        color = look.down if falls else look.up
        full = _FALLING_GREY if falls and grey else "┃"
        low, high = scale.half(candle.low), scale.half(candle.high)
        bottom = scale.half(min(candle.open, candle.close))
        top = scale.half(max(candle.open, candle.close))

        def part(half: int, low: int = low, bottom: int = bottom, top: int = top) -> str:
            return _BODY if bottom <= half <= top else _WICK if low <= half else _NOTHING

        for row in range(low // 2, high // 2 + 1):
            upper = part(2 * row + 1) if 2 * row + 1 <= high else _NOTHING
            glyph = _GLYPHS[part(2 * row), upper]
            yield Piece(column, scale.first_row + row, full if glyph == "┃" else glyph, color)


def _volumes(
    candles: Sequence[Candle], places: Iterable[int], rows: int, look: Look
) -> Iterable[Piece]:
    most = max(candle.volume for candle in candles)
    if not rows or most <= 0:
        return
    for candle, column in zip(candles, places, strict=True):
        eighths = math.ceil(candle.volume / most * (8 * rows - 4))
        for row in range(rows):
            filled = min(max(eighths - 8 * row, 0), 8)
            if filled:
                yield Piece(column, row, _EIGHTHS[filled], look.volume)


def _price_labels(scale: _Scale, last: float, decimals: int) -> dict[int, str]:
    """Round prices by row, and the last price in its own."""
    labels = {
        scale.row(price): formatting.price(price, decimals)
        for price in _round_prices(scale.low, scale.high, max(scale.rows // _ROWS_A_LABEL, 2))
    }
    own = scale.row(last)
    for near in (own - 1, own + 1):
        labels.pop(near, None)
    labels[own] = f"{formatting.price(last, decimals)}{_MARK}"
    return labels


def _round_prices(low: float, high: float, most: int) -> list[float]:
    """At most so many prices in steps that a person counts in."""
    least = (high - low) / most
    magnitude = 10.0 ** math.floor(math.log10(least))
    step = next(step for step in (magnitude * each for each in (1, 2, 2.5, 5, 10)) if step >= least)
    first = math.ceil(low / step)
    return [number * step for number in range(first, math.floor(high / step) + 1)]


def _times(
    candles: Sequence[Candle], places: Sequence[int], frame: TimeFrame
) -> list[tuple[int, str]]:
    """Column and words where an hour, a day or a month begins."""
    unit, words = _UNITS[frame.duration]
    moments = [moment(candle.start) for candle in candles]
    found = [
        (column, f"{now:{words}}")
        for (before, now), column in zip(pairwise(moments), places[1:], strict=True)
        if unit(before) != unit(now)
    ]
    first = (places[0], f"{moments[0]:{words}}")
    # The first candle seldom is the first of its unit: it is named if that disturbs nothing.
    if not found or (frame.seconds == DAY and _are_apart([first, found[0]])):
        found.insert(0, first)
    steps = (found[::step] for step in range(1, len(found)))
    return next(filter(_are_apart, steps), found[:1])


def _are_apart(times: Sequence[tuple[int, str]]) -> bool:
    """Whether words below these columns do not touch."""
    return all(after - before > len(words) + 1 for (before, words), (after, _) in pairwise(times))


_UNITS: dict[str, tuple[Callable[[datetime], object], str]] = {
    "1 D": (lambda time: (time.date(), time.hour), "%H:%M"),
    "5 D": (lambda time: time.date(), "%a %d"),
    "1 M": (lambda time: time.isocalendar()[:2], "%d %b"),
    "1 Y": (lambda time: (time.year, time.month), "%b %y"),
}
"""What is marked below the candles of a duration, and how it is written."""


def _composed(
    pieces: Iterable[Piece],
    labels: dict[int, str],
    times: list[tuple[int, str]],
    size: tuple[int, int],
    look: Look,
) -> Text:
    """Everything in its place; a cell of the canvas is a unit on both axes."""
    from textual_plotext import Plot

    columns, rows = size
    plot: Any = Plot()
    plot.theme("clear")
    # Plotext would cut off what exceeds the terminal that it finds around this process.
    plot._limit_size(False, False)  # noqa: FBT003, SLF001  there is no other way to say so
    plot.plotsize(look.width, look.height)
    plot.xaxes(True, False)  # noqa: FBT003  plotext asks for it so, lower and upper
    plot.yaxes(False, True)  # noqa: FBT003  left and right
    plot.axes_color("default")
    plot.canvas_color("default")
    plot.ticks_color(look.axes)
    plot.xlim(0, max(columns - 1, 1))
    plot.ylim(0, max(rows - 1, 1), yside="right")
    groups: dict[tuple[str, Rgb], list[Piece]] = {}
    for piece in pieces:
        groups.setdefault((piece.glyph, piece.color), []).append(piece)
    for (glyph, color), group in groups.items():
        plot.scatter(
            [piece.column for piece in group],
            [piece.row for piece in group],
            marker=glyph,
            color=color,
            yside="right",
        )
    width = max(len(label) for label in labels.values())
    plot.yticks(list(labels), [f" {label:<{width}}" for label in labels.values()], yside="right")
    plot.xticks([column for column, _ in times], [words for _, words in times])
    return Text.from_ansi(plot.build().rstrip("\n"))
