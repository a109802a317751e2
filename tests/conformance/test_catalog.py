"""The catalog against the official client's own lists of messages."""

from __future__ import annotations

import re

import pytest

from workstation.protocol.message import INBOUND, REQUESTS
from workstation.protocol.versions import HIGHEST_VERSION

official = pytest.importorskip("witnesses.official", reason="needs the official client")

from ibapi.message import IN, OUT  # noqa: E402  only where the official client is

NEWER = {
    OUT: {"CANCEL_CONTRACT_DATA", "CANCEL_HISTORICAL_TICKS", "REQ_CONFIG", "UPDATE_CONFIG"},
    IN: {"CONFIG_RESPONSE", "UPDATE_CONFIG_RESPONSE"},
}
"""Messages of server versions above the highest that speaks text."""

GIVEN_UP = {
    OUT: {52: "request_fundamental_data", 53: "cancel_fundamental_data"},
    IN: {51: "fundamental_data"},
}
"""Messages that it knew until its version 10.46."""

WORDS = {
    "req": "request",
    "mkt": "market",
    "acct": "account",
    "accts": "accounts",
    "calc": "calculate",
    "volat": "volatility",
    "ids": "order_ids",
    "fa": "financial_advisor",
    "loglevel": "log_level",
    "timestamp": "time_stamp",
    "sec_def_opt_params": "security_definition_option_parameters",
}
"""Words that it spells otherwise."""

OTHER_NAMES = {
    "REQ_ACCT_DATA": "request_account_updates",
    "REQ_CALC_IMPLIED_VOLAT": "calculate_implied_volatility",
    "REQ_CALC_OPTION_PRICE": "calculate_option_price",
    "ERR_MSG": "info_message",
    "RECEIVE_FA": "receive_fa",
    "REPLACE_FA_END": "replace_fa_end",
    "REROUTE_MKT_DATA_REQ": "reroute_market_data_request",
    "REROUTE_MKT_DEPTH_REQ": "reroute_market_depth_request",
    "COMMISSION_AND_FEES_REPORT": "commission_report",
    "TICK_REQ_PARAMS": "tick_request_params",
}
"""Messages whose names here are not theirs with its abbreviations written out."""


def listed(messages: type) -> dict[int, str]:
    """Its list: numbers and names."""
    return {
        number: name
        for name, number in vars(messages).items()
        if name.isupper() and isinstance(number, int) and name not in NEWER[messages]
    }


def our_name(theirs: str) -> str:
    """What a message is called here."""
    if theirs in OTHER_NAMES:
        return OTHER_NAMES[theirs]
    words = theirs.lower()
    for short, long in WORDS.items():
        words = re.sub(rf"(^|_){short}(?=_|$)", rf"\1{long}", words)
    return words


@pytest.mark.parametrize(("messages", "registry"), [(OUT, REQUESTS), (IN, INBOUND)])
def test_every_message_that_the_witness_lists_is_there_under_its_number(messages, registry):
    theirs = {number: our_name(name) for number, name in listed(messages).items()}
    theirs.update(GIVEN_UP[messages])
    assert {number: each.name for number, each in registry.items()} == theirs


@pytest.mark.parametrize("registry", [REQUESTS, INBOUND])
def test_no_name_stands_twice_and_every_message_speaks_some_version(registry):
    names = [each.name for each in registry.values()]
    assert len(set(names)) == len(names)
    assert all(each.since <= HIGHEST_VERSION for each in registry.values())
    assert all(each.message_id == number for number, each in registry.items())
