from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.app import App
from textual.widgets import Static

from workstation.model import ContractDetails, Option, Stock
from workstation.protocol import catalog
from workstation.ui.panes.position_rows import (
    COLUMNS,
    position_row,
    row_cell,
    sorted_rows,
    total_cell,
    totals,
)
from workstation.ui.panes.positions import PositionsPane
from workstation.ui.themes import load_themes

AAPL = Stock("AAPL")
MSFT = Stock("MSFT")
CALL = Option("AAPL", "20270115", 190.0, "C")
THEMES = load_themes([Path(__file__).parents[3] / "themes"])
ACCOUNT = "DSIM1234567"


class Host(App):
    CSS = "PositionsPane { border: round $primary; }"

    def __init__(self, session):
        super().__init__()
        self.session = session
        self.posted = []

    def compose(self):
        yield PositionsPane(self.session.workplace)

    def on_mount(self):
        self.register_theme(THEMES["midnight"])
        self.theme = "midnight"

    def on_pane_quotes_wanted(self, message):
        self.posted.append(("quotes", message.owner, [str(each) for each in message.contracts]))

    def on_pane_instrument_selected(self, message):
        self.posted.append(("selected", message.contract.symbol, message.contract.exchange))

    def on_positions_pane_close_requested(self, message):
        told = (message.action, message.quantity, message.order_type, message.account)
        self.posted.append(("close", *told))

    def on_pane_remark(self, message):
        self.posted.append(("remark", message.text))

    @property
    def pane(self):
        return self.query_one(PositionsPane)

    def drain(self):
        self.pane.changed(self.session.picture.changes.take())


def rows(session):
    picture, now = session.picture, session.clock()
    return sorted_rows(position_row(each, picture, now) for each in picture.positions.all())


def texts(row):
    return " | ".join(row_cell(row, column.key).text for column in COLUMNS)


def valued(contract, quantity, price, value, unrealized, realized=0.0):
    return catalog.PortfolioValue(
        contract=contract,
        position=Decimal(quantity),
        market_price=price,
        market_value=value,
        average_cost=150.0,
        unrealized_pnl=unrealized,
        realized_pnl=realized,
        account=ACCOUNT,
    )


def test_a_live_quote_values_a_position(session):
    session.tell(session.holds(AAPL, 100, 180.0))
    (row,) = rows(session)
    assert texts(row) == (
        f"AAPL | 100 | 180.00 | 190.05 | 19,005.00 | +1,005.00 | — | — | {ACCOUNT}"
    )


def test_a_short_position_loses_when_the_price_rises(session):
    session.tell(session.holds(AAPL, -100, 180.0))
    (row,) = rows(session)
    assert (row.value, row.unrealized) == (pytest.approx(-19005.0), pytest.approx(-1005.0))
    assert row_cell(row, "Unrealised") == ("-1,005.00", "down", "")


def test_an_option_is_valued_by_its_multiplier_and_its_cost_shown_for_one_unit(session):
    session.stream(CALL, 5, 5.1, 5.3, 5.2)
    session.tell(session.holds(CALL, 3, 500.0))
    (row,) = rows(session)
    assert row.cost == pytest.approx(5.0)
    assert row.value == pytest.approx(1560.0)
    assert row.unrealized == pytest.approx(60.0)


def test_a_price_in_pence_is_valued_in_pounds(session):
    contract = replace(Stock("VOD"), currency="GBP")
    session.stream(contract, 6, 80.0, 80.2, 80.0)
    details = ContractDetails(contract=replace(contract, contract_id=1006), price_magnifier=100)
    session.tell(catalog.ContractData(request_id=6, details=details))
    session.tell(session.holds(contract, 1000, 0.75))
    (row,) = rows(session)
    assert row.value == pytest.approx(800.0)
    assert row.cost == pytest.approx(75.0)
    assert row.unrealized == pytest.approx(50.0)


def test_without_a_quote_the_last_valuation_stands_with_its_age(session):
    session.tell(valued(MSFT, 10, 400.0, 4000.0, 2500.0))
    session.clock.pass_seconds(34)
    (row,) = rows(session)
    assert row_cell(row, "Last") == ("400.00 34s", "stale", "")
    assert row_cell(row, "Market value") == ("4,000.00", "stale", "")


def test_a_stale_quote_is_dimmed_with_its_age(session):
    session.tell(session.holds(AAPL, 100, 180.0))
    session.tell(catalog.InfoMessage(request_id=-1, code=1100, text="lost"))
    session.clock.pass_seconds(120)
    (row,) = rows(session)
    assert row_cell(row, "Last") == ("190.05 2m", "stale", "")


