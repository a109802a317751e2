from __future__ import annotations

import math
from decimal import Decimal

import pandas as pd
import pytest

from workstation.errors import InvalidValue
from workstation.model import Call, Contract, Option, Order, Stock, changed
from workstation.model.orders import (
    AccumulateDistributeOrder,
    AdaptiveOrder,
    AdjustedStopOrder,
    AlgoOrder,
    ArrivalPriceOrder,
    AuctionLimitOrder,
    AuctionOrder,
    AuctionRelativeOrder,
    BlockOrder,
    BoxTopOrder,
    CashOrder,
    ConditionalOrder,
    DarkIceOrder,
    DeltaNeutralOrder,
    DiscretionaryOrder,
    LimitOnOpenOrder,
    LimitOrder,
    MarketOrder,
    MidpriceOrder,
    PeggedToBenchmarkOrder,
    PeggedToBestOrder,
    PeggedToMidpointOrder,
    PeggedToStockOrder,
    PercentOfVolumeOrder,
    RelativeOrder,
    ScaleOrder,
    StopLimitOrder,
    StopOrder,
    StopWithProtectionOrder,
    TrailingLimitOrder,
    TrailingStopOrder,
    TwapOrder,
    VolatilityOrder,
    VwapOrder,
    change_above,
    margin_cushion_above,
    price_above,
    price_below,
    time_after,
    time_before,
    trade_in,
    volume_below,
)

LIMIT = LimitOrder("BUY", 100, 190.0)
STOP = StopOrder("SELL", 100, 180.0)
KNOWN = Contract(contract_id=265598, symbol="AAPL", security_type="STK", exchange="SMART")
BENCHMARK = {
    "reference_contract_id": 1,
    "reference_exchange": "NASDAQ",
    "pegged_change_amount": 0.1,
    "reference_change_amount": 0.1,
}


def by_hand(kind, *, quantity=100, time_in_force="DAY", **fields):
    return Order(
        action="BUY",
        total_quantity=Decimal(quantity),
        order_type=kind,
        time_in_force=time_in_force,
        **fields,
    )


@pytest.mark.parametrize(
    ("made", "written"),
    [
        (StopWithProtectionOrder("BUY", 100, 6100), by_hand("STP PRT", aux_price=6100)),
        (
            LimitOnOpenOrder("BUY", 100, 190.0),
            by_hand("LMT", limit_price=190.0, time_in_force="OPG"),
        ),
        (AuctionOrder("BUY", 100, 30.0), by_hand("MTL", limit_price=30.0, time_in_force="AUC")),
        (AuctionRelativeOrder("BUY", 100, 0.05), by_hand("REL", aux_price=0.05)),
        (BoxTopOrder("BUY", 100), by_hand("BOX TOP")),
        (MidpriceOrder("BUY", 100), by_hand("MIDPRICE")),
        (PeggedToMidpointOrder("BUY", 100, offset=0.01), by_hand("PEG MID", aux_price=0.01)),
        (
            TrailingLimitOrder(
                "BUY", 100, limit_price_offset=0.1, trail_stop_price=195.0, trailing_percent=2
            ),
            by_hand(
                "TRAIL LIMIT", limit_price_offset=0.1, trail_stop_price=195.0, trailing_percent=2
            ),
        ),
        (
            CashOrder("BUY", 500, 60000.0, time_in_force="IOC"),
            by_hand("LMT", quantity=0, cash_quantity=500, limit_price=60000.0, time_in_force="IOC"),
        ),
    ],
)
def test_constructor_sets_its_own_fields_and_no_others(made, written):
    assert made == written


