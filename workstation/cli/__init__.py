"""The command line: arguments to wiring, and the only place that builds the whole.

Nothing below may import it. What a command needs is imported when the command runs, so that
`workstation --version` and a mistyped option answer at once.
"""

from workstation.cli.app import main

__all__ = ["main"]
