"""ClientOptions: how a client behaves towards its Bridge."""

from __future__ import annotations

from dataclasses import dataclass, field

from workstation.risk.limits import OrderLimits

__all__ = ["ClientOptions"]


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """Settings of one client.

    Args:
        lines: market data lines the Bridge allows (error 101 above).
        messages_per_second: messages the Bridge allows (error 100 above); None lifts this limit and
            those of requests for history.
        wait_when_full: whether a request over a limit waits for its turn; else it raises
            PacingExceeded. Orders and cancels always wait: theirs is the first turn.
        connect_timeout_seconds: how long to wait for a Bridge, and for its first messages.
        reconnect: whether to come back after a lost connection.
        first_backoff_seconds: pause before the first attempt to come back; it doubles.
        longest_backoff_seconds: the longest pause between attempts.
        limits: what the order guard holds orders to.
    """

    lines: int = 100
    messages_per_second: int | None = 45
    wait_when_full: bool = True
    connect_timeout_seconds: float = 10.0
    reconnect: bool = True
    first_backoff_seconds: float = 0.5
    longest_backoff_seconds: float = 30.0
    limits: OrderLimits = field(default_factory=OrderLimits)
