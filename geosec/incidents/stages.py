"""Tables that geosec wrote itself: columns of later stages are taken out and put back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from geopandas.array import GeometryDtype

from geosec.crs import to_storage
from geosec.footprint_texts import GIVEN, read_footprints
from geosec.schema import COLUMNS, Stage, complete_stage, list_columns, order_columns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geosec.storage.rows import Rows

_WKT = "geometry_wkt"
_LATER: tuple[Stage, ...] = ("boundaries", "rail")


def drop_later_stages(rows: Rows) -> Rows:
    """Leave out what later stages wrote as text, but for places that a source gave."""
    if "match_status" not in rows.columns:
        return rows
    later = {column.name for column in COLUMNS if column.stage != "read"}
    for name in ("footprint", "uncertainty_m"):
        if {name, "match_id"} <= set(rows.columns):
            is_given = rows.table["match_id"].astype("object").str.startswith(GIVEN).eq(True)
            if is_given.any():
                kept = rows.table[name].where(is_given.to_numpy("bool"), None)
                rows = rows._replace(table=rows.table.assign(**{name: kept}))
                later.remove(name)
    return rows.drop(later)


def keep_geometry_text(rows: Rows) -> Rows:
    """Call a geometry that is text by another name, as ``geometry`` holds shapes in a table."""
    is_free = "geometry" in rows.columns and _WKT not in rows.columns
    return rows.rename("geometry", _WKT) if is_free else rows


def take_later_stages(table: pd.DataFrame) -> pd.DataFrame | None:
    """Take the columns of later stages out of a table that geosec wrote, by row from 1."""
    if "match_status" not in table.columns or not isinstance(table, gpd.GeoDataFrame):
        return None
    names = [column.name for column in COLUMNS if column.stage != "read"]
    later = pd.DataFrame(table)[[name for name in names if name in table.columns]].copy()
    later.index = pd.RangeIndex(1, len(later) + 1)
    if "match_candidates" in later.columns:  # GeoJSON readers open JSON that stands in a text
        later["match_candidates"] = later["match_candidates"].map(_as_json, na_action="ignore")
    if "footprint" in later.columns and not isinstance(later["footprint"].dtype, GeometryDtype):
        later["footprint"] = gpd.GeoSeries(read_footprints(later["footprint"]))
    for name in later.columns[later.dtypes.map(lambda dtype: isinstance(dtype, GeometryDtype))]:
        if later[name].array.crs is not None:
            later[name] = to_storage(gpd.GeoSeries(later[name]), f"incidents[{name!r}]")
    return later


def add_footprints(
    incidents: gpd.GeoDataFrame, footprints: pd.Series | None, lines: NDArray[np.int64]
) -> gpd.GeoDataFrame:
    """Put the shapes that a source gives, by line, beside incidents, which stand on `lines`."""
    if footprints is None:
        return incidents
    shapes = gpd.GeoSeries(footprints.loc[lines].to_numpy(), incidents.index, crs=incidents.crs)
    return order_columns(incidents.assign(footprint=shapes))


def _as_json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def join_later_stages(incidents: gpd.GeoDataFrame, later: pd.DataFrame) -> gpd.GeoDataFrame:
    """Put the columns of later stages back beside incidents in the same order."""
    table = pd.DataFrame(incidents).drop(columns="geometry").join(later.set_axis(incidents.index))
    located = complete_stage(table, "geocode")
    for stage in _LATER:
        if set(list_columns(stage)) & set(later.columns):
            located = complete_stage(located, stage)
    located.attrs = incidents.attrs
    return located
