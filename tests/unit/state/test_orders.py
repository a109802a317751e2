from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from workstation.model import (
    Contract,
    Execution,
    LimitOrder,
    MarketOrder,
    Order,
    OrderState,
    Stock,
    StopOrder,
)
from workstation.protocol import catalog
from workstation.state.changes import OrderKey
from workstation.state.live_order import OrderStage
from workstation.state.session import BridgeConnected, BridgeDisconnected

AAPL = Stock("AAPL")
OWN = OrderKey(7, 5)


def place(order=None, order_id=5, contract=AAPL):
    order = order or LimitOrder("BUY", 100, 190.05)
    return catalog.PlaceOrder(order_id=order_id, contract=contract, order=order)


def told(order=None, *, order_id=5, status="Submitted", client_id=7, permanent_id=900, **state):
    """An open order as the Bridge echoes it: with the prices it does not have as zero."""
    order = order or LimitOrder("BUY", 100, 190.05)
    order = replace(
        order,
        client_id=client_id,
        permanent_id=permanent_id,
        limit_price=order.limit_price or 0.0,
        aux_price=order.aux_price or 0.0,
    )
    state = OrderState(status=status, **state)
    return catalog.OpenOrder(order_id=order_id, contract=AAPL, order=order, state=state)


def status(word, filled=0, remaining=100, *, order_id=5, client_id=7, permanent_id=900, **more):
    return catalog.OrderStatus(
        order_id=order_id,
        status=word,
        filled=Decimal(filled),
        remaining=Decimal(remaining),
        client_id=client_id,
        permanent_id=permanent_id,
        **more,
    )


def fill(shares, cumulative, execution_id="e.1.01", *, contract=AAPL, **more):
    told = {"order_id": 5, "client_id": 7, "permanent_id": 900, "average_price": 190.0} | more
    execution = Execution(
        execution_id=execution_id,
        shares=Decimal(shares),
        cumulative_quantity=Decimal(cumulative),
        price=190.0,
        **told,
    )
    return catalog.ExecutionData(request_id=-1, contract=contract, execution=execution)


def info(code, text="…", order_id=5):
    return catalog.InfoMessage(request_id=order_id, code=code, text=text)


CANCEL = catalog.CancelOrder(order_id=5)


@pytest.fixture
def own(picture):
    """What is known of order 5 now."""
    return lambda: picture.orders.get(OWN)


# The plain course


def test_order_sent_is_shown_before_anybody_acknowledged_it(picture, tell, own):
    tell(place())

    order = own()
    assert order.stage is OrderStage.SENT
    assert order.status == ""
    assert order.instrument == "AAPL STK USD"
    assert (order.filled, order.remaining) == (0, 100)
    assert picture.changes.take().orders == {OWN}


def test_order_held_back_is_not_sent(tell, own):
    tell(place(replace(LimitOrder("BUY", 100, 190.05), transmit=False)))

    assert own().stage is OrderStage.NOT_SENT


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("ApiPending", OrderStage.NOT_SENT),
        ("PendingSubmit", OrderStage.SENT),
        ("PendingCancel", OrderStage.CANCEL_REQUESTED),
        ("PreSubmitted", OrderStage.ACCEPTED),
        ("Submitted", OrderStage.WORKING),
        ("ApiCancelled", OrderStage.CANCELLED),
        ("Cancelled", OrderStage.CANCELLED),
        ("Filled", OrderStage.FILLED),
        ("Inactive", OrderStage.INACTIVE),
        ("NeverHeardOf", OrderStage.UNKNOWN),
    ],
)
@pytest.mark.parametrize("message", [status, lambda word: told(status=word)])
def test_word_of_the_bridge_says_the_stage(tell, own, word, stage, message):
    tell(place(), message(word))

    assert own().stage is stage
    assert own().status == word


def test_order_waiting_for_shares_to_borrow_is_suspended(tell, own):
    tell(place(), status("PreSubmitted", why_held="locate"))

    assert own().stage is OrderStage.SUSPENDED


def test_order_waiting_for_its_trigger_is_accepted(tell, own):
    tell(place(), status("PreSubmitted", why_held="child,trigger"))

    assert own().stage is OrderStage.ACCEPTED
    assert own().why_held == "child,trigger"


def test_partial_fills_count(tell, own):
    tell(place(), status("Submitted", 40, 60, average_fill_price=190.01))

    order = own()
    assert (order.filled, order.remaining, order.average_price) == (40, 60, 190.01)
    assert order.is_open


