"""What is kept on disk, and what a Bridge that starts again makes of it."""

from __future__ import annotations

import pytest

from workstation.errors import WorkstationError
from workstation.model import LimitOrder, MarketOrder, Stock, StopOrder, changed
from workstation.model.orders import BracketOrder, PriceCondition
from workstation.simulator.orders.store import FILE, Store


@pytest.fixture
def begin(new_floor, tmp_path):
    """A floor on the folder of the test; the one before has been killed."""
    stores = []

    def begin():
        if stores:
            stores[-1].close()
        stores.append(Store(tmp_path, None, 7))
        return new_floor(store=stores[-1])

    yield begin
    stores[-1].close()


def test_orders_executions_cash_and_positions_outlive_the_bridge(begin):
    before = begin()
    before.place(1, MarketOrder("BUY", 100))
    before.place(2, LimitOrder("SELL", 60, 105.0))
    before.place(3, LimitOrder("BUY", 10, 90.0))
    before.desk.cancel(1, 3)
    after = begin()
    assert after.account.cash == before.account.cash
    assert [each.quantity for each in after.account.holdings.values()] == [100]
    assert after.executions == before.executions
    assert [each.order_id for each in after.desk.open_orders()] == [2]
    assert after.desk.next_order_id == {1: 4}
    assert len(list(after.desk.completed_orders())) == 2
    after.move(bid=105.0)
    assert after.fills(2) == [(60, 105.0)]


def test_an_order_that_filled_in_part_goes_on_where_it_was(begin):
    before = begin()
    before.place(1, LimitOrder("BUY", 500, 101.0))
    assert before.status(1).filled == 300
    after = begin()
    after.move(ask_size=200)
    status = after.status(1)
    assert (status.status, status.filled) == ("Filled", 500)
    assert [each.cumulative_quantity for each in after.executions] == [300, 500]


def test_brackets_stops_and_conditions_are_remembered(begin):
    before = begin()
    family = BracketOrder(
        LimitOrder("BUY", 10, 99.5), take_profit_price=104.0, stop_loss_price=96.0
    )
    before.place(1, family.parent)
    for order_id, child in enumerate(family.children(1), 2):
        before.place(order_id, child)
    coke = PriceCondition(
        is_more=True, price=103.0, contract_id=before.instruments.resolve(Stock("KO")).contract_id
    )
    before.place(4, changed(StopOrder("BUY", 5, 103.0), oca_group="one", oca_type=1))
    before.place(5, changed(LimitOrder("BUY", 5, 90.0), conditions=(coke,), oca_group="one"))
    after = begin()
    assert len(after.desk.open_orders()) == 5
    after.move(ask=99.5)
    assert after.status(1).status == "Filled"
    after.move(last=103.0, ask=104.0, bid=102.0)
    assert after.status(4).status == "Filled"
    assert after.status(5).status == "Cancelled"
    after.move(bid=104.0, ask=105.0)
    assert (after.status(2).status, after.status(3).status) == ("Filled", "Cancelled")


def test_whatever_was_told_has_been_written_before(new_floor, tmp_path):
    store = Store(tmp_path, None, 7)
    floor = new_floor(store=store)
    kept = []
    notify = floor.desk._engine.notify

    def look(client_id, message):
        if message.name == "execution_data":
            kept.append(len(store.executions()))
        elif message.name == "order_status":
            kept.append(store.orders()[-1]["status"] == message.status)
        notify(client_id, message)

    floor.desk._engine.notify = look
    floor.place(1, MarketOrder("BUY", 100))
    floor.place(2, LimitOrder("BUY", 10, 90.0))
    assert kept == [True, 1, True, True]
    store.close()


def test_one_bridge_at_a_time_has_a_folder(tmp_path):
    first = Store(tmp_path, None, 7)
    with pytest.raises(WorkstationError, match="locked"):
        Store(tmp_path, None, 7)
    first.close()
    Store(tmp_path, None, 7).close()


def test_the_market_goes_on_with_the_seed_it_had(tmp_path):
    Store(tmp_path, None, 11).close()
    again = Store(tmp_path, None, 12)
    assert again.seed == 11
    again.close()
    with pytest.raises(WorkstationError, match="seed 11, not 13"):
        Store(tmp_path, 13, 12)


def test_a_file_that_is_no_account_is_named(tmp_path):
    (tmp_path / FILE).write_text("not a database, but long enough to be looked at" * 20)
    with pytest.raises(WorkstationError, match="give another folder"):
        Store(tmp_path, None, 7)
