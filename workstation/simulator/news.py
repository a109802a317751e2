"""News: headlines about the simulated stocks, every one labelled synthetic.

A headline says what a stock did on a trading day, so that it agrees with the day's bar. Owns
providers, headlines and articles. Leaves prices to `history`.
"""

from __future__ import annotations

from typing import NamedTuple

from workstation.errors import InvalidValue, RequestError
from workstation.model import NewsProvider
from workstation.model.moment import moment_from
from workstation.simulator.history import BarRequest, History
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.sessions import Segment
from workstation.simulator.sessions import sessions as us_sessions
from workstation.simulator.universe import StockListing, Universe
from workstation.simulator.wire_dates import date_text

__all__ = ["PROVIDERS", "Headline", "News"]

PROVIDERS = (NewsProvider(code="SIM", name="Synthetic news of the simulated Bridge"),)

NO_PROVIDER = 10276
NO_ARTICLE = 10172

_MOST = 300
_DAYS = "6 M"


class Headline(NamedTuple):
    """One headline."""

    seconds: int
    """When, since 1970: at the close."""
    article_id: str
    text: str
    article: str


class News:
    """The news of a market.

    Args:
        universe: whose stocks.
        history: their bars.
    """

    def __init__(self, universe: Universe, history: History) -> None:
        self._universe = universe
        self._history = history

    def headlines(
        self, contract_id: int, providers: str, start: str, end: str, most: int
    ) -> tuple[list[Headline], bool]:
        """Headlines between two moments, newest first, and whether there are more.

        Raises:
            RequestError: no such stock or provider, or a moment that can not be read.
        """
        stock = self._universe.by_id(contract_id)
        if stock is None:
            raise RequestError(200, "No security definition has been found for the request")
        if "SIM" not in providers.replace("+", ",").split(","):
            raise RequestError(NO_PROVIDER, f"News feed is not allowed: {providers}; SIM is")
        first, last = (_seconds(each) for each in (start, end))
        found = [
            each
            for each in reversed(self._all(stock))
            if (first is None or each.seconds >= first) and (last is None or each.seconds <= last)
        ]
        count = max(1, min(most, _MOST))
        return found[:count], len(found) > count

    def article(self, provider: str, article_id: str) -> str:
        """The text of an article.

        Raises:
            RequestError: there is none.
        """
        number = article_id.removeprefix("SIM$").partition("-")[0]
        stock = self._universe.by_id(int(number)) if number.isdecimal() else None
        found = self._all(stock) if stock is not None and provider == "SIM" else []
        for each in found:
            if each.article_id == article_id:
                return each.article
        raise RequestError(NO_ARTICLE, f"Failed to request news article:No article {article_id}")

    def _closes(self, midnight: int) -> int:
        """When the regular hours of a day end."""
        sessions = us_sessions()
        return sessions.end(sessions.at(midnight), Segment.REGULAR)

    def _all(self, stock: StockListing) -> list[Headline]:
        """One for each day that is over."""
        bars = self._history.bars(BarRequest(stock.symbol, "1 day", _DAYS))
        headlines = []
        for row in range(1, len(bars.starts)):
            closes = self._closes(bars.starts[row])
            if closes > bars.last:
                continue
            day = date_text(bars.starts[row], 1, whole_day=True)
            before, close = bars.close[row - 1], bars.close[row]
            change = 100 * (close / before - 1)
            how = "gains" if change >= 0 else "loses"
            text = f"(synthetic) {stock.name} {how} {abs(change):.1f} % to {close:.2f}"
            article = (
                f"{text}. Open {bars.open[row]:.2f}, high {bars.high[row]:.2f}, low "
                f"{bars.low[row]:.2f}, volume {bars.volume[row]:,}. Made by the simulated Bridge."
            )
            headlines.append(Headline(closes, f"SIM${stock.contract_id}-{day}", text, article))
        return headlines


def _seconds(text: str) -> float | None:
    if not text:
        return None
    try:
        return moment_from(text, NEW_YORK).timestamp()
    except InvalidValue as error:
        raise RequestError(321, f"Error validating request: {error}") from error
