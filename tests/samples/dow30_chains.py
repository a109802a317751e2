"""The option chains of all Dow 30 stocks, downloaded side by side."""

from __future__ import annotations

from workstation import IBKR_API, Dow30


def main(port: int = 7497) -> None:
    """How many contracts each chain has."""
    with IBKR_API(port=port, client_id=1) as api:
        downloads = {
            stock.symbol: api.download_chain(api.qualify(stock)) for stock in Dow30().stocks()
        }
        for symbol, download in downloads.items():
            chain = download.result(120)
            strikes = {each.contract.strike for each in chain}
            print(f"{symbol:6} {len(chain):6} contracts, {len(strikes):4} strikes")


if __name__ == "__main__":
    main()
