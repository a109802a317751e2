"""The samples, as users run them: each on a simulated Bridge of its own, with what it prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from simulated_bridge import SimulatedBridge

from tests.samples import (
    an_actor,
    crossing_average,
    dow30_chains,
    family_codes,
    limit_order,
    matching_symbols,
    open_orders,
    option_chain,
    positions,
    scanner,
    year_of_prices,
)
from workstation import Dow30, MultiClientApplication

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def run(bridge, capsys):
    """Runs a sample, and gives what it printed."""

    def run(sample):
        sample.main(bridge.port)
        return capsys.readouterr().out

    return run


def test_every_sample_is_tried_here():
    names = {each.stem for each in SAMPLES.glob("[a-z]*.py")}
    assert names == {name for name in globals() if name in names}


def test_a_limit_order_is_placed_changed_and_filled(run):
    told = run(limit_order)
    assert re.search(r"works: \d+ Submitted", told)
    assert re.search(r"done: filled 10 at \d", told)


def test_open_orders_are_listed_and_cancelled(run):
    told = run(open_orders)
    assert "[2 rows x" in told
    assert sorted(re.findall(r"(\w+) Cancelled", told)) == ["KO", "XOM"]


def test_a_chain_has_several_expiries(run):
    assert len(re.findall(r"^20\d{6} +\d+", run(option_chain), re.MULTILINE)) > 5


def test_every_dow_stock_has_a_chain(capsys):
    bridge = SimulatedBridge(pacing=False)
    try:
        dow30_chains.main(bridge.port)
    finally:
        bridge.close()
    told = re.findall(r"^(\S+) +(\d+) contracts", capsys.readouterr().out, re.MULTILINE)
    assert [symbol for symbol, _ in told] == list(Dow30().symbols)
    assert all(int(count) > 100 for _, count in told)


def test_symbols_are_found_by_name(run):
    assert "MSFT" in run(matching_symbols)


def test_positions_show_what_was_bought(run):
    assert sorted(re.findall(r"(KO|XOM) +10.0", run(positions))) == ["KO", "XOM"]


def test_a_year_of_prices_is_a_frame_and_a_plot(run):
    told = run(year_of_prices)
    assert "close" in told
    assert "XOM" in told
    assert "┤" in told


def test_a_scanner_ranks_ten(run):
    assert len(re.findall(r"^ ?\d+ [A-Z]", run(scanner), re.MULTILINE)) == 10


def test_the_account_is_in_no_family(run):
    assert run(family_codes) == "DSIM0001 in no family\n"


def test_a_crossing_average_buys_and_sells(run):
    assert [line.split()[0] for line in run(crossing_average).splitlines()] == ["bought", "sold"]


def test_an_actor_trades_on_a_desk(run, monkeypatch):
    """Its desk runs until Ctrl-C; here, until the order has filled."""
    desks = []

    class Desk(MultiClientApplication):
        def initialize(self):
            desks.append(self)
            super().initialize()

    class Heard(an_actor.BuyOnce):
        def order_status(self, message):
            super().order_status(message)
            if message.status == "Filled":
                desks[0].stop()

    monkeypatch.setattr(an_actor, "BuyOnce", Heard)
    monkeypatch.setattr(an_actor, "MultiClientApplication", Desk)
    assert "ONCE Filled 5" in run(an_actor)


def test_programs_of_users_pass_the_strictest_type_check():
    """The package is typed: what a program does wrong with it is found before it runs."""
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "-p", "tests.samples"],
        cwd=SAMPLES.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
