"""Actions: everything a user can do by key, in one table.

Owns ids, default keys, titles and help. Bindings, the command palette and the help screen are made
from it, and keys can be changed in the settings by id. What an action does stands with the app.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.errors import ConfigurationError

__all__ = ["ACTIONS", "BY_ID", "Action", "keys_of"]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can do.

    Args:
        id: its name in settings; also what runs it (`action_<id>` of the app).
        keys: default keys, comma-separated.
        title: in a few words.
        group: heading in the help.
        everywhere: whether the keys work while a text field has the focus, and in dialogues.
        at_once: whether the app takes the keys before the widget with the focus. So what is typed
            right after `b` goes into the ticket, however busy the screen is.
    """

    id: str
    keys: str
    title: str
    group: str
    everywhere: bool = False
    at_once: bool = True


ACTIONS: tuple[Action, ...] = (
    Action("buy", "b", "Buy the selected instrument", "Trade"),
    Action("sell", "s", "Sell the selected instrument", "Trade"),
    Action("buy_at_ask", "B", "Buy at the ask", "Trade"),
    Action("sell_at_bid", "S", "Sell at the bid", "Trade"),
    Action("cancel_order", "x", "Cancel the selected order", "Trade"),
    Action("cancel_symbol", "X", "Cancel all orders of its symbol", "Trade"),
    Action("cancel_all", "f8", "Cancel every order", "Trade", everywhere=True),
    Action(
        "flatten", "f9", "Cancel every order and close every position", "Trade", everywhere=True
    ),
    Action("next_watchlist", "w", "Next watchlist", "Watchlist"),
    Action("sort", "o", "Sort by the next column", "Watchlist"),
    Action("find_symbol", "slash", "Find a symbol", "Watchlist"),
    Action("leave", "escape", "Back to the watchlist", "Panes", at_once=False),
    Action("show_watchlist", "v", "Go to the watchlist", "Panes"),
    Action("show_ticket", "t", "Go to the order ticket", "Panes"),
    Action("show_chain", "c", "Go to the option chain", "Panes"),
    Action("show_chart", "g", "Go to the chart", "Panes"),
    Action("show_log", "l", "Go to the message log", "Panes"),
    Action("show_orders", "e", "Go to the orders", "Panes"),
    Action("show_positions", "p", "Go to the positions", "Panes"),
    Action("maximise", "z", "Maximise the pane, or put it back", "Panes"),
    Action("next_time_frame", "G", "Next time frame of the chart", "Panes"),
    Action("next_theme", "f2", "Next colour theme", "Screen"),
    Action("help", "question_mark,f1", "Keys and what they do", "Screen"),
    Action("quit", "q", "Quit", "Screen"),
)


BY_ID = {action.id: action for action in ACTIONS}
"""The same, by id."""


def keys_of(changes: Mapping[str, str]) -> dict[str, str]:
    """Keys of every action, with what the settings change.

    Raises:
        ConfigurationError: an action is not known, or one key would do two things.
    """
    known = {action.id: action.keys for action in ACTIONS}
    for name, keys in changes.items():
        if name not in known:
            legal = f"an action is one of {', '.join(known)}"
            raise ConfigurationError(f"keys.{name}", keys, legal)
        known[name] = keys
    taken: dict[str, str] = {}
    for name, keys in known.items():
        for key in filter(None, (each.strip() for each in keys.split(","))):
            if key in taken:
                legal = f"{key} stands for {taken[key]} already"
                raise ConfigurationError(f"keys.{name}", keys, legal)
            taken[key] = name
    return known
