from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pytest
from msgspec.structs import replace
from textual.app import App
from textual.widgets import Static

from workstation.clients import Priority
from workstation.model import CommissionReport, Execution, LimitOrder, Option, Stock, StopOrder
from workstation.protocol import catalog
from workstation.state.live_order import OrderStage
from workstation.ui.actions import BY_ID
from workstation.ui.panes.order_rows import COLUMNS, detail, order_cell, sorted_keys
from workstation.ui.panes.orders import OrdersPane
from workstation.ui.styles import STYLES
from workstation.ui.themes import load_themes

AAPL = Stock("AAPL")
CALL = Option("AAPL", "20270115", 190.0, "C")
THEMES = load_themes([Path(__file__).parents[3] / "themes"])


class Host(App):
    CSS = "OrdersPane { border: round $primary; }"
    BINDINGS: ClassVar = [BY_ID["cancel_order"].binding, BY_ID["cancel_symbol"].binding]

    def __init__(self, session):
        super().__init__()
        self.session = session
        self.posted = []

    def compose(self):
        yield OrdersPane(self.session.workplace)

    def on_mount(self):
        self.register_theme(THEMES["midnight"])
        self.theme = "midnight"

    def on_orders_pane_modify_requested(self, message):
        self.posted.append(("modify", message.key.order_id))

    def on_orders_pane_cancel_requested(self, message):
        self.posted.append(("cancel", message.key.order_id))

    def on_orders_pane_cancel_symbol_requested(self, message):
        self.posted.append(("cancel symbol", message.instrument))

    def on_pane_quotes_wanted(self, message):
        self.wanted = (message.priority, message.contracts)

    def on_pane_remark(self, message):
        self.posted.append(("remark", message.text))

    def action_cancel_order(self):
        self.pane.action_cancel_order()

    def action_cancel_symbol(self):
        self.pane.action_cancel_symbol()

    @property
    def pane(self):
        return self.query_one(OrdersPane)

    def drain(self):
        self.pane.changed(self.session.picture.changes.take())


def place(session, order, contract=AAPL, reference=""):
    session.clock.pass_seconds(1)
    session.trader.place_order(contract, replace(order, order_reference=reference))
    placed = session.trader.sent[-1]
    session.tell(session.told(placed))
    return placed.order_id


def fill(session, order_id, shares, execution_id, contract=AAPL):
    session.tell(
        catalog.ExecutionData(
            request_id=-1,
            contract=contract,
            execution=Execution(
                order_id=order_id,
                client_id=7,
                execution_id=execution_id,
                shares=Decimal(shares),
                price=190.05,
                average_price=190.05,
            ),
        ),
        catalog.CommissionReport(
            report=CommissionReport(execution_id=execution_id, commission=1.0, currency="USD")
        ),
    )


def texts(session, live):
    cells = {
        column.key: order_cell(live, column.key, session.picture, 7).text for column in COLUMNS
    }
    return " | ".join(cells.values())


def test_a_row_says_what_the_order_is_and_how_it_stands(session):
    order_id = place(session, LimitOrder("BUY", 1200, 190.0), reference="SCREEN")
    session.tell(session.status(order_id, "Submitted", 500, 700, price=190.0))
    assert texts(session, session.picture.orders.own(order_id)) == (
        "51 | SCREEN | 08:00:01 | BUY | 1,200 | 500 | 700 | AAPL | LMT | 190.00 | — | DAY"
        " | ● working"
    )


def test_orders_of_other_clients_are_marked(session):
    session.tell(session.status(3, "Submitted", client_id=2))
    live = session.picture.orders.open()[0]
    assert order_cell(live, "Client", session.picture, 7).text == "@2"
    assert "view only" in detail(live, session.picture, 7)


def test_working_orders_stand_first_and_the_newest_of_each_first(session):
    ids = [place(session, LimitOrder("BUY", 100, 190.0)) for _ in range(4)]
    session.tell(session.status(ids[3], "Filled", 100, 0), session.status(ids[1], "Cancelled"))
    keys = sorted_keys(session.picture.orders.all())
    assert [key.order_id for key in keys] == [ids[2], ids[0], ids[3], ids[1]]


def test_what_if_questions_are_no_orders(session):
    session.trader.place_order(AAPL, replace(LimitOrder("BUY", 100, 190.0), what_if=True))
    assert sorted_keys(session.picture.orders.all()) == ()


