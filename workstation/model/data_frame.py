"""DataFrames: records as pandas DataFrames.

Owns how rows and columns of records become a DataFrame: types, time zones, nested records. pandas
is imported only when a frame is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from workstation.model.record import Record

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Rows", "frame_of_columns", "frame_of_rows"]

Item = TypeVar("Item", bound=Record)

_DTYPES: dict[type, str] = {
    str: "string",
    bool: "boolean",
    int: "Int64",
    float: "float64",
    Decimal: "float64",
}
"""Sizes become floats in a frame: exact ones stay in the records."""


_LEFT_OUT = frozenset({"request_id"})
"""Fields that say nothing about a row."""


class Rows(list[Item]):
    """Records in a list, which also come as a DataFrame.

    Args:
        items: the records.
        kind: their class, so that a frame of none has its columns too.
        times: names of columns that are moments.
    """

    def __init__(self, items: Iterable[Item], kind: type[Item], times: Sequence[str] = ()) -> None:
        super().__init__(items)
        self._kind = kind
        self._times = tuple(times)

    def to_frame(self, time_zone: str = "UTC") -> pd.DataFrame:
        """One row a record, one column a field; fields of records inside stand among the others.

        Args:
            time_zone: the zone in which moments are shown.
        """
        return frame_of_rows(self, self._kind, self._times, time_zone)


def frame_of_rows(
    rows: Sequence[Record], kind: type[Record], times: Sequence[str] = (), time_zone: str = "UTC"
) -> pd.DataFrame:
    """A frame with one row a record.

    Args:
        rows: records of one class.
        kind: that class.
        times: columns that hold moments as a Bridge writes them.
        time_zone: the zone in which moments are shown, and in which those without a zone are meant.
    """
    import pandas as pd

    columns = {}
    for name, path, dtype in _flat(kind):
        values = [_follow(row, path) for row in rows]
        if name in times:
            columns[name] = _moments(values, time_zone)
        else:
            columns[name] = pd.Series(_plain(values, dtype), dtype=dtype)
    return pd.DataFrame(columns)


def frame_of_columns(
    record: Record, index: str, time_zone: str = "UTC", *, seconds: bool = False
) -> pd.DataFrame:
    """A frame of a record whose fields are columns.

    Args:
        record: the columns, equally long.
        index: the column that becomes the index, of moments.
        time_zone: the zone of the index.
        seconds: whether the index counts seconds since 1970.
    """
    import pandas as pd

    columns = {}
    for name, kind in get_type_hints(type(record)).items():
        dtype = _dtype_of(get_args(kind)[0])
        if name != index and dtype is not None:
            columns[name] = pd.Series(_plain(getattr(record, name), dtype), dtype=dtype)
    frame = pd.DataFrame(columns)
    told = getattr(record, index)
    if seconds:
        frame.index = pd.to_datetime(list(told), unit="s", utc=True).tz_convert(time_zone)
    else:
        frame.index = pd.DatetimeIndex(_moments(list(told), time_zone))
    frame.index.name = index
    return frame


def _moments(values: Iterable[Any], time_zone: str) -> Any:
    import pandas as pd

    from workstation.model.moment import moment_from, zone_named

    zone = zone_named(time_zone)
    found = [moment_from(str(value), zone) if value not in {None, ""} else None for value in values]
    utc = pd.to_datetime(pd.Series(found, dtype="object"), utc=True)
    return utc.dt.tz_convert(time_zone)


def _plain(values: Iterable[Any], dtype: str) -> list[Any]:
    if dtype == "float64":
        return [None if value is None else float(value) for value in values]
    return list(values)


def _follow(row: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        row = None if row is None else getattr(row, name)
    return row


@cache
def _flat(kind: type[Record]) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Columns of a record: name, the way to the value, and type.

    Records inside give their own columns, what is inside of those does not; lists have no column.
    Of two columns with one name the second tells where it is from, as in
    `ContractDetails.last_trade_date`.
    """
    found: list[tuple[str, tuple[str, ...], str]] = []
    taken: set[str] = set()
    for name, hint in get_type_hints(kind).items():
        if name not in kind.__struct_fields__ or name in _LEFT_OUT:
            continue
        inner = _without_none(hint)
        if isinstance(inner, type) and issubclass(inner, Record):
            within = (each for each in _flat(inner) if len(each[1]) == 1)
            nested = [(n, (name, *way), dtype) for n, way, dtype in within]
        else:
            dtype = _dtype_of(inner)
            nested = [] if dtype is None else [(name, (name,), dtype)]
        for column, way, dtype in nested:
            whole = way if len(way) > 1 else (kind.__name__, *way)
            unique = column if column not in taken else ".".join(whole)
            taken.add(unique)
            found.append((unique, way, dtype))
    return tuple(found)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        kinds = [each for each in get_args(hint) if each is not NoneType]
        return kinds[0] if len(kinds) == 1 else hint
    return hint


def _dtype_of(hint: Any) -> str | None:
    kind = _without_none(hint)
    return _DTYPES.get(kind) if isinstance(kind, type) else None
