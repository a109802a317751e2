"""An actor: a program that shares one Bridge connection with others, on a desk."""

from __future__ import annotations

from workstation import Actor, MarketOrder, MultiClientApplication, Stock
from workstation.desk.embedded import EmbeddedBroker
from workstation.protocol.catalog import OrderStatus

STOCK = Stock("KO")


class BuyOnce(Actor):
    """Buys a few shares as soon as there is a quote."""

    bought = False

    def initialize(self) -> None:
        """Ask for quotes."""
        self.request_market_data(STOCK)

    def act(self) -> None:
        """Buy once."""
        quote = self.picture.quotes.of(STOCK)
        if not self.bought and quote is not None and quote.ask is not None:
            self.bought = True
            self.place_order(STOCK, MarketOrder("BUY", 5))

    def order_status(self, message: OrderStatus) -> None:
        """Say what became of it."""
        print(self.code, message.status, message.filled)


def main(port: int = 7497) -> None:
    """Run the actor on a desk of its own, until Ctrl-C."""
    desk = MultiClientApplication("127.0.0.1", port, 6, broker=EmbeddedBroker())
    desk.add_actor(BuyOnce("Buys once", "ONCE"))
    desk.run()


if __name__ == "__main__":
    main()
