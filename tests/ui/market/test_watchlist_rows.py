from __future__ import annotations

import pytest

from workstation.model import ContractDetails, PriceIncrement, Stock
from workstation.protocol import catalog
from workstation.state.session import BridgeDisconnected
from workstation.ui.panes.watchlist_rows import (
    COLUMNS,
    SORTS,
    Sort,
    cell,
    is_aging,
    is_old,
    sorted_keys,
    standing,
)

AAPL = Stock("AAPL")
DELAYED, FROZEN = 3, 2


def shown(market, symbol, column):
    contract = Stock(symbol)
    key = market.picture.contracts.key(contract)
    return cell(market.picture, key, contract, column, market.clock())


def quote(market, symbol="AAPL"):
    return market.picture.quotes.of(Stock(symbol))


def words(market, symbol="AAPL"):
    return standing(quote(market, symbol), market.clock()).text


def order(market, symbols, sort):
    keys = [market.picture.contracts.key(Stock(each)) for each in symbols]
    sorted_ = sorted_keys(keys, sort, market.picture, market.clock())
    return [key.split()[0] for key in sorted_]


# Values


def test_every_column_of_a_quote_is_written_as_a_trader_reads_it(market):
    market.ticks("AAPL", close=188.0, last=190.0, bid=189.95, bid_size=300, ask=190.1)
    market.ticks("AAPL", ask_size=12_000, volume=4_560_000, high=191.5, low=187.25, last=190.05)
    told = {column.key: shown(market, "AAPL", column.key).text for column in COLUMNS}
    assert told == {
        "symbol": "AAPL",
        "last": "190.05▲",
        "change": "+2.05",
        "percent": "+1.09%",
        "bid": "189.95",
        "bid_size": "300",
        "ask": "190.10",
        "ask_size": "12.0K",
        "volume": "4.56M",
        "high": "191.50",
        "low": "187.25",
        "trend": "",
        "position": "",
        "pnl": "",
    }


def test_price_has_the_colour_of_its_last_tick_and_change_that_of_the_day(market):
    market.ticks("AAPL", close=200.0, last=190.0)
    assert shown(market, "AAPL", "last") == ("190.00 ", "unchanged", "")
    market.ticks("AAPL", last=190.05)
    assert shown(market, "AAPL", "last") == ("190.05▲", "up", "")
    assert shown(market, "AAPL", "percent").style == "down"
    market.ticks("AAPL", last=189.9)
    assert shown(market, "AAPL", "last") == ("189.90▼", "down", "")


def test_day_without_change_has_no_colour_and_no_sign(market):
    market.ticks("AAPL", close=190.0, last=190.0)
    assert shown(market, "AAPL", "change") == ("0.00", "", "")
    assert shown(market, "AAPL", "percent") == ("0.00%", "", "")


def test_value_that_never_came_is_a_dash(market):
    market.ticks("AAPL", last=190.0)
    for column in ("change", "percent", "bid", "bid_size", "ask", "ask_size", "volume", "high"):
        assert shown(market, "AAPL", column) == ("—", "muted", ""), column


def test_decimals_are_those_of_the_quotes_own_tick(market):
    number = market.line("AAPL")
    market.tell(catalog.TickRequestParams(request_id=number, min_tick=0.005))
    market.ticks("AAPL", bid=190.005)
    assert shown(market, "AAPL", "bid").text == "190.005"


def test_market_rule_decides_decimals_at_each_price(market):
    details = ContractDetails(contract=AAPL, valid_exchanges="SMART", market_rule_ids="26")
    rule = (
        PriceIncrement(low_edge=0.0, increment=0.0001),
        PriceIncrement(low_edge=1.0, increment=0.01),
    )
    market.tell(
        catalog.ContractData(request_id=9, details=details),
        catalog.MarketRule(market_rule_id=26, increments=rule),
    )
    market.ticks("AAPL", bid=0.5, ask=190.5)
    assert shown(market, "AAPL", "bid").text == "0.5000"
    assert shown(market, "AAPL", "ask").text == "190.50"


