"""Instruments: one instrument, or many, or an error with the code that a Bridge would send."""

from __future__ import annotations

from datetime import date

import pytest

from workstation.errors import RequestError
from workstation.model import Contract, Option, PriceIncrement, Stock
from workstation.simulator.chains import OptionListing
from workstation.simulator.instruments import Instruments
from workstation.simulator.market import Market
from workstation.simulator.universe import StockListing


def test_a_stock_and_an_option_are_resolved(instruments):
    assert isinstance(instruments.resolve(Stock("AAPL")), StockListing)
    option = instruments.resolve(Option("AAPL", "20270115", 220.0, "C"))
    assert isinstance(option, OptionListing)
    assert instruments.resolve(Contract(contract_id=option.contract_id)) == option


def test_a_chain_is_found_whole_and_can_not_be_resolved(instruments):
    chain = Contract(symbol="AAPL", security_type="OPT", last_trade_date="20270115")
    assert len(instruments.find(chain)) > 50
    with pytest.raises(RequestError, match=r"AAPL is ambiguous; \d+ contracts") as refused:
        instruments.resolve(chain)
    assert refused.value.code == 200


@pytest.mark.parametrize(
    ("contract", "code"),
    [
        (Stock("APPL"), 200),
        (Contract(contract_id=5), 200),
        (Option("AAPL", "20270115", 220.1, "C"), 200),
        (Contract(symbol="EUR", security_type="CASH", currency="USD"), 200),
        (Contract(), 321),
        (Contract(security_type="STK"), 321),
        (Contract(symbol="AAPL"), 321),
    ],
)
def test_what_can_not_be_found_is_refused_with_its_code(instruments, contract, code):
    with pytest.raises(RequestError) as refused:
        instruments.find(contract)
    assert refused.value.code == code


def test_contracts_and_details_of_either_kind(instruments):
    stock = instruments.resolve(Stock("AAPL"))
    option = instruments.resolve(Option("AAPL", "20270115", 220.0, "C"))
    for listing, kind in ((stock, "STK"), (option, "OPT")):
        contract = instruments.contract(listing)
        details = instruments.details(listing)
        assert contract.security_type == kind
        assert details.contract == contract
        assert instruments.resolve(contract) == listing
        rule = int(details.market_rule_ids.split(",")[0])
        assert instruments.increments(listing) == instruments.market_rule(rule)


def test_market_rules_are_tables_of_price_steps(instruments):
    assert instruments.market_rule(26) == (PriceIncrement(low_edge=0.0, increment=0.01),)
    assert [step.increment for step in instruments.market_rule(32)] == [0.01, 0.05]
    with pytest.raises(RequestError, match="no market rule 99; there are 26, 32") as refused:
        instruments.market_rule(99)
    assert refused.value.code == 321


@pytest.mark.parametrize(
    ("utc_seconds", "day"),
    [(1_795_460_000, date(2026, 11, 23)), (1_795_496_000, date(2026, 11, 23))],
    ids=["afternoon", "past midnight in UTC"],
)
def test_today_is_new_yorks(utc_seconds, day):
    assert Instruments(Market(7, lambda: utc_seconds * 10**9)).today() == day
