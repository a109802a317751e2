"""Orders that belong together: brackets, groups of which one cancels all, and hedges.

Owns how such orders refer to each other. Nothing here has an order id: the client gives one when
it places an order, and children are attached to it then.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from workstation.errors import InvalidValue
from workstation.model import legal
from workstation.model.enums import Action, HedgeType, OcaType, OrderType, TimeInForce
from workstation.model.orders.kinds import LimitOrder, StopOrder
from workstation.model.orders.order import Order
from workstation.model.record import Record, changed

__all__ = ["Bracket", "BracketOrder", "HedgeOrder", "one_cancels_all"]

_PARAMETER = (HedgeType.BETA, HedgeType.PAIR)


class Bracket(Record):
    """An order and the two that close its position; only the last of them transmits all three.

    Place `parent`, then `children(its order id)` in their order::

        order_id = api.place_order(contract, bracket.parent)
        for child in bracket.children(order_id):
            api.place_order(contract, child)
    """

    parent: Order
    take_profit: Order
    stop_loss: Order

    def children(self, order_id: int) -> tuple[Order, Order]:
        """Take-profit and stop-loss, attached to a parent that was placed.

        Raises:
            InvalidValue: `order_id` is none.
        """
        parent_id = legal.count("order_id", order_id)
        return (
            changed(self.take_profit, parent_id=parent_id),
            changed(self.stop_loss, parent_id=parent_id),
        )


def BracketOrder(parent: Order, *, take_profit_price: float, stop_loss_price: float) -> Bracket:
    """An order with a limit order that takes its profit and a stop that ends its loss.

    The two cancel each other, and live as long as the parent's time in force says.

    Args:
        parent: the order that opens the position, of any kind; what is given stays as it is.
        take_profit_price: where the position is closed with a profit.
        stop_loss_price: where it is closed with a loss.

    Raises:
        InvalidValue: prices are on the wrong sides of each other, or of the parent's limit.
    """
    take_profit_price = legal.finite("take_profit_price", take_profit_price)
    stop_loss_price = legal.finite("stop_loss_price", stop_loss_price)
    buys = parent.action == Action.BUY
    entry = parent.limit_price if parent.order_type == OrderType.LIMIT else None
    prices = [stop_loss_price, *([] if entry is None else [entry]), take_profit_price]
    rising = prices if buys else prices[::-1]
    if any(low >= high for low, high in pairwise(rising)):
        side = "below" if buys else "above"
        raise InvalidValue(
            "stop_loss_price",
            stop_loss_price,
            f"to {parent.action}, stop loss {side} entry ({entry}), {side} take profit "
            f"({take_profit_price})",
        )
    if parent.total_quantity is None:
        raise InvalidValue("parent", parent.total_quantity, "give an order with a size")
    away = Action.SELL if buys else Action.BUY
    size, lasts = parent.total_quantity, parent.time_in_force or TimeInForce.DAY
    profit = LimitOrder(away, size, take_profit_price, time_in_force=lasts)
    loss = StopOrder(away, size, stop_loss_price, time_in_force=lasts)
    shared = {
        "account": parent.account,
        "outside_regular_hours": parent.outside_regular_hours,
        "model_code": parent.model_code,
    }
    return Bracket(
        parent=changed(parent, transmit=False),
        take_profit=changed(profit, transmit=False, **shared),
        stop_loss=changed(loss, transmit=True, **shared),
    )


def one_cancels_all(
    group: str, orders: Iterable[Order], oca_type: int = OcaType.CANCEL_WITH_BLOCK
) -> tuple[Order, ...]:
    """Orders of which the first to fill cancels or reduces the others.

    Args:
        group: a name that no other group of the account has.
        orders: what belongs to it; what is given stays as it is.
        oca_type: what a fill does, a code of `OcaType`.

    Raises:
        InvalidValue: there is no name, or fewer than two orders.
    """
    members = tuple(orders)
    if len(members) < 2:
        raise InvalidValue("orders", len(members), "give two orders or more")
    name = legal.text("group", group, "give the group a name")
    kind = legal.code("oca_type", oca_type, OcaType)
    return tuple(changed(each, oca_group=name, oca_type=kind) for each in members)


def HedgeOrder(
    action: str,
    parent_id: int,
    hedge_type: str,
    parameter: float | None = None,
    *,
    dont_use_auto_price: bool = False,
) -> Order:
    """A market order that hedges what its parent trades; its size follows from that.

    Place the parent held back (`changed(order, transmit=False)`), then this, which transmits both.

    Args:
        action: side of the hedge.
        parent_id: order id of the parent.
        hedge_type: a word of `HedgeType`.
        parameter: the beta of a beta hedge, the ratio of a pair; other kinds have none.
        dont_use_auto_price: keep the hedge's own price (server version 141).

    Raises:
        InvalidValue: an argument is not legal.
    """
    kind = legal.word("hedge_type", hedge_type, HedgeType)
    if (parameter is not None) != (kind in _PARAMETER):
        raise InvalidValue("parameter", parameter, "beta and pair hedges have one, others none")
    written = "" if parameter is None else str(legal.above_zero("parameter", parameter))
    return Order(
        action=legal.word("action", action, Action),
        # The Bridge takes no other size than none: it computes it from the parent's fills.
        total_quantity=Decimal(0),
        order_type=OrderType.MARKET,
        time_in_force=TimeInForce.DAY,
        parent_id=legal.count("parent_id", parent_id),
        hedge_type=kind,
        hedge_parameter=written,
        dont_use_auto_price_for_hedge=dont_use_auto_price,
    )
