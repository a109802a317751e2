"""One simulated market for many tests: it is a pure function, so sharing it changes nothing."""

from __future__ import annotations

import pytest

from workstation.simulator.chains import OptionChains
from workstation.simulator.history import History
from workstation.simulator.instruments import Instruments
from workstation.simulator.market import Market
from workstation.simulator.options import OptionMarket

NOW = 1_795_460_000
"""Monday 2026-11-23, 13:53:20 in New York."""


@pytest.fixture(scope="session")
def now_ns():
    return NOW * 10**9 + 123_456_789


@pytest.fixture(scope="session")
def market(now_ns):
    return Market(7, lambda: now_ns)


@pytest.fixture(scope="session")
def history(market):
    return History(market)


@pytest.fixture(scope="session")
def chains(market):
    return OptionChains(market)


@pytest.fixture(scope="session")
def instruments(market, chains):
    return Instruments(market, chains)


@pytest.fixture(scope="session")
def options(market):
    return OptionMarket(market)
