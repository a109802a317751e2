"""Symbols and names that begin like some letters."""

from __future__ import annotations

from workstation import IBKR_API


def main(port: int = 7497) -> None:
    """What there is like "micro"."""
    with IBKR_API(port=port, client_id=1) as api:
        for found in api.request_matching_symbols("micro"):
            print(
                found.contract.symbol,
                found.contract.primary_exchange,
                found.derivative_security_types,
            )


if __name__ == "__main__":
    main()
