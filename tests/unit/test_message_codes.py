"""The table of message codes: it is sane, and everything that reads codes reads it."""

from __future__ import annotations

import re

import pytest

import workstation
from workstation.errors import RequestError, RequestTimeout
from workstation.message_codes import (
    MESSAGE_CODES,
    MessageCode,
    MessageSeverity,
    message_code,
    table,
)
from workstation.simulator import depth, feed, instruments, market, news, past_ticks, tick_streams
from workstation.simulator.orders import desk, engine, funds, rules
from workstation.state import session
from workstation.state.info_codes import ORDER_CANCELLED, ORDER_HELD, is_refusal, is_warning

ROWS = sorted(MESSAGE_CODES)


def test_codes_ascend_and_stand_under_their_own_number():
    assert list(MESSAGE_CODES) == ROWS
    assert all(code == known.code for code, known in MESSAGE_CODES.items())
    assert {known.severity for known in MESSAGE_CODES.values()} == set(MessageSeverity)


def test_every_row_says_in_whole_sentences_what_it_means_and_what_to_do():
    for known in MESSAGE_CODES.values():
        for words in (known.meaning, known.advice):
            assert re.fullmatch(r"[^\n|]{5,120}\.", words), known


def test_a_code_that_stands_twice_is_refused():
    twice = ((MessageSeverity.ERROR, {7: ("a", "b")}), (MessageSeverity.WARNING, {7: ("a", "b")}))
    with pytest.raises(ValueError, match="7 stands twice"):
        table._joined(twice)


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        (100, MessageSeverity.ERROR),
        (162, MessageSeverity.ERROR),
        (200, MessageSeverity.ERROR),
        (202, MessageSeverity.INFORMATION),
        (317, MessageSeverity.WARNING),
        (326, MessageSeverity.ERROR),
        (399, MessageSeverity.WARNING),
        (502, MessageSeverity.ERROR),
        (1100, MessageSeverity.CONNECTIVITY),
        (1300, MessageSeverity.CONNECTIVITY),
        (2104, MessageSeverity.CONNECTIVITY),
        (2109, MessageSeverity.WARNING),
        (2137, MessageSeverity.WARNING),
        (2169, MessageSeverity.WARNING),
        (10147, MessageSeverity.ERROR),
        (10167, MessageSeverity.WARNING),
    ],
)
def test_severity_of(code, severity):
    assert MESSAGE_CODES[code].severity is severity


def test_a_code_that_is_not_in_the_table_stays_readable():
    assert message_code(777) == MessageCode(777, MessageSeverity.ERROR, "", "")
    assert not message_code(777).is_known
    assert message_code(2199).severity is MessageSeverity.WARNING
    assert message_code(101).is_known


def test_refusals_and_warnings_come_from_the_table():
    for code, known in MESSAGE_CODES.items():
        assert is_refusal(code) == (known.severity is MessageSeverity.ERROR)
        assert is_warning(code) == (
            known.severity is not MessageSeverity.ERROR
            and code not in (ORDER_CANCELLED, ORDER_HELD)
        )


def test_what_the_session_reads_as_connections_is_connectivity():
    read = {*session._STAGES, *session._FARMS}
    assert {MESSAGE_CODES[code].severity for code in read} == {MessageSeverity.CONNECTIVITY}


def test_the_codes_of_the_simulated_bridge_are_known():
    refusals = {*("DUPLICATE_REQUEST", "NOT_SUBSCRIBED", "NOT_VALID", "NO_SECURITY", "HELD")}
    refusals |= {*("NOT_SAME_ORDER", "OFF_THE_GRID", "TOO_MANY_LINES", "UNSUPPORTED_TYPE")}
    refusals |= {*("TOO_MANY_BOOKS", "NO_BOOK", "NOT_SHOWN", "TOO_MANY", "NOT_POSSIBLE")}
    refusals |= {*("NO_PROVIDER", "NO_ARTICLE", "DUPLICATE_ID", "NOT_CHANGEABLE", "NO_PARENT")}
    refusals |= {*("NOT_CANCELLABLE", "CANCELLED", "CANCEL_NOT_FOUND", "REJECTED")}
    modules = (feed, instruments, market, depth, tick_streams, past_ticks, news, rules)
    modules = (*modules, desk, engine, funds)
    sent = {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if name in refusals
    }
    assert sent.keys() == refusals
    assert set(sent.values()) <= set(MESSAGE_CODES)
    told = {"HELD": MessageSeverity.WARNING, "CANCELLED": message_code(202).severity}
    for name, code in sent.items():
        assert message_code(code).severity is told.get(name, MessageSeverity.ERROR), name


def test_a_refusal_tells_meaning_and_advice():
    error = RequestError(200, "No security definition has been found", 7)
    assert error.meaning == MESSAGE_CODES[200].meaning
    assert error.advice == MESSAGE_CODES[200].advice
    assert error.__notes__ == [f"{error.meaning} {error.advice}"]
    assert str(error) == "[200] No security definition has been found (request 7)"


@pytest.mark.parametrize("kind", [RequestError, RequestTimeout])
def test_a_refusal_with_an_unknown_code_has_the_words_of_the_bridge_alone(kind):
    error = kind(777, "whatever")
    assert (error.meaning, error.advice) == ("", "")
    assert not hasattr(error, "__notes__")


def test_the_table_stands_in_the_package():
    assert workstation.MESSAGE_CODES is MESSAGE_CODES
    assert workstation.message_code(101).severity is workstation.MessageSeverity.ERROR
