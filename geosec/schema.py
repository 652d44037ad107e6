"""The columns of the one growing table, written down once.

The contract between the rooms of geosec is not an object but these columns. Every verb takes a
table and returns a new one in EPSG:4326, with the same index and the columns of its stage added.
"""

from __future__ import annotations

import re
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa

from geosec.arguments import clean_labels, describe_given, name_row, read_numbers
from geosec.crs import STORAGE_CRS, to_storage
from geosec.errors import ParameterError, SchemaError, near_misses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Stage = Literal["read", "geocode", "boundaries", "rail"]
MatchStatus = Literal["matched", "ambiguous", "unmatched", "outside"]
DatePrecision = Literal["day", "week", "month", "year"]
PrecisionScheme = Literal["acled", "ucdp", "gtd"]

INDEX = "incident_id"
_TEXT = pd.StringDtype(na_value=np.nan)  # "str", also where pandas is told to infer no texts
_MOST_WHOLE = 2.0**63
_ZONE = re.compile(r"([T ]\d{2}:\d{2}[\d:.]*) ?(?:Z|[+-]\d{2}:?(?:\d{2})?)$")  # behind a time
_STRETCH = "rail:"  # before the line, in the identifier of a stretch of it


@dataclass(frozen=True)
class Column:
    """One column of the incident table."""

    name: str  #: a unit stands in it (``_m``, ``_km``, ``_deg``) where there is one
    stage: Stage  #: which verb adds it
    dtype: str  #: of pandas; ``"geometry"`` for a geometry column in EPSG:4326
    meaning: str  #: what it holds, in a sentence, with the unit
    is_optional: bool = False  #: whether its verb adds it only where it is asked for


