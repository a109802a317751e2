"""Market data: asking for quotes, and the ticks that bring them."""

from __future__ import annotations

from decimal import Decimal

from workstation.model import ComboLeg, Contract, SmartComponent, TagValue
from workstation.protocol.catalog.shared import (
    CONTRACT_WITH_PRIMARY_EXCHANGE,
    DELTA_NEUTRAL_CONTRACT,
    QUOTED_LEG,
)
from workstation.protocol.codecs import Codec
from workstation.protocol.layout import (
    Test,
    constant,
    escaped,
    literal,
    repeat,
    since,
    spelled,
    tag_text,
    until,
    when,
    zero,
)
from workstation.protocol.message import Inbound, Request, inbound, lay_out, request

__all__ = [
    "CancelMarketData",
    "MarketDataType",
    "RequestMarketData",
    "RequestMarketDataType",
    "RequestSmartComponents",
    "RerouteMarketDataRequest",
    "SmartComponents",
    "TickEfp",
    "TickGeneric",
    "TickOptionComputation",
    "TickPrice",
    "TickRequestParams",
    "TickSize",
    "TickSnapshotEnd",
    "TickString",
]


@request(1)
class RequestMarketData(Request):
    """Ask for quotes, as a stream or once."""

    request_id: int
    contract: Contract
    generic_ticks: str = ""
    """Comma-separated numbers of extra ticks."""
    snapshot: bool = False
    regulatory_snapshot: bool = False
    """A snapshot that costs a fee."""
    options: tuple[TagValue, ...] = ()


lay_out(
    RequestMarketData,
    constant("11"),
    RequestMarketData.request_id,
    CONTRACT_WITH_PRIMARY_EXCHANGE,
    when(
        Contract.security_type,
        Test.EQUALS,
        repeat(Contract.combo_legs, ComboLeg, QUOTED_LEG),
        operand="BAG",
    ),
    DELTA_NEUTRAL_CONTRACT,
    RequestMarketData.generic_ticks,
    RequestMarketData.snapshot,
    since(114, RequestMarketData.regulatory_snapshot),
    tag_text(RequestMarketData.options),
)


@request(2, constant("2"))
class CancelMarketData(Request):
    """End a stream of quotes."""

    request_id: int


@request(59, constant("1"))
class RequestMarketDataType(Request):
    """Say how fresh quotes must be."""

    market_data_type: int
    """1 live, 2 frozen, 3 delayed, 4 delayed and frozen."""


@request(83, since=114)
class RequestSmartComponents(Request):
    """Ask which exchanges stand behind the bits of an exchange map."""

    request_id: int
    bbo_exchange: str
    """As `tick_request_params` told it."""


@inbound(1, constant("6"))
class TickPrice(Inbound):
    """A price, with the size that stood at it.

    For bids, asks and last prices the size is a tick of its own kind too: types 1, 2, 4, 66, 67 and
    68 also tell the sizes 0, 3, 5, 69, 70 and 71.
    """

    request_id: int
    tick_type: int
    price: float | None
    """-1 when there is none."""
    size: Decimal | None = None
    attributes: int = 0
    """Bits: 1 can be executed automatically, 2 past the daily limit, 4 before the open."""


@inbound(2, constant("6"))
class TickSize(Inbound):
    """A size."""

    request_id: int
    tick_type: int
    size: Decimal | None


def _computed(sentinel: str) -> Codec:
    return Codec(
        "number",
        f"None if $ in UNSET_FLOATS or (n := number_from($)) == {sentinel} else n",
        f'"{sentinel}" if $ is None else text_of_optional_float($)',
    )


_ABOVE_MINUS_ONE = _computed("-1")
_GREEK = _computed("-2")
_VOLATILITY = Codec(
    "number",
    "None if $ in UNSET_FLOATS or (n := number_from($)) < 0 else n",
    '"-1" if $ is None else text_of_optional_float($)',
)


