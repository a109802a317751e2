"""Simulated Bridges and clients of the wire; all are closed when a test ends."""

from __future__ import annotations

import contextlib

import pytest
from simulated_bridge import SimulatedBridge
from wire_client import WireClient


@pytest.fixture
def serve():
    """Starts Bridges."""
    with contextlib.ExitStack() as stack:

        def serve(**settings):
            bridge = SimulatedBridge(**settings)
            stack.callback(bridge.close)
            return bridge

        yield serve


@pytest.fixture
def dial():
    """Connects clients that have not yet said who they are."""
    with contextlib.ExitStack() as stack:

        def dial(bridge, **settings):
            client = WireClient(bridge.port, **settings)
            stack.callback(client.close)
            return client

        yield dial
