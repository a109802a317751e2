"""Positions: what each account holds, at what cost, and what it has earned.

Owns joining the four sources that tell of one position: position data, portfolio values, profit and
loss of one position, and the end of a list of positions. A position that a complete list leaves out
is closed. Closed positions stay, with 0, for their realised profit.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from msgspec.structs import replace

from workstation.model import Contract, Record
from workstation.protocol import catalog
from workstation.state.changes import Changes, PositionKey

__all__ = ["Position", "Positions"]


class Position(Record):
    """One account's position in one instrument; money is in the contract's currency."""

    key: PositionKey
    contract: Contract = Contract()
    quantity: Decimal = Decimal(0)
    """Negative when short."""
    average_cost: float | None = None
    """Per unit of the contract, multiplier and commission included."""
    market_price: float | None = None
    market_value: float | None = None
    daily_pnl: float | None = None
    unrealized_pnl: float | None = None
    realized_pnl: float | None = None
    updated_ns: int = 0

    @property
    def is_open(self) -> bool:
        """Whether anything is held."""
        return self.quantity != 0


class Positions:
    """Every position that was told.

    Args:
        changes: where the keys of changed positions go.
        key_of: the instrument key of a contract.
    """

    def __init__(self, changes: Changes, key_of: Callable[[Contract], str]) -> None:
        self._dirty = changes.positions
        self._key_of = key_of
        self._positions: dict[PositionKey, Position] = {}
        self._by_contract_id: dict[tuple[str, int], PositionKey] = {}
        self._pnl_requests: dict[int, tuple[str, int]] = {}
        self._unnamed: set[PositionKey] | None = None

    def get(self, account: str, instrument: str) -> Position | None:
        """A position; None when none was ever told."""
        return self._positions.get(PositionKey(account, instrument))

    def all(self) -> tuple[Position, ...]:
        """Every position, closed ones among them, in the order first told."""
        return tuple(self._positions.values())

    def open(self) -> tuple[Position, ...]:
        """Positions in which something is held."""
        return tuple(position for position in self.all() if position.is_open)

    def quantity(self, instrument: str) -> Decimal:
        """What all accounts together hold of an instrument."""
        held = (p.quantity for p in self.all() if p.key.instrument == instrument)
        return sum(held, Decimal(0))

    # Folding

    def request_positions(self, _message: catalog.RequestPositions, _time_ns: int) -> None:
        """The Bridge will name all positions."""
        self._unnamed = {position.key for position in self.open()}

    def position_data(self, message: catalog.PositionData, time_ns: int) -> None:
        """One position's size and cost."""
        position = self._told(message.account, message.contract)
        quantity = message.position or Decimal(0)
        if quantity != position.quantity:
            # Value and profit were those of another size; they come anew.
            position = replace(position, market_value=None, unrealized_pnl=None)
        cost = message.average_cost
        self._keep(replace(position, quantity=quantity, average_cost=cost), time_ns)

    def portfolio_value(self, message: catalog.PortfolioValue, time_ns: int) -> None:
        """One position with its value."""
        position = self._told(message.account, message.contract)
        position = replace(
            position,
            quantity=message.position or Decimal(0),
            average_cost=message.average_cost,
            market_price=message.market_price,
            market_value=message.market_value,
            unrealized_pnl=message.unrealized_pnl,
            realized_pnl=message.realized_pnl,
        )
        self._keep(position, time_ns)

    def position_end(self, _message: catalog.PositionEnd, time_ns: int) -> None:
        """All positions have been named: those that were not are closed."""
        unnamed, self._unnamed = self._unnamed, None
        for key in sorted(unnamed or ()):
            position = self._positions[key]
            gone = replace(position, quantity=Decimal(0), market_value=None, unrealized_pnl=None)
            self._keep(gone, time_ns)

    def request_pnl_single(self, message: catalog.RequestPnlSingle, _time_ns: int) -> None:
        """From now on the request's figures are about its contract."""
        self._pnl_requests[message.request_id] = (message.account, message.contract_id)

    def cancel_pnl_single(self, message: catalog.CancelPnlSingle, _time_ns: int) -> None:
        """The request is over."""
        self._pnl_requests.pop(message.request_id, None)

    def pnl_single(self, message: catalog.PnlSingle, time_ns: int) -> None:
        """One position's profit and loss."""
        asked = self._pnl_requests.get(message.request_id)
        key = self._by_contract_id.get(asked) if asked is not None else None
        if key is None:
            return
        position = self._positions[key]
        position = replace(
            position,
            daily_pnl=message.daily_pnl,
            unrealized_pnl=_newer(message.unrealized_pnl, position.unrealized_pnl),
            realized_pnl=_newer(message.realized_pnl, position.realized_pnl),
            market_value=_newer(message.value, position.market_value),
        )
        self._keep(position, time_ns)

    def connection_lost(self) -> None:
        """The connection is gone, and with it requests and the list that was being told."""
        self._unnamed = None
        self._pnl_requests.clear()

    def _told(self, account: str, contract: Contract) -> Position:
        key = PositionKey(account, self._key_of(contract))
        if contract.contract_id:
            self._by_contract_id[account, contract.contract_id] = key
        if self._unnamed is not None:
            self._unnamed.discard(key)
        known = self._positions.get(key)
        return Position(key=key, contract=contract) if known is None else known

    def _keep(self, position: Position, time_ns: int) -> None:
        if self._positions.get(position.key) == position:
            return
        self._positions[position.key] = replace(position, updated_ns=time_ns)
        self._dirty.add(position.key)


def _newer(told: float | None, known: float | None) -> float | None:
    """Older server versions tell fewer of the figures: what is not told stays."""
    return known if told is None else told
