"""The columns of the one growing table, written down once.

The contract between the rooms of geosec is not an object but these columns. Every verb takes a
table whose index is ``incident_id`` and whose CRS is EPSG:4326, and returns a new table with the
same index and the columns of its stage added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.arguments import clean_labels, clean_telling, describe_given
from geosec.crs import STORAGE_CRS, require_lon_lat, to_storage
from geosec.errors import ParameterError, SchemaError, near_misses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

Stage = Literal["read", "geocode", "boundaries", "rail"]
MatchStatus = Literal["matched", "ambiguous", "unmatched", "outside"]
DatePrecision = Literal["day", "week", "month", "year"]
PrecisionScheme = Literal["acled", "ucdp", "gtd"]

INDEX = "incident_id"
_STRETCH = "rail:"  # before the line, in the identifier of a stretch of it
_POINTS = (0, 4)  # of `shapely.get_type_id`
_PLACE = ("geometry", "uncertainty_m", "footprint")


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
        location         | str           | the phrase of the report that says where
        admin1           | str           | province the report or the coder gives, a hint
        admin2           | str           | district the report or the coder gives, a hint
        admin3           | str           | tehsil or town the report or the coder gives, a hint
        event_type       | str           | ACLED event type, or Accident out of a news report
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
    """Refuse two columns of one name, and an index of several levels."""
    if not table.columns.is_unique:
        twice = table.columns[table.columns.duplicated()][0]
        msg = f"`{verb}` was given a table with two columns {twice!r}; rename or drop one of them."
        raise SchemaError(msg)
    if table.index.nlevels > 1:
        msg = (
            f"`{verb}` was given a table whose index has {table.index.nlevels} levels, and takes "
            "one identifier for each row; make columns of them with `reset_index()`."
        )
        raise SchemaError(msg)


def require_located(table: pd.DataFrame, verb: str) -> gpd.GeoDataFrame:
    """Refuse a table that has not been geocoded, and bring it to EPSG:4326.

    ``footprint`` may be in another CRS than ``geometry``, as ``to_crs`` moves only one of them.
    Raises a `SchemaError` where ``geometry`` holds something else than points, and a `CRSError`
    where a geometry column has no CRS, or coordinates that its CRS cannot have.
    """
    return require_coordinates(table, verb)[0]


def require_coordinates(
    table: pd.DataFrame, verb: str
) -> tuple[gpd.GeoDataFrame, NDArray[np.float64], NDArray[np.float64]]:
    """Check a table as `require_located` does, and give the coordinates of its points with it.

    Gives degrees in EPSG:4326, NaN where there is no point; half characters are told and replaced.
    """
    require_columns(table, _PLACE, verb)
    table = clean_telling(table, 3)
    points, lon, lat = require_lon_lat(table["geometry"], "located")
    _refuse_radii(table["uncertainty_m"], ~np.isnan(lon))
    shapes = _read_shapes(table["footprint"])
    if isinstance(shapes, gpd.GeoSeries) and not shapely.is_missing(shapes.to_numpy()).all():
        shapes = to_storage(shapes, 'located["footprint"]')
    columns: dict[Any, Any] = {name: table[name] for name in table.columns}
    columns |= {"geometry": points, "footprint": shapes}
    located = gpd.GeoDataFrame(columns, geometry="geometry", index=table.index, copy=False)
    return located, lon, lat


def _refuse_radii(radii: pd.Series, placed: NDArray[np.bool_]) -> None:
    """Refuse radii that are no numbers, or none of 0 m or more where a row has a place."""
    numbers = pd.to_numeric(radii, errors="coerce").to_numpy("float64", na_value=np.nan)
    wrong = np.flatnonzero(placed & ~((numbers >= 0) & (numbers < np.inf)))
    if not wrong.size and radii.dtype != "object":
        return
    wrong = wrong if wrong.size else np.flatnonzero(np.isnan(numbers) & radii.notna().to_numpy())
    if wrong.size:
        row, said = radii.index[wrong[0]], describe_given(radii.iloc[wrong[0]])
        msg = (
            f"`uncertainty_m` is the 95 % radius of a place in metres, 0 or more, and is {said} in "
            f"row {row!r}; give the radius, or take the place (`geometry`) out of the row."
        )
        raise SchemaError(msg)


def _read_shapes(shapes: pd.Series) -> pd.Series:
    """Refuse footprints that are neither polygons nor lines; None stands for every missing one."""
    values: Any = shapes.to_numpy()
    is_layer = shapes.dtype == "geometry"
    if is_layer:
        wrong = np.flatnonzero(np.isin(shapely.get_type_id(values), _POINTS))
    else:
        values = shapes.to_numpy(dtype="object")
        is_there = shapely.is_geometry(values)
        kinds = shapely.get_type_id(np.where(is_there, values, None))
        is_wrong = np.where(is_there, np.isin(kinds, _POINTS), shapes.notna().to_numpy())
        wrong = np.flatnonzero(is_wrong)
    if wrong.size:
        row, said = shapes.index[wrong[0]], describe_given(values[wrong[0]])
        msg = (
            f"`footprint` holds polygons and lines, and {said} in row {row!r}; read text with "
            '`geopandas.GeoSeries.from_wkt(..., crs="EPSG:4326")`.'
        )
        raise SchemaError(msg)
    return shapes if is_layer else shapes.astype("object").where(is_there, None)


def complete_stage(
    table: pd.DataFrame, stage: Stage, columns: Mapping[str, Any] | None = None
) -> gpd.GeoDataFrame:
    """Give a table all columns of a stage, each with its dtype, in the order of the contract.

    A column is taken from `columns` (arrays in the order of the rows), else from the table, else it
    is missing throughout. An optional one that is in neither is left out, and so is one of the
    table where a verb gives `columns` without it: it told of an earlier run. Columns that are not
    of the contract stand behind; geometries are brought to EPSG:4326.
    """
    found: dict[Any, pd.Series] = {name: table[name] for name in table.columns}
    new = columns or {}
    for column in COLUMNS:
        if column.stage != stage:
            continue
        before = found.pop(column.name, None)
        values = new.get(column.name, None if new and column.is_optional else before)
        if values is not None or not column.is_optional:
            found[column.name] = _type_column(values, column, table.index)
    return _order(found, table.index)


def order_columns(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Put columns, which have their dtypes, in the order of the contract; others stand behind."""
    return _order({name: table[name] for name in table.columns}, table.index)


