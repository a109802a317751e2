from __future__ import annotations

from whole_screen import settled


async def test_market_that_moves_while_the_app_ends_hurts_nobody(whole, desk):
    app = whole(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, desk)
    desk.pass_seconds(5)
    assert desk.picture.changes.quotes
    app._feed.drain()
    app._feed.show_header()
