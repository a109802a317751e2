"""A simulated Bridge that keeps what it is asked, and may bear the name of a real account.

It would fill every order: what it was not asked for was held back before it left.
"""

from __future__ import annotations

from simulated_bridge import SimulatedBridge

from workstation.clients import ClientApplication, ClientOptions
from workstation.model import LimitOrder, MarketOrder, Stock
from workstation.protocol import catalog
from workstation.risk.limits import OrderLimits

CLIENT_ID = 1
TIMEOUT_SECONDS = 10
AAPL = Stock("AAPL")

ACTS = (catalog.PlaceOrder, catalog.ExerciseOptions, catalog.ReplaceFinancialAdvisor)


class Exchange:
    """A Bridge on a thread of its own, and what it was asked."""

    def __init__(self):
        self.server = SimulatedBridge(pacing=False)
        self.bridge = self.server.bridge
        self.port = self.server.port
        self.requests = []
        answer = self.bridge.handle

        def handle(session, request):
            self.requests.append(request)
            answer(session, request)

        self.bridge.handle = handle

    def options(self, **limits):
        """How clients connect to it."""
        return ClientOptions(
            messages_per_second=None, first_backoff_seconds=0.01, limits=OrderLimits(**limits)
        )

    def trade(self):
        """Let a day begin: 200 AAPL are held, and an order of client 1 works; gives its id."""
        program = ClientApplication(port=self.port, client_id=CLIENT_ID, options=self.options())
        program.start(TIMEOUT_SECONDS)
        ask(program, catalog.RequestMarketData, contract=AAPL, snapshot=True)
        bid = program.picture.quotes.of(AAPL).bid
        bought = program.place_order(AAPL, MarketOrder("BUY", 200))
        works = program.place_order(AAPL, LimitOrder("BUY", 100, round(bid * 0.95, 2)))
        sync(program)
        while program.picture.orders.own(bought).is_open:
            sync(program)
        program.stop()
        self.requests.clear()
        return works

    def become(self, account):
        """From the next connection on it is another account."""
        self.bridge.account.name = account

    def asked(self, *classes):
        """What came of these kinds."""
        return [each for each in self.requests if isinstance(each, classes)]

    def close(self):
        self.server.close()


def ask(client, request_class, **fields):
    """Ask, and wait for the answer; not on the client's own thread."""
    return client.wait(client.ask(request_class, **fields), TIMEOUT_SECONDS)


def sync(client):
    """Wait until everything that was sent before has been handled: cancels and orders go first."""
    return ask(client, catalog.RequestCurrentTime)