def _order(columns: dict[Any, pd.Series], index: pd.Index) -> gpd.GeoDataFrame:
    """Make a table of its columns, in the order of the contract; others stand behind."""
    known = [column.name for column in COLUMNS if column.name in columns]
    others = [name for name in columns if name not in known]
    if "geometry" not in columns:
        columns["geometry"] = gpd.GeoSeries([None] * len(index), index=index, crs=STORAGE_CRS)
        others.append("geometry")
    columns["geometry"] = _store_geometry(columns["geometry"], index)
    ordered = {name: columns[name] for name in known + others}
    done = gpd.GeoDataFrame(ordered, geometry="geometry", index=index, copy=False)
    texts = index if index.dtype == "str" else clean_labels(index).astype("str")
    done.index = texts.rename(INDEX)
    return done


def _type_column(values: Any, column: Column, index: pd.Index) -> pd.Series:
    """Give a column its dtype; None stands for one that is missing throughout."""
    if column.dtype == "geometry":
        return _store_geometry([None] * len(index) if values is None else values, index)
    if values is None:
        one = pd.Series([None], dtype=column.dtype).array
        return pd.Series(one.take(np.zeros(len(index), dtype="intp")), index=index)
    if isinstance(values, pd.Series):
        try:
            return values.astype(column.dtype)
        except (TypeError, ValueError):
            return _force_column(values, column)
    return pd.Series(values, index=index, dtype=column.dtype)


def _force_column(values: pd.Series, column: Column) -> pd.Series:
    """Give a column of Python's own values its dtype, or say which of them cannot have it."""
    if column.dtype == "str":
        return clean_labels(values).astype("str")
    dates = column.dtype.startswith("datetime")
    if dates:
        read = pd.to_datetime(values, errors="coerce", format="ISO8601")
    else:
        read = pd.to_numeric(values, errors="coerce")
    wrong = np.flatnonzero((read.isna() & values.notna()).to_numpy())
    if wrong.size:
        row, said = values.index[wrong[0]], describe_given(values.iloc[wrong[0]])
        msg = (
            f"`{column.name}` holds {'days' if dates else 'numbers'} ({column.meaning}), "
            f"and {said} in row {row!r}; mend the cell or leave it empty."
        )
        raise SchemaError(msg)
    return read.astype(column.dtype)


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
