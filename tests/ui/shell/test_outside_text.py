"""Text from outside is shown as it is: neither markup nor control codes reach the terminal."""

from __future__ import annotations

import re
from decimal import Decimal

from desk_in_memory import DeskInMemory
from msgspec.structs import replace
from whole_screen import settled, shows, text_of, until

from workstation.model import Stock
from workstation.protocol import catalog
from workstation.state.session import BridgeDisconnected
from workstation.ui.watchlists import Watchlist

HOSTILE = "[red]X[/red]\x1b[31m\x07\x9b2J\u202e"
SHOWN = "[red]X[/red]"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def assert_clean(app):
    assert CONTROL.findall(text_of(app)) == []
    assert "\x1b" not in app.export_screenshot()


async def test_account_name(whole):
    desk = DeskInMemory(accounts=(f"DSIM{HOSTILE}",))
    desk.connect()
    app = whole(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, f"DSIM{SHOWN}")
        assert_clean(app)


async def test_symbols_and_the_name_of_a_list(whole, desk):
    symbol = "[b]Z\x1b[5m"
    app = whole(desk, lists=[Watchlist(HOSTILE, (Stock(symbol), Stock("AAPL")))])
    async with app.run_test(size=(200, 60)) as pilot:
        await shows(pilot, f"Watchlist · {SHOWN}")
        await shows(pilot, "Ticket · [b]Z")
        await until(pilot, lambda: app.selected.symbol == symbol)
        assert_clean(app)
        await pilot.press("b", "1", "0", "0", "tab", "5", "enter")
        await shows(pilot, "BUY 100 [b]Z")
        assert_clean(app)
        await pilot.press("escape", "escape", "slash", "Z")
        await shows(pilot, "Select")
        assert re.search(r"^ +\[b\]Z", text_of(app), re.MULTILINE)
        assert_clean(app)


async def test_position_of_an_instrument_with_a_hostile_name(whole, desk):
    held = replace(Stock("[b]ACME\x1b[2J"), contract_id=424242)
    app = whole(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, desk)
        desk.tell(
            catalog.PositionData(
                account="DSIM0001", contract=held, position=Decimal(100), average_cost=10.0
            )
        )
        await pilot.press("p")
        await shows(pilot, "[b]ACME")
        await pilot.press("f9")
        await shows(pilot, "SELL 100 [b]ACME")
        assert_clean(app)


async def test_messages_in_the_log_and_its_filter(whole, desk):
    app = whole(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, desk)
        refusal = catalog.InfoMessage(request_id=9, code=201, text=f"refused {HOSTILE} end")
        desk.publish(refusal)
        await pilot.press("l")
        await shows(pilot, f"refused {SHOWN}")
        assert_clean(app)
        await pilot.press("enter")
        await until(pilot, lambda: len(app.screen_stack) == 2)
        assert_clean(app)
        await pilot.press("escape", "f", "left_square_bracket", "slash", "right_square_bracket")
        await shows(pilot, "filter: [/]")


async def test_remarks_and_reasons(whole, desk):
    app = whole(desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, desk)
        app.say(f"it said {HOSTILE}", "error")
        await shows(pilot, f"it said {SHOWN}")
        assert_clean(app)
        desk.tell(BridgeDisconnected(reason=HOSTILE))
        await shows(pilot, "disconnected")
        assert_clean(app)


async def test_refused_order_is_told_in_the_orders(whole, busy):
    app = whole(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, busy)
        order_id = busy.picture.orders.open()[0].key.order_id
        busy.tell(catalog.InfoMessage(request_id=order_id, code=201, text=f"no {HOSTILE} now"))
        await pilot.press("e", "home", "down", "up")
        await until(pilot, lambda: "rejected" in text_of(app))
        assert_clean(app)
