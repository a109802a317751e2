"""The painter: what moves the cursor, what is painted, which columns fit."""

from __future__ import annotations

import pytest
from textual.app import App

from workstation import locations
from workstation.ui.themes import DEFAULT_THEME, load_themes
from workstation.ui.widgets.grid import Cell, Column, Grid

COLUMNS = (
    Column("symbol", "Symbol", 8, "left", 0),
    Column("last", "Last", 10, "right", 0),
    Column("volume", "Vol", 10, "right", 1),
    Column("high", "High", 30, "right", 2),
)


class Host(App[None]):
    def __init__(self, rows, **settings):
        super().__init__()
        self.read = []
        self.said = []
        self.grid = Grid(COLUMNS, self._cell, **settings)
        self._rows = rows

    def _cell(self, key, column):
        self.read.append(key)
        return Cell(f"{column}{key}")

    def compose(self):
        yield self.grid

    def on_mount(self):
        for theme in load_themes([locations.themes_directory()]).values():
            self.register_theme(theme)
        self.theme = DEFAULT_THEME
        self.grid.set_rows(self._rows)
        self.grid.focus()

    def on_grid_row_highlighted(self, event):
        self.said.append(("RowHighlighted", event.key))

    def on_grid_row_selected(self, event):
        self.said.append(("RowSelected", event.key))

    def on_grid_cell_selected(self, event):
        self.said.append(("CellSelected", event.key, event.column))


def rows(count):
    return [f"k{number}" for number in range(count)]


def lines(app):
    return [app.grid.render_line(y).text for y in range(app.grid.size.height)]


@pytest.fixture
def host():
    def host(count=50, **settings):
        return Host(rows(count), **settings)

    return host


async def test_updates_move_neither_cursor_nor_scroll_nor_focus(host):
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("down", "down", "down")
        before = (app.grid.cursor_key, app.grid.scroll_y, app.focused)
        for _ in range(20):
            app.grid.mark_dirty(rows(50))
            app.grid.flush()
        await pilot.pause()
        assert (app.grid.cursor_key, app.grid.scroll_y, app.focused) == before
        assert before[0] == "k3"


async def test_only_dirty_rows_that_can_be_seen_are_read(host):
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        app.read.clear()
        app.grid.mark_dirty(["k2", "k40", "nobody"])
        assert app.grid.flush() == 1
        await pilot.pause()
        assert set(app.read) == {"k2"}
        assert app.grid.flush() == 0


async def test_the_cursor_stays_on_its_row_when_rows_change_places(host):
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("down", "down")
        app.grid.set_rows(list(reversed(rows(50))))
        assert app.grid.cursor_key == "k2"


async def test_the_cursor_goes_to_a_neighbour_when_its_row_goes(host):
    app = host(5)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("end")
        app.grid.set_rows(rows(3))
        assert app.grid.cursor_key == "k2"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, ["symbol", "last", "volume", "high"]),
        (40, ["symbol", "last", "volume"]),
        (25, ["symbol", "last"]),
    ],
)
async def test_columns_drop_out_by_priority(host, width, shown):
    app = host()
    async with app.run_test(size=(width, 10)) as pilot:
        await pilot.pause()
        assert app.grid.shown_columns() == shown


async def test_pages_and_edges(host):
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("pagedown")
        assert app.grid.cursor_key == "k8"
        await pilot.press("end")
        assert app.grid.cursor_key == "k49"
        assert "k49" in "".join(lines(app))
        await pilot.press("home")
        assert app.grid.cursor_key == "k0"


async def test_enter_picks_and_moving_tells(host):
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("down", "enter")
        assert app.said[-2:] == [("RowHighlighted", "k1"), ("RowSelected", "k1")]


async def test_single_cells_are_picked_where_that_is_wanted(host):
    app = host(cell_cursor=True)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("right", "enter")
        assert app.said[-1] == ("CellSelected", "k0", "last")
        await pilot.click(Grid, offset=(12, 3))
        assert app.said[-1] == ("CellSelected", "k2", "last")


async def test_an_empty_table_says_so(host):
    app = host(0, empty="nothing here")
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        assert "nothing here" in "".join(lines(app))


async def test_numbers_stand_to_the_right_and_long_text_is_cut(host):
    app = host(1)
    app.grid.read = lambda _, column: Cell("日本日本日本" if column == "symbol" else "1.5")
    async with app.run_test(size=(40, 5)) as pilot:
        await pilot.pause()
        line = lines(app)[1]
        assert line.startswith(("日本日…", "日本日 …"))
        assert "       1.5 " in line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("AAPL 20270115 190C", "AAPL 202…190C"),
        ("AAPL 0115 19C", "AAPL 0115 19C"),
        ("BRK B 20270115 1012.5P", "BRK B…1012.5P"),
        ("A 2027011519001234567890", "A 2027011519…"),
        ("ABCDEFGHIJKLMNOPQRS", "ABCDEFGHIJKL…"),
    ],
)
async def test_last_word_is_kept_where_it_says_most(host, text, shown):
    app = host(1)
    app.grid.read = lambda _, column: Cell(text if column == "name" else "|")
    app.grid.set_columns([Column("name", "Name", 13, "left", keeps_last_word=True)])
    async with app.run_test(size=(14, 5)) as pilot:
        await pilot.pause()
        assert lines(app)[1] == f"{shown} "


async def test_scrollbar_stands_where_the_rows_are(host):
    app = host(0)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        app.grid.set_rows(rows(50))
        app.grid.action_edge(1)
        await pilot.pause()
        assert app.grid.show_vertical_scrollbar
        assert app.grid.vertical_scrollbar.position == app.grid.scroll_y == 41
