"""Contracts: what can be traded, and what a Bridge knows about it."""

from typing import TYPE_CHECKING

from workstation.lazy import reexports

if TYPE_CHECKING:
    from workstation.model.contracts.combos import *  # noqa: F403
    from workstation.model.contracts.contract import *  # noqa: F403
    from workstation.model.contracts.derivatives import *  # noqa: F403
    from workstation.model.contracts.details import *  # noqa: F403
    from workstation.model.contracts.identity import *  # noqa: F403
    from workstation.model.contracts.kinds import *  # noqa: F403
    from workstation.model.contracts.spreads import *  # noqa: F403

_NAMES = {
    "contract": "ComboLeg Contract DeltaNeutralContract",
    "details": "ContractDescription ContractDetails IneligibilityReason PriceIncrement",
    "identity": "instrument_key same_instrument",
    "kinds": "Bond CFD Commodity Crypto Forex Index MutualFund Stock",
    "derivatives": "Call ContinuousFuture Future FutureOption Option Put Warrant",
    "combos": "Combo Leg",
    "spreads": (
        "Butterfly CalendarSpread Condor CoveredWrite IronCondor RatioSpread Straddle "
        "Strangle VerticalSpread"
    ),
}

__getattr__, __dir__ = reexports(__name__, _NAMES)
