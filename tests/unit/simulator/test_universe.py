"""The universe: contract ids that last, details, and how requests find stocks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from workstation.model import Contract, Stock
from workstation.model.indexes import SP500, Constituent, Dow30
from workstation.simulator.universe import Universe, universe

TODAY = date(2026, 11, 23)


def symbols(listings):
    return [listing.symbol for listing in listings]


def test_every_member_of_both_indexes_is_listed_once():
    assert symbols(universe().stocks) == sorted({*SP500().symbols, *Dow30().symbols})


def test_contract_ids_are_unique_and_leave_room_for_options():
    ids = {stock.contract_id for stock in universe().stocks}
    assert len(ids) == len(universe().stocks)
    assert min(ids) > 0
    assert max(ids) < 2**27


@pytest.mark.parametrize(
    ("symbol", "contract_id"),
    [("A", 2874161), ("AAPL", 2947162), ("BRK B", 5675137), ("GOOG", 14899716), ("KO", 22375566)],
)
def test_contract_ids_are_the_same_in_every_process(symbol, contract_id):
    assert universe().by_symbol(symbol).contract_id == contract_id
    assert universe().by_id(contract_id).symbol == symbol


def test_a_contract_id_does_not_depend_on_who_else_is_listed():
    alone = Universe([Constituent(symbol="KO", name="Coke", sector="Consumer Staples")])
    assert alone.stocks[0].contract_id == universe().by_symbol("KO").contract_id


def test_a_symbol_that_no_id_can_spell_still_has_one():
    odd = Universe(
        Constituent(symbol=symbol, name="", sector="") for symbol in ("LONGER", "LONGES", "ä")
    )
    ids = {stock.contract_id for stock in odd.stocks}
    assert len(ids) == 3
    assert all(70_000_000 < each < 2**27 for each in ids)


def test_every_stock_has_a_listing_exchange_and_the_data_is_believed():
    assert {stock.primary_exchange for stock in universe().stocks} == {"NYSE", "NASDAQ"}
    for member in SP500():
        listed = universe().by_symbol(member.symbol).primary_exchange
        assert member.primary_exchange in ("", listed)


@pytest.mark.parametrize(
    "contract",
    [
        Stock("AAPL"),
        Stock("aapl"),
        Stock("AAPL", primary_exchange="NASDAQ"),
        Stock("AAPL", primary_exchange="ISLAND"),
        Stock("AAPL", exchange="NYSE"),
        Stock("AAPL", exchange=""),
        Contract(contract_id=2947162),
        Contract(contract_id=2947162, security_type="STK", exchange="SMART"),
        Contract(local_symbol="AAPL", security_type="STK"),
        Contract(security_type="STK", security_id_type="ISIN", security_id="US0378331005"),
    ],
)
def test_a_stock_is_found_by_whatever_is_known_of_it(contract):
    assert symbols(universe().candidates(contract)) == ["AAPL"]


@pytest.mark.parametrize(
    "contract",
    [
        Stock("APPL"),
        Stock("AAPL", primary_exchange="NYSE"),
        Stock("AAPL", currency="EUR"),
        Stock("AAPL", exchange="IBIS"),
        Contract(symbol="AAPL", security_type="OPT"),
        Contract(symbol="AAPL"),
        Contract(contract_id=2947162, symbol="MSFT"),
        Contract(contract_id=2947162, security_type="OPT"),
        Contract(contract_id=5),
        Contract(),
        Contract(security_type="STK", security_id_type="CUSIP", security_id="US0378331005"),
        Contract(symbol="AAPL", security_type="STK", trading_class="XYZ"),
    ],
)
def test_a_contract_that_fits_nothing_finds_nothing(contract):
    assert universe().candidates(contract) == ()


def test_every_stock_is_found_by_its_own_contract():
    for listing in universe().stocks:
        assert universe().candidates(universe().contract(listing)) == (listing,)


def test_every_stock_of_an_index_is_found():
    for stock in (*Dow30().stocks(), *SP500().stocks()):
        assert symbols(universe().candidates(stock)) == [stock.symbol]


def test_details_say_what_a_client_needs():
    details = universe().details(universe().by_symbol("BRK B"), TODAY)
    assert details.contract.contract_id == 5675137
    assert (details.contract.exchange, details.contract.primary_exchange) == ("SMART", "NYSE")
    assert details.long_name == "Berkshire Hathaway"
    assert details.min_tick == 0.01
    assert details.market_rule_ids.count(",") == details.valid_exchanges.count(",")
    assert set(details.market_rule_ids.split(",")) == {"26"}
    assert details.time_zone_id == "US/Eastern"
    assert details.stock_type == "COMMON"
    assert details.industry == "Financials"
    assert details.min_size == Decimal(1)
    assert details.security_ids[0].value == "US0846707026"


def test_trading_hours_never_end_and_liquid_hours_are_the_exchanges():
    details = universe().details(universe().by_symbol("KO"), TODAY)
    trading, liquid = details.trading_hours.split(";"), details.liquid_hours.split(";")
    assert trading[0] == "20261123:0000-20261124:0000"
    assert [hours.partition("-")[2] for hours in trading[:-1]] == [
        hours.partition("-")[0] for hours in trading[1:]
    ]
    assert liquid[0] == "20261123:0930-20261123:1600"
    assert liquid[3:6] == ["20261126:CLOSED", "20261127:0930-20261127:1300", "20261128:CLOSED"]
    assert len(trading) == len(liquid) == 7


def test_details_name_the_exchange_that_was_asked_for():
    details = universe().details(universe().by_symbol("KO"), TODAY, "NYSE")
    assert details.contract.exchange == "NYSE"


def test_a_search_puts_the_symbol_before_beginnings_before_names():
    found = [each.contract.symbol for each in universe().matching("app")]
    assert found[0] == "APP"
    assert found.index("AAPL") < found.index("NTAP")
    assert universe().matching("coca-cola")[0].contract.symbol == "KO"


def test_a_search_is_bounded_and_tells_of_options():
    found = universe().matching("a")
    assert len(found) == 16
    assert found[0].contract.symbol == "A"
    assert found[0].derivative_security_types == ("OPT",)
    assert universe().matching("   ") == ()
    assert universe().matching("qqqqqq") == ()
