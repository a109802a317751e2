"""Verification: how a registered program proves to the Bridge who wrote it."""

from __future__ import annotations

from workstation.protocol.codecs import FLAG_WORD
from workstation.protocol.layout import constant, escaped, spelled
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "VerifyAndAuthCompleted",
    "VerifyAndAuthMessage",
    "VerifyAndAuthMessageApi",
    "VerifyAndAuthRequest",
    "VerifyCompleted",
    "VerifyMessage",
    "VerifyMessageApi",
    "VerifyRequest",
]


@request(65, constant("1"))
class VerifyRequest(Request):
    """Begin to prove which program this is."""

    api_name: str
    api_version: str


@request(66, constant("1"))
class VerifyMessage(Request):
    """The answer to a challenge."""

    api_data: str


@request(72, constant("1"))
class VerifyAndAuthRequest(Request):
    """Begin to prove which program this is and who uses it."""

    api_name: str
    api_version: str
    opaque_isv_key: str


@request(73, constant("1"))
class VerifyAndAuthMessage(Request):
    """The answers to both challenges."""

    api_data: str
    xyz_response: str


@inbound(65)
class VerifyMessageApi(Inbound):
    """A challenge."""

    api_data: str


lay_out(VerifyMessageApi, constant("1"), escaped(VerifyMessageApi.api_data))


@inbound(66)
class VerifyCompleted(Inbound):
    """Whether the program was believed."""

    is_successful: bool
    error_text: str = ""


lay_out(
    VerifyCompleted,
    constant("1"),
    spelled(VerifyCompleted.is_successful, FLAG_WORD),
    escaped(VerifyCompleted.error_text),
)


@inbound(69)
class VerifyAndAuthMessageApi(Inbound):
    """Two challenges."""

    api_data: str
    xyz_challenge: str


lay_out(
    VerifyAndAuthMessageApi,
    constant("1"),
    escaped(VerifyAndAuthMessageApi.api_data),
    escaped(VerifyAndAuthMessageApi.xyz_challenge),
)


@inbound(70)
class VerifyAndAuthCompleted(Inbound):
    """Whether program and user were believed."""

    is_successful: bool
    error_text: str = ""


lay_out(
    VerifyAndAuthCompleted,
    constant("1"),
    spelled(VerifyAndAuthCompleted.is_successful, FLAG_WORD),
    escaped(VerifyAndAuthCompleted.error_text),
)
