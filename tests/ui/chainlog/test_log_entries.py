"""The message log's record and words, without a screen."""

from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from workstation.desk import envelope as envelopes
from workstation.desk.broker import BrokerMessage, Properties
from workstation.desk.envelope import sealed
from workstation.model import (
    CommissionReport,
    Execution,
    LimitOrder,
    Option,
    OrderState,
    Stock,
    TickType,
)
from workstation.protocol import catalog
from workstation.ui.panes import log_lines
from workstation.ui.panes.log_entries import LogEntries
from workstation.ui.panes.log_lines import Mark, line_of, whole_text

AT_NS = 1_795_444_200_123_456_789  # 2026-11-23 14:30:00.123 in UTC
NEW_YORK = ZoneInfo("America/New_York")
_SEQUENCE = count(1)

APPLE_7 = catalog.RequestMarketData(request_id=7, contract=Stock("AAPL"))
ORDER_9 = catalog.PlaceOrder(
    order_id=9, contract=Stock("AAPL"), order=LimitOrder("BUY", Decimal(100), 190.05)
)


def published(content, name="", key="bridge.MA", **parts):
    name = name or content.name
    body, properties = sealed(
        name, content, code="DESK", sequence=next(_SEQUENCE), time_ns=AT_NS, message_id="m", **parts
    )
    return BrokerMessage("actor", key, body, properties)


def tick(request_id=7, price=190.05):
    return published(
        catalog.TickPrice(
            request_id=request_id, tick_type=TickType.BID, price=price, size=Decimal(300)
        )
    )


def line(message, *before):
    entries = LogEntries()
    entries.take([*before, message], 0)
    return line_of(entries.shown[-1], entries.subjects, NEW_YORK)


def test_a_line_tells_time_key_direction_name_and_what_matters():
    told = line(tick(), published(APPLE_7))
    assert (told.time, told.key, told.arrow, told.name) == (
        "09:30:00.123",
        "bridge.MA",
        "←",
        "tick_price",
    )
    assert told.summary == "AAPL bid 190.05 × 300"
    assert told.mark is Mark.NONE


@pytest.mark.parametrize(
    ("content", "arrow", "mark", "summary"),
    [
        (APPLE_7, "→", Mark.NONE, "AAPL SMART #7"),
        (ORDER_9, "→", Mark.ORDER, "BUY 100 AAPL LMT 190.05 DAY #9"),
        (
            catalog.OrderStatus(
                order_id=9,
                status="Filled",
                filled=Decimal(100),
                remaining=Decimal(0),
                average_fill_price=190.04,
            ),
            "←",
            Mark.ORDER,
            "Filled AAPL filled 100, left 0 at 190.04 #9",
        ),
        (
            catalog.OrderStatus(
                order_id=9, status="Cancelled", filled=Decimal(0), remaining=Decimal(100)
            ),
            "←",
            Mark.CANCEL,
            "Cancelled AAPL filled 0, left 100 #9",
        ),
        (catalog.CancelOrder(order_id=9), "→", Mark.CANCEL, "AAPL #9"),
        (
            catalog.ExecutionData(
                request_id=-1,
                contract=Option("AAPL", "20270115", 190.0, "C"),
                execution=Execution(
                    order_id=9,
                    execution_id="a.1",
                    side="BOT",
                    shares=Decimal(2),
                    price=4.2,
                    exchange="CBOE",
                ),
            ),
            "←",
            Mark.FILL,
            "BOT 2 AAPL 20270115 190C at 4.2 on CBOE #9",
        ),
        (
            catalog.InfoMessage(request_id=9, code=201, text="Order rejected"),
            "←",
            Mark.REFUSED,
            "AAPL #9 201: Order rejected",
        ),
        (
            catalog.InfoMessage(request_id=-1, code=2104, text="farm is OK"),
            "←",
            Mark.NOTICE,
            "2104: farm is OK",
        ),
    ],
)
def test_each_kind_of_message_has_its_words_and_its_mark(content, arrow, mark, summary):
    told = line(published(content), published(ORDER_9))
    assert (told.arrow, told.mark, told.summary) == (arrow, mark, summary)


def test_a_commission_says_which_symbol_it_was_paid_for():
    fill = catalog.ExecutionData(
        request_id=-1, contract=Stock("KO"), execution=Execution(execution_id="x.01")
    )
    report = CommissionReport(
        execution_id="x.01", commission=1.0, currency="USD", realized_pnl=-3.25
    )
    told = line(published(catalog.CommissionReport(report=report)), published(fill))
    assert told.summary == "KO commission 1.00 USD · realized -3.25"