def test_history_has_an_entry_for_each_change_and_none_for_repeats(tell, own):
    tell(
        place(),
        told(status="PreSubmitted"),
        status("PreSubmitted"),
        status("PreSubmitted"),
        status("Submitted"),
        told(status="Submitted"),
        status("Submitted", 40, 60),
        status("Filled", 100, 0),
        status("Filled", 100, 0),
    )

    assert [(change.stage, change.filled) for change in own().history] == [
        (OrderStage.SENT, 0),
        (OrderStage.ACCEPTED, 0),
        (OrderStage.WORKING, 0),
        (OrderStage.WORKING, 40),
        (OrderStage.FILLED, 100),
    ]
    times = [change.time_ns for change in own().history]
    assert times == sorted(times)


def test_repeat_changes_nothing(picture, tell, own):
    tell(place(), told(), status("Submitted", 40, 60))
    before = own()
    picture.changes.take()

    tell(told(), status("Submitted", 40, 60))

    assert own() == before
    assert not picture.changes.take()


def test_orders_of_others_are_seen_with_their_owner(picture, tell):
    order = replace(LimitOrder("SELL", 10, 191.0), order_reference="PAIRS")
    tell(told(order, order_id=3, client_id=12, permanent_id=77))

    known = picture.orders.get(OrderKey(12, 3))
    assert known.order.order_reference == "PAIRS"
    assert picture.orders.by_permanent_id(77) is known
    assert picture.orders.open() == (known,)


def test_order_id_of_another_client_is_another_order(picture, tell, own):
    tell(place(), status("Filled", 100, 0, client_id=12, permanent_id=901))

    assert own().stage is OrderStage.SENT
    assert picture.orders.get(OrderKey(12, 5)).stage is OrderStage.FILLED


def test_status_may_come_before_the_order_is_told(picture, tell):
    tell(status("Submitted", 10, 90, client_id=12), told(client_id=12))

    (order,) = picture.orders.all()
    assert order.instrument == "AAPL STK USD"
    assert (order.filled, order.remaining) == (10, 90)


def test_orders_typed_into_the_bridge_are_told_apart_by_their_lasting_number(picture, tell):
    tell(
        told(order_id=0, client_id=0, permanent_id=31),
        told(order_id=0, client_id=0, permanent_id=32),
        status("Filled", 100, 0, order_id=0, client_id=0, permanent_id=32),
    )

    assert picture.orders.get(OrderKey(0, 0, 31)).stage is OrderStage.WORKING
    assert picture.orders.get(OrderKey(0, 0, 32)).stage is OrderStage.FILLED


@pytest.mark.parametrize(
    "naming",
    [
        catalog.OrderBound(permanent_id=31, client_id=0, order_id=-4),
        told(order_id=-4, client_id=0, permanent_id=31),
    ],
)
def test_order_typed_into_the_bridge_keeps_its_history_when_it_gets_an_id(picture, tell, naming):
    tell(told(order_id=0, client_id=0, permanent_id=31))
    picture.changes.take()

    tell(naming)

    (order,) = picture.orders.all()
    assert order.key == OrderKey(0, -4)
    assert len(order.history) == 1
    assert picture.orders.by_permanent_id(31) is order
    assert picture.changes.take().orders == {OrderKey(0, 0, 31), OrderKey(0, -4)}


# Fills and statuses in any order


def test_filled_may_precede_its_execution(tell, own):
    tell(place(), told(), status("Filled", 100, 0), fill(100, 100))

    assert own().stage is OrderStage.FILLED
    assert own().filled == 100


def test_execution_may_precede_its_status(tell, own):
    tell(place(), told(), fill(40, 40))
    assert (own().filled, own().remaining, own().average_price) == (40, 60, 190.0)
    assert own().stage is OrderStage.WORKING

    tell(fill(60, 100, "e.2.01"))
    assert own().stage is OrderStage.FILLED
    assert own().remaining == 0


def test_late_status_does_not_undo_a_fill(tell, own):
    tell(place(), told(), status("Filled", 100, 0), status("Submitted", 40, 60))

    order = own()
    assert (order.stage, order.status) == (OrderStage.FILLED, "Filled")
    assert (order.filled, order.remaining) == (100, 0)


def test_late_status_with_less_filled_than_the_executions_is_outvoted(tell, own):
    tell(place(), told(), fill(40, 40), status("Submitted", 0, 100))

    assert (own().filled, own().remaining) == (40, 60)


