"""Read a file of incidents; what cannot be read leaves by a side door with a reason."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely
from geopandas.array import GeometryDtype
from openpyxl.utils.exceptions import InvalidFileException

from geosec.crs import to_storage
from geosec.errors import ParameterError, SchemaError, SourceError, near_misses
from geosec.incidents.clean import Rejected, clean_row
from geosec.schema import COLUMNS, INDEX, LAYER, complete_stage, list_columns
from geosec.storage.delimited import read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

REJECTED_COLUMNS = ("line", INDEX, "reason", "record")
_SHOWN = 500
_WKT = "geometry_wkt"
_ALIASES = {
    "id": INDEX,
    "event_id": INDEX,
    "event_date": "date",
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "long": "longitude",
    "place": "location",
    "location_name": "location",
    "province": "admin1",
    "url": "source_url",
    "deaths": "fatalities",
    "killed": "fatalities",
    "injured": "injuries",
    "wounded": "injuries",
    "notes": "summary",
    "description": "summary",
}


class _Raw(NamedTuple):
    """Rows as they came: cells by column, the line of each, and what was unreadable."""

    columns: list[str]
    rows: list[dict[str, Any]]
    lines: list[int]
    rejected: list[dict[str, Any]]
    later: pd.DataFrame | None = None  # columns of later stages, by line, if geosec wrote them


def read_incidents(
    source: str | Path | pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str = "utf-8",
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Read incidents, and say of every row that cannot be used why not.

    Parameters
    ----------
    source : path or pandas.DataFrame
        ``.csv``, ``.tsv`` or ``.txt`` (delimited text), ``.xlsx``, ``.parquet``, ``.geojson``,
        ``.json`` or ``.gpkg``, or a table. A located table that geosec wrote as Parquet,
        GeoPackage or GeoJSON reads back as it was; from CSV and XLSX only its incidents do. The
        points of a spatial file become latitude and longitude, brought to EPSG:4326.
    columns : mapping of str to str, optional
        Names in the source to names of the contract, such as ``{"Ort": "location"}``. Usual
        names (``lat``, ``event_date``, ``url`` and so on) are understood without.
    encoding : str, default "utf-8"
        Of delimited text.

    Returns
    -------
    incidents : geopandas.GeoDataFrame
        Indexed by ``incident_id`` (``row-<line>`` where the source has none), with the columns of
        ``geosec.schema`` and then those of the source; ``geometry`` holds the points given,
        EPSG:4326.
    rejected : pandas.DataFrame
        ``line`` (of the text file; row of the sheet; number of the feature or row, from 1),
        ``incident_id`` where it could be read, ``reason``, and ``record``, its text cut at 500
        characters. Rows in the source = incidents + rejected.

    Raises
    ------
    SourceError
        If the file is missing, empty, or not what its name says.
    SchemaError
        If it has no ``date``, or neither ``location`` nor coordinates; or two columns mean one.
    ParameterError
        If `columns` names a column that is not there, or `encoding` is none.

    Examples
    --------
    >>> import geosec
    >>> incidents, rejected = geosec.read_incidents(geosec.example_path())
    >>> len(incidents), len(rejected)
    (72, 0)
    """
    raw = _from_table(source) if isinstance(source, pd.DataFrame) else _from_file(source, encoding)
    names = _names(raw.columns, columns or {})
    accepted, lines, rejected = _judged(raw, names)
    table = pd.DataFrame.from_dict(accepted, orient="index")
    table = table if len(table) else pd.DataFrame(columns=[*dict.fromkeys(names.values())])
    incidents = _with_points(table.drop(columns=INDEX, errors="ignore"))
    if raw.later is not None:
        incidents = _with_later(incidents, raw.later.loc[lines])
    return incidents, _rejected_table(rejected)


def _judged(
    raw: _Raw, names: Mapping[str, str]
) -> tuple[dict[str, dict[str, Any]], list[int], list[dict[str, Any]]]:
    """Take the rows one by one; each is accepted under an identifier of its own, or rejected.

    The lines of those accepted are given too.
    """
    accepted: dict[str, dict[str, Any]] = {}
    lines: dict[str, int] = {}
    rejected = list(raw.rejected)
    for line, cells in zip(raw.lines, raw.rows, strict=True):
        row = {names[name]: value for name, value in cells.items()}
        found = row.pop(INDEX, None)
        given = "" if found is None else str(found).strip()
        identifier = given or f"row-{line}"
        try:
            _refuse_second(identifier, lines)
            accepted[identifier] = clean_row(row)
        except Rejected as verdict:
            rejected.append(_verdict(line, given, str(verdict), cells))
        else:
            lines[identifier] = line
    return accepted, list(lines.values()), rejected


def _refuse_second(identifier: str, lines: Mapping[str, int]) -> None:
    if identifier in lines:
        msg = f"incident_id {identifier!r} stands already on line {lines[identifier]}"
        raise Rejected(msg)


