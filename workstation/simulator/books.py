"""Books: telling clients what the account holds and is worth.

Owns who follows what (account values, positions, summaries, profit and loss) and when each is told
again: at once after a fill, otherwise in steps of time, as TWS does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from workstation.errors import RequestError
from workstation.model import Contract
from workstation.protocol import catalog
from workstation.protocol.message import Inbound
from workstation.simulator.account import Account, Figures, Holding, money
from workstation.simulator.client_session import ClientSession
from workstation.simulator.hours import NEW_YORK
from workstation.simulator.instruments import Instruments

__all__ = ["Books"]

ACCOUNT_SECONDS = 20
"""Account values are told again this often when nothing was traded; TWS takes three minutes."""
DUPLICATE_REQUEST = 322

_USD = "USD"
_NO_CURRENCY = ""
_LEDGER = frozenset({"NetLiquidation", "TotalCashValue"})


@dataclass(slots=True, eq=False)
class _Following:
    """What one client follows."""

    account: bool = False
    positions: bool = False
    summaries: dict[int, frozenset[str]] = field(default_factory=dict)
    """Tags asked for, by request; none means all."""
    pnl: set[int] = field(default_factory=set)
    pnl_single: dict[int, int] = field(default_factory=dict)
    """Contract id, by request."""
    values: dict[int, bool] = field(default_factory=dict)
    """Whether only cash and net liquidation are wanted, by request."""
    positions_of: set[int] = field(default_factory=set)
    """Requests for the positions of one account."""

    def check_is_new(self, request_id: int) -> None:
        """Refuse an id that is in use.

        Raises:
            RequestError: it is.
        """
        used = (self.summaries, self.pnl, self.pnl_single, self.values, self.positions_of)
        if any(request_id in each for each in used):
            text = "Error processing request: cause - Duplicate ticker id"
            raise RequestError(DUPLICATE_REQUEST, text, request_id)


class Books:
    """The account, as clients hear of it.

    Args:
        account: the account.
        instruments: gives the contract of a position.
    """

    def __init__(self, account: Account, instruments: Instruments) -> None:
        self._account = account
        self._instruments = instruments
        self._following: dict[ClientSession, _Following] = {}
        self._last_told_ns = 0
        self._pnl_told_ns = 0

    # What clients ask

    def follow_account(self, client: ClientSession, *, subscribe: bool) -> None:
        """Start or end account news."""
        self._of(client).account = subscribe
        if subscribe:
            self._tell_account(client)

    def follow_positions(self, client: ClientSession, *, subscribe: bool) -> None:
        """Start or end news of positions; all are told at the start."""
        self._of(client).positions = subscribe
        if subscribe:
            for holding in self._account.holdings.values():
                if holding.quantity:
                    client.tell(self._position(holding))
            client.tell(catalog.PositionEnd())

    def follow_summary(self, client: ClientSession, request: catalog.RequestAccountSummary) -> None:
        """Start a summary.

        Raises:
            RequestError: the id is in use.
        """
        following = self._with_new_id(client, request.request_id)
        tags = frozenset(tag.strip() for tag in request.tags.split(",") if tag.strip())
        following.summaries[request.request_id] = tags
        self._tell_summary(client, request.request_id, tags)
        client.tell(catalog.AccountSummaryEnd(request_id=request.request_id))

    def follow_pnl(self, client: ClientSession, request: catalog.RequestPnl) -> None:
        """Start the account's profit and loss.

        Raises:
            RequestError: the id is in use.
        """
        following = self._with_new_id(client, request.request_id)
        following.pnl.add(request.request_id)
        client.tell(self._pnl(request.request_id))

    def follow_pnl_single(self, client: ClientSession, request: catalog.RequestPnlSingle) -> None:
        """Start one position's profit and loss.

        Raises:
            RequestError: the id is in use.
        """
        following = self._with_new_id(client, request.request_id)
        following.pnl_single[request.request_id] = request.contract_id
        client.tell(self._pnl_single(request.request_id, request.contract_id))

    def follow_values(
        self, client: ClientSession, request: catalog.RequestAccountUpdatesMulti
    ) -> None:
        """Start the values of one account.

        Raises:
            RequestError: the id is in use.
        """
        following = self._with_new_id(client, request.request_id)
        following.values[request.request_id] = request.ledger_and_net_liquidation
        self._tell_values(client, request.request_id, short=request.ledger_and_net_liquidation)
        client.tell(catalog.AccountUpdateMultiEnd(request_id=request.request_id))

    def follow_positions_of(
        self, client: ClientSession, request: catalog.RequestPositionsMulti
    ) -> None:
        """Start the positions of one account.

        Raises:
            RequestError: the id is in use.
        """
        following = self._with_new_id(client, request.request_id)
        following.positions_of.add(request.request_id)
        for holding in self._account.holdings.values():
            if holding.quantity:
                client.tell(self._position_of(request.request_id, holding))
        client.tell(catalog.PositionMultiEnd(request_id=request.request_id))

    def forget(self, client: ClientSession, request_id: int) -> None:
        """End what was followed under an id."""
        following = self._of(client)
        following.summaries.pop(request_id, None)
        following.pnl.discard(request_id)
        following.pnl_single.pop(request_id, None)
        following.values.pop(request_id, None)
        following.positions_of.discard(request_id)

    def gone(self, client: ClientSession) -> None:
        """A client has left."""
        self._following.pop(client, None)

    # What time and fills bring

    def traded(self, contract_id: int) -> None:
        """A position changed: tell everybody who follows it."""
        holding = self._account.holdings[contract_id]
        for client, following in self._following.items():
            if following.positions:
                client.tell(self._position(holding))
            for request_id in following.positions_of:
                client.tell(self._position_of(request_id, holding))
            for request_id, short in following.values.items():
                self._tell_values(client, request_id, short=short)
            if following.account:
                client.tell(self._portfolio_value(holding))
                for message in self._account_values(self._account.figures()):
                    client.tell(message)

    def advance(self, now_ns: int) -> None:
        """Tell what is due: profit and loss once a second, account values now and then."""
        if now_ns - self._pnl_told_ns >= 1_000_000_000:
            self._pnl_told_ns = now_ns
            for client, following in self._following.items():
                for request_id in following.pnl:
                    client.tell(self._pnl(request_id))
                for request_id, contract_id in following.pnl_single.items():
                    client.tell(self._pnl_single(request_id, contract_id))
        if now_ns - self._last_told_ns >= ACCOUNT_SECONDS * 1_000_000_000:
            self._last_told_ns = now_ns
            for client, following in self._following.items():
                if following.account:
                    self._tell_account(client)
                for request_id, tags in following.summaries.items():
                    self._tell_summary(client, request_id, tags)
                for request_id, short in following.values.items():
                    self._tell_values(client, request_id, short=short)

    # Inside

    def _with_new_id(self, client: ClientSession, request_id: int) -> _Following:
        following = self._of(client)
        following.check_is_new(request_id)
        return following

    def _of(self, client: ClientSession) -> _Following:
        return self._following.setdefault(client, _Following())

    def _contract(self, holding: Holding) -> Contract:
        return self._instruments.contract(holding.listing, "")

    def _tell_account(self, client: ClientSession) -> None:
        for message in self._account_values(self._account.figures()):
            client.tell(message)
        for holding in self._account.holdings.values():
            client.tell(self._portfolio_value(holding))
        moment = datetime.fromtimestamp(client.bridge.clock_ns() / 1e9, UTC)
        client.tell(catalog.AccountUpdateTime(time=f"{moment.astimezone(NEW_YORK):%H:%M}"))
        client.tell(catalog.AccountDownloadEnd(account=self._account.name))

    def _account_values(self, figures: Figures) -> Iterator[Inbound]:
        name = self._account.name
        for tag, text in _numbers(figures):
            yield catalog.AccountValue(key=tag, value=text, account=name)
        for tag, value in _values(figures):
            yield catalog.AccountValue(key=tag, value=str(value), currency=_USD, account=name)

    def _tell_summary(self, client: ClientSession, request_id: int, tags: frozenset[str]) -> None:
        figures = self._account.figures()
        values = [(tag, text, _NO_CURRENCY) for tag, text in _numbers(figures)]
        values += [(tag, str(value), _USD) for tag, value in _values(figures)]
        for tag, value, currency in values:
            if not tags or tag in tags:
                client.tell(
                    catalog.AccountSummary(
                        request_id=request_id,
                        account=self._account.name,
                        tag=tag,
                        value=value,
                        currency=currency,
                    )
                )

    def _tell_values(self, client: ClientSession, request_id: int, *, short: bool) -> None:
        for tag, value in _values(self._account.figures()):
            if not short or tag in _LEDGER:
                client.tell(
                    catalog.AccountUpdateMulti(
                        request_id=request_id,
                        account=self._account.name,
                        model_code="",
                        key=tag,
                        value=str(value),
                        currency=_USD,
                    )
                )

    def _position_of(self, request_id: int, holding: Holding) -> catalog.PositionMulti:
        return catalog.PositionMulti(
            request_id=request_id,
            account=self._account.name,
            contract=self._contract(holding),
            position=holding.quantity,
            average_cost=float(holding.average_cost),
        )

    def _position(self, holding: Holding) -> catalog.PositionData:
        return catalog.PositionData(
            account=self._account.name,
            contract=self._contract(holding),
            position=holding.quantity,
            average_cost=float(holding.average_cost),
        )

    def _portfolio_value(self, holding: Holding) -> catalog.PortfolioValue:
        price = self._account.price(holding.listing)
        value = holding.value(price)
        return catalog.PortfolioValue(
            contract=self._contract(holding),
            position=holding.quantity,
            market_price=float(price),
            market_value=float(money(value)),
            average_cost=float(holding.average_cost),
            unrealized_pnl=float(money(value - holding.quantity * holding.average_cost)),
            realized_pnl=float(holding.realized),
            account=self._account.name,
        )

    def _pnl(self, request_id: int) -> catalog.Pnl:
        figures = self._account.figures()
        return catalog.Pnl(
            request_id=request_id,
            daily_pnl=float(figures.net_liquidation - self._account.starting_value),
            unrealized_pnl=float(figures.unrealized),
            realized_pnl=float(figures.realized),
        )

    def _pnl_single(self, request_id: int, contract_id: int) -> catalog.PnlSingle:
        holding = self._account.holdings.get(contract_id)
        if holding is None:
            return catalog.PnlSingle(request_id=request_id, position=Decimal(0), value=0.0)
        value = holding.value(self._account.price(holding.listing))
        unrealized = money(value - holding.quantity * holding.average_cost)
        return catalog.PnlSingle(
            request_id=request_id,
            position=holding.quantity,
            daily_pnl=float(unrealized + holding.realized),
            unrealized_pnl=float(unrealized),
            realized_pnl=float(holding.realized),
            value=float(money(value)),
        )


def _values(figures: Figures) -> Iterator[tuple[str, Decimal]]:
    """Account tags and their values, in dollars."""
    yield "NetLiquidation", figures.net_liquidation
    yield "TotalCashValue", figures.cash
    yield "SettledCash", figures.cash
    yield "BuyingPower", figures.buying_power
    yield "EquityWithLoanValue", figures.equity_with_loan
    yield "PreviousDayEquityWithLoanValue", figures.equity_with_loan
    yield "AccruedCash", Decimal("0.00")
    yield "GrossPositionValue", figures.gross_position_value
    yield "InitMarginReq", figures.initial_margin
    yield "MaintMarginReq", figures.maintenance_margin
    yield "AvailableFunds", figures.available_funds
    yield "ExcessLiquidity", figures.excess_liquidity
    yield "RegTEquity", figures.equity_with_loan
    yield "RegTMargin", figures.reg_t_margin
    yield "SMA", figures.special_memorandum
    # Needs are the same by day and overnight, and no change of them is ahead.
    for prefix in ("Full", "LookAhead"):
        yield f"{prefix}InitMarginReq", figures.initial_margin
        yield f"{prefix}MaintMarginReq", figures.maintenance_margin
        yield f"{prefix}AvailableFunds", figures.available_funds
        yield f"{prefix}ExcessLiquidity", figures.excess_liquidity
    yield "RealizedPnL", figures.realized
    yield "UnrealizedPnL", figures.unrealized


def _numbers(figures: Figures) -> Iterator[tuple[str, str]]:
    """Account tags that are no sums of money."""
    yield "AccountType", "INDIVIDUAL"
    yield "Cushion", str(figures.cushion)
    yield "Leverage", str(figures.leverage)
    yield "DayTradesRemaining", "-1"
    yield "HighestSeverity", "0"
    yield "LookAheadNextChange", "0"
