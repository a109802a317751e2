"""Styles: the theme's trading colours as text styles.

Owns the names of the styles that panes may use, what each falls back to, and turning a name into a
style under the present theme. A theme gives colours as variables; a style here adds what is not a
colour (bold, dim, reverse), so that monochrome themes still tell things apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from rich.color import Color
from rich.style import Style

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

__all__ = ["STYLES", "StyleRule", "style_of"]


@dataclass(frozen=True, slots=True)
class StyleRule:
    """How a style is made.

    Args:
        foreground: variable of the theme for the text, empty for none.
        background: variable for the ground.
        bold: whether text is bold.
        dim: whether it is dim.
        reverse: whether text and ground change places.
    """

    foreground: str = ""
    background: str = ""
    bold: bool = False
    dim: bool = False
    reverse: bool = False


STYLES: dict[str, StyleRule] = {
    "up": StyleRule("trade-up"),
    "down": StyleRule("trade-down"),
    "unchanged": StyleRule("trade-unchanged"),
    "buy": StyleRule("trade-up", bold=True),
    "sell": StyleRule("trade-down", bold=True),
    "stale": StyleRule("trade-stale"),
    "muted": StyleRule("trade-stale"),
    "strong": StyleRule(bold=True),
    "accent": StyleRule("trade-accent", bold=True),
    "warning": StyleRule("trade-warning", bold=True),
    "error": StyleRule("trade-down", bold=True),
    "in_the_money": StyleRule(background="trade-in-the-money"),
    "at_the_money": StyleRule("trade-at-the-money", bold=True),
    "strike": StyleRule("trade-accent", bold=True),
    "column_title": StyleRule("trade-column-title"),
    "cursor": StyleRule(background="trade-cursor", bold=True),
    "cursor_blurred": StyleRule(background="trade-cursor-blurred"),
    "hover": StyleRule(background="trade-hover"),
    "order_not_sent": StyleRule("order-not-sent"),
    "order_sent": StyleRule("order-sent"),
    "order_accepted": StyleRule("order-accepted"),
    "order_working": StyleRule("order-working"),
    "order_suspended": StyleRule("order-suspended"),
    "order_inactive": StyleRule("order-suspended"),
    "order_cancel_requested": StyleRule("order-cancel-requested"),
    "order_cancelled": StyleRule("order-cancelled"),
    "order_rejected": StyleRule("order-cancelled", bold=True),
    "order_filled": StyleRule("order-filled", bold=True),
    "order_unknown": StyleRule("trade-warning"),
    "simulated": StyleRule("trade-ground", "mode-simulated", bold=True),
    "paper": StyleRule("trade-ground", "mode-paper", bold=True),
    "live": StyleRule("trade-ground", "mode-live", bold=True),
    "unknown": StyleRule("trade-ground", "trade-stale", bold=True),
}
"""Every style a pane may name."""

_CACHES: WeakKeyDictionary[App[object], tuple[str, dict[str, Style]]] = WeakKeyDictionary()


def style_of(widget: Widget, name: str) -> Style:
    """A style under the present theme.

    Raises:
        KeyError: no style has that name.
    """
    app = widget.app
    theme, styles = _CACHES.get(app, ("", {}))
    if theme != app.theme:
        theme, styles = app.theme, {}
        _CACHES[app] = (theme, styles)
    style = styles.get(name)
    if style is None:
        style = styles[name] = _made(STYLES[name], app.theme_variables)
    return style


def _made(rule: StyleRule, variables: dict[str, str]) -> Style:
    return Style(
        color=_color(variables.get(rule.foreground, "")),
        bgcolor=_color(variables.get(rule.background, "")),
        bold=rule.bold or None,
        dim=rule.dim or None,
        reverse=rule.reverse or None,
    )


def _color(value: str) -> Color | None:
    if not value:
        return None
    from textual.color import Color as TextualColor

    return TextualColor.parse(value).rich_color
