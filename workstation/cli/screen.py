"""The screen, wired: Bridge, desk, actors and panes put together.

Owns which parts a run has and in which order they begin and end. The first paint comes before the
Bridge: everything that takes time happens behind it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from workstation import locations
from workstation.clients import ClientOptions
from workstation.config import WATCHLISTS, Settings
from workstation.desk.actors import MovingAverageTrader, PairsTrader
from workstation.desk.embedded import EmbeddedBroker
from workstation.desk.multi_client_application import MultiClientApplication
from workstation.desk.routing import Exchange
from workstation.errors import ConfigurationError, WorkstationError
from workstation.risk.limits import OrderLimits
from workstation.simulator.process import BridgeProcess
from workstation.ui.app import WorkstationApp
from workstation.ui.panes.all_panes import every_pane
from workstation.ui.shell import Look
from workstation.ui.themes import DEFAULT_THEME, MONOCHROME_THEME, load_themes
from workstation.ui.trading import Trading
from workstation.ui.watchlists import Watchlist, load_watchlist, named_watchlist
from workstation.ui.workplace import Workplace

__all__ = ["look_of", "run_screen"]

SIMULATED_LINES = 600
"""Enough for the S&P 500 and a chain."""

START_SECONDS = 20.0

_ANY_HOST = "127.0.0.1"


def run_screen(settings: Settings) -> int:
    """Show the screen until the user leaves.

    Returns:
        The exit code.

    Raises:
        WorkstationError: something could not be started.
    """
    lists = _watchlists(settings.watchlist)
    look = look_of(settings)
    limits = OrderLimits(**settings.limits.changed())
    simulated = settings.connect is None
    options = ClientOptions(limits=limits)
    if simulated:
        options = replace(options, lines=SIMULATED_LINES, messages_per_second=None)
    child = _bridge_process(settings) if simulated else None
    host = _ANY_HOST if settings.connect is None else settings.connect.host
    port = 0 if settings.connect is None else settings.connect.port
    broker = EmbeddedBroker()
    desk = MultiClientApplication(host, port, settings.client_id, broker=broker, options=options)
    if simulated and settings.actors:
        desk.add_actor(MovingAverageTrader())
        desk.add_actor(PairsTrader())
    workplace = Workplace(
        desk.picture, desk.screen, settings.client_id, time.time_ns, actors=desk.screen
    )

    def boot() -> None:
        if child is not None:
            desk.port = child.wait_until_ready(START_SECONDS)
        desk.start(START_SECONDS)

    trading = Trading(workplace, limits)
    panes = every_pane(workplace, lists, broker.tap(Exchange.ACTOR))
    app = WorkstationApp(workplace, panes, trading, look, boot)
    try:
        problem = app.run()
    finally:
        desk.stop()
        broker.close()
        if child is not None:
            child.stop()
    if problem:
        raise WorkstationError(problem)
    return app.return_code or 0


def _bridge_process(settings: Settings) -> BridgeProcess:
    return BridgeProcess(lines=SIMULATED_LINES, pacing=False, seed=settings.seed)


def _watchlists(chosen: str) -> Sequence[Watchlist]:
    """The chosen list first, then the built-in ones."""
    lists = [named_watchlist(word) for word in WATCHLISTS if word != chosen]
    first = named_watchlist(chosen) if chosen in WATCHLISTS else load_watchlist(Path(chosen))
    return [first, *lists]


def look_of(settings: Settings) -> Look:
    """Theme and keys as the settings have them.

    Raises:
        ConfigurationError: there is no such theme, or a theme or key is broken.
    """
    own = locations.config_file().parent / "themes"
    themes = load_themes([locations.themes_directory(), own])
    plain = MONOCHROME_THEME if os.environ.get("NO_COLOR") else DEFAULT_THEME
    theme = settings.theme or plain
    if theme not in themes:
        legal = f"a theme is one of {', '.join(sorted(themes))}"
        raise ConfigurationError("theme", theme, legal)
    return Look(themes, theme, dict(settings.keys))
