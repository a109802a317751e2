"""`workstation wire messages` and `workstation wire source`: the protocol, as it is declared.

Owns how descriptions of messages and the source of compiled coders are printed, and what is said to
a name or version that does not exist.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from difflib import get_close_matches
from typing import TextIO

from workstation.errors import InvalidValue
from workstation.protocol.decoding import decoder_source
from workstation.protocol.description import (
    FieldDescription,
    MessageDescription,
    coverage,
    describe_all,
)
from workstation.protocol.encoding import encoder_source
from workstation.protocol.message import INBOUND, REQUESTS, Declaration
from workstation.protocol.versions import HIGHEST_VERSION, LOWEST_VERSION

__all__ = ["print_messages", "print_source"]


def print_messages(output: TextIO, *, as_json: bool) -> int:
    """Print every message of the catalog.

    Args:
        output: takes Markdown or one JSON document.
        as_json: whether to print JSON.

    Returns:
        The exit code.
    """
    messages = describe_all()
    if as_json:
        document = {
            "server_versions": [LOWEST_VERSION, HIGHEST_VERSION],
            "messages": [asdict(each) for each in messages],
        }
        output.write(json.dumps(document, indent=1) + "\n")
    else:
        output.writelines(f"{line}\n" for line in _markdown(messages))
    output.flush()
    return 0


def print_source(output: TextIO, name: str, version: int) -> int:
    """Print the compiled decoder and encoder of a message.

    Args:
        output: takes Python.
        name: the message's name.
        version: the server version.

    Returns:
        The exit code.

    Raises:
        InvalidValue: no message has that name, or the version is not spoken or has it not.
    """
    declaration = _declaration(name)
    lowest = max(declaration.since, LOWEST_VERSION)
    if not lowest <= version <= HIGHEST_VERSION:
        legal = f"{declaration.name} can be had at {lowest} to {HIGHEST_VERSION}"
        raise InvalidValue("--server-version", version, legal)
    output.write(f"# {name}, message {declaration.message_id} at server version {version}\n\n\n")
    output.write("# decoder: f are the fields of a payload, the id first\n")
    output.write(decoder_source(declaration, version))
    output.write("\n\n# encoder: m is the message; n counts the fields, o collects their text\n")
    output.write(encoder_source(declaration, version))
    output.flush()
    return 0


def _declaration(name: str) -> Declaration:
    known = {each.name: each for each in (*REQUESTS.values(), *INBOUND.values())}
    found = known.get(name)
    if found is None:
        near = get_close_matches(name.lower(), known, n=3) or [
            each for each in sorted(known) if name and name.lower() in each
        ]
        legal = f"did you mean {' or '.join(near[:3])}?" if near else "no message has this name"
        raise InvalidValue("MESSAGE", name, f"{legal} (see workstation wire messages)")
    return found


def _markdown(messages: list[MessageDescription]) -> Iterator[str]:
    yield "# Messages"
    yield ""
    yield f"{coverage()[0].upper()}{coverage()[1:]}."
    for direction, title in (("out", "To the Bridge"), ("in", "From the Bridge")):
        yield ""
        yield f"## {title}"
        for message in messages:
            if message.direction == direction:
                yield from _section(message)


def _section(message: MessageDescription) -> Iterator[str]:
    yield ""
    yield f"### {message.id} {message.name}"
    yield ""
    since = f" From server version {message.since}." if message.since > LOWEST_VERSION else ""
    yield f"{message.about.splitlines()[0] if message.about else ''}{since}".strip()
    yield ""
    if not message.fields:
        yield "No fields."
        return
    yield "| Field | Type | Versions | Only if | Notes |"
    yield "|---|---|---|---|---|"
    for field in message.fields:
        name = f"`{field.name}`" if field.name else "(unused)"
        kind = f"optional {field.type}" if field.optional else field.type
        cells = (name, kind, _versions(field), field.condition, field.note)
        yield f"| {' | '.join(_cell(each) for each in cells)} |"


def _versions(field: FieldDescription) -> str:
    if field.since is None:
        return "" if field.until is None else f"below {field.until}"
    return f"from {field.since}" + ("" if field.until is None else f", below {field.until}")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
