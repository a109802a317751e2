"""Captures: recorded traffic as JSON lines, read back through the catalog.

Owns one line in, one record out: our name for the message, its values, the fields our own encoder
gives back for them, or an error that names message, field and index. Reads no files.

A line is `{"direction": "in"|"out", "server_version": N, "fields": [...]}`, or `"hex"` instead of
`"fields"`: the payload in hexadecimal, without its length. A greeting has `"hello": true`.
"""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import Any

import msgspec

from workstation.errors import DecodeError, EncodeError
from workstation.model.record import Record
from workstation.protocol.codecs import Unset, fields_of
from workstation.protocol.coders import encoder_for
from workstation.protocol.connection import decode_payload
from workstation.protocol.handshake import read_bridge_hello, read_client_hello
from workstation.protocol.message import Direction, Message
from workstation.protocol.versions import HIGHEST_VERSION, LOWEST_VERSION

__all__ = ["decode_line", "pretty"]


class _Line(msgspec.Struct):
    direction: Direction
    server_version: int
    fields: list[str] | None = None
    hex: str | None = None
    hello: bool = False


_LINES = msgspec.json.Decoder(_Line)


def decode_line(line: str, line_number: int) -> dict[str, Any]:
    """One line of a capture.

    Args:
        line: the JSON text.
        line_number: counted from 1, for error messages.

    Returns:
        `id`, `message`, `values`, `fields` and `error`; the last is None when all went well,
        the others are None as far as they could not be told.
    """
    record: dict[str, Any] = dict.fromkeys(("id", "message", "values", "fields", "error"))
    try:
        entry = _LINES.decode(line)
        payload = _payload(entry)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        record["error"] = f"line {line_number}: {error}"
        return record
    try:
        if entry.hello:
            _hello(entry, payload, record)
        else:
            _message(entry, payload, record)
    except (DecodeError, EncodeError) as error:
        record["error"] = str(error)
        if record["message"] is None and isinstance(error, DecodeError):
            record["message"] = error.message
    except ValueError as error:
        record["error"] = f"line {line_number}: {error}"
    return record


def _payload(entry: _Line) -> bytes:
    if (entry.fields is None) == (entry.hex is None):
        raise ValueError("give either 'fields' or 'hex'")
    if not LOWEST_VERSION <= entry.server_version <= HIGHEST_VERSION and not entry.hello:
        raise ValueError(
            f"server_version {entry.server_version} is not spoken; "
            f"it lies from {LOWEST_VERSION} to {HIGHEST_VERSION}"
        )
    if entry.hex is not None:
        return bytes.fromhex(entry.hex)
    fields = entry.fields or []
    return b"".join(field.encode("utf-8", "surrogateescape") + b"\0" for field in fields)


def _hello(entry: _Line, payload: bytes, record: dict[str, Any]) -> None:
    record["message"] = "hello"
    try:
        if entry.direction is Direction.IN:
            version, time = read_bridge_hello(payload)
            record["values"] = {"server_version": version, "connection_time": time}
            record["fields"] = [str(version), time]
        else:
            lowest, highest, options = read_client_hello(payload)
            record["values"] = {"lowest": lowest, "highest": highest, "options": options}
            record["fields"] = [payload.decode("utf-8", "backslashreplace").rstrip("\0")]
    except Exception as error:
        raise ValueError(str(error)) from error


def _message(entry: _Line, payload: bytes, record: dict[str, Any]) -> None:
    tokens = fields_of(payload)
    if tokens.pop():
        raise ValueError("the payload does not end with NUL")
    record["id"] = int(tokens[0]) if tokens and tokens[0].isdigit() else None
    message = decode_payload(tokens, entry.direction, entry.server_version)
    record["message"] = message.name
    record["values"] = values_of(message)
    record["fields"] = encode_like(tokens, message, entry.server_version)


def encode_like(tokens: list[str], message: Message, server_version: int) -> list[str]:
    """The fields our encoder gives, with values that are not set spelled as in `tokens`.

    Clients and Bridges differ in how they write not set (empty, 0 or the largest number), and a
    value that is not set does not remember how it was written. Everything else is ours.
    """
    own, *others = (
        fields_of(encoder_for(message.declaration, server_version, unset)(message))[:-1]
        for unset in (None, *Unset)
    )
    if own == tokens:
        return own
    return [
        theirs if theirs in (other[index] for other in others) else field
        for index, (field, theirs) in enumerate(zip_longest(own, tokens[: len(own)], fillvalue=""))
    ]


def values_of(record: Record) -> dict[str, Any]:
    """A record as plain values for JSON: sizes as text, infinities and NaN as words."""
    return {name: _plain(getattr(record, name)) for name in record.__struct_fields__}


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return values_of(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value - value != 0:
        return {"inf": "Infinity", "-inf": "-Infinity"}.get(str(value), "NaN")
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def pretty(record: dict[str, Any]) -> str:
    """A record of `decode_line` for people: a title, then the values that are not at rest."""
    title = f"{record['message'] or '?'} ({record['id'] if record['id'] is not None else '-'})"
    lines = [title]
    if record["values"] is not None:
        lines += _branch(record["values"], "  ")
    if record["error"]:
        lines.append(f"  error: {record['error']}")
    return "\n".join(lines)


def _branch(values: dict[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for name, value in values.items():
        if isinstance(value, dict):
            inner = _branch(value, indent + "  ")
            lines += [f"{indent}{name}:", *inner] if inner else []
        elif value not in (None, "", [], 0, False) or name.endswith("_id"):
            lines.append(f"{indent}{name}: {json.dumps(value, ensure_ascii=False)}")
    return lines
