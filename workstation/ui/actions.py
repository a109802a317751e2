"""Actions: everything a user can do by key, in one table.

Owns ids, default keys, titles and where each key works. Bindings, the lines that name keys on the
screen, the help and the command palette are made from it, and keys can be changed in the settings
by id. To add an action, add a line here and a method `action_…` to what it names: the app, or the
widget whose bindings are those of the action's scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from textual.binding import Binding

from workstation.errors import ConfigurationError

__all__ = [
    "ACTIONS",
    "BY_ID",
    "QUANTITY_PRESETS",
    "SCOPES",
    "Action",
    "Scope",
    "bindings_of",
    "keys_of",
]

QUANTITY_PRESETS = (1, 10, 100, 500, 1000)
"""Sizes that the ticket has keys for."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where keys work: while a widget or something in it has the focus.

    Args:
        title: heading in the help.
        pane: the pane it stands in; empty where that is no single one.
        inside: scopes around it, whose keys work in it too.
        at_once: whether its keys are taken before the widget with the focus sees them. So what is
            typed right after `b` goes into the ticket, however busy the screen is.
        is_dialogue: whether it is over everything else, so that no keys but its own work.
        in_palette: whether its actions mean something without the focus.
    """

    title: str
    pane: str = ""
    inside: tuple[str, ...] = ("",)
    at_once: bool = False
    is_dialogue: bool = False
    in_palette: bool = True


_TABLES = ("watchlist", "chain", "orders", "positions", "log")

SCOPES: Mapping[str, Scope] = {
    "": Scope("Everywhere", inside=(), at_once=True),
    "ticket": Scope("Order ticket", "ticket", at_once=True),
    "ticket.number": Scope("Numbers in the ticket", "ticket", ("ticket", ""), in_palette=False),
    "ticket.choice": Scope("Choices in the ticket", "ticket", ("ticket", ""), in_palette=False),
    "ticket.prompt": Scope("Before an order leaves", "ticket", in_palette=False),
    "chain": Scope("Option chain", "chain"),
    "chain.expiries": Scope("Expiries", "chain", ("chain", ""), in_palette=False),
    "positions": Scope("Positions", "positions"),
    "log": Scope("Message log", "log"),
    "log.filter": Scope("Filter of the log", "log", ("log", ""), in_palette=False),
    "table": Scope("Every table", "", (*_TABLES, ""), in_palette=False),
    "confirm": Scope("Questions", is_dialogue=True, in_palette=False),
    "too_small": Scope("A terminal too small", is_dialogue=True, in_palette=False),
    "leaving": Scope("Before leaving", is_dialogue=True, in_palette=False),
    "message": Scope("A whole message", is_dialogue=True, in_palette=False),
    "help_screen": Scope("This help", is_dialogue=True, in_palette=False),
}
"""By name, which is what stands before the last dot of an action's id."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can do.

    Args:
        id: its name in settings.
        keys: default keys, comma-separated.
        title: in a few words.
        group: heading in the help, among what works everywhere.
        run: what runs it, as Textual writes actions; empty where that is the id.
        brief: in a word or two, for the edge of a pane.
        everywhere: whether the keys work while a text field has the focus, and in dialogues.
        gives_way: whether the widget with the focus may use the keys for something else.
    """

    id: str
    keys: str
    title: str
    group: str = ""
    run: str = ""
    brief: str = ""
    everywhere: bool = False
    gives_way: bool = False

    @property
    def scope(self) -> str:
        """Name of the scope it works in; empty for the whole screen."""
        return self.id.rpartition(".")[0]

    @property
    def binding(self) -> Binding:
        """Its keys, as Textual takes them."""
        at_once = SCOPES[self.scope].at_once and not self.gives_way
        run = self.run or self.id
        return Binding(self.keys, run, self.title, id=self.id, show=False, priority=at_once)


_ON_THE_SCREEN = (
    Action("buy", "b", "Buy the selected instrument", "Trade"),
    Action("sell", "s", "Sell the selected instrument", "Trade"),
    Action("buy_at_ask", "B", "Buy at the ask", "Trade"),
    Action("sell_at_bid", "S", "Sell at the bid", "Trade"),
    Action("cancel_order", "x", "Cancel the selected order", "Trade"),
    Action("cancel_symbol", "X", "Cancel all orders of its symbol", "Trade"),
    Action("pause_actors", "f7", "Pause actors, or let them run again", "Trade", everywhere=True),
    Action("cancel_all", "f8", "Cancel every order", "Trade", everywhere=True),
    Action(
        "flatten", "f9", "Cancel every order and close every position", "Trade", everywhere=True
    ),
    Action("next_watchlist", "w", "Next watchlist", "Watchlist", brief="next list"),
    Action("sort", "o", "Sort by the next column", "Watchlist", brief="sort"),
    Action("find_symbol", "slash", "Find a symbol", "Watchlist"),
    Action("leave", "escape", "Back to the watchlist", "Panes", gives_way=True),
    Action("show_watchlist", "v", "Go to the watchlist", "Panes"),
    Action("show_ticket", "t", "Go to the order ticket", "Panes"),
    Action("show_chain", "c", "Go to the option chain", "Panes"),
    Action("show_chart", "g", "Go to the chart", "Panes"),
    Action("show_log", "l", "Go to the message log", "Panes"),
    Action("show_orders", "e", "Go to the orders", "Panes"),
    Action("show_positions", "p", "Go to the positions", "Panes"),
    Action("maximise", "z", "Maximise the pane, or put it back", "Panes"),
    Action("next_time_frame", "G", "Next time frame of the chart", "Panes"),
    # At once too, or what is typed right after Tab would go into the field before.
    Action("focus_next", "tab", "Next pane or field", "Panes", everywhere=True),
    Action("focus_previous", "shift+tab", "Pane or field before", "Panes", everywhere=True),
    Action("next_theme", "f2", "Next colour theme", "Screen"),
    Action("command_palette", "ctrl+p", "Every action and every symbol", "Screen", everywhere=True),
    Action("help", "question_mark,f1", "Keys and what they do", "Screen"),
    Action("quit", "q", "Quit", "Screen"),
)

_IN_PANES = (
    Action("ticket.mid", "alt+m", "Price at the middle", run="price('mid')", brief="mid"),
    Action("ticket.bid", "alt+i", "Price at the bid", run="price('bid')", brief="bid"),
    Action("ticket.ask", "alt+a", "Price at the ask", run="price('ask')", brief="ask"),
    *(
        Action(f"ticket.size{number}", f"alt+{number}", f"Quantity {size}", run=f"quantity({size})")
        for number, size in enumerate(QUANTITY_PRESETS, start=1)
    ),
    Action("ticket.number.up", "up", "One step up", run="step(1)"),
    Action("ticket.number.down", "down", "One step down", run="step(-1)"),
    Action("ticket.number.ten_up", "pageup", "Ten steps up", run="step(10)"),
    Action("ticket.number.ten_down", "pagedown", "Ten steps down", run="step(-10)"),
    Action("ticket.choice.next", "right,down,space", "Next choice", run="choose(1)"),
    Action("ticket.choice.previous", "left,up", "Choice before", run="choose(-1)"),
    Action("ticket.choice.confirm", "enter", "Confirm the order", run="confirm"),
    Action("ticket.prompt.decline", "escape", "Back to the ticket", run="decline"),
    Action("chain.earlier", "left_square_bracket", "Earlier expiry", run="expiry(-1)"),
    Action("chain.later", "right_square_bracket", "Later expiry", run="expiry(1)"),
    Action("chain.class_before", "left_curly_bracket", "Class before", run="trading_class(-1)"),
    Action("chain.class_after", "right_curly_bracket", "Next class", run="trading_class(1)"),
    Action("chain.centre", "full_stop", "To the money", run="centre"),
    Action("chain.reload", "r", "Load again", run="reload", brief="tries again"),
    Action("chain.expiries.earlier", "left", "Earlier expiry", run="step(-1)"),
    Action("chain.expiries.later", "right", "Later expiry", run="step(1)"),
    Action("positions.close", "delete", "Close the position", run="close_position"),
    Action("log.filter", "f", "Filter", run="filter"),
    Action("log.pause", "space", "Pause, or go on", run="pause"),
    Action("log.clear", "delete", "Clear", run="clear"),
    Action("log.filter.leave", "escape", "Show everything again", run="leave"),
    Action("table.up", "up", "One row up", run="move(-1)"),
    Action("table.down", "down", "One row down", run="move(1)"),
    Action("table.page_up", "pageup", "One page up", run="page(-1)"),
    Action("table.page_down", "pagedown", "One page down", run="page(1)"),
    Action("table.first", "home", "First row", run="edge(-1)"),
    Action("table.last", "end", "Last row", run="edge(1)"),
    Action("table.left", "left", "To the left", run="sideways(-1)"),
    Action("table.right", "right", "To the right", run="sideways(1)"),
    Action("table.pick", "enter", "Pick what is under the cursor", run="pick"),
)

_IN_DIALOGUES = (
    Action("confirm.accept", "enter", "Go ahead", run="enter"),
    Action("confirm.decline", "escape", "Go back", run="answer(False)"),
    Action("too_small.leave", "q", "Quit", run="leave"),
    Action("leaving.stay", "escape,enter", "Stay", run="stay"),
    Action("leaving.cancel", "c", "Cancel every order and leave", run="cancel"),
    Action("leaving.leave", "l", "Leave all as it is", run="leave"),
    Action("message.close", "escape,enter,q", "Close", run="dismiss"),
    Action("help_screen.close", "escape,q,question_mark,f1,enter", "Close", run="close"),
)

ACTIONS: tuple[Action, ...] = (*_ON_THE_SCREEN, *_IN_PANES, *_IN_DIALOGUES)
"""Every action, in the order of the help."""

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}
"""The same, by id."""


def bindings_of(scope: str) -> list[Binding]:
    """The bindings of a scope's widget, or of the app where it is empty."""
    return [action.binding for action in ACTIONS if action.scope == scope]


