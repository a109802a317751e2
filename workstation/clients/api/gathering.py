"""Gathering: many requests whose answers make one result.

Owns having pieces under way side by side, telling how far it is, asking again for what a lost
connection took away, and being given up. How fast requests leave is the client's pacing; what the
pieces are is said by whoever gathers. Each answer lets the next piece go, on the client's thread;
the result is made on the thread that asks for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from functools import partial
from typing import Any, Generic, TypeVar

from workstation.errors import NotConnected, RequestTimeout

__all__ = ["Gathering", "Progress"]

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
Result = TypeVar("Result")

Progress = Callable[[int, int], None]
"""Told after each piece: how many are done, of how many; it is to be quick, and to ask nothing."""

SIDE_BY_SIDE = 16
"""Pieces asked for at the same time; a Bridge takes 50 requests for history."""


class Gathering(Generic[Result]):
    """Something being gathered, in the background.

    Args:
        pieces: what is asked for, each by itself.
        ask: asks for one piece; gives what will have its answer.
        merge: makes the result of the answers, which stand in the order of the pieces.
        wait_for_bridge: waits until there is a connection again; whether there is one.
        progress: told after each piece, on the client's thread.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        ask: Callable[[Piece], Future[Answer]],
        merge: Callable[[list[Answer]], Result],
        wait_for_bridge: Callable[[], bool],
        progress: Progress | None = None,
    ) -> None:
        self.total = len(pieces)
        self.done = 0
        """How many pieces have been answered."""
        self._asks = [partial(ask, piece) for piece in pieces]
        self._merge: Callable[[list[Any]], Result] = merge
        self._wait_for_bridge = wait_for_bridge
        self._progress = progress
        self._lock = threading.Lock()
        self._left = iter(range(self.total))
        self._answers: list[Any] = [None] * self.total
        self._whole: Future[list[Any]] = Future()
        self._result: Result | None = None
        if not pieces:
            self._whole.set_result([])
        for _ in range(min(SIDE_BY_SIDE, self.total)):
            self._ask_next()

    def result(self, timeout_seconds: float | None = None) -> Result:
        """The whole, once it is there.

        Raises:
            RequestError: the Bridge refused a piece.
            NotConnected: the connection is gone for good.
            RequestTimeout: it takes longer; it goes on.
            CancelledError: it was given up.
        """
        try:
            answers = self._whole.result(timeout_seconds)
        except CancelledError:
            raise
        except TimeoutError:
            if self._whole.done():
                raise
            text = f"{self.done} of {self.total} pieces after {timeout_seconds:g} s"
            raise RequestTimeout(-1, text) from None
        with self._lock:
            if self._result is None:
                self._result = self._merge(answers)
            return self._result

    def cancel(self) -> None:
        """Give it up: nothing further is asked for, and `result` raises CancelledError."""
        with self._lock:
            self._whole.cancel()

    @property
    def is_done(self) -> bool:
        """Whether it came to an end, good or bad."""
        return self._whole.done()

    def _ask_next(self) -> None:
        with self._lock:
            place = None if self._whole.done() else next(self._left, None)
        if place is not None:
            self._ask(place)

    def _ask(self, place: int) -> None:
        try:
            answer = self._asks[place]()
        except Exception as error:  # noqa: BLE001  it belongs to whoever asks for the result
            answer = Future()
            answer.set_exception(error)
        answer.add_done_callback(partial(self._answered, place))

    def _answered(self, place: int, answer: Future[Any]) -> None:
        error = answer.exception()
        if isinstance(error, NotConnected):
            threading.Thread(target=self._ask_again, args=(place, error), daemon=True).start()
        elif error is not None:
            self._fail(error)
        else:
            self._keep(place, answer.result())

    def _keep(self, place: int, answer: Any) -> None:
        with self._lock:
            self._answers[place] = answer
            self.done += 1
            done = self.done
        if self._progress is not None:
            try:
                self._progress(done, self.total)
            except Exception as error:  # noqa: BLE001  it belongs to whoever asks for the result
                self._fail(error)
                return
        if done == self.total:
            with self._lock:
                if not self._whole.done():
                    self._whole.set_result(self._answers)
        else:
            self._ask_next()

    def _ask_again(self, place: int, error: BaseException) -> None:
        """Ask once more when there is a connection again; on a thread that may wait."""
        if self._whole.done() or not self._wait_for_bridge():
            self._fail(error)
        else:
            self._ask(place)

    def _fail(self, error: BaseException) -> None:
        with self._lock:
            if not self._whole.done():
                self._whole.set_exception(error)
