"""Commands: what each action of the table does.

Owns the step from a key to the pane or controller that does the work. Every action of `actions` has
a method here; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from textual import work
from textual.app import SystemCommand
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from workstation.ui.actions import ACTIONS, BY_ID, SCOPES, Action
from workstation.ui.formatting import safe_text
from workstation.ui.key_names import first_key, key_words
from workstation.ui.leaving import Leaving
from workstation.ui.panes.chart import ChartPane
from workstation.ui.panes.orders import OrdersPane
from workstation.ui.panes.watchlist import WatchlistPane
from workstation.ui.screens.confirm import ConfirmScreen
from workstation.ui.screens.help import HelpScreen
from workstation.ui.screens.leave import LeaveScreen
from workstation.ui.shell import Shell
from workstation.ui.sweep import Sweep
from workstation.ui.trading import Plan

__all__ = ["Commands"]


class Commands(Shell):
    """The actions of the app."""

    _paused: tuple[str, ...] = ()
    """Codes of the actors that were paused by hand and may run again."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are letters in a text field, and a dialogue wants its own answer first."""
        known = BY_ID.get(action)
        if known is None or known.everywhere or known.gives_way:
            return super().check_action(action, parameters)
        return not isinstance(self.focused, Input) and not self.screen.is_modal

    # Trade

    def action_buy(self) -> None:
        """A ticket to buy what is selected."""
        self._ticket("BUY", None)

    def action_sell(self) -> None:
        """A ticket to sell what is selected."""
        self._ticket("SELL", None)

    def action_buy_at_ask(self) -> None:
        """A ticket to buy at the ask."""
        self._ticket("BUY", "ask")

    def action_sell_at_bid(self) -> None:
        """A ticket to sell at the bid."""
        self._ticket("SELL", "bid")

    def _ticket(self, action: str, side: str | None) -> None:
        if self.selected is None:
            self.say("Select an instrument first", "warning")
            return
        quote = self.workplace.picture.quotes.of(self.selected)
        price = getattr(quote, side) if quote is not None and side is not None else None
        self.open_ticket(self.selected, action, price)

    def action_cancel_order(self) -> None:
        """Cancel the order under the cursor."""
        self.pane(OrdersPane).action_cancel_order()

    def action_cancel_symbol(self) -> None:
        """Cancel all orders in its instrument."""
        self.pane(OrdersPane).action_cancel_symbol()

    def action_cancel_all(self) -> None:
        """Cancel everything, after one confirmation."""
        self._carry_out("Cancel every order", self.trading.plan_cancel_all())

    def action_flatten(self) -> None:
        """Pause the actors, cancel everything and close every position, after one confirmation."""
        plan, running = self.trading.plan_flatten(), self.workplace.actors.running()
        if not plan.is_empty:
            paused = f"Pause {', '.join(running)} · " if running else ""
            start = partial(self._without_actors, plan.start)
            plan = replace(plan, text=f"{paused}{plan.text}", start=start)
        self._carry_out("Flatten", plan)

    def action_pause_actors(self) -> None:
        """Pause the actors that run, or let those run again that were paused here."""
        actors = self.workplace.actors
        running = actors.running()
        if running:
            actors.pause(running)
            self._note_paused(running)
        elif self._paused:
            actors.resume(self._paused)
            self.say(f"Running again: {', '.join(self._paused)}")
            self._paused = ()
        else:
            self.say("No actor runs")

    def _note_paused(self, running: tuple[str, ...]) -> None:
        self._paused = tuple(dict.fromkeys((*self._paused, *running)))
        again = first_key(self.keys["pause_actors"])
        self.say(f"Paused: {', '.join(running)} · {again} lets them run again")

    def _without_actors(self, start: Callable[[], Sweep]) -> Sweep:
        """Begin to close what actors hold too: they would trade on, and close it once more."""
        actors = self.workplace.actors
        running = actors.running()
        actors.hand_over()
        if running:
            self._note_paused(running)
        return start()

    def _carry_out(self, title: str, plan: Plan) -> None:
        if isinstance(self.screen, ConfirmScreen):
            return  # One question at a time: the one that stands is the one that is answered.
        if plan.is_empty:
            self.say("There is nothing to cancel or close")
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001  so the screen answers
            if yes:
                self.attempt(plan.start, f"{title}: under way")

        self.push_screen(ConfirmScreen(title, plan.text, plan.word, self.keys), answered)

    # Watchlist

    def action_next_watchlist(self) -> None:
        """The next list."""
        self.pane(WatchlistPane).next_list()

    def action_sort(self) -> None:
        """Sort by the next column."""
        self.pane(WatchlistPane).next_sort()

    def action_find_symbol(self) -> None:
        """Look a symbol up in the palette."""
        self.action_command_palette()

    # Panes

    def action_leave(self) -> None:
        """Out of a text field or pane, to the watchlist."""
        self.board.show("watchlist").focus_content()

    def action_show_watchlist(self) -> None:
        """Go there."""
        self._go("watchlist")

    def action_show_ticket(self) -> None:
        """Go there."""
        self._go("ticket")

    def action_show_chain(self) -> None:
        """Go there."""
        self._go("chain")

    def action_show_chart(self) -> None:
        """Go there."""
        self._go("chart")

    def action_show_log(self) -> None:
        """Go there."""
        self._go("log")

    def action_show_orders(self) -> None:
        """Go there."""
        self._go("orders")

    def action_show_positions(self) -> None:
        """Go there."""
        self._go("positions")

    def _go(self, name: str) -> None:
        self.board.show(name).focus_content()

    def action_maximise(self) -> None:
        """Give the pane with the focus the whole board, or put it back."""
        pane = self.focused_pane()
        if pane is not None:
            self.board.maximise(pane.NAME)

    def action_next_time_frame(self) -> None:
        """Another stretch of time in the chart."""
        self.pane(ChartPane).next_time_frame()

    # Screen

    def action_next_theme(self) -> None:
        """The next theme."""
        names = [name for name in self.available_themes if name in self.look.themes]
        place = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(place + 1) % len(names)]
        self.say(f"Theme: {self.theme}")

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(HelpScreen(self.keys, self.focused_pane()))

    async def action_quit(self) -> None:
        """Leave, after asking when orders work or actors run."""
        self._leave()

    @work(exclusive=True, group="quit")
    async def _leave(self) -> None:
        leaving = Leaving(self.workplace, self.trading)
        if leaving.is_asked_for and not await self.push_screen_wait(
            LeaveScreen(leaving, self.keys)
        ):
            return
        self.exit("")

    async def _run_from_palette(self, action: Action) -> None:
        """Do what the key would do, where it would work: in its pane."""
        pane = SCOPES[action.scope].pane
        if not pane:
            await self.run_action(action.binding.action)
            return
        if self.screen.is_modal:
            return
        shown = self.board.show(pane)
        if self.focused_pane() is not shown:
            shown.focus_content()
        widgets = shown.walk_children(Widget, with_self=True)
        owner = next(each for each in widgets if _takes(each, action))
        # An order that is being confirmed is not written on.
        if not owner.is_disabled:
            await self.run_action(action.binding.action, owner)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action and every symbol, for the palette."""
        del screen
        for action in ACTIONS:
            scope = SCOPES[action.scope]
            if scope.in_palette:
                title = f"{scope.title}: {action.title}" if action.scope else action.title
                run = partial(self._run_from_palette, action)
                yield SystemCommand(title, f"key {key_words(self.keys[action.id])}", run)
        for contract in self.pane(WatchlistPane).contracts():
            # The palette reads titles as markup.
            name = safe_text(str(contract), 40).replace("[", "\\[")
            yield SystemCommand(name, "Select", partial(self.select, contract))


def _takes(widget: Widget, action: Action) -> bool:
    """Whether a widget is the one whose bindings an action is among."""
    return any(isinstance(each, Binding) and each.id == action.id for each in widget.BINDINGS)
