"""Key names: keys as people write them.

Owns turning the names that Textual has for keys into what stands on a keyboard, alone and in short
for several keys that belong together.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["first_key", "key_words", "together"]

_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "full_stop": ".",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "delete": "Del",
}


def key_words(keys: str) -> str:
    """Comma-separated keys in words: `? F1` for `question_mark,f1`."""
    return " ".join(_name(each.strip()) for each in keys.split(",") if each.strip())


def first_key(keys: str) -> str:
    """The first of comma-separated keys, for where there is room for one."""
    return key_words(keys.partition(",")[0])


def together(several: Iterable[str], between: str = "/") -> str:
    """The first keys of several actions, with what they begin with written once: `alt+m/i/a`."""
    names = [first_key(keys) for keys in several]
    held = {name[: name.rfind("+", 0, -1) + 1] for name in names}
    start = held.pop() if len(held) == 1 else ""
    return start + between.join(name.removeprefix(start) for name in names)


def _name(key: str) -> str:
    *held, last = key.split("+")
    name = _NAMES.get(last, last if len(last) == 1 else last.capitalize())
    return "+".join((*held, name))
