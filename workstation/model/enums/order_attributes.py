"""Vocabularies of what only some orders have: groups, triggers, hedges, algos, conditions.

Leaves what every order has to `order`.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

__all__ = [
    "AdjustableTrailingUnit",
    "AuctionStrategy",
    "ClearingIntent",
    "ConditionType",
    "Conjunction",
    "HedgeType",
    "OcaType",
    "OpenClose",
    "OrderOrigin",
    "ReferencePriceType",
    "Rule80A",
    "ShortSaleSlot",
    "TriggerMethod",
    "VolatilityType",
]


class TriggerMethod(IntEnum):
    """Which prices may trigger a stop, an order if touched, or a condition on a price."""

    DEFAULT = 0
    """DOUBLE_BID_ASK for options and stocks outside an exchange, LAST for all others."""
    DOUBLE_BID_ASK = 1
    """Two bids, or two asks, in a row."""
    LAST = 2
    DOUBLE_LAST = 3
    BID_ASK = 4
    LAST_OR_BID_ASK = 7
    MIDPOINT = 8


class OcaType(IntEnum):
    """What a fill does to the other orders of its group (one cancels all)."""

    CANCEL_WITH_BLOCK = 1
    """They are cancelled, and only one of all is at an exchange at a time: no overfill."""
    REDUCE_WITH_BLOCK = 2
    """They shrink by what was filled; no overfill."""
    REDUCE_WITHOUT_BLOCK = 3
    """They shrink, and all are at the exchange at once: they may overfill."""


class Rule80A(StrEnum):
    """For whom an order is (a rule of the New York Stock Exchange).

    PTIA stands for program trading with index arbitrage, PT for program trading without.
    """

    INDIVIDUAL = "I"
    AGENCY = "A"
    AGENT_OTHER_MEMBER = "W"
    INDIVIDUAL_PTIA = "J"
    AGENCY_PTIA = "U"
    AGENT_OTHER_MEMBER_PTIA = "M"
    INDIVIDUAL_PT = "K"
    AGENCY_PT = "Y"
    AGENT_OTHER_MEMBER_PT = "N"


class OrderOrigin(IntEnum):
    """Who is behind an order (`Order.origin`)."""

    CUSTOMER = 0
    FIRM = 1
    UNKNOWN = 2


class OpenClose(StrEnum):
    """Whether an institution's order opens or closes a position."""

    OPEN = "O"
    CLOSE = "C"


class ShortSaleSlot(IntEnum):
    """Where shares sold short are borrowed."""

    NONE = 0
    AT_THE_BROKER = 1
    ELSEWHERE = 2
    """`Order.designated_location` says where."""


class AuctionStrategy(IntEnum):
    """How an order takes part in price improvement auctions of the exchange BOX."""

    NONE = 0
    MATCH = 1
    IMPROVEMENT = 2
    TRANSPARENT = 3


class VolatilityType(IntEnum):
    """Over what time a volatility is meant."""

    DAILY = 1
    ANNUAL = 2


class ReferencePriceType(IntEnum):
    """Which price of the underlying a volatility order computes from."""

    AVERAGE = 1
    """Midpoint of the best bid and ask."""
    BID_OR_ASK = 2
    """Bid when buying a call or selling a put, else ask."""


class HedgeType(StrEnum):
    """By what an attached order hedges its parent."""

    DELTA = "D"
    BETA = "B"
    """`Order.hedge_parameter` is the beta."""
    FOREX = "F"
    PAIR = "P"
    """`Order.hedge_parameter` is the ratio."""


class ClearingIntent(StrEnum):
    """Where a trade is cleared."""

    IB = "IB"
    AWAY = "Away"
    POST_TRADE_ALLOCATION = "PTA"


class AdjustableTrailingUnit(IntEnum):
    """In what the trailing amount of an adjusted stop is given."""

    AMOUNT = 0
    """In the contract's currency."""
    PERCENT = 100


class ConditionType(IntEnum):
    """Kinds of condition, as the wire numbers them."""

    PRICE = 1
    TIME = 3
    MARGIN = 4
    EXECUTION = 5
    VOLUME = 6
    PERCENT_CHANGE = 7


class Conjunction(StrEnum):
    """How a condition joins the next one."""

    AND = "a"
    OR = "o"
