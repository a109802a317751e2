"""Open and completed orders: orders as the Bridge has them.

Both messages carry a whole order, as placing does; the three have most fields in common and no
common order of them, so each has a layout of its own. Which version brought a field stands on the
field.
"""

from __future__ import annotations

from workstation.model import (
    ComboLeg,
    Contract,
    Order,
    OrderAllocation,
    OrderState,
    SoftDollarTier,
)
from workstation.protocol.catalog.order_fields import (
    ALGO,
    BENCHMARK,
    COMBO_LEG,
    CONDITIONS,
    HEDGE,
    ROUTING,
    SCALE_DETAILS,
)
from workstation.protocol.catalog.shared import DELTA_NEUTRAL_CONTRACT, RECEIVED_CONTRACT
from workstation.protocol.layout import (
    Test,
    constant,
    items,
    literal,
    repeat,
    scalars,
    since,
    skip,
    until,
    when,
    zero,
)
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CompletedOrder",
    "CompletedOrdersEnd",
    "OpenOrder",
    "OpenOrderEnd",
    "RequestAllOpenOrders",
    "RequestAutoOpenOrders",
    "RequestCompletedOrders",
    "RequestOpenOrders",
]


@request(5, constant("1"))
class RequestOpenOrders(Request):
    """Ask for this client's working orders."""


@request(15, constant("1"))
class RequestAutoOpenOrders(Request):
    """Client 0: bind orders placed by hand."""

    auto_bind: bool


@request(16, constant("1"))
class RequestAllOpenOrders(Request):
    """Ask for the working orders of all clients, once."""


@request(99, since=150)
class RequestCompletedOrders(Request):
    """Ask for orders that filled or were cancelled."""

    api_only: bool = False
    """Leave out orders that were placed by hand."""


@inbound(5)
class OpenOrder(Inbound):
    """An order as the Bridge has it, with its stage; repeats are normal."""

    order_id: int
    contract: Contract = Contract()
    order: Order = Order()
    state: OrderState = OrderState()


_MARGINS = items(
    since(
        142,
        OrderState.initial_margin_before,
        OrderState.maintenance_margin_before,
        OrderState.equity_with_loan_before,
        OrderState.initial_margin_change,
        OrderState.maintenance_margin_change,
        OrderState.equity_with_loan_change,
    ),
    OrderState.initial_margin_after,
    OrderState.maintenance_margin_after,
    OrderState.equity_with_loan_after,
    OrderState.commission,
    OrderState.minimum_commission,
    OrderState.maximum_commission,
    OrderState.commission_currency,
    since(
        195,
        OrderState.margin_currency,
        literal(OrderState.initial_margin_before_outside_regular_hours),
        literal(OrderState.maintenance_margin_before_outside_regular_hours),
        literal(OrderState.equity_with_loan_before_outside_regular_hours),
        literal(OrderState.initial_margin_change_outside_regular_hours),
        literal(OrderState.maintenance_margin_change_outside_regular_hours),
        literal(OrderState.equity_with_loan_change_outside_regular_hours),
        literal(OrderState.initial_margin_after_outside_regular_hours),
        literal(OrderState.maintenance_margin_after_outside_regular_hours),
        literal(OrderState.equity_with_loan_after_outside_regular_hours),
        literal(OrderState.suggested_size),
        OrderState.reject_reason,
        repeat(
            OrderState.allocations,
            OrderAllocation,
            OrderAllocation.account,
            OrderAllocation.position,
            OrderAllocation.position_desired,
            OrderAllocation.position_after,
            OrderAllocation.desired_allocation_quantity,
            OrderAllocation.allowed_allocation_quantity,
            OrderAllocation.is_monetary,
        ),
    ),
    OrderState.warning_text,
)

