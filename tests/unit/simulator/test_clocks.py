"""How time passes, and whether the exchanges close."""

from __future__ import annotations

import pytest

from workstation.errors import InvalidValue
from workstation.model import LimitOrder, Stock
from workstation.protocol import catalog
from workstation.simulator.bridge import Bridge
from workstation.simulator.clocks import simulated_clock

SATURDAY_NOON = 1_795_885_200 * 10**9
MONDAY_NOON = 1_795_453_200 * 10**9


def test_a_fast_clock_lives_a_minute_each_second():
    elapsed = iter([5_000_000_000, 5_000_000_000, 6_500_000_000])
    clock = simulated_clock("fast:60", lambda: 10**18, lambda: next(elapsed))
    assert clock.always_open
    assert clock.now_ns() == 10**18
    assert clock.now_ns() == 10**18 + 90 * 10**9


@pytest.mark.parametrize("name", ["", "slow", "fast", "fast:", "fast:1", "fast:x", "fast:3601"])
def test_other_clocks_are_named_with_what_is_legal(name):
    with pytest.raises(InvalidValue, match="legal are always-open, realtime and fast:2"):
        simulated_clock(name)


@pytest.mark.parametrize(
    ("name", "now_ns", "works"),
    [
        ("realtime", MONDAY_NOON, True),
        ("realtime", SATURDAY_NOON, False),
        ("always-open", SATURDAY_NOON, True),
    ],
)
def test_a_clock_in_real_time_keeps_the_hours_of_the_exchange(name, now_ns, works):
    clock = simulated_clock(name, lambda: now_ns)
    bridge = Bridge(7, clock_ns=clock.now_ns, always_open=clock.always_open)
    ask = bridge.market.quote("KO").ask
    message = catalog.PlaceOrder(order_id=1, contract=Stock("KO"), order=LimitOrder("BUY", 1, ask))
    bridge.orders.place(1, message)
    assert (not bridge.orders.open_orders()) is works
