"""Chart pane: candles of the selected instrument.

Owns which stretch of time is shown, when its bars are asked for, and drawing off the loop. Bars are
asked for once the selection rests and kept, so that walking through a list asks for little; the
newest candle follows the quote. Leaves candles to `chart_bars` and the picture to `chart_drawing`.
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.color import Color
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from workstation.errors import NotConnected, WorkstationError
from workstation.model import Bars, Contract, SecurityType
from workstation.protocol.catalog import HistoricalData, RequestHistoricalData
from workstation.state.changes import ChangeSet, SessionFacet
from workstation.state.quote import NANOSECONDS, Quote
from workstation.ui import formatting
from workstation.ui.panes.chart_bars import TIME_FRAMES, Allowance, Series, candle_words
from workstation.ui.panes.chart_drawing import Look, draw, room_for
from workstation.ui.panes.pane import Pane
from workstation.ui.workplace import Workplace

__all__ = ["ChartPane"]

_REST_SECONDS = 0.3
_REDRAW_SECONDS = 1.0
_ANSWER_SECONDS = 30.0
_FRESH_NS = 60 * NANOSECONDS
"""Bars told less long ago are not asked for again."""
_SERIES_KEPT = 60
_SMALLEST = (24, 5)

_FAILED_NS = 20 * NANOSECONDS
"""What failed is asked for again after so long, when somebody looks at it."""
_NO_TRADES = frozenset({SecurityType.FOREX, SecurityType.CFD, SecurityType.COMMODITY})
"""Kinds of instrument that no exchange reports trades of."""

_MAY_HELP = frozenset({SessionFacet.CONNECTION, SessionFacet.FARMS})
"""After a change of these, what failed may succeed."""


class _Wanted(NamedTuple):
    """What is asked for: an instrument's key and the number of a time frame."""

    key: str
    frame: int


class _Failure(NamedTuple):
    """Why there are no bars, and since when that is known."""

    time_ns: int
    words: str


