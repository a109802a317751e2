"""Long downloads on a simulated Bridge."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from workstation import RequestError, Stock

NEW_YORK = ZoneInfo("America/New_York")
END = datetime(2026, 11, 23, tzinfo=NEW_YORK)


def test_three_years_of_days_are_one_answer(api):
    told = []
    start = datetime(2023, 11, 27, tzinfo=NEW_YORK)
    download = api.download_bars(
        Stock("XOM"), start, END, "1 day", progress=lambda *each: told.append(each)
    )
    frame = download.result(30).to_frame("America/New_York")
    assert told[-1] == (download.total, download.total)
    assert download.total > 1
    assert frame.index.is_unique
    assert frame.index.is_monotonic_increasing
    assert frame.index[0] == start
    assert 740 < len(frame) < 760
    parts = api.request_historical_data(Stock("XOM"), duration="1 Y", bar_size="1 day")
    known = parts.to_frame("America/New_York")["close"]
    both = frame["close"].reindex(known.index).dropna()
    assert len(both) > 240
    assert (both == known[both.index]).all()


def test_a_chain_is_what_the_bridge_lists_expiry_by_expiry(api):
    stock = api.qualify(Stock("KO"))
    (row, *_) = api.request_security_definition_option_parameters("KO", stock.contract_id)
    expiries = sorted(row.expirations)[:3]
    chain = api.download_chain(stock, expiries).result(30)
    assert [each.contract.last_trade_date for each in chain] == sorted(
        each.contract.last_trade_date for each in chain
    )
    assert {each.contract.last_trade_date for each in chain} == set(expiries)
    assert {each.contract.right for each in chain} == {"C", "P"}
    frame = chain.to_frame()
    assert len(frame) == len(chain)
    assert frame["contract_id"].is_unique
    assert frame["last_trade_date"].tolist() == [each.contract.last_trade_date for each in chain]


def test_chains_of_many_stocks_come_in_their_order(api):
    told = []
    stocks = [Stock("KO"), Stock("IBM")]
    download = api.download_chains(stocks, progress=lambda *each: told.append(each))
    chains = download.result(60)
    assert told[-1] == (download.total, download.total)
    for stock, chain in zip(stocks, chains, strict=True):
        assert {each.contract.symbol for each in chain} == {stock.symbol}
        single = api.download_chain(stock).result(60)
        assert [each.contract.contract_id for each in chain] == [
            each.contract.contract_id for each in single
        ]


def test_many_contracts_are_qualified_side_by_side_and_known_ones_stay(api):
    known = api.qualify(Stock("KO"))
    found = api.qualify_all([Stock("IBM"), known, Stock("CAT")])
    assert [each.symbol for each in found] == ["IBM", "KO", "CAT"]
    assert found[1] is known
    assert all(each.contract_id for each in found)


def test_one_that_can_not_be_told_is_named(api):
    with pytest.raises(RequestError, match="No security definition"):
        api.qualify_all([Stock("IBM"), Stock("NOSUCH")])
