"""Descriptions agree with what is compiled, and compiled code can be read where it fails."""

from __future__ import annotations

import re
import traceback

import pytest

from workstation.errors import DecodeError, EncodeError
from workstation.model import Contract
from workstation.protocol import catalog
from workstation.protocol.codecs import Unset
from workstation.protocol.coders import encoder_for
from workstation.protocol.connection import decode_payload
from workstation.protocol.description import coverage, describe, describe_all
from workstation.protocol.message import INBOUND, REQUESTS, Direction
from workstation.protocol.source import assigned

DECLARATIONS = [*REQUESTS.values(), *INBOUND.values()]
OFF_THE_WIRE = "value"
"""Type of a row that tells of a value which older versions refuse."""


def carried(declaration, version):
    """Names of the fields that a description has at a version, without their paths."""
    return {
        name.rsplit(".", 1)[-1].removesuffix("[]")
        for field in describe(declaration).fields
        for name in field.name.split(", ")
        if field.name and field.type != OFF_THE_WIRE
        if (field.since or 0) <= version < (field.until or 999)
    }


@pytest.mark.parametrize("version", [100, 110, 130, 150, 165, 180, 196, 200])
@pytest.mark.parametrize("declaration", DECLARATIONS, ids=lambda each: each.name)
def test_a_description_has_the_fields_that_the_coders_of_a_version_have(declaration, version):
    compiled = {reference.name for reference in assigned(declaration.layout, version, deep=True)}
    assert carried(declaration, version) == compiled


def test_fields_are_told_in_the_order_of_the_wire():
    names = [field.name for field in describe(catalog.TickPrice.declaration).fields]
    assert names == ["", "request_id", "tick_type", "price", "size", "attributes"]


def test_conditions_kinds_and_flags_are_told():
    fields = {field.name: field for field in describe(catalog.PlaceOrder.declaration).fields}
    assert fields["contract.combo_legs[].ratio"].condition == "contract.security_type is BAG"
    assert fields["order.conditions[]"].type == "kind"
    assert "the kind is 1" in fields["order.conditions[].trigger_method"].condition
    assert fields["contract.delta_neutral_contract"].type == "flag"


def test_a_text_that_is_only_spelled_differently_is_told_once():
    names = [field.name for field in describe(catalog.InfoMessage.declaration).fields]
    assert names.count("text") == 1


def test_every_message_says_what_it_is_about():
    assert [each.name for each in describe_all() if not each.about] == []


def test_coverage_counts():
    assert coverage().startswith(f"{len(REQUESTS)} requests and {len(INBOUND)} inbound messages")


def test_a_traceback_shows_the_line_of_the_decoder_that_failed():
    with pytest.raises(DecodeError) as caught:
        decode_payload(["1", "6", "7", "1", "x", "", "0"], Direction.IN, 200)
    lines = "".join(traceback.format_exception(caught.value))
    assert re.search(r"<tick_price decoder at \d+>", lines)
    assert "number_from(m_price)" in lines


def test_a_traceback_shows_the_line_of_the_encoder_that_failed():
    message = catalog.RequestContractData(request_id=1, contract=Contract(strike="x"))
    for unset in (Unset.ZERO, None, Unset.LITERAL):
        encoder_for(message.declaration, 200, unset)(
            catalog.RequestContractData(request_id=1, contract=Contract())
        )
    with pytest.raises(EncodeError) as caught:
        encoder_for(message.declaration, 200)(message)
    lines = "".join(traceback.format_exception(caught.value))
    assert "<request_contract_data traced encoder at 200>" in lines
    assert "m_contract.strike" in lines


def test_a_value_that_left_the_protocol_is_told_with_the_version():
    fields = describe(catalog.RequestFinancialAdvisor.declaration).fields
    (left,) = (each for each in fields if each.type == "value")
    assert (left.name, left.until) == ("data_type", 177)
