"""Full messages, value for value as ib_async reads them, where it speaks the version."""

from __future__ import annotations

import math
import sys

import pytest
from witnesses import requests
from witnesses.callbacks import READERS
from witnesses.differences import Difference, differences
from witnesses.inbound import declarations, full_row
from witnesses.orders import CONTRACTS_AND_ORDERS
from witnesses.places import carried
from witnesses.rows import in_order

from workstation.model import Contract, ContractDetails, Execution
from workstation.model.orders import MarginCondition
from workstation.protocol import catalog
from workstation.protocol.codecs import fields_of
from workstation.protocol.coders import decoder_for, encoder_for
from workstation.protocol.message import INBOUND, REQUESTS

official = pytest.importorskip("witnesses.official", reason="needs the official client")
second = pytest.importorskip("witnesses.ib_async_client", reason="needs ib_async")

VERSIONS = (157, 160, 163, 164, 170, 176, 177, 178)

UNLIKE = {
    catalog.TickPrice: "told in one call with its size",
    catalog.InfoMessage: "told without the time",
    catalog.BondContractData: "it reads the coupon as a whole number and breaks",
    catalog.VerifyCompleted: "it reads the word for yes or no as a number and breaks",
    catalog.VerifyAndAuthCompleted: "the same",
    catalog.HistogramData: "it reads sizes as whole numbers and breaks",
}
"""Messages that it tells so differently that only the official client is asked about them."""

MESSAGES = [
    each.cls for each in INBOUND.values() if each.since <= max(VERSIONS) and each.cls not in UNLIKE
]

UNLIKE_REQUESTS = {
    catalog.PlaceOrder: "compared below, order by order",
    catalog.StartApi: "made by its connection itself",
    catalog.ExerciseOptions: "it does not know what version 180 brought",
    catalog.CalculateImpliedVolatility: "it counts the options, which the official client does not",
    catalog.CalculateOptionPrice: "the same",
}
"""Requests about which only the official client is asked."""

REQUESTED = [
    each.cls
    for each in REQUESTS.values()
    if each.since <= max(VERSIONS) and each.cls not in UNLIKE_REQUESTS
]

LEFT_OUT = {
    (Execution, "time"): "made a moment of time",
    (ContractDetails, "time_zone_id"): "overwritten by the zone of the expiry",
    (ContractDetails, "last_trade_time_zone"): "stored as the zone of the contract",
}
"""Fields that it reads into something else."""

SPECIAL = {
    (Execution, "time"): "20261123 10:00:00",
    # It reads the cushion as a whole number.
    (MarginCondition, "percent"): 30,
    (Contract, "security_type"): "OPT",
}


def matters(difference: Difference) -> bool:
    """Whether both told a value and the two are not equal; it has floats for sizes."""
    if difference.place in LEFT_OUT or difference.theirs is None:
        return False
    if difference.ours is None:
        return difference.theirs not in {0, sys.float_info.max}
    try:
        return float(difference.ours) != float(difference.theirs)
    except ValueError:
        return True


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("message", MESSAGES)
def test_full_messages_have_the_values_that_ib_async_reads(message, version):
    if version < message.declaration.since:
        assert message.declaration not in declarations(version)
        return
    for flags in (True, False):
        row = full_row(message, version, flags=flags, fixed=SPECIAL)
        payload = encoder_for(message.declaration, version)(row)
        ours = decoder_for(message.declaration, version)(fields_of(payload)[:-1])
        theirs = READERS[message](second.heard(payload, version))
        assert list(filter(matters, differences(in_order(ours), theirs))) == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("message", REQUESTED, ids=lambda each: each.declaration.name)
def test_requests_go_out_as_ib_async_sends_them(message, version):
    if version < message.declaration.since:
        assert message.declaration not in requests.declarations(version)
        return
    for title, row in requests.full_rows(message, version):
        payload = encoder_for(message.declaration, version)(row)
        assert payload == second.sent(row, version, official.CALLS), title


@pytest.mark.parametrize("version", [157, 176, 178])
@pytest.mark.parametrize("name", CONTRACTS_AND_ORDERS)
def test_orders_that_ib_async_sends_are_read(name, version):
    contract, order, since = CONTRACTS_AND_ORDERS[name]
    if version < since or order.compete_against_best_offset == math.inf:
        # It spells infinity as a word that is no number.
        assert since > 157
        return
    payload = second.order_sent(contract, order, version)
    read = decoder_for(catalog.PlaceOrder.declaration, version)(fields_of(payload)[:-1])
    placed = catalog.PlaceOrder(order_id=17, contract=contract, order=order)
    expected = carried(placed, version)
    found = [each for each in differences(read, expected) if each.path != "contract.strike"]
    assert found == []
    assert read.contract.strike == (contract.strike or 0.0)
