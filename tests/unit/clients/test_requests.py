"""Every request of the catalog is a method, and says all that the message can say."""

from __future__ import annotations

import inspect

import pytest

from workstation.clients.requests import Requests
from workstation.model import LimitOrder, Stock
from workstation.protocol import catalog
from workstation.protocol.message import REQUESTS

MADE_BY_THE_CONNECTION = {catalog.StartApi}
"""Requests that a program never makes itself."""

FIXED = {
    (catalog.RequestOrderIds, "count"): "nobody looks at it",
    (catalog.RequestRealTimeBars, "bar_size"): "Bridges know one size",
}
"""Fields that no method asks for."""

MESSAGES = [each.cls for each in REQUESTS.values() if each.cls not in MADE_BY_THE_CONNECTION]


class Notebook(Requests):
    """Writes down what it would send."""

    def __init__(self) -> None:
        self.sent = []
        self.last_id = 40

    def new_id(self):
        self.last_id += 1
        return self.last_id

    def send(self, request):
        self.sent.append(request)


def value_of(name: str, annotation: str) -> object:
    """Some value that is not a default."""
    special = {
        "contract": Stock("AAPL"),
        "order": LimitOrder("BUY", 1, 2.0),
        "subscription": catalog.RequestScannerSubscription(request_id=1).subscription,
        "filter": "words" if annotation.startswith("str") else None,
    }
    if special.get(name) is not None:
        return special[name]
    if annotation.startswith("tuple"):
        return ()
    if annotation.startswith("bool"):
        return False
    if annotation.startswith("float"):
        return 2.5
    return 7 if annotation.startswith(("int", "MarketDataType")) else f"some {name}"


@pytest.mark.parametrize("message", MESSAGES, ids=lambda each: each.declaration.name)
def test_a_request_is_a_method_that_takes_every_field(message):
    method = getattr(Requests, message.declaration.name)
    fields = [name for name in message.__struct_fields__ if (message, name) not in FIXED]
    given = {
        name: value_of(name, str(each.annotation))
        for name, each in inspect.signature(method).parameters.items()
        if name != "self"
    }
    notebook = Notebook()
    answer = method(notebook, **{k: v for k, v in given.items() if not is_filter(message, k)})
    (sent,) = notebook.sent
    assert type(sent) is message
    assert set(fields) - {"request_id", "order_id"} <= set(given)
    for name, value in given.items():
        if not is_filter(message, name) and name not in {"order", "order_id"}:
            assert getattr(sent, name) == value
    starts = "request_id" in fields and "request_id" not in given
    assert (answer == notebook.last_id == 41) == (starts or message is catalog.PlaceOrder)


def is_filter(message, name: str) -> bool:
    """Whether an argument is a filter of executions, which has a value of its own."""
    return name == "filter" and message is catalog.RequestExecutions


def test_no_method_is_left_over():
    methods = {name for name in vars(Requests) if not name.startswith("_")}
    for base in Requests.__mro__[1:]:
        methods |= {name for name in vars(base) if not name.startswith("_")}
    names = {message.declaration.name for message in MESSAGES}
    assert methods - names == {"send", "new_id", "turn", "modify_order"}
