"""Session: the connection to the Bridge, whose accounts they are, and how its feeds do.

Owns the stage of the connection, the trading mode, the state of data farms and the Bridge's
notices. Leaves to the client how a connection comes and goes; it tells so by the events below,
which are folded like messages.
"""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from typing import NamedTuple

from workstation.model import Record
from workstation.protocol import catalog
from workstation.state.changes import SessionFacet

__all__ = [
    "BridgeConnected",
    "BridgeConnecting",
    "BridgeDisconnected",
    "ConnectionStage",
    "Farm",
    "FarmKind",
    "FarmState",
    "Notice",
    "Session",
    "TradingMode",
]


class BridgeConnecting(Record):
    """The client begins to connect."""


class BridgeConnected(Record):
    """The greeting succeeded; who is who comes next."""

    server_version: int


class BridgeDisconnected(Record):
    """The connection is gone, or never came to be."""

    reason: str = ""


class ConnectionStage(StrEnum):
    """How far the way to the market reaches."""

    DISCONNECTED = "disconnected"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    BRIDGE_LOST = "Bridge offline"
    """The Bridge is there, but has lost its own servers: quotes are stale, orders are held."""


class TradingMode(StrEnum):
    """Whose money it is, told by the names of the managed accounts and by nothing else."""

    UNKNOWN = "unknown"
    SIMULATED = "simulated"
    """Every account begins with DSIM."""
    PAPER = "paper"
    """Every account begins with D."""
    LIVE = "live"
    """Any account does not."""


class FarmKind(StrEnum):
    """What a data farm serves."""

    MARKET_DATA = "market data"
    HISTORY = "history"
    DEFINITIONS = "definitions"


class FarmState(StrEnum):
    """How a data farm does."""

    OK = "ok"
    CONNECTING = "connecting"
    INACTIVE = "inactive"
    """Not connected because nobody needs it; it wakes on demand."""
    BROKEN = "broken"


class Farm(NamedTuple):
    """One data farm."""

    kind: FarmKind
    name: str


class Notice(NamedTuple):
    """One remark of the Bridge (message 4)."""

    time_ns: int
    request_id: int
    """The request or order it is about; -1 when about none."""
    code: int
    text: str


_STAGES = {
    1100: ConnectionStage.BRIDGE_LOST,
    1101: ConnectionStage.CONNECTED,
    1102: ConnectionStage.CONNECTED,
    2110: ConnectionStage.BRIDGE_LOST,
}

_FARMS = {
    2103: (FarmKind.MARKET_DATA, FarmState.BROKEN),
    2104: (FarmKind.MARKET_DATA, FarmState.OK),
    2105: (FarmKind.HISTORY, FarmState.BROKEN),
    2106: (FarmKind.HISTORY, FarmState.OK),
    2107: (FarmKind.HISTORY, FarmState.INACTIVE),
    2108: (FarmKind.MARKET_DATA, FarmState.INACTIVE),
    2119: (FarmKind.MARKET_DATA, FarmState.CONNECTING),
    2157: (FarmKind.DEFINITIONS, FarmState.BROKEN),
    2158: (FarmKind.DEFINITIONS, FarmState.OK),
}

_SEVERITY = (FarmState.BROKEN, FarmState.CONNECTING, FarmState.OK, FarmState.INACTIVE)

_VALIDATION_FAILED = 321

_NOTICES_KEPT = 500


class Session:
    """The connection as it is now; changed in place by the thread that folds, read by any.

    Args:
        dirty: where the facets that changed go.
    """

    def __init__(self, dirty: set[SessionFacet]) -> None:
        self._dirty = dirty
        self.stage = ConnectionStage.DISCONNECTED
        self.loss_reason = ""
        """Why the connection is gone; empty while there is one."""
        self.server_version: int | None = None
        self.client_id: int | None = None
        self.accounts: tuple[str, ...] = ()
        """Managed accounts, of the last connection while there is none."""
        self.read_only_bridge = False
        """Whether the Bridge has said that its API takes no orders."""
        self._farms: dict[Farm, FarmState] = {}
        self._notices: deque[Notice] = deque(maxlen=_NOTICES_KEPT)

    @property
    def mode(self) -> TradingMode:
        """Whose money it is; unknown until the Bridge has named its accounts."""
        return trading_mode(self.accounts)

    @property
    def farms(self) -> dict[Farm, FarmState]:
        """State of every data farm that was told."""
        return self._farms.copy()

    @property
    def market_data_state(self) -> FarmState | None:
        """The worst state of any market data farm; None when none was told."""
        states = [state for farm, state in self.farms.items() if farm.kind == FarmKind.MARKET_DATA]
        return min(states, key=_SEVERITY.index, default=None)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The latest remarks of the Bridge, oldest first."""
        return tuple(self._notices.copy())

    # Folding

    def bridge_connecting(self, _event: BridgeConnecting, _time_ns: int) -> None:
        """The client begins to connect."""
        self._enter(ConnectionStage.CONNECTING)

    def bridge_connected(self, event: BridgeConnected, _time_ns: int) -> None:
        """The greeting succeeded: what is told from here on is told by this Bridge."""
        self.server_version = event.server_version
        self.accounts = ()
        self.read_only_bridge = False
        self.loss_reason = ""
        self._farms.clear()
        self._dirty.update((SessionFacet.ACCOUNTS, SessionFacet.FARMS))
        self._enter(ConnectionStage.CONNECTED)

    def bridge_disconnected(self, event: BridgeDisconnected, _time_ns: int) -> None:
        """The connection is gone."""
        self.loss_reason = event.reason
        self._enter(ConnectionStage.DISCONNECTED)

    def start_api(self, message: catalog.StartApi, _time_ns: int) -> None:
        """The client says who it is."""
        self.client_id = message.client_id
        self._dirty.add(SessionFacet.CONNECTION)

    def managed_accounts(self, message: catalog.ManagedAccounts, _time_ns: int) -> None:
        """The Bridge names its accounts."""
        if self.accounts != message.accounts:
            self.accounts = message.accounts
            self._dirty.add(SessionFacet.ACCOUNTS)

    def info_message(self, message: catalog.InfoMessage, time_ns: int) -> None:
        """The Bridge remarks something."""
        code, text = message.code, message.text
        self._notices.append(Notice(time_ns, message.request_id, code, text))
        self._dirty.add(SessionFacet.NOTICES)
        if code in _STAGES:
            self._enter(_STAGES[code])
        elif code in _FARMS:
            kind, state = _FARMS[code]
            self._farms[Farm(kind, _farm_name(text))] = state
            self._dirty.add(SessionFacet.FARMS)
        elif code == _VALIDATION_FAILED and "read-only" in text.lower():
            self.read_only_bridge = True
            self._dirty.add(SessionFacet.CONNECTION)

    def _enter(self, stage: ConnectionStage) -> None:
        self.stage = stage
        self._dirty.add(SessionFacet.CONNECTION)


def trading_mode(accounts: tuple[str, ...]) -> TradingMode:
    """Whose money the accounts hold; host and port are never evidence."""
    if not accounts:
        return TradingMode.UNKNOWN
    if all(account.startswith("DSIM") for account in accounts):
        return TradingMode.SIMULATED
    if all(account.startswith("D") for account in accounts):
        return TradingMode.PAPER
    return TradingMode.LIVE


def _farm_name(text: str) -> str:
    """The farm in `… connection is OK:usfarm.nj` and in `… available upon demand.ushmds`."""
    return text.rpartition(":" if ":" in text else ".")[2].strip()
