"""The option chain on the screen: loading, following the money, picking, giving lines back."""

from concurrent.futures import Future
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from textual.widgets import Static

from workstation.clients import Priority
from workstation.errors import NotConnected, RequestError
from workstation.model import Contract, ContractDetails, Option, Stock, TickType
from workstation.protocol import catalog
from workstation.protocol.catalog import (
    ContractData,
    RequestContractData,
    RequestSecurityDefinitionOptionParameters,
    SecurityDefinitionOptionParameter,
)
from workstation.state.picture import Picture
from workstation.state.session import BridgeConnected
from workstation.ui.panes import chain
from workstation.ui.panes.chain import ChainPane
from workstation.ui.panes.chain_cells import MONEY
from workstation.ui.panes.chain_expiries import ExpiryLine
from workstation.ui.widgets.grid import Grid
from workstation.ui.workplace import Workplace

NOON_NS = 1_795_444_200_123_456_789  # 2026-11-23 09:30 in New York
EXPIRIES = ("20261127", "20261204", "20261218", "20270115", "20270319", "20280121")
STRIKES = tuple(float(each) for each in range(150, 235, 5))


@dataclass
class Asked:
    request: type
    fields: dict
    future: Future = field(default_factory=Future)


class Bridge:
    """Writes down what is asked; the test answers, or it answers by itself."""

    def __init__(self, picture):
        self.picture = picture
        self.asked = []
        self.answers_itself = True
        self.expiries = EXPIRIES
        self.failure = None
        self.number = 500

    def ask(self, request_class, **fields):
        if self.failure is not None:
            raise self.failure
        call = Asked(request_class, fields)
        self.asked.append(call)
        if self.answers_itself:
            self.answer(call)
        return call

    def answer(self, call):
        make = (
            self._classes
            if call.request is RequestSecurityDefinitionOptionParameters
            else self._contracts
        )
        messages = make(**call.fields)
        for each in messages:
            self.picture.apply(each, NOON_NS)
        call.future.set_result(messages)

    def _classes(self, under_symbol, under_contract_id, **_):
        told = [("SMART", under_symbol), ("CBOE", under_symbol), ("SMART", f"2{under_symbol}")]
        return [
            SecurityDefinitionOptionParameter(
                request_id=1,
                exchange=exchange,
                under_contract_id=under_contract_id,
                trading_class=trading_class,
                multiplier="100",
                expirations=self.expiries,
                strikes=STRIKES,
            )
            for exchange, trading_class in told
        ]

    def _contracts(self, contract):
        if contract.security_type == "STK":
            found = [Contract(**{**fields_of(contract), "contract_id": 265598})]
        else:
            found = [
                Option(
                    contract.symbol,
                    contract.last_trade_date,
                    strike,
                    right,
                    trading_class=contract.trading_class,
                )
                for strike in STRIKES
                for right in "CP"
                # A strike that is not listed for this expiry, and one without a put.
                if strike != 185.0 and (strike, right) != (215.0, "P")
            ]
        return [
            ContractData(request_id=1, details=ContractDetails(contract=each)) for each in found
        ]

    def quote(self, contract, bid, ask, *, last=None, delta=None, volatility=None):
        self.number += 1
        number, size = self.number, Decimal(10)
        prices = {TickType.BID: bid, TickType.ASK: ask, TickType.LAST: last}
        self.tell(catalog.RequestMarketData(request_id=number, contract=contract))
        for kind, price in prices.items():
            if price is not None:
                self.tell(
                    catalog.TickPrice(request_id=number, tick_type=kind, price=price, size=size)
                )
        if delta is not None:
            self.tell(
                catalog.TickOptionComputation(
                    request_id=number,
                    tick_type=TickType.MODEL_OPTION,
                    delta=delta,
                    implied_volatility=volatility,
                )
            )
        return number

    def tell(self, message):
        self.picture.apply(message, NOON_NS)


def fields_of(contract):
    return {name: getattr(contract, name) for name in contract.__struct_fields__}


@pytest.fixture
def bridge():
    return Bridge(Picture())


@pytest.fixture
def pane(bridge, monkeypatch):
    monkeypatch.setattr(chain, "SETTLED_SECONDS", 0.0)
    return ChainPane(Workplace(bridge.picture, bridge, 1, lambda: NOON_NS))


async def loaded(pilot, pane, symbol="AAPL"):
    await pilot.pause()
    pane.show_instrument(Stock(symbol))
    await settled(pilot)


async def settled(pilot):
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def until(pilot, condition):
    for _ in range(500):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never happened")


def drain(pane):
    pane.changed(pane.picture.changes.take())


