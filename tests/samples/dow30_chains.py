"""The option chains of all Dow 30 stocks, downloaded side by side."""

from __future__ import annotations

from workstation import IBKR_API, Dow30


def main(port: int = 7497) -> None:
    """How many contracts each chain has."""
    with IBKR_API(port=port, client_id=1) as api:
        stocks = Dow30().stocks()
        chains = api.download_chains(stocks).result(120)
        for stock, chain in zip(stocks, chains, strict=True):
            strikes = {each.contract.strike for each in chain}
            print(f"{stock.symbol:6} {len(chain):6} contracts, {len(strikes):4} strikes")


if __name__ == "__main__":
    main()
