"""Vocabularies of orders: what every order has, and the stages it goes through.

Leaves what only some orders have to `order_attributes`.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Action", "OrderStatusName", "OrderType", "TimeInForce"]


class Action(StrEnum):
    """Side of an order."""

    BUY = "BUY"
    SELL = "SELL"
    SELL_SHORT = "SSHORT"
    """For institutions that say where they borrow; all others just sell."""
    SELL_LONG = "SLONG"
    """For institutions whose accounts hold long and short positions apart."""


class OrderType(StrEnum):
    """Kinds of order, as the wire names them."""

    MARKET = "MKT"
    LIMIT = "LMT"
    STOP = "STP"
    STOP_LIMIT = "STP LMT"
    STOP_WITH_PROTECTION = "STP PRT"
    TRAILING_STOP = "TRAIL"
    TRAILING_LIMIT = "TRAIL LIMIT"
    TRAILING_MARKET_IF_TOUCHED = "TRAIL MIT"
    TRAILING_LIMIT_IF_TOUCHED = "TRAIL LIT"
    MARKET_IF_TOUCHED = "MIT"
    LIMIT_IF_TOUCHED = "LIT"
    MARKET_ON_CLOSE = "MOC"
    LIMIT_ON_CLOSE = "LOC"
    MARKET_TO_LIMIT = "MTL"
    MARKET_WITH_PROTECTION = "MKT PRT"
    BOX_TOP = "BOX TOP"
    RELATIVE = "REL"
    RELATIVE_LIMIT_COMBO = "REL + LMT"
    RELATIVE_MARKET_COMBO = "REL + MKT"
    LIMIT_MARKET_COMBO = "LMT + MKT"
    PASSIVE_RELATIVE = "PASSV REL"
    PEGGED_TO_MARKET = "PEG MKT"
    PEGGED_TO_MIDPOINT = "PEG MID"
    PEGGED_TO_BEST = "PEG BEST"
    PEGGED_TO_PRIMARY = "PEG PRIM"
    PEGGED_TO_STOCK = "PEG STK"
    PEGGED_TO_BENCHMARK = "PEG BENCH"
    SNAP_TO_MARKET = "SNAP MKT"
    SNAP_TO_MIDPOINT = "SNAP MID"
    SNAP_TO_PRIMARY = "SNAP PRIM"
    VOLATILITY = "VOL"
    MIDPRICE = "MIDPRICE"
    QUOTE = "QUOTE"
    """A request for a quote."""


class TimeInForce(StrEnum):
    """How long an order works."""

    DAY = "DAY"
    GOOD_TILL_CANCEL = "GTC"
    IMMEDIATE_OR_CANCEL = "IOC"
    GOOD_TILL_DATE = "GTD"
    AT_THE_OPENING = "OPG"
    FILL_OR_KILL = "FOK"
    DAY_TILL_CANCEL = "DTC"
    """At the end of the day it is deactivated instead of cancelled."""
    GOOD_TILL_CROSSING = "GTX"
    AUCTION = "AUC"
    """Only in the auction before the market opens."""
    MINUTES = "Minutes"
    """As long as `Order.duration` says (server version 158)."""


class OrderStatusName(StrEnum):
    """Stages of an order, as a Bridge names them."""

    API_PENDING = "ApiPending"
    """Held here, not sent on."""
    PENDING_SUBMIT = "PendingSubmit"
    """Sent, not acknowledged."""
    PENDING_CANCEL = "PendingCancel"
    """Cancel requested; it may still fill."""
    PRE_SUBMITTED = "PreSubmitted"
    """Accepted, held until its trigger or session."""
    SUBMITTED = "Submitted"
    """Working."""
    API_CANCELLED = "ApiCancelled"
    CANCELLED = "Cancelled"
    FILLED = "Filled"
    INACTIVE = "Inactive"
    """Rejected or held; the `info_message` that came with it tells which."""

    @property
    def is_done(self) -> bool:
        """Whether no further fill can come."""
        return self in _DONE


_DONE = frozenset(
    {
        OrderStatusName.API_CANCELLED,
        OrderStatusName.CANCELLED,
        OrderStatusName.FILLED,
        OrderStatusName.INACTIVE,
    }
)
