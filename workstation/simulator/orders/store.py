"""Store: orders and executions on disk, so that an account outlives its Bridge.

Owns the file: one SQLite database in a folder of the user's, with the newest state of every order
and every execution ever. Whatever a client is told of has been written before, so a Bridge that is
killed forgets nothing it has acknowledged. Cash and positions are not kept: they follow from the
executions. One Bridge at a time may have a folder.
"""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from workstation.errors import WorkstationError
from workstation.protocol import catalog
from workstation.simulator.orders.life import SimulatedOrder

__all__ = ["Pair", "Store"]

Pair = tuple[catalog.ExecutionData, catalog.CommissionReport]

FILE = "account.sqlite"
_VERSION = 1
_SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE orders (permanent_id INTEGER PRIMARY KEY, state BLOB NOT NULL);
CREATE TABLE executions (number INTEGER PRIMARY KEY, fill BLOB NOT NULL);
"""

_NOT_KEPT = {"listing", "rests_at", "place", "ahead", "shown"}
"""The instrument follows from the contract, the place in the book is given anew."""
_KEPT = [each.name for each in dataclasses.fields(SimulatedOrder) if each.name not in _NOT_KEPT]
_HINTS = get_type_hints(SimulatedOrder)
_Saved = msgspec.defstruct("_Saved", [(name, _HINTS[name]) for name in _KEPT])

_encode = msgspec.json.Encoder().encode


class Store:
    """The orders and executions of one folder.

    Args:
        folder: where the file is, or will be.
        seed: of the market; None takes that of the file, or `default`.
        default: the seed of a new file.

    Raises:
        WorkstationError: it is not a folder of ours, another Bridge has it, or it belongs to a
            market of another seed.
    """

    def __init__(self, folder: Path, seed: int | None, default: int) -> None:
        self._path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(
                self._path, isolation_level=None, check_same_thread=False, timeout=0
            )
            self._file.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute("PRAGMA synchronous = NORMAL")
            self._begin()
            self.seed = self._market_seed(seed, default)
        except (OSError, sqlite3.Error) as error:
            raise WorkstationError(
                f"the account in {folder} can not be kept there: {error}; give another folder, or "
                "end the Bridge that has it"
            ) from error

    def close(self) -> None:
        """Let the folder go."""
        self._file.close()

    def keep(self, order: SimulatedOrder, fill: tuple[int, Pair] | None = None) -> None:
        """Write the state of an order, and the execution that led to it, with its number."""
        state = _encode({name: getattr(order, name) for name in _KEPT})
        self._file.execute("BEGIN")
        self._file.execute(
            "INSERT OR REPLACE INTO orders VALUES (?, ?)", (order.permanent_id, state)
        )
        if fill is not None:
            number, pair = fill
            self._file.execute("INSERT INTO executions VALUES (?, ?)", (number, _encode(pair)))
        self._file.execute("COMMIT")

    def orders(self) -> list[dict[str, Any]]:
        """The fields of every order, as they came; its instrument is still to be found."""
        decode = msgspec.json.Decoder(_Saved).decode
        rows = self._file.execute("SELECT state FROM orders ORDER BY permanent_id")
        return [msgspec.structs.asdict(decode(state)) for (state,) in rows]

    def executions(self) -> list[Pair]:
        """Every execution, oldest first."""
        decode = msgspec.json.Decoder(Pair).decode
        rows = self._file.execute("SELECT fill FROM executions ORDER BY number")
        return [decode(fill) for (fill,) in rows]

    def _begin(self) -> None:
        (version,) = self._file.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            raise WorkstationError(
                f"{self._path} has the form {version}, this program knows {_VERSION}; give another "
                "folder"
            )
        if version == 0:
            self._file.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")

    def _market_seed(self, seed: int | None, default: int) -> int:
        found = self._file.execute("SELECT value FROM facts WHERE name = 'seed'").fetchone()
        if found is None:
            chosen = default if seed is None else seed
            self._file.execute("INSERT INTO facts VALUES ('seed', ?)", (str(chosen),))
            return chosen
        kept = int(found[0])
        if seed not in (None, kept):
            raise WorkstationError(
                f"the account in {self._path.parent} was traded in the market of seed {kept}, not "
                f"{seed}; leave the seed out, or give another folder"
            )
        return kept
