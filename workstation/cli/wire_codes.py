"""`workstation wire codes`: the table of message codes, printed.

Owns the two forms in which it is printed; the table itself stands in `message_codes`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from workstation.message_codes import MESSAGE_CODES, MessageSeverity

__all__ = ["print_codes"]

_LEGEND = {
    MessageSeverity.ERROR: "what was asked is refused, or has ended",
    MessageSeverity.WARNING: "what was asked goes on, but differently or not now",
    MessageSeverity.INFORMATION: "nothing is wrong",
    MessageSeverity.CONNECTIVITY: "a connection of the Bridge was lost, came back or rests",
}


def print_codes(output: TextIO, *, as_json: bool) -> int:
    """Print every known code, ascending.

    Args:
        output: takes Markdown or one JSON document.
        as_json: whether to print JSON.

    Returns:
        The exit code.
    """
    if as_json:
        document = {"codes": [each._asdict() for each in MESSAGE_CODES.values()]}
        output.write(json.dumps(document, indent=1) + "\n")
    else:
        output.writelines(f"{line}\n" for line in _markdown())
    output.flush()
    return 0


def _markdown() -> Iterator[str]:
    yield "# Message codes"
    yield ""
    yield f"{len(MESSAGE_CODES)} codes of errors and remarks (message 4). Others can come: those"
    yield "from 2100 to 2199 only warn, all others refuse what was asked."
    yield ""
    yield from (f"- {severity}: {words}" for severity, words in _LEGEND.items())
    yield ""
    yield "| Code | Severity | Meaning | What to do |"
    yield "|---:|---|---|---|"
    for each in MESSAGE_CODES.values():
        yield f"| {each.code} | {each.severity} | {each.meaning} | {each.advice} |"
