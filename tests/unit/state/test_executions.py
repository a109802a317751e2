from __future__ import annotations

from decimal import Decimal

import pytest

from workstation.model import CommissionReport, Execution, Stock
from workstation.protocol import catalog
from workstation.state.changes import OrderKey
from workstation.state.executions import split_execution_id


def fill(execution_id, shares=100, price=190.0, order_id=5, **more):
    execution = Execution(
        execution_id=execution_id,
        order_id=order_id,
        client_id=7,
        shares=Decimal(shares),
        price=price,
        **more,
    )
    return catalog.ExecutionData(request_id=-1, contract=Stock("AAPL"), execution=execution)


def commission(execution_id, amount=1.0):
    report = CommissionReport(execution_id=execution_id, commission=amount, currency="USD")
    return catalog.CommissionReport(report=report)


@pytest.mark.parametrize(
    ("execution_id", "parts"),
    [
        ("0000e0d5.65a1.01.02", ("0000e0d5.65a1.01", 2)),
        ("0000e0d5.65a1.01.10", ("0000e0d5.65a1.01", 10)),
        ("plain", ("plain", 0)),
        ("a.b", ("a.b", 0)),
        ("", ("", 0)),
    ],
)
def test_id_is_the_fill_and_its_correction(execution_id, parts):
    assert split_execution_id(execution_id) == parts


def test_fill_is_kept_with_its_order_and_instrument(picture, tell):
    tell(fill("e.1.01"))

    (known,) = picture.executions.all()
    assert known.fill_id == "e.1"
    assert known.instrument == "AAPL STK USD"
    assert picture.executions.of_order(OrderKey(7, 5)) == (known,)
    assert picture.changes.take().executions == {"e.1"}


def test_repeat_changes_nothing(picture, tell):
    tell(fill("e.1.01"))
    known = picture.executions.get("e.1")
    picture.changes.take()

    tell(fill("e.1.01"))

    assert picture.executions.get("e.1") is known
    assert not picture.changes.take()


def test_correction_replaces(picture, tell):
    tell(fill("e.1.01", price=190.0), commission("e.1.01"), fill("e.1.02", price=191.0))

    (known,) = picture.executions.all()
    assert known.execution.price == 191.0
    assert known.revision == 2
    assert known.commission.commission == 1.0
    assert picture.executions.executed(OrderKey(7, 5)) == 100


def test_correction_counts_by_number_not_by_text(picture, tell):
    tell(fill("e.1.9", price=9.0), fill("e.1.10", price=10.0))

    assert picture.executions.get("e.1").execution.price == 10.0


def test_late_original_does_not_undo_its_correction(picture, tell):
    tell(fill("e.1.02", price=191.0), fill("e.1.01", price=190.0))

    assert picture.executions.get("e.1").execution.price == 191.0


@pytest.mark.parametrize("commission_first", [True, False])
def test_commission_joins_its_fill_whichever_comes_first(picture, tell, commission_first):
    news = [commission("e.1.01", 1.25), fill("e.1.01")]
    tell(*(news if commission_first else reversed(news)))

    assert picture.executions.get("e.1").commission.commission == 1.25


def test_repeated_commission_changes_nothing(picture, tell):
    tell(fill("e.1.01"), commission("e.1.01"))
    picture.changes.take()

    tell(commission("e.1.01"))

    assert not picture.changes.take()


@pytest.mark.parametrize("fill_first", [True, False])
def test_commission_of_an_earlier_correction_does_not_replace_a_later_one(
    picture, tell, fill_first
):
    news = [commission("e.1.02", 2.0), commission("e.1.01", 1.0)]
    tell(*([fill("e.1.02"), *news] if fill_first else [*news, fill("e.1.02")]))

    assert picture.executions.get("e.1").commission.commission == 2.0


def test_fills_add_up_for_their_order_alone(picture, tell):
    tell(fill("e.1.01", 40), fill("e.2.01", 60), fill("e.3.01", 7, order_id=6))

    assert picture.executions.executed(OrderKey(7, 5)) == 100
    assert picture.executions.executed(OrderKey(7, 6)) == 7
    assert picture.executions.executed(OrderKey(7, 99)) == 0


def test_fill_of_an_order_typed_into_the_bridge_is_told_by_its_lasting_number(picture, tell):
    tell(fill("e.1.01", order_id=0, permanent_id=31))

    assert picture.executions.get("e.1").order == OrderKey(7, 0, 31)
