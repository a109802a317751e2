"""Text whose odd characters a Bridge escapes, from server version 153."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.protocol.codecs import fields_of, text_of_escaped, unescaped_from


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("", ""),
        ("No security definition", "No security definition"),
        ("Zürich", r"Z\u00fcrich"),
        ("日本", r"\u65e5\u672c"),
        ("😀", r"\ud83d\ude00"),
        ("two\nlines\r\tand a tab", r"two\nlines\r\tand a tab"),
        ("C:\\Jts", r"C:\\Jts"),
        ("\x1b[31m\x7f", r"\u001b[31m\u007f"),
    ],
)
def test_text_is_escaped_and_read_back(text, escaped):
    assert text_of_escaped(text) == escaped
    assert unescaped_from(escaped) == text


@pytest.mark.parametrize(
    ("token", "text"),
    [
        (rb"\xe9\351\'\"", "éé'\""),
        (rb"\U0001f600", "😀"),
        (rb"\q \u12 \N{DASH}", r"\q \u12 \N{DASH}"),
        (b"ends with \\", "ends with \\"),
        (rb"half \ud83d of a pair", r"half \ud83d of a pair"),
        (rb"\U00110000", r"\U00110000"),
        ("Zürich".encode(), "Zürich"),
        (b"Z\xfcrich", "Zürich"),
        (b"Z\xfcrich\\n", "Zürich\n"),
    ],
)
def test_what_is_no_legal_escape_stays_readable(token, text):
    assert unescaped_from(*fields_of(token)) == text


@settings(deadline=None, derandomize=True, database=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text):
    escaped = text_of_escaped(text)
    assert escaped.isascii()
    assert "\0" not in escaped
    assert unescaped_from(escaped) == text


@settings(deadline=None, derandomize=True, database=None)
@given(st.binary())
def test_any_bytes_are_read_as_text_that_can_be_stored(token):
    for each in fields_of(token):
        unescaped_from(each).encode("utf-8")
