"""Constructors for orders that one of the broker's algorithms works.

Each takes the order that is to be worked, and returns another one; what is given stays as it is.
Owns which parameters each algorithm has and what is legal in them; None leaves one to the broker.

Arguments mean the same in all of them:

- order: a market or limit order.
- max_volume_fraction: part of the day's volume, above 0 and at most 0.5.
- start_time, end_time: `hh:mm:ss Zone`, or `YYYYMMDD-hh:mm:ss` in UTC.
- allow_past_end_time: go on after the end time until the order is done.
- no_take_liquidity: never trade against the other side's quote.
- force_completion: be done by the close, whatever the price.

All raise `InvalidValue` for an argument that is not legal.
"""

from __future__ import annotations

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.enums import AdaptivePriority, AlgoStrategy, OrderType, TwapStrategy
from workstation.model.orders.algo import WORKED, aversion, part, time, worked
from workstation.model.orders.order import Order

__all__ = [
    "AccumulateDistributeOrder",
    "AdaptiveOrder",
    "ArrivalPriceOrder",
    "BalanceImpactRiskOrder",
    "ClosePriceOrder",
    "DarkIceOrder",
    "MinimiseImpactOrder",
    "TwapOrder",
    "VwapOrder",
]


def AdaptiveOrder(order: Order, priority: str = AdaptivePriority.NORMAL) -> Order:
    """Wait within the spread for a better price, as long as `priority` allows."""
    chosen = legal.word("priority", priority, AdaptivePriority)
    return worked(order, AlgoStrategy.ADAPTIVE, {"adaptivePriority": chosen})


def TwapOrder(
    order: Order,
    strategy_type: str | None = None,
    *,
    start_time: str | None = None,
    end_time: str | None = None,
    allow_past_end_time: bool | None = None,
) -> Order:
    """Trade evenly over time; `strategy_type` is a word of `TwapStrategy`."""
    kind = strategy_type and legal.word("strategy_type", strategy_type, TwapStrategy)
    return worked(
        order,
        AlgoStrategy.TWAP,
        {
            "strategyType": kind,
            "startTime": time("start_time", start_time),
            "endTime": time("end_time", end_time),
            "allowPastEndTime": allow_past_end_time,
        },
    )


def VwapOrder(
    order: Order,
    *,
    max_volume_fraction: float | None = None,
    start_time: str | None = None,
    end_time: str | None = None,
    allow_past_end_time: bool | None = None,
    no_take_liquidity: bool | None = None,
    speed_up: bool | None = None,
) -> Order:
    """Trade as volume comes, for the day's volume-weighted average price."""
    return worked(
        order,
        AlgoStrategy.VWAP,
        {
            "maxPctVol": part("max_volume_fraction", max_volume_fraction),
            "startTime": time("start_time", start_time),
            "endTime": time("end_time", end_time),
            "allowPastEndTime": allow_past_end_time,
            "noTakeLiq": no_take_liquidity,
            "speedUp": speed_up,
        },
    )


def ArrivalPriceOrder(
    order: Order,
    *,
    max_volume_fraction: float | None = None,
    risk_aversion: str | None = None,
    start_time: str | None = None,
    end_time: str | None = None,
    force_completion: bool | None = None,
    allow_past_end_time: bool | None = None,
) -> Order:
    """Trade near the midpoint of the moment the order came; haste by `RiskAversion`."""
    return worked(
        order,
        AlgoStrategy.ARRIVAL_PRICE,
        {
            "maxPctVol": part("max_volume_fraction", max_volume_fraction),
            "riskAversion": aversion(risk_aversion),
            "startTime": time("start_time", start_time),
            "endTime": time("end_time", end_time),
            "forceCompletion": force_completion,
            "allowPastEndTime": allow_past_end_time,
        },
    )


def ClosePriceOrder(
    order: Order,
    *,
    max_volume_fraction: float | None = None,
    risk_aversion: str | None = None,
    start_time: str | None = None,
    force_completion: bool | None = None,
) -> Order:
    """Trade towards the close, for the price of its auction; haste by `RiskAversion`."""
    return worked(
        order,
        AlgoStrategy.CLOSE_PRICE,
        {
            "maxPctVol": part("max_volume_fraction", max_volume_fraction),
            "riskAversion": aversion(risk_aversion),
            "startTime": time("start_time", start_time),
            "forceCompletion": force_completion,
        },
    )


def DarkIceOrder(
    order: Order,
    display_size: int,
    *,
    start_time: str | None = None,
    end_time: str | None = None,
    allow_past_end_time: bool | None = None,
) -> Order:
    """Show about `display_size` of a limit order at a time, varied by half."""
    if order.order_type != OrderType.LIMIT:
        raise InvalidValue("order", order.order_type, "give a LimitOrder")
    return worked(
        order,
        AlgoStrategy.DARK_ICE,
        {
            "displaySize": legal.count("display_size", display_size),
            "startTime": time("start_time", start_time),
            "endTime": time("end_time", end_time),
            "allowPastEndTime": allow_past_end_time,
        },
    )


def BalanceImpactRiskOrder(
    order: Order,
    *,
    max_volume_fraction: float | None = None,
    risk_aversion: str | None = None,
    force_completion: bool | None = None,
) -> Order:
    """Trade options fast enough for the price not to run away, slowly enough not to move it."""
    return worked(
        order,
        AlgoStrategy.BALANCE_IMPACT_RISK,
        {
            "maxPctVol": part("max_volume_fraction", max_volume_fraction),
            "riskAversion": aversion(risk_aversion),
            "forceCompletion": force_completion,
        },
    )


def MinimiseImpactOrder(order: Order, *, max_volume_fraction: float | None = None) -> Order:
    """Trade options slowly, so as not to move the market."""
    return worked(
        order,
        AlgoStrategy.MINIMISE_IMPACT,
        {"maxPctVol": part("max_volume_fraction", max_volume_fraction)},
    )


def AccumulateDistributeOrder(
    order: Order,
    *,
    component_size: int,
    seconds_between_orders: int,
    randomize_time: bool | None = None,
    randomize_size: bool | None = None,
    give_up_clearing_number: int | None = None,
    catch_up: bool | None = None,
    wait_for_fill: bool | None = None,
    start_time: str | None = None,
    end_time: str | None = None,
) -> Order:
    """Trade in parts of one size, one after the other.

    Args:
        order: a market, limit or relative order of the whole size.
        component_size: of each part, at most the whole.
        seconds_between_orders: from one part to the next.
        randomize_time: vary that by up to 20 percent.
        randomize_size: vary sizes by up to 55 percent.
        give_up_clearing_number: of the broker the trades are given up to.
        catch_up: make up for parts that were late.
        wait_for_fill: place no part before the one before it is filled.
        start_time: `YYYYMMDD-hh:mm:ss` in UTC.
        end_time: the same.
    """
    part_size, whole = legal.count("component_size", component_size), order.total_quantity
    if whole is not None and part_size > whole:
        raise InvalidValue("component_size", component_size, f"give at most the whole, {whole}")
    return worked(
        order,
        AlgoStrategy.ACCUMULATE_DISTRIBUTE,
        {
            "componentSize": part_size,
            "timeBetweenOrders": legal.count("seconds_between_orders", seconds_between_orders, 0),
            "randomizeTime20": randomize_time,
            "randomizeSize55": randomize_size,
            "giveUp": give_up_clearing_number,
            "catchUp": catch_up,
            "waitForFill": wait_for_fill,
            "activeTimeStart": time("start_time", start_time),
            "activeTimeEnd": time("end_time", end_time),
        },
        (*WORKED, OrderType.RELATIVE),
    )
