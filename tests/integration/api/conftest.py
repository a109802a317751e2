"""An IBKR_API on a simulated Bridge; both are closed when a test ends."""

from __future__ import annotations

import contextlib

import pytest
from simulated_bridge import SimulatedBridge

from workstation import IBKR_API


@pytest.fixture
def bridge():
    """A simulated Bridge, always at the same instant with the same seed."""
    bridge = SimulatedBridge()
    yield bridge
    bridge.close()


@pytest.fixture
def connect(bridge):
    """Connects programs."""
    with contextlib.ExitStack() as stack:

        def connect(client_id=1, **settings):
            return stack.enter_context(IBKR_API(port=bridge.port, client_id=client_id, **settings))

        yield connect


@pytest.fixture
def api(connect):
    """One program."""
    return connect()