def test_totals_name_what_they_leave_out(session):
    session.tell(session.holds(AAPL, 100, 180.0), session.holds(MSFT, 10, 300.0))
    (total,) = totals(rows(session))
    assert total_cell(total, "Symbol").text == "Total USD"
    assert total_cell(total, "Market value").text == "*19,005.00"
    assert total_cell(total, "Unrealised").text == "*+1,005.00"
    assert total.remark([column.key for column in COLUMNS]) == (
        "* Market value, Unrealised without MSFT"
    )
    assert total.remark(["Realised"]) == ""


def test_totals_with_old_prices_say_so(session):
    session.tell(session.holds(AAPL, 100, 180.0), valued(MSFT, 10, 400.0, 4000.0, 2500.0))
    (total,) = totals(rows(session))
    assert total_cell(total, "Market value").text == "~23,005.00"
    assert "~ with old prices of MSFT" in total.remark(["Last"])


def test_the_same_instrument_in_two_accounts_is_left_out_by_neither_name_nor_sum(session):
    other = replace(session.holds(MSFT, 10, 300.0), account="DSIM2")
    session.tell(valued(MSFT, 10, 400.0, 4000.0, 2500.0), other)
    (total,) = totals(rows(session))
    assert total.missing["Market value"] == ("MSFT",)
    assert total.sums["Market value"] == pytest.approx(4000.0)


def test_currencies_are_not_added_to_each_other(session):
    euro = Stock("SAP", currency="EUR")
    session.tell(session.holds(AAPL, 100, 180.0), valued(euro, 10, 100.0, 1000.0, 10.0))
    assert [(total.currency, total.sums["Market value"]) for total in totals(rows(session))] == [
        ("USD", pytest.approx(19005.0)),
        ("EUR", 1000.0),
    ]


def test_a_closed_position_stands_last_and_its_profit_still_counts(session):
    session.tell(valued(Stock("AA"), 0, 40.0, 0.0, 0.0, realized=77.0))
    session.tell(valued(AAPL, 100, 190.0, 19000.0, 1.0, realized=3.0))
    told = rows(session)
    assert [str(row.position.contract) for row in told] == ["AAPL", "AA"]
    (total,) = totals(told)
    assert total.sums["Realised"] == pytest.approx(80.0)
    assert total.missing["Market value"] == ()


async def test_held_instruments_are_quoted_and_picked(listed):
    listed.tell(listed.holds(AAPL, 100, 180.0))
    host = Host(listed)
    async with host.run_test(size=(80, 12)) as pilot:
        host.pane.focus_content()
        await pilot.press("enter")
        await pilot.pause()
        assert host.posted == [
            ("quotes", "positions", ["AAPL"]),
            ("selected", "AAPL", "SMART"),
        ]


async def test_closing_asks_for_a_ticket_of_the_other_side(listed):
    listed.tell(listed.holds(AAPL, -100, 180.0))
    host = Host(listed)
    async with host.run_test(size=(80, 12)) as pilot:
        host.pane.focus_content()
        await pilot.press("delete")
        await pilot.pause()
        assert host.posted[-1] == ("close", "BUY", Decimal(100), "MKT", ACCOUNT)
        listed.tell(listed.holds(AAPL, 0, 180.0))
        host.drain()
        await pilot.press("delete")
        await pilot.pause()
        assert host.posted[-1] == ("remark", "there is nothing to close")


async def test_a_tick_changes_the_value_on_the_screen(listed):
    listed.tell(listed.holds(AAPL, 100, 180.0), listed.holds(MSFT, 10, 300.0))
    host = Host(listed)
    async with host.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        listed.tell(catalog.TickPrice(request_id=1, tick_type=4, price=191.0))
        host.drain()
        await pilot.pause()
        assert host.pane.selected.value == pytest.approx(19100.0)
        told = str(host.query_one("#positions-remark", Static).content)
        assert told == "* Unrealised without MSFT"


@pytest.mark.parametrize("size", [(80, 12), (54, 12), (120, 16)], ids=lambda each: f"{each[0]}")
def test_picture(snap_compare, listed, size):
    listed.stream(CALL, 5, 5.1, 5.3, 5.2)
    listed.tell(
        valued(AAPL, 100, 190.0, 19000.0, 1.0, realized=3.0),
        listed.holds(CALL, -3, 500.0),
        listed.holds(MSFT, 10, 300.0),
        valued(Stock("AA"), 0, 40.0, 0.0, 0.0, realized=77.0),
        valued(Stock("IBM"), 12, 250.0, 3000.0, -120.5, realized=0.0),
    )
    listed.clock.pass_seconds(4)

    async def before(pilot):
        pilot.app.pane.focus_content()
        await pilot.pause()

    assert snap_compare(Host(listed), terminal_size=size, run_before=before)
