"""Orders: placing them, cancelling them, and how far they have come.

A whole order also travels in `open_orders`. Which version brought a field stands on the field.
"""

from __future__ import annotations

import math
from decimal import Decimal

from workstation.model import ComboLeg, Contract, Order, SoftDollarTier
from workstation.protocol.catalog.order_fields import (
    ALGO,
    BENCHMARK,
    COMBO_LEG,
    CONDITIONS,
    HEDGE,
    PEGGED_TO_BEST,
    PEGGED_TO_MIDPOINT,
    ROUTING,
    SCALE_DETAILS,
)
from workstation.protocol.catalog.shared import DELTA_NEUTRAL_CONTRACT
from workstation.protocol.codecs import WHOLE_NUMBER, Unset
from workstation.protocol.layout import (
    Test,
    between,
    constant,
    literal,
    repeat,
    scalars,
    since,
    skip,
    spelled,
    tag_text,
    until,
    when,
)
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CancelOrder",
    "OrderBound",
    "OrderStatus",
    "PlaceOrder",
    "RequestGlobalCancel",
]


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
        repeat(Contract.combo_legs, ComboLeg, COMBO_LEG),
        scalars(Order.leg_prices),
        ROUTING,
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
    SCALE_DETAILS,
    Order.scale_table,
    Order.active_start_time,
    Order.active_stop_time,
    HEDGE,
    Order.opt_out_smart_routing,
    Order.clearing_account,
    Order.clearing_intent,
    Order.not_held,
    DELTA_NEUTRAL_CONTRACT,
    ALGO,
    Order.algo_id,
    Order.what_if,
    tag_text(Order.misc_options),
    Order.solicited,
    Order.randomize_size,
    Order.randomize_price,
    since(
        102,
        BENCHMARK,
        CONDITIONS,
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
            operand=PEGGED_TO_BEST,
        ),
        when(
            Order.order_type,
            Test.ONE_OF,
            Order.mid_offset_at_whole,
            Order.mid_offset_at_half,
            operand=PEGGED_TO_MIDPOINT,
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


@inbound(100, since=144)
class OrderBound(Inbound):
    """An order got an id of this API client."""

    permanent_id: int
    client_id: int
    order_id: int
