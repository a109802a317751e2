"""What trading is made of: contracts, orders, executions, bars, indexes. No wire, no I/O."""

from typing import TYPE_CHECKING

from workstation.lazy import EVERYTHING, reexports

if TYPE_CHECKING:
    from workstation.model.bar import *  # noqa: F403
    from workstation.model.contracts import *  # noqa: F403
    from workstation.model.enums import *  # noqa: F403
    from workstation.model.execution import *  # noqa: F403
    from workstation.model.legal import Quantity as Quantity
    from workstation.model.orders import *  # noqa: F403
    from workstation.model.quote_snapshot import *  # noqa: F403
    from workstation.model.record import *  # noqa: F403
    from workstation.model.reference import *  # noqa: F403
    from workstation.model.scanner import *  # noqa: F403
    from workstation.model.tag_value import *  # noqa: F403
    from workstation.model.tick import *  # noqa: F403

_NAMES = {
    "contracts": EVERYTHING,
    "orders": EVERYTHING,
    "enums": EVERYTHING,
    "bar": "Bars",
    "tag_value": "TagValue",
    "quote_snapshot": "QuoteSnapshot",
    "record": "Record changed",
    "execution": "CommissionReport Execution ExecutionFilter",
    "reference": "DepthExchange FamilyCode HistoricalSession NewsProvider SmartComponent",
    "scanner": "ScannerRow ScannerSubscription",
    "tick": "BidAskTicks Histogram LastTicks MidpointTicks",
    "legal": "Quantity",
}

__getattr__, __dir__ = reexports(__name__, _NAMES)
