"""Contracts: what can be traded, and what a Bridge knows about it."""

from workstation.model.contracts.combos import Combo, Leg
from workstation.model.contracts.contract import ComboLeg, Contract, DeltaNeutralContract
from workstation.model.contracts.derivatives import (
    Call,
    ContinuousFuture,
    Future,
    FutureOption,
    Option,
    Put,
    Warrant,
)
from workstation.model.contracts.details import (
    ContractDescription,
    ContractDetails,
    IneligibilityReason,
    PriceIncrement,
)
from workstation.model.contracts.identity import instrument_key, same_instrument
from workstation.model.contracts.kinds import (
    CFD,
    Bond,
    Commodity,
    Crypto,
    Forex,
    Index,
    MutualFund,
    Stock,
)
from workstation.model.contracts.spreads import (
    Butterfly,
    CalendarSpread,
    Condor,
    CoveredWrite,
    IronCondor,
    RatioSpread,
    Straddle,
    Strangle,
    VerticalSpread,
)

__all__ = [
    "CFD",
    "Bond",
    "Butterfly",
    "CalendarSpread",
    "Call",
    "Combo",
    "ComboLeg",
    "Commodity",
    "Condor",
    "ContinuousFuture",
    "Contract",
    "ContractDescription",
    "ContractDetails",
    "CoveredWrite",
    "Crypto",
    "DeltaNeutralContract",
    "Forex",
    "Future",
    "FutureOption",
    "Index",
    "IneligibilityReason",
    "IronCondor",
    "Leg",
    "MutualFund",
    "Option",
    "PriceIncrement",
    "Put",
    "RatioSpread",
    "Stock",
    "Straddle",
    "Strangle",
    "VerticalSpread",
    "Warrant",
    "instrument_key",
    "same_instrument",
]
