"""Requests about contracts: what there is, and by which rules it trades."""

from __future__ import annotations

from workstation.clients.requests.sender import Sender
from workstation.model import Contract, ScannerSubscription, TagValue
from workstation.protocol import catalog

__all__ = ["ContractRequests"]


class ContractRequests(Sender):
    """Contracts, symbols, chains, price steps, scanners."""

    def request_contract_data(self, contract: Contract) -> int:
        """Ask for all contracts that fit (`contract_data`, then `contract_data_end`)."""
        return self._send_keyed(catalog.RequestContractData, contract=contract)

    def request_matching_symbols(self, pattern: str) -> int:
        """Search symbols and names (`symbol_samples`)."""
        return self._send_keyed(catalog.RequestMatchingSymbols, pattern=pattern)

    def request_security_definition_option_parameters(
        self,
        under_symbol: str,
        under_contract_id: int,
        *,
        under_security_type: str = "STK",
        exchange: str = "",
    ) -> int:
        """Ask for expiries and strikes of options (`security_definition_option_parameter`).

        Not every strike exists for every expiry: ask contract data for the ones that do.
        """
        return self._send_keyed(
            catalog.RequestSecurityDefinitionOptionParameters,
            under_symbol=under_symbol,
            exchange=exchange,
            under_security_type=under_security_type,
            under_contract_id=under_contract_id,
        )

    def request_market_rule(self, market_rule_id: int) -> None:
        """Ask for a table of price steps (`market_rule`)."""
        self.send(catalog.RequestMarketRule(market_rule_id=market_rule_id))

    def request_scanner_parameters(self) -> None:
        """Ask which scans, places and filters there are (`scanner_parameters`)."""
        self.send(catalog.RequestScannerParameters())

    def request_scanner_subscription(
        self,
        subscription: ScannerSubscription,
        filter_options: tuple[TagValue, ...] = (),
        *,
        options: tuple[TagValue, ...] = (),
    ) -> int:
        """Stream what a scanner finds (`scanner_data`, each time the whole list).

        Args:
            subscription: what to look for.
            filter_options: filters by their codes, such as `priceAbove`.
            options: further named parameters.
        """
        return self._send_keyed(
            catalog.RequestScannerSubscription,
            subscription=subscription,
            filter_options=filter_options,
            options=options,
        )

    def cancel_scanner_subscription(self, request_id: int) -> None:
        """End what a scanner finds."""
        self.send(catalog.CancelScannerSubscription(request_id=request_id))
