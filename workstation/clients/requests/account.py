"""Requests about accounts: values, positions, profit and loss, advisors."""

from __future__ import annotations

from workstation.clients.requests.sender import Sender
from workstation.protocol import catalog

__all__ = ["AccountRequests"]


class AccountRequests(Sender):
    """Accounts and who advises them."""

    def request_account_updates(self, subscribe: bool, account: str = "") -> None:  # noqa: FBT001
        """Start or end account news (`account_value`, `portfolio_value`, …)."""
        self.send(catalog.RequestAccountUpdates(subscribe=subscribe, account=account))

    def request_positions(self) -> None:
        """Stream positions of all accounts (`position_data`, first ended by `position_end`)."""
        self.send(catalog.RequestPositions())

    def cancel_positions(self) -> None:
        """End the stream of positions."""
        self.send(catalog.CancelPositions())

    def request_account_summary(self, group: str = "All", tags: str = "") -> int:
        """Stream account values (`account_summary`, then `account_summary_end`).

        Args:
            group: group of accounts; All is every one.
            tags: comma-separated account tags.
        """
        return self._send_keyed(catalog.RequestAccountSummary, group=group, tags=tags)

    def cancel_account_summary(self, request_id: int) -> None:
        """End a stream of account values."""
        self.send(catalog.CancelAccountSummary(request_id=request_id))

    def request_pnl(self, account: str, model_code: str = "") -> int:
        """Stream the account's profit and loss (`pnl`)."""
        return self._send_keyed(catalog.RequestPnl, account=account, model_code=model_code)

    def cancel_pnl(self, request_id: int) -> None:
        """End a stream of profit and loss."""
        self.send(catalog.CancelPnl(request_id=request_id))

    def request_pnl_single(self, account: str, contract_id: int, model_code: str = "") -> int:
        """Stream one position's profit and loss (`pnl_single`)."""
        return self._send_keyed(
            catalog.RequestPnlSingle,
            account=account,
            model_code=model_code,
            contract_id=contract_id,
        )

    def cancel_pnl_single(self, request_id: int) -> None:
        """End a stream of one position's profit and loss."""
        self.send(catalog.CancelPnlSingle(request_id=request_id))

    def request_account_updates_multi(
        self,
        account: str = "",
        model_code: str = "",
        *,
        ledger_and_net_liquidation: bool = False,
    ) -> int:
        """Stream values of one account or model (`account_update_multi`, `…_end`).

        Args:
            account: whose values.
            model_code: of which model.
            ledger_and_net_liquidation: only cash by currency and net liquidation.
        """
        return self._send_keyed(
            catalog.RequestAccountUpdatesMulti,
            account=account,
            model_code=model_code,
            ledger_and_net_liquidation=ledger_and_net_liquidation,
        )

    def cancel_account_updates_multi(self, request_id: int) -> None:
        """End a stream of values of one account or model."""
        self.send(catalog.CancelAccountUpdatesMulti(request_id=request_id))

    def request_positions_multi(self, account: str = "", model_code: str = "") -> int:
        """Stream positions of one account or model (`position_multi`, `position_multi_end`)."""
        return self._send_keyed(
            catalog.RequestPositionsMulti, account=account, model_code=model_code
        )

    def cancel_positions_multi(self, request_id: int) -> None:
        """End a stream of positions of one account or model."""
        self.send(catalog.CancelPositionsMulti(request_id=request_id))

    def request_family_codes(self) -> None:
        """Ask which accounts belong to which families (`family_codes`)."""
        self.send(catalog.RequestFamilyCodes())

    def request_soft_dollar_tiers(self) -> int:
        """Ask for the soft dollar tiers that orders may name (`soft_dollar_tiers`)."""
        return self._send_keyed(catalog.RequestSoftDollarTiers)

    def request_financial_advisor(self, data_type: int) -> None:
        """Ask for an advisor's configuration (`receive_fa`): 1 groups, 3 aliases."""
        self.send(catalog.RequestFinancialAdvisor(data_type=data_type))

    def replace_financial_advisor(self, data_type: int, xml: str) -> int:
        """Replace an advisor's configuration (`replace_fa_end`): 1 groups, 3 aliases."""
        return self._send_keyed(catalog.ReplaceFinancialAdvisor, data_type=data_type, xml=xml)
