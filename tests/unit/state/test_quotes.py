from __future__ import annotations

import math
from decimal import Decimal

import pytest

from workstation.model import Contract, MarketDataType, Option, Stock, TickType
from workstation.protocol import catalog
from workstation.state.quote import SPARK_LENGTH
from workstation.state.session import BridgeDisconnected

AAPL = Stock("AAPL")
KEY = "AAPL STK USD"
SECOND = 1_000_000_000


@pytest.fixture
def streamed(picture, tell):
    """The quote of AAPL, streaming as request 5."""
    tell(catalog.RequestMarketData(request_id=5, contract=AAPL))
    picture.changes.take()
    return picture.quotes.get(KEY)


def price(tick_type, value, size=None, request_id=5):
    return catalog.TickPrice(
        request_id=request_id,
        tick_type=tick_type,
        price=value,
        size=None if size is None else Decimal(size),
    )


def size(tick_type, value, request_id=5):
    return catalog.TickSize(request_id=request_id, tick_type=tick_type, size=Decimal(value))


def info(code, text="…", request_id=5):
    return catalog.InfoMessage(request_id=request_id, code=code, text=text)


@pytest.mark.parametrize(
    ("tick_type", "field", "size_field"),
    [
        (1, "bid", "bid_size"),
        (2, "ask", "ask_size"),
        (4, "last", "last_size"),
        (66, "bid", "bid_size"),
        (67, "ask", "ask_size"),
        (68, "last", "last_size"),
    ],
)
def test_price_brings_its_size(streamed, tell, tick_type, field, size_field):
    tell(price(tick_type, 190.05, 300))

    assert getattr(streamed, field) == 190.05
    assert getattr(streamed, size_field) == 300


def test_price_without_size_keeps_the_size(streamed, tell):
    tell(price(1, 190.05, 300), price(1, 190.06))

    assert (streamed.bid, streamed.bid_size) == (190.06, 300)


@pytest.mark.parametrize(
    ("tick_type", "field"),
    [
        (TickType.HIGH, "high"),
        (TickType.LOW, "low"),
        (TickType.CLOSE, "close"),
        (TickType.OPEN, "open"),
        (TickType.MARK_PRICE, "mark"),
        (TickType.DELAYED_HIGH, "high"),
        (TickType.DELAYED_LOW, "low"),
        (TickType.DELAYED_CLOSE, "close"),
        (TickType.DELAYED_OPEN, "open"),
    ],
)
def test_price_tick_goes_into_its_field(streamed, tell, tick_type, field):
    tell(price(tick_type, 191.5))

    assert getattr(streamed, field) == 191.5


@pytest.mark.parametrize(
    ("tick_type", "field"),
    [
        (0, "bid_size"),
        (3, "ask_size"),
        (5, "last_size"),
        (8, "volume"),
        (22, "open_interest"),
        (27, "call_open_interest"),
        (28, "put_open_interest"),
        (86, "open_interest"),
        (89, "shortable_shares"),
        (69, "bid_size"),
        (70, "ask_size"),
        (71, "last_size"),
        (74, "volume"),
    ],
)
def test_size_tick_goes_into_its_field(streamed, tell, tick_type, field):
    tell(size(tick_type, "12.5"))

    assert getattr(streamed, field) == Decimal("12.5")


