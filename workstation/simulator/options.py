"""Option quotes: prices and greeks of any listed option at any instant.

A quote is a pure function of seed, option and time, worked out when asked for. The model prices the
option at the middle of the underlying's quote; bid and ask stand around that on the tick grid.
Trades print now and then, at the bid or at the ask of their moment.

Owns spreads, sizes, trades, volume and open interest of options, and who watches them. Leaves the
model to `pricing`, its volatilities to `volatility`, the underlying's price to `market`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from workstation.simulator.chains import OptionListing
from workstation.simulator.market import Market
from workstation.simulator.noise import hashed_one, key_of, normal_one
from workstation.simulator.pricing import OptionValue, american_value, implied_value
from workstation.simulator.quote import OptionGreeks, OptionQuote
from workstation.simulator.quoting import TICKS
from workstation.simulator.sessions import Segment
from workstation.simulator.volatility import RATE, VolatilitySurface

__all__ = ["OptionMarket"]

_SECOND_NS = 1_000_000_000
_SLOT_NS = _SECOND_NS
_NEVER = 1 << 63
_YEAR_SECONDS = 365.0 * 86_400.0
_DAY_SECONDS = 86_400.0
_MINUTE = 60

_COARSE_FROM, _COARSE_TICKS = 300, 5
"""From 3 dollars on, prices move in steps of 5 cents."""
_OPEN_INTEREST = 12_000.0
"""Of a usual option at the money, just before it expires."""
_WELL_TRADED = 3e9
"""Dollars of the stock a day."""
_CACHED = 8192


class _Traits(NamedTuple):
    """What a session leaves unchanged of one option."""

    key: int
    spread: float
    """Widens bid and ask; 1 for a well-traded chain, and the same for all strikes, so that a dearer
    option never has the lower bid or ask."""
    illiquidity: float
    """Thins sizes and trades; 1 at the money of a well-traded chain."""


class _Moment(NamedTuple):
    """An option priced at one instant."""

    seconds: float
    spot: float
    years: float
    volatility: float
    value: OptionValue


class OptionMarket:
    """Quotes of the options on the stocks of a market.

    Args:
        market: where the underlyings are quoted.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._surfaces: dict[str, VolatilitySurface] = {}
        self._watched: dict[int, _Watch] = {}
        # Facts that a session leaves unchanged, and trades.
        self._traits = lru_cache(_CACHED)(self._traits_of)
        self._closes = lru_cache(_CACHED)(self._close)
        self._last_trades = lru_cache(_CACHED)(self._trade_price)

    def quote(self, option: OptionListing, at_ns: int | None = None) -> OptionQuote:
        """The quote that stands at an instant, by default now.

        After the expiry the option is worth its intrinsic value at the close, without a market.
        """
        time_ns = self._market.now() if at_ns is None else at_ns
        # Options of one expiry move together, so that they never contradict each other.
        phase_ns = hashed_one(option.underlying.contract_id, option.expiry.toordinal()) % _SLOT_NS
        slot = (time_ns - phase_ns) // _SLOT_NS
        start_ns = slot * _SLOT_NS + phase_ns
        session = self._market.sessions.at(start_ns // _SECOND_NS)
        if start_ns >= self._expires(option) * _SECOND_NS:
            return self._expired(option)
        traits = self._traits(option, session)
        stock = self._market.quote(option.underlying.symbol, start_ns)
        moment = self._moment(option, start_ns / _SECOND_NS, (stock.bid + stock.ask) / 2.0)
        bid, ask = _sides(moment.value.price, traits.spread)
        last, size, last_ns, volume = self._trades(option, start_ns, session, traits)
        lots = 30.0 / traits.illiquidity
        return OptionQuote(
            time_ns=start_ns,
            bid=bid / TICKS if bid else None,
            ask=ask / TICKS,
            bid_size=_lots(lots, traits.key, 2 * slot) if bid else 0,
            ask_size=_lots(lots, traits.key, 2 * slot + 1),
            last=last,
            last_size=size,
            last_time_ns=last_ns,
            volume=volume,
            open_interest=self._open_interest(option, session, traits),
            previous_close=self._closes(option, session - 1),
            model=self._greeks(option, moment, moment.volatility, moment.value),
            bid_model=self._implied(option, moment, bid / TICKS),
            ask_model=self._implied(option, moment, ask / TICKS),
        )

    def watch(self, option: OptionListing) -> None:
        """Have `advance` tell of this option. Counted: every watch needs its own `unwatch`."""
        watch = self._watched.setdefault(option.contract_id, _Watch(option))
        watch.count += 1

    def unwatch(self, option: OptionListing) -> None:
        """Take back one `watch`."""
        watch = self._watched[option.contract_id]
        watch.count -= 1
        if not watch.count:
            del self._watched[option.contract_id]

    def advance(
        self, to_ns: int | None = None
    ) -> Iterator[tuple[OptionListing, OptionQuote | None, OptionQuote]]:
        """New quotes of the watched options since the last call: option, previous, quote.

        Each option has a new quote about once a second; of several only the newest comes.
        """
        time_ns = self._market.now() if to_ns is None else to_ns
        for watch in list(self._watched.values()):
            if time_ns >= watch.due_ns:
                previous, watch.told = watch.told, self.quote(watch.option, time_ns)
                alive = watch.told.ask is not None
                watch.due_ns = watch.told.time_ns + _SLOT_NS if alive else _NEVER
                yield watch.option, previous, watch.told

    def _moment(self, option: OptionListing, seconds: float, spot: float) -> _Moment:
        stock = option.underlying
        surface = self._surfaces.get(stock.symbol)
        if surface is None:
            surface = VolatilitySurface(stock.character, self._market.seed)
            self._surfaces[stock.symbol] = surface
        years = max(0.0, self._expires(option) - seconds) / _YEAR_SECONDS
        volatility = surface.implied(spot, option.strike, years, seconds / _DAY_SECONDS)
        value = american_value(
            option.right,
            spot,
            option.strike,
            years,
            volatility,
            RATE,
            stock.character.dividend_yield,
        )
        return _Moment(seconds, spot, years, volatility, value)

    def _implied(self, option: OptionListing, moment: _Moment, price: float) -> OptionGreeks | None:
        """The greeks at the volatility that a price implies."""
        dividend_yield = option.underlying.character.dividend_yield
        terms = (option.right, moment.spot, option.strike, moment.years)
        vega = max(moment.value.vega, 1e-6)
        guess = moment.volatility + (price - moment.value.price) / vega
        implied = implied_value(price, *terms, RATE, dividend_yield, guess)
        if implied is None:
            return None
        return self._greeks(option, moment, *implied)._replace(price=price)

    def _greeks(
        self, option: OptionListing, moment: _Moment, volatility: float, value: OptionValue
    ) -> OptionGreeks:
        paid = option.underlying.character.dividend_yield * moment.years
        return OptionGreeks(
            implied_volatility=volatility,
            price=value.price,
            delta=value.delta,
            gamma=value.gamma,
            vega=value.vega / 100.0,
            theta=value.theta / 365.0,
            present_value_dividend=-moment.spot * math.expm1(-paid),
            underlying_price=moment.spot,
        )

    def _trades(
        self, option: OptionListing, at_ns: int, session: int, traits: _Traits
    ) -> tuple[float | None, int, int, int]:
        """Last price, its size and time, and volume of a session until an instant."""
        start = self._market.sessions.start(session, Segment.BEFORE)
        stretch = _MINUTE * max(1, round(2.0 * traits.illiquidity**2))
        latest = (at_ns // _SECOND_NS - start) // stretch
        second = self._trade_second(traits, start, stretch, latest)
        if second * _SECOND_NS > at_ns:
            latest -= 1
            second = self._trade_second(traits, start, stretch, latest)
        if latest < 0:
            return None, 0, 0, 0
        usual = max(2, round(12.0 / traits.illiquidity))
        count = latest + 1
        volume, before = (
            number * usual - (hashed_one(traits.key, start + number) % usual if number else 0)
            for number in (count, count - 1)
        )
        price = self._last_trades(option, second)
        return price, volume - before, second * _SECOND_NS, volume

    @staticmethod
    def _trade_second(traits: _Traits, start: int, stretch: int, number: int) -> int:
        """When the trade of a stretch takes place: at the start of one of its minutes."""
        begin = start + number * stretch
        return begin + hashed_one(traits.key, begin) % (stretch // _MINUTE) * _MINUTE

    def _trade_price(self, option: OptionListing, second: int) -> float:
        tape = self._market.tape(option.underlying.symbol)
        traits = self._traits(option, self._market.sessions.at(second))
        moment = self._moment(option, float(second), tape.middle(second // _MINUTE))
        bid, ask = _sides(moment.value.price, traits.spread)
        sold = bid and hashed_one(traits.key, second) % 2
        return (bid if sold else ask) / TICKS

    def _close(self, option: OptionListing, session: int) -> float:
        """The model's price at the end of a session's regular hours, on the tick grid."""
        tape = self._market.tape(option.underlying.symbol)
        closed = self._market.sessions.end(session, Segment.REGULAR)
        moment = self._moment(option, float(closed), tape.official_close(session) / TICKS)
        return max(1, _snapped(moment.value.price * TICKS, math.floor)) / TICKS

    def _expired(self, option: OptionListing) -> OptionQuote:
        expires = self._expires(option)
        session = self._market.sessions.at(expires - 1)
        spot = self._market.tape(option.underlying.symbol).official_close(session) / TICKS
        moment = self._moment(option, float(expires), spot)
        return OptionQuote(
            time_ns=expires * _SECOND_NS,
            bid=None,
            ask=None,
            bid_size=0,
            ask_size=0,
            last=None,
            last_size=0,
            last_time_ns=0,
            volume=0,
            open_interest=0,
            previous_close=self._closes(option, session - 1),
            model=self._greeks(option, moment, 0.0, moment.value),
            bid_model=None,
            ask_model=None,
        )

    def _expires(self, option: OptionListing) -> int:
        """When it expires, in seconds since 1970: at the close of its last day."""
        sessions = self._market.sessions
        return sessions.end(sessions.of(option.expiry), Segment.REGULAR)

    def _open_interest(self, option: OptionListing, session: int, traits: _Traits) -> int:
        left = self._market.sessions.of(option.expiry) - session
        mood = math.exp(0.8 * normal_one(traits.key, 0))
        grown = _OPEN_INTEREST / (1.0 + left / 60.0)
        return round(grown * mood / math.sqrt(traits.illiquidity) ** 3)

    def _traits_of(self, option: OptionListing, session: int) -> _Traits:
        stock = option.underlying.character
        tape = self._market.tape(option.underlying.symbol)
        price = float(tape.fair_at_start(np.array([session]))[0])
        days = (option.expiry - self._market.sessions.dates[session]).days
        width = stock.volatility * math.sqrt(max(days, 14) / 365.0)
        far = abs(math.log(option.strike / price)) / width
        spread = max(1.0, (_WELL_TRADED / (stock.daily_volume * stock.base_price)) ** 0.3)
        return _Traits(
            key=key_of(self._market.seed, "option", option.contract_id),
            spread=spread,
            illiquidity=min(12.0, spread * (1.0 + 0.6 * far)),
        )


class _Watch:
    """One watched option."""

    def __init__(self, option: OptionListing) -> None:
        self.option = option
        self.count = 0
        self.due_ns = 0
        self.told: OptionQuote | None = None


def _sides(price: float, spread: float) -> tuple[int, int]:
    """Bid and ask in ticks around a price; bid 0 is none."""
    half = (0.006 + 0.012 * price**0.75) * spread
    # Rises slower than the price, or bids of cheap options would fall as they get dearer.
    half = min(half, 0.006 * spread + 0.5 * price)
    bid = _snapped((price - half) * TICKS, math.floor)
    ask = _snapped((price + half) * TICKS, math.ceil)
    return max(0, bid), max(1, ask)


def _snapped(ticks: float, to_whole: Callable[[float], int]) -> int:
    """A price on the tick grid, rounded by `to_whole`."""
    whole = to_whole(ticks)
    return whole if whole < _COARSE_FROM else to_whole(ticks / _COARSE_TICKS) * _COARSE_TICKS


def _lots(usual: float, key: int, place: int) -> int:
    return max(1, round(usual * math.exp(0.7 * normal_one(key, place))))
