from __future__ import annotations

import pytest

from workstation.model import ComboLeg, Contract, Option, Stock, instrument_key
from workstation.model.contracts import same_instrument


@pytest.mark.parametrize(
    ("contract", "key"),
    [
        (Stock("AAPL"), "AAPL STK USD"),
        (Stock("BRK B"), "BRK B STK USD"),
        (Option("AAPL", "20270115", 190.0, "C"), "AAPL OPT 20270115 190 C USD"),
        (Option("AAPL", "20270115", 192.5, "put"), "AAPL OPT 20270115 192.5 P USD"),
        (Option("SPX", "20270115", 12345.25, "C"), "SPX OPT 20270115 12345.25 C USD"),
        (
            Option("SPX", "20270115", 6000.0, "P", trading_class="SPXW"),
            "SPX OPT 20270115 6000 P SPXW USD",
        ),
        (
            Contract(symbol="ES", security_type="FUT", last_trade_date="20270319", currency="USD"),
            "ES FUT 20270319 USD",
        ),
        (Contract(symbol="EUR", security_type="CASH", currency="USD"), "EUR CASH USD"),
        (Contract(symbol="SPX", security_type="IND", currency="USD"), "SPX IND USD"),
        (Contract(local_symbol="ODD", security_type="STK", currency="USD"), "ODD STK USD"),
        (Contract(contract_id=265598, exchange="SMART"), "#265598"),
        (Contract(), "#0"),
    ],
)
def test_key_is_readable(contract, key):
    assert instrument_key(contract) == key


def test_watchlist_and_position_meet_in_one_key():
    held = Contract(
        contract_id=265598,
        symbol="AAPL",
        security_type="STK",
        strike=0.0,
        right="?",
        exchange="NASDAQ",
        primary_exchange="NASDAQ",
        currency="USD",
        local_symbol="AAPL",
        trading_class="NMS",
    )

    assert instrument_key(held) == instrument_key(Stock("AAPL"))


@pytest.mark.parametrize(("symbol", "trading_class"), [("AAPL", "AAPL"), ("BRK B", "BRKB")])
def test_trading_class_that_repeats_the_symbol_is_left_out(symbol, trading_class):
    plain = Option(symbol, "20270115", 190.0, "C")
    received = Option(symbol, "20270115", 190.0, "C", trading_class=trading_class)

    assert instrument_key(received) == instrument_key(plain)


def test_time_after_the_expiry_does_not_make_another_instrument():
    dated = Option("SPX", "20270115", 6000.0, "C")
    timed = Contract(
        symbol="SPX",
        security_type="OPT",
        last_trade_date="20270115 08:30:00 US/Central",
        strike=6000.0,
        right="C",
        currency="USD",
    )

    assert instrument_key(timed) == instrument_key(dated)


@pytest.mark.parametrize(
    "other",
    [
        Option("AAPL", "20270115", 190.0, "P"),
        Option("AAPL", "20270115", 195.0, "C"),
        Option("AAPL", "20270122", 190.0, "C"),
        Option("AAPL", "20270115", 190.0, "C", currency="EUR"),
        Option("AAPL", "20270115", 190.0, "C", trading_class="AAPL1"),
        Stock("AAPL"),
    ],
)
def test_different_instruments_have_different_keys(other):
    assert instrument_key(other) != instrument_key(Option("AAPL", "20270115", 190.0, "C"))


def test_combination_is_told_by_its_legs_in_any_order():
    legs = (
        ComboLeg(contract_id=11, ratio=1, action="BUY"),
        ComboLeg(contract_id=22, ratio=2, action="SELL"),
    )
    spread = Contract(symbol="AAPL", security_type="BAG", currency="USD", combo_legs=legs)
    turned = Contract(symbol="AAPL", security_type="BAG", currency="USD", combo_legs=legs[::-1])

    assert instrument_key(spread) == "AAPL BAG +1#11 -2#22 USD"
    assert instrument_key(turned) == instrument_key(spread)


def test_contract_ids_decide_whether_instruments_are_the_same():
    known = Contract(contract_id=1, symbol="AAPL", security_type="STK", currency="USD")
    routed = Contract(contract_id=1, exchange="NYSE")
    other = Contract(contract_id=2, symbol="AAPL", security_type="STK", currency="USD")

    assert same_instrument(known, routed)
    assert not same_instrument(known, other)


def test_without_contract_ids_keys_decide_whether_instruments_are_the_same():
    known = Contract(contract_id=1, symbol="AAPL", security_type="STK", currency="USD")

    assert same_instrument(known, Stock("AAPL", "NYSE"))
    assert not same_instrument(known, Stock("MSFT"))
