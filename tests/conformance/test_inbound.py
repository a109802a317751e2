"""Messages from the Bridge, value for value as the official client tells its wrapper."""

from __future__ import annotations

from functools import cache

import pytest
from witnesses.callbacks import READERS
from witnesses.differences import (
    EMPTY_IS_ZERO_THERE,
    GIVEN_UP_THERE,
    KNOWN,
    KNOWN_ODD,
    Difference,
    Odd,
    differences,
    explanation,
    unexplained,
)
from witnesses.inbound import declarations, full_row, rows
from witnesses.places import carried
from witnesses.rows import in_order

from workstation.errors import DecodeError
from workstation.model import ContractDetails
from workstation.protocol import catalog
from workstation.protocol.codecs import fields_of
from workstation.protocol.coders import decoder_for, encoder_for
from workstation.protocol.layout import Constant, Gate, Refusal
from workstation.protocol.message import INBOUND
from workstation.protocol.source import open_items
from workstation.protocol.versions import HIGHEST_VERSION, LOWEST_VERSION

official = pytest.importorskip("witnesses.official", reason="needs the official client")

VERSIONS = (100, 124, 148, 157, 176, 187, 200)
MESSAGES = [each.cls for each in INBOUND.values() if each.cls not in GIVEN_UP_THERE]


def payload_of(message, version: int) -> bytes:
    return encoder_for(message.declaration, version)(message)


def read(payload: bytes, message, version: int):
    return decoder_for(message.declaration, version)(fields_of(payload)[:-1])


def heard(payload: bytes, message, version: int):
    """The message that the witness heard; it must have looked at every field."""
    calls, unread = official.heard(payload, version)
    assert unread == 0, f"the witness left {unread} fields of {message.__name__} at {version}"
    return READERS[message](calls)


@cache
def compared(message, version: int) -> list[tuple[str, Difference, str | None]]:
    """Every difference in any row of a message, with the entry that accounts for it."""
    found = []
    for title, row in rows(message, version):
        payload = payload_of(row, version)
        ours = in_order(read(payload, message, version))
        theirs = heard(payload, message, version)
        found += [(title, each, explanation(each)) for each in differences(ours, theirs)]
    return found


def test_the_witness_is_heard_on_every_message():
    assert set(READERS) == {*MESSAGES, catalog.FundamentalData}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("message", MESSAGES)
def test_every_field_has_the_value_that_the_witness_tells(message, version):
    if version >= message.declaration.since:
        found = [(title, each) for title, each, name in compared(message, version) if name is None]
        assert found == []
    else:
        assert message.declaration not in declarations(version)


@pytest.mark.parametrize("version", range(LOWEST_VERSION, HIGHEST_VERSION + 1))
def test_every_version_has_the_fields_that_the_witness_reads(version):
    for declaration in declarations(version):
        if declaration.cls in GIVEN_UP_THERE:
            continue
        for flags in (True, False):
            row = full_row(declaration.cls, version, flags=flags)
            payload = payload_of(row, version)
            ours = in_order(read(payload, declaration.cls, version))
            theirs = heard(payload, declaration.cls, version)
            found = [each for each in differences(ours, theirs) if explanation(each) is None]
            assert found == []


def test_a_full_row_comes_back_whole_at_the_highest_version():
    for message in MESSAGES:
        row = full_row(message, HIGHEST_VERSION)
        again = read(payload_of(row, HIGHEST_VERSION), message, HIGHEST_VERSION)
        assert list(differences(again, carried(row, HIGHEST_VERSION))) == []


def test_every_entry_of_the_table_of_differences_occurs():
    found = [
        each
        for message in MESSAGES
        for version in VERSIONS
        if version >= message.declaration.since
        for each in compared(message, version)
    ]
    assert {name for _, _, name in found} - {None} == set(KNOWN)
    empty = {each.place for _, each, name in found if name == "empty"}
    assert empty == EMPTY_IS_ZERO_THERE


@pytest.mark.parametrize(
    ("version", "bits"), [(100, (0, 1)), (109, range(4)), (131, range(4)), (132, range(8))]
)
def test_bits_that_a_version_defines_are_those_of_the_witness(version, bits):
    for attributes in bits:
        row = catalog.TickPrice(request_id=1, tick_type=2, price=5.0, attributes=attributes)
        payload = payload_of(row, version)
        assert heard(payload, catalog.TickPrice, version).attributes == attributes
        assert read(payload, catalog.TickPrice, version).attributes == attributes


