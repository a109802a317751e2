"""The option chain of one stock: every expiry, strike and side."""

from __future__ import annotations

from workstation import IBKR_API, Stock


def main(port: int = 7497) -> None:
    """The chain of Apple."""
    with IBKR_API(port=port, client_id=1) as api:
        chain = api.download_chain(api.qualify(Stock("AAPL"))).result(60)
        frame = chain.to_frame()
        print(frame.groupby("last_trade_date")["strike"].agg(["count", "min", "max"]))


if __name__ == "__main__":
    main()