@pytest.mark.parametrize("absent", [None, -1.0, 0.0, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize(
    ("tick_type", "field"), [(1, "bid"), (2, "ask"), (4, "last"), (9, "close")]
)
def test_price_that_says_there_is_none_takes_the_old_one_away(
    streamed, tell, tick_type, field, absent
):
    tell(price(tick_type, 190.05, 300), price(tick_type, absent, 0))

    assert getattr(streamed, field) is None


def test_absent_bid_takes_its_size_away(streamed, tell):
    tell(price(1, 190.05, 300), price(1, -1.0, 0))

    assert streamed.bid_size is None


def test_negative_price_is_none_for_a_stock_whatever_its_size(streamed, tell):
    tell(price(1, -2.5, 100))

    assert streamed.bid is None


@pytest.mark.parametrize("value", [-1.0, -2.5, 0.0])
def test_spread_may_trade_at_or_below_zero(picture, tell, value):
    spread = Contract(symbol="AAPL", security_type="BAG", currency="USD")
    tell(catalog.RequestMarketData(request_id=5, contract=spread), price(1, value, 3))

    assert picture.quotes.of(spread).bid == value


def test_directions_are_those_of_the_last_tick_of_each_price(streamed, tell):
    tell(price(1, 190.0), price(2, 190.1), price(4, 190.05))
    assert (streamed.bid_direction, streamed.ask_direction, streamed.last_direction) == (0, 0, 0)

    tell(price(1, 190.02), price(2, 190.09), price(4, 190.05))
    assert (streamed.bid_direction, streamed.ask_direction, streamed.last_direction) == (1, -1, 0)


def test_first_price_after_none_has_no_direction(streamed, tell):
    tell(price(1, 190.0), price(1, -1.0, 0), price(1, 191.0))

    assert streamed.bid_direction == 0


def test_change_is_since_the_previous_close(streamed, tell):
    tell(price(9, 200.0), price(4, 190.0))

    assert streamed.change == pytest.approx(-10.0)
    assert streamed.change_percent == pytest.approx(-5.0)


def test_change_is_unknown_without_last_or_close(streamed, tell):
    tell(price(4, 190.0))
    assert (streamed.change, streamed.change_percent) == (None, None)


def test_middle_and_spread_need_both_sides(streamed, tell):
    tell(price(1, 190.0))
    assert (streamed.mid, streamed.spread) == (None, None)

    tell(price(2, 190.5))
    assert (streamed.mid, streamed.spread) == (190.25, 0.5)


def test_price_to_value_by_falls_back_from_last_to_middle_to_close(streamed, tell):
    assert streamed.price is None

    tell(price(9, 180.0))
    assert streamed.price == 180.0

    tell(price(1, 190.0), price(2, 191.0))
    assert streamed.price == 190.5

    tell(price(4, 190.7))
    assert streamed.price == 190.7


def test_delayed_ticks_say_what_they_are_before_the_bridge_does(streamed, tell):
    tell(price(1, 190.0))
    assert not streamed.is_delayed

    tell(price(66, 189.0))
    assert streamed.is_delayed
    assert streamed.bid == 189.0


@pytest.mark.parametrize(
    "message",
    [
        size(74, 100),
        catalog.TickString(request_id=5, tick_type=88, value="1700000000"),
        catalog.TickOptionComputation(request_id=5, tick_type=83, delta=0.5),
    ],
)
def test_every_kind_of_delayed_tick_marks_the_quote(streamed, tell, message):
    tell(message)

    assert streamed.market_data_type == MarketDataType.DELAYED


@pytest.mark.parametrize("tick_type", [86, 89])
def test_live_ticks_with_high_numbers_are_not_delayed(streamed, tell, tick_type):
    tell(size(tick_type, 100))

    assert not streamed.is_delayed


def test_bridge_says_how_fresh_quotes_are(picture, streamed, tell):
    tell(catalog.MarketDataType(request_id=5, market_data_type=4))

    assert streamed.is_delayed
    assert streamed.is_frozen
    assert picture.changes.take().quotes == {KEY}


def test_delayed_tick_does_not_thaw_a_frozen_quote(streamed, tell):
    tell(catalog.MarketDataType(request_id=5, market_data_type=4), price(66, 189.0))

    assert streamed.market_data_type == MarketDataType.DELAYED_FROZEN


@pytest.mark.parametrize(
    ("value", "halted"), [(1.0, True), (2.0, True), (0.0, False), (-1.0, False)]
)
def test_halt_is_noted(streamed, tell, value, halted):
    tell(catalog.TickGeneric(request_id=5, tick_type=49, value=value))

    assert streamed.halted is halted


def test_volatilities_are_kept(streamed, tell):
    tell(
        catalog.TickGeneric(request_id=5, tick_type=23, value=0.21),
        catalog.TickGeneric(request_id=5, tick_type=24, value=0.25),
    )

    assert (streamed.historical_volatility, streamed.implied_volatility) == (0.21, 0.25)


@pytest.mark.parametrize(
    ("text", "seconds"), [("1763900000", 1_763_900_000), ("", None), ("x", None)]
)
def test_time_of_the_last_trade(streamed, tell, text, seconds):
    tell(catalog.TickString(request_id=5, tick_type=45, value=text))

    assert streamed.last_trade_time == seconds


def test_parameters_of_the_stream_are_kept(streamed, tell):
    tell(catalog.TickRequestParams(request_id=5, min_tick=0.01, bbo_exchange="9c0001"))

    assert (streamed.min_tick, streamed.bbo_exchange) == (0.01, "9c0001")


@pytest.mark.parametrize(
    ("tick_type", "field"),
    [
        (10, "bid_computation"),
        (11, "ask_computation"),
        (12, "last_computation"),
        (13, "model_computation"),
        (80, "bid_computation"),
        (81, "ask_computation"),
        (82, "last_computation"),
        (83, "model_computation"),
    ],
)
def test_option_computation_is_kept_whole(streamed, tell, tick_type, field):
    computed = catalog.TickOptionComputation(
        request_id=5, tick_type=tick_type, implied_volatility=0.3, delta=0.52
    )
    tell(computed)

    assert getattr(streamed, field) == computed


@pytest.mark.parametrize(("right", "interest"), [("C", 1200), ("P", 900)])
def test_open_interest_of_an_option_is_that_of_its_side(picture, tell, right, interest):
    option = Option("AAPL", "20270115", 190.0, right)
    tell(catalog.RequestMarketData(request_id=5, contract=option), size(27, 1200), size(28, 900))

    assert picture.quotes.of(option).open_interest == interest


@pytest.mark.parametrize(
    "message",
    [
        price(999, 1.0),
        size(999, 1),
        catalog.TickGeneric(request_id=5, tick_type=999, value=1.0),
        catalog.TickString(request_id=5, tick_type=999, value="1"),
        catalog.TickOptionComputation(request_id=5, tick_type=999),
    ],
)
def test_unknown_tick_type_changes_nothing(picture, streamed, tell, message):
    tell(message)

    assert streamed.time_ns == 0
    assert not picture.changes.take()


@pytest.mark.parametrize(
    "message",
    [
        price(1, 1.0, 1, request_id=6),
        size(0, 1, request_id=6),
        catalog.TickGeneric(request_id=6, tick_type=49, value=1.0),
        catalog.TickString(request_id=6, tick_type=45, value="1"),
        catalog.TickOptionComputation(request_id=6, tick_type=13),
        catalog.TickRequestParams(request_id=6, min_tick=0.01),
        catalog.MarketDataType(request_id=6, market_data_type=3),
        catalog.TickSnapshotEnd(request_id=6),
        catalog.CancelMarketData(request_id=6),
    ],
)
def test_tick_of_a_request_nobody_made_is_ignored(picture, streamed, tell, message):
    tell(message)

    assert not picture.changes.take()
    assert picture.quotes.all() == (streamed,)


def test_tick_marks_its_quote_changed_once(picture, streamed, tell):
    tell(price(1, 190.0), price(2, 190.1), size(0, 5))

    assert picture.changes.take().quotes == {streamed.key}
    assert not picture.changes.take()


def test_age_is_that_of_the_last_tick(streamed, tell):
    assert streamed.age_seconds(99 * SECOND) is None

    tell(price(1, 190.0), at=100 * SECOND)
    assert streamed.age_seconds(102 * SECOND + SECOND // 2) == 2.5
    assert streamed.age_seconds(99 * SECOND) == 0


# Lines


def test_ticks_after_a_cancel_are_ignored_and_the_values_stay(streamed, tell):
    tell(price(1, 190.0), catalog.CancelMarketData(request_id=5), price(1, 191.0))

    assert streamed.bid == 190.0
    assert not streamed.has_line


def test_quote_has_a_line_while_any_stream_lives(picture, streamed, tell):
    tell(catalog.RequestMarketData(request_id=6, contract=AAPL))
    assert picture.quotes.of_request(6) is streamed

    tell(catalog.CancelMarketData(request_id=5))
    assert streamed.has_line

    tell(catalog.CancelMarketData(request_id=6))
    assert not streamed.has_line


def test_cancelling_twice_does_not_end_anothers_stream(streamed, tell):
    tell(
        catalog.RequestMarketData(request_id=6, contract=AAPL),
        catalog.CancelMarketData(request_id=5),
        catalog.CancelMarketData(request_id=5),
    )

    assert streamed.has_line


def test_snapshot_is_no_line_and_ends_by_itself(picture, tell):
    tell(
        catalog.RequestMarketData(request_id=9, contract=AAPL, snapshot=True), price(1, 190.0, 1, 9)
    )
    quote = picture.quotes.get(KEY)
    assert not quote.has_line

    tell(catalog.TickSnapshotEnd(request_id=9), price(1, 191.0, 1, 9))
    assert quote.bid == 190.0


def test_request_id_used_again_moves_to_the_new_contract(picture, streamed, tell):
    tell(catalog.RequestMarketData(request_id=5, contract=Stock("MSFT")), price(1, 400.0))

    assert streamed.bid is None
    assert not streamed.has_line
    assert picture.quotes.get("MSFT STK USD").bid == 400.0


def test_contract_id_alone_finds_the_quote_once_details_are_known(picture, streamed, tell):
    from workstation.model import ContractDetails

    known = Contract(contract_id=265598, symbol="AAPL", security_type="STK", currency="USD")
    tell(
        catalog.ContractData(request_id=1, details=ContractDetails(contract=known)),
        catalog.RequestMarketData(request_id=6, contract=Contract(contract_id=265598)),
    )

    assert picture.quotes.of_request(6) is streamed


@pytest.mark.parametrize("code", [101, 200, 354, 10168])
def test_refused_request_has_no_line_and_says_why(picture, streamed, tell, code):
    tell(info(code, "no"))

    assert streamed.problem == (code, "no")
    assert not streamed.has_line
    assert picture.changes.take().quotes == {KEY}


@pytest.mark.parametrize("code", [10090, 10167, 10197])
def test_remark_that_is_no_refusal_leaves_the_line(streamed, tell, code):
    tell(info(code, "delayed"), price(66, 189.0))

    assert streamed.problem == (code, "delayed")
    assert streamed.has_line
    assert streamed.bid == 189.0


def test_asking_again_forgets_the_problem(streamed, tell):
    tell(info(101), catalog.RequestMarketData(request_id=6, contract=AAPL))

    assert streamed.problem is None
    assert streamed.has_line


# Staleness


@pytest.mark.parametrize("code", [1100, 2110, 2103, 1101])
def test_broken_feed_makes_quotes_stale_until_their_next_tick(picture, streamed, tell, code):
    tell(price(1, 190.0))
    picture.changes.take()

    tell(info(code, "Market data farm connection is broken:usfarm", -1))
    assert streamed.stale
    assert KEY in picture.changes.take().quotes

    tell(catalog.RequestMarketData(request_id=6, contract=AAPL), price(1, 190.0, request_id=6))
    assert not streamed.stale


def test_restored_link_leaves_quotes_stale_until_they_tick(streamed, tell):
    tell(price(1, 190.0), info(1100, request_id=-1), info(1102, request_id=-1))
    assert streamed.stale
    assert streamed.has_line

    tell(size(0, 5))
    assert not streamed.stale


def test_lost_data_ends_every_line(streamed, tell):
    tell(price(1, 190.0), info(1101, request_id=-1))

    assert not streamed.has_line


def test_quote_without_any_value_does_not_become_stale(streamed, tell):
    tell(info(1100, request_id=-1))

    assert not streamed.stale


def test_lost_connection_ends_lines_and_makes_values_stale(picture, streamed, tell):
    tell(price(66, 190.0), BridgeDisconnected(reason="gone"), price(1, 191.0))

    assert not streamed.has_line
    assert streamed.stale
    assert streamed.bid == 190.0
    assert not streamed.is_delayed
    assert picture.changes.take().quotes == {KEY}


# Spark


def test_spark_samples_at_intervals_and_keeps_the_last_one_live(streamed, tell):
    for second, value in [(100, 1.0), (103, 2.0), (109, 3.0), (110, 4.0), (111, 5.0)]:
        tell(price(4, value), at=second * SECOND)

    assert list(streamed.spark) == [3.0, 5.0]


def test_spark_follows_the_middle_while_nothing_traded(streamed, tell):
    tell(price(1, 10.0), price(2, 12.0), at=100 * SECOND)
    assert list(streamed.spark) == [11.0]

    tell(price(4, 11.5), price(1, 11.0), at=101 * SECOND)
    assert list(streamed.spark) == [11.5]


def test_spark_is_bounded(streamed, tell):
    for number in range(SPARK_LENGTH + 5):
        tell(price(4, 1.0 + number), at=(100 + 10 * number) * SECOND)

    assert len(streamed.spark) == SPARK_LENGTH
    assert streamed.spark[-1] == SPARK_LENGTH + 5
