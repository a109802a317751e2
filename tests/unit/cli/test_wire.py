"""`workstation wire decode`: lines in, records out. What a record holds is proven elsewhere."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from workstation.cli.printing import printable
from workstation.cli.wire import decode_capture

HELLO = '{"direction": "in", "server_version": 176, "hello": true, "fields": ["176", "20260102"]}'
UNKNOWN = '{"direction": "in", "server_version": 176, "fields": ["99999", "1"]}'
NO_JSON = '{"direction": '


def decoded(*lines, pretty=False):
    output = io.StringIO()
    capture = io.BytesIO(
        b"".join(each if isinstance(each, bytes) else each.encode() for each in lines)
    )
    return decode_capture(capture, output, pretty=pretty), output.getvalue()


def test_each_line_gives_one_json_line():
    code, output = decoded(HELLO, "\n", HELLO, "\n")
    first, second = map(json.loads, output.splitlines())
    assert code == 0
    assert first == second
    assert list(first) == ["id", "message", "values", "fields", "error"]
    assert first["message"] == "hello"
    assert first["error"] is None


@pytest.mark.parametrize("bad", [UNKNOWN, NO_JSON, b"\xff{}"], ids=["unknown", "no json", "bytes"])
def test_bad_line_is_an_error_of_its_own(capsys, bad):
    code, output = decoded(HELLO, "\n", bad, "\n", HELLO)
    errors = [json.loads(line)["error"] for line in output.splitlines()]
    assert code == 1
    assert (errors[0], errors[2]) == (None, None)
    assert errors[1]
    assert capsys.readouterr().err == "workstation: 1 of 3 lines have an error\n"


def test_blank_lines_count_but_give_no_record():
    code, output = decoded("\n", " \r\n", NO_JSON)
    assert code == 1
    assert output.count("\n") == 1
    assert "line 3" in json.loads(output)["error"]


def test_empty_capture_gives_nothing():
    assert decoded() == (0, "")


def test_pretty_form_is_text_for_people():
    code, output = decoded(HELLO, pretty=True)
    assert code == 0
    assert output.splitlines()[0] == "hello (-)"
    assert "server_version: 176" in output


def test_pretty_form_never_steers_the_terminal():
    line = json.dumps(
        {
            "direction": "in",
            "server_version": 176,
            "hello": True,
            "fields": ["176", "\x9b2J\u202e\x1b"],
        }
    )
    _, output = decoded(line, pretty=True)
    assert all(each.isprintable() for each in output.splitlines())


def test_printable_keeps_text_and_spells_out_the_rest():
    assert printable("Zürich ▲ 1\x1b[0m\n\x85\u202e\ud800") == (
        "Zürich ▲ 1\\x1b[0m\\n\\x85\\u202e\\ud800"
    )


@pytest.mark.parametrize("arguments", [[], ["-"]], ids=["none", "dash"])
def test_capture_comes_from_stdin_when_no_file_is_named(arguments):
    run = subprocess.run(
        [sys.executable, "-m", "workstation", "wire", "decode", *arguments],
        input=HELLO,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout)["message"] == "hello"


def test_reader_that_goes_away_ends_it_quietly(tmp_path):
    capture = tmp_path / "capture.jsonl"
    capture.write_text((HELLO + "\n") * 5000)
    with subprocess.Popen(
        [sys.executable, "-m", "workstation", "wire", "decode", str(capture)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
