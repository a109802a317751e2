"""Closed vocabularies of the trade, one module for each subject.

Words are StrEnum and codes IntEnum, so that a member equals the plain value that came from a
wire. Records hold plain values: a word nobody has heard of stays readable and breaks nothing.
"""

from typing import TYPE_CHECKING

from workstation.lazy import reexports

if TYPE_CHECKING:
    from workstation.model.enums.account import *  # noqa: F403
    from workstation.model.enums.algo import *  # noqa: F403
    from workstation.model.enums.contract import *  # noqa: F403
    from workstation.model.enums.market_data import *  # noqa: F403
    from workstation.model.enums.order import *  # noqa: F403
    from workstation.model.enums.order_attributes import *  # noqa: F403
    from workstation.model.enums.readable import *  # noqa: F403
    from workstation.model.enums.scanner import *  # noqa: F403
    from workstation.model.enums.tick_type import *  # noqa: F403

_NAMES = {
    "order": "Action OrderStatusName OrderType TimeInForce",
    "contract": (
        "FundAssetType FundDistributionPolicy LegPosition Right SecurityIdType SecurityType"
    ),
    "market_data": (
        "BarSize DepthOperation DepthSide DurationUnit GenericTick HaltedStatus "
        "HistoricalTickKind MarketDataType NewsBulletinType ShortableLevel TickByTickCode "
        "TickByTickKind WhatToShow"
    ),
    "tick_type": "TickType",
    "account": (
        "AccountSummaryTag AdvisorDataType AdvisorMethod ExecutionSide ExerciseAction "
        "Liquidity ServerLogLevel"
    ),
    "algo": "AdaptivePriority AlgoStrategy RiskAversion TwapStrategy",
    "order_attributes": (
        "AdjustableTrailingUnit AuctionStrategy ClearingIntent ConditionType Conjunction "
        "HedgeType OcaType OpenClose OrderOrigin ReferencePriceType Rule80A ShortSaleSlot "
        "TriggerMethod VolatilityType"
    ),
    "readable": "known name_of",
    "scanner": "ScanCode StockTypeFilter",
}

__getattr__, __dir__ = reexports(__name__, _NAMES)
