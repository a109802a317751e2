from __future__ import annotations

from itertools import count

import msgspec
import pytest

from workstation.errors import InvalidValue
from workstation.model import ComboLeg, Contract, DeltaNeutralContract, instrument_key
from workstation.model.contracts import (
    Butterfly,
    CalendarSpread,
    Call,
    Combo,
    Condor,
    CoveredWrite,
    Future,
    IronCondor,
    Leg,
    Put,
    RatioSpread,
    Stock,
    Straddle,
    Strangle,
    VerticalSpread,
)

NEAR, FAR = "20270115", "20270219"
ids = count(1)


def qualified(contract: Contract) -> Contract:
    return msgspec.structs.replace(contract, contract_id=next(ids))


STOCK = qualified(Stock("AAPL"))
C180, C190, C200, C210 = (qualified(Call("AAPL", NEAR, strike)) for strike in (180, 190, 200, 210))
P170, P180, P190 = (qualified(Put("AAPL", NEAR, strike)) for strike in (170, 180, 190))
LATER = qualified(Call("AAPL", FAR, 190))
OTHER = qualified(Call("MSFT", NEAR, 200))
EURO = qualified(Call("AAPL", NEAR, 200, currency="EUR"))
MARCH, JUNE = (qualified(Future("ES", month, "CME")) for month in ("202703", "202706"))


def told(combo: Contract) -> list[tuple[str, int, Contract]]:
    known = {each.contract_id: each for each in (*BY_ID, MARCH, JUNE)}
    return [(leg.action, leg.ratio, known[leg.contract_id]) for leg in combo.combo_legs]


BY_ID = (STOCK, C180, C190, C200, C210, P170, P180, P190, LATER, OTHER, EURO)


@pytest.mark.parametrize(
    ("combo", "legs"),
    [
        (VerticalSpread(C190, C200), [("BUY", 1, C190), ("SELL", 1, C200)]),
        (VerticalSpread(P190, P180), [("BUY", 1, P190), ("SELL", 1, P180)]),
        (CalendarSpread(C190, LATER), [("SELL", 1, C190), ("BUY", 1, LATER)]),
        (CalendarSpread(MARCH, JUNE), [("SELL", 1, MARCH), ("BUY", 1, JUNE)]),
        (Straddle(C190, P190), [("BUY", 1, C190), ("BUY", 1, P190)]),
        (Strangle(C200, P180), [("BUY", 1, C200), ("BUY", 1, P180)]),
        (RatioSpread(C190, C200), [("BUY", 1, C190), ("SELL", 2, C200)]),
        (
            RatioSpread(C190, C200, bought_ratio=3, sold_ratio=1),
            [("BUY", 3, C190), ("SELL", 1, C200)],
        ),
        (Butterfly(C180, C190, C200), [("BUY", 1, C180), ("SELL", 2, C190), ("BUY", 1, C200)]),
        (
            Condor(C180, C190, C200, C210),
            [("BUY", 1, C180), ("SELL", 1, C190), ("SELL", 1, C200), ("BUY", 1, C210)],
        ),
        (
            IronCondor(P170, P180, C200, C210),
            [("BUY", 1, P170), ("SELL", 1, P180), ("SELL", 1, C200), ("BUY", 1, C210)],
        ),
        (CoveredWrite(STOCK, C200), [("BUY", 100, STOCK), ("SELL", 1, C200)]),
        (CoveredWrite(STOCK, P180), [("SELL", 100, STOCK), ("SELL", 1, P180)]),
    ],
)
def test_strategy_has_its_legs(combo, legs):
    assert told(combo) == legs
    assert (combo.security_type, combo.exchange, combo.currency) == ("BAG", "SMART", "USD")
    assert combo.symbol == legs[0][2].symbol


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: VerticalSpread(C190, C190), "differ in strike"),
        (lambda: VerticalSpread(C190, P180), "one right"),
        (lambda: VerticalSpread(C180, LATER), "one expiry"),
        (lambda: VerticalSpread(C190, OTHER), "one symbol"),
        (lambda: VerticalSpread(C190, EURO), "one currency"),
        (lambda: VerticalSpread(C190, STOCK), "give one of type FOP or OPT"),
        (lambda: RatioSpread(C190, C200, sold_ratio=1), "another than bought_ratio"),
        (lambda: RatioSpread(C190, C200, sold_ratio=0), "whole number"),
        (lambda: CalendarSpread(LATER, C190), "expiries .* rise"),
        (lambda: CalendarSpread(C180, LATER), "one strike"),
        (lambda: CalendarSpread(MARCH, LATER), "one security type"),
        (lambda: Straddle(P190, C190), "a call, a put"),
        (lambda: Straddle(C200, P190), "one strike"),
        (lambda: Strangle(C180, P190), "strikes"),
        (lambda: Butterfly(C180, C200, C190), "strikes .* rise"),
        (lambda: Butterfly(C180, P190, C200), "one right"),
        (lambda: Condor(C180, C190, C200, C200), "strikes .* rise"),
        (lambda: IronCondor(P170, P180, P190, C200), "a put, a put, a call, a call"),
        (lambda: IronCondor(P180, P190, C190, C200), "strikes .* rise"),
        (lambda: CoveredWrite(STOCK, OTHER), "give one on AAPL"),
        (lambda: CoveredWrite(C190, C190), "give one of type STK"),
        (lambda: VerticalSpread(Call("AAPL", NEAR, 1), Call("AAPL", NEAR, 2)), "qualify it"),
    ],
)
def test_legs_that_make_no_such_strategy_are_refused(make, what):
    with pytest.raises(InvalidValue, match=what):
        make()


