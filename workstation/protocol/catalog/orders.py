"""Orders: placing them, cancelling them, and what the Bridge says about them.

The three messages that carry a whole order have 92 fields in common and no common order, so each
has a layout of its own. Which version brought a field stands on the field.
"""

from __future__ import annotations

import math
from decimal import Decimal

from workstation.model import (
    ComboLeg,
    Contract,
    Order,
    OrderAllocation,
    OrderState,
    SoftDollarTier,
    TagValue,
)
from workstation.model.orders import (
    ExecutionCondition,
    MarginCondition,
    PercentChangeCondition,
    PriceCondition,
    TimeCondition,
    VolumeCondition,
)
from workstation.protocol.catalog.shared import DELTA_NEUTRAL_CONTRACT, RECEIVED_CONTRACT
from workstation.protocol.codecs import WHOLE_NUMBER, Unset
from workstation.protocol.layout import (
    Test,
    between,
    branch,
    constant,
    items,
    literal,
    repeat,
    scalars,
    since,
    skip,
    spelled,
    tag_text,
    union,
    until,
    when,
    zero,
)
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CancelOrder",
    "OpenOrder",
    "OpenOrderEnd",
    "OrderBound",
    "OrderStatus",
    "PlaceOrder",
    "RequestAllOpenOrders",
    "RequestAutoOpenOrders",
    "RequestGlobalCancel",
    "RequestOpenOrders",
]

_PEGGED_TO_BENCHMARK = frozenset({"PEG BENCH", "PEGBENCH"})
_PEGGED_TO_BEST = frozenset({"PEG BEST", "PEGBEST"})
_PEGGED_TO_MIDPOINT = frozenset({"PEG MID", "PEGMID"})

_COMBO_LEG = items(
    ComboLeg.contract_id,
    ComboLeg.ratio,
    ComboLeg.action,
    ComboLeg.exchange,
    ComboLeg.open_close,
    ComboLeg.short_sale_slot,
    ComboLeg.designated_location,
    ComboLeg.exempt_code,
)

_ROUTING = repeat(Order.smart_combo_routing_parameters, TagValue, TagValue.tag, TagValue.value)

_ALGO = items(
    Order.algo_strategy,
    when(
        Order.algo_strategy,
        Test.TRUTHY,
        repeat(Order.algo_parameters, TagValue, TagValue.tag, TagValue.value),
    ),
)

