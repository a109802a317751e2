"""A simulated Bridge on a thread of its own, for clients under test."""

from __future__ import annotations

import asyncio
import threading

from workstation.simulator.bridge import Bridge

TIMEOUT_SECONDS = 10


class SimulatedBridge:
    """Listens on loopback until it is closed; `bridge` may be looked at."""

    def __init__(self, **settings):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.bridge = Bridge(7, **settings)
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
