"""`workstation wire decode`: a capture in, one record a line out.

Owns reading the lines and writing the records; what a line means stands in `protocol.capture`.
"""

from __future__ import annotations

import json
from typing import BinaryIO, TextIO

from workstation.cli.printing import fail_line, printable
from workstation.protocol.capture import decode_line
from workstation.protocol.capture import pretty as pretty_form

__all__ = ["decode_capture"]


def decode_capture(capture: BinaryIO, output: TextIO, *, pretty: bool) -> int:
    """Decode every line of a capture; blank lines count, but give no record.

    Args:
        capture: UTF-8 text. Bytes that are none spoil their own line alone.
        output: takes JSON lines in ASCII, or the form for people.
        pretty: whether to write for people.

    Returns:
        The exit code: 1 when any line had an error.
    """
    records = errors = 0
    for number, raw in enumerate(capture, start=1):
        line = raw.decode("utf-8", "surrogateescape").strip()
        if not line:
            continue
        record = decode_line(line, number)
        records += 1
        errors += record["error"] is not None
        if pretty:
            output.writelines(printable(each) + "\n" for each in pretty_form(record).splitlines())
        else:
            output.write(json.dumps(record) + "\n")
    output.flush()
    if errors:
        fail_line(f"{errors} of {records} lines have an error")
    return 1 if errors else 0