def _verdict(line: int, identifier: str, reason: str, cells: dict[str, Any]) -> dict[str, Any]:
    record = "; ".join(f"{name}={value}" for name, value in cells.items() if value is not None)
    return {"line": line, INDEX: identifier or None, "reason": reason, "record": record[:_SHOWN]}


def _rejected_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(REJECTED_COLUMNS)).sort_values("line", kind="stable")
    types = {"line": "int64", INDEX: "str", "reason": "str", "record": "str"}
    return table.astype(types).reset_index(drop=True)


def _with_points(table: pd.DataFrame) -> gpd.GeoDataFrame:
    incidents = complete_stage(table, "read")
    there = incidents["latitude"].notna()
    points = gpd.points_from_xy(incidents["longitude"], incidents["latitude"], crs=incidents.crs)
    incidents["geometry"] = gpd.GeoSeries(points, index=incidents.index).where(there, None)
    return incidents


# ---------------------------------------------------------------------- column names


def _names(found: list[str], given: Mapping[str, str]) -> dict[str, str]:
    """Map the columns of the source to those of the contract."""
    absent = [name for name in given if name not in found]
    if absent:
        msg = f"`columns` names {absent[0]!r}, which is not there; {near_misses(absent[0], found)}"
        raise ParameterError(msg)
    own = {INDEX, *list_columns("read")}
    folded = {name: _plain_name(name) for name in found}
    names = {}
    for name in found:
        plain = folded[name]
        usual = plain if plain in own else _ALIASES.get(plain, name)
        free = plain in own or usual not in folded.values()
        names[name] = given.get(name, usual if free else name)
    _check_names(names, found)
    return names


def _plain_name(name: str) -> str:
    return re.sub(r"[\s_]+", "_", name.strip()).casefold()


def _check_names(names: dict[str, str], found: list[str]) -> None:
    reached = list(names.values())
    twice = next((name for name in reached if reached.count(name) > 1), None)
    if twice is not None:
        both = " and ".join(repr(name) for name, to in names.items() if to == twice)
        msg = f"the columns {both} both mean {twice!r}; say which with `columns=`."
        raise SchemaError(msg)
    has_place = "location" in reached or {"latitude", "longitude"} <= set(reached)
    missing = [*([] if "date" in reached else ["date"]), *([] if has_place else ["location"])]
    if missing:
        told = " ".join(f"For {name!r}, {near_misses(name, found)}" for name in missing)
        msg = (
            f"incidents need a date, and a location or latitude and longitude. The table has the "
            f"columns {', '.join(found) or 'none'}. Name yours with "
            f'`columns={{"yours": "{missing[0]}"}}`. {told}'
        )
        raise SchemaError(msg)


# ---------------------------------------------------------------------- files


def _from_file(source: str | Path, encoding: str) -> _Raw:
    path = Path(source)
    readers: dict[str, Callable[[], _Raw]] = {
        **dict.fromkeys((".csv", ".tsv", ".txt"), lambda: _from_text(path, encoding)),
        ".xlsx": lambda: _from_workbook(path),
        ".parquet": lambda: _from_parquet(path),
        **dict.fromkeys((".geojson", ".json", ".gpkg"), lambda: _from_features(path)),
    }
    reader = readers.get(path.suffix.casefold())
    if reader is None:
        msg = f"{path} ends in {path.suffix!r}; read_incidents takes {', '.join(readers)}."
        raise SourceError(msg)
    if not path.is_file():
        beside = path.parent.iterdir() if path.parent.is_dir() else iter(())
        names = [each.name for each in beside if each.is_file()]
        told = f"; {near_misses(path.name, names)}" if names else "."
        msg = f"there is no file {path}{told}"
        raise SourceError(msg)
    if not path.stat().st_size:
        msg = f"{path} is empty; a table of incidents has a line of column names and rows."
        raise SourceError(msg)
    return reader()


def _from_text(path: Path, encoding: str) -> _Raw:
    header, records = read_records(path, encoding)
    _refuse_twice(header)
    rows, lines, rejected = [], [], []
    for record in records:
        if record.problem:
            told = {"line": record.line, INDEX: None, "reason": record.problem}
            rejected.append({**told, "record": record.raw})
        else:
            lines.append(record.line)
            rows.append(dict(zip(header, record.cells, strict=True)))
    return _without_later(_Raw(list(header), rows, lines, rejected))


def _without_later(raw: _Raw) -> _Raw:
    """Leave out what later stages wrote as text; keep a geometry of others as text."""
    ours = "match_status" in raw.columns
    gone = {column.name for column in COLUMNS if ours and column.stage != "read"}
    names = {name: _WKT if name == "geometry" else name for name in raw.columns if name not in gone}
    rows = [{to: row[name] for name, to in names.items()} for row in raw.rows]
    return raw._replace(columns=list(names.values()), rows=rows)


