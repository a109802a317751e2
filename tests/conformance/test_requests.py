"""Requests, byte for byte as the official client sends them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from witnesses.differences import GIVEN_UP_THERE
from witnesses.orders import CONTRACTS_AND_ORDERS
from witnesses.requests import full_rows, rows, too_new_rows

from workstation.errors import EncodeError, UnsupportedByVersion
from workstation.model import LimitOrder, Stock
from workstation.protocol import catalog
from workstation.protocol.coders import encoder_for
from workstation.protocol.message import REQUESTS, Request
from workstation.protocol.versions import HIGHEST_VERSION, LOWEST_VERSION

official = pytest.importorskip("witnesses.official", reason="needs the official client")

VERSIONS = (100, 124, 148, 157, 176, 187, 200)
EVERY_VERSION = range(LOWEST_VERSION, HIGHEST_VERSION + 1)
MESSAGES = [each.cls for each in REQUESTS.values() if each.cls not in GIVEN_UP_THERE]

DROPPED_THERE = {
    (catalog.RequestHistoricalData, "keep_up_to_date"),
    (catalog.RequestMarketData, "regulatory_snapshot"),
    *(
        (catalog.PlaceOrder, f"order.{name}")
        for name in (
            "adjustable_trailing_unit",
            "adjusted_order_type",
            "adjusted_stop_limit_price",
            "adjusted_stop_price",
            "adjusted_trailing_amount",
            "cash_quantity",
            "conditions",
            "conditions_cancel_order",
            "conditions_ignore_regular_hours",
            "discretionary_up_to_limit_price",
            "is_pegged_change_amount_decrease",
            "limit_price_offset",
            "pegged_change_amount",
            "reference_change_amount",
            "reference_contract_id",
            "reference_exchange",
            "trigger_price",
            "use_price_management_algo",
        )
    ),
}
"""Where the official client sends a request without what the version can not carry, and says
nothing (cash quantity 0 and algo False among them). Here such a request is refused: an order that
lost a condition is another order."""

SILENT_THERE = {catalog.RequestTickByTickData: range(137, 140)}
"""Versions that have a request which the witness does not send: it asks for what 140 brought."""

SENT_TOO_EARLY_THERE = {catalog.RequestCompletedOrders}
"""Requests that the witness also sends to Bridges that do not know them."""

UNSAID = {(catalog.ReplaceFinancialAdvisor, "request_id")}
"""Ids that an old version has no place for; they are ours, so nothing the caller asked is lost."""


def ours(message: Request, version: int) -> bytes:
    return encoder_for(message.declaration, version)(message)


def mismatches(cases, version: int) -> list[tuple[object, ...]]:
    """Cases in which the two payloads differ, with the fields that do."""
    found: list[tuple[object, ...]] = []
    for title, message in cases:
        there, here = official.sent(message, version), ours(message, version)
        if there != here:
            pairs = zip(there.split(b"\0"), here.split(b"\0"), strict=False)
            fields = [(i, *pair) for i, pair in enumerate(pairs) if pair[0] != pair[1]]
            found.append((title, version, fields[:5], there.count(b"\0"), here.count(b"\0")))
    return found


def rows_of_every_version(message: type[Request], version: int):
    """Every row of a request; of orders the full ones, since realistic ones go out besides."""
    return full_rows(message, version) if message is catalog.PlaceOrder else rows(message, version)


def test_the_witness_knows_how_to_send_every_request():
    assert set(official.CALLS) == set(MESSAGES)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("message", MESSAGES)
def test_every_field_stands_where_the_witness_puts_it(message, version):
    if version < message.declaration.since:
        with pytest.raises(UnsupportedByVersion):
            ours(next(full_rows(message, version))[1], version)
        return
    cases = list(rows(message, version))
    assert len(cases) >= 3
    assert mismatches(cases, version) == []


@pytest.mark.parametrize("message", MESSAGES)
def test_every_version_has_the_fields_that_the_witness_sends(message):
    for version in EVERY_VERSION:
        if version in SILENT_THERE.get(message, ()):
            with pytest.raises(official.Silence):
                official.sent(next(full_rows(message, version))[1], version)
        elif version >= message.declaration.since:
            assert mismatches(rows_of_every_version(message, version), version) == []


@pytest.mark.parametrize("message", MESSAGES)
def test_the_witness_too_has_nothing_to_send_below_the_first_version(message):
    since = message.declaration.since
    if message in SENT_TOO_EARLY_THERE:
        assert official.sent(next(full_rows(message, since))[1], since - 1)
    elif since > LOWEST_VERSION:
        with pytest.raises(official.Silence):
            official.sent(next(full_rows(message, since))[1], since - 1)


@pytest.mark.parametrize("name", CONTRACTS_AND_ORDERS)
def test_orders_go_out_as_the_witness_sends_them_at_every_version(name):
    contract, order, since = CONTRACTS_AND_ORDERS[name]
    message = catalog.PlaceOrder(order_id=17, contract=contract, order=order)
    for version in EVERY_VERSION:
        if version >= since:
            assert mismatches([(name, message)], version) == []
            continue
        with pytest.raises(
            EncodeError, match=r"^place_order\.order\.[\w.]+: .* server version \d+"
        ):
            ours(message, version)


def test_there_are_four_hundred_inputs_that_are_compared_at_every_version():
    payloads = {
        ours(message, HIGHEST_VERSION)
        for each in MESSAGES
        for _, message in rows_of_every_version(each, HIGHEST_VERSION)
    }
    orders = {
        ours(catalog.PlaceOrder(order_id=17, contract=contract, order=order), HIGHEST_VERSION)
        for contract, order, _ in CONTRACTS_AND_ORDERS.values()
    }
    assert len(orders) >= 170
    assert len(payloads | orders) >= 400


@pytest.mark.parametrize("version", EVERY_VERSION)
def test_what_the_witness_refuses_for_an_old_version_is_refused_here(version):
    for message in MESSAGES:
        if version < message.declaration.since:
            continue
        for path, row in too_new_rows(message, version):
            if (message, path) in UNSAID:
                assert ours(row, version) == official.sent(row, version)
                continue
            with pytest.raises(EncodeError):
                ours(row, version)
            name = ".".join(path.split(".")[:2])
            if (message, name) in DROPPED_THERE:
                continue
            with pytest.raises(official.Silence):
                official.sent(row, version)


def test_what_is_said_to_be_dropped_there_is_dropped_there():
    dropped = set()
    for message in {message for message, _ in DROPPED_THERE}:
        for path, row in too_new_rows(message, LOWEST_VERSION):
            try:
                official.sent(row, LOWEST_VERSION)
            except official.Silence:
                continue
            dropped.add((message, ".".join(path.split(".")[:2])))
    assert dropped == DROPPED_THERE


def test_a_fraction_is_refused_where_the_witness_cuts_it_off():
    order = LimitOrder("BUY", Decimal("10.5"), 3.0)
    message = catalog.PlaceOrder(order_id=1, contract=Stock("AAPL"), order=order)
    assert b"\x0010\x00LMT\x00" in official.sent(message, 100)
    with pytest.raises(EncodeError, match=r"total_quantity: 10\.5 is not a whole number"):
        ours(message, 100)
    assert ours(message, 101) == official.sent(message, 101)


@pytest.mark.parametrize("quantity", ["0.00000001", "1E+3"])
def test_a_size_is_spelled_without_the_exponent_that_the_witness_writes(quantity):
    order = LimitOrder("BUY", Decimal(quantity), 3.0)
    message = catalog.PlaceOrder(order_id=1, contract=Stock("AAPL"), order=order)
    there = official.sent(message, 200).split(b"\0")
    here = ours(message, 200).split(b"\0")
    (place,) = (at for at, (a, b) in enumerate(zip(there, here, strict=True)) if a != b)
    assert b"E" in there[place]
    assert b"E" not in here[place]
    assert Decimal(there[place].decode()) == Decimal(here[place].decode())


def test_bars_of_schedules_are_refused_below_the_version_that_has_them():
    message = catalog.RequestHistoricalData(
        request_id=1, contract=Stock("AAPL"), what_to_show="SCHEDULE"
    )
    with pytest.raises(official.Silence):
        official.sent(message, 164)
    with pytest.raises(UnsupportedByVersion, match="what_to_show"):
        ours(message, 164)
    assert ours(message, 165) == official.sent(message, 165)


@pytest.mark.parametrize("text", ["Zürich", "日本", "bell\x07", "nul\0", "\x7f", "\x1b[31m"])
def test_text_that_the_witness_refuses_is_refused_here(text):
    message = catalog.RequestMatchingSymbols(request_id=1, pattern=text)
    with pytest.raises(official.Silence):
        official.sent(message, 200)
    with pytest.raises(EncodeError, match=r"request_matching_symbols\.pattern"):
        ours(message, 200)


@pytest.mark.parametrize("text", ["", "AAPL", "tab\tline\ncarriage\r", "~ !\"#$%&'()*+,-./\\"])
def test_text_that_the_witness_sends_is_sent_here(text):
    message = catalog.RequestMatchingSymbols(request_id=1, pattern=text)
    assert ours(message, 200) == official.sent(message, 200)


@pytest.mark.parametrize("make", [catalog.RequestFinancialAdvisor, catalog.ReplaceFinancialAdvisor])
def test_profiles_of_advisors_are_refused_from_the_version_that_gave_them_up(make):
    rest = {"xml": "<a/>"} if make is catalog.ReplaceFinancialAdvisor else {}
    message = make(data_type=2, **rest)
    assert ours(message, 176) == official.sent(message, 176)
    with pytest.raises(official.Silence):
        official.sent(message, 177)
    with pytest.raises(EncodeError, match=r"data_type: 2 left the protocol .* 177"):
        ours(message, 177)
