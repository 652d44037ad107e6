"""Boundaries that a caller brings: polygons read into units, one for each code.

What was given and could not be used as it stands is told in a warning: rows without a polygon,
rings that cross themselves, names that two units share. What cannot be understood is refused.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.arguments import describe_given, name_row
from geosec.crs import require_degrees, to_storage
from geosec.errors import GeosecWarning, ParameterError, SchemaError, near_misses
from geosec.reference.unit_columns import (
    UnitColumns,
    find_columns,
    find_levels,
    read_names,
    write_labels,
)
from geosec.reference.validity import FROM, TO, find_standing, read_validity, require_standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ACCURACY = "positional_accuracy_m"
_POLYGONS = (3, 6)  # of `shapely.get_type_id`
_SHOWN = 3  # names that a warning lists


def read_own_boundaries(
    boundaries: Any,
    levels: Sequence[str] | None,
    known: Sequence[str],
    columns: tuple[Any, Any],
    on: tuple[bool, str | None],
) -> dict[str, gpd.GeoDataFrame]:
    """Read a layer, or a dict of a layer for each level, into the units of each level.

    `levels` are those asked for, None for all that the layer tells; `known` are those there are,
    the finest first; `columns` are those of names and of codes that the caller named; `on` says
    whether units of days are asked for, and of which one, None for each row's own. Units are
    polygons in EPSG:4326 with ``name``, ``code`` and ``accuracy_m`` (95 %, metres). The finest
    level has all that ever stood, with `FROM` and `TO`, where days are asked for; the others stood
    on the day, else on the last on which a unit began.
    """
    name, code = columns
    if isinstance(boundaries, Mapping):
        given = _require_levels(boundaries, levels, known)
        chosen = [(level, boundaries[level], True) for level in given]
    else:
        layer = _require_layer(boundaries, "boundaries")
        told = find_levels(layer, known)
        if isinstance(name, Mapping):
            told = [level for level in known if level in name] or told
        given = _choose_levels(told, levels, known)
        chosen = [(level, layer, level == given[0]) for level in given]
    names, codes = read_names(name, "name", given), read_names(code, "code", given)
    if isinstance(boundaries, Mapping):
        names, codes = _spread(name, names), _spread(code, codes)
    dated, day = on
    read = {}
    for level, layer, is_plain in chosen:
        whole = _require_layer(layer, "boundaries")
        own, validity = _keep_standing(whole, day, dated=dated and level == given[0])
        named = UnitColumns(names[level], codes[level])
        read[level] = _read_units(own, level, named, validity, plain=is_plain)
    return read


def _keep_standing(
    layer: gpd.GeoDataFrame, day: str | None, *, dated: bool
) -> tuple[gpd.GeoDataFrame, pd.DataFrame | None]:
    """Keep the rows of a day, or where days are asked for all of them with their validity."""
    validity = read_validity(layer)
    if dated:
        return layer, require_standing(validity, day or "incident")
    if validity is None:
        return layer, None
    standing = find_standing(validity, day)
    if not standing.any():
        msg = f"no unit of `boundaries` stood on {day}; those there are stand at other days."
        raise ParameterError(msg)
    return layer[standing], None


def _spread(given: Any, read: dict[str, str | None]) -> dict[str, str | None]:
    """Take one name of a column as that of every layer, where each has its own."""
    return dict.fromkeys(read, given) if isinstance(given, str) else read


def _require_levels(
    boundaries: Mapping[Any, Any], levels: Sequence[str] | None, known: Sequence[str]
) -> list[str]:
    """Refuse a dict that is empty, has other levels than there are, or lacks one asked for."""
    strange = list({**boundaries}.keys() - {*known})
    if strange:
        hint = near_misses(str(strange[0]), known)
        msg = (
            f"`boundaries` has a layer {strange[0]!r}, and the columns of a table are those of "
            f"{' and '.join(sorted(known))}; {hint}"
        )
        raise ParameterError(msg)
    lacking = sorted({*(levels or ())} - {*boundaries})
    if lacking or not boundaries:
        wanted = repr(lacking[0]) if lacking else "a layer for each level"
        have = " and ".join(map(repr, boundaries)) or "nothing"
        msg = f"`boundaries` needs {wanted}, and holds {have}; give it, or ask for other `levels`."
        raise ParameterError(msg)
    return [level for level in known if level in (levels or boundaries)]


def _choose_levels(
    told: list[str], levels: Sequence[str] | None, known: Sequence[str]
) -> list[str]:
    """Choose the levels of one layer: those it tells, or, of those asked for, the finest at least.

    A layer asked for as one level is taken to be of it, whatever its columns tell.
    """
    if levels is None:
        return told
    asked = [level for level in known if level in levels]
    lacking = [level for level in asked[1:] if level not in told]
    if lacking or not asked:
        msg = (
            f"`boundaries` is one layer, and nothing in its columns tells {lacking or 'a level'}; "
            "give {'adm1': layer, 'adm2': layer}, or name={'adm1': column, 'adm2': column}."
        )
        raise ParameterError(msg)
    return asked


def _require_layer(layer: Any, name: str) -> gpd.GeoDataFrame:
    """Refuse what is no layer, and bring it to EPSG:4326; a GeoSeries is named by its index."""
    moved = to_storage(layer, name)
    if isinstance(moved, gpd.GeoSeries):
        if isinstance(moved.index, pd.RangeIndex):
            msg = (
                f"`{name}` is a GeoSeries without names; give a GeoDataFrame with a column `name`, "
                "or names as the index."
            )
            raise SchemaError(msg)
        names = {"name": moved.index.to_numpy()}
        moved = gpd.GeoDataFrame(names, moved.index, geometry=moved.to_numpy(), crs=moved.crs)
    if not moved.columns.is_unique:
        twice = moved.columns[moved.columns.duplicated()][0]
        msg = f"`{name}` has two columns {twice!r}; rename or drop one of them."
        raise SchemaError(msg)
    return moved


def _read_units(
    layer: gpd.GeoDataFrame,
    level: str,
    named: UnitColumns,
    validity: pd.DataFrame | None,
    *,
    plain: bool,
) -> gpd.GeoDataFrame:
    """Read the units of a level: rows of one code are one unit."""
    columns = find_columns(layer, level, named, plain=plain)
    shapes, kept = _clean_shapes(layer, level)
    table = layer.iloc[kept]
    name, code = (None if own is None else write_labels(table[own]) for own in columns)
    if code is None and plain and not isinstance(layer.index, pd.RangeIndex):
        code = write_labels(table.index.to_series())
    name = code if name is None else name
    if name is None:
        have = ", ".join(map(repr, layer.columns.drop(layer.geometry.name))) or "no other columns"
        msg = (
            f"`boundaries` needs a column with the name of each unit of {level}, and has {have}; "
            "say which it is with name=, and with code= where the codes stand."
        )
        raise SchemaError(msg)
    times = None if validity is None else validity.iloc[kept]
    unit = _number_units(name, code, table.index, finest=plain)
    labels = pd.DataFrame({"name": name, "code": None if code is None else code}, dtype="str")
    return _unite(shapes, unit, labels, _read_accuracy_m(table), times)


def _clean_shapes(
    layer: gpd.GeoDataFrame, level: str
) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Give flat and valid polygons, and the rows that have one; what was mended is told."""
    shapes = layer.geometry.to_numpy()
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    _require_polygons(shapes, np.flatnonzero(there), layer.index, level)
    flat = shapes.copy()
    deep = there & shapely.has_z(shapes)
    flat[deep] = shapely.force_2d(flat[deep])
    broken = np.flatnonzero(there & ~shapely.is_valid(flat))
    if broken.size:
        flat[broken] = [_mend(shape) for shape in flat[broken]]
        rows = [name_row(layer.index, row) for row in broken[:_SHOWN]]
        _warn(f"rings cross or repeat themselves in row {', '.join(rows)}, and were mended", level)
    kept = np.flatnonzero(there & ~shapely.is_empty(flat))
    if not kept.size:
        msg = f"`boundaries` takes polygons, and none of {level} has an area."
        raise SchemaError(msg)
    if len(kept) < len(flat):
        gone = len(flat) - len(kept)
        _warn(f"{gone} of {len(flat)} rows have no polygon and hold no place", level)
    return flat[kept], kept


