"""Methods: how a request method becomes a method of IBKR_API.

Owns the ways: `answered` waits for the whole answer and gives its content, `streamed` gives the
stream of what comes, `sent` and `ordered` do not wait. All keep the request's name, arguments and
documentation: a request is written once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from workstation.clients.api.connection import ApiConnection
from workstation.clients.api.stream import Stream
from workstation.clients.requests import Requests
from workstation.errors import OrderRefused
from workstation.model import Contract
from workstation.risk.limits import Limit

__all__ = ["Api", "answered", "ordered", "sent", "streamed"]

P = ParamSpec("P")
Result = TypeVar("Result")
Made = TypeVar("Made", bound=Callable[..., object])


class Api(Protocol):
    """What the methods need of the object they belong to."""

    timeout_seconds: float
    client: ApiConnection


def answered(
    method: Callable[Concatenate[Any, P], object], read: Callable[[list[Any]], Result], gives: str
) -> Callable[Concatenate[Api, P], Result]:
    """A method that waits for the answer.

    Args:
        method: the request method.
        read: makes the result of the messages of the answer.
        gives: what the result is, for the documentation.
    """

    def call(api: Api, /, *arguments: P.args, **named: P.kwargs) -> Result:
        return read(api.client.answer(api.timeout_seconds, method, *arguments, **named))

    return _named(call, method, gives)


def streamed(
    method: Callable[Concatenate[Any, P], object], item: type[Result]
) -> Callable[Concatenate[Api, P], Stream[Result]]:
    """A method that gives a stream.

    Args:
        method: the request method.
        item: the kind of message that it brings, for type checkers.
    """

    def call(api: Api, /, *arguments: P.args, **named: P.kwargs) -> Stream[Result]:
        return api.client.stream(method, *arguments, **named)

    gives = f"A stream of {getattr(item, '__name__', item)}; close it to end the subscription."
    return _named(call, method, gives)


def sent(
    method: Callable[Concatenate[Any, P], Result],
) -> Callable[Concatenate[Api, P], Result]:
    """A method that sends and does not wait: there is no answer, or it comes as news."""

    def call(api: Api, /, *arguments: P.args, **named: P.kwargs) -> Result:
        return method(api.client, *arguments, **named)

    update_wrapper(call, method)
    return call


def ordered(
    method: Callable[Concatenate[Any, Contract, P], Result],
) -> Callable[Concatenate[Api, Contract, P], Result]:
    """A method that sends an order. Where the order guard misses a quote, one is asked for first.

    The guard measures an order against the market; a program that only trades watches none.
    """

    def call(api: Api, contract: Contract, /, *arguments: P.args, **named: P.kwargs) -> Result:
        try:
            return method(api.client, contract, *arguments, **named)
        except OrderRefused as refused:
            if refused.limit != Limit.FRESH_QUOTE:
                raise
        api.client.answer(
            api.timeout_seconds, Requests.request_market_data, contract, snapshot=True
        )
        return method(api.client, contract, *arguments, **named)

    update_wrapper(call, method)
    return call


def _named(call: Made, method: Callable[..., object], gives: str) -> Made:
    """A method under the name and with the documentation of its request, and what it gives."""
    update_wrapper(call, method)
    call.__doc__ = f"{method.__doc__}\n\n        Returns:\n            {gives}\n        "
    return call
