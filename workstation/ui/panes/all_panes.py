"""All panes, made and ordered."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.ui.panes.chain import ChainPane
from workstation.ui.panes.chart import ChartPane
from workstation.ui.panes.message_log import LogSource, MessageLogPane
from workstation.ui.panes.orders import OrdersPane
from workstation.ui.panes.pane import Pane
from workstation.ui.panes.positions import PositionsPane
from workstation.ui.panes.ticket import TicketPane
from workstation.ui.panes.watchlist import WatchlistPane
from workstation.ui.watchlists import Watchlist
from workstation.ui.workplace import Workplace

__all__ = ["every_pane"]


def every_pane(workplace: Workplace, lists: Sequence[Watchlist], source: LogSource) -> list[Pane]:
    """All panes, in the order that Tab goes through them."""
    return [
        WatchlistPane(workplace, lists),
        TicketPane(workplace),
        ChainPane(workplace),
        OrdersPane(workplace),
        PositionsPane(workplace),
        ChartPane(workplace),
        MessageLogPane(workplace, source),
    ]