def _require_polygons(
    shapes: NDArray[np.object_], kept: NDArray[np.intp], index: pd.Index, level: str
) -> None:
    """Refuse a layer without polygons, other shapes, and coordinates that are on no globe."""
    wrong = kept[~np.isin(shapely.get_type_id(shapes[kept]), _POLYGONS)]
    if wrong.size or not kept.size:
        kind = shapes[wrong[0]].geom_type if wrong.size else ""
        found = f"row {name_row(index, wrong[0])} is a {kind}" if wrong.size else "there are none"
        msg = f"`boundaries` takes polygons, and {found} ({level})."
        raise SchemaError(msg)
    xy, holder = shapely.get_coordinates(shapes[kept], return_index=True)
    odd = kept[holder[~np.isfinite(xy).all(axis=1)]]
    if odd.size:
        row = name_row(index, odd[0])
        msg = f"`boundaries` has a coordinate that is no number in row {row}; mend or drop the row."
        raise SchemaError(msg)
    require_degrees(xy[:, 0], xy[:, 1], "boundaries")


def _mend(shape: Any) -> Any:
    """Make a polygon valid, by what its rings go round an odd number of times."""
    mended = shapely.make_valid(shape)
    parts = shapely.get_parts(shapely.get_parts(mended))
    return shapely.union_all(parts[np.isin(shapely.get_type_id(parts), _POLYGONS)])


