"""How often the past may be asked for."""

from __future__ import annotations

import pytest

from workstation.clients.history_limits import HistoryLimits
from workstation.clients.pacing import Outgoing, Pacing, Urgency
from workstation.model import Stock
from workstation.protocol.catalog import (
    RequestContractData,
    RequestHistoricalData,
    RequestHistoricalTicks,
)


def bars(request_id=1, symbol="AAPL", **more):
    fields = {"bar_size": "1 day", "duration": "1 Y", **more}
    return RequestHistoricalData(request_id=request_id, contract=Stock(symbol), **fields)


@pytest.fixture
def limits():
    return HistoryLimits()


def send(limits, request, now):
    """Whether it may leave; if so it does, and is answered at once."""
    full = limits.full(request, now)
    if full is None:
        limits.sent(request, now)
        limits.over(request.request_id)
    return full


def test_an_identical_request_waits_fifteen_seconds(limits):
    assert send(limits, bars(1), 100.0) is None
    full = send(limits, bars(2), 104.0)
    assert full.frees_in == pytest.approx(11.0)
    assert "identical" in full.limit
    assert send(limits, bars(3, duration="2 Y"), 104.0) is None
    assert send(limits, bars(4), 115.0) is None


def test_of_one_instrument_five_leave_in_two_seconds(limits):
    for number in range(5):
        assert send(limits, bars(number, duration=f"{number + 1} D"), 10.0 + number / 10) is None
    full = send(limits, bars(9, duration="9 D"), 10.5)
    assert full.frees_in == pytest.approx(1.5)
    assert send(limits, bars(10, symbol="MSFT"), 10.5) is None
    assert send(limits, bars(9, duration="9 D"), 12.0) is None


def test_sixty_requests_for_small_bars_leave_in_ten_minutes(limits):
    for number in range(60):
        request = bars(number, symbol=f"S{number}", bar_size="5 secs", duration="60 S")
        assert send(limits, request, float(number)) is None
    small = bars(99, symbol="X", bar_size="5 secs", duration="60 S")
    assert send(limits, small, 60.0).frees_in == pytest.approx(540.0)
    assert send(limits, bars(98, symbol="X"), 60.0) is None
    assert send(limits, small, 600.0) is None


def test_bids_and_asks_count_twice(limits):
    for number in range(30):
        request = RequestHistoricalTicks(
            request_id=number, contract=Stock(f"S{number}"), what_to_show="BID_ASK"
        )
        assert send(limits, request, float(number)) is None
    small = bars(99, symbol="X", bar_size="1 secs", duration="60 S")
    assert "ten minutes" in send(limits, small, 40.0).limit


def test_fifty_may_be_open_until_one_is_answered(limits):
    for number in range(50):
        limits.sent(bars(number, symbol=f"S{number}"), 0.0)
    assert limits.full(bars(99, symbol="X"), 100.0).frees_in is None
    limits.over(7)
    assert limits.full(bars(99, symbol="X"), 100.0) is None


def test_other_requests_pass(limits):
    request = RequestContractData(request_id=1, contract=Stock("AAPL"))
    for now in range(100):
        assert send(limits, request, now / 100) is None


def test_a_request_that_waits_holds_back_its_like_only():
    pacing = Pacing(45, history=HistoryLimits())
    requests = [bars(1), bars(2), RequestContractData(request_id=3, contract=Stock("AAPL"))]
    for request in requests:
        pacing.add(Outgoing(request, b"%d" % request.request_id), Urgency.REQUEST)
    assert [each.data for each in pacing.due(0.0)] == [b"1", b"3"]
    assert len(pacing) == 1
    assert pacing.next_due(0.0) == pytest.approx(15.0)
    assert pacing.due(14.9) == []
    assert [each.data for each in pacing.due(15.0)] == [b"2"]


def test_a_request_that_waits_can_be_given_up():
    pacing = Pacing(45, history=HistoryLimits())
    for request_id in (1, 2):
        pacing.add(Outgoing(bars(request_id), b"x"), Urgency.REQUEST)
    pacing.due(0.0)
    assert not pacing.withdraw(1)
    assert pacing.withdraw(2)
    assert len(pacing) == 0
