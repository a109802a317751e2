"""What trading is made of: contracts, orders, executions, bars, indexes. No wire, no I/O."""

from workstation.model.bar import Bars
from workstation.model.contracts import (
    ComboLeg,
    Contract,
    ContractDescription,
    ContractDetails,
    DeltaNeutralContract,
    IneligibilityReason,
    Option,
    PriceIncrement,
    Stock,
    instrument_key,
)
from workstation.model.enums import (
    Action,
    MarketDataType,
    OrderStatusName,
    OrderType,
    Right,
    SecurityType,
    TickType,
    TimeInForce,
)
from workstation.model.execution import CommissionReport, Execution, ExecutionFilter
from workstation.model.orders import (
    LimitOrder,
    MarketOrder,
    Order,
    OrderAllocation,
    OrderState,
    SoftDollarTier,
    StopLimitOrder,
    StopOrder,
)
from workstation.model.record import Record
from workstation.model.reference import (
    DepthExchange,
    FamilyCode,
    HistoricalSession,
    NewsProvider,
    SmartComponent,
)
from workstation.model.scanner import ScannerRow, ScannerSubscription
from workstation.model.tag_value import TagValue
from workstation.model.tick import BidAskTicks, Histogram, LastTicks, MidpointTicks

__all__ = [
    "Action",
    "Bars",
    "BidAskTicks",
    "ComboLeg",
    "CommissionReport",
    "Contract",
    "ContractDescription",
    "ContractDetails",
    "DeltaNeutralContract",
    "DepthExchange",
    "Execution",
    "ExecutionFilter",
    "FamilyCode",
    "Histogram",
    "HistoricalSession",
    "IneligibilityReason",
    "LastTicks",
    "LimitOrder",
    "MarketDataType",
    "MarketOrder",
    "MidpointTicks",
    "NewsProvider",
    "Option",
    "Order",
    "OrderAllocation",
    "OrderState",
    "OrderStatusName",
    "OrderType",
    "PriceIncrement",
    "Record",
    "Right",
    "ScannerRow",
    "ScannerSubscription",
    "SecurityType",
    "SmartComponent",
    "SoftDollarTier",
    "Stock",
    "StopLimitOrder",
    "StopOrder",
    "TagValue",
    "TickType",
    "TimeInForce",
    "instrument_key",
]
