"""Option chain pane: calls, strikes and puts of one expiry of the selected underlying.

Owns which underlying, class and expiry are shown, loading them (at most one load at a time; a
newer one replaces it), and asking for quotes of what can be seen. Posts tickets; sends nothing
itself. Leaves the questions to `chain_loader`, rows to `chain_rows`, texts to `chain_cells`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import Static

from workstation.clients import Priority
from workstation.errors import RequestError, WorkstationError
from workstation.model import Contract, SecurityType, Stock
from workstation.state.changes import ChangeSet, SessionFacet
from workstation.ui.actions import bindings_of
from workstation.ui.formatting import safe_text
from workstation.ui.panes.chain_cells import MONEY
from workstation.ui.panes.chain_expiries import ExpiryLine
from workstation.ui.panes.chain_grid import ChainGrid
from workstation.ui.panes.chain_loader import ChainLoader
from workstation.ui.panes.chain_picks import pick_of
from workstation.ui.panes.chain_rows import day_in_new_york
from workstation.ui.panes.chain_view import ChainView
from workstation.ui.panes.pane import Pane
from workstation.ui.widgets.grid import Grid
from workstation.ui.workplace import Workplace

__all__ = ["ChainPane"]

Step = Callable[[], Awaitable[None]]
"""Some loading to do."""

_GROUP = "chain"
"""The worker that loads; there is one at a time."""

SETTLED_SECONDS = 0.15
"""How long a selection must stand before the Bridge is asked: the cursor may only pass by."""

_OPTIONS = frozenset({SecurityType.OPTION, SecurityType.FUTURE_OPTION})


class ChainPane(Pane):
    """The option chain.

    Args:
        workplace: the picture and the way to the Bridge.
        strikes_each_side: how many strikes below and above the money; 0 shows all.
    """

    NAME = "chain"
    TITLE = "Option chain"

    DEFAULT_CSS = """
    ChainPane #chain-facts {
        height: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("chain")]

    def __init__(self, workplace: Workplace, *, strikes_each_side: int = 25) -> None:
        super().__init__(workplace)
        self._loader = ChainLoader(workplace)
        self._view = ChainView(workplace.picture, strikes_each_side)
        self._selected: Contract | None = None
        self._is_loaded = False
        self._is_centred = False
        self._wanted: tuple[Contract, ...] = ()
        self._asking: Timer | None = None
        self._line = ExpiryLine()
        self._facts = Static("", id="chain-facts", markup=False)
        self._grid = ChainGrid((), self._view.cell, cell_cursor=True, id="chain-grid")

    def compose(self) -> ComposeResult:
        """Expiries, facts, and the table."""
        yield self._line
        yield self._facts
        yield self._grid

    def on_mount(self) -> None:
        """Nothing is selected yet; ages grow."""
        self._say("No instrument selected")
        self.set_interval(1.0, self._show_facts)

    def focus_content(self) -> None:
        """Take the focus."""
        self.take_focus(self._grid)

    # What the app says

    def show_instrument(self, contract: Contract) -> None:
        """Show another underlying's options; of an option, its underlying's."""
        if contract.security_type in _OPTIONS:
            contract = Stock(contract.symbol, currency=contract.currency)
        key = self.picture.contracts.key
        if self._selected is not None and key(contract) == key(self._selected):
            return
        # What is under way for another symbol must not end here.
        self.workers.cancel_group(self, _GROUP)
        self._selected = contract
        self._is_loaded = False
        self._view.begin(contract)
        self._show_rows()
        self._say(f"Options on {contract} …")
        self._load_if_seen()

    def changed(self, changes: ChangeSet) -> None:
        """Repaint the rows whose quotes changed, and the line at the money."""
        if SessionFacet.CONNECTION in changes.session and not self._is_loaded:
            self._load_if_seen()
        rows = self._view.rows_of(changes.quotes)
        if not rows:
            return
        self._grid.mark_dirty(rows | {MONEY})
        self._follow_money()
        self._grid.flush()
        self._show_facts()

    # Loading

    def action_expiry(self, step: int) -> None:
        """Show an earlier or later expiry."""
        self._pick_expiry(self._view.expiry_number + step)

    def action_trading_class(self, step: int) -> None:
        """Show another class of options on the same underlying."""
        if self._view.pick_class(self._view.class_number + step):
            self._is_loaded = False
            self._load(self._load_expiry)

    def action_reload(self) -> None:
        """Ask the Bridge again."""
        if self._selected is not None:
            self._loader.forget()
            self._load(partial(self._load_chain, self._selected))

    @on(ExpiryLine.Picked)
    def _expiry_picked(self, event: ExpiryLine.Picked) -> None:
        event.stop()
        self._pick_expiry(event.index)

    def _pick_expiry(self, number: int) -> None:
        if self._view.pick_expiry(number):
            self._is_loaded = False
            self._load(self._load_expiry)

    def _load_if_seen(self) -> None:
        """Load the selection, unless that is done or under way, or nobody looks."""
        is_under_way = any(
            each.group == _GROUP and not (each.is_cancelled or each.is_finished)
            for each in self.workers
        )
        if self._selected is not None and self.is_seen and not (self._is_loaded or is_under_way):
            self._load(partial(self._load_chain, self._selected))

    @work(group=_GROUP, exclusive=True)
    async def _load(self, step: Step) -> None:
        """Do some loading instead of what is under way; how it ended is said in words."""
        try:
            await step()
        except RequestError as error:
            code = f"error {error.code}: " if error.code else ""
            self._refuse(f"{code}{error.text}")
        except WorkstationError as error:
            self._refuse(str(error))

    def _refuse(self, why: str) -> None:
        again = self.footer("chain.reload")
        self._say(f"Options of {self._selected}: {why} · {again}")

    async def _load_chain(self, contract: Contract) -> None:
        await asyncio.sleep(SETTLED_SECONDS)
        self._say(f"Looking {contract} up …")
        underlying = await self._loader.underlying(contract)
        if underlying is None:
            self._is_loaded = True
            self._say(f"The Bridge knows no instrument {contract}")
            return
        self._say(f"Asking which options there are on {contract} …")
        classes = await self._loader.classes(underlying)
        self._view.take_classes(underlying, classes, day_in_new_york(self.workplace.clock_ns()))
        if not self._view.expiries:
            self._is_loaded = True
            self._say(f"There are no options on {contract}")
            return
        await self._load_expiry()

    async def _load_expiry(self) -> None:
        view = self._view
        chosen, expiry, underlying = view.option_class, view.expiry, view.underlying
        if chosen is None or expiry is None or underlying is None:
            return
        self._show_rows()
        self._say(f"Asking for the options of {expiry.day:%d %b %Y} …")
        details = await self._loader.options(underlying, chosen, expiry.last_trade_date)
        view.take_options(details)
        self._is_loaded = True
        self._is_centred = False
        self._show_rows()
        self._grid.empty = f"No options on {underlying.symbol} expire on {expiry.day:%d %b %Y}"
        self.action_centre()
        self._show_facts()
        self._want_quotes()

    # Showing

    def _show_rows(self) -> None:
        view = self._view
        self._line.show(view.expiries, view.expiry_number, view.today.year)
        self._grid.set_columns(view.columns(self._grid.size.width))
        self._grid.set_rows(view.keys)
        self._grid.repaint()

    def _say(self, words: str) -> None:
        """Tell how far it is, or why nothing is shown."""
        self._facts.update(safe_text(words))
        self._grid.empty = safe_text(words)
        self._grid.repaint()

    def _show_facts(self) -> None:
        if not (self._is_loaded and self._view.rows):
            return
        self._centre_late()
        self._facts.update(safe_text(self._view.facts(self.workplace.clock_ns())))

    def _follow_money(self) -> None:
        """The underlying moved: shades and line follow; the cursor stays."""
        if self._view.move_money():
            self._grid.set_rows(self._view.keys)
            self._grid.repaint()
        self._centre_late()

    def _centre_late(self) -> None:
        """The price came after the rows, or the room did: centre them, if nobody moves in them."""
        if not self._is_centred and not self._grid.has_focus:
            self.action_centre()

    def action_centre(self) -> None:
        """Bring the money to the middle, with the cursor on it."""
        self._is_centred = self._grid.centre(self._view.look.at_the_money)

    # Quotes

    def on_resize(self) -> None:
        """Show the columns that fit."""
        self.call_after_refresh(self._show_rows)

    def seen_changed(self) -> None:
        """Give the lines back when hidden; when seen again, load what was selected meanwhile."""
        if not self.is_seen:
            self._post_wanted(())
            return
        self._load_if_seen()
        self._want_quotes()

    @on(Grid.VisibleChanged)
    def _rows_seen(self, event: Grid.VisibleChanged) -> None:
        event.stop()
        if self._asking is not None:
            self._asking.stop()
        self._asking = self.set_timer(0.08, self._want_quotes)

    def _want_quotes(self) -> None:
        """Ask for quotes of the rows that can be seen, and of the straddle at the money."""
        if self.is_seen:
            self._post_wanted(self._view.contracts(self._grid.visible_keys()))

    def _post_wanted(self, contracts: tuple[Contract, ...]) -> None:
        if contracts != self._wanted:
            self._wanted = contracts
            self.post_message(self.QuotesWanted("chain", Priority.CHAIN, contracts))

    # What the user does

    @on(Grid.RowHighlighted)
    def _of_no_interest(self, event: Grid.RowHighlighted) -> None:
        event.stop()

    @on(Grid.CellSelected)
    def _picked(self, event: Grid.CellSelected) -> None:
        event.stop()
        row = self._view.row(event.key)
        if row is None:
            return
        pick = pick_of(row, event.column, self.picture.quotes)
        if pick.remark:
            self.post_message(self.Remark(pick.remark, "warning"))
        if pick.contract is not None:
            self.post_message(self.TicketRequested(pick.contract, pick.action, pick.price))
