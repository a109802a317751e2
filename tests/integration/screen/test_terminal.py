"""The installed command in a real terminal, on its own simulated Bridge."""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

import pytest
from terminal import Terminal

COMMAND = str(Path(sys.executable).with_name("workstation"))


@pytest.fixture
def start(tmp_path):
    terminals = []

    def start(columns, rows, *options):
        environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
        environment.pop("NO_COLOR", None)
        terminal = Terminal([COMMAND, "--seed", "7", *options], columns, rows, environment)
        terminals.append(terminal)
        return terminal

    yield start
    for terminal in terminals:
        terminal.close()


def children_of(pid):
    """Processes whose parent is `pid`, by the system's own list."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found.append(int(entry.name))
    return found


def price_of(text, symbol):
    found = re.search(rf"│{symbol} +([\d,]+\.\d\d)", text)
    return found[1] if found else None


DAILY_PROFIT = r"AAPL +100 +[\d.,]+ +[\d.,]+ +[\d.,]+ +[-+\d.,]+ +[-+\d.,]+ +[-+]?\d+\.\d\d +DSIM"
"""A position's row down to its daily profit, with the account behind it."""


def test_a_trader_sees_quotes_buys_by_keys_and_leaves(start):
    terminal = start(120, 40, "--no-actors")
    terminal.wait_for("SIMULATED")
    first = price_of(terminal.wait_for(lambda text: price_of(text, "AAPL")), "AAPL")
    terminal.wait_for(lambda text: price_of(text, "AAPL") not in (None, first))
    terminal.wait_for("found 0 working orders")

    terminal.press("b")
    terminal.press("1", "0", "0", "alt+a")
    terminal.wait_for("100")
    terminal.press("enter")
    terminal.wait_for("BUY 100 AAPL LMT")
    terminal.wait_for("commission ≈ $1.00")
    terminal.press("enter")
    terminal.wait_for("filled")
    terminal.wait_for("1 fill")
    terminal.wait_for("execution_data")

    terminal.press("escape")
    terminal.press("p")
    text = terminal.wait_for(lambda text: re.search(r"AAPL +100 ", text) is not None)
    assert "Positions" in text
    terminal.press("z")
    terminal.wait_for("Daily P&L")
    terminal.wait_for(lambda text: re.search(DAILY_PROFIT, text) is not None)
    terminal.press("z")
    terminal.press("delete")
    terminal.wait_for(lambda text: re.search(r"SELL.*MKT", text) and re.search(r"Qty +100", text))
    terminal.press("enter")
    terminal.wait_for("SELL 100 AAPL MKT")
    terminal.press("escape", "escape")

    terminal.press("c")
    terminal.wait_for("Option chain")
    terminal.wait_for(lambda text: re.search(r"\d+\.\d% +\d\.\d\d +\d+\.\d\d", text))

    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.attributes() == terminal.before
    assert b"\x1b[?1049l" in terminal.raw, "the alternate screen was left"


def test_the_bridge_ends_with_the_screen(start):
    terminal = start(80, 24, "--no-actors")
    terminal.wait_for("connected")
    (child,) = children_of(terminal.process.pid)
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert not Path(f"/proc/{child}").exists()


def test_running_actors_are_not_left_by_a_slip(start):
    terminal = start(80, 24)
    terminal.wait_for("connected")
    terminal.press("l")
    terminal.wait_for("bridge.MA")
    terminal.press("q")
    terminal.wait_for("2 running actors (MA, PAIRS)")
    terminal.press("enter")
    terminal.wait_for(lambda text: "running actors" not in text)
    terminal.press("q")
    terminal.wait_for("leave all as it is")
    terminal.press("l")
    assert terminal.wait_for_end() == 0
    assert terminal.attributes() == terminal.before


def test_a_working_order_can_be_cancelled_on_the_way_out(start):
    terminal = start(80, 24, "--no-actors")
    terminal.wait_for(lambda text: price_of(text, "AAPL"))
    terminal.wait_for("found 0 working orders")
    terminal.press("b")
    terminal.press("1", "alt+i", "tab", *["pagedown"] * 10, "enter")
    terminal.wait_for("commission")
    terminal.press("enter")
    terminal.wait_for("working")
    terminal.press("escape", "q")
    terminal.wait_for("1 working order")
    terminal.press("c")
    assert terminal.wait_for_end() == 0


def test_the_bridge_ends_when_the_screen_is_killed(start):
    terminal = start(80, 24, "--no-actors")
    terminal.wait_for("connected")
    (child,) = children_of(terminal.process.pid)
    terminal.process.kill()
    terminal.process.wait()
    deadline = time.monotonic() + 10
    while is_running(child):
        assert time.monotonic() < deadline, "the Bridge outlives its screen"


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_at_80_by_24_there_are_eight_quotes_and_one_whole_pane(start):
    terminal = start(80, 24, "--no-actors")
    for word in ("SIMULATED", "DSIM0001", "connected", "Symbol", "Last", "Chg%", "Bid", "Ask"):
        terminal.wait_for(word)
    rows = ("AAPL", "AMGN", "AMZN", "AXP", "BA", "CAT", "CRM", "CSCO")
    terminal.wait_for(lambda text: all(price_of(text, symbol) for symbol in rows))
    for word in ("Ticket", "Qty", "Limit", "Stop", "TIF", "BUY"):
        assert word in terminal.text
    for key, title in (
        ("c", "Option chain"),
        ("l", "Message log"),
        ("e", "Orders"),
        ("g", "Chart"),
    ):
        terminal.press(key)
        terminal.wait_for(title)
        assert "Watchlist" in terminal.text
        terminal.press("escape")


def test_at_120_by_40_the_four_panes_stand_side_by_side(start):
    terminal = start(120, 40)
    for title in ("Watchlist · Dow 30 · 30", "Ticket", "Option chain", "Message log"):
        terminal.wait_for(title)
    terminal.wait_for("bridge.MA")
    terminal.wait_for("bridge.PAIRS")


def test_the_sp500_is_one_key_away_and_its_visible_rows_tick(start):
    terminal = start(120, 40, "--no-actors")
    terminal.wait_for(lambda text: price_of(text, "AAPL"))
    terminal.press("w")
    terminal.wait_for("S&P 500 · 503")
    terminal.wait_for(lambda text: price_of(text, "ABBV") and price_of(text, "ACN"))
    first = [price_of(terminal.text, symbol) for symbol in ("ABBV", "ACN")]
    terminal.wait_for(lambda text: [price_of(text, symbol) for symbol in ("ABBV", "ACN")] != first)


def test_cancel_all_asks_once_from_a_text_field(start):
    terminal = start(120, 40, "--no-actors")
    terminal.wait_for("found 0 working orders")
    terminal.wait_for(lambda text: price_of(text, "AAPL"))
    terminal.press("b")
    terminal.press(*"100", "tab")
    terminal.press(*"205.00", "enter")
    terminal.wait_for("BUY 100 AAPL LMT 205.00")
    terminal.press("enter")
    terminal.wait_for("1 working")
    terminal.press("f8")
    terminal.wait_for("Cancel every order")
    terminal.press("enter")
    terminal.wait_for("cancelled")


def test_a_bridge_that_is_not_there_is_one_line_and_exit_code_1(start):
    terminal = start(80, 24, "--connect", "127.0.0.1:1")
    assert terminal.wait_for_end() == 1
    assert "no Bridge at 127.0.0.1:1" in terminal.raw.decode()
    assert b"Traceback" not in terminal.raw
