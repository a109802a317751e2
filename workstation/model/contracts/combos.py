"""Combinations: several contracts that are traded as one.

Owns legs and what makes a combination of them; the common strategies stand in `spreads`. Legs are
contracts that `qualify` has given their contract ids. The price of a combination is those of its
legs added up with their signs, so one that pays when it is bought has a price below zero.
"""

from __future__ import annotations

from collections.abc import Iterable

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.contracts.contract import ComboLeg, Contract, DeltaNeutralContract
from workstation.model.enums import Action, SecurityType

__all__ = ["Combo", "Leg"]


def Leg(contract: Contract, action: str, ratio: int = 1, exchange: str = "SMART") -> ComboLeg:
    """One leg of a combination.

    Args:
        contract: a qualified one, that is, with its contract id.
        action: what buying one unit of the combination does to this leg.
        ratio: how many of it are in one unit.
        exchange: that of the combination.

    Raises:
        InvalidValue: an argument is not legal.
    """
    if contract.contract_id <= 0:
        raise InvalidValue("contract", str(contract), "qualify it: a leg needs its contract id")
    return ComboLeg(
        contract_id=contract.contract_id,
        ratio=legal.count("ratio", ratio),
        action=legal.word("action", action, Action),
        exchange=legal.text("exchange", exchange, "give an exchange such as 'SMART'"),
    )


def Combo(
    symbol: str,
    legs: Iterable[ComboLeg],
    exchange: str = "SMART",
    currency: str = "USD",
    *,
    delta_neutral_contract: DeltaNeutralContract | None = None,
) -> Contract:
    """A combination of any legs.

    Args:
        symbol: that of the underlying; of spreads between two, both with a comma (`IBKR,MCD`).
        legs: two or more, or one with `delta_neutral_contract`.
        exchange: where orders go.
        currency: in which it is traded.
        delta_neutral_contract: the underlying that hedges its delta.

    Raises:
        InvalidValue: an argument is not legal.
    """
    kept = tuple(legs)
    shown = [f"{leg.action} {leg.ratio} #{leg.contract_id}" for leg in kept]
    if len(kept) + (delta_neutral_contract is not None) < 2:
        raise InvalidValue("legs", shown, "give two legs or more")
    if any(leg.contract_id <= 0 for leg in kept):
        raise InvalidValue("legs", shown, "every leg needs its contract id: qualify it")
    if len({leg.contract_id for leg in kept}) < len(kept):
        raise InvalidValue("legs", shown, "every leg is another contract; use ratios")
    for leg in kept:
        legal.count("ratio", leg.ratio)
        legal.word("action", leg.action, Action)
    return Contract(
        symbol=legal.text("symbol", symbol, "give the symbol of the underlying"),
        security_type=SecurityType.COMBO,
        exchange=legal.text("exchange", exchange, "give an exchange such as 'SMART'"),
        currency=legal.currency_code("currency", currency),
        combo_legs=kept,
        delta_neutral_contract=delta_neutral_contract,
    )
