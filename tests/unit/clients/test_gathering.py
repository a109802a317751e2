"""Gathering pieces: order, progress, trouble, giving up."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError, Future

import pytest

from workstation.clients.api.gathering import SIDE_BY_SIDE, Gathering
from workstation.errors import NotConnected, RequestError, RequestTimeout, WorkstationError


def gather(ask, pieces=range(5), again=lambda: False, **more):
    """Gather with a function that gives the answer, or raises, at once."""

    def begin(piece):
        answer = Future()
        try:
            answer.set_result(ask(piece))
        except WorkstationError as error:
            answer.set_exception(error)
        return answer

    return Gathering(list(pieces), begin, list, again, **more)


def held(pieces):
    """A gathering whose answers a test gives, and those."""
    asked = {}

    def begin(piece):
        return asked.setdefault(piece, Future())

    return Gathering(list(pieces), begin, list, lambda: False), asked


def until(condition):
    while not condition():
        threading.Event().wait(0.001)


def test_answers_are_merged_in_the_order_of_the_pieces():
    gathering, asked = held(range(3))
    until(lambda: len(asked) == 3)
    for piece in (2, 0, 1):
        asked[piece].set_result(piece * 10)
    assert gathering.result(10) == [0, 10, 20]
    assert gathering.is_done


def test_a_few_are_asked_for_at_a_time_and_each_answer_lets_another_go():
    gathering, asked = held(range(100))
    until(lambda: len(asked) == SIDE_BY_SIDE)
    asked[3].set_result(3)
    until(lambda: len(asked) == SIDE_BY_SIDE + 1)
    gathering.cancel()


def test_progress_is_told_after_each_piece():
    told = []
    gathering = gather(lambda piece: piece, progress=lambda *each: told.append(each))
    assert gathering.result(10) == [0, 1, 2, 3, 4]
    assert told == [(number, 5) for number in range(1, 6)]


def test_a_lost_connection_is_waited_for_and_the_piece_asked_for_again():
    lost = iter([True, True])

    def ask(piece):
        if piece == 3 and next(lost, False):
            raise NotConnected("gone")
        return piece

    assert gather(ask, again=lambda: True).result(10) == [0, 1, 2, 3, 4]


def test_a_connection_that_does_not_come_back_is_the_end():
    def ask(piece):
        raise NotConnected("gone")

    with pytest.raises(NotConnected, match="gone"):
        gather(ask).result(10)


def test_a_refusal_ends_it_with_that_refusal():
    def ask(piece):
        if piece == 2:
            raise RequestError(162, "no data")
        return piece

    with pytest.raises(RequestError, match="no data"):
        gather(ask).result(10)


def test_given_up_nothing_further_is_asked_for():
    gathering, asked = held(range(100))
    until(lambda: len(asked) == SIDE_BY_SIDE)
    gathering.cancel()
    asked[0].set_result(0)
    with pytest.raises(CancelledError):
        gathering.result(10)
    assert len(asked) < 100


def test_what_takes_longer_says_how_far_it_is_and_goes_on():
    gathering, asked = held(range(2))
    with pytest.raises(RequestTimeout, match=r"0 of 2 pieces after 0.01 s"):
        gathering.result(0.01)
    until(lambda: len(asked) == 2)
    for piece, answer in asked.items():
        answer.set_result(piece)
    assert gathering.result(10) == [0, 1]


def test_nothing_to_ask_for_is_done_at_once():
    assert gather(lambda piece: piece, []).result(10) == []


def test_progress_that_fails_fails_the_gathering():
    def progress(done, total):
        raise RuntimeError("no place to show it")

    with pytest.raises(RuntimeError, match="no place"):
        gather(lambda piece: piece, progress=progress).result(10)
