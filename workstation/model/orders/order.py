"""Order: every field an order can have, declared once, and what a Bridge says about it.

Owns names, types, defaults and meaning of the fields. Leaves their order on the wire to
`workstation.protocol.catalog`, and to the constructors in `kinds` which fields an order kind
needs. None means not set.
"""

from __future__ import annotations

from decimal import Decimal

from workstation.model.orders.conditions import Condition
from workstation.model.record import Record
from workstation.model.tag_value import TagValue

__all__ = ["Order", "OrderAllocation", "OrderState", "SoftDollarTier"]


class SoftDollarTier(Record):
    """Commission tier of an account with soft dollars."""

    name: str = ""
    value: str = ""
    display_name: str = ""


class Order(Record):
    """One order; kinds are constructors (`LimitOrder(...)` returns an Order).

    Prices are in the contract's currency, sizes in its units. The same record travels in
    `place_order`, `open_order` and `completed_order`; some fields only the Bridge fills in
    (`permanent_id`, `filled_quantity`, …).
    """

    order_id: int = 0
    client_id: int = 0
    permanent_id: int = 0
    """The Bridge's lasting number for the order (permId)."""
    action: str = ""
    total_quantity: Decimal | None = None
    order_type: str = ""
    limit_price: float | None = None
    aux_price: float | None = None
    """Stop price, trailing amount or offset, as the order type has it."""
    time_in_force: str = ""
    active_start_time: str = ""
    active_stop_time: str = ""
    oca_group: str = ""
    """Orders of one group cancel or reduce each other, as `oca_type` says."""
    oca_type: int = 0
    """1 cancel with block, 2 reduce with block, 3 reduce without block."""
    order_reference: str = ""
    transmit: bool = True
    """False holds the order at the Bridge until a later one of its group transmits."""
    parent_id: int = 0
    block_order: bool = False
    sweep_to_fill: bool = False
    display_size: int | None = 0
    trigger_method: int = 0
    outside_regular_hours: bool = False
    hidden: bool = False
    good_after_time: str = ""
    good_till_date: str = ""
    rule_80a: str = ""
    all_or_none: bool = False
    minimum_quantity: int | None = None
    percent_offset: float | None = None
    override_percentage_constraints: bool = False
    trail_stop_price: float | None = None
    initial_trail_stop_price: float | None = None
    """What `open_order` says at its first of two places for the trail stop price."""
    trailing_percent: float | None = None
    fa_group: str = ""
    fa_method: str = ""
    fa_percentage: str = ""
    designated_location: str = ""
    open_close: str = ""
    origin: int = 0
    """0 customer, 1 firm."""
    short_sale_slot: int = 0
    exempt_code: int = -1
    discretionary_amount: float | None = 0
    opt_out_smart_routing: bool = False
    auction_strategy: int = 0
    starting_price: float | None = None
    stock_reference_price: float | None = None
    delta: float | None = None
    stock_range_lower: float | None = None
    stock_range_upper: float | None = None
    randomize_price: bool = False
    randomize_size: bool = False
    volatility: float | None = None
    """In percent."""
    volatility_type: int | None = None
    """1 daily, 2 annual."""
    delta_neutral_order_type: str = ""
    delta_neutral_aux_price: float | None = None
    delta_neutral_contract_id: int = 0
    delta_neutral_settling_firm: str = ""
    delta_neutral_clearing_account: str = ""
    delta_neutral_clearing_intent: str = ""
    delta_neutral_open_close: str = ""
    delta_neutral_short_sale: bool = False
    delta_neutral_short_sale_slot: int = 0
    delta_neutral_designated_location: str = ""
    continuous_update: bool = False
    reference_price_type: int | None = None
    """1 average of bid and ask, 2 bid or ask."""
    basis_points: float | None = None
    basis_points_type: int | None = None
    scale_initial_level_size: int | None = None
    scale_subsequent_level_size: int | None = None
    scale_price_increment: float | None = None
    scale_price_adjust_value: float | None = None
    scale_price_adjust_interval: int | None = None
    scale_profit_offset: float | None = None
    scale_auto_reset: bool = False
    scale_initial_position: int | None = None
    scale_initial_fill_quantity: int | None = None
    scale_random_percent: bool = False
    scale_table: str = ""
    hedge_type: str = ""
    """D delta, B beta, F forex, P pair."""
    hedge_parameter: str = ""
    account: str = ""
    settling_firm: str = ""
    clearing_account: str = ""
    clearing_intent: str = ""
    """IB, Away or PTA (post trade allocation)."""
    algo_strategy: str = ""
    algo_parameters: tuple[TagValue, ...] = ()
    smart_combo_routing_parameters: tuple[TagValue, ...] = ()
    algo_id: str = ""
    what_if: bool = False
    """Ask for margin and commission; nothing is traded."""
    not_held: bool = False
    solicited: bool = False
    model_code: str = ""
    leg_prices: tuple[float | None, ...] = ()
    """Price of each leg of a combination, in the order of its legs."""
    misc_options: tuple[TagValue, ...] = ()
    reference_contract_id: int = 0
    pegged_change_amount: float | None = 0.0
    is_pegged_change_amount_decrease: bool = False
    reference_change_amount: float | None = 0.0
    reference_exchange: str = ""
    adjusted_order_type: str = ""
    trigger_price: float | None = None
    adjusted_stop_price: float | None = None
    adjusted_stop_limit_price: float | None = None
    adjusted_trailing_amount: float | None = None
    adjustable_trailing_unit: int = 0
    limit_price_offset: float | None = None
    conditions: tuple[Condition, ...] = ()
    conditions_cancel_order: bool = False
    conditions_ignore_regular_hours: bool = False
    ext_operator: str = ""
    soft_dollar_tier: SoftDollarTier = SoftDollarTier()
    cash_quantity: float | None = None
    mifid2_decision_maker: str = ""
    mifid2_decision_algo: str = ""
    mifid2_execution_trader: str = ""
    mifid2_execution_algo: str = ""
    dont_use_auto_price_for_hedge: bool = False
    is_oms_container: bool = False
    discretionary_up_to_limit_price: bool = False
    auto_cancel_date: str = ""
    filled_quantity: Decimal | None = None
    reference_futures_contract_id: int = 0
    auto_cancel_parent: bool = False
    shareholder: str = ""
    imbalance_only: bool = False
    route_marketable_to_bbo: bool | None = None
    parent_permanent_id: int = 0
    use_price_management_algo: bool | None = None
    duration: int | None = None
    """Seconds the order works."""
    post_to_ats: int | None = None
    advanced_error_override: str = ""
    manual_order_time: str = ""
    minimum_trade_quantity: int | None = None
    minimum_compete_size: int | None = None
    compete_against_best_offset: float | None = None
    """Infinity means up to the midpoint."""
    mid_offset_at_whole: float | None = None
    mid_offset_at_half: float | None = None
    customer_account: str = ""
    professional_customer: bool = False
    bond_accrued_interest: str = ""
    include_overnight: bool = False
    manual_order_indicator: int | None = None
    submitter: str = ""