@pytest.mark.parametrize("tick_type", range(110))
def test_prices_tell_sizes_for_the_types_that_the_witness_names(tick_type):
    payload = b"1\x006\x009\x00%d\x00101.5\x0017\x001\x00" % tick_type
    calls, _ = official.heard(payload, 200)
    assert (len(calls) == 2) == (tick_type in {1, 2, 4, 66, 67, 68})
    assert read(payload, catalog.TickPrice, 200) == catalog.TickPrice(
        request_id=9, tick_type=tick_type, price=101.5, size=17, attributes=1
    )


@pytest.mark.parametrize(
    "text", ["Zürich", "日本 €", "two\nlines\tand\rmore", "C:\\Jts", "\x1b[31m'\""]
)
def test_escaped_text_is_what_the_witness_reads(text):
    for message in (
        catalog.InfoMessage(request_id=1, code=201, text=text, advanced_order_reject_json=text),
        catalog.AccountValue(key=text, value=text, currency=text, account=text),
        catalog.AccountUpdateTime(time=text),
        catalog.AccountDownloadEnd(account=text),
        catalog.AccountSummary(request_id=1, account=text, tag=text, value=text, currency=text),
        catalog.TickString(request_id=1, tick_type=45, value=text),
        catalog.ContractData(request_id=1, details=ContractDetails(long_name=text)),
    ):
        for version in (153, 200):
            sent = payload_of(message, version)
            assert sent.isascii()
            ours = read(sent, type(message), version)
            theirs = heard(sent, type(message), version)
            assert unexplained(ours, theirs) == []
            if version == 200:
                assert unexplained(message, theirs) == []


ODD_TOKENS = (
    b"",
    b"0",
    b"-1",
    b"-2",
    b"1E+2",
    b" 5 ",
    b"1.5",
    b"2147483647",
    b"9223372036854775807",
    b"1.7976931348623157E308",
    b"1.7976931348623157e+308",
    b"170141183460469231731687303715884105727",
    b"Infinity",
    b"NaN",
    b"x",
    b"\xff",
    rb"Z\u00fcrich\n\\",
    b"20270115-16:30:00",
)


@cache
def constants(message, version: int) -> set[int]:
    """Places of fields nobody reads, as far as they stand before anything of variable length."""
    found: set[int] = set()
    place = 1
    for item in open_items(message.declaration.layout, version):
        found |= {place} if isinstance(item, Constant) else set()
        place += not isinstance(item, Gate | Refusal)
    return found


def take(payload: bytes, message, version: int):
    try:
        return in_order(read(payload, message, version))
    except DecodeError:
        return None


def take_there(payload: bytes, message, version: int):
    try:
        return READERS[message](official.heard(payload, version)[0])
    except (official.Silence, ValueError):
        return None


@cache
def odd_ones(message, version: int) -> list[tuple[str | None, int, Odd]]:
    """Every place of a full row that holds something odd and is read differently then."""
    tokens = payload_of(full_row(message, version), version).split(b"\0")[:-1]
    found = []
    for place, original in enumerate(tokens[1:], 1):
        for token in ODD_TOKENS:
            payload = b"\0".join([*tokens[:place], token, *tokens[place + 1 :], b""])
            ours, theirs = take(payload, message, version), take_there(payload, message, version)
            failed = ours is None, theirs is None
            if failed == (True, True):
                continue
            pairs = [None] if True in failed else differences(ours, theirs)
            for each in pairs:
                if each is not None and explanation(each):
                    continue
                constant = place in constants(message, version) or original == b""
                odd = Odd(message, token, original, constant, each, *failed)
                found.append((odd_explanation(odd), place, odd))
    return found


def odd_explanation(odd: Odd) -> str | None:
    return next((name for name, (_, accounts) in KNOWN_ODD.items() if accounts(odd)), None)


@pytest.mark.parametrize("version", [100, 200])
@pytest.mark.parametrize("message", MESSAGES)
def test_odd_fields_are_taken_as_the_witness_takes_them(message, version):
    if version >= message.declaration.since:
        assert [each for each in odd_ones(message, version) if each[0] is None] == []
    else:
        assert message.declaration not in declarations(version)


def test_every_entry_of_the_table_of_odd_fields_occurs():
    found = {
        name
        for message in MESSAGES
        for version in (100, 200)
        if version >= message.declaration.since
        for name, _, _ in odd_ones(message, version)
    }
    assert found - {None} == set(KNOWN_ODD)
