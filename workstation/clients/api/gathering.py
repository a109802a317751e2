"""Gathering: many requests whose answers make one result.

Owns having pieces under way side by side, telling how far it is, asking again for what a lost
connection took away, and being given up. How fast requests leave is the client's pacing; what the
pieces are is said by whoever gathers. One thread serves a whole gathering: it asks, and is told of
answers as they come.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

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
        ask: asks for one piece; gives what will have its answer.
        merge: makes the result of the answers, which stand in the order of the pieces.
        wait_for_bridge: waits until there is a connection again; whether there is one.
        progress: told after each piece, on the gathering's thread.
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
        self._wait_for_bridge = wait_for_bridge
        self._progress = progress
        self._result: Future[Result] = Future()
        self._news: SimpleQueue[tuple[int, Future[Any]] | None] = SimpleQueue()
        """Pieces that were answered, and None when it is given up."""
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
        self._result.cancel()
        self._news.put(None)

    @property
    def is_done(self) -> bool:
        """Whether it came to an end, good or bad."""
        return self._result.done()

    def _run(
        self,
        pieces: Sequence[Piece],
        ask: Callable[[Piece], Future[Answer]],
        merge: Callable[[list[Answer]], Result],
    ) -> None:
        try:
            merged = merge(self._answers(pieces, ask))
        except CancelledError:
            self._result.cancel()
        except BaseException as error:  # noqa: BLE001  it belongs to whoever asks for the result
            if self._result.set_running_or_notify_cancel():
                self._result.set_exception(error)
        else:
            if self._result.set_running_or_notify_cancel():
                self._result.set_result(merged)

    def _answers(
        self, pieces: Sequence[Piece], ask: Callable[[Piece], Future[Answer]]
    ) -> list[Answer]:
        """Ask for every piece, some at a time; all answers in order."""
        answers: dict[int, Answer] = {}
        left = iter(range(self.total))
        for place in range(min(SIDE_BY_SIDE, self.total)):
            self._begin(next(left), pieces[place], ask)
        while len(answers) < self.total:
            news = self._news.get()
            if news is None or self._result.cancelled():
                raise CancelledError
            place, answer = news
            try:
                answers[place] = answer.result()
            except NotConnected:
                if not self._wait_for_bridge():
                    raise
                self._begin(place, pieces[place], ask)
                continue
            following = next(left, None)
            if following is not None:
                self._begin(following, pieces[following], ask)
            self.done += 1
            if self._progress is not None:
                self._progress(self.done, self.total)
        return [answers[place] for place in range(self.total)]

    def _begin(self, place: int, piece: Piece, ask: Callable[[Piece], Future[Answer]]) -> None:
        try:
            answer = ask(piece)
        except NotConnected as error:
            answer = Future()
            answer.set_exception(error)
        answer.add_done_callback(lambda done: self._news.put((place, done)))
