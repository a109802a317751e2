"""An event-driven program that trades the crossing of two averages."""

from __future__ import annotations

from collections import deque

from workstation import ClientApplication, MarketOrder, Stock
from workstation.protocol.catalog import OrderStatus, TickPrice

STOCK = Stock("AAPL")
LAST = 4
"""The tick type of the last price."""


class CrossingAverage(ClientApplication):
    """Holds ten shares while the fast average of prices lies above the slow one."""

    fast, slow, trades = 2, 4, 2

    def initialize(self) -> None:
        """Ask for quotes."""
        self.prices: deque[float] = deque(maxlen=self.slow)
        self.is_long = self.is_busy = False
        self.done = 0
        self.request_market_data(STOCK)

    def tick_price(self, message: TickPrice) -> None:
        """Note a price, and decide."""
        if message.tick_type == LAST and message.price is not None:
            self.prices.append(message.price)
            self.decide()

    def decide(self) -> None:
        """Trade when the averages have crossed and no order is under way."""
        if len(self.prices) < self.slow or self.is_busy:
            return
        recent = list(self.prices)
        is_above = sum(recent[-self.fast :]) / self.fast > sum(recent) / len(recent)
        if is_above is not self.is_long:
            self.is_busy = True
            self.place_order(STOCK, MarketOrder("BUY" if is_above else "SELL", 10))

    def order_status(self, message: OrderStatus) -> None:
        """Count what has filled, and stop after a few trades."""
        if message.status == "Filled" and self.is_busy:
            self.is_long, self.is_busy = not self.is_long, False
            self.done += 1
            print("bought" if self.is_long else "sold", "at", message.average_fill_price)
            if self.done == self.trades:
                self.stop()


def main(port: int = 7497) -> None:
    """Run until two trades are done."""
    CrossingAverage("127.0.0.1", port, 5).run()


if __name__ == "__main__":
    main()
