from __future__ import annotations

import pytest

from workstation.model import Stock
from workstation.protocol import catalog
from workstation.ui.panes.ticket_quote import quote_words, starting_price

AAPL = Stock("AAPL")


@pytest.mark.parametrize(
    ("kind", "mark"), [(1, "bid"), (2, "FROZEN"), (3, "DELAYED"), (4, "DELAYED")]
)
def test_a_quote_that_is_told_late_says_so_and_still_starts_a_price(session, kind, mark):
    session.tell(catalog.MarketDataType(request_id=1, market_data_type=kind))

    now_ns = session.clock()
    assert quote_words(AAPL, session.picture, now_ns).startswith(mark)
    assert starting_price(AAPL, session.picture, "BUY", now_ns) == 190.0


def test_a_quote_of_before_the_break_is_stale_until_its_next_tick(session):
    for code in (1100, 1102):
        session.tell(catalog.InfoMessage(request_id=-1, code=code, text="…"))
        now_ns = session.clock()
        assert quote_words(AAPL, session.picture, now_ns).startswith("STALE")
        assert starting_price(AAPL, session.picture, "BUY", now_ns) is None

    session.tell(catalog.TickPrice(request_id=1, tick_type=1, price=190.0))
    assert quote_words(AAPL, session.picture, session.clock()).startswith("bid")
