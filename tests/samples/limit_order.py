"""Place a limit order below the market, raise its limit, and watch it fill."""

from __future__ import annotations

from workstation import IBKR_API, LimitOrder, Stock


def main(port: int = 7497) -> None:
    """Buy ten shares of Coca-Cola."""
    with IBKR_API(port=port, client_id=1) as api:
        stock = api.qualify(Stock("KO"))
        price = api.request_historical_data(stock, duration="1 D", bar_size="1 min").close[-1]
        order = api.place_order(stock, LimitOrder("BUY", 10, round(price * 0.98, 2)))
        for open_order in api.request_open_orders():
            print("works:", open_order.order_id, open_order.state.status)
        api.modify_order(order, stock, LimitOrder("BUY", 10, round(price * 1.02, 2)))
        done = api.wait_for_order(order, timeout_seconds=30)
        print("done:", done.stage, done.filled, "at", done.average_price)


if __name__ == "__main__":
    main()
