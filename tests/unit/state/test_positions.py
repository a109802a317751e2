from __future__ import annotations

from decimal import Decimal

import pytest

from workstation.model import Contract, Stock
from workstation.protocol import catalog
from workstation.state.changes import PositionKey
from workstation.state.session import BridgeDisconnected

AAPL = Contract(
    contract_id=265598, symbol="AAPL", security_type="STK", exchange="NASDAQ", currency="USD"
)
KEY = PositionKey("DSIM1", "AAPL STK USD")


def position(quantity, cost=150.0, *, contract=AAPL, account="DSIM1"):
    return catalog.PositionData(
        account=account, contract=contract, position=Decimal(quantity), average_cost=cost
    )


def value(quantity=100, **more):
    told = {"market_price": 190.0, "market_value": 19000.0, "average_cost": 150.0}
    told |= {"unrealized_pnl": 4000.0, "realized_pnl": 12.0} | more
    return catalog.PortfolioValue(
        contract=AAPL, position=Decimal(quantity), account="DSIM1", **told
    )


@pytest.fixture
def held(picture):
    return lambda: picture.positions.get(*KEY)


def test_position_meets_the_watchlists_contract(picture, tell, held):
    tell(position(100))

    assert held().quantity == 100
    assert held().average_cost == 150.0
    assert picture.positions.get("DSIM1", picture.contracts.key(Stock("AAPL"))) is held()
    assert picture.changes.take().positions == {KEY}


def test_short_position_is_negative_and_open(picture, tell, held):
    tell(position(-30))

    assert held().quantity == -30
    assert picture.positions.open() == (held(),)


def test_portfolio_value_brings_value_and_profit(tell, held):
    tell(position(100), value())

    assert (held().market_price, held().market_value) == (190.0, 19000.0)
    assert (held().unrealized_pnl, held().realized_pnl) == (4000.0, 12.0)


def test_value_of_another_size_is_not_shown_beside_the_new_size(tell, held):
    tell(value(100), position(50))

    assert held().quantity == 50
    assert (held().market_value, held().unrealized_pnl) == (None, None)
    assert held().realized_pnl == 12.0


def test_repeat_changes_nothing(picture, tell, held):
    tell(position(100), value())
    before = held()
    picture.changes.take()

    tell(position(100), value())

    assert held() is before
    assert not picture.changes.take()


def test_closed_position_stays_for_its_realised_profit(picture, tell, held):
    tell(value(100), value(0, market_value=0.0, unrealized_pnl=0.0, realized_pnl=4000.0))

    assert not held().is_open
    assert held().realized_pnl == 4000.0
    assert picture.positions.open() == ()
    assert picture.positions.all() == (held(),)


def test_accounts_hold_their_own(picture, tell):
    tell(position(100), position(-30, account="DSIM2"))

    assert len(picture.positions.open()) == 2
    assert picture.positions.quantity("AAPL STK USD") == 70
    assert picture.positions.quantity("MSFT STK USD") == 0


def test_profit_of_one_position_finds_it_by_contract_id(tell, held):
    tell(
        catalog.RequestPnlSingle(request_id=9, account="DSIM1", contract_id=265598),
        position(100),
        catalog.PnlSingle(
            request_id=9,
            position=Decimal(100),
            daily_pnl=55.0,
            unrealized_pnl=4000.0,
            realized_pnl=1.0,
            value=19000.0,
        ),
    )

    assert (held().daily_pnl, held().unrealized_pnl) == (55.0, 4000.0)
    assert (held().realized_pnl, held().market_value) == (1.0, 19000.0)


def test_figures_an_old_bridge_does_not_tell_stay(tell, held):
    tell(
        value(),
        catalog.RequestPnlSingle(request_id=9, account="DSIM1", contract_id=265598),
        catalog.PnlSingle(request_id=9, daily_pnl=55.0),
    )

    assert held().daily_pnl == 55.0
    assert (held().unrealized_pnl, held().market_value) == (4000.0, 19000.0)


@pytest.mark.parametrize(
    "end", [catalog.CancelPnlSingle(request_id=9), BridgeDisconnected(reason="gone")]
)
def test_figures_of_an_ended_request_are_ignored(tell, held, end):
    tell(
        position(100),
        catalog.RequestPnlSingle(request_id=9, account="DSIM1", contract_id=265598),
        end,
        catalog.PnlSingle(request_id=9, daily_pnl=55.0),
    )

    assert held().daily_pnl is None


def test_figures_of_a_position_never_told_are_ignored(picture, tell):
    tell(
        catalog.RequestPnlSingle(request_id=9, account="DSIM1", contract_id=1),
        catalog.PnlSingle(request_id=9, daily_pnl=55.0),
    )

    assert picture.positions.all() == ()


def test_position_that_a_whole_list_leaves_out_is_closed(picture, tell, held):
    tell(position(100), value())
    tell(
        catalog.RequestPositions(),
        position(5, contract=Stock("MSFT")),
        catalog.PositionEnd(),
    )

    assert held().quantity == 0
    assert held().market_value is None
    assert [p.key.instrument for p in picture.positions.open()] == ["MSFT STK USD"]


def test_position_that_is_named_stays_open(tell, held):
    tell(position(100), catalog.RequestPositions(), position(100), catalog.PositionEnd())

    assert held().quantity == 100


def test_list_cut_off_by_the_connection_closes_nothing(tell, held):
    tell(
        position(100),
        catalog.RequestPositions(),
        BridgeDisconnected(reason="gone"),
        catalog.PositionEnd(),
    )

    assert held().quantity == 100


def test_position_without_a_size_is_none_held(tell, held):
    tell(catalog.PositionData(account="DSIM1", contract=AAPL))

    assert held().quantity == 0
