"""Results: what the answer to a request comes to, made from its messages.

Owns the ways in which messages become a result. Lists that people look at as tables are `Rows`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, TypeVar

from workstation.errors import InvalidValue
from workstation.model import (
    Bars,
    BidAskTicks,
    Contract,
    ContractDetails,
    LastTicks,
    MidpointTicks,
)
from workstation.model.data_frame import Rows
from workstation.model.moment import moment_from
from workstation.model.record import Record
from workstation.protocol import catalog

__all__ = ["AccountReport", "Ticks"]

Value = TypeVar("Value")
Message = TypeVar("Message", bound=Record)

Ticks: TypeAlias = MidpointTicks | BidAskTicks | LastTicks
"""Ticks of the past; which kind depends on what was asked to be shown."""


class AccountReport(NamedTuple):
    """What an account says of itself.

    Args:
        values: cash, margins and what else there is, one row a key and currency.
        portfolio: positions with their worth.
    """

    values: Rows[catalog.AccountValue]
    portfolio: Rows[catalog.PortfolioValue]


def only(_kind: type[Value]) -> Callable[[list[Any]], Value]:
    """The one message of an answer."""
    return lambda messages: messages[0]


def field(name: str, _kind: type[Value]) -> Callable[[list[Any]], Value]:
    """One field of the one message of an answer."""
    return lambda messages: getattr(messages[0], name)


def rows(kind: type[Message], *times: str) -> Callable[[list[Any]], Rows[Message]]:
    """All messages of one kind, as rows.

    Args:
        kind: which messages.
        times: their fields that are moments.
    """
    return lambda messages: Rows([each for each in messages if type(each) is kind], kind, times)


def latest(kind: type[Message], *names: str) -> Callable[[list[Any]], Rows[Message]]:
    """The same, of several about one thing the last: news may come amidst a list.

    Args:
        kind: which messages.
        names: dotted names of the fields that say what a message is about.
    """
    about = attrgetter(*names)

    def read(messages: list[Any]) -> Rows[Message]:
        found = {about(each): each for each in messages if type(each) is kind}
        return Rows(found.values(), kind)

    return read


def details(messages: list[Any]) -> Rows[ContractDetails]:
    """Contracts with what is known of them."""
    return Rows((each.details for each in messages), ContractDetails)


def expiries(messages: list[Any]) -> list[str]:
    """The expiries of all classes of options on an underlying, nearest first."""
    return sorted({expiry for each in messages for expiry in each.expirations})


def chain(answers: list[Rows[ContractDetails]]) -> Rows[ContractDetails]:
    """Options of several expiries as one chain."""
    found = [details for each in answers for details in each]
    found.sort(key=lambda each: _place(each.contract))
    return Rows(found, ContractDetails)


def _place(contract: Contract) -> tuple[str, str, float]:
    return contract.last_trade_date, contract.right, contract.strike or 0.0


def bars(messages: list[Any]) -> Bars:
    """The bars of an answer."""
    if any(isinstance(each, catalog.HistoricalSchedule) for each in messages):
        legal = "legal are TRADES, MIDPOINT, BID, ASK and others; request_schedule gives sessions"
        raise InvalidValue("what_to_show", "SCHEDULE", legal)
    return messages[0].bars if messages else Bars()


def ticks(messages: list[Any]) -> Ticks:
    """Ticks of all messages as one."""
    first: Ticks = messages[0].ticks
    if len(messages) == 1:
        return first
    columns: dict[str, tuple[Any, ...]] = {
        name: tuple(value for each in messages for value in getattr(each.ticks, name))
        for name in type(first).__struct_fields__
    }
    return type(first)(**columns)


def moment(messages: list[Any]) -> datetime:
    """The moment that a message tells."""
    return moment_from(str(messages[0].time))


def milliseconds(messages: list[Any]) -> datetime:
    """The moment that a message tells to the millisecond."""
    return datetime.fromtimestamp(messages[0].time_ms / 1000, UTC)


def account(messages: list[Any]) -> AccountReport:
    """Values and portfolio."""
    values = latest(catalog.AccountValue, "account", "key", "currency")
    portfolio = latest(catalog.PortfolioValue, "account", "contract.contract_id")
    return AccountReport(values(messages), portfolio(messages))


def groups(messages: list[Any]) -> tuple[int, ...]:
    """Numbers of display groups."""
    return tuple(int(each) for each in messages[0].groups.split("|") if each)
