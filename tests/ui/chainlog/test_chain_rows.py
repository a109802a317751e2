"""Rows, cells and words of an option chain, without a screen."""

from datetime import date
from decimal import Decimal

import pytest

from workstation.model import Contract, ContractDetails, Option, TickType
from workstation.protocol.catalog import TickOptionComputation
from workstation.state.contracts import OptionClass
from workstation.state.quote import Quote, QuoteProblem
from workstation.ui.panes.chain_cells import (
    MONEY,
    ChainLook,
    chain_cell,
    columns_for,
    line_cell,
    lined_keys,
    side_and_field,
    strike_decimals,
)
from workstation.ui.panes.chain_expiries import expiry_name, labels_for
from workstation.ui.panes.chain_picks import pick_of
from workstation.ui.panes.chain_rows import (
    Expiry,
    classes_in_order,
    day_in_new_york,
    expected_move,
    expiries_of,
    nearest_row,
    rows_of,
    settlement_word,
    window,
)

TODAY = date(2026, 11, 23)
STANDARD = OptionClass(1, "SMART", "AAPL", "100", ("20261218",), (180.0, 190.0))


def details(strike, right, trading_class="AAPL", multiplier="100"):
    contract = Option(
        "AAPL", "20261218", strike, right, trading_class=trading_class, multiplier=multiplier
    )
    return ContractDetails(contract=contract)


def chain(*strikes):
    return rows_of([details(each, right) for each in strikes for right in "CP"], STANDARD)


def quote(**values):
    contract = Option("AAPL", "20261218", 190.0, "C")
    values = {"streams": 1, "min_tick": 0.01, **values}
    return Quote("key", contract, **values)


def test_the_standard_class_comes_first_and_smart_stands_for_all_exchanges():
    told = [
        OptionClass(1, "CBOE", "2AAPL", "100", ("20261218",), ()),
        OptionClass(1, "CBOE", "AAPL", "10", ("20261218",), ()),
        OptionClass(1, "CBOE", "AAPL", "100", ("20261218",), ()),
        OptionClass(1, "SMART", "AAPL", "100", ("20261218", "20270115"), ()),
        OptionClass(1, "AMEX", "AAPL", "100", ("20261218",), ()),
        OptionClass(1, "AMEX", "EMPTY", "100", (), ()),
    ]
    ordered = classes_in_order(told, "AAPL")
    assert [(each.trading_class, each.multiplier) for each in ordered] == [
        ("AAPL", "100"),
        ("AAPL", "10"),
        ("2AAPL", "100"),
    ]
    assert ordered[0].exchange == "SMART"


def test_a_symbol_with_a_gap_has_its_class_first_too():
    told = [
        OptionClass(1, "SMART", "2BRKB", "100", ("20261218",), ()),
        OptionClass(1, "SMART", "BRKB", "100", ("20261218",), ()),
    ]
    assert classes_in_order(told, "BRK B")[0].trading_class == "BRKB"


def test_expiries_are_sorted_counted_and_past_or_broken_dates_left_out():
    dates = ("20270115", "20261120", "20261127", "20261123", "later", "20261332")
    found = expiries_of(STANDARD._replace(expirations=dates), TODAY)
    assert [(each.last_trade_date, each.days) for each in found] == [
        ("20261123", 0),
        ("20261127", 4),
        ("20270115", 53),
    ]


@pytest.mark.parametrize(
    ("dates", "weekly"),
    [
        (("20261218",), [False]),
        (("20261204", "20261218"), [True, False]),
        # The third Friday of June 2026 is Juneteenth: the day before stands in.
        (("20260618",), [False]),
        (("20261217", "20261218"), [True, False]),
    ],
)
def test_weeklies_are_told_from_the_standard_expiry(dates, weekly):
    found = expiries_of(STANDARD._replace(expirations=dates), date(2026, 1, 2))
    assert [each.is_weekly for each in found] == weekly


def test_the_day_is_the_one_in_new_york():
    assert day_in_new_york(1_795_492_800_000_000_000) == date(2026, 11, 23)  # 04:00 UTC on 24th


def test_rows_hold_only_contracts_that_exist_and_belong_to_the_class():
    rows = rows_of(
        [
            details(190.0, "P"),
            details(185.0, "C"),
            details(190.0, "C"),
            details(195.0, "C", trading_class="2AAPL"),
            details(200.0, "C", multiplier="10"),
            ContractDetails(contract=Contract(symbol="AAPL")),
        ],
        STANDARD,
    )
    assert [(row.strike, bool(row.call), bool(row.put)) for row in rows] == [
        (185.0, True, False),
        (190.0, True, True),
    ]


def test_strikes_around_the_money_are_chosen_and_all_when_none_is_said():
    rows = chain(*(float(each) for each in range(100, 200, 10)))
    assert [row.strike for row in window(rows, 152.0, 2)] == [130, 140, 150, 160, 170]
    assert [row.strike for row in window(rows, 99.0, 2)] == [100, 110, 120]
    assert window(rows, 152.0, 0) == rows
    assert len(window(rows, None, 2)) == 5
    assert window((), 152.0, 2) == ()