def _read_stage(stage: Stage, rows: str, *, is_optional: bool = False) -> tuple[Column, ...]:
    """Read ``name | dtype | meaning`` lines."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows.strip().splitlines()]
    return tuple(Column(name, stage, dtype, meaning, is_optional) for name, dtype, meaning in cells)


COLUMNS: tuple[Column, ...] = (
    *_read_stage(
        "read",
        """
        date             | datetime64[s] | day of the event, or first day of its week, month, year
        date_precision   | str           | day, week, month or year
        date_from        | datetime64[s] | first of the days on which it may have been
        date_to          | datetime64[s] | last of the days on which it may have been
        location         | str           | the phrase of the report that says where
        admin1           | str           | province the report or the coder gives, a hint
        admin2           | str           | district the report or the coder gives, a hint
        admin3           | str           | tehsil or town the report or the coder gives, a hint
        event_type       | str           | ACLED event type, Accident, or the source's own
        actor            | str           | who acted, as the source says
        target           | str           | who or what was hit, as the source says
        fatalities       | Int64         | deaths reported
        injuries         | Int64         | injured reported
        summary          | str           | one sentence on what happened
        source_url       | str           | where it was published
        latitude         | float64       | degrees north (EPSG:4326), where the source has it
        longitude        | float64       | degrees east (EPSG:4326), where the source has it
        precision_code   | Int64         | spatial precision code of the source
        precision_scheme | str           | code book of that code: acled, ucdp or gtd
        vicinity         | Int64         | 1 near the place that the source names, 0 in it (GTD)
        """,
    ),
    *_read_stage(
        "geocode",
        """
        geometry         | geometry      | best point, EPSG:4326; missing where there is none
        match_status     | str           | matched, ambiguous, unmatched or outside
        match_rule       | str           | how the phrase was understood
        match_reason     | str           | why there is no match, or what was assumed
        match_name       | str           | name of the place found
        match_id         | str           | its identifier in the gazetteer
        match_score      | float64       | probability that the reading is right, 0 to 1
        uncertainty_m    | float64       | metres round geometry that hold the place with 95 %
        footprint        | geometry      | polygon or line that holds the place; missing for a disc
        match_candidates | str           | the other readings as JSON, where there are several
        """,
    ),
    *_read_stage(
        "boundaries",
        """
        adm1_name        | str           | most probable province
        adm1_code        | str           | its ISO 3166-2 code
        adm1_prob        | float64       | probability that the place is in it, 0 to 1
        adm2_name        | str           | most probable district
        adm2_code        | str           | its code
        adm2_prob        | float64       | probability that the place is in it, 0 to 1
        """,
    ),
    *_read_stage(
        "boundaries",
        """
        adm2_vintage     | str           | first day of the districts taken; two where both count
        """,
        is_optional=True,
    ),
    *_read_stage(
        "rail",
        """
        rail_line         | str          | nearest railway line
        rail_km           | float64      | official km post of the best point on it, km
        rail_km_low       | float64      | lower end of the 95 % interval of chainage, km
        rail_km_high      | float64      | upper end of the 95 % interval of chainage, km
        rail_offset_m     | float64      | distance from the best point to the line, m
        rail_prob         | float64      | probability of lying within the offset limit of the line
        rail_prev_station | str          | station before rail_km
        rail_next_station | str          | station after rail_km
        """,
    ),
)

#: The columns of the stages behind `geosec.geocode`: they tell of the places it gave before.
AFTER_GEOCODE = frozenset(each.name for each in COLUMNS if each.stage not in {"read", "geocode"})


def write_stretch_id(line_id: str, low_km: float, high_km: float) -> str:
    """Write the ``match_id`` of a stretch of railway between two km posts."""
    return f"{_STRETCH}{line_id}:{low_km:g}-{high_km:g}"


def read_stretch_lines(match_ids: pd.Series) -> pd.Series:
    """Read the line off each ``match_id`` that `write_stretch_id` wrote; missing for others."""
    return match_ids.str.extract(rf"^{_STRETCH}(.+):[^:]*$", expand=False)


def list_columns(stage: Stage) -> tuple[str, ...]:
    """List the columns that a stage always adds, in order.

    An unknown stage raises a `ParameterError`.
    """
    if stage not in get_args(Stage):
        msg = f"there is no stage {stage!r}; {near_misses(stage, get_args(Stage))}"
        raise ParameterError(msg)
    own = [column for column in COLUMNS if column.stage == stage]
    return tuple(column.name for column in own if not column.is_optional)


def require_columns(table: pd.DataFrame, names: Iterable[str], verb: str) -> None:
    """Refuse a table that lacks columns a verb needs, naming the verbs that add them.

    Raises a `SchemaError`, also where `table` is no table at all.
    """
    if not isinstance(table, pd.DataFrame):
        msg = f"`{verb}` takes a table (GeoDataFrame), and was given a {type(table).__name__}."
        raise SchemaError(msg)
    _refuse_layout(table, verb)
    missing = [name for name in names if name not in table.columns]
    if not missing:
        return
    stages = {column.name: column.stage for column in COLUMNS}
    needs = "column" if len(missing) == 1 else "columns"
    makers = {stages[name] for name in missing if name in stages}
    verbs = {"read": "read_incidents", "geocode": "geocode", "boundaries": "assign_boundaries"}
    first = ", ".join(f"`geosec.{verbs[made]}`" for made in verbs if made in makers)
    msg = (
        f"`{verb}` needs the {needs} {', '.join(map(repr, missing))}, which the table lacks "
        f"(it has {', '.join(map(str, table.columns)) or 'no columns'})."
        + (f" Run {first} on it first, or rename a column." if first else "")
    )
    raise SchemaError(msg)


def _refuse_layout(table: pd.DataFrame, verb: str) -> None:
    """Refuse two columns of one name, and an index or names of several levels."""
    if not table.columns.is_unique:
        twice = table.columns[table.columns.duplicated()][0]
        msg = f"`{verb}` was given a table with two columns {twice!r}; rename or drop one of them."
        raise SchemaError(msg)
    refuse_levels(table.columns, verb)
    if table.index.nlevels > 1:
        msg = (
            f"`{verb}` was given a table whose index has {table.index.nlevels} levels, and takes "
            "one identifier for each row; make columns of them with `reset_index()`."
        )
        raise SchemaError(msg)
    refuse_unhashable(table.index, verb)


def refuse_levels(names: pd.Index, verb: str) -> None:
    """Refuse columns whose names have several levels."""
    if names.nlevels > 1:
        msg = (
            f"`{verb}` was given a table whose columns have names of {names.nlevels} "
            "levels, and takes one name for each; join them, or drop levels with `droplevel`."
        )
        raise SchemaError(msg)


def refuse_unhashable(index: pd.Index, verb: str) -> None:
    """Refuse identifiers that are lists or the like, by which no row can be found."""
    if index.dtype != "object":
        return
    try:
        set(index)
    except TypeError as error:
        msg = (
            f"`{verb}` was given a table whose index holds lists or other values that can be no "
            "identifiers; make texts of them, or count the rows with `reset_index(drop=True)`."
        )
        raise SchemaError(msg) from error


def name_points(table: pd.DataFrame) -> str:
    """Name the column that holds the points: the active geometry, whatever a user calls it."""
    active = getattr(table, "active_geometry_name", None)
    own = active in table.columns and active != "footprint"
    return str(active) if own else "geometry"


def complete_stage(
    table: pd.DataFrame, stage: Stage, columns: Mapping[str, Any] | None = None
) -> gpd.GeoDataFrame:
    """Give a table all columns of a stage, each with its dtype, in the order of the contract.

    A column is taken from `columns` (arrays in the order of the rows), else from the table, else it
    is missing throughout. An optional one that is in neither is left out, and so is one of the
    table where a verb gives `columns` without it: it told of an earlier run. Columns that are not
    of the contract stand behind; geometries are brought to EPSG:4326.
    """
    found: dict[Any, pd.Series] = dict(table.items())
    new = columns or {}
    for column in COLUMNS:
        if column.stage != stage:
            continue
        before = found.pop(column.name, None)
        values = new.get(column.name, None if new and column.is_optional else before)
        if values is not None or not column.is_optional:
            found[column.name] = _type_column(values, column, table.index)
    done = _order(found, table)
    if stage == "read":  # a file is given texts, so that identifiers are the same in each
        done.index = done.index.astype("str").rename(INDEX)
    return done


def order_columns(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Put columns, which have their dtypes, in the order of the contract; others stand behind."""
    return _order({name: table[name] for name in table.columns}, table)


