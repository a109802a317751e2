"""What orders cost."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workstation.simulator.orders.commissions import order_commission

CENT = Decimal("0.01")
FILLS = st.lists(
    st.tuples(st.integers(1, 5000).map(Decimal), st.decimals("0.01", "900", places=2)),
    min_size=1,
    max_size=12,
)


def totals(fills, multiplier=1):
    """Quantity and value after each fill."""
    quantity = value = Decimal(0)
    for size, price in fills:
        quantity += size
        value += size * price * multiplier
        yield quantity, value


@given(FILLS, st.booleans())
def test_no_fill_ever_lowers_what_an_order_has_cost(fills, is_option):
    costs = [
        order_commission(quantity, value, is_option=is_option)
        for quantity, value in totals(fills, 100 if is_option else 1)
    ]
    assert costs == sorted(costs)
    assert all(cost == cost.quantize(CENT) for cost in costs)


@given(FILLS)
def test_stocks_cost_a_half_cent_a_share_within_a_floor_and_a_ceiling(fills):
    quantity, value = list(totals(fills))[-1]
    cost = order_commission(quantity, value, is_option=False)
    assert cost >= CENT
    assert cost <= max(value / 100 + CENT / 2, CENT)
    if value >= 100:
        assert cost >= 1
    if Decimal("0.005") * quantity >= 1 and value / 100 >= Decimal("0.005") * quantity:
        assert abs(cost - Decimal("0.005") * quantity) <= CENT / 2


@given(st.integers(1, 10_000))
def test_options_cost_65_cents_a_contract_and_at_least_a_dollar(contracts):
    cost = order_commission(Decimal(contracts), Decimal(5), is_option=True)
    assert cost == max(Decimal("0.65") * contracts, Decimal(1))
