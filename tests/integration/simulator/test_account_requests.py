"""Requests about the account over the wire: completed orders, values and positions by request."""

from __future__ import annotations

import pytest
from simulated_bridge import START_NS

from workstation.model import LimitOrder, MarketOrder, Stock
from workstation.protocol import catalog

APPLE = Stock("AAPL")


@pytest.fixture
def client(serve, dial):
    client = dial(serve(pacing=False)).start()
    client.expect(catalog.NextValidId)
    return client


def buy(client, order_id, order=None):
    order = order or MarketOrder("BUY", 100)
    client.send(catalog.PlaceOrder(order_id=order_id, contract=APPLE, order=order))
    if order.order_type == "MKT":
        client.expect(catalog.OrderStatus, lambda m: m.status == "Filled")
        client.expect(catalog.CommissionReport)


def completed(client):
    client.send(catalog.RequestCompletedOrders(api_only=True))
    return client.collect(catalog.CompletedOrder, catalog.CompletedOrdersEnd)


def test_completed_orders_are_those_that_filled_or_were_cancelled(client):
    assert completed(client) == []
    buy(client, 1)
    buy(client, 2, LimitOrder("BUY", 10, 1.0))
    assert [each.state.status for each in completed(client)] == ["Filled"]
    client.send(catalog.CancelOrder(order_id=2))
    client.expect(catalog.OrderStatus, lambda m: m.status == "Cancelled")
    filled, cancelled = completed(client)
    assert filled.state.completed_status == "Filled Size: 100"
    assert filled.order.filled_quantity == 100
    assert filled.state.completed_time.startswith("20261123 ")
    assert cancelled.state.completed_status == "Cancelled by Trader"
    assert cancelled.order.limit_price == 1.0


def test_completed_orders_of_an_earlier_session_are_not_told(serve, dial):
    now_ns = [START_NS]
    client = dial(serve(pacing=False, clock_ns=lambda: now_ns[0])).start()
    client.expect(catalog.NextValidId)
    buy(client, 1)
    assert len(completed(client)) == 1
    now_ns[0] += 24 * 3600 * 10**9
    assert completed(client) == []


def values(client, request_id):
    found = client.collect(catalog.AccountUpdateMulti, catalog.AccountUpdateMultiEnd)
    assert {each.request_id for each in found} <= {request_id}
    return {each.key: each.value for each in found}


def test_values_by_request_are_those_of_the_account_summary(client):
    buy(client, 1)
    client.send(catalog.RequestAccountUpdatesMulti(request_id=7, account="DSIM0001"))
    told = values(client, 7)
    client.send(catalog.RequestAccountSummary(request_id=8, tags="TotalCashValue"))
    (cash,) = client.collect(catalog.AccountSummary, catalog.AccountSummaryEnd)
    assert told["TotalCashValue"] == cash.value != "1000000.00"
    client.send(catalog.CancelAccountUpdatesMulti(request_id=7))
    client.send(catalog.RequestAccountUpdatesMulti(request_id=7, ledger_and_net_liquidation=True))
    assert set(values(client, 7)) == {"NetLiquidation", "TotalCashValue"}


def test_positions_by_request_follow_the_fills(client):
    client.send(catalog.RequestPositionsMulti(request_id=7))
    assert client.collect(catalog.PositionMulti, catalog.PositionMultiEnd) == []
    client.send(catalog.PlaceOrder(order_id=1, contract=APPLE, order=MarketOrder("BUY", 100)))
    told = client.expect(catalog.PositionMulti, lambda m: m.position == 100)
    assert (told.request_id, told.contract.symbol, told.account) == (7, "AAPL", "DSIM0001")


@pytest.mark.parametrize(
    "request_",
    [
        catalog.RequestAccountUpdatesMulti(request_id=7, account="U1"),
        catalog.RequestPositionsMulti(request_id=7, account="U1"),
    ],
)
def test_an_account_that_is_not_there_is_refused(client, request_):
    client.send(request_)
    assert client.expect(catalog.InfoMessage, lambda m: m.request_id == 7).code == 321


def test_an_id_in_use_is_refused(client):
    client.send(catalog.RequestPositionsMulti(request_id=7))
    client.send(catalog.RequestAccountUpdatesMulti(request_id=7))
    assert client.expect(catalog.InfoMessage, lambda m: m.request_id == 7).code == 322


def test_the_account_is_in_no_family(client):
    client.send(catalog.RequestFamilyCodes())
    (code,) = client.expect(catalog.FamilyCodes).codes
    assert (code.account, code.family_code) == ("DSIM0001", "")
