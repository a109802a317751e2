"""Vocabularies of orders."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Action", "OrderStatusName", "OrderType", "TimeInForce"]


class Action(StrEnum):
    """Side of an order."""

    BUY = "BUY"
    SELL = "SELL"
    SELL_SHORT = "SSHORT"


class OrderType(StrEnum):
    """Kinds of order, as the wire names them."""

    MARKET = "MKT"
    LIMIT = "LMT"
    STOP = "STP"
    STOP_LIMIT = "STP LMT"
    TRAILING_STOP = "TRAIL"
    TRAILING_LIMIT = "TRAIL LIMIT"
    MARKET_IF_TOUCHED = "MIT"
    LIMIT_IF_TOUCHED = "LIT"
    MARKET_ON_CLOSE = "MOC"
    LIMIT_ON_CLOSE = "LOC"
    MARKET_TO_LIMIT = "MTL"
    RELATIVE = "REL"
    PEGGED_TO_MARKET = "PEG MKT"
    PEGGED_TO_MIDPOINT = "PEG MID"
    PEGGED_TO_BEST = "PEG BEST"
    PEGGED_TO_STOCK = "PEG STK"
    PEGGED_TO_BENCHMARK = "PEG BENCH"
    VOLATILITY = "VOL"
    MIDPRICE = "MIDPRICE"


class TimeInForce(StrEnum):
    """How long an order works."""

    DAY = "DAY"
    GOOD_TILL_CANCEL = "GTC"
    IMMEDIATE_OR_CANCEL = "IOC"
    GOOD_TILL_DATE = "GTD"
    AT_THE_OPENING = "OPG"
    FILL_OR_KILL = "FOK"
    DAY_TILL_CANCEL = "DTC"


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
