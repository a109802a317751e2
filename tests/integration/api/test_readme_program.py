"""The program of README runs on a simulated Bridge, as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).parents[3] / "README.md"


def test_the_program_that_waits_runs(bridge, capsys):
    (program,) = re.findall(
        r"^```python\n(from workstation import IBKR_API.*?)^```$",
        README.read_text(),
        re.MULTILINE | re.DOTALL,
    )
    program = program.replace("7497", str(bridge.port))
    exec(compile(program, "README.md", "exec"), {"__name__": "__main__"})  # noqa: S102  our own text
    printed = capsys.readouterr().out
    assert "high" in printed
    assert "average_cost" in printed
    assert "Cancelled" in printed
