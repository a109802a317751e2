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
from workstation.model.tag_value import TagValue

__all__ = [
    "Action",
    "Bars",
    "ComboLeg",
    "CommissionReport",
    "Contract",
    "ContractDescription",
    "ContractDetails",
    "DeltaNeutralContract",
    "Execution",
    "ExecutionFilter",
    "IneligibilityReason",
    "LimitOrder",
    "MarketDataType",
    "MarketOrder",
    "Option",
    "Order",
    "OrderAllocation",
    "OrderState",
    "OrderStatusName",
    "OrderType",
    "PriceIncrement",
    "Record",
    "Right",
    "SecurityType",
    "SoftDollarTier",
    "Stock",
    "StopLimitOrder",
    "StopOrder",
    "TagValue",
    "TickType",
    "TimeInForce",
    "instrument_key",
]