@pytest.mark.parametrize(
    ("make", "field", "value"),
    [
        (lambda: MarketOrder("HOLD", 100), "action", "HOLD"),
        (lambda: MarketOrder("BUY", 0), "quantity", 0),
        (lambda: MarketOrder("BUY", "many"), "quantity", "many"),
        (lambda: MarketOrder("BUY", 0.1), "quantity", 0.1),
        (lambda: MarketOrder("BUY", True), "quantity", True),
        (lambda: MarketOrder("BUY", 1, time_in_force="EVER"), "time_in_force", "EVER"),
        (lambda: LimitOrder("BUY", 1, math.inf), "limit_price", math.inf),
        (lambda: StopLimitOrder("BUY", 1, 1.0, -math.inf), "stop_price", -math.inf),
        (lambda: CashOrder("BUY", 0), "cash_quantity", 0),
        (lambda: BlockOrder("BUY", 49, 1.0), "quantity", 49),
        (lambda: AuctionLimitOrder("BUY", 1, 1.0, 9), "auction_strategy", 9),
        (lambda: DiscretionaryOrder("BUY", 1, 1.0, 0), "discretionary_amount", 0),
        (lambda: TrailingStopOrder("BUY", 1), "trailing_amount", None),
        (
            lambda: TrailingStopOrder("BUY", 1, trailing_amount=1, trailing_percent=1),
            "trailing_amount",
            1,
        ),
        (lambda: TrailingStopOrder("BUY", 1, trailing_amount=-1), "trailing_amount", -1),
        (lambda: TrailingStopOrder("BUY", 1, trailing_percent=101), "trailing_percent", 101),
        (lambda: RelativeOrder("BUY", 1), "offset", None),
        (lambda: RelativeOrder("BUY", 1, offset=math.inf), "offset", math.inf),
        (
            lambda: PeggedToBestOrder("BUY", 1, compete_against_best_offset=0),
            "compete_against_best_offset",
            0,
        ),
        (lambda: PeggedToStockOrder("BUY", 1, delta=101), "delta", 101),
        (
            lambda: PeggedToStockOrder(
                "BUY", 1, delta=50, stock_range_lower=2, stock_range_upper=1
            ),
            "stock_range_lower",
            2,
        ),
        (
            lambda: PeggedToBenchmarkOrder(
                "BUY", 1, 1.0, **BENCHMARK | {"pegged_change_amount": 0}
            ),
            "pegged_change_amount",
            0,
        ),
        (lambda: VolatilityOrder("BUY", 1, -5), "volatility", -5),
        (lambda: VolatilityOrder("BUY", 1, 5, 3), "volatility_type", 3),
        (lambda: VolatilityOrder("BUY", 1, 5, reference_price_type=3), "reference_price_type", 3),
        (lambda: DeltaNeutralOrder(LIMIT), "order", "LMT"),
        (lambda: DeltaNeutralOrder(VolatilityOrder("BUY", 1, 5), "LMT"), "hedge_price", None),
        (lambda: AdjustedStopOrder(LIMIT, "STP", trigger_price=1, stop_price=1), "order", "LMT"),
        (
            lambda: AdjustedStopOrder(STOP, "MKT", trigger_price=1, stop_price=1),
            "adjusted_order_type",
            "MKT",
        ),
        (
            lambda: AdjustedStopOrder(STOP, "TRAIL", trigger_price=1, stop_price=1),
            "trailing_amount",
            None,
        ),
        (
            lambda: AdjustedStopOrder(
                STOP, "STP", trigger_price=1, stop_price=1, stop_limit_price=1
            ),
            "stop_limit_price",
            1,
        ),
        (lambda: ScaleOrder(STOP, initial_size=1, price_increment=1), "order", "STP"),
        (lambda: ScaleOrder(LIMIT, initial_size=101, price_increment=1), "initial_size", 101),
        (lambda: ScaleOrder(LIMIT, initial_size=1, price_increment=0), "price_increment", 0),
        (
            lambda: ScaleOrder(LIMIT, initial_size=1, price_increment=1, price_adjust_value=1),
            "price_adjust_seconds",
            None,
        ),
        (
            lambda: ScaleOrder(
                LIMIT, initial_size=1, price_increment=1, restore_size_after_profit=True
            ),
            "restore_size_after_profit",
            True,
        ),
        (lambda: AdaptiveOrder(STOP), "order", "STP"),
        (lambda: AdaptiveOrder(LIMIT, "asap"), "priority", "asap"),
        (lambda: AlgoOrder(LIMIT, "", {}), "strategy", ""),
        (lambda: TwapOrder(LIMIT, "Never"), "strategy_type", "Never"),
        (lambda: TwapOrder(LIMIT, start_time="9:00"), "start_time", "9:00"),
        (lambda: VwapOrder(LIMIT, max_volume_fraction=20), "max_volume_fraction", 20),
        (lambda: ArrivalPriceOrder(LIMIT, risk_aversion="None"), "risk_aversion", "None"),
        (lambda: DarkIceOrder(MarketOrder("BUY", 1), 1), "order", "MKT"),
        (lambda: DarkIceOrder(LIMIT, 0), "display_size", 0),
        (lambda: PercentOfVolumeOrder(LIMIT, 0.0), "volume_fraction", 0.0),
        (
            lambda: AccumulateDistributeOrder(LIMIT, component_size=200, seconds_between_orders=1),
            "component_size",
            200,
        ),
        (lambda: ConditionalOrder(LIMIT), "conditions", ()),
        (lambda: price_above(Stock("AAPL"), 1.0), "contract", "AAPL"),
        (lambda: price_below(KNOWN, 1.0, 5), "trigger_method", 5),
        (lambda: time_after("tomorrow"), "time", "tomorrow"),
        (lambda: trade_in(Contract(symbol="AAPL")), "security_type", ""),
        (lambda: volume_below(KNOWN, 0), "volume", 0),
        (lambda: change_above(KNOWN, math.inf), "percent", math.inf),
        (lambda: margin_cushion_above(math.inf), "percent", math.inf),
    ],
)
def test_refusal_names_field_and_value(make, field, value):
    with pytest.raises(InvalidValue) as refused:
        make()

    assert (refused.value.field, refused.value.value) == (field, value)
    assert refused.value.legal