def _order(columns: dict[Any, pd.Series], table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Make a table of columns, in the order of the contract; others stand behind.

    Index, `attrs` and the name of the points are those of the table that the columns grew out of.
    """
    index, points = table.index, name_points(table)
    known = [column.name for column in COLUMNS if column.name in columns]
    others = [name for name in columns if name not in known]
    if points not in columns:
        columns[points] = gpd.GeoSeries([None] * len(index), index=index, crs=STORAGE_CRS)
        others.append(points)
    columns[points] = _store_geometry(columns[points], index)
    ordered = {name: columns[name] for name in known + others}
    done = gpd.GeoDataFrame(ordered, geometry=points, index=index, copy=False)
    done.index = index if index.dtype == "str" else clean_labels(index)
    done.attrs = deepcopy(table.attrs)
    return done


def _type_column(values: Any, column: Column, index: pd.Index) -> pd.Series:
    """Give a column its dtype; None stands for one that is missing throughout."""
    if column.dtype == "geometry":
        return _store_geometry([None] * len(index) if values is None else values, index)
    if values is None:
        return _make_gaps(column.dtype, index)
    if isinstance(values, pd.Series):
        with suppress(TypeError, ValueError):
            if values.dtype != "object":
                return values.astype(_TEXT if column.dtype == "str" else column.dtype)
        return _force_column(values, column)
    return pd.Series(values, index=index, dtype=_TEXT if column.dtype == "str" else column.dtype)


def _make_gaps(dtype: str, index: pd.Index) -> pd.Series:
    """Make a column that is missing throughout."""
    if dtype == "str":
        return pd.Series(_TEXT.__from_arrow__(pa.nulls(len(index), pa.large_string())), index=index)
    return pd.Series(pd.Series([None], dtype=dtype).array.take(np.zeros(len(index), "intp")), index)


def _force_column(values: pd.Series, column: Column) -> pd.Series:
    """Give a column of Python's own values its dtype, or say which of them cannot have it."""
    if column.dtype == "str":
        return clean_labels(values).astype(_TEXT)
    dates = column.dtype.startswith("datetime")
    read = _read_days(values) if dates else read_numbers(values)
    kept = read.notna()
    if column.dtype == "Int64":
        kept &= (read.abs() < _MOST_WHOLE) & (read % 1 == 0)
    wrong = np.flatnonzero(~kept.to_numpy() & values.notna().to_numpy())
    if wrong.size:
        row, said = name_row(values.index, wrong[0]), describe_given(values.iloc[wrong[0]])
        msg = (
            f"`{column.name}` holds {'days' if dates else 'numbers'} ({column.meaning}), "
            f"and {said} in row {row}; mend the cell or leave it empty."
        )
        raise SchemaError(msg)
    return read.astype(column.dtype)


def _read_days(values: pd.Series) -> pd.Series:
    """Read days, each as its own clock tells it; NaT for what is none, as numbers are."""
    plain = values.map(_drop_zone).astype("object")
    read = pd.to_datetime(plain, errors="coerce", format="ISO8601", utc=True)
    return read.dt.tz_localize(None)


def _drop_zone(value: Any) -> Any:
    if isinstance(value, str):
        return _ZONE.sub(r"\1", value.strip())
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return value if isinstance(value, date | np.datetime64) else None


def type_columns(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the numbers and days of a table their dtypes; a cell that is none is a `SchemaError`."""
    typed = {
        column.name: _type_column(table[column.name], column, table.index)
        for column in COLUMNS
        if column.name in table.columns
        and column.dtype not in {"str", "geometry"}
        and table[column.name].dtype != column.dtype
        and not (column.dtype == "Int64" and pd.api.types.is_numeric_dtype(table[column.name]))
    }
    return table.assign(**typed) if typed else table


def _store_geometry(values: Any, index: pd.Index) -> gpd.GeoSeries:
    """Bring geometries to EPSG:4326; those that say no CRS are taken to be in it."""
    shapes = values if isinstance(values, gpd.GeoSeries) else gpd.GeoSeries(values, index)
    return shapes.set_crs(STORAGE_CRS) if shapes.crs is None else to_storage(shapes, "geometry")
