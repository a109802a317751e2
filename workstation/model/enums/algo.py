"""Vocabularies of the broker's algorithms."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["AdaptivePriority", "AlgoStrategy", "RiskAversion", "TwapStrategy"]


class AlgoStrategy(StrEnum):
    """Algorithms of the broker itself (`Order.algo_strategy`); others come from third parties."""

    ADAPTIVE = "Adaptive"
    ACCUMULATE_DISTRIBUTE = "AD"
    ARRIVAL_PRICE = "ArrivalPx"
    BALANCE_IMPACT_RISK = "BalanceImpactRisk"
    CLOSE_PRICE = "ClosePx"
    DARK_ICE = "DarkIce"
    MINIMISE_IMPACT = "MinImpact"
    PERCENT_OF_VOLUME = "PctVol"
    PERCENT_OF_VOLUME_BY_PRICE = "PctVolPx"
    PERCENT_OF_VOLUME_BY_SIZE = "PctVolSz"
    PERCENT_OF_VOLUME_BY_TIME = "PctVolTm"
    TWAP = "Twap"
    VWAP = "Vwap"


class AdaptivePriority(StrEnum):
    """How fast the adaptive algorithm is to be done; the slower, the better the price."""

    URGENT = "Urgent"
    NORMAL = "Normal"
    PATIENT = "Patient"


class RiskAversion(StrEnum):
    """How much an algorithm fears that the price runs away; the more, the faster it trades."""

    GET_DONE = "Get Done"
    AGGRESSIVE = "Aggressive"
    NEUTRAL = "Neutral"
    PASSIVE = "Passive"


class TwapStrategy(StrEnum):
    """When a time-weighted algorithm trades a slice (`strategyType`)."""

    MARKETABLE = "Marketable"
    MATCHING_MIDPOINT = "Matching Midpoint"
    MATCHING_SAME_SIDE = "Matching Same Side"
    MATCHING_LAST = "Matching Last"
