"""Orders as people place them: every kind, and every block of fields that some kind opens.

Owns contracts and orders, each with the lowest server version that can carry it. Rows that set one
field after the other stand in `requests`.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from witnesses.order_families import FAMILIES
from workstation.model import (
    ComboLeg,
    Contract,
    DeltaNeutralContract,
    LimitOrder,
    MarketOrder,
    Option,
    Order,
    SoftDollarTier,
    Stock,
    StopLimitOrder,
    StopOrder,
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

STOCK = Stock("AAPL")
LISTED = Stock("MSFT", primary_exchange="NASDAQ")
OPTION = Option("AAPL", "20270115", 190.0, "C")
FUTURE = Contract(
    symbol="ES",
    security_type="FUT",
    last_trade_date="202612",
    exchange="CME",
    currency="USD",
    multiplier="50",
    local_symbol="ESZ6",
    trading_class="ES",
)
CURRENCY = Contract(symbol="EUR", security_type="CASH", exchange="IDEALPRO", currency="USD")
BY_ID = Contract(contract_id=265598, exchange="SMART")
BY_ISIN = Contract(
    security_type="STK",
    exchange="SMART",
    currency="USD",
    security_id_type="ISIN",
    security_id="US0378331005",
)
SPREAD = Contract(
    symbol="AAPL",
    security_type="BAG",
    exchange="SMART",
    currency="USD",
    combo_legs=(
        ComboLeg(contract_id=1001, ratio=1, action="BUY", exchange="SMART"),
        ComboLeg(contract_id=1002, ratio=2, action="SELL", exchange="SMART", open_close=1),
        ComboLeg(
            contract_id=265598,
            ratio=100,
            action="SSHORT",
            exchange="SMART",
            short_sale_slot=2,
            designated_location="ELSEWHERE",
            exempt_code=3,
        ),
    ),
)
HEDGED_SPREAD = Contract(
    symbol="AAPL",
    security_type="BAG",
    exchange="SMART",
    currency="USD",
    combo_legs=(ComboLeg(contract_id=1001, ratio=1, action="BUY", exchange="SMART"),),
    delta_neutral_contract=DeltaNeutralContract(contract_id=265598, delta=0.55, price=190.5),
)
DARK = Contract(symbol="AAPL", security_type="STK", exchange="IBKRATS", currency="USD")


def order(kind: str, *, action: str = "BUY", quantity: str = "100", **fields: Any) -> Order:
    """An order of a kind that has no constructor."""
    return Order(
        action=action,
        total_quantity=Decimal(quantity),
        order_type=kind,
        time_in_force=fields.pop("time_in_force", "DAY"),
        **fields,
    )


def params(**values: str) -> tuple[TagValue, ...]:
    """Named parameters."""
    return tuple(TagValue(tag=tag, value=value) for tag, value in values.items())


ABOVE = PriceCondition(
    is_more=True, price=200.5, contract_id=265598, exchange="SMART", trigger_method=2
)
LATER = TimeCondition(conjunction="o", is_more=True, time="20261201 09:30:00 US/Eastern")
CUSHION = MarginCondition(is_more=False, percent=30.0)
TRADED = ExecutionCondition(conjunction="o", security_type="STK", exchange="SMART", symbol="MSFT")
BUSY = VolumeCondition(is_more=True, volume=1_000_000, contract_id=265598, exchange="SMART")
FALLEN = PercentChangeCondition(
    is_more=False, change_percent=-2.5, contract_id=272093, exchange="SMART"
)

CONTRACTS_AND_ORDERS: dict[str, tuple[Contract, Order, int]] = {
    "market": (STOCK, MarketOrder("BUY", 100), 100),
    "market, sold by contract id": (BY_ID, MarketOrder("SELL", 1), 100),
    "limit": (STOCK, LimitOrder("BUY", 100, 190.05), 100),
    "limit on a listing": (LISTED, LimitOrder("SELL", 7, 412.0), 100),
    "limit found by ISIN": (BY_ISIN, LimitOrder("BUY", 3, 187.0), 100),
    "limit of a tiny price": (CURRENCY, LimitOrder("BUY", 20000, 0.00001), 100),
    "limit below nothing": (SPREAD, LimitOrder("BUY", 1, -0.35), 100),
    "limit on an option": (OPTION, LimitOrder("BUY", 5, 12.35, time_in_force="GTC"), 100),
    "limit on a future": (FUTURE, LimitOrder("SELL", 2, 6012.25), 100),
    "limit of a fraction": (STOCK, LimitOrder("BUY", "0.1234", 190.05), 101),
    "stop": (STOCK, StopOrder("SELL", 100, 180.0), 100),
    "stop limit": (STOCK, StopLimitOrder("SELL", 100, 179.5, 180.0, time_in_force="GTC"), 100),
    "market if touched": (STOCK, order("MIT", aux_price=175.0), 100),
    "limit if touched": (STOCK, order("LIT", limit_price=174.5, aux_price=175.0), 100),
    "market on close": (STOCK, order("MOC"), 100),
    "limit on close": (STOCK, order("LOC", limit_price=190.0), 100),
    "market to limit": (STOCK, order("MTL"), 100),
    "market with protection": (FUTURE, order("MKT PRT", quantity="1"), 100),
    "at the open": (STOCK, order("MKT", time_in_force="OPG"), 100),
    "fill or kill": (STOCK, LimitOrder("BUY", 100, 190.0, time_in_force="FOK"), 100),
    "good till a date": (
        STOCK,
        order(
            "LMT",
            limit_price=190.0,
            time_in_force="GTD",
            good_till_date="20261231 16:00:00 US/Eastern",
            good_after_time="20261201 09:30:00 US/Eastern",
        ),
        100,
    ),
    "minutes": (STOCK, order("LMT", limit_price=1.5, time_in_force="Minutes", duration=300), 158),
    "outside regular hours": (
        STOCK,
        order("LMT", limit_price=190.0, outside_regular_hours=True, trigger_method=8),
        100,
    ),
    "overnight": (STOCK, order("LMT", limit_price=190.0, include_overnight=True), 189),
    "iceberg": (
        STOCK,
        order(
            "LMT",
            limit_price=190.0,
            display_size=10,
            hidden=True,
            minimum_quantity=5,
            all_or_none=True,
        ),
        100,
    ),
    "block and sweep": (
        OPTION,
        order("LMT", limit_price=2.0, block_order=True, sweep_to_fill=True),
        100,
    ),
    "what if": (STOCK, order("LMT", limit_price=190.0, what_if=True), 100),
    "held back": (STOCK, order("LMT", limit_price=190.0, transmit=False), 100),
    "bracket, the target": (
        STOCK,
        order("LMT", action="SELL", limit_price=200.0, parent_id=16, transmit=False),
        100,
    ),
    "bracket, the stop": (
        STOCK,
        order("STP", action="SELL", aux_price=180.0, parent_id=16, oca_group="b16", oca_type=2),
        100,
    ),
    "bracket that cancels its parent": (
        STOCK,
        order("STP", action="SELL", aux_price=180.0, parent_id=16, auto_cancel_parent=True),
        162,
    ),
    "trailing by an amount": (
        STOCK,
        order("TRAIL", action="SELL", aux_price=1.5, trail_stop_price=185.0),
        100,
    ),
    "trailing by percent": (STOCK, order("TRAIL", action="SELL", trailing_percent=2.5), 100),
    "trailing limit": (
        STOCK,
        order(
            "TRAIL LIMIT",
            action="SELL",
            aux_price=1.5,
            trail_stop_price=185.0,
            limit_price_offset=0.1,
        ),
        102,
    ),
    "relative": (STOCK, order("REL", aux_price=0.01, limit_price=195.0), 100),
    "relative by percent": (STOCK, order("REL", percent_offset=0.01), 100),
    "pegged to market": (STOCK, order("PEG MKT", aux_price=0.02), 100),
    "pegged to stock": (
        OPTION,
        order(
            "PEG STK",
            delta=50.0,
            starting_price=12.5,
            stock_reference_price=190.0,
            stock_range_lower=185.0,
            stock_range_upper=195.0,
        ),
        100,
    ),
    "pegged to benchmark": (
        STOCK,
        order(
            "PEG BENCH",
            starting_price=190.0,
            reference_contract_id=272093,
            is_pegged_change_amount_decrease=True,
            pegged_change_amount=0.1,
            reference_change_amount=0.2,
            reference_exchange="NASDAQ",
        ),
        102,
    ),
    "pegged to best": (
        DARK,
        order(
            "PEG BEST",
            limit_price=190.0,
            not_held=True,
            minimum_trade_quantity=100,
            minimum_compete_size=200,
            compete_against_best_offset=0.02,
        ),
        170,
    ),
    "pegged to best up to the midpoint": (
        DARK,
        order(
            "PEG BEST",
            limit_price=190.0,
            not_held=True,
            minimum_trade_quantity=100,
            minimum_compete_size=200,
            compete_against_best_offset=math.inf,
            mid_offset_at_whole=0.02,
            mid_offset_at_half=0.01,
        ),
        170,
    ),
    "pegged to the midpoint": (
        DARK,
        order(
            "PEG MID",
            limit_price=190.0,
            not_held=True,
            minimum_trade_quantity=100,
            mid_offset_at_whole=0.02,
            mid_offset_at_half=0.01,
        ),
        170,
    ),
    "midprice": (STOCK, order("MIDPRICE", limit_price=190.0), 100),
    "discretionary": (STOCK, order("LMT", limit_price=190.0, discretionary_amount=0.1), 100),
    "discretionary up to the limit": (
        STOCK,
        order("REL", limit_price=190.0, discretionary_up_to_limit_price=True),
        148,
    ),
    "volatility": (
        OPTION,
        order(
            "VOL",
            volatility=25.5,
            volatility_type=2,
            continuous_update=True,
            reference_price_type=1,
        ),
        100,
    ),
    "volatility, delta neutral": (
        OPTION,
        order(
            "VOL",
            volatility=25.5,
            volatility_type=1,
            delta_neutral_order_type="LMT",
            delta_neutral_aux_price=190.25,
            delta_neutral_contract_id=265598,
            delta_neutral_settling_firm="FIRM",
            delta_neutral_clearing_account="CLEAR",
            delta_neutral_clearing_intent="IB",
            delta_neutral_open_close="O",
            delta_neutral_short_sale=True,
            delta_neutral_short_sale_slot=2,
            delta_neutral_designated_location="ELSEWHERE",
        ),
        100,
    ),
    "auction": (OPTION, order("LMT", limit_price=2.0, auction_strategy=2), 100),
    "combination": (SPREAD, LimitOrder("BUY", 1, 2.35), 100),
    "combination at the market": (SPREAD, MarketOrder("SELL", 4), 100),
    "combination with prices of legs": (
        SPREAD,
        order("LMT", quantity="1", leg_prices=(12.35, None, 190.0)),
        100,
    ),
    "combination that may not be filled at once": (
        SPREAD,
        order(
            "LMT",
            quantity="1",
            limit_price=2.35,
            smart_combo_routing_parameters=params(NonGuaranteed="1", LeginPrio="2"),
        ),
        100,
    ),
    "combination with a hedge of its delta": (
        HEDGED_SPREAD,
        LimitOrder("BUY", 10, 12.0),
        100,
    ),
    "condition of price": (
        STOCK,
        order("LMT", limit_price=190.0, conditions=(ABOVE,)),
        102,
    ),
    "condition of time": (STOCK, order("MKT", conditions=(LATER,)), 102),
    "condition of margin": (STOCK, order("MKT", conditions=(CUSHION,)), 102),
    "condition of a trade": (STOCK, order("MKT", conditions=(TRADED,)), 102),
    "condition of volume": (STOCK, order("MKT", conditions=(BUSY,)), 102),
    "condition of change": (STOCK, order("MKT", conditions=(FALLEN,)), 102),
    "all conditions, cancelling": (
        STOCK,
        order(
            "LMT",
            limit_price=190.0,
            conditions=(ABOVE, LATER, CUSHION, TRADED, BUSY, FALLEN),
            conditions_cancel_order=True,
            conditions_ignore_regular_hours=True,
        ),
        102,
    ),
    "adaptive": (
        STOCK,
        order(
            "LMT",
            limit_price=190.0,
            algo_strategy="Adaptive",
            algo_parameters=params(adaptivePriority="Urgent"),
            algo_id="mine",
        ),
        100,
    ),
    "algo without parameters": (STOCK, order("MKT", algo_strategy="ClosePx"), 100),
    "time-weighted": (
        STOCK,
        order(
            "LMT",
            limit_price=190.0,
            algo_strategy="Twap",
            algo_parameters=params(
                strategyType="Marketable",
                startTime="09:00:00 US/Eastern",
                endTime="19:00:00 US/Eastern",
                allowPastEndTime="1",
            ),
        ),
        100,
    ),
    "scale": (
        STOCK,
        order(
            "LMT",
            quantity="5000",
            limit_price=190.0,
            scale_initial_level_size=2000,
            scale_subsequent_level_size=500,
            scale_price_increment=0.1,
            scale_price_adjust_value=0.05,
            scale_price_adjust_interval=10,
            scale_profit_offset=0.25,
            scale_auto_reset=True,
            scale_initial_position=100,
            scale_initial_fill_quantity=50,
            scale_random_percent=True,
        ),
        100,
    ),
    "scale by a table": (
        STOCK,
        order(
            "LMT",
            limit_price=190.0,
            scale_table="mine",
            active_start_time="20261201 09:30:00 US/Eastern",
            active_stop_time="20261201 16:00:00 US/Eastern",
        ),
        100,
    ),
    "hedge by beta": (
        STOCK,
        order("MKT", parent_id=16, hedge_type="B", hedge_parameter="0.8"),
        100,
    ),
    "hedge of a currency at its own price": (
        CURRENCY,
        order("MKT", parent_id=16, hedge_type="F", dont_use_auto_price_for_hedge=True),
        141,
    ),
    "adjusted to a trailing stop": (
        STOCK,
        order(
            "STP",
            action="SELL",
            aux_price=180.0,
            adjusted_order_type="TRAIL",
            trigger_price=195.0,
            adjusted_stop_price=190.0,
            adjusted_trailing_amount=2.5,
            adjustable_trailing_unit=1,
        ),
        102,
    ),
    "adjusted to a stop limit": (
        STOCK,
        order(
            "STP",
            action="SELL",
            aux_price=180.0,
            adjusted_order_type="STP LMT",
            trigger_price=195.0,
            adjusted_stop_price=190.0,
            adjusted_stop_limit_price=189.5,
            limit_price_offset=0.5,
        ),
        102,
    ),
    "short sale": (
        STOCK,
        order(
            "LMT",
            action="SSHORT",
            limit_price=190.0,
            short_sale_slot=2,
            designated_location="ELSEWHERE",
            exempt_code=1,
        ),
        100,
    ),
    "cash quantity": (
        CURRENCY,
        Order(action="BUY", order_type="MKT", total_quantity=Decimal(0), cash_quantity=2500.5),
        111,
    ),
    "of an advisor's group": (
        STOCK,
        order(
            "MKT",
            account="DF1234567",
            fa_group="All",
            fa_method="PctChange",
            fa_percentage="50",
            order_reference="rebalance 7",
        ),
        100,
    ),
    "of a model": (STOCK, order("MKT", model_code="Growth"), 103),
    "of an institution": (
        STOCK,
        order(
            "MKT",
            open_close="O",
            origin=1,
            rule_80a="A",
            settling_firm="FIRM",
            clearing_account="CLEAR",
            clearing_intent="Away",
            not_held=True,
            solicited=True,
        ),
        100,
    ),
    "of a customer's account": (
        STOCK,
        order("MKT", customer_account="C1", professional_customer=True),
        184,
    ),
    "with an operator": (FUTURE, order("MKT", ext_operator="ops"), 105),
    "placed by hand": (
        FUTURE,
        order(
            "MKT",
            ext_operator="ops",
            manual_order_indicator=1,
            manual_order_time="20261123-14:30:00",
        ),
        192,
    ),
    "with a soft dollar tier": (
        STOCK,
        order("MKT", soft_dollar_tier=SoftDollarTier(name="tier", value="10")),
        106,
    ),
    "with a European decision": (
        STOCK,
        order("MKT", mifid2_decision_maker="maker", mifid2_decision_algo="algo 1"),
        138,
    ),
    "with a European execution": (
        STOCK,
        order("MKT", mifid2_execution_trader="trader", mifid2_execution_algo="algo 2"),
        139,
    ),
    "of an order system's container": (STOCK, order("MKT", is_oms_container=True), 145),
    "with managed price": (
        STOCK,
        order("LMT", limit_price=190.0, use_price_management_algo=True),
        151,
    ),
    "without managed price": (
        STOCK,
        order("LMT", limit_price=190.0, use_price_management_algo=False),
        151,
    ),
    "for the broker's own pool": (STOCK, order("LMT", limit_price=190.0, post_to_ats=60), 160),
    "over a warning": (
        STOCK,
        order("LMT", limit_price=999.0, advanced_error_override="8229,COMBOPAYOUT"),
        166,
    ),
    "past the percentage limit": (
        STOCK,
        order("LMT", limit_price=999.0, override_percentage_constraints=True),
        100,
    ),
    "off the smart route": (
        Stock("AAPL", "NYSE"),
        order("LMT", limit_price=190.0, opt_out_smart_routing=True),
        100,
    ),
    "randomised": (
        STOCK,
        order("LMT", limit_price=190.0, randomize_size=True, randomize_price=True),
        100,
    ),
    "with odd options": (
        STOCK,
        order("MKT", misc_options=params(manual_cancel="1", route="a=b")),
        100,
    ),
    "only against an imbalance": (STOCK, order("LOC", limit_price=1.0, imbalance_only=True), 199),
}
CONTRACTS_AND_ORDERS |= FAMILIES
"""By name: the contract, the order, and the lowest server version that carries it."""