class ChartPane(Pane, can_focus=True):
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
        self._series: dict[_Wanted, Series] = {}
        self._under_way: set[_Wanted] = set()
        self._failed: dict[_Wanted, _Failure] = {}
        self._allowance = Allowance()
        self._resting: Timer | None = None
        self._has_moved = False
        self._canvas = Static(id="chart-drawing")

    def compose(self) -> ComposeResult:
        """The drawing."""
        yield self._canvas

    def on_mount(self) -> None:
        """Follow the quote, and the theme."""
        self._say("Select an instrument")
        self.set_interval(_REDRAW_SECONDS, self._redraw_if_moved)
        self.app.theme_changed_signal.subscribe(self, lambda _: self._redraw())

    def focus_content(self) -> None:
        """The pane itself."""
        self.take_focus(self)

    def show_instrument(self, contract: Contract) -> None:
        """Show another instrument, once the selection rests."""
        self._contract = contract
        self._show_soon()

    def next_time_frame(self) -> None:
        """Show another stretch of time."""
        self._frame = (self._frame + 1) % len(TIME_FRAMES)
        self._show_soon()

    def changed(self, changes: ChangeSet) -> None:
        """The newest candle may have moved; what failed may succeed now."""
        wanted = self._wanted
        if wanted is None:
            return
        if changes.session & _MAY_HELP and self._failed:
            self._failed.clear()
            self._show_soon()
        if wanted.key in changes.quotes:
            self._has_moved |= self._follow(wanted)

    def on_resize(self) -> None:
        """Draw in the new size."""
        self._redraw()

    def seen_changed(self) -> None:
        """It was hidden, and nothing was asked for or drawn meanwhile."""
        if self.is_seen:
            self._show_soon()

    @property
    def _wanted(self) -> _Wanted | None:
        if self._contract is None:
            return None
        return _Wanted(self.picture.contracts.key(self._contract), self._frame)

    # Asking for bars

    def _show_soon(self) -> None:
        """Draw what is known at once, and ask for the rest when the selection rests."""
        wanted = self._wanted
        if wanted is None:
            return
        self._has_moved = False
        self._say_title()
        if wanted in self._series:
            self._redraw()
        else:
            failure = self._failed.get(wanted)
            self._say("Loading bars …" if failure is None else failure.words)
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_REST_SECONDS, self._load)

    def _load(self) -> None:
        """Ask for the bars that are shown, unless they are known, under way or refused."""
        wanted, contract = self._wanted, self._contract
        if wanted is None or contract is None or not self.is_seen:
            return
        now = self.workplace.clock_ns()
        known, failure = self._series.get(wanted), self._failed.get(wanted)
        is_fresh = known is not None and now - known.told_ns < _FRESH_NS
        has_failed = failure is not None and now - failure.time_ns < _FAILED_NS
        if is_fresh or has_failed or wanted in self._under_way:
            return
        wait = self._allowance.take(now)
        if wait:
            self._say_unless_drawn(f"Too many requests for bars; trying again in {wait:.0f} s")
            self._resting = self.set_timer(wait, self._load)
            return
        self._under_way.add(wanted)
        self._ask(contract, wanted)

    @work(group="chart-bars")
    async def _ask(self, contract: Contract, wanted: _Wanted) -> None:
        try:
            bars = await self._bars(contract, wanted.frame)
        except NotConnected:
            self._fail(wanted, "No bars: not connected")
        except WorkstationError as error:
            self._fail(wanted, f"No bars: {error}")
        except TimeoutError:
            self._fail(wanted, "No bars: no answer came in time")
        else:
            self._keep(wanted, bars)
        finally:
            self._under_way.discard(wanted)

    async def _bars(self, contract: Contract, frame: int) -> Bars:
        call = self.workplace.trader.ask(
            RequestHistoricalData,
            contract=contract,
            bar_size=TIME_FRAMES[frame].bar_size,
            duration=TIME_FRAMES[frame].duration,
            what_to_show="MIDPOINT" if contract.security_type in _NO_TRADES else "TRADES",
            use_regular_hours=False,
            format_date=2,
        )
        answer = await asyncio.wait_for(asyncio.wrap_future(call.future), _ANSWER_SECONDS)
        return next((each.bars for each in answer if isinstance(each, HistoricalData)), Bars())

    def _keep(self, wanted: _Wanted, bars: Bars) -> None:
        series = Series(bars, TIME_FRAMES[wanted.frame], self.workplace.clock_ns())
        self._failed.pop(wanted, None)
        self._series.pop(wanted, None)
        self._series[wanted] = series
        while len(self._series) > _SERIES_KEPT:
            del self._series[next(iter(self._series))]
        if wanted == self._wanted:
            self._follow(wanted)
            self._redraw()

    def _fail(self, wanted: _Wanted, words: str) -> None:
        self._failed[wanted] = _Failure(self.workplace.clock_ns(), words)
        if wanted == self._wanted:
            self._say_unless_drawn(words)

    # Drawing

    def _follow(self, wanted: _Wanted) -> bool:
        """Let the newest candle follow the last trade; whether it moved."""
        series, quote = self._series.get(wanted), self.picture.quotes.get(wanted.key)
        if series is None or quote is None or quote.last is None or not quote.time_ns:
            return False
        return series.follow(quote.last, quote.last_trade_time or quote.time_ns // NANOSECONDS)

    def _redraw_if_moved(self) -> None:
        wanted = self._wanted
        if wanted is None or not self._has_moved or not self.is_seen:
            return
        self._redraw()
        series = self._series.get(wanted)
        if series is not None and series.has_begun_more:
            # What was traded in the candles that began since is only partly known.
            self._load()

    def _redraw(self) -> None:
        wanted = self._wanted
        series = None if wanted is None else self._series.get(wanted)
        width, height = self._canvas.size
        if series is None or not self.is_seen or not width:
            return
        self._has_moved = False
        if not series.candles:
            self._say("There are no bars of this time")
        elif width < _SMALLEST[0] or height < _SMALLEST[1]:
            self._say("There is no room for a chart")
        else:
            self._draw(series, self._look(width, height))

    @work(exclusive=True, group="chart-drawing")
    async def _draw(self, series: Series, look: Look) -> None:
        room = room_for(look.width, series.candles, look.decimals)
        candles, factor = series.merged(room)
        drawing = await asyncio.to_thread(draw, candles, series.frame, look)
        wanted = self._wanted
        if wanted is not None and self._series.get(wanted) is series:
            self._say_title(candle_words(series.frame, factor))
            self._canvas.update(drawing)

    def _look(self, width: int, height: int) -> Look:
        variables = self.app.theme_variables
        colors = ("trade-up", "trade-down", "trade-column-title", "trade-cursor")
        rgb = [Color.parse(variables[name]).rgb for name in colors]
        return Look(width, height, self._decimals(), *rgb)

    # Words

    def _decimals(self) -> int:
        quote = self._quote()
        return formatting.decimals_of(None if quote is None else quote.min_tick)

    def _quote(self) -> Quote | None:
        wanted = self._wanted
        return None if wanted is None else self.picture.quotes.get(wanted.key)

    def _say_title(self, candles: str = "") -> None:
        symbol = formatting.safe_text(str(self._contract), 40)
        frame = TIME_FRAMES[self._frame]
        quote = self._quote()
        last = "" if quote is None else formatting.price(quote.last, self._decimals())
        parts = (self.TITLE, symbol, frame.title, candles, last)
        self.border_title = Content(" · ".join(filter(None, parts)))
        self.border_subtitle = "G time frame"

    def _say_unless_drawn(self, text: str) -> None:
        if self._wanted not in self._series:
            self._say(text)

    def _say(self, text: str) -> None:
        self._canvas.update(Text(formatting.safe_text(text), style="dim"))