@pytest.mark.parametrize(
    ("price", "text"),
    [(4123.45, "4,123.45"), (49_123.45, "49123.45"), (749_123.4, "749123.4"), (7e6, "7000000")],
)
def test_long_price_loses_separators_and_decimals_but_never_its_leading_digits(market, price, text):
    market.ticks("AAPL", last=price, bid=price)
    assert shown(market, "AAPL", "bid").text == text


def test_texts_of_large_figures_fit_their_columns(market):
    market.ticks("AAPL", close=300_000.0, last=749_123.45, bid=749_123.45, bid_size=999_999)
    market.ticks("AAPL", volume=9_999_999_999, last=749_123.4)
    market.hold("AAPL", -1_234_567, 20_000.0)
    for column in COLUMNS:
        assert len(shown(market, "AAPL", column.key).text) <= column.width, column


def test_symbol_from_outside_carries_no_control_codes(market):
    assert "\x1b" not in shown(market, "A\x1b[2J", "symbol").text


# Trust


def test_live_quote_has_its_course_where_others_have_words(market):
    for price in (190.0, 190.1, 190.2):
        market.ticks("AAPL", last=price)
        market.clock.pass_seconds(10)
    assert words(market) == ""
    assert shown(market, "AAPL", "trend") == ("▁▅█", "muted", "")


def test_instrument_nobody_asked_for_says_that_it_has_no_line(market):
    assert shown(market, "AAPL", "trend") == ("no line", "stale", "")
    assert shown(market, "AAPL", "last") == ("—", "muted", "")


def test_line_without_a_tick_waits(market):
    market.line("AAPL")
    assert words(market) == "waiting"


def test_refused_line_names_the_code(market):
    number = market.line("AAPL")
    market.tell(catalog.InfoMessage(request_id=number, code=354, text="not subscribed"))
    assert words(market) == "error 354"


def test_row_without_a_line_says_so_with_its_age_and_is_dimmed_once_it_is_old(market):
    market.ticks("AAPL", last=190.0)
    market.end_line("AAPL")
    market.clock.pass_seconds(12)
    assert shown(market, "AAPL", "trend") == ("no line 12s", "muted", "")
    assert shown(market, "AAPL", "last").style == "unchanged"
    market.clock.pass_seconds(170)
    assert shown(market, "AAPL", "trend") == ("no line 3m", "stale", "")
    assert shown(market, "AAPL", "last").style == "stale"


def test_quote_from_before_a_lost_connection_is_dimmed_at_once_with_its_age(market):
    market.ticks("AAPL", close=188.0, last=190.0, bid=189.9)
    market.clock.pass_seconds(4)
    market.tell(BridgeDisconnected())
    assert words(market) == "stale 4s"
    for column in ("last", "percent", "bid", "trend"):
        assert shown(market, "AAPL", column).style == "stale", column


def test_next_tick_makes_a_stale_quote_live_again(market):
    market.ticks("AAPL", last=190.0)
    market.tell(catalog.InfoMessage(request_id=-1, code=2103, text="broken"))
    assert words(market).startswith("stale")
    market.ticks("AAPL", last=190.1)
    assert words(market) == ""
    assert not is_old(quote(market), market.clock())


def test_delayed_quote_is_marked_beside_its_course(market):
    number = market.line("AAPL")
    market.tell(catalog.MarketDataType(request_id=number, market_data_type=DELAYED))
    for price in (190.0, 190.1):
        market.ticks("AAPL", last=price)
        market.clock.pass_seconds(10)
    assert shown(market, "AAPL", "trend").text == "D ▁█"


def test_frozen_quote_says_so(market):
    market.ticks("AAPL", last=190.0)
    number = market.requests["AAPL"]
    market.tell(catalog.MarketDataType(request_id=number, market_data_type=FROZEN))
    assert shown(market, "AAPL", "trend") == ("frozen 0s", "warning", "")


