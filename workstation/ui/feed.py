"""Feed: tells the panes what changed, at most 30 times a second.

Owns the drain between the picture, which the client's thread changes, and the panes, which the
screen's loop paints. A thousand ticks between two drains reach a pane as one set of keys. The
header is told twice a second.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from workstation.state.picture import Picture
from workstation.state.session import ConnectionStage, FarmState, Session
from workstation.ui import formatting
from workstation.ui.board import Board
from workstation.ui.shell import Shell
from workstation.ui.sweep import Progress, Sweep
from workstation.ui.trading import Trading
from workstation.ui.widgets.header import Header, HeaderFacts

__all__ = ["Feed", "header_facts"]

DRAINS_PER_SECOND = 30
HEADER_SECONDS = 0.5

_NEW_YORK = ZoneInfo("America/New_York")

_CONNECTION_STYLES = {
    ConnectionStage.CONNECTED: "up",
    ConnectionStage.CONNECTING: "warning",
    ConnectionStage.BRIDGE_LOST: "error",
    ConnectionStage.DISCONNECTED: "error",
}


class Feed:
    """The drain.

    Args:
        app: whose loop it runs on.
        board: the panes.
        trading: what waits for changes too.
        header: the line at the top.
    """

    def __init__(self, app: Shell, board: Board, trading: Trading, header: Header) -> None:
        self._app = app
        self._board = board
        self._trading = trading
        self._header = header
        self._told: Sweep | None = None
        self._listed = False

    def start(self) -> None:
        """Begin draining."""
        self._app.set_interval(1 / DRAINS_PER_SECOND, self.drain)
        self._app.set_interval(HEADER_SECONDS, self.show_header)
        self.show_header()

    def drain(self) -> None:
        """Tell every pane what changed."""
        if not self._app.is_running:
            # The app ends, and takes its widgets away one by one while timers still tick.
            return
        changes = self._app.workplace.picture.changes.take()
        if changes:
            for pane in self._board.panes.values():
                pane.changed(changes)
            self._app.facts.follow(changes)
        self._trading.advance()
        self._tell_listing()
        self._tell_sweep()

    def show_header(self) -> None:
        """Bring the header up to date."""
        workplace = self._app.workplace
        self._header.facts = header_facts(workplace.picture, workplace.clock_ns())

    def _tell_listing(self) -> None:
        """Say once what was found at the Bridge."""
        listed = self._trading.is_listed
        if listed and not self._listed:
            self._app.say(self._trading.listing.words)
        self._listed = listed

    def _tell_sweep(self) -> None:
        """Say what became of each order and position, once all is done."""
        sweep = self._trading.sweep
        if sweep is None or sweep is self._told or not sweep.is_done:
            return
        self._told = sweep
        failed = any(line.progress is Progress.FAILED for line in sweep.lines)
        told = "\n".join(f"{line.subject}: {line.outcome}" for line in sweep.lines)
        self._app.say(told or "Nothing had to be done", "error" if failed else "information")


def header_facts(picture: Picture, now_ns: int) -> HeaderFacts:
    """What the header says about a picture."""
    session = picture.session
    profit = _profit(picture)
    now = datetime.fromtimestamp(now_ns / 1e9, UTC).astimezone(_NEW_YORK)
    stage = session.stage
    is_live = stage is ConnectionStage.CONNECTED
    feed, is_broken = _feed(session)
    version = session.server_version
    suffix = f" v{version}" if is_live and version else ""
    return HeaderFacts(
        mode=session.mode,
        read_only=session.read_only_bridge or session.mode == "live",
        account=formatting.safe_text(", ".join(session.accounts), 40),
        connection=f"{stage}{suffix}",
        connection_style=_CONNECTION_STYLES[stage],
        feed=feed,
        feed_style="error" if is_broken else "",
        profit="" if profit is None else f"P&L {formatting.change(profit)}",
        profit_style=_profit_style(profit) if is_live else "stale",
        clock=f"{now:%H:%M:%S} ET",
    )


def _feed(session: Session) -> tuple[str, bool]:
    """How the market is heard, and whether that is bad; what farms said last is no news later."""
    farms = session.market_data_state
    if farms is None:
        return "", False
    if session.stage is not ConnectionStage.CONNECTED:
        return "feed lost", True
    return f"feed {farms}", farms is FarmState.BROKEN


def _profit_style(profit: float | None) -> str:
    if not profit:
        return ""
    return "up" if profit > 0 else "down"


def _profit(picture: Picture) -> float | None:
    for name in picture.session.accounts:
        account = picture.accounts.get(name)
        pnl = None if account is None else account.pnl
        if pnl is not None and pnl.daily is not None:
            return float(pnl.daily)
    return None
