"""Gathering pieces: order, progress, trouble, giving up."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError

import pytest

from workstation.clients.api.gathering import Gathering
from workstation.errors import NotConnected, RequestError, RequestTimeout


def gather(ask, pieces=range(5), again=lambda: False, **more):
    return Gathering(list(pieces), ask, list, again, **more)


def test_answers_are_merged_in_the_order_of_the_pieces():
    gates = [threading.Event() for _ in range(3)]

    def ask(piece):
        gates[piece].wait(10)
        return piece * 10

    gathering = gather(ask, range(3))
    for gate in reversed(gates):
        gate.set()
    assert gathering.result(10) == [0, 10, 20]
    assert gathering.is_done


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
    gate, asked = threading.Event(), []

    def ask(piece):
        asked.append(piece)
        gate.wait(10)
        return piece

    gathering = gather(ask, range(100))
    gathering.cancel()
    gate.set()
    with pytest.raises(CancelledError):
        gathering.result(10)
    assert len(asked) < 100


def test_what_takes_longer_says_how_far_it_is_and_goes_on():
    gate = threading.Event()
    gathering = gather(lambda _: gate.wait(10), range(2))
    with pytest.raises(RequestTimeout, match=r"0 of 2 pieces after 0.01 s"):
        gathering.result(0.01)
    gate.set()
    assert gathering.result(10) == [True, True]


def test_nothing_to_ask_for_is_done_at_once():
    assert gather(lambda piece: piece, []).result(10) == []
