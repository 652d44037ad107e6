"""Which columns of a caller's polygons hold the names and the codes of the units of a level.

The common sources spell them in a few ways: COD-AB as ``ADM2_EN`` and ``ADM2_PCODE``, GADM as
``NAME_2`` and ``GID_2``, geoBoundaries as ``shapeName`` and ``shapeID``, with ``shapeType`` for the
level. A layer whose columns tell two levels holds both: the wider one is made of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from geosec.arguments import clean_labels, describe_given, require_text
from geosec.errors import ParameterError, SchemaError, near_misses

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd

_LEVEL_NAMES = ("adm{0}_name", "adm{0}_en", "adm{0}_[a-z]{{2,3}}", "name_{0}", "admin{0}name")
_LEVEL_CODES = ("adm{0}_code", "adm{0}_pcode", "gid_{0}", "admin{0}pcode")
_NAMES = ("name", "shapename", "name_en", "unit", "district", "region")
_CODES = ("code", "pcode", "shapeid", "shapeiso", "iso_3166_2", "id")
_TYPE = "shapetype"  # of geoBoundaries: ADM1, ADM2


class UnitColumns(NamedTuple):
    """The columns of one level; None for what the layer does not have."""

    name: str | None
    code: str | None


def find_levels(layer: pd.DataFrame, levels: Sequence[str]) -> list[str]:
    """Find which of some levels, the finest first, the columns of a layer tell.

    A layer whose columns tell of none, as one with a ``name`` alone, is of the finest, or of that
    in its column ``shapeType``.
    """
    told = [level for level in levels if any(_find_by_level(layer.columns, level))]
    if told and told[0] != levels[0] and _find_any(layer.columns, _NAMES):
        told.insert(0, levels[0])  # named plainly itself, and its parent by level
    if told:
        return told
    kinds = _find_any(layer.columns, (_TYPE,))
    stated = set() if kinds is None else {str(kind).lower() for kind in layer[kinds].unique()}
    return [level for level in levels if stated == {level}] or [levels[0]]


def find_columns(
    layer: gpd.GeoDataFrame, level: str, named: UnitColumns, *, plain: bool
) -> UnitColumns:
    """Find the columns of a level: those that the caller named, else those of a known spelling.

    With `plain`, columns that tell no level, as ``name``, are taken too. A name that is in no
    column raises a `SchemaError`.
    """
    name, code = _find_by_level(layer.columns, level)
    if plain:
        name = name or _find_any(layer.columns, _NAMES)
        code = code or _find_any(layer.columns, _CODES)
    given = [_require_column(layer, column, level) for column in named]
    return UnitColumns(given[0] or name, given[1] or code)


def _find_by_level(columns: Iterable[Any], level: str) -> UnitColumns:
    number = level[-1]
    name, code = (
        _find_any(columns, [form.format(number) for form in forms])
        for forms in (_LEVEL_NAMES, _LEVEL_CODES)
    )
    return UnitColumns(name, code)


def _find_any(columns: Iterable[Any], forms: Iterable[str]) -> str | None:
    """Find the first column that is spelt in one of some forms, in their order, in any case."""
    spelt = [column for column in columns if isinstance(column, str)]
    for form in forms:
        for column in spelt:
            if re.fullmatch(form, column.strip().lower()):
                return column
    return None


def _require_column(layer: gpd.GeoDataFrame, column: str | None, level: str) -> str | None:
    if column is None or column in layer.columns:
        return column
    known = near_misses(column, [name for name in layer.columns if isinstance(name, str)])
    msg = f"`boundaries` has no column {column!r} for {level}; {known}"
    raise SchemaError(msg)


def read_names(given: Any, argument: str, levels: Sequence[str]) -> dict[str, str | None]:
    """Read ``name=`` or ``code=``: one column for the finest level, or a column for each level."""
    if given is None or isinstance(given, str):
        return {level: given if level == levels[0] else None for level in levels}
    if not isinstance(given, Mapping):
        msg = (
            f"`{argument}` takes the name of a column, or a dict of them by level as "
            f"{{'adm1': ..., 'adm2': ...}}, and was given {describe_given(given)}."
        )
        raise ParameterError(msg)
    for level, column in given.items():
        require_text(column, argument, "names of columns")
        if level not in levels:
            known = near_misses(str(level), levels)
            msg = f"`{argument}` names a column for {level!r}, which is not asked for; {known}"
            raise ParameterError(msg)
    return {level: given.get(level) for level in levels}


def write_labels(column: pd.Series) -> pd.Series:
    """Write names or codes as texts, whole numbers without a point; empty ones are missing."""
    values = clean_labels(column)
    if pd.api.types.is_float_dtype(values.dtype):
        whole = values.dropna()
        if (whole % 1 == 0).all():
            values = values.astype("Int64")
    if values.dtype != "str":
        texts = values.astype("object").where(values.notna(), None)
        values = texts.map(lambda value: None if value is None else str(value))
    texts = pd.Series(values.to_numpy(), dtype="str").str.strip()
    return texts.where(texts != "")
