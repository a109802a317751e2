from __future__ import annotations

import pytest
from msgspec.structs import replace

from workstation.model import Contract, ContractDetails, Option, PriceIncrement, Stock
from workstation.protocol import catalog
from workstation.state.contracts import market_rule_id

PENNY = (PriceIncrement(low_edge=0.0, increment=0.01),)
NICKEL = (PriceIncrement(low_edge=0.0, increment=0.05),)

AAPL = ContractDetails(
    contract=replace(Stock("AAPL"), contract_id=265598, primary_exchange="NASDAQ"),
    min_tick=0.01,
    valid_exchanges="SMART,AMEX,NYSE",
    market_rule_ids="26,27,26",
)


def data(details):
    return catalog.ContractData(request_id=1, details=details)


def test_details_are_found_by_contract_key_and_contract_id(picture, tell):
    tell(data(AAPL))

    contracts = picture.contracts
    assert contracts.details(Stock("AAPL")) is AAPL
    assert contracts.details(Contract(contract_id=265598)) is AAPL
    assert contracts.details_of("AAPL STK USD") is AAPL
    assert contracts.details(Stock("MSFT")) is None
    assert picture.changes.take().contracts == {"AAPL STK USD"}


def test_contract_id_alone_has_the_key_of_its_instrument(picture, tell):
    alone = Contract(contract_id=265598)
    assert picture.contracts.key(alone) == "#265598"

    tell(data(AAPL))
    assert picture.contracts.key(alone) == "AAPL STK USD"


def test_first_of_several_listings_stays_and_each_is_found_by_its_id(picture, tell):
    other = ContractDetails(contract=replace(AAPL.contract, contract_id=999))
    tell(data(AAPL), data(other))

    assert picture.contracts.details(Stock("AAPL")) is AAPL
    assert picture.contracts.details(other.contract) is other


def test_details_told_anew_replace(picture, tell):
    newer = replace(AAPL, long_name="APPLE INC")
    tell(data(AAPL), data(newer))

    assert picture.contracts.details(Stock("AAPL")) is newer


@pytest.mark.parametrize(
    ("exchange", "rule"),
    [("SMART", 26), ("AMEX", 27), ("NYSE", 26), ("", 26), ("ELSEWHERE", 26)],
)
def test_market_rule_is_that_of_the_exchange(exchange, rule):
    assert market_rule_id(AAPL, exchange) == rule


def test_contract_without_rules_has_none():
    assert market_rule_id(ContractDetails()) is None


def test_increments_are_the_rules_where_it_came_else_the_smallest_step(picture, tell):
    contracts = picture.contracts
    assert contracts.increments(Stock("AAPL")) == ()

    tell(data(AAPL))
    assert contracts.increments(Stock("AAPL")) == PENNY
    assert contracts.increments(Stock("AAPL", "AMEX")) == PENNY

    tell(catalog.MarketRule(market_rule_id=27, increments=NICKEL))
    assert contracts.increments(Stock("AAPL")) == PENNY
    assert contracts.increments(Stock("AAPL", "AMEX")) == NICKEL
    assert contracts.has_market_rule(27)
    assert not contracts.has_market_rule(26)
    assert picture.changes.take().market_rules == {27}


@pytest.mark.parametrize("min_tick", [None, 0.0])
def test_contract_without_any_step_has_no_increments(picture, tell, min_tick):
    tell(data(ContractDetails(contract=AAPL.contract, min_tick=min_tick)))

    assert picture.contracts.increments(Stock("AAPL")) == ()


def test_rule_without_steps_is_as_good_as_none(picture, tell):
    tell(data(AAPL), catalog.MarketRule(market_rule_id=26))

    assert picture.contracts.increments(Stock("AAPL")) == PENNY


def test_options_of_an_expiry_are_those_that_exist(picture, tell):
    near = [ContractDetails(contract=Option("AAPL", "20270115", s, "C")) for s in (190.0, 195.0)]
    far = ContractDetails(contract=Option("AAPL", "20270219", 190.0, "C"))
    tell(*map(data, [*near, far, near[0]]), data(AAPL))

    assert picture.contracts.options("AAPL", "20270115") == tuple(near)
    assert picture.contracts.options("AAPL", "20270219") == (far,)
    assert picture.contracts.options("AAPL", "20270319") == ()


def test_classes_of_options_are_kept_apart_and_sorted(picture, tell):
    def told(exchange, trading_class, expirations, strikes):
        return catalog.SecurityDefinitionOptionParameter(
            request_id=1,
            exchange=exchange,
            under_contract_id=265598,
            trading_class=trading_class,
            multiplier="100",
            expirations=expirations,
            strikes=strikes,
        )

    tell(
        told("SMART", "AAPL", ("20270219", "20270115"), (195.0, 190.0)),
        told("SMART", "2AAPL", ("20270115",), (190.0,)),
        told("SMART", "AAPL", ("20270219", "20270115"), (200.0, 195.0, 190.0)),
    )

    standard, weekly = picture.contracts.option_classes(265598)
    assert standard.expirations == ("20270115", "20270219")
    assert standard.strikes == (190.0, 195.0, 200.0)
    assert weekly.trading_class == "2AAPL"
    assert picture.contracts.option_classes(1) == ()
    assert picture.changes.take().option_chains == {265598}
