"""Families of orders: one thing varied at a time, over everything a vocabulary of orders knows.

Owns orders that differ in one field or one block only. Orders as people place them stand in
`orders`, and both together in its table there.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from workstation.model import ComboLeg, Contract, Order, Stock, TagValue
from workstation.model.orders import (
    ExecutionCondition,
    MarginCondition,
    PercentChangeCondition,
    PriceCondition,
    TimeCondition,
    VolumeCondition,
)

Case = tuple[Contract, Order, int]

STOCK = Stock("AAPL")
CRYPTO = Contract(symbol="BTC", security_type="CRYPTO", exchange="PAXOS", currency="USD")


def limit(**fields: Any) -> Order:
    """A limit order with something more."""
    values = {"action": "BUY", "total_quantity": Decimal(100), "order_type": "LMT"}
    values |= {"limit_price": 190.0, "time_in_force": "DAY"}
    return Order(**(values | fields))


def algo(strategy: str, **parameters: str) -> Order:
    """A limit order that an algorithm works."""
    named = tuple(TagValue(tag=tag, value=value) for tag, value in parameters.items())
    return limit(algo_strategy=strategy, algo_parameters=named)


def legs(*ratios: int) -> Contract:
    """A combination with legs of these ratios; negative ones are sold."""
    return Contract(
        symbol="AAPL",
        security_type="BAG",
        exchange="SMART",
        currency="USD",
        combo_legs=tuple(
            ComboLeg(
                contract_id=2000 + place,
                ratio=abs(ratio),
                action="BUY" if ratio > 0 else "SELL",
                exchange="SMART",
            )
            for place, ratio in enumerate(ratios)
        ),
    )


ALGOS: dict[str, Order] = {
    "arrival price": algo("ArrivalPx", maxPctVol="0.1", riskAversion="Aggressive"),
    "dark ice": algo("DarkIce", displaySize="10", startTime="09:00:00", allowPastEndTime="1"),
    "percentage of volume": algo("PctVol", pctVol="0.2", noTakeLiq="1"),
    "price variant percentage": algo("PctVolPx", pctVol="0.1", deltaPctVol="0.05"),
    "size variant percentage": algo("PctVolSz", startPctVol="0.1", endPctVol="0.4"),
    "time variant percentage": algo("PctVolTm", startPctVol="0.1", endPctVol="0.4"),
    "volume-weighted": algo("Vwap", maxPctVol="0.1", startTime="20261123-14:30:00"),
    "balance of impact and risk": algo("BalanceImpactRisk", maxPctVol="0.1", forceCompletion="1"),
    "least impact": algo("MinImpact", maxPctVol="0.3"),
    "accumulate": algo("AD", componentSize="100", timeBetweenOrders="60", catchUp="1"),
    "close price": algo("ClosePx", maxPctVol="0.1", forceCompletion="0"),
    "adaptive urgent": algo("Adaptive", adaptivePriority="Urgent"),
    "adaptive patient": algo("Adaptive", adaptivePriority="Patient"),
    "of another broker": algo("JEFF_VWAP", StartTime="10:00:00", RelativeLimit="10"),
}

TIMES_IN_FORCE = ("GTC", "IOC", "OPG", "DTC", "AUC", "GTX", "FOK", "Minutes")
TRIGGERS = (1, 2, 3, 4, 7, 8)
RULES_80A = ("I", "A", "W", "J", "U", "M", "K", "Y", "N")
FA_METHODS = ("NetLiq", "AvailableEquity", "Equal", "PctChange", "MonetaryAmount", "Ratio")

QUANTITIES: dict[str, tuple[Decimal, int]] = {
    "one": (Decimal(1), 100),
    "a million": (Decimal(1_000_000), 100),
    "half a share": (Decimal("0.5"), 101),
    "a ten-thousandth": (Decimal("0.0001"), 101),
    "many places": (Decimal("123456789.123456789"), 101),
    "not set": (None, 100),  # type: ignore[dict-item]
}

PRICES = (0.0, 0.01, 1e-07, 99999.99, 123456789.125, -12.5, 1e22)

ADJUSTED: dict[str, dict[str, Any]] = {
    "stop": {"adjusted_order_type": "STP", "adjusted_stop_price": 188.0},
    "trail by percent": {
        "adjusted_order_type": "TRAIL",
        "adjusted_stop_price": 188.0,
        "adjusted_trailing_amount": 1.5,
        "adjustable_trailing_unit": 100,
    },
    "trailing limit": {
        "adjusted_order_type": "TRAIL LIMIT",
        "adjusted_stop_price": 188.0,
        "adjusted_stop_limit_price": 187.5,
        "adjusted_trailing_amount": 0.5,
        "limit_price_offset": 0.25,
    },
}

VOLATILITIES: dict[str, dict[str, Any]] = {
    "daily": {"volatility_type": 1},
    "annual": {"volatility_type": 2},
    "continuous": {"volatility_type": 2, "continuous_update": True, "reference_price_type": 1},
    "in a range": {"volatility_type": 2, "stock_range_lower": 180.0, "stock_range_upper": 200.0},
    "hedged by a limit": {
        "volatility_type": 2,
        "delta_neutral_order_type": "LMT",
        "delta_neutral_aux_price": 190.25,
    },
    "hedged, all told": {
        "volatility_type": 2,
        "delta_neutral_order_type": "MKT",
        "delta_neutral_contract_id": 265598,
        "delta_neutral_settling_firm": "firm",
        "delta_neutral_clearing_account": "clearing",
        "delta_neutral_clearing_intent": "IB",
        "delta_neutral_open_close": "O",
        "delta_neutral_short_sale": True,
        "delta_neutral_short_sale_slot": 2,
        "delta_neutral_designated_location": "ELSEWHERE",
    },
}

SCALES: dict[str, dict[str, Any]] = {
    "without increment": {"scale_initial_level_size": 10},
    "once": {"scale_price_increment": 0.05},
    "with profit": {"scale_price_increment": 0.05, "scale_profit_offset": 0.1},
    "starting over": {
        "scale_price_increment": 0.05,
        "scale_auto_reset": True,
        "scale_initial_position": 200,
        "scale_initial_fill_quantity": 20,
    },
    "at random": {"scale_price_increment": 0.05, "scale_random_percent": True},
    "adjusted": {
        "scale_price_increment": 0.05,
        "scale_price_adjust_value": 0.01,
        "scale_price_adjust_interval": 60,
    },
}

PEGS: dict[str, tuple[str, dict[str, Any], int]] = {
    "to market by an offset": ("PEG MKT", {"aux_price": 0.05}, 100),
    "to primary": ("REL", {"aux_price": 0.05, "limit_price": 191.0}, 100),
    "to stock without range": ("PEG STK", {"delta": 0.5, "starting_price": 4.0}, 100),
    "to stock in a range": (
        "PEG STK",
        {"delta": 0.5, "stock_range_lower": 180.0, "stock_range_upper": 200.0},
        100,
    ),
    "to benchmark downwards": (
        "PEGBENCH",
        {
            "reference_contract_id": 265598,
            "is_pegged_change_amount_decrease": True,
            "pegged_change_amount": 0.5,
            "reference_change_amount": 1.0,
            "reference_exchange": "ISLAND",
        },
        102,
    ),
    "to midpoint with offsets": (
        "PEG MID",
        {"mid_offset_at_whole": 0.01, "mid_offset_at_half": 0.005},
        170,
    ),
    "to best by an offset": (
        "PEG BEST",
        {"minimum_compete_size": 100, "compete_against_best_offset": 0.02},
        170,
    ),
}

CONDITIONS: dict[str, tuple[Any, ...]] = {
    f"price by trigger {trigger}": (
        PriceCondition(
            is_more=bool(trigger % 2),
            price=150.25,
            contract_id=265598,
            exchange="SMART",
            trigger_method=trigger,
        ),
    )
    for trigger in TRIGGERS
} | {
    "either of two": (
        MarginCondition(is_more=True, percent=10.0, conjunction="o"),
        TimeCondition(is_more=False, time="20261201-14:30:00"),
    ),
    "a trade of an option": (ExecutionCondition(security_type="OPT", exchange="*", symbol="SPX"),),
    "little volume and a fall": (
        VolumeCondition(is_more=False, volume=1, contract_id=1, exchange=""),
        PercentChangeCondition(is_more=True, change_percent=0.0, contract_id=1, exchange=""),
    ),
}

COMBINATIONS: dict[str, Contract] = {
    "two legs": legs(1, -1),
    "ratio": legs(1, -2),
    "butterfly": legs(1, -2, 1),
    "condor": legs(1, -1, -1, 1),
    "covered": legs(100, -1),
}

HEDGES = {"by delta": ("D", ""), "by pair": ("P", "0.75"), "by currency": ("F", "")}

FAMILIES: dict[str, Case] = {
    **{f"worked by {name}": (STOCK, order, 100) for name, order in ALGOS.items()},
    **{f"time in force {word}": (STOCK, limit(time_in_force=word), 100) for word in TIMES_IN_FORCE},
    **{
        f"triggered by method {method}": (
            STOCK,
            limit(order_type="STP", limit_price=None, aux_price=185.0, trigger_method=method),
            100,
        )
        for method in TRIGGERS
    },
    **{f"rule 80A {word}": (STOCK, limit(rule_80a=word), 100) for word in RULES_80A},
    **{
        f"allocated by {word}": (
            STOCK,
            limit(fa_group="All", fa_method=word, fa_percentage="50"),
            100,
        )
        for word in FA_METHODS
    },
    **{
        f"quantity {name}": (CRYPTO, limit(total_quantity=quantity), since)
        for name, (quantity, since) in QUANTITIES.items()
    },
    **{f"price {price}": (STOCK, limit(limit_price=price), 100) for price in PRICES},
    **{
        f"adjusted to a {name}": (
            STOCK,
            limit(order_type="STP", limit_price=None, aux_price=185.0, trigger_price=195.0, **more),
            102,
        )
        for name, more in ADJUSTED.items()
    },
    **{
        f"volatility {name}": (
            STOCK,
            limit(order_type="VOL", limit_price=None, volatility=0.3, **more),
            100,
        )
        for name, more in VOLATILITIES.items()
    },
    **{f"scaled {name}": (STOCK, limit(**more), 100) for name, more in SCALES.items()},
    **{
        f"pegged {name}": (STOCK, limit(**({"limit_price": None} | more), order_type=kind), since)
        for name, (kind, more, since) in PEGS.items()
    },
    **{
        f"when {name}": (STOCK, limit(conditions=conditions), 102)
        for name, conditions in CONDITIONS.items()
    },
    **{f"combination, {name}": (where, limit(), 100) for name, where in COMBINATIONS.items()},
    **{
        f"hedged {name}": (STOCK, limit(hedge_type=kind, hedge_parameter=value), 100)
        for name, (kind, value) in HEDGES.items()
    },
    **{
        f"one cancels all, type {kind}": (STOCK, limit(oca_group="group 1", oca_type=kind), 100)
        for kind in (1, 2, 3)
    },
    **{
        f"short sale slot {slot}": (
            STOCK,
            limit(action="SSHORT", short_sale_slot=slot, designated_location="X" * (slot == 2)),
            100,
        )
        for slot in (1, 2)
    },
    **{
        f"origin {origin} {word}": (
            STOCK,
            limit(origin=origin, open_close=word, settling_firm="firm", clearing_intent="Away"),
            100,
        )
        for origin in (0, 1)
        for word in ("O", "C")
    },
}
"""By name: the contract, the order, and the lowest server version that carries it."""
