"""A simulated Bridge on a thread of its own, for clients under test."""

from __future__ import annotations

import asyncio
import threading
import time

from workstation.simulator.bridge import Bridge

TIMEOUT_SECONDS = 10

START_NS = 1_795_460_000 * 10**9
"""Monday 2026-11-23, 13:53:20 in New York."""


def clock_from(start_ns):
    """A clock that stands at an instant now and goes on from there."""
    began_ns = time.monotonic_ns()
    return lambda: start_ns + time.monotonic_ns() - began_ns


class SimulatedBridge:
    """Listens on loopback until it is closed; `bridge` may be looked at.

    Each begins at the same instant, with the same seed unless it is given another one, so that each
    shows the same market.
    """

    def __init__(self, *, seed=7, **settings):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.bridge = Bridge(seed, **{"clock_ns": clock_from(START_NS), **settings})
        self.port = self._call(self.bridge.start(0))

    def close(self):
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _stop(self):
        await self.bridge.stop()
        await asyncio.gather(
            *(asyncio.all_tasks() - {asyncio.current_task()}), return_exceptions=True
        )

    def _call(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(TIMEOUT_SECONDS)