def test_live_line_without_a_tick_for_long_is_called_quiet_but_not_dimmed(market):
    market.ticks("AAPL", last=190.0)
    market.clock.pass_seconds(61)
    assert shown(market, "AAPL", "trend") == ("quiet 1m", "muted", "")
    assert shown(market, "AAPL", "last").style == "unchanged"


def test_only_rows_that_tell_an_age_grow_old(market):
    market.ticks("AAPL", last=190.0)
    assert not is_aging(None, market.clock())
    assert not is_aging(quote(market), market.clock())
    market.clock.pass_seconds(61)
    assert is_aging(quote(market), market.clock())


# Holdings


def test_position_and_its_profit_are_those_of_all_accounts(market):
    market.ticks("AAPL", last=160.0, bid=159.9, ask=160.1)
    market.hold("AAPL", 100, 150.0)
    market.hold("AAPL", 50, 170.0, account="DSIM7654321")
    assert shown(market, "AAPL", "position") == ("150", "up", "")
    assert shown(market, "AAPL", "pnl") == ("+500.00", "up", "")


def test_short_position_is_negative_and_coloured_so(market):
    market.ticks("AAPL", last=160.0, bid=159.9, ask=160.1)
    market.hold("AAPL", -100, 150.0)
    assert shown(market, "AAPL", "position") == ("-100", "down", "")
    assert shown(market, "AAPL", "pnl") == ("-1,000.00", "down", "")


def test_profit_at_an_old_price_is_dimmed(market):
    market.ticks("AAPL", last=160.0)
    market.hold("AAPL", 100, 150.0)
    market.tell(BridgeDisconnected())
    assert shown(market, "AAPL", "pnl") == ("+1,000.00", "stale", "")


def test_profit_that_is_not_known_is_a_dash_and_never_a_part_of_it(market):
    market.hold("AAPL", 100, None)
    assert shown(market, "AAPL", "pnl").text == "—"
    market.ticks("AAPL", last=160.0)
    market.hold("AAPL", 10, 150.0, account="DSIM7654321")
    assert shown(market, "AAPL", "pnl").text == "—"


# Order


def test_first_order_is_the_lists_own(market):
    assert SORTS[0] == Sort()
    assert order(market, ["MSFT", "AAPL"], SORTS[0]) == ["MSFT", "AAPL"]


def test_rows_without_a_value_stand_last_in_both_directions(market):
    market.ticks("AAPL", close=100.0, last=101.0)
    market.ticks("MSFT", close=100.0, last=99.0)
    symbols = ["IBM", "MSFT", "AAPL"]
    assert order(market, symbols, Sort("percent")) == ["AAPL", "MSFT", "IBM"]
    assert order(market, symbols, Sort("percent", descending=False)) == ["MSFT", "AAPL", "IBM"]


def test_equal_rows_stay_in_the_order_of_the_list(market):
    for symbol in ("AAPL", "MSFT", "IBM"):
        market.ticks(symbol, volume=500)
    for descending in (True, False):
        sort = Sort("volume", descending=descending)
        assert order(market, ["MSFT", "IBM", "AAPL"], sort) == ["MSFT", "IBM", "AAPL"]


def test_rows_are_sorted_by_profit(market):
    for symbol, cost in (("AAPL", 90.0), ("MSFT", 120.0)):
        market.ticks(symbol, last=100.0)
        market.hold(symbol, 10, cost)
    assert order(market, ["IBM", "MSFT", "AAPL"], Sort("pnl")) == ["AAPL", "MSFT", "IBM"]


def test_every_order_says_itself_in_words_by_a_column_that_exists():
    keys = {column.key for column in COLUMNS}
    assert [sort.words for sort in SORTS[:3]] == ["", "by Chg% ▾", "by Chg% ▴"]
    assert all(sort.column in keys and sort.words for sort in SORTS[1:])
