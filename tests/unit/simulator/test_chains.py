"""Option chains: which options are listed, that they stay listed, and how they are found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.model import Contract, Option, Stock
from workstation.model.trading_calendar import us_calendar
from workstation.simulator.chains import OptionChains
from workstation.simulator.expiries import expiry_of_week, is_monthly, week_of
from workstation.simulator.option_ids import OptionIds, OptionTerms

TODAY = date(2026, 11, 23)
NAMES = ["AAPL", "KO", "F", "NVR", "BRK B"]


def test_every_expiry_is_a_trading_day_and_the_last_of_its_week(chains, market):
    for stock in market.universe.stocks[::10]:
        for expiry in chains.expiries(stock.symbol, TODAY):
            assert us_calendar().is_trading_day(expiry)
            later = us_calendar().on_or_after(expiry + timedelta(days=1)).date
            assert week_of(later) > week_of(expiry)


def test_expiries_of_a_much_traded_stock(chains):
    assert [f"{expiry:%y%m%d}" for expiry in chains.expiries("AAPL", TODAY)] == [
        *("261127", "261204", "261211", "261218", "261224", "261231"),
        *("270115", "270416", "270716", "280121", "290119"),
    ]


def test_a_holiday_moves_an_expiry_to_the_day_before():
    assert expiry_of_week(week_of(date(2026, 12, 25))) == date(2026, 12, 24)
    assert expiry_of_week(week_of(date(2027, 6, 18))) == date(2027, 6, 17)
    assert is_monthly(date(2027, 6, 17))
    assert not is_monthly(date(2026, 12, 24))


def test_every_stock_has_monthly_and_long_term_expiries(chains, market):
    for stock in market.universe.stocks[::7]:
        expiries = chains.expiries(stock.symbol, TODAY)
        assert sum(map(is_monthly, expiries)) >= 5
        assert (expiries[-1] - TODAY).days > 600
        assert all(chains.strikes(stock.symbol, expiry, TODAY) for expiry in expiries)


def test_only_much_traded_stocks_have_weekly_expiries(chains, market):
    weekly = {
        stock.symbol
        for stock in market.universe.stocks
        if not all(map(is_monthly, chains.expiries(stock.symbol, TODAY)))
    }
    assert {"AAPL", "F", "KO"} <= weekly
    assert 100 < len(weekly) < 450


def test_an_expiry_counts_until_its_day_is_over(chains):
    friday = date(2026, 12, 4)
    assert friday in chains.expiries("AAPL", friday)
    assert friday not in chains.expiries("AAPL", friday + timedelta(days=1))


@pytest.mark.parametrize("name", NAMES)
def test_strikes_stand_around_the_price(chains, market, name):
    price = market.quote(name).last
    for expiry in chains.expiries(name, TODAY):
        strikes = chains.strikes(name, expiry, TODAY)
        assert list(strikes) == sorted(set(strikes))
        assert sum(strike < price for strike in strikes) >= 4
        assert sum(strike > price for strike in strikes) >= 4
        assert len(strikes) < 130


def test_near_expiries_have_finer_strikes(chains):
    near, far = (
        chains.strikes("AAPL", expiry, TODAY) for expiry in (date(2026, 12, 11), date(2029, 1, 19))
    )
    assert 217.5 in near
    assert 217.5 not in far
    assert 220.0 in far
    assert max(far) > max(near)


@pytest.mark.parametrize("name", NAMES)
def test_a_listed_option_stays_listed_until_it_expires(chains, name):
    before = set()
    for week in range(60):
        day = date(2026, 1, 5) + timedelta(days=7 * week + week % 5)
        now = {
            (expiry, strike)
            for expiry in chains.expiries(name, day)
            for strike in chains.strikes(name, expiry, day)
        }
        assert not {option for option in before - now if option[0] >= day}
        before = now


def test_contract_ids_are_unique_across_chains_and_stocks(chains, market):
    options = [
        option.contract_id
        for name in NAMES
        for option in chains.candidates(Contract(symbol=name, security_type="OPT"), TODAY)
    ]
    stocks = {stock.contract_id for stock in market.universe.stocks}
    assert len(options) > 3000
    assert len(set(options)) == len(options)
    assert not stocks & set(options)
    assert max(options) < 2**31


@pytest.mark.parametrize("name", NAMES)
def test_a_contract_id_tells_the_option_it_means(chains, name):
    for option in chains.candidates(Contract(symbol=name, security_type="OPT"), TODAY):
        assert chains.by_id(option.contract_id, TODAY) == option


def test_contract_ids_are_the_same_in_every_process(chains):
    (option,) = chains.candidates(Option("AAPL", "20270115", 220.0, "C"), TODAY)
    assert option.contract_id == 293016368


@pytest.mark.parametrize("contract_id", [0, 1, 2947162, 2**27 - 1, 2**27, 2**31 - 1, 293016368 + 4])
def test_a_contract_id_of_no_option_means_none(chains, contract_id):
    assert chains.by_id(contract_id, TODAY) is None


@given(
    week=st.integers(-9, 116),
    place=st.integers(1, 399),
    right=st.sampled_from("CP"),
    symbol=st.sampled_from(["A", "AAPL", "BRK B", "ZTS"]),
)
@settings(max_examples=100, deadline=None)
def test_ids_are_reversible_for_all_options_that_can_be_listed(week, place, right, symbol):
    ids = OptionIds(["A", "AAPL", "BRK B", "ZTS"])
    terms = OptionTerms(symbol, expiry_of_week(week_of(TODAY) + week), place / 2, right)
    assert ids.terms(ids.of(terms), TODAY) == terms


@pytest.mark.parametrize("strike", [0.5, 199.5, 200.0, 997.5, 1000.0, 4995.0, 5000.0, 24_900.0])
def test_ids_hold_every_band_of_strikes(strike):
    ids = OptionIds(["A"])
    terms = OptionTerms("A", date(2027, 1, 15), strike, "P")
    assert ids.terms(ids.of(terms), TODAY) == terms


def test_colliding_underlyings_get_numbers_of_their_own():
    symbols = [
        f"{first}{second}"
        for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for second in "ABCDEFGHIJKLMNOPQRST"
    ]
    ids = OptionIds(symbols)
    numbers = {ids.of(OptionTerms(symbol, date(2027, 1, 15), 10.0, "C")) for symbol in symbols}
    assert len(numbers) == len(symbols)


@pytest.mark.parametrize(
    "contract",
    [
        Option("AAPL", "20270115", 220.0, "C"),
        Option("aapl", "20270115", 220.0, "CALL", "CBOE"),
        Contract(
            symbol="AAPL", security_type="OPT", last_trade_date="202701", strike=220.0, right="C"
        ),
        Contract(contract_id=293016368),
        Contract(contract_id=293016368, security_type="OPT", exchange="SMART"),
        Contract(local_symbol="AAPL  270115C00220000", security_type="OPT"),
        Option("AAPL", "20270115", 220.0, "C", trading_class="AAPL"),
        Contract(
            symbol="AAPL",
            security_type="OPT",
            last_trade_date="20270115 16:00:00 US/Eastern",
            strike=220.0,
            right="C",
        ),
    ],
)
def test_one_option_is_found_by_whatever_is_known_of_it(chains, contract):
    assert [option.contract_id for option in chains.candidates(contract, TODAY)] == [293016368]


@pytest.mark.parametrize(
    "contract",
    [
        Option("AAPL", "20270116", 220.0, "C"),
        Option("AAPL", "20270115", 221.0, "C"),
        Option("AAPL", "20270115", 220.0, "C", multiplier="10"),
        Option("AAPL", "20270115", 220.0, "C", currency="EUR"),
        Option("AAPL", "20270115", 220.0, "C", "EUREX"),
        Option("AAPL", "20270115", 220.0, "C", trading_class="AAPL7"),
        Option("APPL", "20270115", 220.0, "C"),
        Contract(contract_id=293016368, symbol="MSFT"),
        Contract(contract_id=293016368, security_type="STK"),
        Contract(contract_id=293016368, right="P"),
        Contract(contract_id=293016368, strike=225.0),
        Contract(contract_id=293016368, last_trade_date="20270116"),
        Contract(symbol="AAPL", last_trade_date="20270115"),
        Contract(symbol="AAPL", security_type="OPT", right="X"),
        Contract(local_symbol="AAPL", security_type="OPT"),
        Contract(local_symbol="AAPL  270115C00220001", security_type="OPT"),
    ],
)
def test_a_contract_that_fits_nothing_finds_nothing(chains, contract):
    assert chains.candidates(contract, TODAY) == ()


@pytest.mark.parametrize("right", ["", "0", "?"])
def test_what_is_left_open_fits_everything(chains, right):
    found = chains.candidates(
        Contract(
            symbol="AAPL", security_type="OPT", last_trade_date="20270115", strike=0.0, right=right
        ),
        TODAY,
    )
    strikes = chains.strikes("AAPL", date(2027, 1, 15), TODAY)
    assert [(option.strike, option.right) for option in found] == [
        (strike, right) for strike in strikes for right in "CP"
    ]


def test_parameters_tell_expiries_and_strikes_for_each_exchange(chains):
    told = chains.parameters("BRK B", TODAY)
    assert {"SMART", "CBOE", "AMEX"} <= {each.exchange for each in told}
    assert {(each.trading_class, each.multiplier) for each in told} == {("BRKB", "100")}
    expiries = chains.expiries("BRK B", TODAY)
    assert told[0].expirations == tuple(f"{expiry:%Y%m%d}" for expiry in expiries)
    every = {strike for e in expiries for strike in chains.strikes("BRK B", e, TODAY)}
    assert told[0].strikes == tuple(sorted(every))
    assert chains.parameters("APPL", TODAY) == ()


def test_some_strikes_exist_for_some_expiries_only(chains):
    every = set(chains.parameters("AAPL", TODAY)[0].strikes)
    for expiry in chains.expiries("AAPL", TODAY):
        assert set(chains.strikes("AAPL", expiry, TODAY)) < every


def test_details_say_what_a_client_needs(chains):
    (option,) = chains.candidates(Option("BRK B", "20270115", 550.0, "P"), TODAY)
    details = chains.details(option, TODAY, "CBOE")
    contract = details.contract
    assert contract.local_symbol == "BRKB  270115P00550000"
    assert (contract.trading_class, contract.multiplier, contract.exchange) == (
        "BRKB",
        "100",
        "CBOE",
    )
    assert (details.contract_month, details.real_expiration_date) == ("202701", "20270115")
    assert (details.under_symbol, details.under_security_type) == ("BRK B", "STK")
    assert details.under_contract_id == option.underlying.contract_id
    assert details.market_rule_ids.count(",") == details.valid_exchanges.count(",")
    assert chains.candidates(contract, TODAY) == (option,)


def test_nothing_is_listed_to_find_a_stock(market, monkeypatch):
    chains = OptionChains(market)
    monkeypatch.setattr(chains, "_listed", None)
    assert chains.candidates(Stock("AAPL"), TODAY) == ()
    assert chains.candidates(Contract(symbol="AAPL"), TODAY) == ()