def keys_of(changes: Mapping[str, str]) -> dict[str, str]:
    """Keys of every action, with what the settings change.

    Raises:
        ConfigurationError: an action is not known, or one key would do two things in one place.
    """
    keys = {action.id: action.keys for action in ACTIONS}
    for name, changed in changes.items():
        if name not in keys:
            near = ", ".join(get_close_matches(name, keys, 3)) or ", ".join(list(keys)[:5])
            legal = f"legal are actions such as {near}; the help lists them all"
            raise ConfigurationError(f"keys.{name}", changed, legal)
        keys[name] = changed
    uses: dict[str, list[Action]] = {}
    # Changed ones last: it is they that are in the way.
    for action in sorted(ACTIONS, key=lambda action: action.id in changes):
        for key in filter(None, (each.strip() for each in keys[action.id].split(","))):
            taken = next((each for each in uses.get(key, ()) if _clash(each, action)), None)
            if taken is not None:
                legal = f"{key} stands for {taken.id} already"
                raise ConfigurationError(f"keys.{action.id}", keys[action.id], legal)
            uses.setdefault(key, []).append(action)
    return keys


def _clash(one: Action, other: Action) -> bool:
    """Whether one key for both would leave one of them without it."""
    if one.scope == other.scope:
        return True
    if one.gives_way or other.gives_way:
        return False
    return _reaches_into(one, other) or _reaches_into(other, one)


def _reaches_into(outer: Action, inner: Action) -> bool:
    """Whether an action's keys work where another one is at home."""
    place = SCOPES[inner.scope]
    if place.is_dialogue:
        return outer.everywhere
    return outer.scope in place.inside
