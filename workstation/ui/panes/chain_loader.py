"""Chain loader: asks the Bridge for what an option chain is made of, once.

Owns the three questions (the underlying's contract id, its classes of options, the contracts of one
expiry) and remembering their answers. Whoever asks again while an answer is under way waits for
the same one; one that failed is asked for again. Leaves the order of the questions to the pane.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Sequence

from workstation.clients.calls import Call
from workstation.errors import RequestError, RequestTimeout
from workstation.model import Contract, ContractDetails, SecurityType
from workstation.protocol.catalog import (
    ContractData,
    RequestContractData,
    RequestSecurityDefinitionOptionParameters,
    SecurityDefinitionOptionParameter,
)
from workstation.protocol.message import Message, Request
from workstation.state.contracts import OptionClass
from workstation.ui.workplace import Workplace

__all__ = ["ChainLoader"]

TIMEOUT_SECONDS = 20.0

NO_SUCH_CONTRACT = 200


class ChainLoader:
    """The questions of one session.

    Args:
        workplace: the way to the Bridge, and what it said already.
        timeout_seconds: how long an answer may take.
    """

    def __init__(self, workplace: Workplace, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._contracts = workplace.picture.contracts
        self._trader = workplace.trader
        self._timeout_seconds = timeout_seconds
        self._calls: dict[Hashable, Call] = {}

    def forget(self) -> None:
        """Ask everything anew: another connection may know other options."""
        self._calls.clear()

    async def underlying(self, contract: Contract) -> Contract | None:
        """The underlying with its contract id; None when there is no such instrument.

        Raises:
            WorkstationError: the Bridge refused, is not there, or did not answer in time.
        """
        if contract.contract_id:
            return contract
        known = self._contracts.details(contract)
        if known is not None and known.contract.contract_id:
            return known.contract
        key = ("underlying", self._contracts.key(contract))
        found = await self._contract_data(key, contract)
        return found[0].contract if found else None

    async def classes(self, underlying: Contract) -> tuple[OptionClass, ...]:
        """Classes of options on an underlying, as told: one for each exchange.

        Raises:
            WorkstationError: as `underlying`.
        """
        messages = await self._answer(
            ("classes", underlying.contract_id),
            RequestSecurityDefinitionOptionParameters,
            under_symbol=underlying.symbol,
            under_security_type=underlying.security_type,
            under_contract_id=underlying.contract_id,
        )
        return tuple(
            OptionClass(
                each.under_contract_id,
                each.exchange,
                each.trading_class,
                each.multiplier,
                each.expirations,
                each.strikes,
            )
            for each in messages
            if isinstance(each, SecurityDefinitionOptionParameter)
        )

    async def options(
        self, underlying: Contract, chosen: OptionClass, last_trade_date: str
    ) -> tuple[ContractDetails, ...]:
        """The options of a class that expire on a day (`YYYYMMDD`); only those that exist.

        Raises:
            WorkstationError: as `underlying`.
        """
        wanted = Contract(
            symbol=underlying.symbol,
            security_type=SecurityType.OPTION,
            last_trade_date=last_trade_date,
            multiplier=chosen.multiplier,
            exchange=chosen.exchange,
            currency=underlying.currency,
            trading_class=chosen.trading_class,
        )
        key = (chosen.under_contract_id, chosen[1:4], last_trade_date)
        return await self._contract_data(key, wanted)

    async def _contract_data(
        self, key: Hashable, contract: Contract
    ) -> tuple[ContractDetails, ...]:
        try:
            messages = await self._answer(key, RequestContractData, contract=contract)
        except RequestError as error:
            if error.code == NO_SUCH_CONTRACT:
                return ()
            raise
        return tuple(each.details for each in messages if isinstance(each, ContractData))

    async def _answer(
        self, key: Hashable, request_class: type[Request], **fields: object
    ) -> Sequence[Message]:
        call = self._calls.get(key)
        if call is None or _failed(call):
            call = self._calls[key] = self._trader.ask(request_class, **fields)
        # Shielded: who gives up waiting must not cancel an answer that others wait for, or that
        # serves when the user comes back.
        waiting = asyncio.shield(asyncio.wrap_future(call.future))
        try:
            return await asyncio.wait_for(waiting, self._timeout_seconds)
        except TimeoutError as error:
            self._calls.pop(key, None)
            text = f"no answer within {self._timeout_seconds:g} seconds"
            raise RequestTimeout(0, text, -1) from error


def _failed(call: Call) -> bool:
    future = call.future
    return future.done() and (future.cancelled() or future.exception() is not None)
