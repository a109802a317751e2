"""Constructors of orders beside orders written by hand, which the official client has encoded."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from witnesses.orders import BY_ID, CONTRACTS_AND_ORDERS

from workstation.model import Contract, Stock, changed
from workstation.model.enums import HedgeType, TriggerMethod
from workstation.model.orders import (
    AccumulateDistributeOrder,
    AdaptiveOrder,
    AdjustedStopOrder,
    AlgoOrder,
    ArrivalPriceOrder,
    AuctionLimitOrder,
    BalanceImpactRiskOrder,
    BlockOrder,
    CashOrder,
    ClosePriceOrder,
    ConditionalOrder,
    DarkIceOrder,
    DeltaNeutralOrder,
    DiscretionaryOrder,
    HedgeOrder,
    LimitIfTouchedOrder,
    LimitOnCloseOrder,
    LimitOrder,
    MarketIfTouchedOrder,
    MarketOnCloseOrder,
    MarketOnOpenOrder,
    MarketOrder,
    MarketToLimitOrder,
    MarketWithProtectionOrder,
    MidpriceOrder,
    MinimiseImpactOrder,
    PeggedToBenchmarkOrder,
    PeggedToBestOrder,
    PeggedToMarketOrder,
    PeggedToMidpointOrder,
    PeggedToStockOrder,
    PercentOfVolumeByPriceOrder,
    PercentOfVolumeBySizeOrder,
    PercentOfVolumeByTimeOrder,
    PercentOfVolumeOrder,
    RelativeOrder,
    ScaleOrder,
    StopLimitOrder,
    StopOrder,
    SweepToFillOrder,
    TrailingLimitOrder,
    TrailingStopOrder,
    TwapOrder,
    VolatilityOrder,
    VwapOrder,
    all_of,
    any_of,
    change_below,
    margin_cushion_below,
    one_cancels_all,
    price_above,
    time_after,
    trade_in,
    volume_above,
)
from workstation.protocol import catalog
from workstation.protocol.connection import Connection

LIMIT = LimitOrder("BUY", 100, 190.0)
STOP = StopOrder("BUY", 100, 185.0)
SOLD_STOP = StopOrder("SELL", 100, 180.0)
MICROSOFT = Contract(contract_id=272093, exchange="SMART")
CONDITIONS = (
    price_above(BY_ID, 200.5, TriggerMethod.LAST),
    *any_of(time_after("20261201 09:30:00 US/Eastern")),
    margin_cushion_below(30.0),
    *any_of(trade_in(Stock("MSFT"))),
    volume_above(BY_ID, 1_000_000),
    change_below(MICROSOFT, -2.5),
)
DARK = {"minimum_trade_quantity": 100, "not_held": True}
OFFSETS = {"mid_offset_at_whole": 0.02, "mid_offset_at_half": 0.01}

MADE = {
    "market": MarketOrder("buy", 100),
    "limit": LimitOrder("BUY", "100", 190.05),
    "stop": StopOrder("SELL", 100, 180.0),
    "stop limit": StopLimitOrder("SELL", 100, 179.5, 180.0, time_in_force="GTC"),
    "market if touched": MarketIfTouchedOrder("BUY", 100, 175.0),
    "limit if touched": LimitIfTouchedOrder("BUY", 100, 174.5, 175.0),
    "market on close": MarketOnCloseOrder("BUY", 100),
    "limit on close": LimitOnCloseOrder("BUY", 100, 190.0),
    "market to limit": MarketToLimitOrder("BUY", 100),
    "market with protection": MarketWithProtectionOrder("BUY", 1),
    "at the open": MarketOnOpenOrder("BUY", 100),
    "trailing by an amount": TrailingStopOrder(
        "SELL", 100, trailing_amount=1.5, trail_stop_price=185.0
    ),
    "trailing by percent": TrailingStopOrder("SELL", 100, trailing_percent=2.5),
    "trailing limit": TrailingLimitOrder(
        "SELL", 100, limit_price_offset=0.1, trail_stop_price=185.0, trailing_amount=1.5
    ),
    "relative": RelativeOrder("BUY", 100, offset=0.01, limit_price=195.0),
    "relative by percent": RelativeOrder("BUY", 100, percent_offset=0.01),
    "pegged to market": PeggedToMarketOrder("BUY", 100, 0.02),
    "pegged to stock": PeggedToStockOrder(
        "BUY",
        100,
        delta=50.0,
        starting_price=12.5,
        stock_reference_price=190.0,
        stock_range_lower=185.0,
        stock_range_upper=195.0,
    ),
    "pegged to benchmark": PeggedToBenchmarkOrder(
        "BUY",
        100,
        190.0,
        reference_contract_id=272093,
        reference_exchange="NASDAQ",
        pegged_change_amount=0.1,
        reference_change_amount=0.2,
        is_pegged_change_amount_decrease=True,
    ),
    "pegged to best": PeggedToBestOrder(
        "BUY", 100, 190.0, compete_against_best_offset=0.02, minimum_compete_size=200, **DARK
    ),
    "pegged to best up to the midpoint": PeggedToBestOrder(
        "BUY",
        100,
        190.0,
        compete_against_best_offset=math.inf,
        minimum_compete_size=200,
        **DARK,
        **OFFSETS,
    ),
    "pegged to the midpoint": PeggedToMidpointOrder("BUY", 100, 190.0, **DARK, **OFFSETS),
    "midprice": MidpriceOrder("BUY", 100, 190.0),
    "discretionary": DiscretionaryOrder("BUY", 100, 190.0, 0.1),
    "volatility": VolatilityOrder("BUY", 100, 25.5, continuous_update=True, reference_price_type=1),
    "auction": AuctionLimitOrder("BUY", 100, 2.0, 2),
    "condition of price": ConditionalOrder(LIMIT, CONDITIONS[0]),
    "condition of time": ConditionalOrder(MarketOrder("BUY", 100), CONDITIONS[1]),
    "all conditions, cancelling": ConditionalOrder(
        LIMIT, *CONDITIONS, cancel=True, ignore_regular_hours=True
    ),
    "adaptive": changed(AdaptiveOrder(LIMIT, "urgent"), algo_id="mine"),
    "algo without parameters": ClosePriceOrder(MarketOrder("BUY", 100)),
    "time-weighted": TwapOrder(
        LIMIT,
        "Marketable",
        start_time="09:00:00 US/Eastern",
        end_time="19:00:00 US/Eastern",
        allow_past_end_time=True,
    ),
    "scale": ScaleOrder(
        LimitOrder("BUY", 5000, 190.0),
        initial_size=2000,
        subsequent_size=500,
        price_increment=0.1,
        price_adjust_value=0.05,
        price_adjust_seconds=10,
        profit_offset=0.25,
        restore_size_after_profit=True,
        initial_position=100,
        initial_fill_quantity=50,
        randomize_size=True,
    ),
    "adjusted to a stop limit": changed(
        AdjustedStopOrder(
            SOLD_STOP, "STP LMT", trigger_price=195.0, stop_price=190.0, stop_limit_price=189.5
        ),
        limit_price_offset=0.5,
    ),
    "worked by arrival price": ArrivalPriceOrder(
        LIMIT, max_volume_fraction=0.1, risk_aversion="Aggressive"
    ),
    "worked by dark ice": DarkIceOrder(LIMIT, 10, start_time="09:00:00", allow_past_end_time=True),
    "worked by percentage of volume": PercentOfVolumeOrder(LIMIT, 0.2, no_take_liquidity=True),
    "worked by price variant percentage": PercentOfVolumeByPriceOrder(
        LIMIT, 0.1, change_of_fraction=0.05
    ),
    "worked by size variant percentage": PercentOfVolumeBySizeOrder(LIMIT, 0.1, 0.4),
    "worked by time variant percentage": PercentOfVolumeByTimeOrder(LIMIT, 0.1, 0.4),
    "worked by volume-weighted": VwapOrder(
        LIMIT, max_volume_fraction=0.1, start_time="20261123-14:30:00"
    ),
    "worked by balance of impact and risk": BalanceImpactRiskOrder(
        LIMIT, max_volume_fraction=0.1, force_completion=True
    ),
    "worked by least impact": MinimiseImpactOrder(LIMIT, max_volume_fraction=0.3),
    "worked by accumulate": AccumulateDistributeOrder(
        LIMIT, component_size=100, seconds_between_orders=60, catch_up=True
    ),
    "worked by close price": ClosePriceOrder(
        LIMIT, max_volume_fraction=0.1, force_completion=False
    ),
    "worked by adaptive patient": AdaptiveOrder(LIMIT, "Patient"),
    "worked by of another broker": AlgoOrder(
        LIMIT, "JEFF_VWAP", {"StartTime": "10:00:00", "RelativeLimit": 10}
    ),
    "adjusted to a trail by percent": AdjustedStopOrder(
        STOP,
        "TRAIL",
        trigger_price=195.0,
        stop_price=188.0,
        trailing_amount=1.5,
        trailing_unit=100,
    ),
    "volatility in a range": VolatilityOrder(
        "BUY", 100, 0.3, 2, stock_range_lower=180.0, stock_range_upper=200.0
    ),
    "volatility hedged by a limit": DeltaNeutralOrder(
        VolatilityOrder("BUY", 100, 0.3, 2), "LMT", hedge_price=190.25
    ),
    "pegged to primary": RelativeOrder("BUY", 100, offset=0.05, limit_price=191.0),
    "pegged to midpoint with offsets": PeggedToMidpointOrder(
        "BUY", 100, mid_offset_at_whole=0.01, mid_offset_at_half=0.005
    ),
    "pegged to best by an offset": PeggedToBestOrder(
        "BUY", 100, compete_against_best_offset=0.02, minimum_compete_size=100
    ),
    "one cancels all, type 2": one_cancels_all("group 1", [LIMIT, LIMIT], 2)[0],
    "when a trade of an option": ConditionalOrder(
        LIMIT, trade_in(Contract(symbol="SPX", security_type="OPT", exchange="*"))
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_constructor_equals_the_order_written_by_hand(name):
    assert MADE[name] == CONTRACTS_AND_ORDERS[name][1]


@pytest.mark.parametrize("name", MADE)
def test_constructed_order_is_sent_as_the_one_written_by_hand(name):
    contract, by_hand, _ = CONTRACTS_AND_ORDERS[name]
    client = Connection.client((200, 200))
    bridge = Connection.bridge((200, 200))
    bridge.receive_data(client.greet())
    client.receive_data(bridge.accept("20261123 10:00:00 UTC"))

    made, written = (
        client.send(catalog.PlaceOrder(order_id=1, contract=contract, order=order))
        for order in (MADE[name], by_hand)
    )

    assert made == written


def test_block_and_sweep_each_set_their_flag():
    both = CONTRACTS_AND_ORDERS["block and sweep"][1]

    assert BlockOrder("BUY", 100, 2.0) == changed(both, sweep_to_fill=False)
    assert SweepToFillOrder("BUY", 100, 2.0) == changed(both, block_order=False)


def test_cash_quantity_replaces_the_size():
    by_hand = CONTRACTS_AND_ORDERS["cash quantity"][1]

    assert CashOrder("BUY", 2500.5) == changed(by_hand, time_in_force="DAY")


def test_hedge_has_no_size_of_its_own():
    by_hand = CONTRACTS_AND_ORDERS["hedge by beta"][1]

    assert HedgeOrder("BUY", 16, "B", 0.8) == changed(by_hand, total_quantity=Decimal(0))
    assert HedgeOrder("BUY", 16, HedgeType.FOREX, dont_use_auto_price=True) == changed(
        CONTRACTS_AND_ORDERS["hedge of a currency at its own price"][1], total_quantity=Decimal(0)
    )


def test_conditions_are_joined_as_asked():
    joined = all_of(*CONDITIONS)

    assert [each.conjunction for each in CONDITIONS] == ["a", "o", "a", "o", "a", "a"]
    assert {each.conjunction for each in joined} == {"a"}
