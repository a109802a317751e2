"""Scans of the simulated market: ranked as the quotes say, at one instant, for who asked."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from workstation.errors import RequestError
from workstation.model import ScannerSubscription, TagValue
from workstation.model.indexes import Dow30
from workstation.protocol import catalog
from workstation.simulator.market import Market
from workstation.simulator.scanner import SCANS, SECONDS_BETWEEN, STOCKS_A_BEAT, Scanner
from workstation.simulator.universe import Universe

STOCKS = Universe(Dow30())


class Client:
    """Keeps what it is told."""

    def __init__(self):
        self.told = []

    def tell(self, message):
        self.told.append(message)


class Floor:
    """A scanner of one seed whose clock stands still until a test moves it."""

    def __init__(self, now_ns, seed=7):
        self.now_ns = now_ns
        self.market = Market(seed, lambda: self.now_ns, STOCKS)
        self.scanner = Scanner(self.market)
        self.client = Client()

    def ask(self, code="MOST_ACTIVE", request_id=1, options=(), **fields):
        fields = {"instrument": "STK", "location_code": "STK.US.MAJOR"} | fields
        self.scanner.follow(
            self.client,
            catalog.RequestScannerSubscription(
                request_id=request_id,
                subscription=ScannerSubscription(scan_code=code, **fields),
                filter_options=tuple(TagValue(*option) for option in options),
            ),
        )
        return self

    def beat(self):
        for _ in range(len(STOCKS.stocks) // STOCKS_A_BEAT + 1):
            self.scanner.advance(self.now_ns)
        return [[row.contract.symbol for row in each.rows] for each in self.client.told]

    def quotes(self):
        return {each.symbol: self.market.quote(each.symbol) for each in STOCKS.stocks}


def _ranked(quotes, measure, count=50):
    return sorted(quotes, key=lambda symbol: (-measure(quotes[symbol]), symbol))[:count]


@pytest.mark.parametrize(
    ("code", "measure"),
    [
        ("MOST_ACTIVE", lambda quote: quote.volume),
        ("MOST_ACTIVE_USD", lambda quote: quote.volume * quote.last),
        ("TOP_PERC_GAIN", lambda quote: quote.last / quote.previous_close - 1),
        ("TOP_PERC_LOSE", lambda quote: 1 - quote.last / quote.previous_close),
    ],
)
def test_ranks_by_the_quotes_of_the_instant(now_ns, code, measure):
    floor = Floor(now_ns)
    assert floor.ask(code, number_of_rows=10).beat() == [_ranked(floor.quotes(), measure, 10)]


@pytest.mark.parametrize("code", SCANS)
def test_every_scan_gives_a_list(now_ns, code):
    ((first, *_rest),) = Floor(now_ns).ask(code).beat()
    assert first in {each.symbol for each in STOCKS.stocks}


def test_another_seed_gives_another_list(now_ns):
    assert Floor(now_ns).ask().beat() != Floor(now_ns, seed=8).ask().beat()


def test_another_place_gives_the_stocks_that_are_listed_there(now_ns):
    (found,) = Floor(now_ns).ask(location_code="STK.NASDAQ").beat()
    listed = {each.symbol for each in STOCKS.stocks if each.primary_exchange == "NASDAQ"}
    assert set(found) == listed


def test_the_list_is_made_anew_after_half_a_minute(now_ns):
    floor = Floor(now_ns).ask("TOP_PERC_GAIN")
    assert len(floor.beat()) == 1
    floor.now_ns += (SECONDS_BETWEEN - 1) * 10**9
    assert len(floor.beat()) == 1
    floor.now_ns += 10**9
    measure = lambda quote: quote.last / quote.previous_close - 1  # noqa: E731
    assert floor.beat()[1:] == [_ranked(floor.quotes(), measure)]


def test_filters_leave_out_what_does_not_fit(now_ns):
    floor = Floor(now_ns)
    floor.ask(above_price=200.0, options=[("priceBelow", "400")])
    (found,) = floor.beat()
    quotes = floor.quotes()
    assert set(found) == {name for name, quote in quotes.items() if 200 <= quote.last <= 400}


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"code": "HIGH_PE_RATIO"}, "HIGH_PE_RATIO is disabled"),
        ({"location_code": "STK.EU"}, "STK in STK.EU"),
        ({"instrument": "BOND"}, "BOND in STK.US.MAJOR"),
        ({"market_cap_above": 1e9}, "market_cap_above"),
        ({"options": [("marketCapAbove1e6", "1")]}, "marketCapAbove1e6"),
        ({"options": [("priceAbove", "much")]}, "priceAbove wants a number"),
    ],
)
def test_what_is_not_simulated_is_refused(now_ns, fields, text):
    with pytest.raises(RequestError, match=text) as caught:
        Floor(now_ns).ask(**fields)
    assert (caught.value.code, caught.value.request_id) == (162, 1)


def test_an_id_is_used_once_and_free_after_a_cancel(now_ns):
    floor = Floor(now_ns).ask()
    with pytest.raises(RequestError, match="Duplicate"):
        floor.ask()
    floor.scanner.forget(floor.client, 1)
    assert floor.beat() == []
    assert len(floor.ask().beat()) == 1
    floor.scanner.gone(floor.client)
    floor.now_ns += SECONDS_BETWEEN * 10**9
    assert len(floor.beat()) == 1


def test_the_parameters_name_every_scan(now_ns):
    root = ET.fromstring(Floor(now_ns).scanner.parameters())  # noqa: S314  our own
    assert [each.text for each in root.iter("scanCode")] == list(SCANS)
    assert "STK.US.MAJOR" in [each.text for each in root.iter("locationCode")]
