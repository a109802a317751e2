"""What stands on the screen of the whole app, and waiting until it stands there."""

from __future__ import annotations

from textual.strip import Strip
from textual.widgets import Input
from textual.widgets._toast import Toast

from workstation.state.contracts import market_rule_id

PATIENCE_SECONDS = 10.0


async def until(pilot, condition):
    """Wait for something that the app does in its own time.

    The pauses give the loop its turn; how long they last decides nothing.
    """
    for _ in range(int(PATIENCE_SECONDS / 0.02)):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"not within {PATIENCE_SECONDS:g} s; the screen:\n{text_of(pilot.app)}")


async def shows(pilot, text):
    """Wait until a text stands on the screen."""
    try:
        await until(pilot, lambda: text in text_of(pilot.app))
    except AssertionError as error:
        raise AssertionError(f"{text!r} is {error}") from None


async def stands_still(pilot):
    """Wait until several looks in a row have found the same: nothing is left to lay out."""
    looks = [[]]
    while len(looks) < 4:
        await pilot.pause(0.02)
        seen = [list(strip) for strip in _painted(pilot.app)]
        looks = [*looks, seen] if seen == looks[-1] else [seen]


async def settled(pilot, desk):
    """Wait until the app has shown everything it knows, and put away what comes and goes."""
    app = pilot.app
    await until(pilot, lambda: _is_complete(app, desk))
    for each in app.screen.query(Input):
        each.cursor_blink = False
        each._cursor_visible = True
    app.clear_notifications()
    await until(pilot, lambda: not app.screen.query(Toast))
    app._feed.drain()
    app._feed.show_header()
    await stands_still(pilot)


def text_of(app):
    """The lines of the screen, as they are painted."""
    return "\n".join(strip.text for strip in _painted(app))


def _painted(app):
    """What is painted, with what stands dimmed behind a dialogue."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return [Strip.join(row) for row in update.strips]


def _is_complete(app, desk):
    panes, board = app.board.panes, app.board
    return (
        app.selected is not None
        and (not desk.is_connected or (app._feed._listed and _is_known(app.selected, desk)))
        and not desk.has_news
        and all(worker.is_finished for worker in app.workers if worker.node in panes.values())
        and _is_watched(panes["watchlist"], desk)
        and (not board.is_shown("chain") or _is_quoted(panes["chain"], desk))
        and (not board.is_shown("chart") or "◂" in text_of_widget(panes["chart"]._canvas))
        and (not board.is_shown("log") or _is_followed(panes["log"]))
    )


def _is_known(contract, desk):
    details = desk.picture.contracts.details(contract)
    rule = None if details is None else market_rule_id(details, "SMART")
    return rule is not None and desk.picture.contracts.has_market_rule(rule)


def _is_watched(pane, desk):
    return set(desk.watched.get("watchlist.rest", ())) == set(pane.contracts())


def _is_quoted(pane, desk):
    wanted = desk.watched.get("chain", ())
    quotes = desk.picture.quotes
    return (
        bool(wanted)
        and wanted == pane._view.contracts(pane._grid.visible_keys())
        and all(quotes.of(each) is not None for each in wanted)
    )


def _is_followed(pane):
    return len(pane._grid.rows) == len(pane.entries)


def text_of_widget(widget):
    """What a widget would paint, line by line."""
    width, height = widget.size
    return "\n".join(widget.render_line(y).text for y in range(height)) if width else ""
