"""`workstation wire messages` and `wire source`: what is declared, and what is compiled of it."""

from __future__ import annotations

import ast
import io
import json

import pytest

from workstation.cli import main
from workstation.cli.wire_reference import print_messages, print_source
from workstation.protocol.message import INBOUND, REQUESTS

DECLARATIONS = [*REQUESTS.values(), *INBOUND.values()]


def printed(*, as_json):
    output = io.StringIO()
    assert print_messages(output, as_json=as_json) == 0
    return output.getvalue()


@pytest.fixture(scope="module")
def markdown():
    return printed(as_json=False)


@pytest.fixture(scope="module")
def document():
    return json.loads(printed(as_json=True))


def section(markdown, title):
    (found,) = [part for part in markdown.split("\n### ") if part.startswith(f"{title}\n")]
    return found.split("\n## ")[0].splitlines()


def test_every_message_has_its_section(markdown):
    titles = [line for line in markdown.splitlines() if line.startswith("### ")]
    assert sorted(titles) == sorted(f"### {each.message_id} {each.name}" for each in DECLARATIONS)


def test_a_section_names_fields_types_and_versions(markdown):
    lines = section(markdown, "17 historical_data")
    assert "| `request_id` | int |  |  |  |" in lines
    assert "| `start` | text | below 196 |  |  |" in lines
    assert "| `bars` | count |  |  |  |" in lines
    assert "| `bars[].volume` | optional size |  |  | kept as a column |" in lines
    assert "| (unused) | constant | below 124 |  | written '3' |" in lines


def test_a_section_says_when_a_message_begins(markdown):
    assert section(markdown, "90 cancel_head_time_stamp")[2].endswith("From server version 123.")
    assert "From server version" not in section(markdown, "1 tick_price")[2]


def test_every_row_has_as_many_cells_as_its_heading(markdown):
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {6}


def test_json_holds_the_same_for_programs(document):
    assert document["server_versions"] == [100, 200]
    found = {(each["direction"], each["id"]): each for each in document["messages"]}
    assert len(found) == len(DECLARATIONS)
    tick = found["in", 1]
    assert tick["name"] == "tick_price"
    price = next(field for field in tick["fields"] if field["name"] == "price")
    assert (price["type"], price["optional"], price["since"]) == ("float", True, None)


@pytest.mark.parametrize("version", [100, 200])
@pytest.mark.parametrize("declaration", DECLARATIONS, ids=lambda each: each.name)
def test_source_is_python_with_two_functions(declaration, version):
    output = io.StringIO()
    print_source(output, declaration.name, max(version, declaration.since))
    functions = [each for each in ast.parse(output.getvalue()).body if not isinstance(each, ast.If)]
    assert [each.name for each in functions] == ["coder", "coder"]


def test_source_is_that_of_the_version(capsys):
    assert main(["wire", "source", "historical_data", "--server-version", "150"]) == 0
    older = capsys.readouterr().out
    assert main(["wire", "source", "historical_data"]) == 0
    newer = capsys.readouterr().out
    assert "m_start" in older
    assert "m_start" not in newer
    assert "message 17 at server version 200" in newer


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["tick_prise"], "'tick_prise' is not legal; did you mean tick_price"),
        (["TickPrice"], "did you mean tick_price"),
        (["stamp"], "did you mean cancel_head_time_stamp or head_time_stamp"),
        (["xyzzy"], "no message has this name (see workstation wire messages)"),
        (["tick_price", "--server-version", "201"], "tick_price can be had at 100 to 200"),
        (["tick_price", "--server-version", "99"], "99 is not legal"),
        (["head_time_stamp", "--server-version", "117"], "can be had at 118 to 200"),
    ],
)
def test_what_does_not_exist_is_told_in_one_line(capsys, arguments, told):
    assert main(["wire", "source", *arguments]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert told in output.err
    assert output.err.count("\n") == 1


def test_commands_print_to_stdout(capsys):
    assert main(["wire", "messages"]) == 0
    assert capsys.readouterr().out.startswith("# Messages\n")
    assert main(["wire", "messages", "--json"]) == 0
    json.loads(capsys.readouterr().out)
