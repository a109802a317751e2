from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Input, Static

from workstation.errors import NotConnected
from workstation.model import LimitOrder, Option, Stock
from workstation.protocol import catalog
from workstation.ui.panes.ticket import TicketPane
from workstation.ui.panes.ticket_prompt import TicketPrompt
from workstation.ui.themes import load_themes

AAPL = Stock("AAPL")
THEMES = load_themes([Path(__file__).parents[3] / "themes"])
CALL = Option("AAPL", "20270115", 190.0, "C")


class Host(App):
    """One ticket, and the controller that answers it."""

    CSS = "TicketPane { border: round $primary; }"

    def __init__(self, session):
        super().__init__()
        self.session = session
        self.remarks = []

    def on_mount(self):
        self.register_theme(THEMES["midnight"])
        self.theme = "midnight"

    def compose(self):
        yield TicketPane(self.session.workplace)

    def on_ticket_pane_submitted(self, message):
        self.session.trading.serve_submission(message)

    def on_ticket_pane_preview_wanted(self, message):
        self.session.trading.serve_preview(message)

    def on_pane_remark(self, message):
        self.remarks.append(message.text)

    @property
    def ticket(self):
        return self.query_one(TicketPane)

    def drain(self):
        """What the feed does thirty times a second."""
        self.session.trading.advance()
        self.ticket.changed(self.session.picture.changes.take())

    def shown(self, selector):
        return str(self.query_one(selector, Static).content)


@pytest.fixture
def host(listed):
    return Host(listed)


def cost(session, margin="4751.25", commission=1.0):
    """The Bridge answers the latest question."""
    asked = session.trader.questions[-1]
    session.tell(
        session.told(
            asked,
            "PreSubmitted",
            initial_margin_change=margin,
            commission=commission,
            commission_currency="USD",
            margin_currency="USD",
        )
    )


async def test_an_order_is_written_confirmed_and_sent_by_keys(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"100", "enter")
        await pilot.pause()
        assert len(listed.trader.questions) == 1
        assert listed.trader.orders == []
        assert host.shown("#prompt-order") == ("BUY 100 AAPL LMT 190.10 DAY ≈ $19,010")
        assert host.shown("#prompt-cost") == "SIMULATED DSIM1234567 · commission … · margin …"
        cost(listed)
        host.drain()
        assert host.shown("#prompt-cost").endswith(" · commission ≈ $1.00 · margin +$4,751")
        assert host.shown("#prompt-keys") == "Enter sends, Esc goes back"
        await pilot.press("enter")
        await pilot.pause()
        (placed,) = listed.trader.orders
        assert placed.order.limit_price == 190.1
        assert not placed.order.what_if
        listed.tell(listed.status(placed.order_id, "Filled", 100, 0, price=190.1))
        host.drain()
        assert host.shown("#ticket-status") == (
            f"order {placed.order_id} BUY AAPL: filled, 100 filled at 190.1"
        )


async def test_without_an_answer_in_two_seconds_the_word_is_needed(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"100", "enter")
        await pilot.pause()
        listed.clock.pass_seconds(2)
        await pilot.pause(0.3)
        assert host.shown("#prompt-cost").endswith(" · commission unknown · margin unknown")
        assert host.shown("#prompt-keys") == "type SEND to send, Esc goes back"
        await pilot.press("enter")
        await pilot.press(*"sent", "enter")
        await pilot.pause()
        assert listed.trader.orders == []
        await pilot.press(*"send", "enter")
        await pilot.pause()
        assert len(listed.trader.orders) == 1


async def test_a_precaution_is_named_and_passed_by_the_word_alone(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"6000", "enter")
        await pilot.pause()
        cost(listed)
        host.drain()
        assert host.shown("#prompt-warnings").splitlines() == [
            "! order quantity: 6,000 (allowed: at most 5,000)",
            "! order value: 1,140,600.00 USD (allowed: at most 250,000.00 USD)",
        ]
        await pilot.press("enter")
        await pilot.pause()
        assert listed.trader.orders == []
        await pilot.press(*"SEND", "enter")
        await pilot.pause()
        assert len(listed.trader.orders) == 1


async def test_a_rule_for_everybody_can_not_be_passed(host, listed):
    listed.tell(catalog.ManagedAccounts(accounts=("U1234567",)))
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"100", "enter")
        await pilot.pause()
        assert host.shown("#prompt-cost") == "LIVE U1234567 · not sent"
        assert host.shown("#prompt-keys") == "Esc goes back"
        await pilot.press(*"SEND", "enter")
        await pilot.pause()
        assert listed.trader.sent == []


async def test_what_the_guard_refuses_at_the_last_moment_is_shown(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"100", "enter")
        await pilot.pause()
        cost(listed)
        host.drain()
        for _ in range(10):
            listed.trader.place_order(AAPL, LimitOrder("BUY", 1, 190.0))
        await pilot.press("enter")
        await pilot.pause()
        assert len(listed.trader.orders) == 10
        assert host.shown("#prompt-warnings").startswith("! orders a second: 11")
        await pilot.press(*"SEND", "enter")
        await pilot.pause()
        assert len(listed.trader.orders) == 11


