"""Account: values, positions, profit and loss."""

from __future__ import annotations

from decimal import Decimal

from workstation.model import Contract
from workstation.protocol.catalog.shared import RECEIVED_CONTRACT
from workstation.protocol.layout import constant, escaped, literal, since
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "AccountDownloadEnd",
    "AccountSummary",
    "AccountSummaryEnd",
    "AccountUpdateMulti",
    "AccountUpdateMultiEnd",
    "AccountUpdateTime",
    "AccountValue",
    "CancelAccountSummary",
    "CancelAccountUpdatesMulti",
    "CancelPnl",
    "CancelPnlSingle",
    "CancelPositions",
    "CancelPositionsMulti",
    "Pnl",
    "PnlSingle",
    "PortfolioValue",
    "PositionData",
    "PositionEnd",
    "PositionMulti",
    "PositionMultiEnd",
    "RequestAccountSummary",
    "RequestAccountUpdates",
    "RequestAccountUpdatesMulti",
    "RequestPnl",
    "RequestPnlSingle",
    "RequestPositions",
    "RequestPositionsMulti",
]


@request(6, constant("2"))
class RequestAccountUpdates(Request):
    """Start or end news of one account."""

    subscribe: bool
    account: str = ""


@request(61, constant("1"))
class RequestPositions(Request):
    """Stream the positions of all accounts."""


@request(62, constant("1"))
class RequestAccountSummary(Request):
    """Stream values of a group of accounts."""

    request_id: int
    group: str = "All"
    tags: str = ""
    """Comma-separated."""


@request(63, constant("1"))
class CancelAccountSummary(Request):
    """End a stream of account values."""

    request_id: int


@request(64, constant("1"))
class CancelPositions(Request):
    """End the stream of positions."""


@request(92, since=127)
class RequestPnl(Request):
    """Stream an account's profit and loss."""

    request_id: int
    account: str
    model_code: str = ""


@request(93, since=127)
class CancelPnl(Request):
    """End a stream of profit and loss."""

    request_id: int


@request(94, since=127)
class RequestPnlSingle(Request):
    """Stream one position's profit and loss."""

    request_id: int
    account: str
    model_code: str = ""
    contract_id: int = 0


@request(95, since=127)
class CancelPnlSingle(Request):
    """End a stream of one position's profit and loss."""

    request_id: int


@inbound(6)
class AccountValue(Inbound):
    """One value of an account."""

    key: str
    value: str
    currency: str = ""
    account: str = ""


lay_out(
    AccountValue,
    constant("2"),
    escaped(AccountValue.key),
    escaped(AccountValue.value),
    escaped(AccountValue.currency),
    escaped(AccountValue.account),
)


@inbound(7)
class PortfolioValue(Inbound):
    """One position with its value."""

    contract: Contract = Contract()
    position: Decimal | None = None
    market_price: float | None = None
    market_value: float | None = None
    average_cost: float | None = None
    unrealized_pnl: float | None = None
    realized_pnl: float | None = None
    account: str = ""


lay_out(
    PortfolioValue,
    constant("8"),
    Contract.contract_id,
    Contract.symbol,
    Contract.security_type,
    Contract.last_trade_date,
    Contract.strike,
    Contract.right,
    Contract.multiplier,
    Contract.primary_exchange,
    Contract.currency,
    Contract.local_symbol,
    Contract.trading_class,
    PortfolioValue.position,
    PortfolioValue.market_price,
    PortfolioValue.market_value,
    PortfolioValue.average_cost,
    PortfolioValue.unrealized_pnl,
    PortfolioValue.realized_pnl,
    PortfolioValue.account,
)


@inbound(8)
class AccountUpdateTime(Inbound):
    """When the account's values were last updated."""

    time: str
    """`hh:mm`."""


lay_out(AccountUpdateTime, constant("1"), escaped(AccountUpdateTime.time))


@inbound(54)
class AccountDownloadEnd(Inbound):
    """All values and positions of an account have been told once."""

    account: str


lay_out(AccountDownloadEnd, constant("1"), escaped(AccountDownloadEnd.account))


