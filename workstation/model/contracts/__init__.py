"""Contracts: what can be traded, and what a Bridge knows about it."""

from workstation.model.contracts.contract import (
    ComboLeg,
    Contract,
    DeltaNeutralContract,
)
from workstation.model.contracts.details import (
    ContractDescription,
    ContractDetails,
    IneligibilityReason,
    PriceIncrement,
)
from workstation.model.contracts.identity import instrument_key
from workstation.model.contracts.kinds import Option, Stock

__all__ = [
    "ComboLeg",
    "Contract",
    "ContractDescription",
    "ContractDetails",
    "DeltaNeutralContract",
    "IneligibilityReason",
    "Option",
    "PriceIncrement",
    "Stock",
    "instrument_key",
]