def _refuse_twice(header: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in header:
        if name in seen:
            msg = f"two columns are called {name!r}; rename one."
            raise SchemaError(msg)
        seen.add(name)


def _from_workbook(path: Path) -> _Raw:
    try:
        with pd.ExcelFile(path, engine="openpyxl") as book:
            table = pd.read_excel(book, dtype="object", keep_default_na=False)
            head = pd.read_excel(book, header=None, nrows=1, keep_default_na=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError) as error:
        raise SourceError(_not_what_it_says(path, "an Excel workbook", error)) from error
    _refuse_twice(str(name) for name in head.to_numpy().ravel() if name != "")  # pandas renames one
    table = table.replace("", None).dropna(how="all")
    return _without_later(_rows_of(table, [int(number) + 2 for number in table.index]))


def _from_parquet(path: Path) -> _Raw:
    try:
        table = gpd.read_parquet(path)
    except ValueError:  # no geometry in it: a plain table
        try:
            table = pd.read_parquet(path)
        except (pa.ArrowInvalid, OSError) as error:
            raise SourceError(_not_what_it_says(path, "a Parquet file", error)) from error
    except OSError as error:
        raise SourceError(_not_what_it_says(path, "a Parquet file", error)) from error
    return _from_table(table)


def _from_features(path: Path) -> _Raw:
    try:
        table = gpd.read_file(path)
        if table.empty and len(table.columns) == 1 and pyogrio.list_layers(path)[0, 0] == LAYER:
            table = complete_stage(table, "read")  # GeoJSON without features has no columns either
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise SourceError(_not_what_it_says(path, "a spatial file", error)) from error
    return _from_table(table)


def _not_what_it_says(path: Path, kind: str, error: Exception) -> str:
    return f"{path} cannot be read as {kind} ({error}); it may be cut short or of another kind."


def _from_table(table: pd.DataFrame) -> _Raw:
    _refuse_twice(map(str, table.columns))
    later = _later_stages(table)
    if table.index.name == INDEX and INDEX not in table.columns:
        table = table.reset_index()
    if isinstance(table, gpd.GeoDataFrame):
        table = _with_coordinates(table)
    plain = pd.DataFrame(table).drop(
        columns=[] if later is None else list(later.columns), errors="ignore"
    )
    return _rows_of(plain, list(range(1, len(plain) + 1)), later)


def _with_coordinates(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """Turn points into latitude and longitude where the table has no such columns."""
    name = table.active_geometry_name
    if name is None:
        return pd.DataFrame(table)
    plain = pd.DataFrame(table).drop(columns=name)
    if _own_coordinates(plain) or table.geometry.isna().all():
        return plain
    points = to_storage(table, "incidents").geometry
    single = points.geom_type == "Point"
    centre = points.where(single | points.isna(), shapely.point_on_surface(points.to_numpy()))
    plain["longitude"], plain["latitude"] = centre.x, centre.y
    return plain


def _own_coordinates(plain: pd.DataFrame) -> bool:
    """Tell whether coordinates stand in columns; one of the two beside a geometry is refused."""
    own = {_plain_name(str(name)): str(name) for name in plain.columns}
    there = [own[name] for name in ("latitude", "longitude") if name in own]
    if len(there) == 1:
        msg = (
            f"the column {there[0]!r} stands beside a geometry and has no other half; rename it "
            "to read the geometry, or add the other column to read both."
        )
        raise SchemaError(msg)
    return bool(there)


def _later_stages(table: pd.DataFrame) -> pd.DataFrame | None:
    """Take the columns of later stages out of a table that geosec wrote."""
    if "match_status" not in table.columns or not isinstance(table, gpd.GeoDataFrame):
        return None
    names = [column.name for column in COLUMNS if column.stage != "read"]
    later = pd.DataFrame(table)[[name for name in names if name in table.columns]].copy()
    later.index = pd.RangeIndex(1, len(later) + 1)
    if "match_candidates" in later.columns:  # GeoJSON readers open JSON that stands in a text
        later["match_candidates"] = later["match_candidates"].map(_as_json, na_action="ignore")
    if "footprint" in later.columns and not isinstance(later["footprint"].dtype, GeometryDtype):
        text = later["footprint"].astype("object")
        later["footprint"] = gpd.GeoSeries.from_wkt(text.where(text.notna(), None))
    for name in later.columns[later.dtypes.map(lambda dtype: isinstance(dtype, GeometryDtype))]:
        if later[name].array.crs is not None:
            later[name] = to_storage(gpd.GeoSeries(later[name]), f"incidents[{name!r}]")
    return later


def _as_json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _with_later(incidents: gpd.GeoDataFrame, later: pd.DataFrame) -> gpd.GeoDataFrame:
    table = pd.DataFrame(incidents).drop(columns="geometry").join(later.set_axis(incidents.index))
    done = complete_stage(table, "geocode")
    for stage in ("boundaries", "rail"):
        if set(list_columns(stage)) & set(later.columns):
            done = complete_stage(done, stage)
    return done


def _rows_of(table: pd.DataFrame, lines: list[int], later: pd.DataFrame | None = None) -> _Raw:
    columns = [str(name) for name in table.columns]
    _refuse_twice(columns)
    plain = table.astype("object").where(table.notna(), None)
    rows = [dict(zip(columns, cells, strict=True)) for cells in plain.itertuples(index=False)]
    return _Raw(columns, rows, lines, [], later)
