"""Noise: a function of key and index, the same everywhere and in any order."""

from __future__ import annotations

import numpy as np
import pytest

from workstation.simulator.noise import hashed, hashed_one, key_of, normal, normal_one, uniform

KEY = key_of(7, "AAPL")


def test_keys_and_bits_are_the_same_in_every_process():
    assert KEY == 12022239883875282710
    assert hashed(KEY, [0, 1, 2**40]).tolist() == [
        13420255316912220288,
        4805164342969321899,
        1517515088561748011,
    ]


def test_normal_numbers_are_the_same_on_every_machine():
    assert normal(KEY, [0, 1, 2]).tolist() == pytest.approx(
        [-0.7339019861, 0.8453139837, -0.5267478407], abs=1e-9
    )


def test_keys_tell_their_parts_apart():
    assert len({key_of("a", "bc"), key_of("ab", "c"), key_of("abc"), key_of(1), key_of(2)}) == 5


def test_one_by_one_and_in_bulk_the_numbers_are_equal():
    places = np.array([0, 1, 77, 29_924_333, 2**50])
    assert [hashed_one(KEY, place) for place in places.tolist()] == hashed(KEY, places).tolist()
    assert [normal(KEY, place)[0] for place in places] == normal(KEY, places).tolist()
    assert [normal_one(KEY, place) for place in places.tolist()] == pytest.approx(
        normal(KEY, places).tolist(), rel=1e-12
    )


def test_shape_of_the_index_is_kept():
    assert uniform(KEY, np.arange(6).reshape(2, 3)).shape == (2, 3)


def test_numbers_are_distributed_as_they_say():
    places = np.arange(200_000)
    flat, bell = uniform(KEY, places), normal(KEY, places)
    assert 0.0 <= flat.min() < 0.001
    assert 0.999 < flat.max() < 1.0
    assert flat.mean() == pytest.approx(0.5, abs=0.003)
    assert bell.mean() == pytest.approx(0.0, abs=0.01)
    assert bell.std() == pytest.approx(1.0, abs=0.01)
    assert (bell**4).mean() == pytest.approx(3.0, abs=0.1)


def test_neighbours_and_other_keys_are_unrelated():
    places = np.arange(100_000)
    mine, other = normal(KEY, places), normal(key_of(8, "AAPL"), places)
    assert abs(np.corrcoef(mine[1:], mine[:-1])[0, 1]) < 0.02
    assert abs(np.corrcoef(mine, other)[0, 1]) < 0.02
