"""Any message that one end can make arrives at the other end as it was made."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from witnesses.places import carried, places
from witnesses.strategies import messages

from workstation.errors import EncodeError, UnsupportedByVersion
from workstation.model import Stock, TagValue
from workstation.protocol import catalog
from workstation.protocol.connection import Connection
from workstation.protocol.message import INBOUND, REQUESTS, Direction

VERSIONS = (100, 124, 148, 157, 176, 187, 200)
MESSAGES = [each.cls for each in (*REQUESTS.values(), *INBOUND.values())]


def pair(version: int, direction: Direction) -> tuple[Connection, Connection]:
    """Sender and receiver of one direction."""
    client = Connection.client((version, version))
    bridge = Connection.bridge((version, version))
    bridge.receive_data(client.greet())
    client.receive_data(bridge.accept("20261123 10:00:00 UTC"))
    return (client, bridge) if direction is Direction.OUT else (bridge, client)


EXAMPLES = {catalog.PlaceOrder: 300, catalog.OpenOrder: 300, catalog.ContractData: 100}
"""How many examples the largest messages get; others get fifty."""

PAIRS = {(version, way): pair(version, way) for version in VERSIONS for way in Direction}


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.declaration.name)
def test_a_message_arrives_as_it_was_sent(message):
    declaration = message.declaration
    versions = [each for each in VERSIONS if each >= declaration.since]

    @settings(
        max_examples=EXAMPLES.get(message, 50),
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(data=st.data())
    def arrives(data):
        version = data.draw(st.sampled_from(versions))
        sent = data.draw(messages(message, version))
        sender, receiver = PAIRS[version, declaration.direction]
        try:
            payload = sender.send(sent)
        except UnsupportedByVersion:
            # A field that came later was drawn. Which are refused, the witness tells elsewhere.
            assume(declaration.direction is Direction.IN)
            raise
        (arrived,) = receiver.receive_data(payload)
        assert arrived == carried(sent, version)
        assert len(places(sent, version)) == payload[4:].count(b"\0") - 1
        assert receiver.receive_data(sender.send(arrived)) == [arrived]

    arrives()


@pytest.mark.parametrize("value", ["a;b", "x;"])
def test_a_parameter_that_would_be_read_as_two_is_refused(value):
    sender, _ = PAIRS[200, Direction.OUT]
    options = (TagValue(tag="route", value=value),)
    with pytest.raises(EncodeError, match=r"request_historical_data\.options"):
        sender.send(
            catalog.RequestHistoricalData(request_id=1, contract=Stock("AAPL"), options=options)
        )
