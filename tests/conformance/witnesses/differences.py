"""Where we differ from the witness on purpose, by name and with the reason.

Owns finding differences between two records, and the one table of those that are meant.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from workstation import model
from workstation.model import Record
from workstation.protocol import catalog

GIVEN_UP_THERE = frozenset(
    {catalog.RequestFundamentalData, catalog.CancelFundamentalData, catalog.FundamentalData}
)
"""Messages that recent official clients no longer know; ib_async is asked about them."""


class Difference(NamedTuple):
    """One field that we and the witness read differently."""

    path: str
    record: type
    field: str
    ours: Any
    theirs: Any

    @property
    def place(self) -> tuple[type, str]:
        """The field, wherever its record stands."""
        return self.record, self.field


def differences(ours: Record, theirs: Record, path: str = "") -> Iterator[Difference]:
    """Fields of two records of one class that are not equal; NaN equals itself."""
    for name in ours.__struct_fields__:
        yield from _compare(
            Difference(
                f"{path}{name}", type(ours), name, getattr(ours, name), getattr(theirs, name)
            )
        )


def _compare(pair: Difference) -> Iterator[Difference]:
    ours, theirs = pair.ours, pair.theirs
    if isinstance(ours, Record) and type(ours) is type(theirs):
        yield from differences(ours, theirs, f"{pair.path}.")
    elif isinstance(ours, tuple) and isinstance(theirs, tuple) and len(ours) == len(theirs):
        for index, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _compare(
                pair._replace(path=f"{pair.path}[{index}]", ours=mine, theirs=other)
            )
    elif ours != theirs and not (_is_nan(ours) and _is_nan(theirs)):
        yield pair


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


EMPTY_IS_ZERO_THERE = frozenset(
    {
        (model.Contract, "strike"),
        (model.ContractDetails, "min_tick"),
        (model.ContractDetails, "ev_multiplier"),
        (model.DepthExchange, "aggregation_group"),
        (model.Execution, "ev_multiplier"),
        (model.Order, "route_marketable_to_bbo"),
        (model.Order, "trail_stop_price"),
        (catalog.OrderStatus, "market_cap_price"),
        (catalog.PortfolioValue, "market_price"),
        (catalog.PortfolioValue, "market_value"),
        (catalog.PortfolioValue, "average_cost"),
        (catalog.PortfolioValue, "unrealized_pnl"),
        (catalog.PortfolioValue, "realized_pnl"),
        (catalog.PositionData, "average_cost"),
        (catalog.PositionMulti, "average_cost"),
        (catalog.TickPrice, "price"),
        (catalog.TickRequestParams, "min_tick"),
    }
)
"""Numbers that a Bridge leaves empty: 0 there, though no price, cost or strike of 0 was told."""

TWO_BITS = frozenset(
    {
        (catalog.TickByTick, "attributes"),
        (model.BidAskTicks, "attributes"),
        (model.LastTicks, "attributes"),
    }
)

SIZED = frozenset({1, 2, 4, 66, 67, 68})

KNOWN: dict[str, tuple[str, Callable[[Difference], bool]]] = {
    "empty": (
        "an empty number is None, which is not the number 0",
        lambda d: d.ours is None and d.theirs == 0 and d.place in EMPTY_IS_ZERO_THERE,
    ),
    "no time": (
        "the time of a remark is None below the version that tells it, 0 there",
        lambda d: d.place == (catalog.InfoMessage, "time_ms") and (d.ours, d.theirs) == (None, 0),
    ),
    "size of other prices": (
        "tick_price has a size for every type, the witness tells it for six of them",
        lambda d: d.place == (catalog.TickPrice, "size") and d.theirs is None,
    ),
    "undefined bits": (
        "attributes stay as they came, the witness tells the bits that the version defines",
        lambda d: d.place == (catalog.TickPrice, "attributes") and d.ours != d.theirs,
    ),
    "undefined bits of ticks": (
        "the same for single ticks, which have two bits",
        lambda d: d.place in TWO_BITS and d.ours != d.theirs and d.ours & 3 == d.theirs,
    ),
    "first trail stop price": (
        "it stands twice from version 102; the first has a name here, the witness forgets it",
        lambda d: d.place == (model.Order, "initial_trail_stop_price") and d.theirs is None,
    ),
    "zone of the expiry": (
        "the zone after the time of an expiry is kept here, dropped there",
        lambda d: d.place == (model.ContractDetails, "last_trade_time_zone") and d.theirs == "",
    ),
    "zone of a bond's expiry": (
        "it has a field of its own here; there it is taken for the zone of the trading hours",
        lambda d: (
            d.place == (model.ContractDetails, "time_zone_id") and d.ours == "" and d.theirs != ""
        ),
    ),
}
"""What may differ in values, each with why and how to know it."""


def unexplained(ours: Record, theirs: Record) -> list[Difference]:
    """Differences that no entry of the table accounts for."""
    return [each for each in differences(ours, theirs) if explanation(each) is None]


def explanation(difference: Difference) -> str | None:
    """Name of the entry that accounts for a difference."""
    for name, (_, accounts_for) in KNOWN.items():
        if accounts_for(difference):
            return name
    return None


UNSET_TOKENS = frozenset(
    {
        b"",
        b"2147483647",
        b"9223372036854775807",
        b"-9223372036854775808",
        b"1.7976931348623157E308",
        b"1.7976931348623157e+308",
        b"170141183460469231731687303715884105727",
    }
)
"""All spellings of a number that is not set."""


class Odd(NamedTuple):
    """A field that was replaced, and how the two sides took it: a value, or None for an error."""

    message: type
    token: bytes
    original: bytes
    constant: bool
    difference: Difference | None
    ours_failed: bool
    theirs_failed: bool


KNOWN_ODD: dict[str, tuple[str, Callable[[Odd], bool]]] = {
    "unused": (
        "a field nobody needs is skipped here, read and sometimes choked on there",
        lambda o: o.constant and not o.ours_failed,
    ),
    "unset": (
        "every spelling of not set is None here where None is legal",
        lambda o: (
            o.difference is not None
            and o.difference.ours is None
            and o.token in UNSET_TOKENS
            and not isinstance(o.difference.theirs, str)
        ),
    ),
    "endless size": (
        "a size is a finite number; the witness takes infinite ones",
        lambda o: o.ours_failed and o.token in {b"Infinity", b"-Infinity", b"NaN"},
    ),
    "empty breaks there": (
        "an empty number is 0 or None here; some messages of the witness break on it",
        lambda o: o.theirs_failed and o.token == b"",
    ),
    "not UTF-8": (
        "bytes that are no UTF-8 are shown escaped here, as Latin-1 there in some messages",
        lambda o: o.token == b"\xff" and o.difference is not None,
    ),
    "escaped names": (
        "names of accounts are never escaped, so they are not unescaped here",
        lambda o: o.difference is not None and o.difference.path.startswith("accounts"),
    ),
    "words": (
        "words that nobody knows stay readable here, the witness forgets them",
        lambda o: (
            o.difference is not None
            and o.difference.field in {"conjunction", "fund_distribution_policy", "fund_asset_type"}
        ),
    ),
    "kinds of ticks": (
        "a single tick of a kind nobody knows is a message without values here, silence there",
        lambda o: o.theirs_failed and o.message is catalog.TickByTick,
    ),
    "no bars": (
        "a history of no bars is a message here, silence there",
        lambda o: o.theirs_failed and o.message is catalog.HistoricalData,
    ),
}
"""What may differ when a field holds something odd."""