def test_late_execution_does_not_put_its_average_over_the_whole_orders(tell, own):
    tell(place(), told(), status("Filled", 100, 0, average_fill_price=190.5), fill(40, 40))

    assert own().average_price == 190.5


def test_corrected_execution_takes_back_what_it_told(tell, own):
    tell(place(), told(), fill(40, 40), fill(30, 30, "e.1.02"))

    assert own().filled == 30


def test_fills_of_a_combinations_legs_do_not_fill_the_combination(picture, tell, own):
    spread = Contract(symbol="AAPL", security_type="BAG", currency="USD")
    leg = Contract(symbol="AAPL", security_type="OPT", currency="USD")
    tell(
        place(LimitOrder("BUY", 2, 1.0), contract=spread),
        fill(1, 1, "e.1.01", contract=spread),
        fill(1, 1, "e.2.01", contract=leg),
        fill(1, 1, "e.3.01", contract=leg),
    )

    assert own().filled == 1
    assert own().is_open


def test_execution_of_an_order_never_seen_makes_no_order(picture, tell):
    tell(fill(100, 100))

    assert picture.orders.all() == ()


def test_execution_does_not_finish_an_order_whose_size_is_being_changed(tell, own):
    tell(place(), told(), place(LimitOrder("BUY", 200, 190.05)), fill(100, 100))

    assert own().is_open


# Cancelling


def test_cancel_is_shown_at_once_and_may_still_fill(tell, own):
    tell(place(), told(), CANCEL)
    assert own().stage is OrderStage.CANCEL_REQUESTED
    assert own().is_open

    tell(status("Filled", 100, 0))
    assert own().stage is OrderStage.FILLED


@pytest.mark.parametrize("word", ["PendingSubmit", "PreSubmitted", "Submitted"])
def test_status_on_its_way_while_we_cancel_does_not_hide_the_cancel(tell, own, word):
    tell(place(), told(), CANCEL, status(word, 10, 90))

    assert own().stage is OrderStage.CANCEL_REQUESTED
    assert own().filled == 10


def test_order_that_works_on_after_its_cancel_was_handled_is_working(tell, own):
    tell(place(), told(), CANCEL, status("PendingCancel"), status("Submitted"))

    assert own().stage is OrderStage.WORKING


@pytest.mark.parametrize("code", [136, 161, 10148])
def test_refused_cancel_brings_the_stage_back(tell, own, code):
    tell(place(), told(status="PreSubmitted"), CANCEL, info(code))

    assert own().stage is OrderStage.ACCEPTED
    assert not own().cancel_asked


def test_refused_cancel_of_an_order_nobody_acknowledged_leaves_it_sent(tell, own):
    tell(place(), CANCEL, info(161))

    assert own().stage is OrderStage.SENT


def test_remark_that_refused_a_cancel_does_not_explain_why_it_is_inactive(tell, own):
    tell(place(), told(), CANCEL, info(161), status("Inactive"))

    assert own().stage is OrderStage.INACTIVE


def test_want_of_shares_does_not_hide_the_cancel(tell, own):
    tell(place(), told(), CANCEL, info(404))

    assert own().stage is OrderStage.CANCEL_REQUESTED


@pytest.mark.parametrize("code", [135, 10147])
def test_order_the_bridge_can_not_find_is_unknown(tell, own, code):
    tell(place(), told(), CANCEL, info(code))

    assert own().stage is OrderStage.UNKNOWN
    assert own().is_open


def test_cancelled_is_done(tell, own):
    tell(place(), told(), CANCEL, info(202), status("Cancelled", 30, 70))

    assert own().stage is OrderStage.CANCELLED
    assert own().filled == 30
    assert not own().is_open


def test_fill_that_crossed_the_cancel_counts(tell, own):
    tell(place(), told(), CANCEL, status("Cancelled"), status("Filled", 100, 0))

    assert own().stage is OrderStage.FILLED


def test_cancel_of_a_finished_order_changes_nothing(tell, own):
    tell(place(), status("Filled", 100, 0))
    before = own()

    tell(CANCEL)

    assert own() == before


def test_cancelling_everything_asks_for_every_open_order(picture, tell):
    tell(
        place(order_id=5),
        place(order_id=6),
        told(order_id=8, client_id=12, permanent_id=901),
        status("Filled", 100, 0, order_id=6, permanent_id=902),
        catalog.RequestGlobalCancel(),
    )

    stages = {order.key.order_id: order.stage for order in picture.orders.all()}
    assert stages == {
        5: OrderStage.CANCEL_REQUESTED,
        6: OrderStage.FILLED,
        8: OrderStage.CANCEL_REQUESTED,
    }


