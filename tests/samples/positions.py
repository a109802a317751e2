"""What the account holds."""

from __future__ import annotations

from workstation import IBKR_API, MarketOrder, Stock


def main(port: int = 7497) -> None:
    """Buy a little, and look."""
    with IBKR_API(port=port, client_id=1) as api:
        for symbol in ("KO", "XOM"):
            order = api.place_order(api.qualify(Stock(symbol)), MarketOrder("BUY", 10))
            api.wait_for_order(order, timeout_seconds=30)
        print(api.request_positions().to_frame()[["symbol", "position", "average_cost"]])


if __name__ == "__main__":
    main()
