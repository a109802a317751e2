"""Vocabularies beside the official client's lists, where it has them."""

from __future__ import annotations

from ibapi import common, contract, news, order
from ibapi.account_summary_tags import AccountSummaryTags
from ibapi.order_condition import OrderCondition, PriceCondition
from ibapi.order_status import OrderStatus
from ibapi.ticktype import TickTypeEnum

from workstation.model.enums import (
    AccountSummaryTag,
    AdvisorDataType,
    AuctionStrategy,
    ConditionType,
    FundAssetType,
    FundDistributionPolicy,
    LegPosition,
    Liquidity,
    MarketDataType,
    NewsBulletinType,
    OrderOrigin,
    OrderStatusName,
    TickType,
    TriggerMethod,
)

LONGER = {
    "AVG": "AVERAGE",
    "EXCH": "EXCHANGE",
    "VOL": "VOLATILITY",
    "REG": "REGULATORY",
    "OPT": "OPTION",
    "CUST": "CUSTOM",
    "TRD": "TRADE",
    "MIN": "MINUTES",
}
DROPPED = {"COMPUTATION"}
OTHERWISE = {
    "NOT_USED": "FUNDAMENTAL_RATIOS",
    "NEWS_TICK": "NEWS",
    **{
        f"{price}_EFP_COMPUTATION": f"{price}_EXCHANGE_FOR_PHYSICAL"
        for price in ("BID", "ASK", "LAST", "OPEN", "HIGH", "LOW", "CLOSE")
    },
    **{f"SHORT_TERM_VOLUME_{span}_MIN": f"VOLUME_{span}_MINUTES" for span in (3, 5, 10)},
}


def longer(name: str) -> str:
    words = [LONGER.get(word, word) for word in name.split("_") if word not in DROPPED]
    return OTHERWISE.get(name, "_".join(words))


def numbered(listed, *, without=()):
    return {number for number, name in listed.idx2name.items() if name not in without}


def test_tick_types_have_the_numbers_and_names_of_the_official_client():
    listed = {
        number: longer(name)
        for number, name in TickTypeEnum.idx2name.items()
        if number != TickTypeEnum.NOT_SET
    }

    assert {int(each): each.name for each in TickType} == listed


def test_order_stages_are_those_of_the_official_client():
    assert set(OrderStatusName) == {each.value for each in OrderStatus} - {"Unknown"}


def test_account_summary_tags_are_those_of_the_official_client():
    listed = set(AccountSummaryTags.AllTags.split(","))
    # The official list says "Req"; Bridges send, and other clients ask for, "Reg".
    listed = {tag.replace("ReqT", "RegT") for tag in listed}

    assert set(AccountSummaryTag) - {"$LEDGER"} == listed


def test_codes_are_those_of_the_official_client():
    assert set(MarketDataType) == numbered(common.MarketDataTypeEnum, without=("N/A",))
    assert set(Liquidity) == numbered(common.LiquiditiesEnum)
    assert set(TriggerMethod) == numbered(
        PriceCondition.TriggerMethodEnum, without=("N/A1", "N/A2")
    )
    assert set(AdvisorDataType) - {AdvisorDataType.PROFILES} == {
        common.FaDataTypeEnum.GROUPS,
        common.FaDataTypeEnum.ALIASES,
    }
    assert {each.name.replace("_", ""): int(each) for each in ConditionType} == {
        name.upper(): value
        for name, value in vars(OrderCondition).items()
        if isinstance(value, int)
    }


def test_numbered_constants_are_those_of_the_official_client():
    assert [int(each) for each in OrderOrigin] == [order.CUSTOMER, order.FIRM, order.UNKNOWN]
    assert [int(each) for each in AuctionStrategy] == [
        order.AUCTION_UNSET,
        order.AUCTION_MATCH,
        order.AUCTION_IMPROVEMENT,
        order.AUCTION_TRANSPARENT,
    ]
    assert [int(each) for each in LegPosition] == [
        contract.SAME_POS,
        contract.OPEN_POS,
        contract.CLOSE_POS,
        contract.UNKNOWN_POS,
    ]
    # Which of 2 and 3 means closed, the official client's constants and its callback tell
    # differently; here the callback is followed.
    assert set(NewsBulletinType) == {
        news.NEWS_MSG,
        news.EXCHANGE_UNAVAIL_MSG,
        news.EXCHANGE_AVAIL_MSG,
    }


def test_fund_words_are_those_of_the_official_client():
    assets = {
        # One of the official members is a tuple within a tuple.
        each.value[0][0] if isinstance(each.value[0], tuple) else each.value[0]
        for each in contract.FundAssetType
    }
    policies = {each.value[0] for each in contract.FundDistributionPolicyIndicator}

    assert set(FundAssetType) == assets - {"None"}
    assert set(FundDistributionPolicy) == policies - {"None"}