def test_cancel_of_an_order_never_seen_is_ignored(picture, tell):
    tell(catalog.CancelOrder(order_id=99))

    assert picture.orders.all() == ()


# Refusals and remarks


@pytest.mark.parametrize("code", [103, 110, 201, 203, 321, 504])
def test_order_refused_before_it_worked_is_rejected(tell, own, code):
    tell(place(), info(code, "no"))

    order = own()
    assert order.stage is OrderStage.REJECTED
    assert order.reason == "no"
    assert order.notes[-1].code == code


@pytest.mark.parametrize("code", [201, 203])
def test_inactive_after_a_refusal_is_rejected(tell, own, code):
    tell(place(), info(code), status("Inactive"))

    assert own().stage is OrderStage.REJECTED


@pytest.mark.parametrize("code", [201, 203])
def test_inactive_before_its_refusal_is_rejected(tell, own, code):
    tell(place(), told(), status("Inactive"))
    assert own().stage is OrderStage.INACTIVE
    assert own().is_open

    tell(info(code))
    assert own().stage is OrderStage.REJECTED


@pytest.mark.parametrize("remark_first", [True, False])
def test_inactive_for_want_of_shares_is_held(tell, own, remark_first):
    news = [info(404, "searching for shares"), status("Inactive")]
    tell(place(), *(news if remark_first else reversed(news)))

    assert own().stage is OrderStage.SUSPENDED
    assert own().is_open


def test_inactive_after_a_warning_says_nothing_yet(tell, own):
    tell(place(), info(399, "waits for the open"), status("Inactive"))

    assert own().stage is OrderStage.INACTIVE


@pytest.mark.parametrize("code", [399, 2109, 2161, 10167])
def test_warning_leaves_the_order_as_it_is(tell, own, code):
    tell(place(), told(), info(code, "held until the open"))

    assert own().stage is OrderStage.WORKING
    assert own().reason == "held until the open"


def test_working_order_rejected_later_is_rejected(tell, own):
    tell(place(), told(), info(201, "margin"))

    assert own().stage is OrderStage.REJECTED


def test_cancelled_status_after_a_rejection_says_no_more_than_that(tell, own):
    tell(place(), told(), info(201), status("Cancelled"))

    assert own().stage is OrderStage.REJECTED


def test_bridges_word_that_it_works_outranks_our_reading_of_a_remark(tell, own):
    tell(place(), info(10311, "routed directly"), told())

    assert own().stage is OrderStage.WORKING


def test_same_remark_again_is_kept_once(picture, tell, own):
    tell(place(), told(), info(399, "held"), info(399, "held"))

    assert len(own().notes) == 1


def test_notes_are_bounded(tell, own):
    tell(place(), told(), *(info(399, str(number)) for number in range(50)))

    assert [note.text for note in own().notes] == [str(number) for number in range(30, 50)]


def test_remark_about_an_id_nobody_ordered_is_ignored(picture, tell):
    tell(info(201, order_id=99))

    assert picture.orders.all() == ()


def test_notice_about_nothing_is_not_about_a_bound_order_with_that_id(picture, tell):
    tell(
        catalog.StartApi(client_id=0),
        told(order_id=0, client_id=0, permanent_id=31),
        catalog.OrderBound(permanent_id=31, client_id=0, order_id=-1),
        info(2104, "is OK:usfarm", -1),
    )

    assert picture.orders.get(OrderKey(0, -1)).notes == ()


def test_warning_in_the_order_is_the_reason_until_a_remark_comes(tell, own):
    tell(place(), told(warning_text="large size"))
    assert own().reason == "large size"


# Changing


def test_change_is_shown_as_on_its_way_until_confirmed(tell, own):
    changed = LimitOrder("BUY", 100, 191.0)
    tell(place(), told(), place(changed))
    assert own().requested == changed
    assert own().order.limit_price == 190.05
    assert own().stage is OrderStage.WORKING

    tell(told())
    assert own().requested == changed

    tell(told(changed))
    assert own().requested is None
    assert own().order.limit_price == 191.0


def test_change_to_what_it_is_already_is_confirmed_by_the_next_word(tell, own):
    tell(place(), told(), place(), told())

    assert own().requested is None


