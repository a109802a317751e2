"""Recorded traffic, from a folder that whoever runs the tests may name.

Set WORKSTATION_CAPTURES to a folder with *.jsonl in the form that `workstation wire decode` reads.
"""

from __future__ import annotations

import io
import json
from decimal import Decimal, InvalidOperation

import pytest

from workstation.cli.wire import decode_capture

pytestmark = pytest.mark.optional_input


def as_number(field: str) -> Decimal | str:
    try:
        number = Decimal(field)
    except InvalidOperation:
        return field
    return number if number.is_finite() else field


def test_every_recorded_message_decodes_and_encodes_back(captures):
    """Fields come back as they were, but for the spelling of a number: 0.65310 is 0.6531."""
    for capture in captures:
        output = io.StringIO()
        content = capture.read_bytes()
        assert decode_capture(io.BytesIO(content), output, pretty=False) == 0, capture
        lines = [json.loads(line) for line in content.splitlines() if line.strip()]
        records = [json.loads(line) for line in output.getvalue().splitlines()]
        for line, record in zip(lines, records, strict=True):
            if line.get("hello"):
                continue
            payload = bytes.fromhex(line["hex"]) if "hex" in line else None
            fields = (
                payload.decode("utf-8", "backslashreplace").split("\0")[:-1]
                if payload
                else line["fields"]
            )
            again = record["fields"]
            assert list(map(as_number, again)) == list(map(as_number, fields)), record


def test_every_recorded_line_has_a_form_for_people(captures):
    for capture in captures:
        output = io.StringIO()
        assert decode_capture(io.BytesIO(capture.read_bytes()), output, pretty=True) == 0, capture
        assert output.getvalue().strip()
