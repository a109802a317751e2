"""The message log on the screen."""

from decimal import Decimal

import pytest
from textual.widgets import Static

from workstation.desk.broker import BrokerMessage, Properties
from workstation.model import CommissionReport, Execution, LimitOrder, Stock, TickType
from workstation.protocol import catalog
from workstation.state.picture import Picture
from workstation.ui.panes import log_lines
from workstation.ui.panes.message_log import MessageLogPane
from workstation.ui.panes.message_view import MessageView
from workstation.ui.widgets.grid import Grid
from workstation.ui.workplace import Workplace

NOON_NS = 1_795_444_200_123_456_789
SIZES = [(80, 12), (120, 10), (120, 30)]


class Source:
    """Gives what the test puts in."""

    def __init__(self):
        self.messages = []
        self.lost = 0

    def drain(self):
        given, self.messages = (self.messages, self.lost), []
        self.lost = 0
        return given


@pytest.fixture
def source():
    return Source()


@pytest.fixture
def pane(source):
    return MessageLogPane(Workplace(Picture(), None, 1, lambda: NOON_NS), source)


@pytest.fixture
def tick(publish):
    def make(price=190.05, **parts):
        content = catalog.TickPrice(
            request_id=7, tick_type=TickType.BID, price=price, size=Decimal(300)
        )
        return publish(content, **parts)

    return make


@pytest.fixture
def conversation(publish, tick):
    order = LimitOrder("BUY", Decimal(100), 190.05)
    apple = Stock("AAPL")
    execution = Execution(
        order_id=9, execution_id="e.01", side="BOT", shares=Decimal(100), price=190.05
    )
    done = catalog.OrderStatus(
        order_id=9,
        status="Filled",
        filled=Decimal(100),
        remaining=Decimal(0),
        average_fill_price=190.05,
    )
    return [
        publish(catalog.RequestMarketData(request_id=7, contract=apple)),
        tick(),
        publish(catalog.PlaceOrder(order_id=9, contract=apple, order=order)),
        publish(catalog.ExecutionData(request_id=-1, contract=apple, execution=execution)),
        publish(done),
        publish(
            catalog.CommissionReport(
                report=CommissionReport(execution_id="e.01", commission=1.0, currency="USD")
            )
        ),
        publish({}, name="pause", key="multi_client.PAIRS"),
        publish(
            catalog.InfoMessage(request_id=12, code=201, text="Order rejected - \x1b[31mred [b]"),
            key="bridge.PAIRS",
        ),
        publish({}, name="stop", key="multi_client.PAIRS"),
    ]


def text_of(pane):
    """What the grid shows, line by line."""
    grid = pane.query_one(Grid)
    return [grid.render_line(y).text for y in range(grid.size.height)]


async def test_messages_appear_and_the_newest_is_followed(host, pane, source, tick):
    app = host(pane)
    async with app.run_test(size=(120, 12)):
        source.messages = [tick(price=float(number)) for number in range(100)]
        pane.drain()
        assert "tick_price" in text_of(pane)[-1]
        assert "bid 99 × 300" in text_of(pane)[-1]
        source.messages = [tick(price=1234.5)]
        pane.drain()
        assert "bid 1,234.5 × 300" in text_of(pane)[-1]


async def test_a_cursor_moved_up_stays_where_it_is_while_messages_come(host, pane, source, tick):
    app = host(pane)
    async with app.run_test(size=(120, 12)) as pilot:
        source.messages = [tick(price=float(number)) for number in range(100)]
        pane.drain()
        pane.focus_content()
        await pilot.press("up", "up")
        before = text_of(pane)
        source.messages = [tick(price=5000.0) for _ in range(300)]
        pane.drain()
        await pilot.pause()
        assert text_of(pane) == before
        assert pane.query_one(Grid).cursor_key == "97"
        await pilot.press("end")
        source.messages = [tick(price=777.0)]
        pane.drain()
        assert "bid 777" in text_of(pane)[-1]


async def test_what_is_read_stays_in_place_while_the_oldest_go(host, pane, source, tick):
    app = host(pane)
    async with app.run_test(size=(120, 12)) as pilot:
        pane.entries._limit = 60
        source.messages = [tick(price=float(number)) for number in range(60)]
        pane.drain()
        pane.focus_content()
        await pilot.press("up", "up")
        before = text_of(pane)
        source.messages = [tick(price=5000.0) for _ in range(20)]
        pane.drain()
        await pilot.pause()
        assert text_of(pane) == before
        assert "20 dropped" in str(pane.border_subtitle)


async def test_losses_at_the_tap_are_told(host, pane, source, tick):
    async with host(pane).run_test(size=(120, 12)):
        source.messages, source.lost = [tick()], 2310
        pane.drain()
        assert str(pane.border_subtitle) == "1 message · 2,310 dropped"


async def test_space_pauses_and_goes_on(host, pane, source, tick):
    async with host(pane).run_test(size=(120, 12)) as pilot:
        source.messages = [tick(price=1.0)]
        pane.drain()
        pane.focus_content()
        await pilot.press("space")
        source.messages = [tick(price=2.0)]
        pane.drain()
        assert "PAUSED, 1 waiting" in str(pane.border_subtitle)
        assert not any("bid 2" in line for line in text_of(pane))
        await pilot.press("space")
        assert any("bid 2" in line for line in text_of(pane))
        assert "PAUSED" not in str(pane.border_subtitle)


