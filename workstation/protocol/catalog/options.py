"""Options: computing with the Bridge's model, and exercising."""

from __future__ import annotations

from workstation.model import Contract, DeltaNeutralContract
from workstation.protocol.catalog.shared import CONTRACT_WITH_PRIMARY_EXCHANGE, RECEIVED_CONTRACT
from workstation.protocol.layout import constant, since, skip
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CalculateImpliedVolatility",
    "CalculateOptionPrice",
    "CancelCalculateImpliedVolatility",
    "CancelCalculateOptionPrice",
    "DeltaNeutralValidation",
    "ExerciseOptions",
]


@request(21)
class ExerciseOptions(Request):
    """Exercise options, or let them lapse."""

    request_id: int
    contract: Contract
    exercise_action: int = 1
    """1 exercise, 2 lapse."""
    exercise_quantity: int = 1
    """Contracts."""
    account: str = ""
    override: bool = False
    """Do what the system would not do by itself, such as exercising out of the money."""
    manual_order_time: str = ""
    customer_account: str = ""
    professional_customer: bool = False


lay_out(
    ExerciseOptions,
    constant("2"),
    ExerciseOptions.request_id,
    RECEIVED_CONTRACT,
    ExerciseOptions.exercise_action,
    ExerciseOptions.exercise_quantity,
    ExerciseOptions.account,
    ExerciseOptions.override,
    since(180, ExerciseOptions.manual_order_time),
    since(183, ExerciseOptions.customer_account),
    since(184, ExerciseOptions.professional_customer),
)


@request(54)
class CalculateImpliedVolatility(Request):
    """Ask which volatility an option price implies (reply: `tick_option_computation`)."""

    request_id: int
    contract: Contract
    option_price: float
    under_price: float


lay_out(
    CalculateImpliedVolatility,
    constant("3"),
    CalculateImpliedVolatility.request_id,
    CONTRACT_WITH_PRIMARY_EXCHANGE,
    CalculateImpliedVolatility.option_price,
    CalculateImpliedVolatility.under_price,
    skip(),  # options for internal use
)


@request(55)
class CalculateOptionPrice(Request):
    """Ask what an option is worth at a volatility (reply: `tick_option_computation`)."""

    request_id: int
    contract: Contract
    volatility: float
    """Annual, as a fraction."""
    under_price: float


lay_out(
    CalculateOptionPrice,
    constant("3"),
    CalculateOptionPrice.request_id,
    CONTRACT_WITH_PRIMARY_EXCHANGE,
    CalculateOptionPrice.volatility,
    CalculateOptionPrice.under_price,
    skip(),  # options for internal use
)


@request(56, constant("1"))
class CancelCalculateImpliedVolatility(Request):
    """Give up the question for an implied volatility."""

    request_id: int


@request(57, constant("1"))
class CancelCalculateOptionPrice(Request):
    """Give up the question for an option price."""

    request_id: int


@inbound(56)
class DeltaNeutralValidation(Inbound):
    """The contract that will hedge the delta of an order."""

    request_id: int
    contract: DeltaNeutralContract = DeltaNeutralContract()


lay_out(
    DeltaNeutralValidation,
    constant("1"),
    DeltaNeutralValidation.request_id,
    DeltaNeutralContract.contract_id,
    DeltaNeutralContract.delta,
    DeltaNeutralContract.price,
)