def test_the_row_at_the_money_does_not_flip_with_every_tick():
    rows = chain(180.0, 190.0, 200.0)
    assert nearest_row(rows, 184.0) == 0
    assert nearest_row(rows, 185.1) == 1
    assert nearest_row(rows, 185.1, stay="180") == 0
    assert nearest_row(rows, 186.0, stay="180") == 1
    assert nearest_row(rows, 199.0, stay="180") == 2
    assert nearest_row(rows, None) is None
    assert nearest_row((), 185.0) is None


def test_the_line_stands_between_the_strikes_around_the_price():
    rows = chain(180.0, 190.0, 200.0)
    assert lined_keys(rows, 185.0) == ["180", MONEY, "190", "200"]
    assert lined_keys(rows, 170.0) == [MONEY, "180", "190", "200"]
    assert lined_keys(rows, 210.0) == ["180", "190", "200", MONEY]
    assert lined_keys(rows, None) == ["180", "190", "200"]


def test_the_line_stays_while_the_price_only_touches_a_strike():
    rows = chain(180.0, 190.0, 200.0)
    below = lined_keys(rows, 189.0)
    assert lined_keys(rows, 190.2, below) == below
    above = lined_keys(rows, 191.0, below)
    assert above == ["180", "190", MONEY, "200"]
    assert lined_keys(rows, 189.8, above) == above
    assert lined_keys(rows, 201.0, below) == ["180", "190", "200", MONEY]


def test_the_expected_move_is_the_price_of_the_straddle():
    (row,) = chain(190.0)
    quotes = {"C": quote(bid=4.0, ask=4.2), "P": quote(bid=3.8, ask=4.0)}
    assert expected_move(row, lambda each: quotes[each.right]) == pytest.approx(8.0)
    quotes["P"] = quote(last=3.5)
    assert expected_move(row, lambda each: quotes[each.right]) == pytest.approx(7.6)
    assert expected_move(row, lambda each: None) is None


def test_index_options_say_when_they_settle():
    index = ContractDetails(
        contract=Contract(last_trade_date="20261217"),
        under_security_type="IND",
        real_expiration_date="20261218",
    )
    assert settlement_word(index) == "AM"
    same_day = ContractDetails(
        contract=Contract(last_trade_date="20261218"),
        under_security_type="IND",
        real_expiration_date="20261218",
    )
    assert settlement_word(same_day) == "PM"
    assert settlement_word(details(190.0, "C")) == ""


@pytest.mark.parametrize("width", range(20, 140))
def test_columns_fit_and_are_the_same_on_both_sides(width):
    columns = columns_for(width)
    assert sum(each.width + 1 for each in columns) <= max(width, 10)
    fields = [side_and_field(each.key)[1] for each in columns]
    middle = fields.index("")
    calls, puts = fields[:middle], fields[middle + 1 :]
    assert set(calls) == set(puts)
    # Bid stands left of ask on both sides; all else is mirrored.
    outer = [each for each in calls if each not in ("bid", "ask")]
    assert [each for each in puts if each not in ("bid", "ask")] == outer[::-1]


def test_at_66_columns_delta_and_volatility_still_stand():
    titles = [each.title for each in columns_for(65)]
    assert titles == ["IV", "Δ", "Bid", "Ask", "Strike", "Bid", "Ask", "Δ", "IV"]


def test_all_columns_stand_where_there_is_room():
    titles = [each.title for each in columns_for(118)]
    half = ["Vol", "OI", "IV", "Δ", "Last", "Bid", "Ask"]
    assert titles == [*half, "Strike", "Bid", "Ask", "Last", "Δ", "IV", "OI", "Vol"]


def cells(row, told, look, *fields, side="call"):
    return [chain_cell(row, f"{side}_{field}", told, look) for field in fields]


def test_cells_show_prices_by_tick_greeks_and_sizes():
    computed = TickOptionComputation(
        request_id=1,
        tick_type=TickType.MODEL_OPTION,
        implied_volatility=0.2514,
        delta=0.5231,
    )
    told = quote(
        bid=4.1,
        ask=4.25,
        last=None,
        volume=Decimal(12345),
        open_interest=Decimal(800),
        model_computation=computed,
    )
    (row,) = chain(190.0)
    fields = ("volume", "open_interest", "volatility", "delta", "last", "bid", "ask")
    shown = cells(row, told, ChainLook(), *fields)
    assert [each.text for each in shown] == ["12.3K", "800", "25.1%", "0.52", "—", "4.10", "4.25"]


def test_greeks_come_from_bid_or_ask_when_the_model_is_silent():
    silent = TickOptionComputation(request_id=1, tick_type=TickType.MODEL_OPTION)
    asked = TickOptionComputation(request_id=1, tick_type=11, delta=-0.4)
    told = quote(model_computation=silent, ask_computation=asked)
    (row,) = chain(190.0)
    assert [each.text for each in cells(row, told, ChainLook(), "delta", "volatility")] == [
        "-0.40",
        "—",
    ]


