"""Leaving: what still works when somebody wants to go, and how it is brought to an end.

Owns what the question says, and the steps of leaving without working orders: actors are paused
first, so that nothing new is placed behind the cancel; then everything is cancelled, and whatever
an actor had sent before is cancelled again. Leaves cancelling to `sweep`. Knows no widget and has
no timer: `advance` is called whenever something may have changed.
"""

from __future__ import annotations

from enum import StrEnum

from workstation.state.live_order import LiveOrder, OrderStage
from workstation.ui.listing import counted
from workstation.ui.sweep import Progress, Sweep
from workstation.ui.trading import Trading, account_words
from workstation.ui.workplace import Workplace

__all__ = ["Leaving", "Stage"]

PATIENCE_NS = 15_000_000_000
"""How long leaving waits for the Bridge before it says what stayed open."""

_PAUSE_NS = 2_000_000_000
"""How long it waits for actors to pause."""

_SECOND = 1_000_000_000


class Stage(StrEnum):
    """How far leaving is."""

    ASKING = "asking"
    WAITING = "waiting"
    """For the Bridge to confirm that orders are cancelled."""
    DONE = "done"
    """No order works."""
    FAILED = "failed"
    """Orders are still open, or the Bridge could not be asked."""


class Leaving:
    """One wish to leave.

    Args:
        workplace: the picture, the actors and the clock.
        trading: cancels everything.
    """

    def __init__(self, workplace: Workplace, trading: Trading) -> None:
        self.stage = Stage.ASKING
        self._picture = workplace.picture
        self._actors = workplace.actors
        self._client_id = workplace.client_id
        self._clock_ns = workplace.clock_ns
        self._trading = trading
        self._paused: tuple[str, ...] = ()
        self._began_ns = 0
        self._sweep: Sweep | None = None

    @property
    def is_asked_for(self) -> bool:
        """Whether anything still works, so that nobody should leave by a slip of a finger."""
        return bool(self._picture.orders.open() or self._actors.running())

    @property
    def has_orders(self) -> bool:
        """Whether there is anything to cancel."""
        return bool(self._picture.orders.open())

    @property
    def question(self) -> tuple[str, ...]:
        """What still works, and what leaving does about it; a line each."""
        orders, running = self._picture.orders.open(), self._actors.running()
        others = sum(order.key.client_id != self._client_id for order in orders)
        told = [counted(len(orders), "working order")]
        if others:
            told[0] += f" ({others} of other clients)"
        told.append(counted(len(running), "running actor"))
        if running:
            told[1] += f" ({', '.join(running)})"
        lines = [" · ".join(told), account_words(self._picture)]
        if orders:
            lines.append("Orders that are left stay with the Bridge and may fill.")
        if running:
            lines.append("Actors end with the screen; what they hold is not closed.")
        return tuple(lines)

    def cancel(self) -> None:
        """Pause the actors and cancel everything; the rest follows in `advance`."""
        self.stage = Stage.WAITING
        self._began_ns = self._clock_ns()
        self._sweep = None
        running = self._actors.running()
        self._paused += tuple(each for each in running if each not in self._paused)
        self._actors.pause(running)
        self.advance()

    def stay(self) -> None:
        """Go on as before: what is cancelled stays cancelled, paused actors run again."""
        self.stage = Stage.ASKING
        self._actors.resume(self._paused)
        self._paused = ()

    def advance(self) -> None:
        """Look what has happened, and do what has become possible."""
        if self.stage is not Stage.WAITING:
            return
        waited_ns = self._clock_ns() - self._began_ns
        if self._sweep is None and self._actors.running() and waited_ns < _PAUSE_NS:
            return
        if self._sweep is None:
            self._sweep = self._trading.cancel_everything()
        else:
            self._sweep.advance()
        if waited_ns >= PATIENCE_NS or (self._sweep.is_done and self._sweep.has_failed):
            self.stage = Stage.FAILED
        elif self._sweep.is_done and self._working():
            self._sweep = self._trading.cancel_everything()
        elif self._sweep.is_done:
            self.stage = Stage.DONE

    @property
    def seconds_left(self) -> int:
        """How long is still waited at most."""
        left = self._began_ns + PATIENCE_NS - self._clock_ns()
        return max(-(-left // _SECOND), 0)

    @property
    def outcome(self) -> tuple[str, ...]:
        """What became of each order, a line each; while waiting and afterwards."""
        lines = () if self._sweep is None else self._sweep.lines
        told = [f"{line.subject}: {line.outcome}" for line in lines]
        if self.stage is Stage.FAILED:
            told = [f"{e.subject}: {e.outcome}" for e in lines if e.progress is not Progress.DONE]
        if self._sweep is None:
            told = [f"{', '.join(self._actors.running())}: pausing"]
        return tuple(told)

    def _working(self) -> list[LiveOrder]:
        """Orders that the Bridge still knows to work."""
        orders = self._picture.orders.open()
        return [order for order in orders if order.stage is not OrderStage.UNKNOWN]
