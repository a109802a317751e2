"""Advisors: groups and aliases of accounts, families of accounts, soft dollar tiers."""

from __future__ import annotations

from workstation.model import FamilyCode, SoftDollarTier
from workstation.protocol.layout import constant, escaped, refuse, repeat, since
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "FamilyCodes",
    "ReceiveFa",
    "ReplaceFaEnd",
    "ReplaceFinancialAdvisor",
    "RequestFamilyCodes",
    "RequestFinancialAdvisor",
    "RequestSoftDollarTiers",
    "SoftDollarTiers",
]


@request(18)
class RequestFinancialAdvisor(Request):
    """Ask for an advisor's configuration."""

    data_type: int
    """1 groups, 3 aliases; 2 profiles, gone with server version 177."""


lay_out(
    RequestFinancialAdvisor,
    constant("1"),
    RequestFinancialAdvisor.data_type,
    refuse(RequestFinancialAdvisor.data_type, 2, until=177),
)


@request(19)
class ReplaceFinancialAdvisor(Request):
    """Replace an advisor's configuration."""

    data_type: int
    """1 groups, 3 aliases; 2 profiles, gone with server version 177."""
    xml: str
    request_id: int = 0
    """The answer comes under it, `replace_fa_end`, from server version 157."""


lay_out(
    ReplaceFinancialAdvisor,
    constant("1"),
    ReplaceFinancialAdvisor.data_type,
    refuse(ReplaceFinancialAdvisor.data_type, 2, until=177),
    ReplaceFinancialAdvisor.xml,
    since(157, ReplaceFinancialAdvisor.request_id),
)


@request(79)
class RequestSoftDollarTiers(Request):
    """Ask for the soft dollar tiers that orders may name."""

    request_id: int


@request(80, since=107)
class RequestFamilyCodes(Request):
    """Ask which accounts belong to which families."""


@inbound(16)
class ReceiveFa(Inbound):
    """An advisor's configuration."""

    data_type: int
    """1 groups, 2 profiles, 3 aliases."""
    xml: str


lay_out(ReceiveFa, constant("1"), ReceiveFa.data_type, escaped(ReceiveFa.xml))


@inbound(77, since=106)
class SoftDollarTiers(Inbound):
    """The soft dollar tiers that orders may name."""

    request_id: int
    tiers: tuple[SoftDollarTier, ...] = ()


lay_out(
    SoftDollarTiers,
    SoftDollarTiers.request_id,
    repeat(
        SoftDollarTiers.tiers,
        SoftDollarTier,
        SoftDollarTier.name,
        SoftDollarTier.value,
        SoftDollarTier.display_name,
    ),
)


@inbound(78, since=107)
class FamilyCodes(Inbound):
    """Which accounts belong to which families."""

    codes: tuple[FamilyCode, ...] = ()


lay_out(
    FamilyCodes, repeat(FamilyCodes.codes, FamilyCode, FamilyCode.account, FamilyCode.family_code)
)


@inbound(103, since=157)
class ReplaceFaEnd(Inbound):
    """An advisor's configuration was replaced."""

    request_id: int
    text: str
