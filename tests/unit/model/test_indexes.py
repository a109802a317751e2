"""The indexes: who is in them, how they are looked up, and what is said of a wrong name."""

from __future__ import annotations

import copy
import pickle
from importlib.metadata import version

import pytest
from pytickersymbols import PyTickerSymbols

from workstation.errors import InvalidValue
from workstation.model import Stock
from workstation.model.indexes import (
    CAC40,
    DAX,
    FTSE100,
    INDEXES,
    SDAX,
    SP100,
    SP500,
    SP600,
    CACMid60,
    Dow30,
    EuroStoxx50,
    Nasdaq100,
    Nikkei225,
    OMXStockholm30,
)
from workstation.model.indexes.sectors import SETTLED

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


def test_every_index_of_the_data_has_one_function():
    told = {index._source.name for index in INDEXES.values()}
    assert told == set(PyTickerSymbols().get_all_indices())
    assert len(told) == len(INDEXES)


@pytest.mark.parametrize("word", INDEXES)
def test_every_index_names_its_members_and_each_is_found_as_an_attribute(word):
    index = INDEXES[word]
    assert all(member.name for member in index)
    assert {member.currency for member in index} == {index.currency}
    assert {member.sector for member in index} <= SECTORS | {"Unclassified"}
    assert len(index.stocks()) + len(index.unidentified) == len(index)
    members = [name for name in dir(index) if name[:1].isupper() or name[1:2].isdigit()]
    assert len(members) == len(index.symbols)
    assert {getattr(index, name).symbol for name in members} == set(index.symbols)


@pytest.mark.parametrize("index", [Dow30(), SP100(), SP500(), SP600(), Nasdaq100()], ids=repr)
def test_every_american_member_has_a_sector_of_the_standard(index):
    assert {member.sector for member in index} <= SECTORS


def test_only_companies_that_the_data_leaves_open_are_settled_by_hand():
    american = {one.symbol for index in (SP500(), SP600(), Nasdaq100()) for one in index}
    assert set(SETTLED) <= american
    assert set(SETTLED.values()) <= SECTORS
    assert Nasdaq100().sector("SHOP") == "Information Technology"


def test_a_word_that_two_schemes_share_is_no_evidence_beside_the_other_scheme():
    # Its record says Industrials and Technology; the S&P's own says Information Technology.
    assert Nasdaq100().sector("AMD") == "Information Technology"
    # No list of the standard has it, and its words are of another scheme.
    assert DAX().sector("Zalando") == "Unclassified"


@pytest.mark.parametrize(
    ("index", "symbol", "exchange", "currency"),
    [
        (DAX, "SAP", "IBIS", "EUR"),
        (CAC40, "MC", "SBF", "EUR"),
        (CAC40, "MT", "AEB", "EUR"),
        (FTSE100, "VOD", "LSE", "GBP"),
        (FTSE100, "BP.", "LSE", "GBP"),
        (FTSE100, "BT.A", "LSE", "GBP"),
        (OMXStockholm30, "VOLV.B", "SFB", "SEK"),
        (Nikkei225, "7203", "TSEJ", "JPY"),
    ],
)
def test_members_abroad_have_currency_and_exchange_of_their_home(index, symbol, exchange, currency):
    stock = Stock(symbol, currency=currency, primary_exchange=exchange)
    assert index()[symbol].stock() == stock
    assert stock in index().stocks()


def test_two_marks_of_exchanges_contradict_each_other():
    assert DAX()["Airbus"].symbol == "AIR"
    assert DAX().AIR.primary_exchange == ""


def test_a_symbol_of_a_foreign_listing_is_none_and_the_isin_finds_the_stock():
    # Its symbol in the data is that of a listing in London.
    energiekontor = SDAX()["Energiekontor"]
    assert energiekontor.symbol == ""
    stock = energiekontor.stock()
    assert (stock.security_id_type, stock.security_id) == ("ISIN", "DE0005313506")
    assert (stock.exchange, stock.currency) == ("SMART", "EUR")
    assert Stock("DEZ", currency="EUR") == SDAX().DEZ
    assert CACMid60().symbols == ()


def test_two_members_of_one_symbol_are_told_apart_by_exchange():
    index = EuroStoxx50()
    assert len(index) == 50
    assert index.SAN_BM.primary_exchange == "BM"
    assert index["SAN SBF"].name == "Sanofi"
    with pytest.raises(InvalidValue, match=r"several members.*SAN BM, SAN SBF"):
        index["SAN"]
    assert "SAN" not in index


def test_a_symbol_that_begins_with_a_digit_has_an_underscore_in_front():
    assert Nikkei225()._7203.symbol == "7203"
    assert "_7203" in dir(Nikkei225())
    with pytest.raises(AttributeError, match="_private"):
        _ = Nikkei225()._private


def test_a_member_is_found_by_its_whole_name():
    assert SP500()["berkshire hathaway"].symbol == "BRK B"
    assert Dow30()["Microsoft"].symbol == "MSFT"
    assert "Microsoft" in Dow30()
    with pytest.raises(InvalidValue, match=r"near it are.*BRK B \(Berkshire Hathaway\)"):
        SP500()["berkshire"]


def test_a_part_of_name_or_symbol_finds_all_that_have_it():
    assert {"LUV", "UAL"} <= {member.symbol for member in SP500().matching("airlines")}
    assert {"GOOG", "GOOGL"} <= {member.symbol for member in SP500().matching("goo")}
    assert SP500().matching("") == ()


def test_the_version_of_the_data_is_told():
    assert Dow30().version == f"pytickersymbols {version('pytickersymbols')}"


def test_a_frame_has_one_row_a_member():
    frame = SP500().to_frame()
    assert len(frame) == 503
    assert list(frame.columns) == [
        *("symbol", "name", "sector", "industry", "currency", "primary_exchange", "isin")
    ]
    assert frame.set_index("symbol").loc["AAPL", "sector"] == "Information Technology"
