"""QuoteSnapshot: what is quoted of one instrument at one moment."""

from __future__ import annotations

from decimal import Decimal

from workstation.model.contracts.contract import Contract
from workstation.model.record import Record

__all__ = ["QuoteSnapshot"]


class QuoteSnapshot(Record):
    """A quote, as it stood when it was asked for; None where there is no value."""

    contract: Contract = Contract()
    bid: float | None = None
    bid_size: Decimal | None = None
    ask: float | None = None
    ask_size: Decimal | None = None
    last: float | None = None
    last_size: Decimal | None = None
    volume: Decimal | None = None
    open: float | None = None
    high: float | None = None
    low: float | None = None
    close: float | None = None
    """Close of the previous day."""
    market_data_type: int = 1
    """A code of `MarketDataType`: live, frozen, delayed or delayed and frozen."""