_SCALE_DETAILS = when(
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

_HEDGE = items(Order.hedge_type, when(Order.hedge_type, Test.TRUTHY, Order.hedge_parameter))

_BENCHMARK = when(
    Order.order_type,
    Test.ONE_OF,
    Order.reference_contract_id,
    Order.is_pegged_change_amount_decrease,
    Order.pegged_change_amount,
    Order.reference_change_amount,
    Order.reference_exchange,
    operand=_PEGGED_TO_BENCHMARK,
)

_CONDITIONS = items(
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


@request(3)
class PlaceOrder(Request):
    """Place an order, or change one: the same id again replaces what may be replaced."""

    order_id: int
    contract: Contract
    order: Order


lay_out(
    PlaceOrder,
    until(145, constant("45")),
    PlaceOrder.order_id,
    Contract.contract_id,
    Contract.symbol,
    Contract.security_type,
    Contract.last_trade_date,
    Contract.strike,
    Contract.right,
    Contract.multiplier,
    Contract.exchange,
    Contract.primary_exchange,
    Contract.currency,
    Contract.local_symbol,
    Contract.trading_class,
    Contract.security_id_type,
    Contract.security_id,
    Order.action,
    until(101, spelled(Order.total_quantity, WHOLE_NUMBER, Unset.LITERAL)),
    since(101, literal(Order.total_quantity)),
    Order.order_type,
    Order.limit_price,
    Order.aux_price,
    Order.time_in_force,
    Order.oca_group,
    Order.account,
    Order.open_close,
    Order.origin,
    Order.order_reference,
    Order.transmit,
    Order.parent_id,
    Order.block_order,
    Order.sweep_to_fill,
    Order.display_size,
    Order.trigger_method,
    Order.outside_regular_hours,
    Order.hidden,
    when(
        Contract.security_type,
        Test.EQUALS,
        repeat(Contract.combo_legs, ComboLeg, _COMBO_LEG),
        scalars(Order.leg_prices),
        _ROUTING,
        operand="BAG",
    ),
    skip(),  # shares allocation, long gone
    Order.discretionary_amount,
    Order.good_after_time,
    Order.good_till_date,
    Order.fa_group,
    Order.fa_method,
    Order.fa_percentage,
    until(177, skip()),  # advisor profile
    since(103, Order.model_code),
    Order.short_sale_slot,
    Order.designated_location,
    Order.exempt_code,
    Order.oca_type,
    Order.rule_80a,
    Order.settling_firm,
    Order.all_or_none,
    Order.minimum_quantity,
    Order.percent_offset,
    constant("0"),  # electronic trade only
    constant("0"),  # firm quote only
    skip(),  # NBBO price cap
    Order.auction_strategy,
    Order.starting_price,
    Order.stock_reference_price,
    Order.delta,
    Order.stock_range_lower,
    Order.stock_range_upper,
    Order.override_percentage_constraints,
    Order.volatility,
    Order.volatility_type,
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
    Order.reference_price_type,
    Order.trail_stop_price,
    Order.trailing_percent,
    Order.scale_initial_level_size,
    Order.scale_subsequent_level_size,
    Order.scale_price_increment,
    _SCALE_DETAILS,
    Order.scale_table,
    Order.active_start_time,
    Order.active_stop_time,
    _HEDGE,
    Order.opt_out_smart_routing,
    Order.clearing_account,
    Order.clearing_intent,
    Order.not_held,
    DELTA_NEUTRAL_CONTRACT,
    _ALGO,
    Order.algo_id,
    Order.what_if,
    tag_text(Order.misc_options),
    Order.solicited,
    Order.randomize_size,
    Order.randomize_price,
    since(
        102,
        _BENCHMARK,
        _CONDITIONS,
        Order.adjusted_order_type,
        literal(Order.trigger_price),
        literal(Order.limit_price_offset),
        literal(Order.adjusted_stop_price),
        literal(Order.adjusted_stop_limit_price),
        literal(Order.adjusted_trailing_amount),
        Order.adjustable_trailing_unit,
    ),
    since(105, Order.ext_operator),
    since(106, SoftDollarTier.name, SoftDollarTier.value),
    since(111, literal(Order.cash_quantity)),
    since(138, Order.mifid2_decision_maker, Order.mifid2_decision_algo),
    since(139, Order.mifid2_execution_trader, Order.mifid2_execution_algo),
    since(141, Order.dont_use_auto_price_for_hedge),
    since(145, Order.is_oms_container),
    since(148, Order.discretionary_up_to_limit_price),
    since(151, Order.use_price_management_algo),
    since(158, literal(Order.duration)),
    since(160, literal(Order.post_to_ats)),
    since(162, Order.auto_cancel_parent),
    since(166, Order.advanced_error_override),
    since(169, Order.manual_order_time),
    since(
        170,
        when(
            Contract.exchange,
            Test.EQUALS,
            Order.minimum_trade_quantity,
            operand="IBKRATS",
        ),
        when(
            Order.order_type,
            Test.ONE_OF,
            Order.minimum_compete_size,
            Order.compete_against_best_offset,
            when(
                Order.compete_against_best_offset,
                Test.EQUALS,
                Order.mid_offset_at_whole,
                Order.mid_offset_at_half,
                operand=math.inf,
            ),
            operand=_PEGGED_TO_BEST,
        ),
        when(
            Order.order_type,
            Test.ONE_OF,
            Order.mid_offset_at_whole,
            Order.mid_offset_at_half,
            operand=_PEGGED_TO_MIDPOINT,
        ),
    ),
    since(183, Order.customer_account),
    since(184, Order.professional_customer),
    between(187, 190, skip(), constant("2147483647")),  # request for quote, gone again
    since(189, Order.include_overnight),
    since(192, literal(Order.manual_order_indicator)),
    since(199, Order.imbalance_only),
)


@request(4)
class CancelOrder(Request):
    """Ask to cancel an order; it may fill before it is."""

    order_id: int
    manual_cancel_time: str = ""
    ext_operator: str = ""
    manual_order_indicator: int | None = None


lay_out(
    CancelOrder,
    until(192, constant("1")),
    CancelOrder.order_id,
    since(169, CancelOrder.manual_cancel_time),
    between(187, 190, skip(), skip(), constant("2147483647")),  # request for quote, gone again
    since(192, CancelOrder.ext_operator, literal(CancelOrder.manual_order_indicator)),
)


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


@request(58)
class RequestGlobalCancel(Request):
    """Cancel every order of the account."""

    ext_operator: str = ""
    manual_order_indicator: int | None = None


lay_out(
    RequestGlobalCancel,
    until(192, constant("1")),
    since(
        192, RequestGlobalCancel.ext_operator, literal(RequestGlobalCancel.manual_order_indicator)
    ),
)


@inbound(3)
class OrderStatus(Inbound):
    """How far an order has come; repeats are normal."""

    order_id: int
    status: str
    """A word of `OrderStatusName`."""
    filled: Decimal | None = None
    remaining: Decimal | None = None
    average_fill_price: float = 0.0
    permanent_id: int = 0
    parent_id: int = 0
    last_fill_price: float = 0.0
    client_id: int = 0
    why_held: str = ""
    market_cap_price: float | None = None
    """Price to which the Bridge capped the order (server version 131)."""


lay_out(
    OrderStatus,
    until(131, constant("6")),
    OrderStatus.order_id,
    OrderStatus.status,
    OrderStatus.filled,
    OrderStatus.remaining,
    OrderStatus.average_fill_price,
    OrderStatus.permanent_id,
    OrderStatus.parent_id,
    OrderStatus.last_fill_price,
    OrderStatus.client_id,
    OrderStatus.why_held,
    since(131, OrderStatus.market_cap_price),
)


@inbound(53, constant("1"))
class OpenOrderEnd(Inbound):
    """All working orders have been told once."""


@inbound(100, since=144)
class OrderBound(Inbound):
    """An order got an id of this API client."""

    permanent_id: int
    client_id: int
    order_id: int


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
    repeat(Contract.combo_legs, ComboLeg, _COMBO_LEG),
    scalars(Order.leg_prices),
    _ROUTING,
    literal(Order.scale_initial_level_size),
    literal(Order.scale_subsequent_level_size),
    Order.scale_price_increment,
    _SCALE_DETAILS,
    _HEDGE,
    Order.opt_out_smart_routing,
    Order.clearing_account,
    Order.clearing_intent,
    Order.not_held,
    DELTA_NEUTRAL_CONTRACT,
    _ALGO,
    Order.solicited,
    Order.what_if,
    OrderState.status,
    _MARGINS,
    Order.randomize_size,
    Order.randomize_price,
    since(
        102,
        _BENCHMARK,
        _CONDITIONS,
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
