"""Market rules: in which steps prices move.

Owns the tables of price steps by their ids, as clients ask for them. Leaves to contract details
which rule an instrument follows.
"""

from __future__ import annotations

from workstation.model import PriceIncrement

__all__ = ["MARKET_RULES", "OPTION_RULE", "STOCK_RULE"]

STOCK_RULE = 26
OPTION_RULE = 32

MARKET_RULES = {
    STOCK_RULE: (PriceIncrement(low_edge=0.0, increment=0.01),),
    OPTION_RULE: (
        PriceIncrement(low_edge=0.0, increment=0.01),
        PriceIncrement(low_edge=3.0, increment=0.05),
    ),
}
"""Price steps of each rule, lowest first."""
