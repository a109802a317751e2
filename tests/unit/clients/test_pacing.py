"""Pacing: what may leave when."""

from __future__ import annotations

import pytest

from workstation.clients.pacing import Outgoing, Pacing, Urgency
from workstation.model import LimitOrder, Stock
from workstation.protocol.catalog import (
    CancelMarketData,
    CancelOrder,
    PlaceOrder,
    RequestGlobalCancel,
)


def outgoing(number: int) -> Outgoing:
    return Outgoing(CancelMarketData(request_id=number), b"%d" % number)


def test_no_more_than_the_limit_leaves_in_any_second():
    pacing = Pacing(10, reserved=0)
    for number in range(25):
        pacing.add(outgoing(number), Urgency.REQUEST)
    assert [each.data for each in pacing.due(0.0)] == [b"%d" % n for n in range(10)]
    assert pacing.due(1.099) == []
    assert [each.data for each in pacing.due(1.1)] == [b"%d" % n for n in range(10, 20)]
    assert len(pacing) == 5


def test_the_window_slides_and_does_not_jump():
    pacing = Pacing(2, reserved=0)
    pacing.add(outgoing(1), Urgency.REQUEST)
    assert len(pacing.due(0.0)) == 1
    pacing.add(outgoing(2), Urgency.REQUEST)
    assert len(pacing.due(0.9)) == 1
    pacing.add(outgoing(3), Urgency.REQUEST)
    pacing.add(outgoing(4), Urgency.REQUEST)
    assert [each.data for each in pacing.due(1.1)] == [b"3"]
    assert pacing.next_due(1.1) == pytest.approx(0.9)


def test_a_cancel_overtakes_everything():
    pacing = Pacing(1, reserved=0)
    pacing.add(outgoing(1), Urgency.BACKGROUND)
    pacing.add(outgoing(2), Urgency.ORDER)
    pacing.add(Outgoing(CancelOrder(order_id=3), b"3"), Urgency.CANCEL)
    assert [each.data for each in pacing.due(0.0)] == [b"3"]


def test_a_flood_of_requests_leaves_room_for_orders():
    pacing = Pacing(10, reserved=3)
    for number in range(20):
        pacing.add(outgoing(number), Urgency.REQUEST)
    assert len(pacing.due(0.0)) == 7
    pacing.add(outgoing(100), Urgency.ORDER)
    assert [each.data for each in pacing.due(0.0)] == [b"100"]


def test_without_a_limit_everything_leaves_at_once():
    pacing = Pacing(None)
    for number in range(500):
        pacing.add(outgoing(number), Urgency.REQUEST)
    assert len(pacing.due(0.0)) == 500
    assert pacing.next_due(0.0) is None


def test_what_waits_is_given_back_when_the_connection_is_gone():
    pacing = Pacing(1, reserved=0)
    pacing.add(outgoing(1), Urgency.REQUEST)
    pacing.add(outgoing(2), Urgency.ORDER)
    assert [each.data for each in pacing.clear()] == [b"2", b"1"]
    assert len(pacing) == 0


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_requests_leave_however_low_the_limit_is(limit):
    pacing = Pacing(limit, reserved=5)
    pacing.add(outgoing(1), Urgency.REQUEST)
    assert [each.data for each in pacing.due(0.0)] == [b"1"]


def test_what_could_not_be_written_is_the_first_to_be_given_back():
    pacing = Pacing(10)
    for number in range(4):
        pacing.add(outgoing(number), Urgency.ORDER)
    leaving = pacing.due(0.0)[:2]
    pacing.add(outgoing(9), Urgency.CANCEL)
    pacing.put_back(leaving)
    assert [each.data for each in pacing.clear()] == [b"0", b"1", b"9"]


def order(order_id: int) -> Outgoing:
    placed = PlaceOrder(order_id=order_id, contract=Stock("AAPL"), order=LimitOrder("BUY", 1, 2.0))
    return Outgoing(placed, b"order %d" % order_id)


def test_a_cancel_does_not_overtake_the_order_that_it_is_about():
    pacing = Pacing(2, reserved=0)
    for order_id in (1, 2):
        pacing.add(order(order_id), Urgency.ORDER)
    pacing.add(Outgoing(CancelOrder(order_id=2), b"cancel 2"), Urgency.CANCEL)
    pacing.add(Outgoing(CancelOrder(order_id=7), b"cancel 7"), Urgency.CANCEL)
    left = [each.data for now in (0.0, 2.0, 4.0) for each in pacing.due(now)]
    assert left == [b"cancel 7", b"order 1", b"order 2", b"cancel 2"]


def test_a_cancel_of_everything_goes_at_once_and_again_after_orders_that_wait():
    pacing = Pacing(1, reserved=0)
    pacing.add(order(1), Urgency.ORDER)
    pacing.add(Outgoing(RequestGlobalCancel(), b"all"), Urgency.CANCEL)
    left = [each.data for now in (0.0, 2.0, 4.0) for each in pacing.due(now)]
    assert left == [b"all", b"order 1", b"all"]
    pacing.add(Outgoing(RequestGlobalCancel(), b"all"), Urgency.CANCEL)
    assert len(pacing.due(6.0)) == 1
    assert len(pacing) == 0


def test_what_keeps_a_request_back_can_be_told():
    pacing = Pacing(10, reserved=0)
    request = CancelMarketData(request_id=1)
    assert pacing.full(request, Urgency.REQUEST, 0.0) is None
    for number in range(12):
        pacing.add(outgoing(number), Urgency.REQUEST)
    pacing.due(0.0)
    full = pacing.full(request, Urgency.REQUEST, 0.5)
    assert full.limit == "10 messages a second"
    assert full.frees_in == pytest.approx(0.6)
