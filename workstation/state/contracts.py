"""Contracts: what the Bridge has said about instruments, price steps and option chains.

Owns contract details by instrument and by contract id, market rules, and the classes of options on
an underlying. Folded from messages; asks for nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from workstation.model import (
    Contract,
    ContractDetails,
    PriceIncrement,
    SecurityType,
    instrument_key,
)
from workstation.protocol import catalog
from workstation.state.changes import Changes

__all__ = ["Contracts", "OptionClass", "market_rule_id"]

_OPTIONS = frozenset({SecurityType.OPTION, SecurityType.FUTURE_OPTION})


class OptionClass(NamedTuple):
    """One class of options on an underlying, on one exchange.

    Expiries and strikes are told apart: not every pair of them exists. The contracts of an expiry
    come from contract data, see `Contracts.options`.
    """

    under_contract_id: int
    exchange: str
    trading_class: str
    multiplier: str
    expirations: tuple[str, ...]
    """`YYYYMMDD`, earliest first."""
    strikes: tuple[float, ...]
    """Lowest first."""


class Contracts:
    """What is known of instruments.

    Args:
        changes: where the ids of what changed go.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._details: dict[str, ContractDetails] = {}
        self._by_id: dict[int, ContractDetails] = {}
        self._expiries: dict[tuple[str, str], dict[str, ContractDetails]] = {}
        self._rules: dict[int, tuple[PriceIncrement, ...]] = {}
        self._classes: dict[int, dict[tuple[str, str, str], OptionClass]] = {}

    def key(self, contract: Contract) -> str:
        """The instrument key, also of a contract that tells nothing but its contract id."""
        if not (contract.symbol or contract.local_symbol):
            known = self._by_id.get(contract.contract_id)
            if known is not None:
                return instrument_key(known.contract)
        return instrument_key(contract)

    def details(self, contract: Contract) -> ContractDetails | None:
        """What the Bridge said about a contract; None when it has not said anything."""
        known = self._by_id.get(contract.contract_id) if contract.contract_id else None
        return known or self._details.get(self.key(contract))

    def details_of(self, key: str) -> ContractDetails | None:
        """What the Bridge said about an instrument, by its key."""
        return self._details.get(key)

    def increments(self, contract: Contract) -> tuple[PriceIncrement, ...]:
        """Price steps on the contract's exchange, lowest first; empty when nothing is known.

        The market rule where it has come, else the smallest step anywhere.
        """
        details = self.details(contract)
        if details is None:
            return ()
        rule = self._rules.get(market_rule_id(details, contract.exchange) or 0)
        if rule:
            return rule
        if not details.min_tick:
            return ()
        return (PriceIncrement(low_edge=0.0, increment=details.min_tick),)

    def has_market_rule(self, rule_id: int) -> bool:
        """Whether a market rule has come, so that nobody need ask again."""
        return rule_id in self._rules

    def option_classes(self, under_contract_id: int) -> tuple[OptionClass, ...]:
        """Classes of options on an underlying, in the order they came."""
        return tuple(self._classes.get(under_contract_id, {}).values())

    def options(self, symbol: str, last_trade_date: str) -> tuple[ContractDetails, ...]:
        """The options on a symbol that expire on a day (`YYYYMMDD`) and are known to exist."""
        return tuple(self._expiries.get((symbol, last_trade_date), {}).values())

    # Folding

    def contract_data(self, message: catalog.ContractData, _time_ns: int) -> None:
        """Keep details; of several listings of one key the first stays, until it is told anew."""
        details = message.details
        contract = details.contract
        key = instrument_key(contract)
        known = self._details.get(key)
        if known is None or known.contract.contract_id == contract.contract_id:
            self._details[key] = details
        self._by_id[contract.contract_id] = details
        if contract.security_type in _OPTIONS:
            expiry = (contract.symbol, contract.last_trade_date[:8])
            self._expiries.setdefault(expiry, {})[key] = details
        self._changes.contracts.add(key)

    def market_rule(self, message: catalog.MarketRule, _time_ns: int) -> None:
        """Keep a table of price steps."""
        self._rules[message.market_rule_id] = message.increments
        self._changes.market_rules.add(message.market_rule_id)

    def security_definition_option_parameter(
        self, message: catalog.SecurityDefinitionOptionParameter, _time_ns: int
    ) -> None:
        """Keep a class of options."""
        classes = self._classes.setdefault(message.under_contract_id, {})
        classes[message.exchange, message.trading_class, message.multiplier] = OptionClass(
            message.under_contract_id,
            message.exchange,
            message.trading_class,
            message.multiplier,
            tuple(sorted(message.expirations)),
            tuple(sorted(message.strikes)),
        )
        self._changes.option_chains.add(message.under_contract_id)


def market_rule_id(details: ContractDetails, exchange: str = "") -> int | None:
    """The market rule on an exchange, or on the contract's own; None when none is named."""
    exchanges = details.valid_exchanges.split(",")
    rules = details.market_rule_ids.split(",")
    named = dict(zip(exchanges, rules, strict=False))
    rule = named.get(exchange or details.contract.exchange, rules[0])
    return int(rule) if rule.isdecimal() else None
