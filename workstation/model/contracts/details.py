"""ContractDetails: what a Bridge knows about one contract.

Owns names, sessions, tick sizes and the other facts that come with contract data. Prices are
not among them.
"""

from __future__ import annotations

from decimal import Decimal

from workstation.model.contracts.contract import Contract
from workstation.model.record import Record
from workstation.model.tag_value import TagValue

__all__ = [
    "ContractDescription",
    "ContractDetails",
    "IneligibilityReason",
    "PriceIncrement",
]


class IneligibilityReason(Record):
    """Why an account may not trade a contract."""

    reason_id: str = ""
    description: str = ""


class PriceIncrement(Record):
    """One step of a market rule: from `low_edge` upward prices move in `increment`."""

    low_edge: float = 0.0
    increment: float = 0.0


class ContractDescription(Record):
    """One result of a symbol search."""

    contract: Contract = Contract()
    derivative_security_types: tuple[str, ...] = ()


class ContractDetails(Record):
    """Facts about one contract (message `contract_data`)."""

    contract: Contract = Contract()
    market_name: str = ""
    min_tick: float | None = None
    """Smallest price step anywhere in the contract's range; see `market_rule_ids`."""
    order_types: str = ""
    """Comma-separated, as `valid_exchanges` is."""
    valid_exchanges: str = ""
    price_magnifier: int = 0
    """Quotes are in currency / magnifier; delivered, never applied."""
    under_contract_id: int = 0
    long_name: str = ""
    contract_month: str = ""
    industry: str = ""
    category: str = ""
    subcategory: str = ""
    time_zone_id: str = ""
    trading_hours: str = ""
    """`20261123:0400-20261123:2000;20261124:CLOSED`, in `time_zone_id`."""
    liquid_hours: str = ""
    ev_rule: str = ""
    ev_multiplier: int | None = None
    aggregation_group: int = 0
    under_symbol: str = ""
    under_security_type: str = ""
    market_rule_ids: str = ""
    """One rule id for each of `valid_exchanges`, comma-separated."""
    security_ids: tuple[TagValue, ...] = ()
    real_expiration_date: str = ""
    last_trade_date: str = ""
    """Last day of trading, where it differs from the expiry (server version 182)."""
    last_trade_time: str = ""
    last_trade_time_zone: str = ""
    """UTC or a zone's name; empty when not told."""
    stock_type: str = ""
    min_size: Decimal | None = None
    size_increment: Decimal | None = None
    suggested_size_increment: Decimal | None = None
    fund_name: str = ""
    fund_family: str = ""
    fund_type: str = ""
    fund_front_load: str = ""
    fund_back_load: str = ""
    fund_back_load_time_interval: str = ""
    fund_management_fee: str = ""
    fund_closed: bool = False
    fund_closed_for_new_investors: bool = False
    fund_closed_for_new_money: bool = False
    fund_notify_amount: str = ""
    fund_minimum_initial_purchase: str = ""
    fund_subsequent_minimum_purchase: str = ""
    fund_blue_sky_states: str = ""
    fund_blue_sky_territories: str = ""
    fund_distribution_policy: str = ""
    """N accumulates, Y pays income."""
    fund_asset_type: str = ""
    ineligibility_reasons: tuple[IneligibilityReason, ...] = ()
    cusip: str = ""
    """This and what follows: bonds."""
    ratings: str = ""
    description_append: str = ""
    bond_type: str = ""
    coupon_type: str = ""
    callable: bool = False
    puttable: bool = False
    coupon: float = 0.0
    """Percent a year."""
    convertible: bool = False
    maturity: str = ""
    issue_date: str = ""
    next_option_date: str = ""
    next_option_type: str = ""
    next_option_partial: bool = False
    notes: str = ""
