"""`workstation wire codes`: the table of message codes, for people and for programs."""

from __future__ import annotations

import json

from workstation.cli import main
from workstation.message_codes import MESSAGE_CODES, MessageSeverity


def test_markdown_has_one_row_a_code_in_order(capsys):
    assert main(["wire", "codes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [line for line in lines if line.startswith("| ")][1:]
    assert [int(row.split("|")[1]) for row in rows] == sorted(MESSAGE_CODES)
    assert {row.count("|") for row in rows} == {5}
    (lines_taken,) = [row for row in rows if row.startswith("| 101 ")]
    assert "error" in lines_taken
    assert "market data lines" in lines_taken


def test_the_legend_explains_every_severity(capsys):
    main(["wire", "codes"])
    printed = capsys.readouterr().out
    assert all(f"\n- {severity}: " in printed for severity in MessageSeverity)


def test_json_is_the_whole_table(capsys):
    assert main(["wire", "codes", "--json"]) == 0
    codes = json.loads(capsys.readouterr().out)["codes"]
    assert codes == [each._asdict() for each in MESSAGE_CODES.values()]
    assert codes[0].keys() == {"code", "severity", "meaning", "advice"}
