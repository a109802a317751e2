"""TagValue: a named parameter, as algos, routing and options of requests take them."""

from __future__ import annotations

from workstation.model.record import Record

__all__ = ["TagValue"]


class TagValue(Record):
    """One named parameter."""

    tag: str = ""
    value: str = ""
