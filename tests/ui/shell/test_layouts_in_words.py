"""What a trader must be able to read at each size of the terminal."""

from __future__ import annotations

import re

from whole_screen import settled, shows, text_of, until

ROWS = ("AAPL", "AMGN", "AMZN", "AXP", "BA", "CAT", "CRM", "CSCO")
FIGURES = r" +[\d,]+\.\d\d[▲▼ ]"


def rows_with_prices(text):
    return [symbol for symbol in ROWS if re.search(rf"│{symbol}{FIGURES}", text)]


PANES = {
    "t": ["Ticket · AAPL", "‹ BUY", "Type ‹ LMT", "TIF ‹ DAY ›", "Qty", "Limit", "Stop"],
    "c": ["Option chain", "[27 Nov 4d w]", "±5.31 (2.4%)", "IV", "Δ", "Strike", "»217.5«"],
    "l": ["Message log", "Time EST", "Key", "Message", "Summary", "place_order"],
    "e": [
        "Orders · 3 working",
        "Id Side",
        "Limit TIF Status",
        "STP",
        "✓ filled",
        "× canc",
        "…220C",
    ],
    "p": ["Positions", "Avg cost", "Unrealised", "Daily P&L", "Total USD", "-50", "…220C"],
    "g": ["Chart · AAPL", "218.67◂", "09:00"],
}


async def test_80_by_24_has_eight_rows_and_every_pane_one_key_away(whole, busy):
    app = whole(busy)
    async with app.run_test(size=(80, 24)) as pilot:
        for key, words in PANES.items():
            await pilot.press("escape", key)
            await settled(pilot, busy)
            text = text_of(app)
            assert [word for word in words if word not in text] == []
            assert rows_with_prices(text) == list(ROWS)
        titles, aapl = text.splitlines()[2:4]
        assert re.search(r"Symbol +Last +Chg +Chg% +Bid +Ask ", titles)
        assert re.match(r"│AAPL +218\.67▼ +-1\.16 +-0\.53% +218\.67 +218\.68 ", aapl)


CONFIRMATION = (
    "BUY 100 AAPL LMT 218.68 DAY ≈ $21,868",
    "SIMULATED DSIM0001 · commission ≈ $1.00 · margin",
    "+5,467",
    "Enter sends, Esc goes back",
)


async def test_ticket_shows_every_field_and_the_confirmation_unclipped(whole, busy):
    app = whole(busy)
    sizes = ((66, 20), (80, 24), (120, 40))
    async with app.run_test(size=sizes[0]) as pilot:
        await settled(pilot, busy)
        await pilot.press("b", "1", "0", "0", "alt+a")
        for width, height in sizes:
            await pilot.resize_terminal(width, height)
            for words in ("‹ BUY", "‹ LMT", "‹ DAY", r"Qty +100 ", r"Limit +218\.68 ", "Stop"):
                await until(pilot, lambda words=words: re.search(words, text_of(app)))
        await pilot.press("enter")
        for width, height in sizes:
            await pilot.resize_terminal(width, height)
            for words in CONFIRMATION:
                await shows(pilot, words)


async def test_header_shows_mode_account_connection_feed_profit_and_time(whole, busy):
    app = whole(busy)
    async with app.run_test(size=(80, 24)) as pilot:
        for width, height in ((80, 24), (120, 40), (200, 60)):
            await pilot.resize_terminal(width, height)
            await settled(pilot, busy)
            line = text_of(app).splitlines()[0]
            assert len(line) == width
            left, right = line.split("feed ok")
            assert left.split() == ["SIMULATED", "DSIM0001", "●", "connected", "v178"]
            assert right.split() == ["P&L", "-17.30", "12:36:12", "ET"]


async def test_120_by_40_has_the_four_panes_at_once(whole, busy):
    app = whole(busy)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, busy)
        text = text_of(app)
        for words in ("Watchlist · Dow 30 · 30", "Ticket · AAPL", "Option chain", "Message log"):
            assert f"╭─ {words} ─" in text
        assert rows_with_prices(text) == list(ROWS)
        assert re.search(r"IV +Δ +Bid +Ask +Strike +Bid +Ask +Δ +IV", text), "mirrored"
        assert re.search(
            r"28\.6% +0\.58 +3\.20 +3\.35 +»217\.5« +2\.00 +2\.07 -0\.42 +28\.6%", text
        )
        assert "‹ LMT" in text
        assert "REFUSED #42 201: Order rejected - no margin" in text


async def test_200_by_60_has_everything_at_once(whole, busy):
    app = whole(busy)
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot, busy)
        text = text_of(app)
        titles = ("Watchlist", "Chart", "Ticket", "Option chain", "Positions", "Orders", "Message")
        assert [title for title in titles if f"╭─ {title}" not in text] == []
