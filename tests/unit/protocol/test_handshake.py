from __future__ import annotations

import pytest

from workstation.errors import EncodeError, FrameError, HandshakeError
from workstation.protocol import catalog
from workstation.protocol.connection import Connection, Greeted
from workstation.protocol.frames import frame


def test_the_client_says_what_it_speaks():
    assert Connection.client().greet() == b"API\x00\x00\x00\x00\tv100..200"
    assert Connection.client((176, 178)).greet("+PACEAPI").endswith(b"\x12v176..178 +PACEAPI")


@pytest.mark.parametrize(
    ("offered", "agreed"),
    [(b"v100..200", 200), (b"v157..178", 178), (b"v100..226", 200), (b"v163", 163)],
)
def test_the_bridge_picks_the_highest_version_that_both_speak(offered, agreed):
    bridge = Connection.bridge()
    assert bridge.receive_data(b"API\0" + frame(offered)) == [Greeted(agreed)]
    assert bridge.server_version == agreed
    assert bridge.accept("20261123 10:00:00 CET") == frame(
        b"%d\x0020261123 10:00:00 CET\0" % agreed
    )
    assert bridge.is_open


def test_options_reach_the_bridge():
    bridge = Connection.bridge()
    events = bridge.receive_data(b"API\0" + frame(b"v100..200 +PACEAPI"))
    assert events == [Greeted(200, options="+PACEAPI")]


@pytest.mark.parametrize("offered", [b"v50..99", b"v201..226"])
def test_versions_that_never_meet_end_the_greeting(offered):
    with pytest.raises(HandshakeError, match=r"this Bridge 100 to 200"):
        Connection.bridge().receive_data(b"API\0" + frame(offered))


@pytest.mark.parametrize("data", [b"GET / HTTP/1.1\r\n", b"APIX", b"\x00\x00\x00\x09v100..200"])
def test_what_is_no_client_is_told_apart_from_its_first_bytes(data):
    with pytest.raises(HandshakeError, match="greeting"):
        Connection.bridge().receive_data(data)


@pytest.mark.parametrize("offered", [b"", b"100..200", b"v", b"v1..", b"v9999999999"])
def test_a_range_that_is_none_ends_the_greeting(offered):
    with pytest.raises(HandshakeError):
        Connection.bridge().receive_data(b"API\0" + frame(offered))


def test_a_greeting_in_pieces_is_a_greeting():
    client, bridge = Connection.client(), Connection.bridge()
    events = [event for byte in client.greet() for event in bridge.receive_data(bytes([byte]))]
    assert events == [Greeted(200)]
    answer = bridge.accept("20261123 10:00:00 UTC")
    events = [event for byte in answer for event in client.receive_data(bytes([byte]))]
    assert events == [Greeted(200, connection_time="20261123 10:00:00 UTC")]


def test_a_zone_that_is_no_utf_8_is_still_a_greeting():
    client = Connection.client()
    (greeted,) = client.receive_data(frame(b"176\x0020261123 10:00:00 \xd6\xd0\x00"))
    assert greeted == Greeted(176, connection_time=r"20261123 10:00:00 \xd6\xd0")


@pytest.mark.parametrize("answer", [b"99\0now\0", b"201\0now\0", b"x\0now\0", b"176", b""])
def test_an_answer_outside_of_what_was_offered_ends_the_greeting(answer):
    client = Connection.client()
    with pytest.raises(HandshakeError):
        client.receive_data(frame(answer))
    assert not client.is_open


def test_a_message_may_follow_the_answer_in_one_piece():
    client = Connection.client()
    events = client.receive_data(frame(b"200\0now\0") + frame(b"9\x001\x0017\x00"))
    assert events == [Greeted(200, connection_time="now"), catalog.NextValidId(order_id=17)]


def test_nothing_is_sent_before_the_greeting_is_over():
    client, bridge = Connection.client(), Connection.bridge()
    with pytest.raises(EncodeError, match="the greeting is not over"):
        client.send(catalog.RequestCurrentTime())
    with pytest.raises(HandshakeError, match="no greeting to answer"):
        bridge.accept("now")


def test_a_client_that_talks_before_the_answer_is_cut_off():
    bridge = Connection.bridge()
    with pytest.raises(HandshakeError, match="before the greeting was answered"):
        bridge.receive_data(b"API\0" + frame(b"v100..200") + frame(b"49\x001\x00"))


def test_each_end_sends_only_its_own_messages():
    client, bridge = Connection.client(), Connection.bridge()
    bridge.receive_data(client.greet())
    client.receive_data(bridge.accept("now"))
    with pytest.raises(EncodeError, match="a client does not send this"):
        client.send(catalog.CurrentTime(time=1))
    with pytest.raises(EncodeError, match="a bridge does not send this"):
        bridge.send(catalog.RequestCurrentTime())


def test_a_stream_that_can_not_be_cut_ends_the_connection():
    client = Connection.client()
    client.receive_data(frame(b"200\0now\0"))
    with pytest.raises(FrameError):
        client.receive_data(b"\xff\xff\xff\xff")
