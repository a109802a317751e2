"""A scripted Bridge and clients of it, all ended when the test ends."""

from __future__ import annotations

import pytest
from scripted_bridge import ScriptedBridge

from workstation.clients import ClientOptions


@pytest.fixture
def bridge():
    bridge = ScriptedBridge()
    yield bridge
    bridge.close()


@pytest.fixture
def connect(bridge):
    started = []

    def start(program_class, **options):
        settings = {"messages_per_second": None, "first_backoff_seconds": 0.01, **options}
        client = program_class("127.0.0.1", bridge.port, 7, options=ClientOptions(**settings))
        started.append(client)
        client.start(10)
        return client

    yield start
    for client in started:
        client.stop()