@pytest.mark.parametrize(
    ("shaded_at", "call", "put", "strike"),
    [
        (195.0, "in_the_money", "", "◂190 "),
        (185.0, "", "in_the_money", " 190▸"),
        (190.0, "", "", " 190 "),
        (None, "", "", " 190 "),
    ],
)
def test_in_the_money_is_shaded_and_pointed_at(shaded_at, call, put, strike):
    (row,) = chain(190.0)
    look = ChainLook(price=shaded_at, shaded_at=shaded_at)
    assert chain_cell(row, "call_bid", quote(bid=1.0), look).fill == call
    assert chain_cell(row, "put_bid", quote(bid=1.0), look).fill == put
    assert chain_cell(row, "strike", None, look).text == strike


def test_the_strike_at_the_money_has_a_mark_of_its_own():
    (row,) = chain(192.5)
    look = ChainLook(price=192.0, at_the_money="192.5", strike_decimals=strike_decimals([row]))
    assert chain_cell(row, "strike", None, look).text == "»192.5«"


def test_a_missing_or_refused_contract_leaves_its_cells_empty():
    refused = quote(bid=1.0, problem=QuoteProblem(200, "No security definition"))
    (row,) = rows_of([details(190.0, "C")], STANDARD)
    assert chain_cell(row, "call_bid", refused, ChainLook()).text == ""
    assert chain_cell(row, "put_bid", None, ChainLook()).text == ""
    other = quote(bid=1.0, problem=QuoteProblem(10090, "part of it is not subscribed"))
    assert chain_cell(row, "call_bid", other, ChainLook()).text == "1.00"


@pytest.mark.parametrize("worry", [{"stale": True}, {"streams": 0}])
def test_a_quote_that_may_be_wrong_is_dimmed(worry):
    (row,) = chain(190.0)
    assert chain_cell(row, "call_bid", quote(bid=1.0), ChainLook()).style == ""
    assert chain_cell(row, "call_bid", quote(bid=1.0, **worry), ChainLook()).style == "stale"


def test_the_line_carries_the_price():
    columns = {each.key: each for each in columns_for(65)}
    look = ChainLook(price=190.125, underlying_decimals=3)
    assert line_cell(columns["strike"], look).text == "190.125"
    assert line_cell(columns["call_bid"], look).text == "─" * columns["call_bid"].width


class Quotes:
    def __init__(self, told):
        self.told = told

    def of(self, contract):
        return self.told


@pytest.mark.parametrize(
    ("column", "action", "price"),
    [("call_ask", "BUY", 4.2), ("put_ask", "BUY", 4.2), ("call_bid", "SELL", 4.0)],
)
def test_an_ask_buys_and_a_bid_sells(column, action, price):
    (row,) = chain(190.0)
    pick = pick_of(row, column, Quotes(quote(bid=4.0, ask=4.2)))
    assert (pick.action, pick.price, pick.remark) == (action, price, "")
    assert pick.contract.right == column[0].upper()


def test_no_price_is_taken_from_a_stale_quote():
    (row,) = chain(190.0)
    pick = pick_of(row, "call_ask", Quotes(quote(ask=4.2, stale=True)))
    assert (pick.action, pick.price) == ("BUY", None)
    assert "stale" in pick.remark


def test_other_cells_ask_for_nothing():
    (row,) = rows_of([details(190.0, "C")], STANDARD)
    assert pick_of(row, "strike", Quotes(None)).contract is None
    assert pick_of(row, "put_ask", Quotes(None)) == (None, "", None, "There is no such option")


def expiry(text, days, *, weekly=False):
    day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    return Expiry(text, day, days, weekly)


def test_an_expiry_is_named_by_day_days_to_go_week_and_year():
    assert expiry_name(expiry("20261218", 25), 2026) == "18 Dec 25d"
    assert expiry_name(expiry("20261204", 11, weekly=True), 2026) == "4 Dec 11d w"
    assert expiry_name(expiry("20270115", 53), 2026) == "15 Jan 27 53d"


@pytest.mark.parametrize("width", [24, 30, 64, 78, 200])
@pytest.mark.parametrize("chosen", [0, 5, 11])
def test_the_chosen_expiry_is_always_on_the_line(width, chosen):
    expiries = [expiry(f"2027{month:02}15", 30 * month) for month in range(1, 13)]
    labels = labels_for(expiries, chosen, width, 2027)
    numbers = [each.number for each in labels]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    shown = next(each for each in labels if each.number == chosen)
    assert shown.text.startswith("[")
    assert labels[-1].start + len(labels[-1].text) <= width
    if width == 200:
        assert len(labels) == 12


def test_no_expiries_are_no_labels():
    assert labels_for([], 0, 80, 2026) == []