async def test_the_filter_is_written_kept_and_left(host, pane, source, conversation):
    async with host(pane).run_test(size=(120, 20)) as pilot:
        source.messages = conversation
        pane.drain()
        pane.focus_content()
        await pilot.press("f", *"pairs")
        assert str(pane.border_subtitle) == "3 of 9 · filter: pairs"
        await pilot.press("enter")
        assert pilot.app.focused is pane.query_one(Grid)
        assert len(pane.query_one(Grid).rows) == 3
        await pilot.press("f", "escape")
        assert len(pane.query_one(Grid).rows) == 9
        assert str(pane.border_subtitle) == "9 messages"


async def test_a_filter_that_nothing_fits_says_so(host, pane, source, conversation):
    async with host(pane).run_test(size=(120, 20)) as pilot:
        source.messages = conversation
        pane.drain()
        pane.focus_content()
        await pilot.press("f", *"zzz")
        assert any("No message fits the filter" in line for line in text_of(pane))


async def test_enter_opens_the_whole_message_and_text_from_outside_does_nothing(
    host, pane, source, conversation
):
    async with host(pane).run_test(size=(120, 30)) as pilot:
        source.messages = conversation
        pane.drain()
        pane.focus_content()
        await pilot.press("up", "enter")
        await pilot.pause()
        view = pilot.app.screen
        assert isinstance(view, MessageView)
        shown = str(view.query_one(Static).render())
        assert '"code": 201' in shown
        assert "[b]" in shown
        assert "\x1b" not in shown
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, MessageView)
        assert not any("\x1b" in line for line in text_of(pane))


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (101, ["error        All market data lines", "what to do   Cancel subscriptions"]),
        (2104, ["connectivity A market data farm is connected.", "what to do   Nothing."]),
    ],
)
async def test_an_opened_remark_says_what_its_code_means_and_what_to_do(
    host, pane, source, publish, code, shown
):
    async with host(pane).run_test(size=(120, 30)) as pilot:
        source.messages = [publish(catalog.InfoMessage(request_id=7, code=code, text="Sorry"))]
        pane.drain()
        pane.focus_content()
        await pilot.press("end", "enter")
        await pilot.pause()
        text = str(pilot.app.screen.query_one(Static).render())
        assert all(words in text for words in shown)
        assert '"text": "Sorry"' in text


async def test_an_opened_remark_with_an_unknown_code_shows_its_fields(host, pane, source, publish):
    async with host(pane).run_test(size=(120, 30)) as pilot:
        source.messages = [publish(catalog.InfoMessage(request_id=7, code=777, text="Sorry"))]
        pane.drain()
        pane.focus_content()
        await pilot.press("end", "enter")
        await pilot.pause()
        text = str(pilot.app.screen.query_one(Static).render())
        assert "what to do" not in text
        assert '"code": 777' in text


async def test_a_broken_body_is_a_line_of_its_own(host, pane, source, tick):
    async with host(pane).run_test(size=(120, 12)) as pilot:
        broken = BrokerMessage("actor", "bridge.MA", b"{", Properties(type="tick_\x1bprice"))
        source.messages = [broken, tick()]
        pane.drain()
        lines = text_of(pane)
        assert "BROKEN" in lines[1]
        assert "bid 190.05" in lines[2]
        pane.focus_content()
        await pilot.press("home", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, MessageView)


async def test_a_hidden_log_keeps_everything_and_draws_nothing(host, pane, source, tick):
    async with host(pane).run_test(size=(120, 12)) as pilot:
        pane.be_seen(False)
        await pilot.pause()
        source.messages = [tick() for _ in range(50)]
        pane.drain()
        assert len(pane.entries) == 50
        assert pane.query_one(Grid).rows == []
        pane.be_seen(True)
        await pilot.pause()
        pane.drain()
        assert len(pane.query_one(Grid).rows) == 50


async def test_a_burst_costs_no_more_bodies_than_there_are_rows(
    host, pane, source, tick, monkeypatch
):
    opened = []
    real = log_lines.opened
    monkeypatch.setattr(log_lines, "opened", lambda body: opened.append(body) or real(body))
    async with host(pane).run_test(size=(120, 12)) as pilot:
        source.messages = [tick() for _ in range(4000)]
        pane.drain()
        await pilot.pause()
        height = pane.query_one(Grid).size.height
        assert 0 < len(opened) <= height


@pytest.mark.parametrize("size", SIZES, ids=lambda each: f"{each[0]}x{each[1]}")
def test_picture(snap_compare, host, pane, source, conversation, size):
    async def before(pilot):
        await pilot.pause()
        source.messages, source.lost = conversation, 12
        pane.drain()
        pane.focus_content()
        await pilot.press("up")
        await pilot.pause()

    assert snap_compare(host(pane), terminal_size=size, run_before=before)


def test_picture_of_a_whole_message(snap_compare, host, pane, source, conversation):
    async def before(pilot):
        await pilot.pause()
        source.messages = conversation[:3]
        pane.drain()
        pane.focus_content()
        await pilot.press("enter")
        await pilot.pause()

    assert snap_compare(host(pane), terminal_size=(80, 24), run_before=before)
