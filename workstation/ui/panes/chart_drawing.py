"""Chart drawing: candles as text, made away from the screen's loop.

Owns turning bars into a picture of given size with plotext. Every drawing has a figure of its own,
so it may run on any thread.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rich.text import Text

from workstation.model import Bars

__all__ = ["Look", "draw"]

_NEW_YORK = ZoneInfo("America/New_York")
_SECONDS_DIGITS = 9
"""A date with so many digits is seconds since 1970, a shorter one a day."""
_LABEL_WIDTH = 9
_CANDLE_WIDTH = 1


class Look(NamedTuple):
    """Size and colours of a drawing; colours as red, green and blue."""

    width: int
    height: int
    up: tuple[int, int, int]
    down: tuple[int, int, int]
    axes: tuple[int, int, int]


def draw(bars: Bars, look: Look) -> Text:
    """Candles, the newest to the right; as many as fit."""
    from textual_plotext import Plot

    room = max((look.width - 10) // _CANDLE_WIDTH, 4)
    count = min(len(bars), room)
    first = len(bars) - count
    plot = Plot()
    plot.theme("clear")
    plot.plotsize(look.width, look.height)
    places = [float(place) for place in range(count)]
    columns = {
        "Open": list(bars.open[first:]),
        "High": list(bars.high[first:]),
        "Low": list(bars.low[first:]),
        "Close": list(bars.close[first:]),
    }
    # Numbers do as well as the dates that it asks for.
    plot.candlestick(places, columns, colors=[look.up, look.down])  # type: ignore[arg-type]
    step = max(count * (_LABEL_WIDTH + 3) // max(look.width, 1), 1)
    ticks = places[:: max(step, 1)]
    labels = _labels([bars.date[first + int(place)] for place in ticks])
    plot.xticks(ticks, labels)
    plot.axes_color("default")
    plot.ticks_color(look.axes)
    plot.canvas_color("default")
    plot.frame(False)  # noqa: FBT003  plotext asks for it so
    plot.xaxes(True, False)  # noqa: FBT003
    return Text.from_ansi(plot.build())


def _labels(dates: list[str]) -> list[str]:
    """Times for bars within a day, dates for longer ones."""
    moments = [_moment(date) for date in dates]
    if all(len(date) < _SECONDS_DIGITS for date in dates):
        return [f"{moment:%d %b %y}" for moment in moments]
    days = {moment.date() for moment in moments}
    if len(days) == 1:
        return [f"{moment:%H:%M}" for moment in moments]
    return [f"{moment:%d %b %Hh}" for moment in moments]


def _moment(date: str) -> datetime:
    if len(date) < _SECONDS_DIGITS:
        return datetime.strptime(date, "%Y%m%d").replace(tzinfo=_NEW_YORK)
    return datetime.fromtimestamp(int(date), UTC).astimezone(_NEW_YORK)
