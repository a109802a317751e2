"""Topic matching, codes and keys."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.desk.routing import MessageType, checked_code, matches, routing_key
from workstation.errors import InvalidValue


@pytest.mark.parametrize(
    ("pattern", "key", "fits"),
    [
        ("bridge.A02", "bridge.A02", True),
        ("bridge.A02", "bridge.A03", False),
        ("bridge.*", "bridge.A02", True),
        ("bridge.*", "bridge", False),
        ("bridge.*", "bridge.", True),
        ("bridge.*", "bridge.a.b", False),
        ("bridge.#", "bridge", True),
        ("bridge.#", "bridge.a.b", True),
        ("#", "", True),
        ("#", "anything.at.all", True),
        ("*", "", False),
        ("*", "one", True),
        ("", "", True),
        ("", "one", False),
        ("br*", "bridge", False),
        ("br*", "br*", True),
        ("*.A02", "multi_client.A02", True),
        ("#.A02", "A02", True),
        ("#.A02.#", "x.A02.y.z", True),
        ("#.#", "", True),
        ("Bridge.A", "bridge.A", False),
        ("*.#", "", False),
    ],
)
def test_patterns_fit_as_amqp_has_it(pattern, key, fits):
    assert matches(pattern, key) is fits


def naive(pattern: list[str], words: list[str]) -> bool:
    if not pattern:
        return not words
    if pattern[0] == "#":
        return any(naive(pattern[1:], words[start:]) for start in range(len(words) + 1))
    return bool(words) and pattern[0] in ("*", words[0]) and naive(pattern[1:], words[1:])


def every(words, longest):
    """All keys of so many words at most, these words in them."""
    counts = range(1, longest + 1)
    return ["", *(".".join(each) for count in counts for each in product(words, repeat=count))]


def test_matching_agrees_with_the_definition_for_every_short_pattern_and_key():
    keys = every(["a", "b", ""], 4)
    for pattern in every(["a", "*", "#", ""], 4):
        parts = pattern.split(".") if pattern else []
        found = [key for key in keys if matches(pattern, key)]
        assert found == [key for key in keys if naive(parts, key.split(".") if key else [])]


_WORDS = st.lists(st.sampled_from(["a", "b", "", "A", "a*"]), min_size=1, max_size=5)
_PATTERNS = st.lists(st.sampled_from(["a", "b", "*", "#", ""]), min_size=1, max_size=5)


@given(_PATTERNS, _WORDS)
def test_matching_agrees_with_the_definition(pattern, words):
    key, text = ".".join(words), ".".join(pattern)
    expected = naive(text.split(".") if text else [], key.split(".") if key else [])
    assert matches(text, key) is expected


@pytest.mark.parametrize("code", ["A", "A_02", "0123456789ABCDEF"])
def test_codes_that_are_legal(code):
    assert checked_code(code) == code


@pytest.mark.parametrize("code", ["", "a", "A.B", "A*", "#", "0123456789ABCDEFG", "SCREEN", "Ä"])
def test_codes_that_are_not(code):
    with pytest.raises(InvalidValue, match="code"):
        checked_code(code)


def test_a_key_is_the_message_type_and_the_code():
    assert routing_key(MessageType.MULTI_CLIENT, "A02") == "multi_client.A02"
