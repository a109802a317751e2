"""Contracts: finding them, and what the Bridge knows about them."""

from __future__ import annotations

from workstation.model import (
    Contract,
    ContractDescription,
    ContractDetails,
    IneligibilityReason,
    PriceIncrement,
    TagValue,
)
from workstation.protocol.catalog.shared import CONTRACT_WITH_PRIMARY_EXCHANGE
from workstation.protocol.layout import (
    Test,
    between,
    constant,
    escaped,
    expiry,
    repeat,
    scalars,
    since,
    skip,
    until,
    when,
)
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "BondContractData",
    "ContractData",
    "ContractDataEnd",
    "MarketRule",
    "RequestContractData",
    "RequestMarketRule",
    "RequestMatchingSymbols",
    "RequestSecurityDefinitionOptionParameters",
    "SecurityDefinitionOptionParameter",
    "SecurityDefinitionOptionParameterEnd",
    "SymbolSamples",
]


@request(9)
class RequestContractData(Request):
    """Ask for all contracts that fit a partly filled one."""

    request_id: int
    contract: Contract


lay_out(
    RequestContractData,
    constant("8"),
    RequestContractData.request_id,
    CONTRACT_WITH_PRIMARY_EXCHANGE,
    Contract.include_expired,
    Contract.security_id_type,
    Contract.security_id,
    since(176, Contract.issuer_id),
)


@request(78, since=104)
class RequestSecurityDefinitionOptionParameters(Request):
    """Ask for expiries and strikes of the options on an underlying."""

    request_id: int
    under_symbol: str
    exchange: str = ""
    """Only for options on futures."""
    under_security_type: str = "STK"
    under_contract_id: int = 0


@request(81, since=108)
class RequestMatchingSymbols(Request):
    """Search symbols and names."""

    request_id: int
    pattern: str


@request(91, since=126)
class RequestMarketRule(Request):
    """Ask for a table of price steps."""

    market_rule_id: int


@inbound(10)
class ContractData(Inbound):
    """One contract that fits, with what the Bridge knows about it."""

    request_id: int
    details: ContractDetails = ContractDetails()


lay_out(
    ContractData,
    until(164, constant("8")),
    ContractData.request_id,
    Contract.symbol,
    Contract.security_type,
    expiry(
        Contract.last_trade_date,
        ContractDetails.last_trade_time,
        ContractDetails.last_trade_time_zone,
    ),
    since(182, ContractDetails.last_trade_date),
    Contract.strike,
    Contract.right,
    Contract.exchange,
    Contract.currency,
    Contract.local_symbol,
    ContractDetails.market_name,
    Contract.trading_class,
    Contract.contract_id,
    ContractDetails.min_tick,
    between(110, 164, constant("100")),  # size multiplier of market data
    Contract.multiplier,
    ContractDetails.order_types,
    ContractDetails.valid_exchanges,
    ContractDetails.price_magnifier,
    ContractDetails.under_contract_id,
    escaped(ContractDetails.long_name),
    Contract.primary_exchange,
    ContractDetails.contract_month,
    ContractDetails.industry,
    ContractDetails.category,
    ContractDetails.subcategory,
    ContractDetails.time_zone_id,
    ContractDetails.trading_hours,
    ContractDetails.liquid_hours,
    ContractDetails.ev_rule,
    ContractDetails.ev_multiplier,
    repeat(ContractDetails.security_ids, TagValue, TagValue.tag, TagValue.value),
    since(121, ContractDetails.aggregation_group),
    since(122, ContractDetails.under_symbol, ContractDetails.under_security_type),
    since(126, ContractDetails.market_rule_ids),
    since(134, ContractDetails.real_expiration_date),
    since(152, ContractDetails.stock_type),
    between(163, 164, skip()),  # smallest size step
    since(
        164,
        ContractDetails.min_size,
        ContractDetails.size_increment,
        ContractDetails.suggested_size_increment,
    ),
    since(
        179,
        when(
            Contract.security_type,
            Test.EQUALS,
            ContractDetails.fund_name,
            ContractDetails.fund_family,
            ContractDetails.fund_type,
            ContractDetails.fund_front_load,
            ContractDetails.fund_back_load,
            ContractDetails.fund_back_load_time_interval,
            ContractDetails.fund_management_fee,
            ContractDetails.fund_closed,
            ContractDetails.fund_closed_for_new_investors,
            ContractDetails.fund_closed_for_new_money,
            ContractDetails.fund_notify_amount,
            ContractDetails.fund_minimum_initial_purchase,
            ContractDetails.fund_subsequent_minimum_purchase,
            ContractDetails.fund_blue_sky_states,
            ContractDetails.fund_blue_sky_territories,
            ContractDetails.fund_distribution_policy,
            ContractDetails.fund_asset_type,
            operand="FUND",
        ),
    ),
    since(
        186,
        repeat(
            ContractDetails.ineligibility_reasons,
            IneligibilityReason,
            IneligibilityReason.reason_id,
            IneligibilityReason.description,
        ),
    ),
)


