"""SimulatedOrder: one order at the simulated Bridge, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workstation.model import Contract, Order, OrderStatusName
from workstation.simulator.instruments import Listing

__all__ = ["SimulatedOrder"]

_OPEN = frozenset(
    {
        OrderStatusName.SUBMITTED,
        OrderStatusName.PRE_SUBMITTED,
        OrderStatusName.PENDING_CANCEL,
    }
)


@dataclass(slots=True, eq=False)
class SimulatedOrder:
    """One order.

    What it asks for stands in `order`; everything else is what has become of it.
    """

    client_id: int
    order_id: int
    permanent_id: int
    listing: Listing
    contract: Contract
    order: Order
    session: int
    """The trading session it came in, which a day order does not outlive."""
    accepted_ns: int = 0
    status: str = OrderStatusName.SUBMITTED
    why_held: str = ""
    """In TWS's words, why it does not work yet."""
    is_held_back: bool = False
    """Placed with transmit off: it waits to be transmitted."""
    filled: Decimal = Decimal(0)
    value: Decimal = Decimal(0)
    """Price times quantity of all fills."""
    commission: Decimal = Decimal(0)
    last_price: float = 0.0
    traded_ns: int = 0
    """When it filled last."""
    begins_ns: int = 0
    """Not before this it works (good after time); 0 is at once."""
    expires_ns: int = 0
    """It ends then (good till date, duration); 0 is not by the clock."""
    auction_ns: int = 0
    """When the auction is held that it waits for."""
    conditions_met: bool = False
    triggered: bool = False
    """Whether its stop, or what else it waits for, has been reached."""
    seen_beyond: int = 0
    """Views in a row beyond its stop, for the trigger methods that want two."""
    stop: float | None = None
    """The stop as it stands: of a trailing order it moves."""
    limit: float | None = None
    """A limit that it got on its way."""
    rests_at: float | None = None
    """Its price in the book, None when it is not there."""
    place: int = 0
    """Who came into the book earlier has the lower one."""
    ahead: int = 0
    """What the market shows before it at its price."""
    shown: int = 0
    """What is left of the part of an iceberg that can be seen."""
    ended_ns: int = 0
    """When it filled or was cancelled, and in which session."""
    ended_in: int = 0

    @property
    def buys(self) -> bool:
        """The side."""
        return self.order.action == "BUY"

    @property
    def total(self) -> Decimal:
        """The whole size."""
        return self.order.total_quantity or Decimal(0)

    @property
    def remaining(self) -> Decimal:
        """What is still to fill."""
        return self.total - self.filled

    @property
    def average_price(self) -> float:
        """Of what has filled."""
        return float(self.value / self.filled) if self.filled else 0.0

    @property
    def is_open(self) -> bool:
        """Whether it can still fill, or be sent on."""
        return self.status in _OPEN or self.is_held_back

    @property
    def wants_all_at_once(self) -> bool:
        """Whether no part of it may fill by itself."""
        return self.order.all_or_none or self.order.time_in_force == "FOK"
