"""ib_async as a second witness: what its decoder tells its wrapper.

Owns driving its decoder and giving its objects the names of the official client. It speaks server
versions 157 to 178, asks for sizes as floats and is at home where no field is empty.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from ib_async.decoder import Decoder

VERSIONS = range(157, 179)

ALIASES = {
    "commissionAndFees": "commission",
    "minCommissionAndFees": "minCommission",
    "maxCommissionAndFees": "maxCommission",
    "commissionAndFeesCurrency": "commissionCurrency",
    "wap": "average",
}
"""Names of the official client that differ here."""

CALLS = {"commissionReport": "commissionAndFeesReport"}


class Seen:
    """An object of ib_async under the names of the official client; None where it has no such."""

    def __init__(self, seen: Any) -> None:
        self._seen = seen

    def type(self) -> int:
        """Which kind of condition it is."""
        return int(self._seen.condType)

    @property
    def isConjunctionConnection(self) -> bool:  # noqa: N802  the official client calls it so
        return self._seen.conjunction == "a"

    def __getattr__(self, name: str) -> Any:
        for each in (name, ALIASES.get(name, name), name.replace("exchange", "exch")):
            if hasattr(self._seen, each):
                return seen(getattr(self._seen, each))
        return None


def seen(value: Any) -> Any:
    """A value of ib_async as the official client would give it."""
    if dataclasses.is_dataclass(value) or hasattr(value, "condType"):
        return Seen(value)
    if isinstance(value, list | set):
        return [seen(each) for each in value]
    return value


class _Wrapper:
    """Notes every callback."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.ib = SimpleNamespace(TimezoneTWS="UTC")
        self.defaultTimezone = None

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments: self.calls.append(
            (CALLS.get(name, name), tuple(map(seen, arguments)))
        )


def heard(payload: bytes, version: int) -> list[tuple[str, tuple[Any, ...]]]:
    """What ib_async tells its wrapper about a message; nothing when it could not read it."""
    wrapper = _Wrapper()
    Decoder(wrapper, version).interpret(payload.decode().split("\0")[:-1])
    return wrapper.calls
