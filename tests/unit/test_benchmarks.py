"""Benchmarks run, and all sides hear the same; how fast is told by running them, not by a test."""

from __future__ import annotations

import pytest

pytest.importorskip("ibapi", reason="needs the official client")
pytest.importorskip("ib_async", reason="needs ib_async")

from tests.benchmarks import protocol, samples, simulator


@pytest.mark.parametrize("title", samples.STREAMS)
def test_all_sides_hear_the_same_stream(title):
    told = protocol.decoding(title, 200 if title == "tick mix" else 2, rounds=1)
    assert told.startswith(title)
    assert "ib_async" in told
    assert "official" in told


def test_orders_are_placed_by_all_sides():
    assert protocol.placing(2, rounds=1).startswith("placing an order")


def test_the_simulated_bridge_is_put_under_load():
    served, made = simulator.ticks_a_second(2, 3, 5)
    assert served > 0
    assert made > 0
    assert simulator.orders_a_second(40) > 0
