"""LiveBars: bars that are kept up to date for those who asked.

Owns the subscriptions and telling each the newest bar, at most once in a few seconds, when it
changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workstation.protocol.catalog import HistoricalDataUpdate
from workstation.simulator.client_session import ClientSession
from workstation.simulator.history import BarColumns, BarRequest, History
from workstation.simulator.wire_dates import date_text

__all__ = ["LiveBars"]

_STEP_NS = 5_000_000_000


@dataclass(slots=True, eq=False)
class _LiveBar:
    request: BarRequest
    format_date: int
    told: HistoricalDataUpdate | None = None


class LiveBars:
    """Bars under way.

    Args:
        history: where bars come from.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self._bars: dict[tuple[ClientSession, int], _LiveBar] = {}
        self._due_ns = 0

    def add(
        self, client: ClientSession, request_id: int, request: BarRequest, format_date: int
    ) -> None:
        """Keep a request's last bar up to date."""
        self._bars[client, request_id] = _LiveBar(request, format_date)

    def remove(self, client: ClientSession, request_id: int) -> None:
        """Keep it so no longer."""
        self._bars.pop((client, request_id), None)

    def forget(self, client: ClientSession) -> None:
        """A client is gone."""
        for key in [key for key in self._bars if key[0] is client]:
            del self._bars[key]

    def advance(self, now_ns: int) -> None:
        """Tell what changed."""
        if now_ns < self._due_ns:
            return
        self._due_ns = now_ns + _STEP_NS
        for (client, request_id), bar in self._bars.items():
            columns = self._history.current_bar(bar.request, now_ns)
            if columns.starts:
                update = _update(request_id, columns, bar.format_date)
                if update != bar.told:
                    bar.told = update
                    client.tell(update)


def _update(request_id: int, columns: BarColumns, format_date: int) -> HistoricalDataUpdate:
    return HistoricalDataUpdate(
        request_id=request_id,
        count=columns.trades[-1],
        date=date_text(columns.starts[-1], format_date, whole_day=columns.whole_days),
        open=columns.open[-1],
        close=columns.close[-1],
        high=columns.high[-1],
        low=columns.low[-1],
        average=Decimal(str(columns.average[-1])),
        volume=Decimal(columns.volume[-1]),
    )
