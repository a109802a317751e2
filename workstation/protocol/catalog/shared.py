"""Runs of fields that several messages share."""

from __future__ import annotations

from workstation.model import ComboLeg, Contract, DeltaNeutralContract
from workstation.protocol.layout import items, present

__all__ = [
    "CONTRACT_HEAD",
    "CONTRACT_TAIL",
    "CONTRACT_WITH_PRIMARY_EXCHANGE",
    "DELTA_NEUTRAL_CONTRACT",
    "QUOTED_LEG",
    "RECEIVED_CONTRACT",
]

CONTRACT_HEAD = items(
    Contract.contract_id,
    Contract.symbol,
    Contract.security_type,
    Contract.last_trade_date,
    Contract.strike,
    Contract.right,
    Contract.multiplier,
    Contract.exchange,
)
"""What every contract on the wire begins with."""

CONTRACT_TAIL = items(Contract.currency, Contract.local_symbol, Contract.trading_class)
"""What it ends with; the primary exchange, where there is one, stands between the two."""

CONTRACT_WITH_PRIMARY_EXCHANGE = items(CONTRACT_HEAD, Contract.primary_exchange, CONTRACT_TAIL)
"""A contract in requests that tell listings apart."""

RECEIVED_CONTRACT = items(CONTRACT_HEAD, CONTRACT_TAIL)
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
