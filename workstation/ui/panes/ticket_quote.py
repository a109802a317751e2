"""Ticket quote: the line that shows the market above an order.

Owns the words of that line and whether a price may be taken from the quote at a single key. Knows
no widget.
"""

from __future__ import annotations

from decimal import Decimal

from workstation.model import Contract, Order
from workstation.risk.proposal import Proposal
from workstation.state.picture import Picture
from workstation.state.quote import Quote
from workstation.ui.formatting import NOTHING, age, safe_text
from workstation.ui.panes.ticket_form import Rules, price_text

__all__ = ["is_fresh", "quote_words", "starting_price"]


def is_fresh(contract: Contract, picture: Picture, now_ns: int) -> bool:
    """Whether the quote is the market now, by the measure of the order guard."""
    market = Proposal.of(contract, Order(), picture, now_ns).market
    return market is not None and market.is_fresh


def starting_price(contract: Contract, picture: Picture, action: str, now_ns: int) -> float | None:
    """The price an empty field starts at: the own side of the market; None without a live one."""
    quote = picture.quotes.of(contract)
    if quote is None or not is_fresh(contract, picture, now_ns):
        return None
    own = quote.bid if action == "BUY" else quote.ask
    return quote.price if own is None else own


def quote_words(contract: Contract, picture: Picture, now_ns: int) -> str:
    """`bid 190.00×300  ask 190.10×200  last 190.05 ▲`, after what is wrong with it."""
    quote = picture.quotes.of(contract)
    if quote is None:
        return "no quote yet"
    if quote.problem is not None and not quote.time_ns:
        return safe_text(f"no quote: {quote.problem.text}")
    rules = Rules.of(contract, picture)
    words = [
        f"bid {_price(quote.bid, rules)}{_size(quote.bid_size)}",
        f"ask {_price(quote.ask, rules)}{_size(quote.ask_size)}",
        f"last {_price(quote.last, rules)}{_DIRECTIONS.get(quote.last_direction, '')}",
    ]
    mark = _mark(quote, is_fresh(contract, picture, now_ns), now_ns)
    return "  ".join(filter(None, (mark, *words)))


_DIRECTIONS = {1: " ▲", -1: " ▼"}


def _price(price: float | None, rules: Rules) -> str:
    return NOTHING if price is None else price_text(price, rules.increments)


def _size(size: Decimal | None) -> str:
    return "" if size is None else f"×{size:,.0f}"


def _mark(quote: Quote, fresh: bool, now_ns: int) -> str:  # noqa: FBT001  a fact, not a switch
    if not fresh and quote.time_ns:
        return f"STALE {age(quote.age_seconds(now_ns))}"
    if quote.halted:
        return "HALTED"
    if quote.is_delayed:
        return "DELAYED"
    return "FROZEN" if quote.is_frozen else ""
