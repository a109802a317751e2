"""Orders: one flat record, its kinds as constructors, and what the Bridge says about it."""

from typing import TYPE_CHECKING

from workstation.lazy import reexports

if TYPE_CHECKING:
    from workstation.model.orders.algo import AlgoOrder as AlgoOrder
    from workstation.model.orders.algos import *  # noqa: F403
    from workstation.model.orders.auctions import *  # noqa: F403
    from workstation.model.orders.conditional import *  # noqa: F403
    from workstation.model.orders.conditions import *  # noqa: F403
    from workstation.model.orders.groups import *  # noqa: F403
    from workstation.model.orders.kinds import *  # noqa: F403
    from workstation.model.orders.order import *  # noqa: F403
    from workstation.model.orders.pegged import *  # noqa: F403
    from workstation.model.orders.scale import *  # noqa: F403
    from workstation.model.orders.trailing import *  # noqa: F403
    from workstation.model.orders.volatility import *  # noqa: F403
    from workstation.model.orders.volume_algos import *  # noqa: F403

_NAMES = {
    "order": "Order OrderAllocation OrderState SoftDollarTier",
    "kinds": (
        "CashOrder DiscretionaryOrder LimitIfTouchedOrder LimitOrder MarketIfTouchedOrder "
        "MarketOrder MarketToLimitOrder MarketWithProtectionOrder MidpriceOrder Quantity "
        "StopLimitOrder StopOrder StopWithProtectionOrder"
    ),
    "conditions": (
        "Condition ExecutionCondition MarginCondition PercentChangeCondition PriceCondition "
        "TimeCondition VolumeCondition"
    ),
    "algo": "AlgoOrder",
    "algos": (
        "AccumulateDistributeOrder AdaptiveOrder ArrivalPriceOrder BalanceImpactRiskOrder "
        "ClosePriceOrder DarkIceOrder MinimiseImpactOrder TwapOrder VwapOrder"
    ),
    "auctions": (
        "AuctionLimitOrder AuctionOrder AuctionRelativeOrder BlockOrder BoxTopOrder "
        "LimitOnCloseOrder LimitOnOpenOrder MarketOnCloseOrder MarketOnOpenOrder "
        "SweepToFillOrder"
    ),
    "conditional": (
        "ConditionalOrder all_of any_of change_above change_below margin_cushion_above "
        "margin_cushion_below price_above price_below time_after time_before trade_in "
        "volume_above volume_below"
    ),
    "groups": "Bracket BracketOrder HedgeOrder one_cancels_all",
    "pegged": (
        "PeggedToBenchmarkOrder PeggedToBestOrder PeggedToMarketOrder PeggedToMidpointOrder "
        "PeggedToStockOrder RelativeOrder"
    ),
    "scale": "ScaleOrder",
    "trailing": "AdjustedStopOrder TrailingLimitOrder TrailingStopOrder",
    "volatility": "DeltaNeutralOrder VolatilityOrder",
    "volume_algos": (
        "PercentOfVolumeByPriceOrder PercentOfVolumeBySizeOrder PercentOfVolumeByTimeOrder "
        "PercentOfVolumeOrder"
    ),
}

__getattr__, __dir__ = reexports(__name__, _NAMES)