lay_out(
    OpenOrder,
    until(145, constant("34")),
    OpenOrder.order_id,
    RECEIVED_CONTRACT,
    Order.action,
    Order.total_quantity,
    Order.order_type,
    Order.limit_price,
    zero(Order.aux_price),
    Order.time_in_force,
    Order.oca_group,
    Order.account,
    Order.open_close,
    Order.origin,
    Order.order_reference,
    Order.client_id,
    Order.permanent_id,
    Order.outside_regular_hours,
    Order.hidden,
    Order.discretionary_amount,
    Order.good_after_time,
    skip(),  # shares allocation, long gone
    Order.fa_group,
    Order.fa_method,
    Order.fa_percentage,
    until(177, skip()),  # advisor profile
    since(103, Order.model_code),
    Order.good_till_date,
    Order.rule_80a,
    Order.percent_offset,
    Order.settling_firm,
    Order.short_sale_slot,
    Order.designated_location,
    Order.exempt_code,
    Order.auction_strategy,
    Order.starting_price,
    Order.stock_reference_price,
    Order.delta,
    Order.stock_range_lower,
    Order.stock_range_upper,
    literal(Order.display_size),
    Order.block_order,
    Order.sweep_to_fill,
    Order.all_or_none,
    Order.minimum_quantity,
    Order.oca_type,
    constant("0"),  # electronic trade only
    constant("0"),  # firm quote only
    skip(),  # NBBO price cap
    Order.parent_id,
    Order.trigger_method,
    Order.volatility,
    zero(Order.volatility_type),
    Order.delta_neutral_order_type,
    Order.delta_neutral_aux_price,
    when(
        Order.delta_neutral_order_type,
        Test.TRUTHY,
        Order.delta_neutral_contract_id,
        Order.delta_neutral_settling_firm,
        Order.delta_neutral_clearing_account,
        Order.delta_neutral_clearing_intent,
        Order.delta_neutral_open_close,
        Order.delta_neutral_short_sale,
        Order.delta_neutral_short_sale_slot,
        Order.delta_neutral_designated_location,
    ),
    Order.continuous_update,
    zero(Order.reference_price_type),
    until(102, Order.trail_stop_price),
    since(102, Order.initial_trail_stop_price),
    Order.trailing_percent,
    Order.basis_points,
    Order.basis_points_type,
    Contract.combo_legs_description,
    repeat(Contract.combo_legs, ComboLeg, COMBO_LEG),
    scalars(Order.leg_prices),
    ROUTING,
    literal(Order.scale_initial_level_size),
    literal(Order.scale_subsequent_level_size),
    Order.scale_price_increment,
    SCALE_DETAILS,
    HEDGE,
    Order.opt_out_smart_routing,
    Order.clearing_account,
    Order.clearing_intent,
    Order.not_held,
    DELTA_NEUTRAL_CONTRACT,
    ALGO,
    Order.solicited,
    Order.what_if,
    OrderState.status,
    _MARGINS,
    Order.randomize_size,
    Order.randomize_price,
    since(
        102,
        BENCHMARK,
        CONDITIONS,
        Order.adjusted_order_type,
        literal(Order.trigger_price),
        Order.trail_stop_price,
        literal(Order.limit_price_offset),
        literal(Order.adjusted_stop_price),
        literal(Order.adjusted_stop_limit_price),
        literal(Order.adjusted_trailing_amount),
        Order.adjustable_trailing_unit,
    ),
    since(106, SoftDollarTier.name, SoftDollarTier.value, SoftDollarTier.display_name),
    since(111, zero(Order.cash_quantity)),
    since(141, Order.dont_use_auto_price_for_hedge),
    since(145, Order.is_oms_container),
    since(148, Order.discretionary_up_to_limit_price),
    since(151, zero(Order.use_price_management_algo)),
    since(158, Order.duration),
    since(160, Order.post_to_ats),
    since(162, Order.auto_cancel_parent),
    since(
        170,
        Order.minimum_trade_quantity,
        Order.minimum_compete_size,
        Order.compete_against_best_offset,
        Order.mid_offset_at_whole,
        Order.mid_offset_at_half,
    ),
    since(183, Order.customer_account),
    since(184, Order.professional_customer),
    since(185, Order.bond_accrued_interest),
    since(189, Order.include_overnight),
    since(193, Order.ext_operator, literal(Order.manual_order_indicator)),
    since(198, Order.submitter),
    since(199, Order.imbalance_only),
)


