"""What the index of a table says: identifiers of its rows, columns, or no more than their count."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from geosec.errors import SchemaError
from geosec.incidents.columns import ALIASES, OWN, fold_name
from geosec.schema import INDEX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geosec.storage.rows import Rows

_TIMES = "mM"  # kinds of dtypes: a day is no identifier


class Keys(NamedTuple):
    """What the index of a table calls each of its rows, by line; and what is told of it."""

    told: str
    texts: pd.Series | None = None  #: None where it can be no identifier
    is_bare: bool = False  #: whether the index has no name, and so no column that keeps its numbers


def take_index(table: pd.DataFrame) -> tuple[pd.DataFrame, Keys | None]:
    """Make columns of a named index, or one of several levels; give the keys that it holds.

    An index that is more than a count from 0 identifies rows, unless it has gaps or repeats, its
    name means something else, or it holds times. Raises a `SchemaError` where a level has the name
    of a column with other values.
    """
    index = table.index
    is_named = any(name is not None for name in index.names) or index.nlevels > 1
    levels = [f"level_{at}" if name is None else name for at, name in enumerate(index.names)]
    table = _insert_levels(table, levels) if is_named else table
    return table, _read_keys(index, levels if is_named else [])


def _read_keys(index: pd.Index, levels: list[str]) -> Keys | None:
    """Read the keys of an index, or say that it has none; `levels` are the columns made of it."""
    if index.nlevels > 1:
        return Keys(f"the levels of the index became columns: {', '.join(map(repr, levels))}.")
    is_count = not levels and index.equals(pd.RangeIndex(len(index)))
    if is_count or _means_more(index.name):
        return None
    said = f"the index {levels[0]!r}" if levels else "the index of the table"
    if not _is_key(index):
        kept = f", but the column {levels[0]!r}" if levels else ""
        return Keys(f"{said} repeats, has gaps or holds times: it is no identifier{kept}.")
    kept = f", and stays the column {levels[0]!r}" if levels else ""
    told = f"{said} became `{INDEX}`{kept}; name another column with `columns=`."
    return Keys(told, pd.Series(index, range(1, len(index) + 1), name=INDEX), is_bare=not levels)


def _means_more(name: object) -> bool:
    """Tell whether the name of an index is that of a column of the contract."""
    folded = "" if name is None else fold_name(str(name))
    return folded in OWN or folded in ALIASES


def _is_key(index: pd.Index) -> bool:
    """Tell whether each row has a value of its own in an index, which is no time."""
    if index.dtype.kind in _TIMES or index.hasnans:
        return False
    return not index.map(pd.api.types.is_list_like).any() and bool(index.is_unique)


def _insert_levels(table: pd.DataFrame, levels: list[str]) -> pd.DataFrame:
    """Put the levels of an index before the columns, but for those that stand there already."""
    new: dict[str, pd.Index] = {}
    for at, name in enumerate(levels):
        values = table.index.get_level_values(at)
        if name not in table.columns:
            new[name] = values
        elif not values.equals(pd.Index(table[name])):
            msg = (
                f"the index of the table and a column are both called {name!r}, and differ; rename "
                "one, or drop the index with `reset_index(drop=True)`."
            )
            raise SchemaError(msg)
    table = table.reset_index(drop=True)
    for at, (name, values) in enumerate(new.items()):
        table.insert(at, name, values)
    return table


def name_keys(
    rows: Rows, names: Mapping[str, str], keys: Keys | None
) -> tuple[Rows, dict[str, str], Keys | None]:
    """Give rows the keys of their index where no column is their identifier; else they are none."""
    if keys is None or INDEX in names.values() or INDEX in rows.columns:
        return rows, dict(names), None
    if keys.texts is None:
        return rows, dict(names), keys
    table = rows.table.assign(**{INDEX: keys.texts.loc[rows.table.index]})
    return rows._replace(table=table), {**names, INDEX: INDEX}, keys
