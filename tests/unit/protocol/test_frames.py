from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.errors import FrameError
from workstation.protocol.frames import MAXIMUM_LENGTH, FrameReader, frame


def test_a_frame_is_its_length_in_four_bytes_and_its_payload():
    assert frame(b"49\x001\x00") == b"\x00\x00\x00\x0549\x001\x00"
    assert frame(b"") == b"\x00\x00\x00\x00"


def test_split_frame_is_held_until_complete():
    reader = FrameReader()
    assert reader.feed(b"\x00\x00") == []
    assert reader.feed(b"\x00\x03a") == []
    assert reader.pending == 5
    assert reader.feed(b"bc") == [b"abc"]
    assert reader.pending == 0


def test_joined_frames_come_one_by_one():
    data = frame(b"one") + frame(b"") + frame(b"three")
    reader = FrameReader()
    assert reader.feed(data + b"\x00\x00") == [b"one", b"", b"three"]
    assert reader.pending == 2


@settings(deadline=None, derandomize=True, database=None)
@given(st.lists(st.binary(max_size=40), max_size=8), st.data())
def test_payloads_do_not_depend_on_how_the_stream_was_cut(payloads, data):
    stream = b"".join(map(frame, payloads))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    reader = FrameReader()
    found = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += reader.feed(stream[start:end])
    assert found == payloads
    assert reader.pending == 0


def test_the_longest_frame_passes_and_a_longer_one_does_not():
    payload = bytes(MAXIMUM_LENGTH)
    assert FrameReader().feed(frame(payload)) == [payload]
    with pytest.raises(FrameError, match="16777216 bytes"):
        frame(payload + b"\x00")
    with pytest.raises(FrameError, match="16777216 is above"):
        FrameReader().feed(b"\x01\x00\x00\x00")


def test_a_broken_length_is_found_before_the_bytes_it_announces():
    reader = FrameReader()
    assert reader.feed(b"HTT") == []
    with pytest.raises(FrameError):
        reader.feed(b"P")


def test_a_long_frame_in_small_pieces_is_not_copied_for_each_piece():
    """Copying it each time would move 40 GB here, which no machine does within a test's time."""
    piece = bytes(200)
    pieces = 20_000
    reader = FrameReader()
    assert reader.feed((len(piece) * pieces).to_bytes(4, "big")) == []
    found = [payload for _ in range(pieces) for payload in reader.feed(piece)]
    assert [len(payload) for payload in found] == [len(piece) * pieces]