def _warn(text: str, level: str) -> None:
    warnings.warn(f"of `boundaries` ({level}), {text}.", GeosecWarning, stacklevel=7)


def _number_units(
    name: pd.Series, code: pd.Series | None, index: pd.Index, *, finest: bool
) -> NDArray[np.intp]:
    """Give rows of one code one number, and those of one name where a wider level has no codes.

    A row with neither is refused.
    """
    own = pd.Series([f"row {row}" for row in range(len(name))], dtype="str").where(name.notna())
    key = name if code is None else code.fillna(own if finest else name)
    nameless = np.flatnonzero(key.isna())
    if nameless.size:
        msg = (
            f"row {name_row(index, nameless[0])} of `boundaries` has neither a name nor a code; "
            "fill it in, or drop the row."
        )
        raise SchemaError(msg)
    if code is None and finest:
        return np.arange(len(key))
    return np.asarray(pd.factorize(key)[0])


def _read_accuracy_m(table: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Read how far each border may be off, in metres; 0 where nothing is said."""
    if ACCURACY not in table.columns:
        return np.zeros(len(table))
    metres = pd.to_numeric(table[ACCURACY], errors="coerce").to_numpy("float64", na_value=np.nan)
    wrong = np.flatnonzero((np.isnan(metres) & table[ACCURACY].notna()) | ~(metres >= 0))
    wrong = wrong[table[ACCURACY].notna().to_numpy()[wrong]]
    if wrong.size or np.isinf(metres).any():
        row = wrong[0] if wrong.size else int(np.isinf(metres).argmax())
        said = describe_given(table[ACCURACY].iloc[row])
        msg = (
            f"`{ACCURACY}` of `boundaries` is how far a border may be off, in metres, 0 or more, "
            f"and is {said} in row {name_row(table.index, row)}."
        )
        raise SchemaError(msg)
    return np.asarray(np.nan_to_num(metres))


def _unite(
    shapes: NDArray[np.object_],
    unit: NDArray[np.intp],
    labels: pd.DataFrame,
    accuracy_m: NDArray[np.float64],
    times: pd.DataFrame | None,
) -> gpd.GeoDataFrame:
    """Make one polygon of the rows of each unit, of each of its times, by its number."""
    if times is None:
        part = unit
    else:
        keys = [pd.Series(unit), times[FROM].reset_index(drop=True), times[TO].to_numpy()]
        part = pd.DataFrame(dict(enumerate(keys))).groupby([0, 1, 2], sort=False).ngroup()
        part = part.to_numpy()
    count = int(part.max()) + 1
    first = np.full(count, len(part))
    np.minimum.at(first, part, np.arange(len(part)))
    _refuse_two_names(labels, part, first)
    whole = shapes[first]
    for number in np.flatnonzero(np.bincount(part, minlength=count) > 1):
        whole[number] = shapely.union_all(shapes[part == number])
    largest_m = np.zeros(count)
    np.maximum.at(largest_m, part, accuracy_m)
    table = gpd.GeoDataFrame(
        labels.iloc[first].reset_index(drop=True).assign(accuracy_m=largest_m),
        geometry=whole,
        crs="EPSG:4326",
    )
    if times is not None:
        table = table.assign(**{end: times[end].to_numpy()[first] for end in (FROM, TO)})
    table = table.set_index(pd.Index(unit[first]))
    _warn_of_names(table)
    return table


def _refuse_two_names(
    labels: pd.DataFrame, part: NDArray[np.intp], first: NDArray[np.intp]
) -> None:
    """Refuse a code with two names at one time."""
    name, given = labels["name"].to_numpy(), labels["name"].notna().to_numpy()
    known = name[first][part]
    other = np.flatnonzero(given & given[first][part] & (known != name))
    if other.size:
        row = other[0]
        msg = (
            f"two units of `boundaries` have the code {labels['code'].iloc[row]!r}: {known[row]!r} "
            f"and {name[row]!r}; say with code= which column holds the codes."
        )
        raise SchemaError(msg)


def _warn_of_names(table: gpd.GeoDataFrame) -> None:
    """Warn where names alone do not tell units apart."""
    bare = table.loc[table["code"].isna(), "name"]
    twice = bare[bare.duplicated(keep=False) & ~bare.index.duplicated(keep=False)].unique()
    if len(twice):
        shown = ", ".join(map(repr, twice[:_SHOWN]))
        msg = (
            f"of `boundaries`, several units without a code have the same name ({shown}), and the "
            "table cannot tell them apart; name the column of their codes with code=."
        )
        warnings.warn(msg, GeosecWarning, stacklevel=6)
