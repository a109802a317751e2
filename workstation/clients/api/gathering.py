"""Gathering: many requests whose answers make one result.

Owns running pieces side by side, telling how far it is, asking again for what a lost connection
took away, and being given up. How fast requests leave is the client's pacing; what the pieces are
is said by whoever gathers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from workstation.errors import NotConnected, RequestTimeout

__all__ = ["Gathering", "Progress"]

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
Result = TypeVar("Result")

Progress = Callable[[int, int], None]
"""Told after each piece: how many are done, of how many."""

SIDE_BY_SIDE = 16
"""Pieces asked for at the same time; a Bridge takes 50 requests for history."""


class Gathering(Generic[Result]):
    """Something being gathered, in the background.

    Args:
        pieces: what is asked for, each by itself.
        ask: asks for one piece and waits for its answer.
        merge: makes the result of the answers, which stand in the order of the pieces.
        wait_for_bridge: waits until there is a connection again; whether there is one.
        progress: told after each piece, on a thread of the gathering.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        ask: Callable[[Piece], Answer],
        merge: Callable[[list[Answer]], Result],
        wait_for_bridge: Callable[[], bool],
        progress: Progress | None = None,
    ) -> None:
        self.total = len(pieces)
        self.done = 0
        """How many pieces have been answered."""
        self._wait_for_bridge = wait_for_bridge
        self._progress = progress
        self._is_cancelled = threading.Event()
        self._result: Future[Result] = Future()
        run = threading.Thread(target=self._run, args=(pieces, ask, merge), daemon=True)
        run.start()

    def result(self, timeout_seconds: float | None = None) -> Result:
        """The whole, once it is there.

        Raises:
            RequestError: the Bridge refused a piece.
            NotConnected: the connection is gone for good.
            RequestTimeout: it takes longer; it goes on.
            CancelledError: it was given up.
        """
        try:
            return self._result.result(timeout_seconds)
        except CancelledError:
            raise
        except TimeoutError:
            if self._result.done():
                raise
            text = f"{self.done} of {self.total} pieces after {timeout_seconds:g} s"
            raise RequestTimeout(-1, text) from None

    def cancel(self) -> None:
        """Give it up: nothing further is asked for, and `result` raises CancelledError."""
        self._is_cancelled.set()
        self._result.cancel()

    @property
    def is_done(self) -> bool:
        """Whether it came to an end, good or bad."""
        return self._result.done()

    def _run(
        self,
        pieces: Sequence[Piece],
        ask: Callable[[Piece], Answer],
        merge: Callable[[list[Answer]], Result],
    ) -> None:
        with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="gathering") as pool:
            asked = [pool.submit(self._ask, ask, piece) for piece in pieces]
            waiting = set(asked)
            while waiting and not self._is_cancelled.is_set():
                finished, waiting = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
                failed = next((each for each in finished if each.exception()), None)
                if failed is not None:
                    self._end(waiting, failed.exception())
                    return
                self._tell(len(finished))
            if self._is_cancelled.is_set():
                self._end(waiting, None)
                return
            try:
                merged = merge([each.result() for each in asked])
            except Exception as error:  # noqa: BLE001  it belongs to whoever asks for the result
                self._end(set(), error)
                return
        if self._result.set_running_or_notify_cancel():
            self._result.set_result(merged)

    def _ask(self, ask: Callable[[Piece], Answer], piece: Piece) -> Answer:
        """Ask for one piece, again after each loss of the connection."""
        while True:
            if self._is_cancelled.is_set():
                raise CancelledError
            try:
                return ask(piece)
            except NotConnected:
                if self._is_cancelled.is_set() or not self._wait_for_bridge():
                    raise

    def _tell(self, finished: int) -> None:
        for _ in range(finished):
            self.done += 1
            if self._progress is not None:
                self._progress(self.done, self.total)

    def _end(self, waiting: set[Future[Answer]], error: BaseException | None) -> None:
        for each in waiting:
            each.cancel()
        self._is_cancelled.set()
        if error is not None and self._result.set_running_or_notify_cancel():
            self._result.set_exception(error)