def test_the_detail_tells_the_reason_of_a_rejection(session):
    order_id = place(session, LimitOrder("BUY", 100, 190.0))
    session.tell(
        session.status(order_id, "Inactive"),
        catalog.InfoMessage(request_id=order_id, code=201, text="margin\x1b[2Jmissing"),
    )
    live = session.picture.orders.own(order_id)
    assert detail(live, session.picture, 7) == (
        "51 BUY 100 AAPL LMT 190.00 DAY · rejected (Inactive) · margin�[2Jmissing"
    )


def test_the_detail_counts_fills_and_what_they_cost(session):
    order_id = place(session, LimitOrder("BUY", 100, 190.05))
    fill(session, order_id, 40, "a.01")
    fill(session, order_id, 60, "b.01")
    live = session.picture.orders.own(order_id)
    assert detail(live, session.picture, 7) == (
        "51 BUY 100 AAPL LMT 190.05 DAY · filled (Submitted) · filled at 190.05"
        " · 2 fills, commission 2.00 USD"
    )


@pytest.mark.parametrize("stage", list(OrderStage))
def test_every_stage_has_a_word_and_a_style_of_its_own(session, stage):
    order_id = place(session, LimitOrder("BUY", 100, 190.0))
    live = replace(session.picture.orders.own(order_id), stage=stage)
    cell = order_cell(live, "Status", session.picture, 7)
    assert cell.text.endswith(f" {stage}")
    assert cell.style in STYLES


async def test_quotes_of_what_orders_work_in_are_wanted_before_all_others(session):
    session.trader.place_order(AAPL, LimitOrder("BUY", 100, 190.0))
    app = Host(session)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.wanted == (Priority.POSITION, (AAPL,))


async def test_keys_post_what_the_user_wants(listed):
    order_id = place(listed, LimitOrder("BUY", 100, 190.0))
    host = Host(listed)
    async with host.run_test(size=(80, 12)) as pilot:
        host.pane.focus_content()
        await pilot.press("enter", "x", "X")
        await pilot.pause()
        assert host.posted == [
            ("modify", order_id),
            ("cancel", order_id),
            ("cancel symbol", "AAPL STK USD"),
        ]


async def test_what_can_not_be_changed_is_said(listed):
    listed.tell(listed.status(3, "Submitted", client_id=2))
    host = Host(listed)
    async with host.run_test(size=(80, 12)) as pilot:
        host.pane.focus_content()
        await pilot.press("enter")
        await pilot.pause()
        assert host.posted == [("remark", "this is an order of client 2: it can only be looked at")]


async def test_news_moves_neither_cursor_nor_focus(listed):
    first = place(listed, LimitOrder("BUY", 100, 190.0))
    host = Host(listed)
    async with host.run_test(size=(80, 12)) as pilot:
        host.pane.focus_content()
        await pilot.pause()
        place(listed, LimitOrder("SELL", 50, 191.0))
        host.drain()
        await pilot.pause()
        assert host.pane.selected.key.order_id == first
        listed.tell(listed.status(first, "Filled", 100, 0, price=190.0))
        host.drain()
        await pilot.pause()
        assert host.pane.selected.key.order_id == first
        assert "filled" in str(host.query_one("#orders-detail", Static).content)


@pytest.mark.parametrize("size", [(80, 12), (54, 12), (120, 16)], ids=lambda each: f"{each[0]}")
def test_picture(snap_compare, listed, size):
    filled = place(listed, LimitOrder("BUY", 100, 190.05), reference="SCREEN")
    fill(listed, filled, 100, "a.01")
    place(listed, StopOrder("SELL", 100, 185.0, time_in_force="GTC"), reference="SCREEN")
    rejected = place(listed, LimitOrder("SELL", 1000, 191.0), reference="PAIRS")
    listed.tell(
        listed.status(rejected, "Inactive", 0, 1000),
        catalog.InfoMessage(request_id=rejected, code=201, text="not enough margin"),
    )
    listed.stream(CALL, 5, 5.1, 5.3, 5.2)
    working = place(listed, LimitOrder("BUY", 20, 5.2), CALL, "SCREEN")
    listed.tell(listed.status(working, "Submitted", 5, 15, price=5.2))
    cancelling = place(listed, LimitOrder("BUY", 300, 189.0), reference="CROSS")
    listed.trader.cancel_order(cancelling)
    listed.tell(listed.status(3, "PreSubmitted", client_id=2))

    async def before(pilot):
        pilot.app.pane.focus_content()
        await pilot.press("down")
        await pilot.pause()

    assert snap_compare(Host(listed), terminal_size=size, run_before=before)