def test_combination_of_ones_own_legs():
    legs = [Leg(STOCK, "sell", 50, "NYSE"), Leg(C190, "BUY", exchange="NYSE")]

    combo = Combo("AAPL", legs, "NYSE")

    assert combo == Contract(
        symbol="AAPL",
        security_type="BAG",
        exchange="NYSE",
        currency="USD",
        combo_legs=(
            ComboLeg(contract_id=STOCK.contract_id, ratio=50, action="SELL", exchange="NYSE"),
            ComboLeg(contract_id=C190.contract_id, ratio=1, action="BUY", exchange="NYSE"),
        ),
    )


def test_one_leg_may_be_hedged_by_its_underlying():
    hedge = DeltaNeutralContract(contract_id=265598, delta=0.55, price=190.5)

    combo = Combo("AAPL", [Leg(C190, "BUY")], delta_neutral_contract=hedge)

    assert combo.delta_neutral_contract == hedge


@pytest.mark.parametrize(
    ("legs", "what"),
    [
        ([], "two legs"),
        ([Leg(C190, "BUY")], "two legs"),
        ([Leg(C190, "BUY"), Leg(C190, "SELL")], "another contract"),
        ([Leg(C190, "BUY"), ComboLeg(ratio=1, action="BUY")], "contract id"),
        ([Leg(C190, "BUY"), ComboLeg(contract_id=999, action="BUY")], "whole number"),
        ([Leg(C190, "BUY"), ComboLeg(contract_id=999, ratio=1, action="HOLD")], "BUY"),
    ],
)
def test_legs_that_make_no_combination_are_refused(legs, what):
    with pytest.raises(InvalidValue, match=what):
        Combo("AAPL", legs)


def test_combination_is_readable_and_has_a_key():
    combo = Combo(
        "AAPL",
        [
            ComboLeg(contract_id=11, ratio=1, action="BUY"),
            ComboLeg(contract_id=22, ratio=2, action="SELL"),
        ],
    )

    assert str(combo) == "AAPL +1#11 -2#22"
    assert instrument_key(combo) == "AAPL BAG +1#11 -2#22 USD"
