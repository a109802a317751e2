"""Vocabularies of contracts."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Right", "SecurityType"]


class SecurityType(StrEnum):
    """Kinds of instrument, as the wire names them."""

    STOCK = "STK"
    OPTION = "OPT"
    FUTURE = "FUT"
    CONTINUOUS_FUTURE = "CONTFUT"
    FUTURE_OPTION = "FOP"
    INDEX = "IND"
    FOREX = "CASH"
    BOND = "BOND"
    CFD = "CFD"
    CRYPTO = "CRYPTO"
    MUTUAL_FUND = "FUND"
    COMMODITY = "CMDTY"
    WARRANT = "WAR"
    COMBO = "BAG"


class Right(StrEnum):
    """Side of an option."""

    CALL = "C"
    PUT = "P"
