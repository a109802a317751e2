"""Vocabularies of accounts, advisors, executions and the Bridge itself."""

from __future__ import annotations

from enum import IntEnum, StrEnum

__all__ = [
    "AccountSummaryTag",
    "AdvisorDataType",
    "AdvisorMethod",
    "ExecutionSide",
    "ExerciseAction",
    "Liquidity",
    "ServerLogLevel",
]


class AccountSummaryTag(StrEnum):
    """What an account summary can tell; values are in the account's base currency.

    Those that begin with FULL are overnight margins, those with LOOK_AHEAD are margins as they
    will be at the next change.
    """

    ACCOUNT_TYPE = "AccountType"
    NET_LIQUIDATION = "NetLiquidation"
    TOTAL_CASH_VALUE = "TotalCashValue"
    """With profit and loss of futures."""
    SETTLED_CASH = "SettledCash"
    ACCRUED_CASH = "AccruedCash"
    """Interest and dividends that are due."""
    BUYING_POWER = "BuyingPower"
    EQUITY_WITH_LOAN_VALUE = "EquityWithLoanValue"
    PREVIOUS_DAY_EQUITY_WITH_LOAN_VALUE = "PreviousDayEquityWithLoanValue"
    GROSS_POSITION_VALUE = "GrossPositionValue"
    """Long and short positions, without their signs."""
    REG_T_EQUITY = "RegTEquity"
    REG_T_MARGIN = "RegTMargin"
    SPECIAL_MEMORANDUM_ACCOUNT = "SMA"
    INITIAL_MARGIN = "InitMarginReq"
    MAINTENANCE_MARGIN = "MaintMarginReq"
    AVAILABLE_FUNDS = "AvailableFunds"
    EXCESS_LIQUIDITY = "ExcessLiquidity"
    CUSHION = "Cushion"
    """Excess liquidity as a fraction of net liquidation value."""
    FULL_INITIAL_MARGIN = "FullInitMarginReq"
    FULL_MAINTENANCE_MARGIN = "FullMaintMarginReq"
    FULL_AVAILABLE_FUNDS = "FullAvailableFunds"
    FULL_EXCESS_LIQUIDITY = "FullExcessLiquidity"
    LOOK_AHEAD_NEXT_CHANGE = "LookAheadNextChange"
    """When look-ahead values become the current ones."""
    LOOK_AHEAD_INITIAL_MARGIN = "LookAheadInitMarginReq"
    LOOK_AHEAD_MAINTENANCE_MARGIN = "LookAheadMaintMarginReq"
    LOOK_AHEAD_AVAILABLE_FUNDS = "LookAheadAvailableFunds"
    LOOK_AHEAD_EXCESS_LIQUIDITY = "LookAheadExcessLiquidity"
    HIGHEST_SEVERITY = "HighestSeverity"
    """How close the account is to liquidation."""
    DAY_TRADES_REMAINING = "DayTradesRemaining"
    """Before it counts as a pattern day trader's; -1 is without limit."""
    LEVERAGE = "Leverage"
    """Gross position value by net liquidation value."""
    LEDGER = "$LEDGER"
    """Cash and positions in the base currency; `$LEDGER:EUR` is in euros, `$LEDGER:ALL` in each."""


class AdvisorDataType(IntEnum):
    """Which file of an advisor is asked for or replaced."""

    GROUPS = 1
    PROFILES = 2
    """Gone with server version 177."""
    ALIASES = 3


class AdvisorMethod(StrEnum):
    """How an advisor's order is shared out among accounts (`Order.fa_method`)."""

    NET_LIQUIDATION = "NetLiq"
    AVAILABLE_EQUITY = "AvailableEquity"
    EQUAL = "Equal"
    PERCENT_CHANGE = "PctChange"
    """Of the positions there are; `Order.fa_percentage` says by how much."""
    MONETARY_AMOUNT = "MonetaryAmount"
    RATIO = "Ratio"
    CONTRACTS_OR_SHARES = "ContractsOrShares"
    PERCENT = "Percent"


class ExecutionSide(StrEnum):
    """Side of a trade."""

    BOUGHT = "BOT"
    SOLD = "SLD"


class Liquidity(IntEnum):
    """What a trade did to the book of its exchange."""

    NOT_TOLD = 0
    ADDED = 1
    REMOVED = 2
    ROUTED_OUT = 3


class ExerciseAction(IntEnum):
    """What to do with an option held."""

    EXERCISE = 1
    LAPSE = 2


class ServerLogLevel(IntEnum):
    """How much the Bridge writes to its own log of what a client does."""

    SYSTEM = 1
    ERROR = 2
    WARNING = 3
    INFORMATION = 4
    DETAIL = 5
