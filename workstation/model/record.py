"""The base of every value object: frozen, compared by value, cheap to make.

Owns how records are built and compared. Leaves to others what they mean, and to
`workstation.protocol` how they look on the wire: a record knows nothing of bytes.
"""

from __future__ import annotations

from typing import dataclass_transform

import msgspec

__all__ = ["Record"]


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(msgspec.field,))
class Record(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A frozen value object.

    Fields are keyword-only for people and type checkers. Generated decoders pass them by
    position, which costs a tenth as much for a record of 150 fields. Records hold only
    immutable values (tuples, never lists), so they can not form cycles and the garbage
    collector need not look at them.
    """
