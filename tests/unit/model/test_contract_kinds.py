from __future__ import annotations

import msgspec
import pytest

from workstation.errors import InvalidValue
from workstation.model import Contract
from workstation.model.contracts import (
    CFD,
    Bond,
    Call,
    Commodity,
    ContinuousFuture,
    Crypto,
    Forex,
    Future,
    FutureOption,
    Index,
    MutualFund,
    Option,
    Put,
    Stock,
    Warrant,
)


def written(symbol, kind, exchange, currency="USD", **fields):
    return Contract(
        symbol=symbol, security_type=kind, exchange=exchange, currency=currency, **fields
    )


@pytest.mark.parametrize(
    ("made", "by_hand"),
    [
        (Stock("AAPL"), written("AAPL", "STK", "SMART")),
        (
            Stock("SIE", "IBIS", "EUR", primary_exchange="IBIS"),
            written("SIE", "STK", "IBIS", "EUR", primary_exchange="IBIS"),
        ),
        (Stock("AAPL", exchange=""), written("AAPL", "STK", "")),
        (Index("SPX", "CBOE"), written("SPX", "IND", "CBOE")),
        (Forex("EURUSD"), written("EUR", "CASH", "IDEALPRO")),
        (Forex("USD.JPY", "FXCONV"), written("USD", "CASH", "FXCONV", "JPY")),
        (Forex("EUR/CHF"), written("EUR", "CASH", "IDEALPRO", "CHF")),
        (Bond("912828C57"), written("912828C57", "BOND", "SMART")),
        (CFD("IBDE30", currency="EUR"), written("IBDE30", "CFD", "SMART", "EUR")),
        (Crypto("BTC"), written("BTC", "CRYPTO", "PAXOS")),
        (MutualFund("VINIX"), written("VINIX", "FUND", "FUNDSERV")),
        (Commodity("XAUUSD"), written("XAUUSD", "CMDTY", "SMART")),
        (
            Option("AAPL", "20270115", 190, "call"),
            written(
                "AAPL",
                "OPT",
                "SMART",
                last_trade_date="20270115",
                strike=190.0,
                right="C",
                multiplier="100",
            ),
        ),
        (Call("AAPL", "20270115", 190.0), Option("AAPL", "20270115", 190.0, "C")),
        (
            Put("SPX", "20270115", 6000.0, "CBOE", trading_class="SPXW"),
            Option("SPX", "20270115", 6000.0, "P", "CBOE", trading_class="SPXW"),
        ),
        (
            Future("ES", "202612", "CME", multiplier="50"),
            written("ES", "FUT", "CME", last_trade_date="202612", multiplier="50"),
        ),
        (
            Future("FDAX", "20261218", "EUREX", "EUR", include_expired=True),
            written(
                "FDAX", "FUT", "EUREX", "EUR", last_trade_date="20261218", include_expired=True
            ),
        ),
        (ContinuousFuture("ES", "CME"), written("ES", "CONTFUT", "CME")),
        (
            FutureOption("ES", "20261218", 6000, "P", "CME", multiplier="50"),
            written(
                "ES",
                "FOP",
                "CME",
                last_trade_date="20261218",
                strike=6000.0,
                right="P",
                multiplier="50",
            ),
        ),
        (
            Warrant("GOOG", "20261117", 1500.0, "C", "FWB", multiplier="0.01"),
            written(
                "GOOG",
                "WAR",
                "FWB",
                "EUR",
                last_trade_date="20261117",
                strike=1500.0,
                right="C",
                multiplier="0.01",
            ),
        ),
    ],
)
def test_constructor_equals_the_record_written_by_hand(made, by_hand):
    assert made == by_hand
    assert hash(made) == hash(by_hand)
    assert type(made) is Contract


@pytest.mark.parametrize(
    ("make", "field", "value", "legal"),
    [
        (lambda: Stock(""), "symbol", "", "AAPL"),
        (lambda: Stock("AAPL "), "symbol", "AAPL ", "AAPL"),
        (lambda: Stock("AAPL", " NYSE"), "exchange", " NYSE", "SMART"),
        (lambda: Stock("AAPL", currency="usd"), "currency", "usd", "USD"),
        (
            lambda: Stock("AAPL", primary_exchange="SMART"),
            "primary_exchange",
            "SMART",
            "where it is listed",
        ),
        (lambda: Forex("EUR"), "pair", "EUR", "EURUSD"),
        (lambda: Forex("EUREUR"), "pair", "EUREUR", "EURUSD"),
        (lambda: Option("", "20270115", 1.0, "C"), "symbol", "", "underlying"),
        (
            lambda: Option("AAPL", "2027-01-15", 1.0, "C"),
            "last_trade_date",
            "2027-01-15",
            "YYYYMMDD",
        ),
        (lambda: Call("AAPL", "20270231", 1.0), "last_trade_date", "20270231", "YYYYMMDD"),
        (lambda: Call("AAPL", "202701", 1.0), "last_trade_date", "202701", "YYYYMMDD"),
        (lambda: Put("AAPL", "20270115", 0.0), "strike", 0.0, "above zero"),
        (lambda: Put("AAPL", "20270115", float("inf")), "strike", float("inf"), "finite"),
        (lambda: Option("AAPL", "20270115", 1.0, "X"), "right", "X", "C or P"),
        (
            lambda: Option("AAPL", "20270115", 1.0, "C", multiplier="-1"),
            "multiplier",
            "-1",
            "positive",
        ),
        (lambda: Future("ES", "202613", "CME"), "last_trade_date", "202613", "YYYYMM"),
        (lambda: Future("ES", "202612", None), "exchange", None, "SMART"),
        (lambda: FutureOption("ES", "202612", 1.0, "C", "CME"), "last_trade_date", "202612", "YYY"),
        (lambda: Warrant("GOOG", "20261117", -1.0, "C", "FWB"), "strike", -1.0, "above zero"),
        (lambda: ContinuousFuture("", "CME"), "symbol", "", "underlying"),
    ],
)
def test_refusal_names_field_value_and_what_is_legal(make, field, value, legal):
    with pytest.raises(InvalidValue) as refused:
        make()

    assert (refused.value.field, refused.value.value) == (field, value)
    assert legal in refused.value.legal


@pytest.mark.parametrize(
    ("contract", "text"),
    [
        (Stock("BRK B"), "BRK B"),
        (Call("AAPL", "20270115", 192.5), "AAPL 20270115 192.5C"),
        (Forex("EURUSD"), "EUR.USD"),
        (Crypto("BTC"), "BTC.USD"),
        (Future("ES", "202612", "CME"), "ES 202612"),
        (ContinuousFuture("ES", "CME"), "ES continuous"),
        (FutureOption("ES", "20261218", 6000, "P", "CME"), "ES 20261218 6000P"),
        (Warrant("GOOG", "20261117", 1500, "C", "FWB"), "GOOG 20261117 1500C"),
        (Contract(contract_id=265598), "#265598"),
        (Contract(symbol="AAPL", security_type="OPT", last_trade_date="202701"), "AAPL 202701"),
    ],
)
def test_contract_is_readable(contract, text):
    assert str(contract) == text


def test_contracts_of_the_same_words_are_one_key_of_a_dict():
    received = msgspec.msgpack.decode(msgspec.msgpack.encode(Stock("AAPL")), type=Contract)

    assert {Stock("AAPL"): 1}[received] == 1
    assert len({Stock("AAPL"), received, Stock("AAPL", "NYSE")}) == 2