@inbound(21)
class TickOptionComputation(Inbound):
    """Greeks and implied volatility of an option; None where nothing was computed."""

    request_id: int
    tick_type: int
    """From the bid, the ask, the last price or the Bridge's model."""
    attribute: int | None = None
    """0 based on returns, 1 on prices; None below server version 156."""
    implied_volatility: float | None = None
    """Annual, as a fraction."""
    delta: float | None = None
    option_price: float | None = None
    present_value_dividend: float | None = None
    gamma: float | None = None
    vega: float | None = None
    theta: float | None = None
    """Per day."""
    underlying_price: float | None = None


lay_out(
    TickOptionComputation,
    until(156, constant("6")),
    TickOptionComputation.request_id,
    TickOptionComputation.tick_type,
    since(156, zero(TickOptionComputation.attribute)),
    spelled(TickOptionComputation.implied_volatility, _VOLATILITY),
    spelled(TickOptionComputation.delta, _GREEK),
    spelled(TickOptionComputation.option_price, _ABOVE_MINUS_ONE),
    spelled(TickOptionComputation.present_value_dividend, _ABOVE_MINUS_ONE),
    spelled(TickOptionComputation.gamma, _GREEK),
    spelled(TickOptionComputation.vega, _GREEK),
    spelled(TickOptionComputation.theta, _GREEK),
    spelled(TickOptionComputation.underlying_price, _ABOVE_MINUS_ONE),
)


@inbound(45)
class TickGeneric(Inbound):
    """A number that is neither price nor size."""

    request_id: int
    tick_type: int
    value: float | None


lay_out(
    TickGeneric,
    constant("6"),
    TickGeneric.request_id,
    TickGeneric.tick_type,
    literal(TickGeneric.value),
)


@inbound(46)
class TickString(Inbound):
    """A text: times, exchanges, packed values."""

    request_id: int
    tick_type: int
    value: str


lay_out(
    TickString,
    constant("6"),
    TickString.request_id,
    TickString.tick_type,
    escaped(TickString.value),
)


@inbound(47)
class TickEfp(Inbound):
    """The price of exchanging a future for its stock."""

    request_id: int
    tick_type: int
    basis_points: float | None = None
    """Annualised, as are financing rates."""
    formatted_basis_points: str = ""
    """As a percentage."""
    implied_future_price: float | None = None
    hold_days: int = 0
    """Days until the future expires."""
    future_last_trade_date: str = ""
    dividend_impact: float | None = None
    """On the annualised rate."""
    dividends_to_last_trade_date: float | None = None


lay_out(
    TickEfp,
    constant("1"),
    TickEfp.request_id,
    TickEfp.tick_type,
    literal(TickEfp.basis_points),
    escaped(TickEfp.formatted_basis_points),
    literal(TickEfp.implied_future_price),
    TickEfp.hold_days,
    escaped(TickEfp.future_last_trade_date),
    literal(TickEfp.dividend_impact),
    literal(TickEfp.dividends_to_last_trade_date),
)


@inbound(57, constant("1"))
class TickSnapshotEnd(Inbound):
    """A snapshot is complete."""

    request_id: int


@inbound(58, constant("1"))
class MarketDataType(Inbound):
    """How fresh the quotes of a request are from now on."""

    request_id: int
    market_data_type: int


@inbound(81, since=114)
class TickRequestParams(Inbound):
    """Tick size and exchange map of a stream that just began."""

    request_id: int
    min_tick: float | None
    bbo_exchange: str = ""
    snapshot_permissions: int = 0


@inbound(82, since=114)
class SmartComponents(Inbound):
    """Which exchanges stand behind the bits of an exchange map."""

    request_id: int
    components: tuple[SmartComponent, ...] = ()


lay_out(
    SmartComponents,
    SmartComponents.request_id,
    repeat(
        SmartComponents.components,
        SmartComponent,
        SmartComponent.bit_number,
        SmartComponent.exchange,
        SmartComponent.exchange_letter,
    ),
)


@inbound(91, since=125)
class RerouteMarketDataRequest(Inbound):
    """Quotes of a CFD are those of its underlying: ask for this contract instead."""

    request_id: int
    contract_id: int
    exchange: str