def test_change_the_bridge_made_otherwise_is_not_on_its_way_any_more(tell, own):
    tell(place(), told(), place(LimitOrder("BUY", 100, 191.004)))
    tell(told(LimitOrder("BUY", 100, 191.0)))

    assert own().requested is None


@pytest.mark.parametrize("code", [110, 201, 104])
def test_refused_change_leaves_the_order_working_as_it_was(tell, own, code):
    tell(place(), told(), place(LimitOrder("BUY", 100, 191.0)), info(code, "no"))

    order = own()
    assert order.stage is OrderStage.WORKING
    assert order.requested is None
    assert order.order.limit_price == 190.05
    assert order.reason == "no"


def test_change_before_the_acknowledgement_replaces_what_was_sent(tell, own):
    tell(place(), place(LimitOrder("BUY", 50, 191.0)))

    assert own().order.limit_price == 191.0
    assert own().requested is None


def test_held_order_is_sent_by_its_transmission(tell, own):
    held = replace(LimitOrder("BUY", 100, 190.05), transmit=False)
    tell(place(held), place(replace(held, transmit=True)))

    assert own().stage is OrderStage.SENT


def test_rejected_id_may_be_sent_again(tell, own):
    tell(place(), info(110, "off the grid"), place(LimitOrder("BUY", 100, 190.1)))

    assert own().stage is OrderStage.SENT
    assert own().order.limit_price == 190.1


@pytest.mark.parametrize("word", ["Filled", "Cancelled"])
def test_change_of_a_finished_order_changes_nothing(tell, own, word):
    tell(place(), status(word, 100, 0), place(LimitOrder("BUY", 50, 1.0)))

    assert own().status == word
    assert own().requested is None


def test_finished_id_under_another_lasting_number_is_a_new_order(tell, own):
    tell(place(), told(), status("Cancelled"), told(StopOrder("SELL", 3, 180.0), permanent_id=999))

    order = own()
    assert order.stage is OrderStage.WORKING
    assert order.permanent_id == 999
    assert len(order.history) == 1


# What-if


def what_if():
    return replace(MarketOrder("BUY", 100), what_if=True)


def test_what_if_is_never_among_the_orders(picture, tell):
    answer = told(what_if(), status="PreSubmitted", initial_margin_change="4751", commission=1.0)
    tell(place(what_if()))
    assert picture.changes.take().what_ifs == {OWN}

    tell(answer, status("PreSubmitted"))

    assert picture.orders.all() == ()
    question = picture.orders.what_ifs.get(OWN)
    assert question.state.initial_margin_change == "4751"
    assert question.is_answered
    changed = picture.changes.take()
    assert changed.what_ifs == {OWN}
    assert not changed.orders


def test_answer_to_a_question_is_known_without_its_flag(picture, tell):
    answer = told(MarketOrder("BUY", 100), status="PreSubmitted")
    tell(place(what_if()), answer, answer)

    assert picture.orders.all() == ()
    assert picture.orders.what_ifs.get(OWN).is_answered


def test_refused_what_if_says_why(picture, tell):
    tell(place(what_if()), info(399, "only a warning"), info(201, "margin"))

    question = picture.orders.what_ifs.get(OWN)
    assert (question.code, question.text, question.state) == (201, "margin", None)
    assert question.is_answered


def test_order_may_follow_its_question_under_the_same_id(picture, tell, own):
    tell(place(what_if()), told(what_if()), place(), told(), info(399, "held"))

    assert own().stage is OrderStage.WORKING
    assert own().reason == "held"
    assert picture.orders.what_ifs.get(OWN).code is None


def test_what_if_of_another_client_is_ignored(picture, tell):
    tell(told(what_if(), client_id=12))

    assert picture.orders.all() == ()
    assert picture.orders.what_ifs.all() == ()


def test_questions_are_bounded(picture, tell):
    tell(*(place(what_if(), order_id=number) for number in range(1, 301)))

    kept = picture.orders.what_ifs.all()
    assert len(kept) == 256
    assert kept[-1].key.order_id == 300


# Coming back


ALL = catalog.RequestAllOpenOrders()
END = catalog.OpenOrderEnd()


@pytest.fixture
def come_back(tell):
    """Lose the connection and get a new one."""

    def come_back():
        tell(
            BridgeDisconnected(reason="gone"),
            BridgeConnected(server_version=178),
            catalog.StartApi(client_id=7),
        )

    return come_back


