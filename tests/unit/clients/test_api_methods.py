"""Every request is a method of IBKR_API, written once, under the same name and arguments."""

from __future__ import annotations

import inspect

import pytest

from workstation.clients.answers import ANSWERS, STREAMS
from workstation.clients.api import IBKR_API
from workstation.clients.requests import Requests
from workstation.protocol import catalog
from workstation.protocol.message import REQUESTS

NAMES = [each.name for each in REQUESTS.values() if each.cls is not catalog.StartApi]

CONDITIONAL = {
    catalog.RequestMarketData,
    catalog.RequestHistoricalData,
    catalog.RequestHistoricalTicks,
    catalog.RequestAccountUpdates,
    catalog.PlaceOrder,
}
"""Requests whose answer depends on what they ask."""

NOT_ANSWERED = {
    "modify_order",
    "request_auto_open_orders",
    "request_global_cancel",
    "request_market_data_type",
    "set_server_log_level",
    "start_api",
    "update_display_group",
    "exercise_options",
    "subscribe_to_group_events",
    "unsubscribe_from_group_events",
}
"""Requests to which nothing is said at once, besides those that cancel."""


@pytest.mark.parametrize("name", NAMES)
def test_a_request_is_a_method_with_the_arguments_that_it_has_everywhere(name):
    here, there = getattr(IBKR_API, name), getattr(Requests, name)
    given = inspect.signature(here).parameters
    assert list(given)[1:] == list(inspect.signature(there).parameters)[1:]
    assert here.__doc__.startswith(there.__doc__.split("\n\n")[0])


def test_every_request_is_answered_or_streams_or_needs_no_answer():
    left = {
        each.name
        for each in REQUESTS.values()
        if each.cls not in CONDITIONAL | set(STREAMS) | set(ANSWERS)
        and not each.name.startswith("cancel_")
    }
    assert left <= NOT_ANSWERED