class OrderAllocation(Record):
    """What an order means for one account of an advisor."""

    account: str = ""
    position: Decimal | None = None
    position_desired: Decimal | None = None
    position_after: Decimal | None = None
    desired_allocation_quantity: Decimal | None = None
    allowed_allocation_quantity: Decimal | None = None
    is_monetary: bool = False


class OrderState(Record):
    """What the Bridge says about an order: its stage, margin and commission.

    Margins come as text in the account's currency; empty when not told.
    """

    status: str = ""
    initial_margin_before: str = ""
    maintenance_margin_before: str = ""
    equity_with_loan_before: str = ""
    initial_margin_change: str = ""
    maintenance_margin_change: str = ""
    equity_with_loan_change: str = ""
    initial_margin_after: str = ""
    maintenance_margin_after: str = ""
    equity_with_loan_after: str = ""
    commission: float | None = None
    minimum_commission: float | None = None
    maximum_commission: float | None = None
    commission_currency: str = ""
    margin_currency: str = ""
    initial_margin_before_outside_regular_hours: float | None = None
    maintenance_margin_before_outside_regular_hours: float | None = None
    equity_with_loan_before_outside_regular_hours: float | None = None
    initial_margin_change_outside_regular_hours: float | None = None
    maintenance_margin_change_outside_regular_hours: float | None = None
    equity_with_loan_change_outside_regular_hours: float | None = None
    initial_margin_after_outside_regular_hours: float | None = None
    maintenance_margin_after_outside_regular_hours: float | None = None
    equity_with_loan_after_outside_regular_hours: float | None = None
    suggested_size: Decimal | None = None
    reject_reason: str = ""
    allocations: tuple[OrderAllocation, ...] = ()
    warning_text: str = ""
    completed_time: str = ""
    completed_status: str = ""