@inbound(18)
class BondContractData(Inbound):
    """One bond that fits, with what the Bridge knows about it."""

    request_id: int
    details: ContractDetails = ContractDetails()


lay_out(
    BondContractData,
    until(164, constant("6")),
    BondContractData.request_id,
    Contract.symbol,
    Contract.security_type,
    ContractDetails.cusip,
    ContractDetails.coupon,
    expiry(
        ContractDetails.maturity,
        ContractDetails.last_trade_time,
        ContractDetails.last_trade_time_zone,
    ),
    ContractDetails.issue_date,
    ContractDetails.ratings,
    ContractDetails.bond_type,
    ContractDetails.coupon_type,
    ContractDetails.convertible,
    ContractDetails.callable,
    ContractDetails.puttable,
    ContractDetails.description_append,
    Contract.exchange,
    Contract.currency,
    ContractDetails.market_name,
    Contract.trading_class,
    Contract.contract_id,
    ContractDetails.min_tick,
    between(110, 164, constant("100")),  # size multiplier of market data
    ContractDetails.order_types,
    ContractDetails.valid_exchanges,
    ContractDetails.next_option_date,
    ContractDetails.next_option_type,
    ContractDetails.next_option_partial,
    ContractDetails.notes,
    ContractDetails.long_name,
    since(
        188,
        ContractDetails.time_zone_id,
        ContractDetails.trading_hours,
        ContractDetails.liquid_hours,
    ),
    ContractDetails.ev_rule,
    ContractDetails.ev_multiplier,
    repeat(ContractDetails.security_ids, TagValue, TagValue.tag, TagValue.value),
    since(121, ContractDetails.aggregation_group),
    since(126, ContractDetails.market_rule_ids),
    since(
        164,
        ContractDetails.min_size,
        ContractDetails.size_increment,
        ContractDetails.suggested_size_increment,
    ),
)


@inbound(52, constant("1"))
class ContractDataEnd(Inbound):
    """No more contracts fit."""

    request_id: int


@inbound(75, since=104)
class SecurityDefinitionOptionParameter(Inbound):
    """Expiries and strikes of one class of options on one exchange.

    Their cross product holds contracts that do not exist.
    """

    request_id: int
    exchange: str
    under_contract_id: int
    trading_class: str
    multiplier: str
    expirations: tuple[str, ...] = ()
    """`YYYYMMDD`."""
    strikes: tuple[float, ...] = ()


lay_out(
    SecurityDefinitionOptionParameter,
    SecurityDefinitionOptionParameter.request_id,
    SecurityDefinitionOptionParameter.exchange,
    SecurityDefinitionOptionParameter.under_contract_id,
    SecurityDefinitionOptionParameter.trading_class,
    SecurityDefinitionOptionParameter.multiplier,
    scalars(SecurityDefinitionOptionParameter.expirations),
    scalars(SecurityDefinitionOptionParameter.strikes),
)


@inbound(76, since=104)
class SecurityDefinitionOptionParameterEnd(Inbound):
    """No more classes of options."""

    request_id: int


@inbound(79, since=108)
class SymbolSamples(Inbound):
    """Contracts whose symbol or name fits a search."""

    request_id: int
    contracts: tuple[ContractDescription, ...] = ()


lay_out(
    SymbolSamples,
    SymbolSamples.request_id,
    repeat(
        SymbolSamples.contracts,
        ContractDescription,
        Contract.contract_id,
        Contract.symbol,
        Contract.security_type,
        Contract.primary_exchange,
        Contract.currency,
        scalars(ContractDescription.derivative_security_types),
        since(176, Contract.description, Contract.issuer_id),
    ),
)


@inbound(93, since=126)
class MarketRule(Inbound):
    """A table of price steps, lowest first."""

    market_rule_id: int
    increments: tuple[PriceIncrement, ...] = ()


lay_out(
    MarketRule,
    MarketRule.market_rule_id,
    repeat(
        MarketRule.increments,
        PriceIncrement,
        PriceIncrement.low_edge,
        PriceIncrement.increment,
    ),
)
