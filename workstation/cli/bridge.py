"""`workstation bridge`: the simulated Bridge alone, on a port of this machine.

Owns the words that say it is ready, and what a port that can not be had means to a person.
"""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import typer

from workstation.errors import WorkstationError

__all__ = ["run_bridge"]

_NOT_HAD = {
    errno.EADDRINUSE: "is taken",
    errno.EACCES: "needs the rights of an administrator",
}


def run_bridge(
    *,
    port: int,
    lines: int,
    pacing: bool,
    seed: int | None,
    watch_stdin: bool = False,
    data: Path | None = None,
    clock: str = "always-open",
) -> int:
    """Serve until Ctrl-C, which is the ordinary end.

    Args:
        port: port on 127.0.0.1; 0 lets the system choose.
        lines: streaming market data lines for each client.
        pacing: whether more than 50 messages a second are refused.
        seed: of the market; None takes a new one.
        watch_stdin: end when standard input does, as a child of the screen must.
        data: folder in which the account is kept; None forgets it at the end.
        clock: always-open, realtime or fast:N.

    Returns:
        The exit code.

    Raises:
        WorkstationError: the port can not be had, or the folder, or there is no such clock.
    """
    from workstation.simulator.bridge import serve
    from workstation.simulator.clocks import simulated_clock

    try:
        serve(
            port=port,
            lines=lines,
            pacing=pacing,
            seed=seed,
            ready=_announce,
            watch_stdin=watch_stdin,
            data=data,
            clock=simulated_clock(clock),
        )
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        if error.errno not in _NOT_HAD:
            raise
        raise WorkstationError(
            f"port {port} on 127.0.0.1 {_NOT_HAD[error.errno]}; give another one with --port, "
            "or 0 to let the system choose"
        ) from error
    return 0


def _announce(port: int) -> None:
    typer.echo(f"listening on 127.0.0.1:{port}")
    sys.stdout.flush()
