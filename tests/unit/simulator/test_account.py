"""The simulated account: money, positions and commissions to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.simulator.account import Account
from workstation.simulator.orders.commissions import order_commission
from workstation.simulator.universe import universe

APPLE = universe().by_symbol("AAPL")
FILLS = st.lists(
    st.tuples(
        st.integers(-500, 500).filter(bool).map(Decimal),
        st.decimals("1", "900", places=2),
    ),
    max_size=25,
)


@given(FILLS, st.decimals("1", "900", places=2))
def test_cash_and_positions_reconcile_with_fills_to_the_cent(fills, price):
    account = Account("DSIM", lambda _: price)
    cash, held = account.cash, Decimal(0)
    for signed, paid in fills:
        commission = order_commission(abs(signed), abs(signed) * paid, is_option=False)
        account.fill(APPLE, signed, paid, commission)
        cash -= signed * paid + commission
        held += signed
    assert account.cash == cash
    figures = account.figures()
    assert figures.net_liquidation == cash + held * price
    if fills:
        assert account.holdings[APPLE.contract_id].quantity == held


@given(FILLS)
def test_profit_is_all_realised_once_the_position_is_closed(fills):
    account = Account("DSIM", lambda _: Decimal(100))
    start = account.cash
    total = sum((signed for signed, _ in fills), Decimal(0))
    closing = [*fills, (-total, Decimal(100))] if total else fills
    for signed, paid in closing:
        account.fill(APPLE, signed, paid, Decimal(1))
    assert abs(account.figures().realized - (account.cash - start)) <= Decimal("0.01") * 26


@pytest.mark.parametrize(
    ("quantity", "value", "is_option", "cost"),
    [
        (100, 20_000, False, "1.00"),
        (1000, 200_000, False, "5.00"),
        (200, 20_000, False, "1.00"),
        (10, 50, False, "0.50"),
        (1, 300, True, "1.00"),
        (10, 3000, True, "6.50"),
        (0, 0, False, "0"),
    ],
)
def test_commissions_are_the_fixed_ones(quantity, value, is_option, cost):
    told = order_commission(Decimal(quantity), Decimal(value), is_option=is_option)
    assert told == Decimal(cost)


PRICES = st.floats(1, 1000).map(lambda price: round(price, 2))