def test_price_that_is_no_number_is_refused():
    with pytest.raises(InvalidValue, match="limit_price: nan"):
        LimitOrder("BUY", 1, math.nan)


def test_order_that_is_given_stays_as_it_is():
    before = changed(LIMIT)

    worked = AdaptiveOrder(ScaleOrder(LIMIT, initial_size=10, price_increment=0.1))
    waiting = ConditionalOrder(worked, price_below(KNOWN, 180.0), time_before("20261201-14:30:00"))

    assert before == LIMIT
    assert (waiting.scale_initial_level_size, waiting.algo_strategy) == (10, "Adaptive")
    assert len(waiting.conditions) == 2


def test_change_of_a_field_that_is_not_there_is_refused():
    with pytest.raises(InvalidValue, match="Order has no such field"):
        changed(LIMIT, acount="DU1")


def test_sizes_are_exact():
    assert MarketOrder("BUY", "0.1").total_quantity == Decimal("0.1")
    assert MarketOrder("BUY", Decimal("1E-8")).total_quantity == Decimal("0.00000001")


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: MarketOrder(None, 1), "action"),
        (lambda: MarketOrder("BUY", None), "quantity"),
        (lambda: LimitOrder("BUY", 1, "190.05"), "limit_price"),
        (lambda: LimitOrder("BUY", 1, None), "limit_price"),
        (lambda: LimitOrder("BUY", 1, True), "limit_price"),
        (lambda: Stock(None), "symbol"),
        (lambda: Call("AAPL", 20270115, 190.0), "last_trade_date"),
        (lambda: Option("AAPL", "20270115", 190.0, None), "right"),
    ],
)
def test_value_of_another_type_is_refused_by_name_too(make, field):
    with pytest.raises(InvalidValue) as refused:
        make()

    assert refused.value.field == field


def test_numbers_of_a_data_frame_are_taken():
    frame = pd.DataFrame({"size": [100], "price": [190.05]})

    order = LimitOrder("BUY", frame["size"][0], frame["price"][0])

    assert order == LimitOrder("BUY", 100, 190.05)
    assert (type(order.total_quantity), type(order.limit_price)) == (Decimal, float)


def test_whole_prices_are_floats_as_all_prices_are():
    assert type(LimitOrder("BUY", 1, 190).limit_price) is float
    assert type(ScaleOrder(LIMIT, initial_size=1, price_increment=1).scale_price_increment) is float
    assert type(TrailingStopOrder("BUY", 1, trailing_amount=1).aux_price) is float
    assert type(RelativeOrder("BUY", 1, offset=1).aux_price) is float
