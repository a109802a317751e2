"""All open orders, of every program that trades at this Bridge."""

from __future__ import annotations

from workstation import IBKR_API, LimitOrder, Stock


def main(port: int = 7497) -> None:
    """Two orders far from the market, listed and cancelled."""
    with IBKR_API(port=port, client_id=1) as api:
        for symbol in ("KO", "XOM"):
            stock = api.qualify(Stock(symbol))
            price = api.request_historical_data(stock, duration="1 D", bar_size="1 min").close[-1]
            api.place_order(stock, LimitOrder("BUY", 10, round(price * 0.9, 2)))
        orders = api.request_all_open_orders()
        print(orders.to_frame())
        for each in orders:
            api.cancel_order(each.order_id)
            print(each.contract.symbol, api.wait_for_order(each.order_id).status)


if __name__ == "__main__":
    main()
