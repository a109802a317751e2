"""Chart pane: candles of the selected instrument.

Owns which stretch of time is shown, asking for its bars once the selection rests, and drawing off
the loop. Bars are kept for a minute, so that walking through a list asks for little; the newest
candle follows the quote.
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple

import msgspec
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.color import Color
from textual.timer import Timer
from textual.widgets import Static

from workstation.errors import WorkstationError
from workstation.model import Bars, Contract
from workstation.protocol.catalog import HistoricalData, RequestHistoricalData
from workstation.state.changes import ChangeSet
from workstation.ui import formatting
from workstation.ui.panes.chart_drawing import Look, draw
from workstation.ui.panes.pane import Pane
from workstation.ui.workplace import Workplace

__all__ = ["ChartPane", "TimeFrame"]


class TimeFrame(NamedTuple):
    """A stretch of time and the bars it is cut into."""

    title: str
    duration: str
    bar_size: str


TIME_FRAMES = (
    TimeFrame("1 day · 5 min", "1 D", "5 mins"),
    TimeFrame("1 week · 30 min", "1 W", "30 mins"),
    TimeFrame("6 months · 1 day", "6 M", "1 day"),
    TimeFrame("1 year · 1 week", "1 Y", "1 week"),
)

_REST_SECONDS = 0.3
_KEPT_NS = 60_000_000_000
_REDRAW_SECONDS = 2.0
_ANSWER_SECONDS = 20.0


class ChartPane(Pane):
    """The chart."""

    NAME = "chart"
    TITLE = "Chart"

    DEFAULT_CSS = """
    ChartPane Static { width: 1fr; height: 1fr; }
    """

    can_focus = True

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._contract: Contract | None = None
        self._frame = 0
        self._bars: dict[tuple[str, int], tuple[int, Bars]] = {}
        self._waiting: Timer | None = None
        self._stale_drawing = False
        self._picture_of = Static(id="chart-drawing")

    def compose(self) -> ComposeResult:
        """The drawing."""
        yield self._picture_of

    def on_mount(self) -> None:
        """Follow the quote, slowly."""
        self.set_interval(_REDRAW_SECONDS, self._redraw_if_stale)
        self._say("Select an instrument")

    def focus_content(self) -> None:
        """The pane itself."""
        self.take_focus(self)

    def show_instrument(self, contract: Contract) -> None:
        """Show another instrument, once the selection rests."""
        self._contract = contract
        self._say_title()
        self._load_soon()

    def next_time_frame(self) -> None:
        """Show another stretch of time."""
        self._frame = (self._frame + 1) % len(TIME_FRAMES)
        self._say_title()
        self._load_soon()

    def changed(self, changes: ChangeSet) -> None:
        """The newest candle may have moved; a Bridge may be there now."""
        if changes.session and self._contract is not None:
            self._load_soon()
        if self._contract is not None and self._key in changes.quotes:
            self._stale_drawing = True

    def on_resize(self) -> None:
        """Draw in the new size."""
        self._draw_what_is_known()

    def on_show(self) -> None:
        """It was hidden, and nothing was asked for meanwhile."""
        self._load_soon()

    @property
    def _key(self) -> str:
        return "" if self._contract is None else self.picture.contracts.key(self._contract)

    def _load_soon(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(_REST_SECONDS, self._load)

    def _load(self) -> None:
        if self._contract is None or not self.display:
            return
        known = self._bars.get((self._key, self._frame))
        if known is not None and self.workplace.clock_ns() - known[0] < _KEPT_NS:
            self._draw_what_is_known()
            return
        if known is None:
            self._say("Loading bars …")
        self._ask(self._contract, self._key, self._frame)

    @work(exclusive=True, group="chart-bars")
    async def _ask(self, contract: Contract, key: str, frame: int) -> None:
        wanted = TIME_FRAMES[frame]
        try:
            call = self.workplace.trader.ask(
                RequestHistoricalData,
                contract=contract,
                bar_size=wanted.bar_size,
                duration=wanted.duration,
                what_to_show="TRADES",
                use_regular_hours=False,
                format_date=2,
            )
            messages = await asyncio.wait_for(asyncio.wrap_future(call.future), _ANSWER_SECONDS)
        except WorkstationError as error:
            self._say(f"No bars: {formatting.safe_text(str(error))}")
            return
        except TimeoutError:
            self._say("No bars came in time")
            return
        for message in messages:
            if isinstance(message, HistoricalData):
                self._bars[key, frame] = (self.workplace.clock_ns(), message.bars)
        self._draw_what_is_known()

    def _redraw_if_stale(self) -> None:
        if self._stale_drawing and self.display:
            self._stale_drawing = False
            self._draw_what_is_known()

    def _draw_what_is_known(self) -> None:
        known = self._bars.get((self._key, self._frame))
        if known is None or not self.display:
            return
        if not len(known[1]):
            self._say("There are no bars of this time")
            return
        self._say_title()
        size = self._picture_of.size
        if size.width >= 20 and size.height >= 4:
            self._draw(self._with_quote(known[1]), self._look(size.width, size.height))

    @work(exclusive=True, group="chart-drawing")
    async def _draw(self, bars: Bars, look: Look) -> None:
        drawing = await asyncio.to_thread(draw, bars, look)
        self._picture_of.update(drawing)

    def _with_quote(self, bars: Bars) -> Bars:
        """The bars with the last price in the newest one."""
        quote = self.picture.quotes.get(self._key)
        last = None if quote is None else quote.last
        if last is None:
            return bars
        return msgspec.structs.replace(
            bars,
            close=(*bars.close[:-1], last),
            high=(*bars.high[:-1], max(bars.high[-1], last)),
            low=(*bars.low[:-1], min(bars.low[-1], last)),
        )

    def _look(self, width: int, height: int) -> Look:
        variables = self.app.theme_variables
        return Look(
            width,
            height,
            up=Color.parse(variables["trade-up"]).rgb,
            down=Color.parse(variables["trade-down"]).rgb,
            axes=Color.parse(variables["trade-column-title"]).rgb,
        )

    def _say_title(self) -> None:
        symbol = formatting.safe_text(str(self._contract)) if self._contract else ""
        quote = self.picture.quotes.get(self._key)
        last = (
            ""
            if quote is None
            else formatting.price(quote.last, formatting.decimals_of(quote.min_tick))
        )
        parts = [self.TITLE, symbol, TIME_FRAMES[self._frame].title, last]
        self.border_title = " · ".join(part for part in parts if part)
        self.border_subtitle = "G time frame"

    def _say(self, text: str) -> None:
        self._picture_of.update(Text(text, style="dim"))