@inbound(53, constant("1"))
class OpenOrderEnd(Inbound):
    """All working orders have been told once."""


@inbound(101, since=150)
class CompletedOrder(Inbound):
    """An order that filled or was cancelled, with when and why in its state."""

    contract: Contract = Contract()
    order: Order = Order()
    state: OrderState = OrderState()


lay_out(
    CompletedOrder,
    RECEIVED_CONTRACT,
    Order.action,
    Order.total_quantity,
    Order.order_type,
    Order.limit_price,
    zero(Order.aux_price),
    Order.time_in_force,
    Order.oca_group,
    Order.account,
    Order.open_close,
    Order.origin,
    Order.order_reference,
    Order.permanent_id,
    Order.outside_regular_hours,
    Order.hidden,
    Order.discretionary_amount,
    Order.good_after_time,
    Order.fa_group,
    Order.fa_method,
    Order.fa_percentage,
    until(177, skip()),  # advisor profile
    Order.model_code,
    Order.good_till_date,
    Order.rule_80a,
    Order.percent_offset,
    Order.settling_firm,
    Order.short_sale_slot,
    Order.designated_location,
    Order.exempt_code,
    Order.starting_price,
    Order.stock_reference_price,
    Order.delta,
    Order.stock_range_lower,
    Order.stock_range_upper,
    literal(Order.display_size),
    Order.sweep_to_fill,
    Order.all_or_none,
    Order.minimum_quantity,
    Order.oca_type,
    Order.trigger_method,
    Order.volatility,
    zero(Order.volatility_type),
    Order.delta_neutral_order_type,
    Order.delta_neutral_aux_price,
    when(
        Order.delta_neutral_order_type,
        Test.TRUTHY,
        Order.delta_neutral_contract_id,
        Order.delta_neutral_short_sale,
        Order.delta_neutral_short_sale_slot,
        Order.delta_neutral_designated_location,
    ),
    Order.continuous_update,
    zero(Order.reference_price_type),
    Order.initial_trail_stop_price,
    Order.trailing_percent,
    Contract.combo_legs_description,
    repeat(Contract.combo_legs, ComboLeg, COMBO_LEG),
    scalars(Order.leg_prices),
    ROUTING,
    literal(Order.scale_initial_level_size),
    literal(Order.scale_subsequent_level_size),
    Order.scale_price_increment,
    SCALE_DETAILS,
    HEDGE,
    Order.clearing_account,
    Order.clearing_intent,
    Order.not_held,
    DELTA_NEUTRAL_CONTRACT,
    ALGO,
    Order.solicited,
    OrderState.status,
    Order.randomize_size,
    Order.randomize_price,
    BENCHMARK,
    CONDITIONS,
    Order.trail_stop_price,
    literal(Order.limit_price_offset),
    zero(Order.cash_quantity),
    Order.dont_use_auto_price_for_hedge,
    Order.is_oms_container,
    Order.auto_cancel_date,
    Order.filled_quantity,
    Order.reference_futures_contract_id,
    Order.auto_cancel_parent,
    Order.shareholder,
    Order.imbalance_only,
    Order.route_marketable_to_bbo,
    Order.parent_permanent_id,
    OrderState.completed_time,
    OrderState.completed_status,
    since(
        170,
        Order.minimum_trade_quantity,
        Order.minimum_compete_size,
        Order.compete_against_best_offset,
        Order.mid_offset_at_whole,
        Order.mid_offset_at_half,
    ),
    since(183, Order.customer_account),
    since(184, Order.professional_customer),
    since(198, Order.submitter),
)


@inbound(102, since=150)
class CompletedOrdersEnd(Inbound):
    """All completed orders have been told."""