@inbound(61)
class PositionData(Inbound):
    """One position; 0 when it was closed."""

    account: str
    contract: Contract = Contract()
    position: Decimal | None = None
    average_cost: float | None = None
    """Per unit of the contract, its multiplier included."""


lay_out(
    PositionData,
    constant("3"),
    PositionData.account,
    RECEIVED_CONTRACT,
    PositionData.position,
    PositionData.average_cost,
)


@inbound(62, constant("1"))
class PositionEnd(Inbound):
    """All positions have been told once."""


@inbound(63)
class AccountSummary(Inbound):
    """One value of an account."""

    request_id: int
    account: str
    tag: str
    value: str
    currency: str = ""


lay_out(
    AccountSummary,
    constant("1"),
    AccountSummary.request_id,
    escaped(AccountSummary.account),
    escaped(AccountSummary.tag),
    escaped(AccountSummary.value),
    escaped(AccountSummary.currency),
)


@inbound(64, constant("1"))
class AccountSummaryEnd(Inbound):
    """All values have been told once."""

    request_id: int


@inbound(94, since=127)
class Pnl(Inbound):
    """An account's profit and loss."""

    request_id: int
    daily_pnl: float | None = None
    unrealized_pnl: float | None = None
    """From server version 129."""
    realized_pnl: float | None = None
    """From server version 135."""


lay_out(
    Pnl,
    Pnl.request_id,
    literal(Pnl.daily_pnl),
    since(129, literal(Pnl.unrealized_pnl)),
    since(135, literal(Pnl.realized_pnl)),
)


@inbound(95, since=127)
class PnlSingle(Inbound):
    """One position's profit and loss."""

    request_id: int
    position: Decimal | None = None
    daily_pnl: float | None = None
    unrealized_pnl: float | None = None
    realized_pnl: float | None = None
    value: float | None = None


lay_out(
    PnlSingle,
    PnlSingle.request_id,
    PnlSingle.position,
    literal(PnlSingle.daily_pnl),
    since(129, literal(PnlSingle.unrealized_pnl)),
    since(135, literal(PnlSingle.realized_pnl)),
    literal(PnlSingle.value),
)


@request(74, constant("1"), since=103)
class RequestPositionsMulti(Request):
    """Stream the positions of one account or model."""

    request_id: int
    account: str = ""
    model_code: str = ""


@request(75, constant("1"), since=103)
class CancelPositionsMulti(Request):
    """End the stream of positions of one account or model."""

    request_id: int


@request(76, constant("1"), since=103)
class RequestAccountUpdatesMulti(Request):
    """Stream the values of one account or model."""

    request_id: int
    account: str = ""
    model_code: str = ""
    ledger_and_net_liquidation: bool = False
    """Only cash by currency and net liquidation, which is light."""


@request(77, constant("1"), since=103)
class CancelAccountUpdatesMulti(Request):
    """End the stream of values of one account or model."""

    request_id: int


@inbound(71, since=103)
class PositionMulti(Inbound):
    """One position of an account or model."""

    request_id: int
    account: str
    contract: Contract = Contract()
    position: Decimal | None = None
    average_cost: float | None = None
    model_code: str = ""


lay_out(
    PositionMulti,
    constant("1"),
    PositionMulti.request_id,
    PositionMulti.account,
    RECEIVED_CONTRACT,
    PositionMulti.position,
    PositionMulti.average_cost,
    PositionMulti.model_code,
)


@inbound(72, constant("1"), since=103)
class PositionMultiEnd(Inbound):
    """All positions of an account or model have been told once."""

    request_id: int


@inbound(73, since=103)
class AccountUpdateMulti(Inbound):
    """One value of an account or model."""

    request_id: int
    account: str
    model_code: str
    key: str
    value: str
    currency: str


lay_out(
    AccountUpdateMulti,
    constant("1"),
    AccountUpdateMulti.request_id,
    escaped(AccountUpdateMulti.account),
    escaped(AccountUpdateMulti.model_code),
    escaped(AccountUpdateMulti.key),
    escaped(AccountUpdateMulti.value),
    escaped(AccountUpdateMulti.currency),
)


@inbound(74, constant("1"), since=103)
class AccountUpdateMultiEnd(Inbound):
    """All values of an account or model have been told once."""

    request_id: int