def test_order_the_bridge_no_longer_names_is_unknown_and_not_dropped(tell, own, come_back):
    tell(place(), told())
    come_back()
    assert own().stage is OrderStage.WORKING

    tell(ALL, END)

    assert own().stage is OrderStage.UNKNOWN
    assert own().status == "Submitted"
    assert own().history[-1].stage is OrderStage.UNKNOWN


@pytest.mark.parametrize("named", [told(), status("Submitted")])
def test_order_the_bridge_names_is_what_it_was(tell, own, come_back, named):
    tell(place(), told())
    come_back()
    before = own()

    tell(ALL, named, END)

    assert own() == before


def test_order_filled_while_away_is_known_by_its_execution(tell, own, come_back):
    tell(place(), told())
    come_back()

    tell(ALL, END, fill(100, 100))

    assert own().stage is OrderStage.FILLED


def test_unknown_order_that_is_named_later_is_known_again(tell, own, come_back):
    tell(place(), told())
    come_back()
    tell(ALL, END, status("Submitted"))

    assert own().stage is OrderStage.WORKING


@pytest.mark.parametrize("cancel", [CANCEL, catalog.RequestGlobalCancel()])
def test_cancel_lost_with_the_connection_is_not_waited_for(tell, own, come_back, cancel):
    tell(place(), told(), cancel)
    come_back()
    assert own().stage is OrderStage.CANCEL_REQUESTED

    tell(ALL, told(), END)
    assert own().stage is OrderStage.WORKING
    tell(cancel, told())
    assert own().stage is OrderStage.CANCEL_REQUESTED


def test_cancelling_everything_leaves_an_unknown_order_unknown(tell, own, come_back):
    tell(place(), told())
    come_back()
    tell(ALL, END)

    tell(catalog.RequestGlobalCancel())
    assert own().stage is OrderStage.UNKNOWN
    tell(status("Cancelled"))
    assert own().stage is OrderStage.CANCELLED


def test_order_lost_on_its_way_is_unknown(tell, own, come_back):
    tell(place())
    come_back()

    tell(ALL, END)

    assert own().stage is OrderStage.UNKNOWN


def test_order_younger_than_the_list_is_not_unknown(tell, own):
    tell(place(), ALL, END)

    assert own().stage is OrderStage.SENT


def test_finished_order_is_not_missed(tell, own, come_back):
    tell(place(), status("Filled", 100, 0))
    come_back()

    tell(ALL, END)

    assert own().stage is OrderStage.FILLED


def test_order_finished_while_the_list_is_told_is_not_unknown(tell, own):
    tell(place(), told(), ALL, status("Cancelled"), END)

    assert own().stage is OrderStage.CANCELLED


def test_own_list_says_nothing_about_the_orders_of_others(picture, tell):
    tell(told(client_id=12), catalog.RequestOpenOrders(), END)
    assert picture.orders.get(OrderKey(12, 5)).stage is OrderStage.WORKING

    tell(ALL, END)
    assert picture.orders.get(OrderKey(12, 5)).stage is OrderStage.UNKNOWN


def test_list_cut_off_by_the_connection_says_nothing(tell, own, come_back):
    tell(place(), told(), ALL)
    come_back()

    tell(END)

    assert own().stage is OrderStage.WORKING


def test_two_lists_at_once_end_in_turn(picture, tell, own):
    tell(place(), told(), told(order_id=6, permanent_id=901))
    tell(ALL, ALL, told(), END)
    assert own().stage is OrderStage.WORKING
    assert picture.orders.get(OrderKey(7, 6)).stage is OrderStage.UNKNOWN

    tell(told(), told(order_id=6, permanent_id=901), END)
    assert {order.stage for order in picture.orders.all()} == {OrderStage.WORKING}


def test_order_without_a_quantity_takes_the_remainder_that_is_told(picture, tell, own):
    cash = Order(action="BUY", order_type="MKT", cash_quantity=1000.0)
    tell(place(cash), status("Submitted", 2, 3))

    assert (own().filled, own().remaining) == (2, 3)
    assert own().is_open


def test_an_order_that_may_have_been_one_message_too_many_is_unknown_until_it_is_told(
    picture, own, tell
):
    tell(place(), place(order_id=6), status("Submitted", order_id=6, permanent_id=901))
    tell(info(100, "Max rate of messages per second has been exceeded", order_id=-1))
    assert own().stage is OrderStage.UNKNOWN
    assert own().notes[-1].code == 100
    assert picture.orders.own(6).stage is OrderStage.WORKING
    tell(told())
    assert own().stage is OrderStage.WORKING