def facts(pane):
    return str(pane.query_one("#chain-facts", Static).render())


def text_of(pane):
    grid = pane.query_one(Grid)
    return [grid.render_line(y).text for y in range(grid.size.height)]


def expiries_line(pane):
    return str(pane.query_one(ExpiryLine).render())


def money_at(bridge, price):
    """AAPL at a price; gives the number of its quote."""
    return bridge.quote(Stock("AAPL"), price - 0.05, price + 0.05, last=price)


async def test_a_selected_stock_shows_its_nearest_expiry_around_the_money(host, pane, bridge):
    money_at(bridge, 191.0)
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        assert [call.request for call in bridge.asked] == [
            RequestContractData,
            RequestSecurityDefinitionOptionParameters,
            RequestContractData,
        ]
        wanted = bridge.asked[2].fields["contract"]
        assert (wanted.last_trade_date, wanted.right, wanted.strike) == ("20261127", "", None)
        assert (wanted.trading_class, wanted.exchange) == ("AAPL", "SMART")
        grid = pane.query_one(Grid)
        place = grid.rows.index(MONEY)
        assert grid.rows[place - 1 : place + 2] == ["190", MONEY, "195"]
        assert "185" not in grid.rows
        first, last = grid.visible_range()
        assert abs((first + last) // 2 - place) <= 1
        assert "[27 Nov 4d w]" in expiries_line(pane)
        assert facts(pane).startswith("AAPL 191.00 · ±— · 4 days · AAPL ×100 (1 of 2) · 16 strikes")


async def test_an_option_without_its_twin_leaves_an_empty_side(host, pane, bridge):
    money_at(bridge, 212.0)
    async with host(pane).run_test(size=(80, 20)) as pilot:
        await loaded(pilot, pane)
        line = next(each for each in text_of(pane) if "215" in each)
        call, put = line.split("215")
        assert "—" in call
        assert "—" not in put


async def test_only_what_can_be_seen_asks_for_quotes_and_hiding_gives_it_back(host, pane, bridge):
    money_at(bridge, 191.0)
    app = host(pane)
    async with app.run_test(size=(80, 12)) as pilot:
        await loaded(pilot, pane)
        kind, owner, priority, contracts = app.posted[-1]
        assert (kind, owner, priority) == ("quotes", "chain", Priority.CHAIN)
        seen = {f"{each.strike:g}" for each in contracts}
        visible = set(pane.query_one(Grid).visible_keys()) - {MONEY}
        assert visible <= seen <= visible | {"190"}
        assert len(seen) < len(STRIKES) - 1
        pane.be_seen(False)
        await until(pilot, lambda: app.posted[-1] == ("quotes", "chain", Priority.CHAIN, ()))
        pane.be_seen(True)
        await until(pilot, lambda: app.posted[-1][3] == contracts)


async def test_scrolling_away_asks_for_other_rows(host, pane, bridge):
    money_at(bridge, 191.0)
    app = host(pane)
    async with app.run_test(size=(80, 12)) as pilot:
        await loaded(pilot, pane)
        pane.focus_content()
        await pilot.press("end")
        await until(pilot, lambda: 230.0 in {each.strike for each in app.posted[-1][3]})
        strikes = {each.strike for each in app.posted[-1][3]}
        assert 175.0 not in strikes
        assert 190.0 in strikes, "the straddle at the money tells the expected move"


async def test_the_expected_move_comes_with_the_quotes(host, pane, bridge):
    money_at(bridge, 191.0)
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        bridge.quote(Option("AAPL", "20261127", 190.0, "C"), 4.0, 4.2)
        bridge.quote(Option("AAPL", "20261127", 190.0, "P"), 3.0, 3.2)
        drain(pane)
        assert "±7.20 (3.8%)" in facts(pane)


async def test_quotes_change_cells_and_never_the_cursor(host, pane, bridge):
    number = money_at(bridge, 191.0)
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        pane.focus_content()
        await pilot.press("down", "right")
        grid = pane.query_one(Grid)
        before = (grid.cursor_key, grid.cursor_column, grid.scroll_y)
        assert before[0] == "195", "the line at the money is stepped over"
        bridge.quote(Option("AAPL", "20261127", 195.0, "C"), 1.11, 1.22, delta=0.44)
        for price in (191.2, 196.0, 203.0, 191.0):
            bridge.tell(catalog.TickPrice(request_id=number, tick_type=TickType.LAST, price=price))
            drain(pane)
        assert (grid.cursor_key, grid.cursor_column, grid.scroll_y) == before
        assert any("1.11   1.22" in each and "0.44" in each for each in text_of(pane))


async def test_the_line_follows_the_money(host, pane, bridge):
    number = money_at(bridge, 191.0)
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        rows = list(pane.query_one(Grid).rows)
        bridge.tell(catalog.TickPrice(request_id=number, tick_type=TickType.LAST, price=196.5))
        drain(pane)
        moved = pane.query_one(Grid).rows
        assert moved != rows
        assert moved[moved.index(MONEY) - 1] == "195"
        assert any("196.50" in each and "──" in each for each in text_of(pane))
        assert any("◂190" in each.replace(" ", "") for each in text_of(pane))


@pytest.mark.parametrize(
    ("column", "action", "price"),
    [("call_ask", "BUY", 4.2), ("call_bid", "SELL", 4.0)],
)
async def test_enter_on_a_quote_asks_for_a_ticket(host, pane, bridge, column, action, price):
    money_at(bridge, 191.0)
    app = host(pane)
    async with app.run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        bridge.quote(Option("AAPL", "20261127", 190.0, "C"), 4.0, 4.2)
        drain(pane)
        pane.focus_content()
        pane.query_one(Grid).move_to("190", column=column)
        await pilot.press("enter")
        kind, contract, *order = app.posted[-1]
        assert (kind, contract.strike, contract.right) == ("ticket", 190.0, "C")
        assert order == [action, price]


async def test_a_click_on_an_ask_asks_for_a_ticket(host, pane, bridge):
    money_at(bridge, 191.0)
    app = host(pane)
    async with app.run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        grid = pane.query_one(Grid)
        row = grid.rows.index("190") - round(grid.scroll_y) + 1
        x = sum(each.width + 1 for each in grid.columns[:5]) - 2
        assert grid.columns[4].key == "call_ask"
        await pilot.click(grid, offset=(x, row))
        assert app.posted[-1][0] == "ticket"
        assert app.posted[-1][2] == "BUY"


async def test_brackets_choose_another_expiry_which_is_asked_for_once(host, pane, bridge):
    money_at(bridge, 191.0)
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        pane.focus_content()
        await pilot.press("right_square_bracket", "right_square_bracket")
        await settled(pilot)
        assert "[18 Dec 25d]" in expiries_line(pane)
        assert "25 days" in facts(pane)
        asked = len(bridge.asked)
        await pilot.press("left_square_bracket")
        await settled(pilot)
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert len(bridge.asked) <= asked + 1
        assert "[18 Dec 25d]" in expiries_line(pane)


async def test_arrows_and_clicks_on_the_line_choose_an_expiry(host, pane, bridge):
    money_at(bridge, 191.0)
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        line = pane.query_one(ExpiryLine)
        line.focus()
        await pilot.press("right")
        await settled(pilot)
        assert "[4 Dec 11d w]" in expiries_line(pane)
        await pilot.click(line, offset=(3, 0))
        await settled(pilot)
        assert "[27 Nov 4d w]" in expiries_line(pane)


async def test_braces_choose_another_class(host, pane, bridge):
    money_at(bridge, 191.0)
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        assert "AAPL ×100 (1 of 2)" in facts(pane)
        pane.focus_content()
        await pilot.press("right_curly_bracket")
        await settled(pilot)
        assert bridge.asked[-1].fields["contract"].trading_class == "2AAPL"
        assert "2AAPL ×100 (2 of 2)" in facts(pane)


async def test_another_stock_keeps_the_expiry_that_was_chosen(host, pane, bridge):
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        pane.focus_content()
        await pilot.press("right_square_bracket", "right_square_bracket")
        await settled(pilot)
        await loaded(pilot, pane, "MSFT")
        assert "[18 Dec 25d]" in expiries_line(pane)
        assert bridge.asked[-1].fields["contract"].symbol == "MSFT"
        assert bridge.asked[-1].fields["contract"].last_trade_date == "20261218"


async def test_a_newer_selection_replaces_a_load_under_way(host, pane, bridge):
    bridge.answers_itself = False
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        pane.show_instrument(Stock("AAPL"))
        await until(pilot, lambda: len(bridge.asked) == 1)
        (first,) = bridge.asked
        pane.show_instrument(Stock("MSFT"))
        await until(pilot, lambda: len(bridge.asked) == 2)
        assert not first.future.cancelled(), "the answer still serves who comes back"
        bridge.answers_itself = True
        for call in list(bridge.asked):
            bridge.answer(call)
        await settled(pilot)
        symbols = [call.fields.get("under_symbol") for call in bridge.asked]
        assert [each for each in symbols if each] == ["MSFT"]
        assert facts(pane).startswith("MSFT")


async def test_a_selection_that_passes_by_asks_nothing(host, pane, bridge, monkeypatch):
    monkeypatch.setattr(chain, "SETTLED_SECONDS", 60.0)
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        for symbol in ("AAPL", "MSFT", "KO"):
            pane.show_instrument(Stock(symbol))
            await pilot.pause()
        assert bridge.asked == []


async def test_a_hidden_chain_asks_nothing_until_it_is_seen(host, pane, bridge):
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        pane.be_seen(False)
        await pilot.pause()
        pane.show_instrument(Stock("AAPL"))
        await settled(pilot)
        assert bridge.asked == []
        pane.be_seen(True)
        await until(pilot, lambda: len(bridge.asked) == 3)


async def test_progress_is_told_in_words(host, pane, bridge):
    bridge.answers_itself = False
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        assert facts(pane) == "No instrument selected"
        pane.show_instrument(Stock("AAPL"))
        told = []
        for count in (1, 2, 3):
            await until(pilot, lambda: len(bridge.asked) == count)  # noqa: B023  awaited here
            told.append(facts(pane))
            bridge.answer(bridge.asked[-1])
        assert told == [
            "Looking AAPL up …",
            "Asking which options there are on AAPL …",
            "Asking for the options of 27 Nov 2026 …",
        ]


async def test_no_options_are_said_in_words(host, pane, bridge):
    bridge.expiries = ()
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        assert facts(pane) == "There are no options on AAPL"


async def test_a_refusal_is_told_and_asked_again_on_demand(host, pane, bridge):
    bridge.answers_itself = False
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        pane.show_instrument(Stock("AAPL"))
        await until(pilot, lambda: bridge.asked)
        bridge.asked[0].future.set_exception(RequestError(322, "Duplicate \x1b[2J request", 1))
        await settled(pilot)
        assert facts(pane).startswith("Options of AAPL: error 322: Duplicate")
        assert "\x1b" not in facts(pane)
        bridge.answers_itself = True
        pane.focus_content()
        await pilot.press("r")
        await settled(pilot)
        assert facts(pane).startswith("AAPL")


async def test_an_unknown_symbol_is_told(host, pane, bridge):
    bridge.answers_itself = False
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await pilot.pause()
        pane.show_instrument(Stock("NOPE"))
        await until(pilot, lambda: bridge.asked)
        bridge.asked[0].future.set_exception(RequestError(200, "No security definition", 1))
        await settled(pilot)
        assert facts(pane) == "The Bridge knows no instrument NOPE"


async def test_a_chain_that_failed_for_want_of_a_bridge_loads_when_it_is_back(host, pane, bridge):
    bridge.failure = NotConnected("no Bridge")
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        assert "no Bridge" in facts(pane)
        bridge.failure = None
        bridge.tell(BridgeConnected(server_version=178))
        drain(pane)
        await settled(pilot)
        assert len(bridge.asked) == 3


async def test_no_answer_in_time_is_told(host, pane, bridge):
    bridge.answers_itself = False
    pane._loader._timeout_seconds = 0.01
    async with host(pane).run_test(size=(80, 16)) as pilot:
        await loaded(pilot, pane)
        assert facts(pane) == "Options of AAPL: no answer within 0.01 seconds · r tries again"


def fill_in(bridge):
    """Quotes of the whole expiry, by a simple rule."""
    for strike in STRIKES:
        for right, sign in (("C", 1), ("P", -1)):
            inside = max(sign * (191.0 - strike), 0.0)
            price = inside + max(6.0 - abs(191.0 - strike) / 8, 0.05)
            delta = min(max(0.5 + sign * (191.0 - strike) / 80, 0.01), 0.99) * sign
            volatility = 0.24 + abs(strike - 191.0) / 500
            number = bridge.quote(
                Option("AAPL", "20261127", strike, right),
                price - 0.05,
                price + 0.05,
                last=price,
                delta=delta,
                volatility=volatility,
            )
            for kind, size in ((TickType.VOLUME, 12345), (TickType.OPEN_INTEREST, 800)):
                bridge.tell(catalog.TickSize(request_id=number, tick_type=kind, size=Decimal(size)))


@pytest.mark.parametrize(
    "size", [(80, 12), (68, 16), (72, 24), (120, 30)], ids=lambda each: f"{each[0]}x{each[1]}"
)
def test_picture(snap_compare, host, pane, bridge, size):
    money_at(bridge, 191.0)
    fill_in(bridge)

    async def before(pilot):
        await loaded(pilot, pane)
        drain(pane)
        pane.focus_content()
        pane.query_one(Grid).move_to("195", column="call_ask")
        await pilot.pause()

    assert snap_compare(host(pane), terminal_size=size, run_before=before)
