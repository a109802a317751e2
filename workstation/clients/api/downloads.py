"""Downloads: what several requests make together.

Owns the pieces of quotes of many instruments, of bars over years and of option chains, and how they
become one result. Leaves having pieces under way side by side to `gathering`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Any, NamedTuple

from workstation.clients.api import results
from workstation.clients.api.bars import Stretch, joined, stretches
from workstation.clients.api.connection import ApiConnection
from workstation.clients.api.gathering import Gathering, Progress
from workstation.clients.api.snapshots import quote_snapshots
from workstation.clients.requests import Requests
from workstation.errors import RequestError
from workstation.model import Bars, Contract, ContractDetails, QuoteSnapshot
from workstation.model.data_frame import Rows

__all__ = ["Downloads"]


class _Expiry(NamedTuple):
    """One piece of a chain."""

    underlying: int
    """Place of the stock among those asked for."""
    wanted: Contract


class Downloads:
    """The part of IBKR_API that makes many requests at once."""

    client: ApiConnection
    timeout_seconds: float

    def request_quotes(self, contracts: Sequence[Contract]) -> Rows[QuoteSnapshot]:
        """Ask for the present quotes of many instruments, side by side.

        Args:
            contracts: what to quote.

        Returns:
            One quote for each contract, in their order.

        Raises:
            RequestError: the Bridge refused one; `request` tells which.
        """
        at_once = max(1, self.client.options.lines // 2)
        found = quote_snapshots(self.client, contracts, at_once, self.timeout_seconds)
        return Rows(found, QuoteSnapshot)

    def download_bars(
        self,
        contract: Contract,
        start: datetime,
        end: datetime,
        bar_size: str,
        *,
        what_to_show: str = "TRADES",
        use_regular_hours: bool = True,
        progress: Progress | None = None,
    ) -> Gathering[Bars]:
        """Begin to download bars over any length of time, in as many requests as it takes.

        Args:
            contract: what the bars are of.
            start: the first moment, with a time zone; days are days there.
            end: the first moment that is too late.
            bar_size: such as `1 min` or `1 day`.
            what_to_show: TRADES, MIDPOINT, BID, ASK, …
            use_regular_hours: leave out what lies outside regular trading hours.
            progress: told after each request how many are done, of how many.

        Returns:
            The download; `result()` waits for the bars, `cancel()` gives it up. It goes on after a
            lost connection.
        """

        def ask(stretch: Stretch) -> Future[list[Any]]:
            return self.client.begin_in_turn(
                self.timeout_seconds,
                Requests.request_historical_data,
                contract,
                duration=stretch.duration,
                bar_size=bar_size,
                end_date_time=stretch.end_date_time,
                what_to_show=what_to_show,
                use_regular_hours=use_regular_hours,
            )

        def merge(answers: list[list[Any]]) -> Bars:
            return joined(map(results.bars, answers), start, end)

        return Gathering(stretches(start, end, bar_size), ask, merge, self._again, progress)

    def download_chain(
        self,
        underlying: Contract,
        expiries: Sequence[str] | None = None,
        *,
        progress: Progress | None = None,
    ) -> Gathering[Rows[ContractDetails]]:
        """Begin to download the options on a stock: those that there are, with their details.

        Args:
            underlying: the stock; what is missing is looked up.
            expiries: `YYYYMMDD`; None is every one.
            progress: told after each expiry how many are done, of how many.

        Returns:
            The download; `result()` waits for the contracts, by expiry, right and strike.
        """
        (stock,) = self.qualify_all([underlying])
        if expiries is None:
            (expiries,) = self._expiries_of([stock])

        def merge(answers: list[list[Any]]) -> Rows[ContractDetails]:
            return results.chain(list(map(results.details, answers)))

        pieces = [_Expiry(0, _options_of(stock, each)) for each in expiries]
        return Gathering(pieces, self._ask_options, merge, self._again, progress)

    def download_chains(
        self, underlyings: Sequence[Contract], *, progress: Progress | None = None
    ) -> Gathering[list[Rows[ContractDetails]]]:
        """Begin to download the whole option chains of many stocks, side by side.

        Args:
            underlyings: the stocks; what is missing is looked up.
            progress: told after each expiry of a stock how many are done, of how many.

        Returns:
            The download; `result()` waits for the chains, in the order of the stocks, each as
            `download_chain` gives it.
        """
        stocks = self.qualify_all(underlyings)
        pieces = [
            _Expiry(place, _options_of(stock, expiry))
            for place, (stock, expiries) in enumerate(
                zip(stocks, self._expiries_of(stocks), strict=True)
            )
            for expiry in expiries
        ]

        def merge(answers: list[list[Any]]) -> list[Rows[ContractDetails]]:
            chains: list[list[Rows[ContractDetails]]] = [[] for _ in stocks]
            for piece, answer in zip(pieces, answers, strict=True):
                chains[piece.underlying].append(results.details(answer))
            return list(map(results.chain, chains))

        return Gathering(pieces, self._ask_options, merge, self._again, progress)

    def qualify(self, contract: Contract) -> Contract:
        """Fill in what the Bridge knows of a contract.

        Raises:
            RequestError: no contract fits, or several do; the text names them.
        """
        answer = self.client.answer(self.timeout_seconds, Requests.request_contract_data, contract)
        return _only(contract, results.details(answer))

    def qualify_all(self, contracts: Sequence[Contract]) -> list[Contract]:
        """The same for many, asked for side by side; those that have a contract id are known.

        Raises:
            RequestError: no contract fits one of them, or several do; the text names them.
        """
        unknown = [each for each in contracts if not each.contract_id]
        found = iter(self._details_of(unknown))
        return [each if each.contract_id else _only(each, next(found)) for each in contracts]

    def _details_of(self, contracts: Sequence[Contract]) -> list[Rows[ContractDetails]]:
        def ask(contract: Contract) -> Future[list[Any]]:
            return self._begin(Requests.request_contract_data, contract)

        return self._all(Gathering(contracts, ask, list, self._again), results.details)

    def _expiries_of(self, stocks: Sequence[Contract]) -> list[list[str]]:
        def ask(stock: Contract) -> Future[list[Any]]:
            return self._begin(
                Requests.request_security_definition_option_parameters,
                stock.symbol,
                stock.contract_id,
                under_security_type=stock.security_type,
            )

        return self._all(Gathering(stocks, ask, list, self._again), results.expiries)

    def _ask_options(self, piece: _Expiry) -> Future[list[Any]]:
        return self._begin(Requests.request_contract_data, piece.wanted)

    def _begin(self, method: Any, *arguments: Any, **named: Any) -> Future[list[Any]]:
        return self.client.begin_in_turn(self.timeout_seconds, method, *arguments, **named)

    def _all(self, gathering: Gathering[Any], read: Any) -> list[Any]:
        """Wait for all of a few short answers; each has its own time, counted from its turn."""
        return list(map(read, gathering.result()))

    def _again(self) -> bool:
        """Wait for a lost connection to come back; whether it did."""
        client = self.client
        return client.wait_until(lambda: client.is_connected, self.timeout_seconds * 6)


def _options_of(stock: Contract, expiry: str) -> Contract:
    return Contract(
        symbol=stock.symbol,
        security_type="OPT",
        exchange="SMART",
        currency=stock.currency,
        last_trade_date=expiry,
    )


def _only(contract: Contract, found: Sequence[ContractDetails]) -> Contract:
    if len(found) == 1:
        return found[0].contract
    raise RequestError(-1, _ambiguous(contract, found), -1)


def _ambiguous(contract: Contract, found: Sequence[ContractDetails]) -> str:
    """Why a contract can not be told, with some that fit."""
    shown = ", ".join(f"{each.contract} ({each.contract.contract_id})" for each in found[:5])
    more = f" and {len(found) - 5} more" if len(found) > 5 else ""
    return f"{contract} fits {len(found)} contracts: {shown}{more}"
