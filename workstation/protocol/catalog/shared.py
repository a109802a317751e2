"""Runs of fields that several messages share."""

from __future__ import annotations

from workstation.model import ComboLeg, Contract, DeltaNeutralContract
from workstation.protocol.layout import items, present

__all__ = [
    "CONTRACT_WITH_PRIMARY_EXCHANGE",
    "DELTA_NEUTRAL_CONTRACT",
    "QUOTED_LEG",
    "RECEIVED_CONTRACT",
]

_HEAD = items(
    Contract.contract_id,
    Contract.symbol,
    Contract.security_type,
    Contract.last_trade_date,
    Contract.strike,
    Contract.right,
    Contract.multiplier,
    Contract.exchange,
)

_TAIL = items(Contract.currency, Contract.local_symbol, Contract.trading_class)

CONTRACT_WITH_PRIMARY_EXCHANGE = items(_HEAD, Contract.primary_exchange, _TAIL)
"""A contract in requests that tell listings apart."""

RECEIVED_CONTRACT = items(_HEAD, _TAIL)
"""A contract as orders, executions and positions bring it."""

QUOTED_LEG = items(ComboLeg.contract_id, ComboLeg.ratio, ComboLeg.action, ComboLeg.exchange)
"""A leg in requests for data; orders tell more."""

DELTA_NEUTRAL_CONTRACT = present(
    Contract.delta_neutral_contract,
    DeltaNeutralContract,
    DeltaNeutralContract.contract_id,
    DeltaNeutralContract.delta,
    DeltaNeutralContract.price,
)
"""A flag, then the contract that hedges the delta."""
