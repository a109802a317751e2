"""Session: who is connected, which ids are free, what time it is, and what the Bridge remarks."""

from __future__ import annotations

from workstation.protocol.codecs import ESCAPED, Codec
from workstation.protocol.layout import constant, escaped, since, spelled, until
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CurrentTime",
    "CurrentTimeInMillis",
    "InfoMessage",
    "ManagedAccounts",
    "NextValidId",
    "RequestCurrentTime",
    "RequestCurrentTimeInMillis",
    "RequestManagedAccounts",
    "RequestOrderIds",
    "RequestUserInfo",
    "SetServerLogLevel",
    "StartApi",
    "UserInfo",
]

_NAMES = Codec(
    "comma-separated names",
    'tuple([name for name in $.split(",") if name])',
    '",".join($)',
)


@request(8, constant("1"))
class RequestOrderIds(Request):
    """Ask for the next valid order id."""

    count: int = 1
    """Looked at by nobody."""


@request(14, constant("1"))
class SetServerLogLevel(Request):
    """Say how much the Bridge writes into its log."""

    log_level: int = 2
    """1 system, 2 errors, 3 warnings, 4 information, 5 everything."""


@request(17, constant("1"))
class RequestManagedAccounts(Request):
    """Ask which accounts this login manages."""


@request(49, constant("1"))
class RequestCurrentTime(Request):
    """Ask for the Bridge's time."""


@request(71, constant("2"))
class StartApi(Request):
    """Say who the client is; the first message after the greeting."""

    client_id: int
    optional_capabilities: str = ""


@request(104, since=167)
class RequestUserInfo(Request):
    """Ask by whom this login is branded."""

    request_id: int


@request(105, since=197)
class RequestCurrentTimeInMillis(Request):
    """Ask for the Bridge's time to the millisecond."""


@inbound(4)
class InfoMessage(Inbound):
    """What the Bridge remarks: an error of a request, or a notice when `request_id` is -1."""

    request_id: int
    """Also the order id, when it is about an order."""
    code: int
    text: str
    advanced_order_reject_json: str = ""
    time_ms: int | None = None
    """Milliseconds since 1970; None below server version 194."""


lay_out(
    InfoMessage,
    until(194, constant("2")),
    InfoMessage.request_id,
    InfoMessage.code,
    escaped(InfoMessage.text),
    since(166, spelled(InfoMessage.advanced_order_reject_json, ESCAPED)),
    since(194, InfoMessage.time_ms),
)


@inbound(9, constant("1"))
class NextValidId(Inbound):
    """The lowest id that a new order may have."""

    order_id: int


@inbound(15)
class ManagedAccounts(Inbound):
    """The accounts this login manages."""

    accounts: tuple[str, ...]


lay_out(ManagedAccounts, constant("1"), spelled(ManagedAccounts.accounts, _NAMES))


@inbound(49, constant("1"))
class CurrentTime(Inbound):
    """The Bridge's time."""

    time: int
    """Seconds since 1970."""


@inbound(107, since=167)
class UserInfo(Inbound):
    """By whom this login is branded."""

    request_id: int
    white_branding_id: str


@inbound(109, since=197)
class CurrentTimeInMillis(Inbound):
    """The Bridge's time to the millisecond."""

    time_ms: int
    """Milliseconds since 1970."""
