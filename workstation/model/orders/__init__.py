"""Orders: one flat record, its kinds as constructors, and what the Bridge says about it."""

from workstation.model.orders.conditions import (
    Condition,
    ExecutionCondition,
    MarginCondition,
    PercentChangeCondition,
    PriceCondition,
    TimeCondition,
    VolumeCondition,
)
from workstation.model.orders.kinds import (
    LimitOrder,
    MarketOrder,
    Quantity,
    StopLimitOrder,
    StopOrder,
)
from workstation.model.orders.order import (
    Order,
    OrderAllocation,
    OrderState,
    SoftDollarTier,
)

__all__ = [
    "Condition",
    "ExecutionCondition",
    "LimitOrder",
    "MarginCondition",
    "MarketOrder",
    "Order",
    "OrderAllocation",
    "OrderState",
    "PercentChangeCondition",
    "PriceCondition",
    "Quantity",
    "SoftDollarTier",
    "StopLimitOrder",
    "StopOrder",
    "TimeCondition",
    "VolumeCondition",
]
