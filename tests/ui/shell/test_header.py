"""The line at the top: whose money it is, and how well the market is heard."""

from __future__ import annotations

import pytest
from whole_screen import settled, shows, text_of, until

from workstation.protocol import catalog
from workstation.state.picture import Picture
from workstation.state.session import BridgeConnected, BridgeConnecting, BridgeDisconnected
from workstation.ui.feed import header_facts
from workstation.ui.styles import style_of
from workstation.ui.widgets.header import Header, HeaderFacts

NOON_NS = 1_795_455_000_000_000_000  # 12:30 in New York


def picture(*messages, accounts=("DSIM0001",)):
    made = Picture()
    told = (
        BridgeConnected(server_version=178),
        catalog.ManagedAccounts(accounts=accounts),
        info(2104, "Market data farm connection is OK:usfarm"),
        *messages,
    )
    for message in told:
        made.apply(message, NOON_NS)
    return made


def info(code, text):
    return catalog.InfoMessage(request_id=-1, code=code, text=text)


def first_line(app):
    return text_of(app).splitlines()[0]


@pytest.mark.parametrize(
    ("accounts", "mode", "read_only"),
    [
        (("DSIM0001",), "simulated", False),
        (("DU123456",), "paper", False),
        (("U1234567",), "live", True),
        (("DSIM0001", "U1234567"), "live", True),
        ((), "unknown", False),
    ],
)
def test_mode_follows_from_the_accounts(accounts, mode, read_only):
    facts = header_facts(picture(accounts=accounts), NOON_NS)
    assert (facts.mode, facts.read_only) == (mode, read_only)
    assert facts.account == ", ".join(accounts)


def test_bridge_that_takes_no_orders_is_read_only():
    told = info(321, "Error validating request: the API interface is currently in Read-Only mode.")
    assert header_facts(picture(told), NOON_NS).read_only


@pytest.mark.parametrize(
    ("messages", "connection", "style", "feed", "feed_style"),
    [
        ((), "connected v178", "up", "feed ok", ""),
        ((BridgeConnecting(),), "connecting", "warning", "feed lost", "error"),
        ((BridgeDisconnected(reason="gone"),), "disconnected", "error", "feed lost", "error"),
        ((info(1100, "lost"),), "Bridge offline", "error", "feed lost", "error"),
        ((info(1100, "lost"), info(1102, "back")), "connected v178", "up", "feed ok", ""),
        (
            (info(2103, "Market data farm connection is broken:usfarm"),),
            "connected v178",
            "up",
            "feed broken",
            "error",
        ),
        ((info(2108, "inactive:usfarm"),), "connected v178", "up", "feed inactive", ""),
    ],
    ids=["connected", "connecting", "gone", "offline", "back", "broken", "inactive"],
)
def test_connection_and_feed_turn_with_what_happens(messages, connection, style, feed, feed_style):
    facts = header_facts(picture(*messages), NOON_NS)
    assert (facts.connection, facts.connection_style) == (connection, style)
    assert (facts.feed, facts.feed_style) == (feed, feed_style)


def test_time_is_that_of_the_exchange_and_says_so():
    assert header_facts(picture(), NOON_NS).clock == "12:30:00 ET"
    in_summer = 1_782_300_000_000_000_000  # 2026-06-24 11:20 in UTC
    assert header_facts(picture(), in_summer).clock == "07:20:00 ET"


def test_nothing_is_said_of_a_feed_that_nobody_told_about():
    facts = header_facts(Picture(), NOON_NS)
    assert (facts.feed, facts.profit, facts.connection) == ("", "", "disconnected")


async def test_lost_connection_turns_the_header_and_dims_the_profit(whole, busy):
    app = whole(busy)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, busy)
        header = app.query_one(Header)
        assert header.facts.profit_style == "down"
        busy.lose()
        await shows(pilot, "● disconnected")
        await shows(pilot, "feed lost")
        assert (header.facts.profit, header.facts.profit_style) == ("P&L -17.30", "stale")
        assert first_line(app).startswith(" SIMULATED  DSIM0001 "), "it is still that account's"
        busy.bridge.disconnected(busy)
        busy.client_id = None
        busy.connect()
        await shows(pilot, "● connected v178")
        await shows(pilot, "feed ok")


async def test_live_can_not_be_mistaken(whole, desk, live):
    grounds = []
    for each, words in ((desk, " SIMULATED "), (live, " LIVE · READ-ONLY ")):
        app = whole(each)
        async with app.run_test(size=(80, 24)) as pilot:
            await shows(pilot, words)
            mode = next(iter(app.query_one(Header).render_line(0)))
            assert mode.text == words
            grounds.append(mode.style.bgcolor)
            assert (
                mode.style.bgcolor
                == style_of(app.query_one(Header), words.split()[0].lower()).bgcolor
            )
    assert grounds[0] != grounds[1]


LONGEST = HeaderFacts(
    mode="live",
    read_only=True,
    account="U1234567, U7654321",
    connection="Bridge offline",
    feed="feed connecting",
    profit="P&L -1,234,567.89",
    clock="12:30:00 ET",
)


async def test_what_does_not_fit_is_left_out_but_never_mode_and_account(whole, desk):
    app = whole(desk)
    async with app.run_test(size=(66, 24)) as pilot:
        await shows(pilot, "connected")
        header = app.query_one(Header)
        for width, shown in ((66, 0), (72, 1), (80, 1), (100, 2), (120, 3)):
            await pilot.resize_terminal(width, 24)
            await until(pilot, lambda width=width: header.size.width == width)
            header.facts = LONGEST
            line = header.render_line(0).text
            assert len(line) == width
            assert line.startswith(" LIVE · READ-ONLY  U1234567, U7654321 ● Bridge offline ")
            right = (LONGEST.feed, LONGEST.profit, LONGEST.clock)
            assert [each for each in right if each in line] == list(right[3 - shown :]), width
