"""Runs of fields that messages with a whole order share."""

from __future__ import annotations

from workstation.model import ComboLeg, Order, TagValue
from workstation.model.orders import (
    ExecutionCondition,
    MarginCondition,
    PercentChangeCondition,
    PriceCondition,
    TimeCondition,
    VolumeCondition,
)
from workstation.protocol.layout import Test, branch, items, repeat, union, when

__all__ = [
    "ALGO",
    "BENCHMARK",
    "COMBO_LEG",
    "CONDITIONS",
    "HEDGE",
    "PEGGED_TO_BENCHMARK",
    "PEGGED_TO_BEST",
    "PEGGED_TO_MIDPOINT",
    "ROUTING",
    "SCALE_DETAILS",
]

PEGGED_TO_BENCHMARK = frozenset({"PEG BENCH", "PEGBENCH"})
PEGGED_TO_BEST = frozenset({"PEG BEST", "PEGBEST"})
PEGGED_TO_MIDPOINT = frozenset({"PEG MID", "PEGMID"})

COMBO_LEG = items(
    ComboLeg.contract_id,
    ComboLeg.ratio,
    ComboLeg.action,
    ComboLeg.exchange,
    ComboLeg.open_close,
    ComboLeg.short_sale_slot,
    ComboLeg.designated_location,
    ComboLeg.exempt_code,
)

ROUTING = repeat(Order.smart_combo_routing_parameters, TagValue, TagValue.tag, TagValue.value)

ALGO = items(
    Order.algo_strategy,
    when(
        Order.algo_strategy,
        Test.TRUTHY,
        repeat(Order.algo_parameters, TagValue, TagValue.tag, TagValue.value),
    ),
)

SCALE_DETAILS = when(
    Order.scale_price_increment,
    Test.ABOVE_ZERO,
    Order.scale_price_adjust_value,
    Order.scale_price_adjust_interval,
    Order.scale_profit_offset,
    Order.scale_auto_reset,
    Order.scale_initial_position,
    Order.scale_initial_fill_quantity,
    Order.scale_random_percent,
)

HEDGE = items(Order.hedge_type, when(Order.hedge_type, Test.TRUTHY, Order.hedge_parameter))

BENCHMARK = when(
    Order.order_type,
    Test.ONE_OF,
    Order.reference_contract_id,
    Order.is_pegged_change_amount_decrease,
    Order.pegged_change_amount,
    Order.reference_change_amount,
    Order.reference_exchange,
    operand=PEGGED_TO_BENCHMARK,
)

CONDITIONS = items(
    union(
        Order.conditions,
        branch(
            1,
            PriceCondition,
            PriceCondition.conjunction,
            PriceCondition.is_more,
            PriceCondition.price,
            PriceCondition.contract_id,
            PriceCondition.exchange,
            PriceCondition.trigger_method,
        ),
        branch(
            3,
            TimeCondition,
            TimeCondition.conjunction,
            TimeCondition.is_more,
            TimeCondition.time,
        ),
        branch(
            4,
            MarginCondition,
            MarginCondition.conjunction,
            MarginCondition.is_more,
            MarginCondition.percent,
        ),
        branch(
            5,
            ExecutionCondition,
            ExecutionCondition.conjunction,
            ExecutionCondition.security_type,
            ExecutionCondition.exchange,
            ExecutionCondition.symbol,
        ),
        branch(
            6,
            VolumeCondition,
            VolumeCondition.conjunction,
            VolumeCondition.is_more,
            VolumeCondition.volume,
            VolumeCondition.contract_id,
            VolumeCondition.exchange,
        ),
        branch(
            7,
            PercentChangeCondition,
            PercentChangeCondition.conjunction,
            PercentChangeCondition.is_more,
            PercentChangeCondition.change_percent,
            PercentChangeCondition.contract_id,
            PercentChangeCondition.exchange,
        ),
    ),
    when(
        Order.conditions,
        Test.TRUTHY,
        Order.conditions_ignore_regular_hours,
        Order.conditions_cancel_order,
    ),
)
