"""The indexes: who is in them, how they are looked up, and what is said of a wrong name."""

from __future__ import annotations

import copy
import pickle

import pytest

from workstation.errors import InvalidValue
from workstation.model import Stock
from workstation.model.indexes import SP500, Dow30

SECTORS = {
    "Communication Services",
    "Consumer Discretionary",
    "Consumer Staples",
    "Energy",
    "Financials",
    "Health Care",
    "Industrials",
    "Information Technology",
    "Materials",
    "Real Estate",
    "Utilities",
}


def test_dow_has_30_names_and_sp500_has_503():
    assert (len(Dow30()), len(SP500())) == (30, 503)
    assert len(set(Dow30().symbols)) == 30
    assert len(set(SP500().symbols)) == 503


def test_every_dow_name_is_in_the_sp500():
    assert set(Dow30().symbols) <= set(SP500().symbols)


def test_symbols_have_the_form_of_bridges():
    symbols = SP500().symbols
    assert {"BRK B", "BF B"} <= set(symbols)
    assert not any("." in symbol for symbol in symbols)
    assert list(symbols) == sorted(symbols)


def test_every_member_has_a_name_and_one_of_eleven_sectors():
    assert all(member.name for member in SP500())
    assert {member.sector for member in SP500()} == SECTORS
    assert {member.sector for member in Dow30()} <= SECTORS


@pytest.mark.parametrize(
    ("symbol", "sector"),
    [
        ("AAPL", "Information Technology"),
        ("AMZN", "Consumer Discretionary"),
        ("DUK", "Utilities"),
        ("MSCI", "Financials"),
        ("PSA", "Real Estate"),
        ("STE", "Health Care"),
    ],
)
def test_of_several_sectors_the_telling_one_counts(symbol, sector):
    assert SP500().sector(symbol) == sector


def test_dow_names_have_the_sector_that_the_sp500_gives_them():
    assert all(SP500().sector(member.symbol) == member.sector for member in Dow30())


def test_primary_exchange_is_told_only_where_the_data_agrees_with_itself():
    index = SP500()
    assert index["AAPL"].primary_exchange == "NASDAQ"
    assert index["KO"].primary_exchange == "NYSE"
    # Its listing says NYSE still, its company's page NASDAQ.
    assert index["WMT"].primary_exchange == ""
    assert {member.primary_exchange for member in index} == {"NYSE", "NASDAQ", ""}


def test_an_isin_is_told_only_where_it_names_one_class_of_shares():
    assert SP500()["AAPL"].isin == "US0378331005"
    assert SP500()["GOOG"].isin == ""


@pytest.mark.parametrize("spelling", ["BRK B", "BRK.B", "brk b", "BRK_B", "brk-b"])
def test_a_symbol_is_found_in_every_spelling(spelling):
    assert SP500()[spelling].symbol == "BRK B"
    assert spelling in SP500()


def test_an_attribute_is_the_stock():
    assert Stock("AAPL", primary_exchange="NASDAQ") == Dow30().AAPL
    assert SP500().BRK_B.symbol == "BRK B"
    assert "BRK_B" in dir(SP500())


def test_stocks_are_smart_routed_contracts_in_order():
    stocks = Dow30().stocks()
    assert tuple(stock.symbol for stock in stocks) == Dow30().symbols
    assert {stock.exchange for stock in stocks} == {"SMART"}


def test_a_wrong_symbol_is_refused_with_near_ones_named():
    with pytest.raises(InvalidValue, match=r"'APPL'.*Dow 30.*AAPL"):
        Dow30()["APPL"]
    with pytest.raises(AttributeError, match=r"'APPL'.*Dow 30.*AAPL"):
        _ = Dow30().APPL
    with pytest.raises(InvalidValue, match="nothing is near it"):
        SP500().sector("???")
    assert "APPL" not in Dow30()
    assert 7 not in Dow30()


def test_members_of_a_sector_are_found_and_a_wrong_sector_is_refused():
    energy = SP500().in_sector("Energy")
    assert {"CVX", "XOM"} <= {member.symbol for member in energy}
    with pytest.raises(InvalidValue, match=r"'Tech'.*Information Technology"):
        SP500().in_sector("Tech")


def test_an_index_can_be_copied_and_pickled():
    assert copy.copy(Dow30()).symbols == Dow30().symbols
    assert pickle.loads(pickle.dumps(Dow30())).symbols == Dow30().symbols  # noqa: S301  our own
