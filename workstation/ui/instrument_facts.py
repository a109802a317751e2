"""InstrumentFacts: learning what must be known before an order is written.

Owns asking for the contract data of the instrument a user turned to, and for the market rule that
says in which steps its prices move. Each is asked for once; what was asked in vain (no Bridge, a
refusal) is asked for again when the user comes back to it.
"""

from __future__ import annotations

from workstation.clients.calls import Call
from workstation.errors import WorkstationError
from workstation.model import Contract
from workstation.protocol.catalog import RequestContractData, RequestMarketRule
from workstation.state.changes import ChangeSet
from workstation.state.contracts import market_rule_id
from workstation.ui.workplace import Workplace

__all__ = ["InstrumentFacts"]


class InstrumentFacts:
    """What is asked for on behalf of the selected instrument.

    Args:
        workplace: the picture and the way to the Bridge.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._contracts = workplace.picture.contracts
        self._trader = workplace.trader
        self._wanted: Contract | None = None
        self._calls: dict[str, Call] = {}

    def learn(self, contract: Contract) -> None:
        """The user turned to an instrument."""
        self._wanted = contract
        self._ask()

    def follow(self, changes: ChangeSet) -> None:
        """Something changed: ask for what can be asked for now."""
        if changes.contracts or changes.session:
            self._ask()

    def _ask(self) -> None:
        contract = self._wanted
        if contract is None:
            return
        details = self._contracts.details(contract)
        if details is None:
            key = self._contracts.key(contract)
            self._once(f"contract {key}", RequestContractData, contract=contract)
            return
        rule = market_rule_id(details, contract.exchange)
        if rule is not None and not self._contracts.has_market_rule(rule):
            self._once(f"rule {rule}", RequestMarketRule, market_rule_id=rule)

    def _once(
        self,
        name: str,
        request_class: type[RequestContractData | RequestMarketRule],
        **fields: object,
    ) -> None:
        call = self._calls.get(name)
        if call is not None and not (call.future.done() and call.future.exception()):
            return
        try:
            self._calls[name] = self._trader.ask(request_class, **fields)
        except WorkstationError:
            self._calls.pop(name, None)
