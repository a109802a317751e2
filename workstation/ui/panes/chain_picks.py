"""Chain picks: what a picked cell of the option chain asks for.

Owns which cells buy and sell, and that no price is taken over from a quote that may be wrong.
"""

from __future__ import annotations

from typing import NamedTuple

from workstation.model import Action, Contract
from workstation.state.quote import Quote
from workstation.state.quotes import Quotes
from workstation.ui.panes.chain_cells import side_and_field
from workstation.ui.panes.chain_rows import ChainRow

__all__ = ["Pick", "pick_of"]

_ACTIONS = {"ask": Action.BUY, "bid": Action.SELL}


class Pick(NamedTuple):
    """A ticket that is asked for, or why there is none."""

    contract: Contract | None = None
    action: str = ""
    price: float | None = None
    remark: str = ""
    """What the user should know; empty when all is as expected."""


def pick_of(row: ChainRow, column: str, quotes: Quotes) -> Pick:
    """An ask buys at the ask, a bid sells at the bid."""
    right, field = side_and_field(column)
    action = _ACTIONS.get(field)
    if action is None:
        return Pick(remark="Enter on an ask buys, on a bid sells")
    details = row.side(right)
    if details is None:
        return Pick(remark="There is no such option")
    quote = quotes.of(details.contract)
    price: float | None = None if quote is None else getattr(quote, field)
    if price is not None and not _is_live(quote):
        return Pick(details.contract, action, None, "The quote is stale: its price is left out")
    return Pick(details.contract, action, price)


def _is_live(quote: Quote | None) -> bool:
    return quote is not None and quote.has_line and not quote.stale
