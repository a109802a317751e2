"""Runs of fields that several messages share."""

from __future__ import annotations

from workstation.model import Contract
from workstation.protocol.layout import items

__all__ = ["CONTRACT", "CONTRACT_WITH_PRIMARY_EXCHANGE", "RECEIVED_CONTRACT"]

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

CONTRACT = items(_HEAD, _TAIL)
"""A contract as most requests send it."""

CONTRACT_WITH_PRIMARY_EXCHANGE = items(_HEAD, Contract.primary_exchange, _TAIL)
"""A contract in requests that tell listings apart."""

RECEIVED_CONTRACT = CONTRACT
"""A contract as orders, executions and positions bring it."""
