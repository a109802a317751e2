"""Vocabularies of contracts."""

from __future__ import annotations

from enum import IntEnum, StrEnum

__all__ = [
    "FundAssetType",
    "FundDistributionPolicy",
    "LegPosition",
    "Right",
    "SecurityIdType",
    "SecurityType",
]


class SecurityType(StrEnum):
    """Kinds of instrument, as the wire names them."""

    STOCK = "STK"
    OPTION = "OPT"
    FUTURE = "FUT"
    CONTINUOUS_FUTURE = "CONTFUT"
    """The front month of a future, whichever that is; for data only, never for orders."""
    FUTURE_OPTION = "FOP"
    INDEX = "IND"
    FOREX = "CASH"
    BOND = "BOND"
    CFD = "CFD"
    CRYPTO = "CRYPTO"
    MUTUAL_FUND = "FUND"
    COMMODITY = "CMDTY"
    WARRANT = "WAR"
    STRUCTURED_PRODUCT = "IOPT"
    COMBO = "BAG"
    NEWS = "NEWS"
    """A news feed, which is subscribed to as if it were an instrument."""
    EVENT = "EVENT"


class Right(StrEnum):
    """Side of an option."""

    CALL = "C"
    PUT = "P"


class SecurityIdType(StrEnum):
    """Who numbers instruments; the number stands in `Contract.security_id`."""

    CUSIP = "CUSIP"
    SEDOL = "SEDOL"
    ISIN = "ISIN"
    RIC = "RIC"
    FIGI = "FIGI"


class LegPosition(IntEnum):
    """Whether a leg of a combination opens or closes (`ComboLeg.open_close`)."""

    SAME_AS_COMBO = 0
    """The only one for accounts of private customers."""
    OPEN = 1
    CLOSE = 2
    UNKNOWN = 3


class FundAssetType(StrEnum):
    """What a mutual fund invests in."""

    OTHERS = "000"
    MONEY_MARKET = "001"
    FIXED_INCOME = "002"
    MULTI_ASSET = "003"
    EQUITY = "004"
    SECTOR = "005"
    GUARANTEED = "006"
    ALTERNATIVE = "007"


class FundDistributionPolicy(StrEnum):
    """What a mutual fund does with what it earns."""

    ACCUMULATES = "N"
    PAYS_INCOME = "Y"