async def test_an_order_refused_as_a_what_if_needs_the_word(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"100", "enter")
        await pilot.pause()
        question = listed.trader.questions[-1].order_id
        listed.tell(catalog.InfoMessage(request_id=question, code=201, text="too little cash"))
        host.drain()
        assert host.shown("#prompt-warnings") == "! the Bridge says 201: too little cash"
        assert host.shown("#prompt-keys") == "type SEND to send, Esc goes back"


async def test_a_lost_connection_is_told_and_nothing_is_sent(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        listed.trader.failure = NotConnected("there is no Bridge")
        await pilot.press(*"100", "enter")
        await pilot.pause()
        assert host.shown("#prompt-warnings") == "! there is no Bridge"
        assert host.shown("#prompt-cost").endswith(" · commission unknown · margin unknown")


async def test_two_enters_at_once_send_one_order(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"100", "enter")
        await pilot.pause()
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
        assert len(listed.trader.orders) == 1


async def test_escape_goes_back_and_keeps_the_form(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "SELL", 190.1)
        await pilot.press(*"100", "enter", "escape")
        await pilot.pause()
        assert host.focused.id == "quantity"
        assert (host.ticket.form.quantity, host.ticket.form.action) == ("100", "SELL")
        assert listed.trader.orders == []


async def test_illegal_input_is_named_while_typing_and_not_confirmed(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY")
        await pilot.press(*"100", "tab", *"190.055")
        assert host.shown("#words-limit_price") == "off the tick grid: 190.05 or 190.06"
        await pilot.press("enter")
        await pilot.pause()
        assert host.focused.id == "limit_price"
        assert listed.trader.sent == []
        await pilot.press("up")
        assert host.ticket.form.limit_price == "190.06"


@pytest.mark.parametrize(
    ("keys", "price"),
    [
        (["alt+m"], "190.05"),
        (["alt+i"], "190.00"),
        (["alt+a"], "190.10"),
        (["up"], "190.00"),
        (["alt+a", "up", "up", "down"], "190.11"),
        (["alt+a", "pageup"], "190.20"),
        (["alt+i", "pagedown"], "189.90"),
    ],
)
async def test_keys_price_along_the_grid(host, keys, price):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY")
        await pilot.press("tab", *keys)
        await pilot.pause()
        assert host.ticket.form.limit_price == price
        assert host.query_one("#limit_price", Input).value == price


async def test_a_stale_quote_gives_no_price_at_a_single_key(host, listed):
    listed.tell(catalog.InfoMessage(request_id=-1, code=1100, text="lost"))
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press("alt+m", "tab", "up")
        await pilot.pause()
        assert host.ticket.form.limit_price == ""
        assert host.remarks == ["the quote of AAPL is not live: type a price"] * 3
        assert "STALE" in host.shown("#ticket-quote")


async def test_presets_fill_the_size(host):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press("alt+4")
        await pilot.pause()
        assert host.ticket.form.quantity == "500"


async def test_side_type_and_time_are_chosen_by_arrows(host):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        host.query_one("#action").focus()
        await pilot.press("right", "tab", "left", "tab", "right", "right")
        await pilot.pause()
        form = host.ticket.form
        assert (form.action, form.order_type, form.time_in_force) == ("SELL", "STP LMT", "IOC")
        assert host.ticket.has_class("-sell")
        assert not host.ticket.has_class("-buy")
        assert not host.query_one("#aux_price").disabled


async def test_a_selection_is_followed_except_while_an_order_is_confirmed_or_changed(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.show_instrument(AAPL)
        assert host.ticket.form.contract == AAPL
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"100", "enter")
        await pilot.pause()
        host.ticket.show_instrument(Stock("MSFT"))
        assert host.ticket.form.contract == AAPL
        await pilot.press("escape")
        host.ticket.show_instrument(Stock("MSFT"))
        assert host.ticket.form.contract == Stock("MSFT")
        assert host.ticket.form.limit_price == ""


async def test_a_working_order_is_changed_under_its_id(host, listed):
    listed.trader.place_order(AAPL, LimitOrder("BUY", 100, 190.0))
    placed = listed.trader.orders[-1]
    listed.tell(listed.told(placed))
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open_order(listed.picture.orders.own(placed.order_id))
        await pilot.press("tab", "up", "enter")
        await pilot.pause()
        assert host.shown("#prompt-order").startswith(f"CHANGE {placed.order_id} to BUY 100 AAPL")
        await pilot.press("enter")
        await pilot.pause()
        changed = listed.trader.orders[-1]
        assert (changed.order_id, changed.order.limit_price) == (placed.order_id, 190.01)
        assert host.ticket.form.changes is None


async def test_an_order_that_filled_meanwhile_is_not_changed(host, listed):
    listed.trader.place_order(AAPL, LimitOrder("BUY", 100, 190.0))
    placed = listed.trader.orders[-1]
    listed.tell(listed.told(placed))
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open_order(listed.picture.orders.own(placed.order_id))
        listed.tell(listed.status(placed.order_id, "Filled", 100, 0))
        await pilot.press("enter")
        await pilot.pause()
        assert host.remarks == [f"order {placed.order_id} is filled: it can not be changed"]
        assert len(listed.trader.sent) == 1


async def test_an_option_is_worth_its_multiplier(host, listed):
    listed.stream(CALL, 5, 5.1, 5.3, 5.2)
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(CALL, "BUY", 5.3)
        await pilot.press(*"2", "enter")
        await pilot.pause()
        assert host.shown("#prompt-order").startswith(
            "BUY 2 AAPL 20270115 190C LMT 5.30 DAY ≈ $1,060"
        )


def longest(session):
    session.stream(CALL, 5, 5.1, 5.3, 5.2)


@pytest.mark.parametrize("size", [(80, 12), (54, 16)], ids=["80x12", "54x16"])
@pytest.mark.parametrize("stage", ["form", "confirmation", "precaution"])
def test_picture(snap_compare, host, listed, size, stage):
    longest(listed)

    async def before(pilot):
        host.ticket.open(CALL, "SELL" if stage == "precaution" else "BUY", 5.3)
        host.query_one("#order_type").focus()
        await pilot.press("left")
        host.query_one("#quantity").focus()
        await pilot.press(*("6000" if stage == "precaution" else "20"))
        host.query_one("#aux_price").focus()
        await pilot.press(*"5.4")
        for each in host.query(Input):
            each.cursor_blink = False
        if stage == "form":
            await pilot.press("5", "5")
        else:
            await pilot.press("enter")
            await pilot.pause()
            cost(listed)
            host.drain()
        await pilot.pause()

    assert snap_compare(host, terminal_size=size, run_before=before)


async def test_an_answer_to_an_order_that_was_given_up_is_not_shown_for_another(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"100", "enter")
        await pilot.pause()
        first = listed.trader.questions[-1]
        await pilot.press("escape", *"200", "enter")
        await pilot.pause()
        host.ticket.previewed(first.order, host.ticket._question.key, (), "late")
        assert host.shown("#prompt-warnings") == ""


async def test_with_several_accounts_the_order_names_one(host, listed):
    listed.tell(catalog.ManagedAccounts(accounts=("DSIM1", "DSIM2")))
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"100", "enter")
        await pilot.pause()
        assert host.shown("#prompt-cost").startswith("SIMULATED DSIM1 · ")
        assert listed.trader.questions[-1].order.account == "DSIM1"


async def test_names_from_outside_are_neither_markup_nor_control_codes(host, listed):
    name = "[red]X\x1b[2J"
    listed.stream(Stock(name), 9, 10.0, 10.1, 10.0)
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(Stock(name), "BUY", 10.1)
        await pilot.press(*"100", "enter")
        await pilot.pause()
        assert host.ticket._border_title.plain == "Ticket · [red]X�[2J"
        assert host.shown("#prompt-order") == "BUY 100 [red]X�[2J LMT 10.10 DAY ≈ $1,010"


async def test_a_ticket_to_close_with_is_a_market_order_of_that_account(host, listed):
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "SELL", quantity=Decimal(300), order_type="MKT", account="DSIM2")
        await pilot.pause()
        form = host.ticket.form
        assert (form.quantity, form.order_type, form.account) == ("300", "MKT", "DSIM2")
        assert host.query_one("#limit_price").disabled


class SlowHost(Host):
    """Keeps what the ticket wants sent, and does not answer."""

    def __init__(self, session):
        super().__init__(session)
        self.wanted = []

    def on_ticket_pane_submitted(self, message):
        message.prevent_default()
        self.wanted.append(message)


async def test_an_order_under_way_is_neither_sent_again_nor_given_up(listed):
    host = SlowHost(listed)
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"100", "enter")
        await pilot.pause()
        await pilot.press("enter", "enter", "escape")
        await pilot.pause()
        assert len(host.wanted) == 1
        host.ticket.refused(NotConnected("there is no Bridge"))
        assert host.shown("#prompt-warnings") == "! there is no Bridge"
        await pilot.press("escape")
        await pilot.pause()
        assert host.focused.id == "quantity"


async def test_an_enter_pressed_before_a_precaution_was_shown_does_not_pass_it(listed):
    host = SlowHost(listed)
    async with host.run_test(size=(80, 12)) as pilot:
        host.ticket.open(AAPL, "BUY", 190.1)
        await pilot.press(*"6000", "enter")
        await pilot.pause()
        host.query_one(TicketPrompt).post_message(TicketPrompt.Accepted(with_word=False))
        await pilot.pause()
        assert host.wanted[0].override == frozenset()