@pytest.mark.parametrize("word", ["pause", "resume", "flatten", "stop"])
def test_what_the_desk_asks_of_an_actor_stands_out(word):
    told = line(published({}, name=word, key="multi_client.MA"))
    assert (told.arrow, told.mark) == ("•", word.upper())


def test_a_message_without_words_of_its_own_lists_its_fields():
    told = line(published(catalog.MarketRule(market_rule_id=26)))
    assert told.summary == "market rule id 26"


def test_an_unreadable_body_is_shown_as_broken_and_hides_nothing_else():
    broken = BrokerMessage("actor", "bridge.MA", b"\xffno json", Properties(type="tick_price"))
    entries = LogEntries()
    entries.take([broken, tick()], 0)
    first, second = (line_of(each, entries.subjects) for each in entries.shown)
    assert first.mark is Mark.BROKEN
    assert "no envelope" in first.summary
    assert second.summary == "bid 190.05 × 300"
    assert "can not be read" in whole_text(entries.shown[0])


def test_the_whole_message_shows_every_field_and_how_it_travelled():
    entries = LogEntries()
    entries.take([published(ORDER_9, correlation_id="asked-by")], 0)
    text = whole_text(entries.shown[0], NEW_YORK)
    assert '"limit_price": 190.05' in text
    assert "asked-by" in text
    assert "2026-11-23 09:30:00.123456 EST" in text


def test_the_record_is_bounded_and_counts_what_went():
    entries = LogEntries(limit=10)
    entries.take([tick() for _ in range(25)], lost=4)
    assert len(entries) == 10
    assert entries.dropped == 15 + 4
    assert entries.numbers() == list(range(15, 25))


def test_a_pause_changes_nothing_that_is_shown_and_a_resume_brings_what_waited():
    entries = LogEntries(limit=10)
    entries.take([tick(), tick()], 0)
    entries.pause()
    assert entries.take([tick() for _ in range(12)], 0) == 0
    assert entries.numbers() == [0, 1]
    assert (entries.waiting, entries.dropped) == (10, 2)
    assert entries.resume() == 10
    assert entries.numbers() == list(range(4, 14))
    assert entries.dropped == 4


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("multi", [2]),
        ("MARKET_DATA", [0]),
        ("aapl", [0, 1]),
        ("ko", [3, 4]),
        ("nothing like it", []),
        ("", [0, 1, 2, 3, 4]),
    ],
)
def test_the_filter_looks_at_key_message_and_symbol(text, numbers):
    entries = LogEntries()
    coke = catalog.RequestHistoricalData(request_id=8, contract=Stock("KO"))
    entries.take(
        [
            published(APPLE_7),
            tick(7),
            published({}, name="pause", key="multi_client.PAIRS"),
            published(coke),
            tick(8),
        ],
        0,
    )
    entries.search(text)
    assert entries.numbers() == numbers


def test_a_filter_also_holds_for_what_comes_later():
    entries = LogEntries(limit=3)
    entries.search("aapl")
    entries.take([published(APPLE_7)], 0)
    assert entries.take([tick(7), tick(8), tick(7)], 0) == 2
    assert entries.numbers() == [1, 3]


def test_an_entry_is_found_by_number_also_after_a_gap():
    entries = LogEntries(limit=3)
    entries.take([tick(), tick()], 0)
    entries.pause()
    entries.take([tick() for _ in range(4)], 0)
    entries.resume()
    assert entries.numbers() == [3, 4, 5]
    assert entries.entry(4).number == 4
    assert entries.entry(0) is None


def test_a_burst_opens_no_body_that_nobody_looks_at(monkeypatch):
    opened = []
    monkeypatch.setattr(
        log_lines, "opened", lambda body: opened.append(body) or envelopes.opened(body)
    )
    entries = LogEntries()
    burst = [tick() for _ in range(4000)]
    entries.take(burst, 0)
    seen = [line_of(each, entries.subjects) for each in entries.window(3980, 20)]
    assert len(seen) == 20
    assert opened == [each.body for each in burst[-20:]]


def test_a_question_about_an_order_is_told_from_an_order_both_ways():
    question = replace(LimitOrder("BUY", Decimal(100), 190.05), what_if=True)
    asked = catalog.PlaceOrder(order_id=9, contract=Stock("AAPL"), order=question)
    answered = catalog.OpenOrder(
        order_id=9,
        contract=Stock("AAPL"),
        order=question,
        state=OrderState(status="PreSubmitted"),
    )
    assert line(published(asked)).summary == "what-if BUY 100 AAPL LMT 190.05 DAY #9"
    assert (
        line(published(answered)).summary == "what-if BUY 100 AAPL LMT 190.05 DAY PreSubmitted #9"
    )
