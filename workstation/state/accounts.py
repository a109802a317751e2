"""Accounts: every value the Bridge tells about each account, and its profit and loss.

Owns which value stands under which account, key and currency, whichever message brought it. Values
stay the text that came, and are read as numbers where numbers are asked for.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from workstation.protocol import catalog

__all__ = ["Account", "AccountPnl", "Accounts"]

_BASE = "BASE"


class AccountPnl(NamedTuple):
    """An account's profit and loss in its base currency; None where it was not told."""

    daily: float | None = None
    unrealized: float | None = None
    realized: float | None = None


class Account:
    """One account's values; changed in place by the thread that folds, read by any."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.pnl = AccountPnl()
        self.is_complete = False
        """Whether all values have been told once."""
        self.updated = ""
        """`hh:mm`, as the Bridge says."""
        self._values: dict[tuple[str, str], str] = {}

    def text(self, key: str, currency: str | None = None) -> str | None:
        """A value as it came; None when it was not told.

        Args:
            key: the Bridge's name for it, such as `NetLiquidation`.
            currency: `USD`, `BASE`, or empty for values that are no money; None takes the
                account's own currency, as far as it is known, else the first that was told.
        """
        if currency is not None:
            return self._values.get((key, currency))
        told = [(code, text) for (name, code), text in tuple(self._values.items()) if name == key]
        base = dict(told).get(_BASE)
        return base if base is not None else next((text for _, text in told), None)

    def amount(self, key: str, currency: str | None = None) -> Decimal | None:
        """A value as a number; None when it was not told or is no number."""
        text = self.text(key, currency)
        try:
            amount = Decimal(text) if text else None
        except InvalidOperation:
            return None
        return amount if amount is None or amount.is_finite() else None

    def values(self) -> tuple[tuple[str, str, str], ...]:
        """Every value: key, currency, text; in the order first told."""
        return tuple((key, currency, text) for (key, currency), text in tuple(self._values.items()))

    @property
    def currency(self) -> str:
        """The account's own currency; empty while it is not known."""
        told = (code for (key, code) in tuple(self._values) if key == "NetLiquidation")
        return next((code for code in told if code != _BASE), "")

    @property
    def net_liquidation(self) -> Decimal | None:
        """What the account is worth."""
        return self.amount("NetLiquidation")

    @property
    def total_cash(self) -> Decimal | None:
        """Cash in all currencies."""
        return self.amount("TotalCashValue")

    @property
    def buying_power(self) -> Decimal | None:
        """What could be bought on margin."""
        return self.amount("BuyingPower")

    @property
    def available_funds(self) -> Decimal | None:
        """What is left for new positions."""
        return self.amount("AvailableFunds")

    @property
    def excess_liquidity(self) -> Decimal | None:
        """What lies between the account and a liquidation."""
        return self.amount("ExcessLiquidity")

    @property
    def initial_margin(self) -> Decimal | None:
        """Margin that the positions would need to be opened."""
        return self.amount("InitMarginReq")

    @property
    def maintenance_margin(self) -> Decimal | None:
        """Margin that the positions need."""
        return self.amount("MaintMarginReq")

    def put(self, key: str, currency: str, text: str) -> bool:
        """Keep a value; whether anything is different."""
        if self._values.get((key, currency)) == text:
            return False
        self._values[key, currency] = text
        return True


class Accounts:
    """Every account that was told.

    Args:
        dirty: where the names of changed accounts go.
    """

    def __init__(self, dirty: set[str]) -> None:
        self._dirty = dirty
        self._accounts: dict[str, Account] = {}
        self._pnl_requests: dict[int, str] = {}

    def get(self, name: str) -> Account | None:
        """An account; None when nothing was told of it."""
        return self._accounts.get(name)

    def all(self) -> tuple[Account, ...]:
        """Every account, in the order first told."""
        return tuple(self._accounts.values())

    # Folding

    def account_value(self, message: catalog.AccountValue, _time_ns: int) -> None:
        """One value."""
        self._put(message.account, message.key, message.currency, message.value)

    def account_summary(self, message: catalog.AccountSummary, _time_ns: int) -> None:
        """One value, from another request."""
        self._put(message.account, message.tag, message.currency, message.value)

    def account_download_end(self, message: catalog.AccountDownloadEnd, _time_ns: int) -> None:
        """All values of an account have been told once."""
        account = self._account(message.account)
        if not account.is_complete:
            account.is_complete = True
            self._dirty.add(account.name)

    def account_update_time(self, message: catalog.AccountUpdateTime, _time_ns: int) -> None:
        """When the Bridge last updated; it does not say which account's values."""
        for account in self.all():
            account.updated = message.time

    def request_pnl(self, message: catalog.RequestPnl, _time_ns: int) -> None:
        """From now on the request's figures are about its account."""
        self._pnl_requests[message.request_id] = message.account

    def cancel_pnl(self, message: catalog.CancelPnl, _time_ns: int) -> None:
        """The request is over."""
        self._pnl_requests.pop(message.request_id, None)

    def pnl(self, message: catalog.Pnl, _time_ns: int) -> None:
        """An account's profit and loss."""
        name = self._pnl_requests.get(message.request_id)
        if name is None:
            return
        account = self._account(name)
        told = AccountPnl(message.daily_pnl, message.unrealized_pnl, message.realized_pnl)
        if account.pnl != told:
            account.pnl = told
            self._dirty.add(name)

    def connection_lost(self) -> None:
        """The connection is gone, and its requests with it."""
        self._pnl_requests.clear()

    def _put(self, name: str, key: str, currency: str, text: str) -> None:
        account = self._account(name)
        if account.put(key, currency, text):
            self._dirty.add(name)

    def _account(self, name: str) -> Account:
        account = self._accounts.get(name)
        if account is None:
            account = self._accounts[name] = Account(name)
        return account
